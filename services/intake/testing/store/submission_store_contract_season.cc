// Contract: roster, seasons, extensions and the requests about them.
#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <vector>

#include "common/testing/status_matchers.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/look.h"
#include "intake/testing/store/submission_store_contract.h"

namespace jixiao::intake::testing {

using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace {

const UnitKey kUnit{"430611", "NC01"};
const SeasonKey kSeason{"430600", 2024, report::v1::REPORT_KIND_DEPARTMENT};

RosterEntry AnEntry(const UnitKey& key, const std::string& name, int first_year, std::optional<int> last_year = {}) {
  RosterEntry entry;
  entry.key = key;
  entry.unit.set_name(FormatUnitName(key));
  entry.unit.set_unit_name(name);
  entry.unit.set_first_fiscal_year(first_year);
  if (last_year.has_value()) entry.unit.set_last_fiscal_year(*last_year);
  entry.unit.set_expects_department_report(true);
  return entry;
}

v1::Season ASeason() {
  v1::Season season;
  season.set_name(FormatSeasonName(kSeason));
  season.set_rule_set("rulesets/hunan-2024");
  season.mutable_opening_time()->set_seconds(1'740'000'000);
  season.mutable_deadline()->set_seconds(1'750'000'000);
  season.mutable_deadline()->set_nanos(999'999'000);
  season.set_is_closed(false);
  return season;
}

ExtensionRecord AnExtension(const UnitKey& unit) {
  ExtensionRecord record{kSeason, unit, {}};
  record.extension.set_unit(FormatUnitName(unit));
  record.extension.mutable_deadline()->set_seconds(1'751'000'000);
  record.extension.set_reason("机构合并，账务移交未完成");
  record.extension.set_actor("person/manager-1");
  return record;
}

std::vector<std::string> NamesOf(const std::vector<RosterEntry>& entries) {
  std::vector<std::string> names;
  for (const RosterEntry& entry : entries) {
    names.push_back(entry.key.division_code + "." + entry.key.unit_code + "." +
                    std::to_string(entry.unit.first_fiscal_year()));
  }
  return names;
}

SubmissionStore::Work PutAll(const std::vector<RosterEntry>& entries) {
  return [entries](SubmissionTransaction& transaction) {
    for (const RosterEntry& entry : entries) {
      if (absl::Status status = transaction.PutRosterUnit(entry); !status.ok()) return status;
    }
    return absl::OkStatus();
  };
}

}  // namespace

TEST_P(SubmissionStoreContract, KeepsAllFieldsOfARosterEntryAndReplacesIt) {
  RosterEntry entry = AnEntry(kUnit, "云溪县农村局", 2020, 2023);
  entry.unit.add_expected_projects("农村道路养护");
  MustWrite(PutAll({entry}));
  entry.unit.set_unit_name("云溪县农村工作局");
  entry.unit.set_supervising_unit("NC00");
  entry.unit.set_expects_department_report(false);
  entry.unit.clear_expected_projects();
  for (const char* name : {"水利设施维修", "农村道路养护"}) entry.unit.add_expected_projects(name);
  MustWrite(PutAll({entry}));

  const auto entries = Look(store(), &SubmissionReads::RosterUnits, "", 0, std::nullopt, 10);
  ASSERT_THAT(entries, IsOk());
  ASSERT_THAT(*entries, SizeIs(1));
  EXPECT_EQ(entries->at(0).key, kUnit);
  EXPECT_EQ(entries->at(0).unit.DebugString(), entry.unit.DebugString());
}

TEST_P(SubmissionStoreContract, FindsTheRosterEntryOfAYear) {
  MustWrite(PutAll({AnEntry(kUnit, "农村工作局", 2024), AnEntry(kUnit, "农村局", 2020, 2022)}));

  const auto name_in = [this](int year) {
    const auto entry = InTransaction<std::optional<RosterEntry>>(
        [year](SubmissionTransaction& transaction) { return FindRosterUnit(transaction, kUnit, year); });
    return entry.has_value() ? entry->unit.unit_name() : std::string();
  };
  EXPECT_EQ(name_in(2019), "");
  EXPECT_EQ(name_in(2020), "农村局");
  EXPECT_EQ(name_in(2022), "农村局");
  EXPECT_EQ(name_in(2023), "");
  EXPECT_EQ(name_in(2024), "农村工作局");
  EXPECT_EQ(name_in(2099), "农村工作局");
  EXPECT_THAT(NamesOf(InTransaction<std::vector<RosterEntry>>(
                  [](SubmissionTransaction& transaction) { return transaction.RosterHistory(kUnit); })),
              ElementsAre("430611.NC01.2020", "430611.NC01.2024"));
}

TEST_P(SubmissionStoreContract, FindsUnitsByTheirExactNameWithinADivision) {
  MustWrite(PutAll({AnEntry({"430611", "B2"}, "农村工作局", 2024), AnEntry({"430611", "A1"}, "农村工作局", 2024),
                    AnEntry({"430611", "C3"}, "农村工作局", 2020, 2023), AnEntry({"430611", "D4"}, "农村工作", 2024),
                    AnEntry({"430612", "E5"}, "农村工作局", 2024)}));

  EXPECT_THAT(NamesOf(InTransaction<std::vector<RosterEntry>>([](SubmissionTransaction& transaction) {
                return transaction.FindRosterUnitsByName("430611", "农村工作局", 2024);
              })),
              ElementsAre("430611.A1.2024", "430611.B2.2024"));
}

TEST_P(SubmissionStoreContract, ListsTheRosterOfATreeAndYearInPages) {
  MustWrite(PutAll({AnEntry({"431100", "A1"}, "甲", 2020), AnEntry({"431000", "B2"}, "乙", 2020),
                    AnEntry({"431002", "A1"}, "丙", 2020, 2022), AnEntry({"431002", "A1"}, "丁", 2023),
                    AnEntry({"431002", "A2"}, "戊", 2025)}));

  EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::RosterUnits, "4310", 0, std::nullopt, 10)),
              ElementsAre("431000.B2.2020", "431002.A1.2020", "431002.A1.2023", "431002.A2.2025"));
  EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::RosterUnits, "4310", 2024, std::nullopt, 10)),
              ElementsAre("431000.B2.2020", "431002.A1.2023"));
  const auto page = Look(store(), &SubmissionReads::RosterUnits, "", 0, std::nullopt, 2);
  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::RosterUnits, "", 0, page->back(), 2)),
              ElementsAre("431002.A1.2023", "431002.A2.2025"));
}

