// A disclosure's name says whose report it is and which version; its page path
// says the same in the order in which citizens look for it.
#ifndef JIXIAO_PUBLISH_CORE_DISCLOSURE_NAME_H_
#define JIXIAO_PUBLISH_CORE_DISCLOSURE_NAME_H_

#include <optional>
#include <string>
#include <string_view>

#include "common/domain/submission_name.h"

namespace jixiao::publish {

// One public version.
using DisclosureKey = VersionKey;

// Collections of versions.
inline constexpr std::string_view kSubmissions = "submissions/";
inline constexpr std::string_view kDisclosures = "disclosures/";

// `disclosures/{division}.{unit}.{year}.{kind}[.{project}]/versions/{version}`.
std::string FormatDisclosureName(const DisclosureKey& key);

// `/2024/430611/NC01/department` and `/2024/430611/NC01/department/1`.
std::string SubmissionPath(const SubmissionKey& key);
std::string PagePath(const DisclosureKey& key);

// What a path of the public site asks for.
struct PageAddress {
  enum class Format { kHtml, kJson, kProtobuf };
  SubmissionKey submission;
  int version = 0;  // 0: the current one
  Format format = Format::kHtml;
};

// Empty if `path` is no such path. Canonical spelling only.
std::optional<PageAddress> ParsePagePath(std::string_view path);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_CORE_DISCLOSURE_NAME_H_
