// A disclosure's name says whose report it is and which version; its page path
// says the same in the order in which citizens look for it.
#ifndef JIXIAO_PUBLISH_CORE_DISCLOSURE_NAME_H_
#define JIXIAO_PUBLISH_CORE_DISCLOSURE_NAME_H_

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::publish {

// One report of one unit for one year, all versions.
struct SubmissionKey {
  std::string division_code;  // six digits
  std::string unit_code;      // 1 to 32 characters out of `A-Z a-z 0-9 -`
  int fiscal_year = 0;        // [2015, 2100]
  report::v1::ReportKind kind = report::v1::REPORT_KIND_UNSPECIFIED;
  std::string project;  // as unit_code; empty for department reports

  auto operator<=>(const SubmissionKey&) const = default;
};

// One public version.
struct DisclosureKey {
  SubmissionKey submission;
  int version = 0;  // from 1

  auto operator<=>(const DisclosureKey&) const = default;
};

// `{unit}.{year}.{kind}[.{project}]`.
std::string LocalName(const SubmissionKey& key);
std::optional<SubmissionKey> ParseLocalName(std::string_view division_code, std::string_view local_name);

// `disclosures/{division}.{unit}.{year}.{kind}[.{project}]/versions/{version}`.
std::string FormatDisclosureName(const DisclosureKey& key);

// INVALID_ARGUMENT (field violation on `field`) if `name` is no name of a
// version in `collection` (`submissions/` or `disclosures/`).
absl::StatusOr<DisclosureKey> ParseVersionName(std::string_view collection, std::string_view name,
                                               std::string_view field);

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
