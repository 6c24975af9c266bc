#include "intake/core/submission/season_name.h"

#include <fmt/format.h>

#include <charconv>

#include "common/base/errors.h"

namespace jixiao::intake {
namespace {

constexpr std::string_view kSeasons = "seasons/";
constexpr std::string_view kAuditLogs = "auditlogs/";
constexpr size_t kDivisionLength = 6;

// Four digits.
bool ParseYear(std::string_view text, int& year) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  return text.size() == 4 && error == std::errc() && end == text.data() + text.size() && IsFiscalYear(year);
}

// `{division}.{year}` and what follows it.
bool ParseDivisionAndYear(std::string_view text, std::string& division_code, int& year, std::string_view& rest) {
  constexpr size_t kLength = kDivisionLength + 1 + 4;
  if (text.size() < kLength || text[kDivisionLength] != '.') return false;
  division_code = text.substr(0, kDivisionLength);
  rest = text.substr(kLength);
  return IsDivisionCode(division_code) && ParseYear(text.substr(kDivisionLength + 1, 4), year);
}

}  // namespace

std::string FormatSeasonName(const SeasonKey& key) {
  return fmt::format("{}{}.{}.{}", kSeasons, key.division_code, key.fiscal_year, KindToken(key.kind));
}

std::string FormatAuditLogName(const AuditShard& shard) {
  return fmt::format("{}{}.{}", kAuditLogs, shard.prefecture_code, shard.fiscal_year);
}

absl::StatusOr<SeasonKey> ParseSeasonName(std::string_view name, std::string_view field) {
  SeasonKey key;
  std::string_view kind;
  if (name.starts_with(kSeasons) &&
      ParseDivisionAndYear(name.substr(kSeasons.size()), key.division_code, key.fiscal_year, kind)) {
    if (kind == ".department") key.kind = report::v1::REPORT_KIND_DEPARTMENT;
    if (kind == ".project") key.kind = report::v1::REPORT_KIND_PROJECT;
    if (key.kind != report::v1::REPORT_KIND_UNSPECIFIED) return key;
  }
  return InvalidFields({{std::string(field),
                         "报送期名称格式应为 seasons/{区划代码}.{年度}.{department 或 project}，"
                         "例如 seasons/430600.2024.department"}});
}

absl::StatusOr<AuditShard> ParseAuditLogName(std::string_view name, std::string_view field) {
  AuditShard shard;
  std::string_view rest;
  if (name.starts_with(kAuditLogs) &&
      ParseDivisionAndYear(name.substr(kAuditLogs.size()), shard.prefecture_code, shard.fiscal_year, rest) &&
      rest.empty() && shard.prefecture_code.ends_with("00")) {
    return shard;
  }
  return InvalidFields(
      {{std::string(field), "审计日志名称格式应为 auditlogs/{市级区划代码}.{年度}，例如 auditlogs/430600.2024"}});
}

AuditShard ShardOf(std::string_view division_code, int fiscal_year) {
  return {std::string(division_code.substr(0, 4)) + "00", fiscal_year};
}

}  // namespace jixiao::intake
