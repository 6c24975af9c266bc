#include "intake/reader/office/xml_part.h"

#include <algorithm>
#include <vector>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"

namespace jixiao::intake {
namespace {

constexpr std::ptrdiff_t kMostElements = 400'000;

absl::Status Broken(const std::string& what) {
  return MakeError(absl::StatusCode::kInvalidArgument, "DOCUMENT_DAMAGED",
                   "文件内容" + what + "，读不出来；请用 Office 或 WPS 打开原文件，另存后重新提交");
}

// `word/document.xml` and `../media/a.png` to `media/a.png`; empty if it climbs
// out of the package.
std::string Resolve(std::string_view base, std::string_view target) {
  std::vector<std::string_view> parts;
  const auto add = [&](std::string_view path) {
    while (!path.empty()) {
      const size_t end = std::min(path.find('/'), path.size());
      const std::string_view part = path.substr(0, end);
      path.remove_prefix(std::min(end + 1, path.size()));
      if (part.empty() || part == ".") continue;
      if (part != "..") {
        parts.push_back(part);
      } else if (!parts.empty()) {
        parts.pop_back();
      } else {
        return false;
      }
    }
    return true;
  };
  if (!target.starts_with('/')) add(base.substr(0, base.rfind('/') == std::string_view::npos ? 0 : base.rfind('/')));
  if (!add(target)) return "";
  std::string name;
  for (const std::string_view part : parts) {
    if (!name.empty()) name += '/';
    name += part;
  }
  return name;
}

std::string RelationshipsOf(const std::string& name) {
  const size_t slash = name.rfind('/');
  const size_t start = slash == std::string::npos ? 0 : slash + 1;
  return name.substr(0, start) + "_rels/" + name.substr(start) + ".rels";
}

std::string_view WithoutPrefix(std::string_view name) {
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

absl::StatusOr<XmlDocument> ParseXml(std::string_view bytes) {
  if (!IsCleanUtf8(bytes)) return Broken("不是 UTF-8 编码，或含有非法字符");
  if (bytes.find("<!DOCTYPE") != std::string_view::npos || bytes.find("<!ENTITY") != std::string_view::npos) {
    return MakeError(absl::StatusCode::kInvalidArgument, "DOCUMENT_SUSPICIOUS",
                     "文件内部带有外部引用声明，为安全起见没有读取；请用 Office 或 WPS 打开原文件，另存后重新提交");
  }
  if (std::count(bytes.begin(), bytes.end(), '<') > 2 * kMostElements) return Broken("过于庞大");
  auto document = std::make_unique<pugi::xml_document>();
  constexpr unsigned int kOptions = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol |
                                    pugi::parse_wconv_attribute | pugi::parse_ws_pcdata_single;
  const pugi::xml_parse_result result =
      document->load_buffer(bytes.data(), bytes.size(), kOptions, pugi::encoding_utf8);
  if (!result) return Broken("有错误");
  return document;
}

absl::StatusOr<XmlDocument> ReadXml(const ZipPackage& package, std::string_view name) {
  JIXIAO_ASSIGN_OR_RETURN(const std::string bytes, package.Read(name));
  return ParseXml(bytes);
}

std::string_view LocalName(const pugi::xml_node& node) { return WithoutPrefix(node.name()); }

std::string_view LocalName(const pugi::xml_attribute& attribute) { return WithoutPrefix(attribute.name()); }

pugi::xml_node Child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& child : node.children()) {
    if (LocalName(child) == name) return child;
  }
  return {};
}

std::string_view Attribute(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    if (LocalName(attribute) == name) return attribute.value();
  }
  return {};
}

std::optional<int> WholeNumber(std::string_view text) {
  if (text.empty() || text.size() > 7) return std::nullopt;
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

bool IsOn(const pugi::xml_node& node) {
  if (!node) return false;
  const std::string_view value = Attribute(node, "val");
  return value != "0" && value != "false" && value != "off" && value != "none";
}

absl::StatusOr<std::map<std::string, std::string>> Relationships(const ZipPackage& package, const std::string& name) {
  std::map<std::string, std::string> targets;
  const std::string part = RelationshipsOf(name);
  if (!package.Has(part)) return targets;
  JIXIAO_ASSIGN_OR_RETURN(const XmlDocument document, ReadXml(package, part));
  for (const pugi::xml_node& node : document->document_element().children()) {
    if (Attribute(node, "TargetMode") == "External") continue;
    const std::string target = Resolve(name, Attribute(node, "Target"));
    if (!target.empty()) targets.emplace(std::string(Attribute(node, "Id")), target);
  }
  return targets;
}

absl::StatusOr<std::string> MainPart(const ZipPackage& package) {
  for (const std::string_view usual : {"word/document.xml", "xl/workbook.xml"}) {
    if (package.Has(usual)) return std::string(usual);
  }
  if (package.Has("_rels/.rels")) {
    JIXIAO_ASSIGN_OR_RETURN(const XmlDocument document, ReadXml(package, "_rels/.rels"));
    for (const pugi::xml_node& node : document->document_element().children()) {
      if (Attribute(node, "Type").ends_with("/officeDocument")) {
        const std::string target = Resolve("", Attribute(node, "Target"));
        if (package.Has(target)) return target;
      }
    }
  }
  return Broken("缺少正文部分");
}

}  // namespace jixiao::intake
