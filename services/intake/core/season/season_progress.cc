#include "intake/core/season/season_progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/domain/decimal.h"

namespace jixiao::intake {
namespace {

constexpr int kMaxMissingUnits = 1000;
constexpr size_t kCodeLength = 6;

void Add(const DivisionProgress& part, DivisionProgress& sum) {
  sum.expected += part.expected;
  sum.filed += part.filed;
  sum.late += part.late;
  sum.returned += part.returned;
  sum.approved += part.approved;
  sum.published += part.published;
  sum.unexpected += part.unexpected;
}

int ShareOf(int count, int expected) { return static_cast<int>(MulDiv(count, 1'000'000, expected)); }

v1::SeasonProgress ToMessage(const std::string& division_code, const DivisionProgress& counts) {
  v1::SeasonProgress progress;
  progress.set_division_code(division_code);
  progress.set_expected_count(counts.expected);
  progress.set_filed_count(counts.filed);
  progress.set_late_count(counts.late);
  progress.set_returned_count(counts.returned);
  progress.set_approved_count(counts.approved);
  progress.set_published_count(counts.published);
  progress.set_missing_count(counts.expected - counts.filed);
  progress.set_unexpected_count(counts.unexpected);
  if (counts.expected > 0) {
    progress.set_filed_share_ppm(ShareOf(counts.filed, counts.expected));
    progress.set_on_time_share_ppm(ShareOf(counts.filed - counts.late, counts.expected));
    progress.set_published_share_ppm(ShareOf(counts.published, counts.expected));
  }
  return progress;
}

// Official name of a unit of the roster.
absl::StatusOr<std::string> NameOf(SubmissionReads& reads, const UnitKey& key, int fiscal_year) {
  JIXIAO_ASSIGN_OR_RETURN(const auto entry, FindRosterUnit(reads, key, fiscal_year));
  return entry.has_value() ? entry->unit.unit_name() : std::string();
}

absl::Status AddMissingUnits(SubmissionReads& reads, const ProgressQuestion& question, const std::string& prefix,
                             v1::SeasonProgress& progress) {
  if (progress.missing_count() == 0) return absl::OkStatus();
  JIXIAO_ASSIGN_OR_RETURN(const std::vector<UnitKey> missing,
                          reads.MissingUnits(prefix, question.fiscal_year, question.kind, kMaxMissingUnits));
  for (const UnitKey& key : missing) {
    JIXIAO_ASSIGN_OR_RETURN(std::string name, NameOf(reads, key, question.fiscal_year));
    progress.add_missing_units(FormatUnitName(key));
    progress.add_missing_unit_names(std::move(name));
  }
  return absl::OkStatus();
}

bool CoversOwnLevel(const Scope& scope, const ProgressQuestion& question) {
  return scope.kind == Scope::Kind::kOwnLevel && scope.division_code == question.division_code &&
         question.fiscal_year >= scope.first_fiscal_year && question.fiscal_year <= scope.last_fiscal_year;
}

}  // namespace

std::string ChildHolding(const std::string& division_code, const std::string& below) {
  if (below == division_code) return "";
  std::string child = below.substr(0, std::min(DivisionPrefix(division_code).size() + 2, kCodeLength));
  child.resize(kCodeLength, '0');
  // A county's code may stand right below its province; then it is the child.
  return child == division_code ? below : child;
}

absl::StatusOr<ProgressQuestion> ReadProgressQuestion(const Subject& subject,
                                                      const v1::GetSeasonProgressRequest& request) {
  JIXIAO_ASSIGN_OR_RETURN(const SeasonKey season, ParseSeasonName(request.name(), "name"));
  if (!IsDivisionCode(request.division_code()) || !DivisionCovers(season.division_code, request.division_code())) {
    return InvalidFields({{"division_code", fmt::format("行政区划代码应为六位数字，且为报送期的区划 {} 或其下级",
                                                        season.division_code)}});
  }
  ProgressQuestion question{request.division_code(), season.fiscal_year, season.kind, false};
  const absl::Status whole =
      Authorize(subject, Permission::kReadProgress, {question.division_code, "", question.fiscal_year});
  if (whole.ok()) return question;
  const std::vector<Scope> scopes = ScopesOf(subject, Permission::kReadProgress);
  if (std::none_of(scopes.begin(), scopes.end(), [&](const Scope& each) { return CoversOwnLevel(each, question); })) {
    return whole;
  }
  question.is_own_level_only = true;
  return question;
}

absl::StatusOr<v1::GetSeasonProgressResponse> CountSeasonProgress(SubmissionReads& reads,
                                                                  const ProgressQuestion& question) {
  const std::string prefix =
      question.is_own_level_only ? question.division_code : DivisionPrefix(question.division_code);
  JIXIAO_ASSIGN_OR_RETURN(const std::vector<DivisionProgress> parts,
                          reads.Progress(prefix, question.fiscal_year, question.kind));
  DivisionProgress whole;
  std::map<std::string, DivisionProgress> children;
  for (const DivisionProgress& part : parts) {
    Add(part, whole);
    const std::string child = ChildHolding(question.division_code, part.division_code);
    if (!child.empty()) Add(part, children[child]);
  }
  v1::GetSeasonProgressResponse response;
  *response.mutable_progress() = ToMessage(question.division_code, whole);
  JIXIAO_RETURN_IF_ERROR(AddMissingUnits(reads, question, prefix, *response.mutable_progress()));
  for (const auto& [code, counts] : children) *response.add_children() = ToMessage(code, counts);
  return response;
}

}  // namespace jixiao::intake
