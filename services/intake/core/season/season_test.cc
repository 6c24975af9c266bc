#include "intake/core/season/season.h"

#include <gmock/gmock.h>

#include "common/testing/status_matchers.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/core/submission/stored_time.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/season_builder.h"
#include "intake/testing/store/in_memory_submission_store.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using testing::AFiling;
using testing::ARosterUnit;
using testing::ASeason;
using testing::ASeasonKey;
using testing::ASubject;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Look;
using ::testing::SizeIs;

constexpr auto kFailed = absl::StatusCode::kFailedPrecondition;

v1::SetSeasonRequest ASetRequest(const std::string& request_id = "season-01") {
  v1::SetSeasonRequest request;
  *request.mutable_season() = ASeason();
  request.set_request_id(request_id);
  return request;
}

v1::ExtendDeadlineRequest AnExtendRequest(absl::Time deadline, const std::string& request_id = "extend-01") {
  v1::ExtendDeadlineRequest request;
  request.set_season("seasons/430611.2024.department");
  request.set_unit("divisions/430611/units/NC01");
  *request.mutable_deadline() = ToTimestamp(deadline);
  request.set_reason("机构改革，账务移交未完成");
  request.set_request_id(request_id);
  return request;
}

class SeasonTest : public ::testing::Test {
 protected:
  absl::Status Set(const v1::SetSeasonRequest& request) {
    auto change = ReadSeasonChange(request);
    if (!change.ok()) return change.status();
    return WriteAndWait(store_, [&](SubmissionTransaction& t) { return SetSeason(t, *change); });
  }
  absl::Status Extend(const v1::ExtendDeadlineRequest& request) {
    auto change = ReadDeadlineChange(request);
    if (!change.ok()) return change.status();
    change->actor = "person/manager";
    return WriteAndWait(store_, [&](SubmissionTransaction& t) { return ExtendDeadline(t, *change); });
  }
  absl::Status File(const std::string& request_id, const std::string& title) {
    Filing filing = AFiling(request_id, title);
    filing.receive_time = testing::Noon(2025, 4, 1);
    return WriteAndWait(store_, [&](SubmissionTransaction& t) { return FileReport(t, filing).status(); });
  }
  v1::Season Now() { return *Look(store_, ReadSeason, ASeasonKey()); }

  testing::InMemorySubmissionStore store_;
};

