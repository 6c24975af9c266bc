// For any service: names of submissions, of their versions and of units, which the
// services call each other by.
#ifndef JIXIAO_COMMON_DOMAIN_SUBMISSION_NAME_H_
#define JIXIAO_COMMON_DOMAIN_SUBMISSION_NAME_H_

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao {

// One report of one unit for one year, all versions: division, unit, year, kind and, for
// project reports, which project. Every field is checked by the functions below that make
// a key, so a key can always be formatted.
struct SubmissionKey {
  std::string division_code;  // six digits
  std::string unit_code;      // 1 to 32 characters out of `A-Z a-z 0-9 -`
  int fiscal_year = 0;        // [2015, 2100]
  report::v1::ReportKind kind = report::v1::REPORT_KIND_UNSPECIFIED;
  std::string project;  // 1 to 32 characters, as unit_code; empty for department reports

  auto operator<=>(const SubmissionKey&) const = default;
};

// One version of one submission, from 1.
struct VersionKey {
  SubmissionKey submission;
  int version = 0;

  auto operator<=>(const VersionKey&) const = default;
};

// A unit of the roster.
struct UnitKey {
  std::string division_code;
  std::string unit_code;

  auto operator<=>(const UnitKey&) const = default;
};

bool IsUnitCode(std::string_view text);
bool IsFiscalYear(int year);

// 8 to 64 characters out of `A-Z a-z 0-9 - _`.
bool IsRequestId(std::string_view text);

// What a request without a good id is told; INVALID_ARGUMENT with it on `request_id`.
inline constexpr char kRequestIdAdvice[] = "请求编号必填，应为 8 至 64 位字母、数字、短横线或下划线，例如 UUID";
absl::Status BadRequestId();

// Canonical decimal from 1 only, so that one resource has one name; false for other texts.
bool ParseNameNumber(std::string_view text, int& number);

// `department` or `project`.
std::string_view KindToken(report::v1::ReportKind kind);

// The key of these parts, as names and paths have them; `project` is absent for
// department reports. Empty if a part is none.
std::optional<SubmissionKey> MakeSubmissionKey(std::string_view division, std::string_view unit, std::string_view year,
                                               std::string_view kind, std::optional<std::string_view> project);

// `{unit}.{year}.{kind}[.{project}]`: the key without its division, in the order of names.
std::string LocalName(const SubmissionKey& key);
std::optional<SubmissionKey> ParseLocalName(std::string_view division_code, std::string_view local_name);

// `submissions/{division}.{unit}.{year}.{kind}[.{project}]`.
std::string FormatSubmissionName(const SubmissionKey& key);

// `{collection}{division}.{local name}/versions/{version}`; `collection` is
// `submissions/` or `disclosures/`.
std::string FormatVersionName(const VersionKey& key, std::string_view collection = "submissions/");

// `divisions/{division}/units/{unit}`.
std::string FormatUnitName(const UnitKey& key);

// INVALID_ARGUMENT (field violation on `field`) if `name` is no such name.
absl::StatusOr<SubmissionKey> ParseSubmissionName(std::string_view name, std::string_view field);
absl::StatusOr<VersionKey> ParseVersionName(std::string_view name, std::string_view field,
                                            std::string_view collection = "submissions/");
absl::StatusOr<UnitKey> ParseUnitName(std::string_view name, std::string_view field);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_DOMAIN_SUBMISSION_NAME_H_
