// One XML part of an office file, parsed within limits, and small helpers to walk
// it. Names are compared without their prefix: producers choose prefixes freely.
#ifndef JIXIAO_INTAKE_READER_OFFICE_XML_PART_H_
#define JIXIAO_INTAKE_READER_OFFICE_XML_PART_H_

#include <map>
#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "intake/reader/office/zip_package.h"

namespace jixiao::intake {

using XmlDocument = std::unique_ptr<pugi::xml_document>;

// INVALID_ARGUMENT, with advice in Chinese, for what is not well-formed, not
// UTF-8, declares a document type (and so could name entities or files), or holds
// more than 400,000 elements.
absl::StatusOr<XmlDocument> ParseXml(std::string_view bytes);

absl::StatusOr<XmlDocument> ReadXml(const ZipPackage& package, std::string_view name);

// `p` for `<w:p>`.
std::string_view LocalName(const pugi::xml_node& node);
std::string_view LocalName(const pugi::xml_attribute& attribute);

// First child, or attribute's value, by local name; null or empty if absent.
pugi::xml_node Child(const pugi::xml_node& node, std::string_view name);
std::string_view Attribute(const pugi::xml_node& node, std::string_view name);

// Whole non-negative number below 10,000,000; nothing for other texts.
std::optional<int> WholeNumber(std::string_view text);

// True for `<w:b/>` and `<w:b w:val="1"/>`, false if absent or `0`, `false`, `off`.
bool IsOn(const pugi::xml_node& node);

// Targets by relationship id of the part `name`, as names within the package.
// Parts without relationships have none; targets outside the package are left
// out.
absl::StatusOr<std::map<std::string, std::string>> Relationships(const ZipPackage& package, const std::string& name);

// Name of the package's main part.
absl::StatusOr<std::string> MainPart(const ZipPackage& package);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_OFFICE_XML_PART_H_