TEST_P(SubmissionStoreContract, KeepsAndReplacesASeason) {
  EXPECT_THAT(Look(store(), ReadSeason, kSeason), StatusIs(absl::StatusCode::kNotFound));
  v1::Season season = ASeason();
  MustWrite([&](SubmissionTransaction& transaction) { return transaction.PutSeason(kSeason, season); });
  season.set_is_closed(true);
  season.set_rule_set("rulesets/hunan-2025");
  MustWrite([&](SubmissionTransaction& transaction) { return transaction.PutSeason(kSeason, season); });

  EXPECT_EQ(Look(store(), ReadSeason, kSeason)->DebugString(), season.DebugString());
  const auto find = [this](const SeasonKey& key) {
    return InTransaction<std::optional<v1::Season>>(
        [&](SubmissionTransaction& transaction) { return transaction.FindSeason(key); });
  };
  EXPECT_EQ(find(kSeason)->DebugString(), season.DebugString());
  for (const SeasonKey& other : {SeasonKey{"430611", 2024, report::v1::REPORT_KIND_DEPARTMENT},
                                 SeasonKey{"430600", 2023, report::v1::REPORT_KIND_DEPARTMENT},
                                 SeasonKey{"430600", 2024, report::v1::REPORT_KIND_PROJECT}}) {
    EXPECT_FALSE(find(other).has_value()) << FormatSeasonName(other);
  }
}

