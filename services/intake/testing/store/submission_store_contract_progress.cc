// Contract: a season's reports counted against the roster.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "common/testing/status_matchers.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/look.h"
#include "intake/testing/store/submission_store_contract.h"

namespace jixiao::intake::testing {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace {

constexpr auto kDepartment = report::v1::REPORT_KIND_DEPARTMENT;
constexpr auto kProject = report::v1::REPORT_KIND_PROJECT;

RosterEntry Expecting(const std::string& division_code, const std::string& unit_code,
                      const std::vector<std::string>& projects = {}) {
  RosterEntry entry;
  entry.key = {division_code, unit_code};
  entry.unit.set_name(FormatUnitName(entry.key));
  entry.unit.set_unit_name("单位" + unit_code);
  entry.unit.set_first_fiscal_year(2024);
  entry.unit.set_expects_department_report(true);
  for (const std::string& project : projects) entry.unit.add_expected_projects(project);
  return entry;
}

SubmissionKey DepartmentReport(const std::string& division_code, const std::string& unit_code) {
  return {division_code, unit_code, 2024, kDepartment, ""};
}

SubmissionKey ProjectReport(const std::string& division_code, const std::string& unit_code, const std::string& name) {
  return {division_code, unit_code, 2024, kProject, ProjectCode(name)};
}

std::vector<std::string> NamesOf(const std::vector<UnitKey>& units) {
  std::vector<std::string> names;
  for (const UnitKey& unit : units) names.push_back(unit.division_code + "." + unit.unit_code);
  return names;
}

// In the order of DivisionProgress.
std::vector<int> CountsOf(const DivisionProgress& progress) {
  return {progress.expected, progress.filed,     progress.late,      progress.returned,
          progress.approved, progress.published, progress.unexpected};
}

}  // namespace

TEST_P(SubmissionStoreContract, CountsADivisionsReportsByStateOverTheRoster) {
  const std::vector<std::pair<std::string, v1::Submission::State>> filed = {
      {"U1", v1::Submission::STATE_ACCEPTED},  {"U2", v1::Submission::STATE_RETURNED},
      {"U3", v1::Submission::STATE_APPROVED},  {"U4", v1::Submission::STATE_PUBLISHED},
      {"U5", v1::Submission::STATE_WITHDRAWN}, {"X1", v1::Submission::STATE_SCORED},
      {"X2", v1::Submission::STATE_WITHDRAWN}};
  MustWrite([](SubmissionTransaction& transaction) {
    for (const char* unit : {"U1", "U2", "U3", "U4", "U5", "U6"}) {
      EXPECT_TRUE(transaction.PutRosterUnit(Expecting("430611", unit)).ok());
    }
    return absl::OkStatus();
  });
  for (const auto& [unit, state] : filed) {
    File("request-1", "一", AKey(unit));
    Change(AKey(unit), [state = state, is_late = unit == "U3" || unit == "X1"](v1::Submission& submission) {
      submission.set_state(state);
      submission.mutable_lateness()->set_working_days_late(is_late ? 2 : 0);
    });
  }

  const auto counted = Look(store(), &SubmissionReads::Progress, "4306", 2024, kDepartment);
  ASSERT_TRUE(counted.ok());
  ASSERT_THAT(*counted, SizeIs(1));
  EXPECT_EQ(counted->at(0).division_code, "430611");
  EXPECT_THAT(CountsOf(counted->at(0)), ElementsAre(6, 4, 1, 1, 2, 1, 1));
  EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::MissingUnits, "4306", 2024, kDepartment, 10)),
              ElementsAre("430611.U5", "430611.U6"));
  EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::MissingUnits, "4306", 2024, kDepartment, 1)),
              ElementsAre("430611.U5"));
}

