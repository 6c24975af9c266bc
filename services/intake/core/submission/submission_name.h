// A submission name says whose report it is: division, unit, year, kind and,
// for project reports, which project.
#ifndef JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_NAME_H_
#define JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_NAME_H_

#include <compare>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// What makes two filings versions of one submission. Every field is checked by
// the functions below that make a key, so a key can always be formatted.
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

bool IsDivisionCode(std::string_view text);
bool IsUnitCode(std::string_view text);
bool IsFiscalYear(int year);

// 8 to 64 characters out of `A-Z a-z 0-9 - _`.
bool IsRequestId(std::string_view text);

// `{unit}.{year}.{kind}[.{project}]`: the key without its division, in the order
// of names.
std::string LocalName(const SubmissionKey& key);

// `submissions/{division}.{unit}.{year}.{kind}[.{project}]`.
std::string FormatSubmissionName(const SubmissionKey& key);

// `{submission}/versions/{version}`.
std::string FormatVersionName(const VersionKey& key);

// INVALID_ARGUMENT (field violation on `field`) if `name` is no such name.
absl::StatusOr<SubmissionKey> ParseSubmissionName(std::string_view name, std::string_view field);
absl::StatusOr<VersionKey> ParseVersionName(std::string_view name, std::string_view field);

// Stands in for the budget system's code until the roster knows the unit: `P`
// and 10 hex digits over division and name. The same unit gets the same code
// each time; blanks and full-width forms in the name make no difference.
std::string ProvisionalUnitCode(std::string_view division_code, std::string_view unit_name);

// Reports carry a project's name and no code; this is the name's stand-in in
// resource names: 12 hex digits, blanks and full-width forms make no difference.
std::string ProjectCode(std::string_view project_name);

// First two, four or six digits of `division_code`: what the codes of the
// division and of everything below it begin with. `430600` gives `4306`.
std::string DivisionPrefix(std::string_view division_code);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_NAME_H_