TEST_P(SubmissionStoreContract, GivesExtensionsOfASeasonByUnit) {
  const UnitKey second{"430611", "NC02"}, own_level{"430600", "CS01"};
  MustWrite([&](SubmissionTransaction& transaction) {
    EXPECT_THAT(transaction.PutSeason(kSeason, ASeason()), IsOk());
    for (const UnitKey& unit : {second, kUnit, own_level}) {
      EXPECT_THAT(transaction.PutExtension(AnExtension(unit)), IsOk());
    }
    // Of the same unit for another season.
    ExtensionRecord other = AnExtension(kUnit);
    other.season.fiscal_year = 2023;
    return transaction.PutExtension(other);
  });
  ExtensionRecord changed = AnExtension(kUnit);
  changed.extension.set_reason("再次延期");
  MustWrite([&](SubmissionTransaction& transaction) {
    // Extensions have their own method.
    EXPECT_THAT(transaction.PutSeason(kSeason, ASeason()), IsOk());
    return transaction.PutExtension(changed);
  });

  const auto season = Look(store(), ReadSeason, kSeason);
  ASSERT_THAT(season, IsOk());
  ASSERT_THAT(season->extensions(), SizeIs(3));
  EXPECT_EQ(season->extensions(0).unit(), "divisions/430600/units/CS01");
  EXPECT_EQ(season->extensions(1).DebugString(), changed.extension.DebugString());
  EXPECT_EQ(season->extensions(2).unit(), "divisions/430611/units/NC02");
  const auto found = InTransaction<std::optional<ExtensionRecord>>(
      [](SubmissionTransaction& transaction) { return transaction.FindExtension(kSeason, kUnit); });
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->extension.DebugString(), changed.extension.DebugString());
  EXPECT_EQ(found->unit, kUnit);
  EXPECT_EQ(found->season, kSeason);
  EXPECT_FALSE(InTransaction<std::optional<ExtensionRecord>>([](SubmissionTransaction& transaction) {
                 return transaction.FindExtension(kSeason, {"430611", "NC03"});
               }).has_value());
}

TEST_P(SubmissionStoreContract, KnowsWhetherAVersionWasFiledUnderASeason) {
  const auto has_filings = [this](const SeasonKey& season) {
    return InTransaction<bool>([&](SubmissionTransaction& transaction) { return transaction.HasFilings(season); });
  };
  File("request-1", "一", AKey());
  EXPECT_FALSE(has_filings(kSeason));
  for (int version = 2; version <= 4; ++version) {
    VersionRecord record = *Look(store(), &SubmissionReads::FindVersion, VersionKey{AKey(), 1});
    record.key.version = version;
    // A later version without a season takes nothing back.
    if (version < 4) record.version.mutable_receipt()->mutable_lateness()->set_season(FormatSeasonName(kSeason));
    MustWrite([&](SubmissionTransaction& transaction) { return transaction.InsertVersion(record, {}); });
  }

  EXPECT_TRUE(has_filings(kSeason));
  SeasonKey other = kSeason;
  other.fiscal_year = 2023;
  EXPECT_FALSE(has_filings(other));
}

TEST_P(SubmissionStoreContract, KeepsARequestOfADivisionOnce) {
  const auto insert = [](SubmissionTransaction& transaction) {
    return transaction.InsertOperation({"430611", "request-1", "sha256:1"});
  };
  MustWrite(insert);

  const auto find = [this](const std::string& division_code) {
    return InTransaction<std::optional<OperationRecord>>(
        [&](SubmissionTransaction& transaction) { return transaction.FindOperation(division_code, "request-1"); });
  };
  ASSERT_TRUE(find("430611").has_value());
  EXPECT_EQ(find("430611")->fingerprint, "sha256:1");
  EXPECT_FALSE(find("430612").has_value());
  EXPECT_THAT(WriteAndWait(store(), insert), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace jixiao::intake::testing
