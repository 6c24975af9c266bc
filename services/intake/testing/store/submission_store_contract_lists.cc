// Contract: lists of submissions, and what a scope shows of them.
#include <gmock/gmock.h>

#include <optional>
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

std::vector<std::string> NamesOf(const std::vector<SubmissionRecord>& records) {
  std::vector<std::string> names;
  for (const SubmissionRecord& record : records) names.push_back(record.submission.name());
  return names;
}

SubmissionKey KeyIn(const std::string& division_code, const std::string& unit_code, int fiscal_year = 2024) {
  return {division_code, unit_code, fiscal_year, report::v1::REPORT_KIND_DEPARTMENT, ""};
}

Scope Subtree(const std::string& division_code) { return {Scope::Kind::kSubtree, division_code, "", 0, 9999}; }
Scope OwnLevel(const std::string& division_code) { return {Scope::Kind::kOwnLevel, division_code, "", 0, 9999}; }
Scope Unit(const std::string& division_code, const std::string& unit_code) {
  return {Scope::Kind::kUnit, division_code, unit_code, 0, 9999};
}

ListFilter Seen(std::vector<Scope> scopes) {
  ListFilter filter;
  filter.scopes = std::move(scopes);
  return filter;
}

}  // namespace

TEST_P(SubmissionStoreContract, ListsByNameWithinADivisionAndBelow) {
  SubmissionKey other = AKey("A1");
  other.division_code = "440100";
  SubmissionKey city = AKey("Z9");
  city.division_code = "430600";
  File("request-1", "一", AKey("B2"));
  File("request-1", "一", AKey("A1"));
  File("request-1", "一", other);
  File("request-1", "一", city);

  ListFilter filter;
  filter.division_prefix = "4306";
  EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::Submissions, filter, std::nullopt, 10)),
              ElementsAre("submissions/430600.Z9.2024.department", "submissions/430611.A1.2024.department",
                          "submissions/430611.B2.2024.department"));
  EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::Submissions, filter, city, 1)),
              ElementsAre("submissions/430611.A1.2024.department"));
  filter.fiscal_year = 2023;
  EXPECT_THAT(*Look(store(), &SubmissionReads::Submissions, filter, std::nullopt, 10), IsEmpty());
  EXPECT_THAT(*Look(store(), &SubmissionReads::Submissions, ListFilter(), std::nullopt, 10), SizeIs(4));
}

TEST_P(SubmissionStoreContract, ListsByState) {
  File("request-1", "一", AKey());

  ListFilter filter;
  filter.state = v1::Submission::STATE_SCORED;
  EXPECT_THAT(*Look(store(), &SubmissionReads::Submissions, filter, std::nullopt, 10), IsEmpty());
  filter.state = v1::Submission::STATE_ACCEPTED;
  EXPECT_THAT(*Look(store(), &SubmissionReads::Submissions, filter, std::nullopt, 10), SizeIs(1));
}

TEST_P(SubmissionStoreContract, ListsByKind) {
  SubmissionKey project = AKey();
  project.kind = report::v1::REPORT_KIND_PROJECT;
  project.project = ProjectCode("农村道路养护");
  File("request-1", "一", AKey());
  File("request-1", "一", project);

  ListFilter filter;
  filter.kind = report::v1::REPORT_KIND_PROJECT;
  EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::Submissions, filter, std::nullopt, 10)),
              ElementsAre(FormatSubmissionName(project)));
  filter.kind = report::v1::REPORT_KIND_DEPARTMENT;
  EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::Submissions, filter, std::nullopt, 10)),
              ElementsAre(FormatSubmissionName(AKey())));
}

TEST_P(SubmissionStoreContract, ListsAStateWithinScopesInPages) {
  for (const char* unit : {"A1", "B2", "C3", "D4"}) File("request-1", "一", AKey(unit));
  for (const char* unit : {"A1", "C3", "D4"}) {
    Change(AKey(unit), [](v1::Submission& submission) { submission.set_state(v1::Submission::STATE_SCORED); });
  }
  ListFilter filter = Seen({Subtree("430611")});
  filter.state = v1::Submission::STATE_SCORED;

  EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::Submissions, filter, std::nullopt, 2)),
              ElementsAre("submissions/430611.A1.2024.department", "submissions/430611.C3.2024.department"));
  EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::Submissions, filter, AKey("C3"), 2)),
              ElementsAre("submissions/430611.D4.2024.department"));
}

TEST_P(SubmissionStoreContract, ShowsNothingToWhoHasNoScope) {
  File("request-1", "一", AKey());

  EXPECT_THAT(*Look(store(), &SubmissionReads::Submissions, Seen({}), std::nullopt, 10), IsEmpty());
}

