// The part of PostgresTransaction that is about roster, seasons and operations.
#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "common/base/status_macros.h"
#include "intake/adapters/postgres/postgres_rows.h"
#include "intake/adapters/postgres/postgres_statements.h"
#include "intake/adapters/postgres/postgres_transaction.h"

namespace jixiao::intake {
namespace {

// Apart from locks that others may take in the same database.
constexpr int64_t kDivisionLocks = int64_t{0x4A58} << 32U;

// As it will be read back.
RosterEntry AsStored(RosterEntry entry) {
  entry.unit.set_expects_department_report(entry.unit.expects_department_report());
  return entry;
}

}  // namespace

absl::Status PostgresTransaction::LoadHistory(const UnitKey& key) {
  if (histories_.Find(key) != nullptr) return absl::OkStatus();
  JIXIAO_ASSIGN_OR_RETURN(const std::vector<RosterEntry> entries, PostgresReads::RosterHistory(key));
  History history;
  for (const RosterEntry& entry : entries) history[entry.unit.first_fiscal_year()] = entry;
  histories_.Load(key, std::move(history));
  return absl::OkStatus();
}

void PostgresTransaction::LoadHistories(const std::vector<UnitKey>& asked, const PostgresResult& result) {
  std::map<UnitKey, History> histories;
  for (const UnitKey& key : asked) histories[key];
  for (int i = 0; i < result.rows(); ++i) {
    const RosterEntry entry = RosterEntryFromRow(PostgresRow(result, i));
    histories[entry.key][entry.unit.first_fiscal_year()] = entry;
  }
  for (auto& [key, history] : histories) histories_.Load(key, std::move(history));
}

absl::StatusOr<std::vector<RosterEntry>> PostgresTransaction::RosterHistory(const UnitKey& key) {
  JIXIAO_RETURN_IF_ERROR(LoadHistory(key));
  std::vector<RosterEntry> entries;
  for (const auto& [first_year, entry] : **histories_.Find(key)) entries.push_back(entry);
  return entries;
}

absl::StatusOr<std::vector<RosterEntry>> PostgresTransaction::FindRosterUnitsByName(const std::string& division_code,
                                                                                    const std::string& unit_name,
                                                                                    int fiscal_year) {
  JIXIAO_ASSIGN_OR_RETURN(std::vector<RosterEntry> entries,
                          PostgresReads::FindRosterUnitsByName(division_code, unit_name, fiscal_year));
  std::erase_if(entries, [this](const RosterEntry& entry) {
    return roster_changes_.IsChanged({entry.key, entry.unit.first_fiscal_year()});
  });
  roster_changes_.ForEachChange([&](const RosterKey& place, const std::optional<RosterEntry>& entry) {
    const bool is_asked_for = place.first.division_code == division_code && entry->unit.unit_name() == unit_name;
    if (is_asked_for && HoldsFor(*entry, fiscal_year)) entries.push_back(*entry);
  });
  std::sort(entries.begin(), entries.end(), ComesBefore);
  return entries;
}

absl::Status PostgresTransaction::PutRosterUnit(const RosterEntry& entry) {
  JIXIAO_RETURN_IF_ERROR(LoadHistory(entry.key));
  History history = **histories_.Find(entry.key);
  const int first_year = entry.unit.first_fiscal_year();
  history[first_year] = AsStored(entry);
  histories_.Set(entry.key, std::move(history));
  roster_changes_.Set({entry.key, first_year}, AsStored(entry));
  return absl::OkStatus();
}

void PostgresTransaction::LoadSeasons(const PostgresResult& result) {
  for (int i = 0; i < result.rows(); ++i) {
    auto [key, season] = SeasonFromRow(PostgresRow(result, i));
    seasons_.Load(key, std::move(season));
  }
}

absl::StatusOr<std::optional<v1::Season>> PostgresTransaction::FindSeason(const SeasonKey& key) {
  if (seasons_.Find(key) == nullptr) {
    PostgresRows keys(sql::kLockSeasons.columns);
    keys.Text(key.division_code).Number(key.fiscal_year).Number(key.kind);
    JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kLockSeasons, keys.ToParams()));
    LoadSeasons(result);
    seasons_.Load(key, std::nullopt);
  }
  return *seasons_.Find(key);
}