TEST_P(SubmissionStoreContract, CountsDivisionsApartAndStaysInTheTree) {
  MustWrite([](SubmissionTransaction& transaction) {
    for (const char* division : {"431100", "431000", "431002"}) {
      EXPECT_TRUE(transaction.PutRosterUnit(Expecting(division, "A1")).ok());
    }
    return absl::OkStatus();
  });
  File("request-1", "一", DepartmentReport("431002", "A1"));
  File("request-1", "一", DepartmentReport("431003", "B2"));
  File("request-1", "一", DepartmentReport("431100", "A1"));

  const auto counted = Look(store(), &SubmissionReads::Progress, "4310", 2024, kDepartment);
  ASSERT_TRUE(counted.ok());
  ASSERT_THAT(*counted, SizeIs(3));
  EXPECT_EQ(counted->at(0).division_code, "431000");
  EXPECT_THAT(CountsOf(counted->at(0)), ElementsAre(1, 0, 0, 0, 0, 0, 0));
  EXPECT_EQ(counted->at(1).division_code, "431002");
  EXPECT_THAT(CountsOf(counted->at(1)), ElementsAre(1, 1, 0, 0, 0, 0, 0));
  EXPECT_EQ(counted->at(2).division_code, "431003");
  EXPECT_THAT(CountsOf(counted->at(2)), ElementsAre(0, 0, 0, 0, 0, 0, 1));
  EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::MissingUnits, "4310", 2024, kDepartment, 10)),
              ElementsAre("431000.A1"));
}

TEST_P(SubmissionStoreContract, CountsProjectReportsOneByOneAndNamesAUnitOnce) {
  MustWrite([](SubmissionTransaction& transaction) {
    // Named twice with a blank: one report.
    EXPECT_TRUE(transaction.PutRosterUnit(Expecting("430611", "A1", {"道路", "水利", "桥梁", "桥 梁"})).ok());
    return transaction.PutRosterUnit(Expecting("430611", "B2", {"道路"}));
  });
  File("request-1", "一", ProjectReport("430611", "A1", "道路"));
  File("request-1", "一", ProjectReport("430611", "A1", "学校"));
  File("request-1", "一", ProjectReport("430611", "B2", "道路"));
  File("request-1", "一", DepartmentReport("430611", "A1"));

  const auto counted = Look(store(), &SubmissionReads::Progress, "", 2024, kProject);
  ASSERT_TRUE(counted.ok());
  ASSERT_THAT(*counted, SizeIs(1));
  EXPECT_THAT(CountsOf(counted->at(0)), ElementsAre(4, 2, 0, 0, 0, 0, 1));
  EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::MissingUnits, "", 2024, kProject, 10)),
              ElementsAre("430611.A1"));
}

TEST_P(SubmissionStoreContract, ExpectsNothingOutsideAnEntrysYearsOrWish) {
  MustWrite([](SubmissionTransaction& transaction) {
    RosterEntry ended = Expecting("430611", "A1");
    ended.unit.set_first_fiscal_year(2020);
    ended.unit.set_last_fiscal_year(2023);
    RosterEntry later = Expecting("430611", "B2");
    later.unit.set_first_fiscal_year(2025);
    RosterEntry projects_only = Expecting("430611", "C3", {"道路"});
    projects_only.unit.set_expects_department_report(false);
    for (const RosterEntry& entry : {ended, later, projects_only}) {
      EXPECT_TRUE(transaction.PutRosterUnit(entry).ok());
    }
    return absl::OkStatus();
  });

  EXPECT_THAT(*Look(store(), &SubmissionReads::Progress, "", 2024, kDepartment), IsEmpty());
  EXPECT_THAT(*Look(store(), &SubmissionReads::MissingUnits, "", 2024, kDepartment, 10), IsEmpty());
  EXPECT_THAT(*Look(store(), &SubmissionReads::Progress, "", 2023, kDepartment), SizeIs(1));
  EXPECT_THAT(*Look(store(), &SubmissionReads::Progress, "", 2024, kProject), SizeIs(1));
}

}  // namespace jixiao::intake::testing