// 431000 is a city with the counties 4310xx; 431100 is the city beside it. Who
// drops the zeros of 431000 one by one is left with 431.
TEST_P(SubmissionStoreContract, ShowsACityItsOwnTreeAndNotTheNextCity) {
  for (const char* division : {"430000", "431000", "431002", "431099", "431100", "431102", "441000"}) {
    File("request-1", "一", KeyIn(division, "NC01"));
  }

  EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::Submissions, Seen({Subtree("431000")}), std::nullopt, 10)),
              ElementsAre("submissions/431000.NC01.2024.department", "submissions/431002.NC01.2024.department",
                          "submissions/431099.NC01.2024.department"));
  EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::Submissions, Seen({OwnLevel("431000")}), std::nullopt, 10)),
              ElementsAre("submissions/431000.NC01.2024.department"));
  EXPECT_THAT(*Look(store(), &SubmissionReads::Submissions, Seen({Subtree("430000")}), std::nullopt, 10), SizeIs(6));
}

TEST_P(SubmissionStoreContract, ShowsAUnitItselfAndNotUnitsWithALongerOrOtherCode) {
  for (const char* unit : {"NC", "NC0", "NC01", "NC01-1", "NC011", "NC02"}) File("request-1", "一", AKey(unit));
  File("request-1", "一", KeyIn("430612", "NC01"));
  SubmissionKey project = AKey("NC01");
  project.kind = report::v1::REPORT_KIND_PROJECT;
  project.project = ProjectCode("农村道路养护");
  File("request-1", "一", project);

  EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::Submissions, Seen({Unit("430611", "NC01")}), std::nullopt, 10)),
              ElementsAre("submissions/430611.NC01.2024.department", FormatSubmissionName(project)));
}

TEST_P(SubmissionStoreContract, ShowsTheYearsOfAScopeOnly) {
  for (const int year : {2022, 2023, 2024, 2025}) File("request-1", "一", KeyIn("430611", "NC01", year));
  Scope some_years = Subtree("430600");
  some_years.first_fiscal_year = 2023;
  some_years.last_fiscal_year = 2024;
  ListFilter filter = Seen({some_years});

  EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::Submissions, filter, std::nullopt, 10)),
              ElementsAre("submissions/430611.NC01.2023.department", "submissions/430611.NC01.2024.department"));
  filter.fiscal_year = 2025;
  EXPECT_THAT(*Look(store(), &SubmissionReads::Submissions, filter, std::nullopt, 10), IsEmpty());
}

TEST_P(SubmissionStoreContract, ShowsWhatSeveralScopesCoverOnceAndInOrder) {
  for (const char* unit : {"A1", "B2", "C3"}) {
    for (const char* division : {"430600", "430611", "430900"}) File("request-1", "一", KeyIn(division, unit));
  }
  const ListFilter filter =
      Seen({Unit("430900", "B2"), Subtree("430611"), Unit("430611", "B2"), OwnLevel("430611"), Unit("430600", "C3")});
  std::vector<std::string> names;
  std::optional<SubmissionKey> after;
  for (;;) {
    const auto page = Look(store(), &SubmissionReads::Submissions, filter, after, 2);
    ASSERT_TRUE(page.ok());
    for (const std::string& name : NamesOf(*page)) names.push_back(name);
    if (page->size() < 2) break;
    after = page->back().key;
  }

  EXPECT_THAT(names, ElementsAre("submissions/430600.C3.2024.department", "submissions/430611.A1.2024.department",
                                 "submissions/430611.B2.2024.department", "submissions/430611.C3.2024.department",
                                 "submissions/430900.B2.2024.department"));
}

// The rule that calls are allowed by and the one that lists are filtered by are
// written twice; here they meet on every pair.
TEST_P(SubmissionStoreContract, ShowsByAScopeExactlyWhatTheRuleCovers) {
  std::vector<SubmissionKey> keys;
  for (const char* division : {"430000", "430600", "430611", "430100", "431000", "431100"}) {
    for (const char* unit : {"NC01", "NC011"}) {
      for (const int year : {2023, 2024}) keys.push_back(KeyIn(division, unit, year));
    }
  }
  for (const SubmissionKey& key : keys) File("request-1", "一", key);
  for (const char* division : {"430000", "430600", "430611", "431000", "440000"}) {
    for (Scope scope : {Subtree(division), OwnLevel(division), Unit(division, "NC01")}) {
      for (const int first_year : {0, 2024}) {
        scope.first_fiscal_year = first_year;
        std::vector<std::string> covered;
        for (const SubmissionKey& key : keys) {
          if (ScopeCovers(scope, ResourceOf(key))) covered.push_back(FormatSubmissionName(key));
        }
        EXPECT_THAT(NamesOf(*Look(store(), &SubmissionReads::Submissions, Seen({scope}), std::nullopt, 100)),
                    ::testing::UnorderedElementsAreArray(covered))
            << division << " kind " << static_cast<int>(scope.kind) << " from " << first_year;
      }
    }
  }
}

}  // namespace jixiao::intake::testing
