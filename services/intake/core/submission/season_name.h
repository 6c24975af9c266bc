// Names of seasons and of shards of the audit log.
#ifndef JIXIAO_INTAKE_CORE_SUBMISSION_SEASON_NAME_H_
#define JIXIAO_INTAKE_CORE_SUBMISSION_SEASON_NAME_H_

#include <compare>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "intake/core/submission/submission_name.h"

namespace jixiao::intake {

// A filing season of a division.
struct SeasonKey {
  std::string division_code;
  int fiscal_year = 0;
  report::v1::ReportKind kind = report::v1::REPORT_KIND_UNSPECIFIED;

  auto operator<=>(const SeasonKey&) const = default;
};

// One chain of the audit log: a prefecture (or the province itself) and a year,
// so that a damaged entry spoils one chain and chains grow side by side.
struct AuditShard {
  std::string prefecture_code;
  int fiscal_year = 0;

  auto operator<=>(const AuditShard&) const = default;
};

// `seasons/{division}.{year}.{kind}`.
std::string FormatSeasonName(const SeasonKey& key);
// `auditlogs/{prefecture}.{year}`.
std::string FormatAuditLogName(const AuditShard& shard);

// INVALID_ARGUMENT (field violation on `field`) if `name` is no such name.
absl::StatusOr<SeasonKey> ParseSeasonName(std::string_view name, std::string_view field);
absl::StatusOr<AuditShard> ParseAuditLogName(std::string_view name, std::string_view field);

// Where changes about a division and year are chained.
AuditShard ShardOf(std::string_view division_code, int fiscal_year);

inline UnitKey UnitOf(const SubmissionKey& key) { return {key.division_code, key.unit_code}; }

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SUBMISSION_SEASON_NAME_H_