absl::Status PostgresTransaction::PutSeason(const SeasonKey& key, const v1::Season& season) {
  v1::Season stored = season;
  stored.clear_extensions();
  stored.set_is_closed(season.is_closed());
  seasons_.Set(key, std::move(stored));
  return absl::OkStatus();
}

absl::Status PostgresTransaction::LoadExtensions(const UnitKey& key) {
  if (extensions_.Find(key) != nullptr) return absl::OkStatus();
  JIXIAO_ASSIGN_OR_RETURN(std::vector<ExtensionRecord> records, ExtensionsOf(key));
  UnitExtensions extensions;
  for (ExtensionRecord& record : records) extensions[record.season] = std::move(record);
  extensions_.Load(key, std::move(extensions));
  return absl::OkStatus();
}

void PostgresTransaction::LoadUnitExtensions(const std::vector<UnitKey>& asked, const PostgresResult& result) {
  std::map<UnitKey, UnitExtensions> units;
  for (const UnitKey& key : asked) units[key];
  for (int i = 0; i < result.rows(); ++i) {
    ExtensionRecord record = ExtensionFromRow(PostgresRow(result, i));
    units[record.unit][record.season] = std::move(record);
  }
  for (auto& [key, unit] : units) extensions_.Load(key, std::move(unit));
}

absl::StatusOr<std::optional<ExtensionRecord>> PostgresTransaction::FindExtension(const SeasonKey& season,
                                                                                  const UnitKey& unit) {
  JIXIAO_RETURN_IF_ERROR(LoadExtensions(unit));
  const UnitExtensions& known = **extensions_.Find(unit);
  const auto found = known.find(season);
  if (found == known.end()) return std::optional<ExtensionRecord>();
  return std::optional<ExtensionRecord>(found->second);
}

absl::Status PostgresTransaction::PutExtension(const ExtensionRecord& record) {
  JIXIAO_RETURN_IF_ERROR(LoadExtensions(record.unit));
  UnitExtensions unit = **extensions_.Find(record.unit);
  unit[record.season] = record;
  extensions_.Set(record.unit, std::move(unit));
  extension_changes_.Set({record.season, record.unit}, record);
  return absl::OkStatus();
}

// Filings hold a share of their season until they are committed; holding it
// alone, nothing can be filed behind the answer's back.
absl::StatusOr<bool> PostgresTransaction::HasFilings(const SeasonKey& season) {
  if (filed_seasons_.Find(season) == nullptr) {
    PostgresParams key;
    key.Text(season.division_code).Number(season.fiscal_year).Number(season.kind);
    JIXIAO_RETURN_IF_ERROR(Query(sql::kLockSeason, key).status());
    PostgresParams name;
    name.Text(season.division_code).Text(FormatSeasonName(season));
    JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kFindFiledSeason, name));
    if (result.rows() == 0) return false;  // and not remembered: a later work may file
    filed_seasons_.Load(season, true);
  }
  return true;
}

absl::StatusOr<std::optional<OperationRecord>> PostgresTransaction::FindOperation(const std::string& division_code,
                                                                                  const std::string& request_id) {
  const std::pair place(division_code, request_id);
  if (operations_.Find(place) == nullptr) {
    PostgresParams lock;
    lock.Number(kDivisionLocks | std::strtoll(division_code.c_str(), nullptr, 10));
    JIXIAO_RETURN_IF_ERROR(Query(sql::kLockDivision, lock).status());
    PostgresParams key;
    key.Text(division_code).Text(request_id);
    JIXIAO_ASSIGN_OR_RETURN(const PostgresResult result, Query(sql::kFindOperation, key));
    std::optional<OperationRecord> found;
    if (result.rows() > 0) found = OperationRecord{division_code, request_id, PostgresRow(result, 0).Text(0)};
    operations_.Load(place, std::move(found));
  }
  return *operations_.Find(place);
}

absl::Status PostgresTransaction::InsertOperation(const OperationRecord& operation) {
  const std::pair place(operation.division_code, operation.request_id);
  const auto* const known = operations_.Find(place);
  if (known != nullptr && known->has_value()) return absl::InternalError("operation exists");
  operations_.Set(place, operation);
  return absl::OkStatus();
}

}  // namespace jixiao::intake
