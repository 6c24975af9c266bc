#include "intake/core/season/season.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "common/domain/china_time.h"
#include "intake/core/audit/audit_chain.h"
#include "intake/core/submission/errors.h"
#include "intake/core/submission/stored_time.h"
#include "intake/core/submission/violations.h"

namespace jixiao::intake {
namespace {

constexpr std::string_view kRuleSets = "rulesets/";
constexpr size_t kMaxRuleSetId = 64;
constexpr int64_t kMaxReason = 500;

bool IsRuleSetName(std::string_view name) {
  if (!name.starts_with(kRuleSets)) return false;
  const std::string_view id = name.substr(kRuleSets.size());
  return !id.empty() && id.size() <= kMaxRuleSetId && id.front() != '-' &&
         id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

// Within the years that a season can be about; a slip of a digit is caught here.
bool IsTime(const google::protobuf::Timestamp& time) {
  const absl::CivilDay day = ChinaDay(FromTimestamp(time));
  return time.nanos() >= 0 && time.nanos() < 1'000'000'000 && day.year() >= 2015 && day.year() <= 2105;
}

void CheckTime(bool is_there, const google::protobuf::Timestamp& time, const PathStep& at, std::string_view title,
               Violations& violations) {
  if (!is_there) return violations.Add(at, fmt::format("请填写{}", title));
  if (!IsTime(time)) violations.Add(at, fmt::format("{}应在 2015 至 2105 年之间", title));
}

// True if the request was answered before; REQUEST_ID_REUSED if with another.
absl::StatusOr<bool> WasAnswered(SubmissionTransaction& transaction, const std::string& division_code,
                                 const std::string& request_id, const std::string& fingerprint) {
  JIXIAO_ASSIGN_OR_RETURN(const auto operation, transaction.FindOperation(division_code, request_id));
  if (!operation.has_value()) return false;
  if (operation->fingerprint != fingerprint) return RequestIdReused(request_id);
  return true;
}

std::string Fingerprint(const SeasonChange& change) {
  return "season:" + ContentDigest(change.season.SerializeAsString());
}

std::string Fingerprint(const DeadlineChange& change) {
  return "extension:" +
         ContentDigest(fmt::format("{}\n{}\n{}\n{}", FormatSeasonName(change.season), FormatUnitName(change.unit),
                                   absl::ToUnixMicros(change.deadline), change.reason));
}

absl::Status CheckRuleSet(SubmissionTransaction& transaction, const SeasonChange& change) {
  JIXIAO_ASSIGN_OR_RETURN(const auto before, transaction.FindSeason(change.key));
  if (!before.has_value() || before->rule_set() == change.season.rule_set()) return absl::OkStatus();
  JIXIAO_ASSIGN_OR_RETURN(const bool has_filings, transaction.HasFilings(change.key));
  if (!has_filings) return absl::OkStatus();
  return NotSo(kRuleSetPinned, fmt::format("已有单位按 {} 报送，本报送期的评分规则不能再改为 {}；其余各项可以修改",
                                           before->rule_set(), change.season.rule_set()));
}

// For the audit log only: `seasons/{season}/extensions/{division}.{unit}`.
std::string ExtensionName(const DeadlineChange& change) {
  return fmt::format("{}/extensions/{}.{}", FormatSeasonName(change.season), change.unit.division_code,
                     change.unit.unit_code);
}

// The season that the unit's deadline is taken from has to be the one named.
absl::StatusOr<CoveringSeason> SeasonToExtend(SubmissionTransaction& transaction, const DeadlineChange& change) {
  JIXIAO_ASSIGN_OR_RETURN(const auto season, transaction.FindSeason(change.season));
  if (!season.has_value()) return NotFound();
  JIXIAO_ASSIGN_OR_RETURN(const auto entry, FindRosterUnit(transaction, change.unit, change.season.fiscal_year));
  if (!entry.has_value()) {
    return NotSo(kUnitNotOnRoster,
                 fmt::format("单位 {}（区划 {}）不在 {} 年度的单位名录中，请核对后再办理延期", change.unit.unit_code,
                             change.unit.division_code, change.season.fiscal_year));
  }
  JIXIAO_ASSIGN_OR_RETURN(const auto covering, FindCoveringSeason(transaction, change.unit.division_code,
                                                                  change.season.fiscal_year, change.season.kind));
  if (covering.has_value() && covering->key != change.season) {
    return NotSo(kOtherSeasonApplies, fmt::format("“{}”适用的是 {}，请在该报送期办理延期", entry->unit.unit_name(),
                                                  FormatSeasonName(covering->key)));
  }
  if (season->is_closed()) {
    return NotSo(kSeasonClosed, "报送期已关闭，延期不会起作用；确需补报的，请先重新开放报送期");
  }
  return CoveringSeason{change.season, *season};
}

// Where `subject` sees seasons.
std::vector<Scope> SeasonScopes(const Subject& subject) {
  std::vector<Scope> scopes = ScopesOf(subject, Permission::kRead);
  for (Scope& scope : ScopesOf(subject, Permission::kManageSeason)) scopes.push_back(std::move(scope));
  return scopes;
}

}  // namespace

absl::StatusOr<SeasonChange> ReadSeasonChange(const v1::SetSeasonRequest& request) {
  if (!IsRequestId(request.request_id())) return BadRequestId();
  SeasonChange change;
  JIXIAO_ASSIGN_OR_RETURN(change.key, ParseSeasonName(request.season().name(), "season.name"));
  Violations violations;
  const PathStep root;
  const PathStep at = root / "season";
  const v1::Season& season = request.season();
  if (!IsRuleSetName(season.rule_set())) {
    violations.Add(at / "rule_set", "评分规则名称格式应为 rulesets/{规则}，例如 rulesets/hunan-2024");
  }
  CheckTime(season.has_opening_time(), season.opening_time(), at / "opening_time", "开始报送时间", violations);
  CheckTime(season.has_deadline(), season.deadline(), at / "deadline", "报送截止时间", violations);
  JIXIAO_RETURN_IF_ERROR(violations.ToStatus());
  const absl::Time opening = FromTimestamp(season.opening_time());
  const absl::Time deadline = FromTimestamp(season.deadline());
  if (opening >= deadline) {
    violations.Add(at / "deadline", fmt::format("报送截止时间（{}）应晚于开始报送时间（{}）", ChinaTimeText(deadline),
                                                ChinaTimeText(opening)));
    return violations.ToStatus();
  }
  change.season.set_name(FormatSeasonName(change.key));
  change.season.set_rule_set(season.rule_set());
  *change.season.mutable_opening_time() = ToTimestamp(opening);
  *change.season.mutable_deadline() = ToTimestamp(deadline);
  if (season.is_closed()) change.season.set_is_closed(true);
  change.request_id = request.request_id();
  return change;
}

absl::Status SetSeason(SubmissionTransaction& transaction, const SeasonChange& change) {
  const std::string fingerprint = Fingerprint(change);
  JIXIAO_ASSIGN_OR_RETURN(const bool was_answered,
                          WasAnswered(transaction, change.key.division_code, change.request_id, fingerprint));
  if (was_answered) return absl::OkStatus();
  JIXIAO_RETURN_IF_ERROR(CheckRuleSet(transaction, change));
  JIXIAO_RETURN_IF_ERROR(transaction.PutSeason(change.key, change.season));
  JIXIAO_RETURN_IF_ERROR(AppendOperation(transaction, {.division_code = change.key.division_code,
                                                       .fiscal_year = change.key.fiscal_year,
                                                       .action = "SET_SEASON",
                                                       .resource = change.season.name(),
                                                       .record_digest = RecordDigest(change.season),
                                                       .actor = change.actor,
                                                       .request_id = change.request_id,
                                                       .time = change.time}));
  return transaction.InsertOperation({change.key.division_code, change.request_id, fingerprint});
}

absl::StatusOr<DeadlineChange> ReadDeadlineChange(const v1::ExtendDeadlineRequest& request) {
  if (!IsRequestId(request.request_id())) return BadRequestId();
  DeadlineChange change;
  JIXIAO_ASSIGN_OR_RETURN(change.season, ParseSeasonName(request.season(), "season"));
  JIXIAO_ASSIGN_OR_RETURN(change.unit, ParseUnitName(request.unit(), "unit"));
  Violations violations;
  const PathStep root;
  if (!DivisionCovers(change.season.division_code, change.unit.division_code)) {
    violations.Add(root / "unit", fmt::format("单位所在区划 {} 不属于报送期的区划 {}", change.unit.division_code,
                                              change.season.division_code));
  }
  CheckTime(request.has_deadline(), request.deadline(), root / "deadline", "延期后的截止时间", violations);
  const bool is_clean = IsCleanUtf8(request.reason());
  const int64_t length = is_clean ? CodePointCount(Trim(request.reason())) : 0;
  if (length < 1 || length > kMaxReason) violations.Add(root / "reason", "延期必须说明理由，1 至 500 字");
  JIXIAO_RETURN_IF_ERROR(violations.ToStatus());
  change.deadline = FromTimestamp(request.deadline());
  change.reason = std::string(Trim(request.reason()));
  change.request_id = request.request_id();
  return change;
}

absl::Status ExtendDeadline(SubmissionTransaction& transaction, const DeadlineChange& change) {
  const std::string fingerprint = Fingerprint(change);
  JIXIAO_ASSIGN_OR_RETURN(const bool was_answered,
                          WasAnswered(transaction, change.season.division_code, change.request_id, fingerprint));
  if (was_answered) return absl::OkStatus();
  JIXIAO_ASSIGN_OR_RETURN(const CoveringSeason covering, SeasonToExtend(transaction, change));
  JIXIAO_ASSIGN_OR_RETURN(const UnitDeadline now, FindDeadline(transaction, covering, change.unit));
  if (change.deadline <= now.deadline) {
    return NotSo(kNotLater,
                 fmt::format("该单位目前的截止时间是{}，延期后的截止时间应晚于它", ChinaTimeText(now.deadline)));
  }
  ExtensionRecord record{change.season, change.unit, {}};
  record.extension.set_unit(FormatUnitName(change.unit));
  *record.extension.mutable_deadline() = ToTimestamp(change.deadline);
  record.extension.set_reason(change.reason);
  record.extension.set_actor(change.actor);
  JIXIAO_RETURN_IF_ERROR(transaction.PutExtension(record));
  JIXIAO_RETURN_IF_ERROR(AppendOperation(transaction, {.division_code = change.season.division_code,
                                                       .fiscal_year = change.season.fiscal_year,
                                                       .action = "EXTEND_DEADLINE",
                                                       .resource = ExtensionName(change),
                                                       .record_digest = RecordDigest(record.extension),
                                                       .actor = change.actor,
                                                       .request_id = change.request_id,
                                                       .time = change.time}));
  return transaction.InsertOperation({change.season.division_code, change.request_id, fingerprint});
}

absl::StatusOr<std::optional<CoveringSeason>> FindCoveringSeason(SubmissionTransaction& transaction,
                                                                 const std::string& division_code, int fiscal_year,
                                                                 report::v1::ReportKind kind) {
  for (const std::string& code : DivisionAndAbove(division_code)) {
    const SeasonKey key{code, fiscal_year, kind};
    JIXIAO_ASSIGN_OR_RETURN(auto season, transaction.FindSeason(key));
    if (season.has_value()) return CoveringSeason{key, *std::move(season)};
  }
  return std::nullopt;
}

absl::StatusOr<UnitDeadline> FindDeadline(SubmissionTransaction& transaction, const CoveringSeason& covering,
                                          const UnitKey& unit) {
  UnitDeadline deadline{FromTimestamp(covering.season.deadline()), false};
  JIXIAO_ASSIGN_OR_RETURN(const auto extension, transaction.FindExtension(covering.key, unit));
  if (!extension.has_value()) return deadline;
  // The season's own deadline may have moved beyond an extension since.
  const absl::Time extended = FromTimestamp(extension->extension.deadline());
  if (extended > deadline.deadline) deadline = {extended, true};
  return deadline;
}

absl::Status AuthorizeSeason(const Subject& subject, const SeasonKey& key) {
  absl::Status manages = Authorize(subject, Permission::kManageSeason, {key.division_code, "", key.fiscal_year});
  if (manages.ok()) return manages;
  for (const Scope& scope : SeasonScopes(subject)) {
    const bool is_part =
        DivisionCovers(key.division_code, scope.division_code) ||
        (scope.kind == Scope::Kind::kSubtree && DivisionCovers(scope.division_code, key.division_code));
    if (is_part && key.fiscal_year >= scope.first_fiscal_year && key.fiscal_year <= scope.last_fiscal_year) {
      return absl::OkStatus();
    }
  }
  return manages;
}

void HideExtensions(const Subject& subject, const SeasonKey& key, v1::Season& season) {
  const std::vector<Scope> scopes = SeasonScopes(subject);
  const auto is_hidden = [&](const v1::DeadlineExtension& extension) {
    const auto unit = ParseUnitName(extension.unit(), "unit");
    return !unit.ok() || std::none_of(scopes.begin(), scopes.end(), [&](const Scope& scope) {
      return ScopeCovers(scope, {unit->division_code, unit->unit_code, key.fiscal_year});
    });
  };
  auto& extensions = *season.mutable_extensions();
  extensions.erase(std::remove_if(extensions.begin(), extensions.end(), is_hidden), extensions.end());
}

}  // namespace jixiao::intake