TEST_F(SeasonTest, IsSetAndReplaced) {
  ASSERT_THAT(Set(ASetRequest()), IsOk());
  v1::SetSeasonRequest later = ASetRequest("season-02");
  later.mutable_season()->set_is_closed(true);
  later.mutable_season()->add_extensions()->set_reason("不应保存");

  ASSERT_THAT(Set(later), IsOk());

  EXPECT_TRUE(Now().is_closed());
  EXPECT_EQ(Now().extensions_size(), 0) << "extensions are given one by one";
  EXPECT_THAT(Set(ASetRequest()), IsOk());
  EXPECT_TRUE(Now().is_closed()) << "a late repetition takes nothing back";
  later.mutable_season()->clear_is_closed();
  EXPECT_THAT(Set(later), FailsWith(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
}

TEST_F(SeasonTest, NamesWhatIsWrongWithASeason) {
  v1::SetSeasonRequest request = ASetRequest();
  request.mutable_season()->set_rule_set("hunan");
  request.mutable_season()->clear_deadline();
  EXPECT_EQ(ViolationsOf(Set(request)).field_violations_size(), 2);
  request = ASetRequest();
  *request.mutable_season()->mutable_deadline() = request.season().opening_time();
  EXPECT_EQ(ViolationsOf(Set(request)).field_violations(0).field(), "season.deadline");
  request = ASetRequest();
  request.mutable_season()->mutable_deadline()->set_seconds(9'999'999'999);
  EXPECT_EQ(ViolationsOf(Set(request)).field_violations(0).field(), "season.deadline");
  request = ASetRequest();
  request.mutable_season()->set_name("seasons/430611.2024");
  EXPECT_EQ(ViolationsOf(Set(request)).field_violations(0).field(), "season.name");
  EXPECT_EQ(ViolationsOf(Set(ASetRequest("short"))).field_violations(0).field(), "request_id");
}

TEST_F(SeasonTest, KeepsItsRuleSetOnceAReportWasFiledUnderIt) {
  ASSERT_THAT(testing::PutUnit(store_, ARosterUnit()), IsOk());
  ASSERT_THAT(Set(ASetRequest()), IsOk());
  v1::SetSeasonRequest other = ASetRequest("season-02");
  other.mutable_season()->set_rule_set("rulesets/national-2020");
  ASSERT_THAT(Set(other), IsOk()) << "nothing was filed yet";
  ASSERT_THAT(File("request-1", "一"), IsOk());

  EXPECT_THAT(Set(ASetRequest("season-03")), FailsWith(kFailed, "RULE_SET_PINNED"));

  EXPECT_EQ(Now().rule_set(), "rulesets/national-2020");
  other.set_request_id("season-04");
  other.mutable_season()->mutable_deadline()->set_seconds(other.season().deadline().seconds() + 86'400);
  EXPECT_THAT(Set(other), IsOk()) << "the rest may change";
}

TEST_F(SeasonTest, GivesAUnitMoreTimeAndNeverLess) {
  ASSERT_THAT(testing::PutUnit(store_, ARosterUnit()), IsOk());
  ASSERT_THAT(Set(ASetRequest()), IsOk());

  ASSERT_THAT(Extend(AnExtendRequest(testing::Noon(2025, 5, 15))), IsOk());

  ASSERT_EQ(Now().extensions_size(), 1);
  EXPECT_EQ(Now().extensions(0).unit(), "divisions/430611/units/NC01");
  EXPECT_EQ(Now().extensions(0).actor(), "person/manager");
  EXPECT_EQ(Now().extensions(0).reason(), "机构改革，账务移交未完成");
  EXPECT_THAT(Extend(AnExtendRequest(testing::Noon(2025, 5, 15))), IsOk()) << "asked again";
  EXPECT_THAT(Extend(AnExtendRequest(testing::Noon(2025, 5, 16))),
              FailsWith(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  EXPECT_THAT(Extend(AnExtendRequest(testing::Noon(2025, 5, 15), "extend-02")), FailsWith(kFailed, "NOT_LATER"));
  EXPECT_THAT(Extend(AnExtendRequest(testing::Noon(2025, 5, 20), "extend-03")), IsOk());
  EXPECT_EQ(FromTimestamp(Now().extensions(0).deadline()), testing::Noon(2025, 5, 20));
}

TEST_F(SeasonTest, LeavesOneAuditEntryForEachChange) {
  ASSERT_THAT(testing::PutUnit(store_, ARosterUnit()), IsOk());
  for (int i = 0; i < 2; ++i) {
    ASSERT_THAT(Set(ASetRequest()), IsOk());
    ASSERT_THAT(Extend(AnExtendRequest(testing::Noon(2025, 5, 15))), IsOk());
  }
  EXPECT_FALSE(Extend(AnExtendRequest(testing::Noon(2025, 5, 1), "extend-02")).ok());

  std::vector<std::string> changes;
  const auto records = *Look(store_, &SubmissionReads::AuditLog, AuditShard{"430600", 2024}, 0, 10);
  for (const StoredAuditRecord& stored : records) {
    v1::AuditEntry entry;
    ASSERT_TRUE(entry.ParseFromString(stored.record.entry()));
    changes.push_back(entry.action() + " " + entry.resource() + " " + entry.request_id());
  }
  EXPECT_THAT(changes, ElementsAre("SET_SEASON seasons/430611.2024.department season-01",
                                   "EXTEND_DEADLINE seasons/430611.2024.department/extensions/430611.NC01 extend-01"));
}

TEST_F(SeasonTest, ExtendsOnlyWhatTakesEffect) {
  const absl::Time later = testing::Noon(2025, 5, 15);
  EXPECT_THAT(Extend(AnExtendRequest(later)), FailsWith(absl::StatusCode::kNotFound, "NOT_FOUND"));
  ASSERT_THAT(Set(ASetRequest()), IsOk());
  EXPECT_THAT(Extend(AnExtendRequest(later)), FailsWith(kFailed, "UNIT_NOT_ON_ROSTER"));
  ASSERT_THAT(testing::PutUnit(store_, ARosterUnit()), IsOk());
  ASSERT_THAT(testing::PutSeason(store_, ASeason(ASeasonKey("430600"))), IsOk());
  v1::ExtendDeadlineRequest request = AnExtendRequest(later);
  request.set_season("seasons/430600.2024.department");
  EXPECT_THAT(Extend(request), FailsWith(kFailed, "OTHER_SEASON_APPLIES")) << "the county has its own";
  request.set_season("seasons/431100.2024.department");
  EXPECT_EQ(ViolationsOf(Extend(request)).field_violations(0).field(), "unit");
  request = AnExtendRequest(later);
  request.set_reason("　");
  EXPECT_EQ(ViolationsOf(Extend(request)).field_violations(0).field(), "reason");
  v1::SetSeasonRequest closed = ASetRequest("season-02");
  closed.mutable_season()->set_is_closed(true);
  ASSERT_THAT(Set(closed), IsOk());
  EXPECT_THAT(Extend(AnExtendRequest(later)), FailsWith(kFailed, "SEASON_CLOSED"));
}

TEST_F(SeasonTest, IsTheClosestOfDivisionPrefectureAndProvince) {
  const auto covering = [&](const std::string& division) {
    std::string name = "none";
    EXPECT_THAT(WriteAndWait(store_,
                             [&](SubmissionTransaction& t) -> absl::Status {
                               const auto found =
                                   FindCoveringSeason(t, division, 2024, report::v1::REPORT_KIND_DEPARTMENT);
                               if (found.ok() && found->has_value()) name = (*found)->season.name();
                               return found.status();
                             }),
                IsOk());
    return name;
  };
  EXPECT_EQ(covering("430611"), "none");
  ASSERT_THAT(testing::PutSeason(store_, ASeason(ASeasonKey("430000"))), IsOk());
  EXPECT_EQ(covering("430611"), "seasons/430000.2024.department");
  ASSERT_THAT(testing::PutSeason(store_, ASeason(ASeasonKey("430600"))), IsOk());
  ASSERT_THAT(testing::PutSeason(store_, ASeason(ASeasonKey("430612"))), IsOk());
  EXPECT_EQ(covering("430611"), "seasons/430600.2024.department");
  EXPECT_EQ(covering("430612"), "seasons/430612.2024.department");
  EXPECT_EQ(covering("431100"), "seasons/430000.2024.department");
  EXPECT_EQ(covering("440000"), "none");
}

TEST(SeasonReadersTest, SeeTheExtensionsOfTheirUnitsOnly) {
  v1::Season season = ASeason(ASeasonKey("430600"));
  for (const char* unit : {"divisions/430600/units/C1", "divisions/430611/units/NC01", "divisions/430611/units/NC02"}) {
    season.add_extensions()->set_unit(unit);
  }
  const auto seen = [&](const Subject& subject) -> int {
    if (!AuthorizeSeason(subject, ASeasonKey("430600")).ok()) return -1;
    v1::Season copy = season;
    HideExtensions(subject, ASeasonKey("430600"), copy);
    return copy.extensions_size();
  };
  using K = Scope::Kind;
  EXPECT_EQ(seen(ASubject(Role::kSeasonManager, K::kSubtree, "430600")), 3);
  EXPECT_EQ(seen(ASubject(Role::kReviewer, K::kSubtree, "430000")), 3);
  EXPECT_EQ(seen(ASubject(Role::kReviewer, K::kSubtree, "430611")), 2);
  EXPECT_EQ(seen(ASubject(Role::kReviewer, K::kOwnLevel, "430600")), 1);
  EXPECT_EQ(seen(ASubject(Role::kClerk, K::kUnit, "430611", "NC02")), 1);
  EXPECT_EQ(seen(ASubject(Role::kClerk, K::kUnit, "430612", "NC02")), 0) << "below, but its unit has no extension";
  EXPECT_EQ(seen(ASubject(Role::kReviewer, K::kSubtree, "431100")), -1);
  EXPECT_EQ(seen(ASubject(Role::kClerk, K::kUnit, "440000", "NC02")), -1);
  Subject last_year = ASubject(Role::kReviewer, K::kSubtree, "430611");
  last_year.grants[0].scope.last_fiscal_year = 2023;
  EXPECT_EQ(seen(last_year), -1);
}

}  // namespace
}  // namespace jixiao::intake
