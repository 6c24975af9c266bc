// Builds rosters and seasons for tests around the unit of AReport.
#ifndef JIXIAO_INTAKE_TESTING_SEASON_BUILDER_H_
#define JIXIAO_INTAKE_TESTING_SEASON_BUILDER_H_

#include <string>

#include "absl/time/time.h"
#include "common/domain/china_time.h"
#include "intake/core/submission/season_name.h"
#include "intake/core/submission/stored_time.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake::testing {

inline v1::RosterUnit ARosterUnit(const std::string& unit_code = "NC01",
                                  const std::string& unit_name = "云溪县农村工作局",
                                  const std::string& division_code = "430611") {
  v1::RosterUnit unit;
  unit.set_name(FormatUnitName({division_code, unit_code}));
  unit.set_unit_name(unit_name);
  unit.set_first_fiscal_year(2020);
  return unit;
}

inline RosterEntry AnEntry(const v1::RosterUnit& unit) { return {*ParseUnitName(unit.name(), "name"), unit}; }

// Noon in China.
inline absl::Time Noon(int year, int month, int day) {
  return EndOfChinaDay(absl::CivilDay(year, month, day)) - absl::Hours(12);
}

inline SeasonKey ASeasonKey(const std::string& division_code = "430611", int fiscal_year = 2024) {
  return {division_code, fiscal_year, report::v1::REPORT_KIND_DEPARTMENT};
}

// Opens on 1 March and ends with 30 April of the year after.
inline v1::Season ASeason(const SeasonKey& key = ASeasonKey()) {
  v1::Season season;
  season.set_name(FormatSeasonName(key));
  season.set_rule_set("rulesets/hunan-2024");
  *season.mutable_opening_time() = ToTimestamp(EndOfChinaDay(absl::CivilDay(key.fiscal_year + 1, 2, 28)));
  *season.mutable_deadline() = ToTimestamp(EndOfChinaDay(absl::CivilDay(key.fiscal_year + 1, 4, 30)));
  return season;
}

inline absl::Status PutUnit(SubmissionStore& store, const v1::RosterUnit& unit) {
  return WriteAndWait(store, [&](SubmissionTransaction& t) { return t.PutRosterUnit(AnEntry(unit)); });
}

inline absl::Status PutSeason(SubmissionStore& store, const v1::Season& season) {
  return WriteAndWait(
      store, [&](SubmissionTransaction& t) { return t.PutSeason(*ParseSeasonName(season.name(), "name"), season); });
}

inline Subject ASubject(Role role, Scope::Kind kind, const std::string& division_code,
                        const std::string& unit_code = "") {
  Subject subject;
  subject.id = "person/test";
  subject.grants.push_back({role, {.kind = kind, .division_code = division_code, .unit_code = unit_code}});
  return subject;
}

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_SEASON_BUILDER_H_
