#include "intake/core/season/season_progress.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "common/testing/status_matchers.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/season_builder.h"
#include "intake/testing/store/in_memory_submission_store.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using testing::AFiling;
using testing::ARosterUnit;
using testing::ASubject;
using ::testing::ElementsAre;
using testing::Look;
using K = Scope::Kind;

v1::GetSeasonProgressRequest AQuestion(const std::string& division_code) {
  v1::GetSeasonProgressRequest request;
  request.set_name("seasons/430000.2024.department");
  request.set_division_code(division_code);
  return request;
}

class SeasonProgressTest : public ::testing::Test {
 protected:
  void Expect(const std::string& division_code, const std::string& unit_code) {
    ASSERT_THAT(testing::PutUnit(store_, ARosterUnit(unit_code, "单位" + unit_code, division_code)), IsOk());
  }
  void File(const std::string& division_code, const std::string& unit_code, v1::Submission::State state,
            int days_late = 0) {
    const SubmissionKey key{division_code, unit_code, 2024, report::v1::REPORT_KIND_DEPARTMENT, ""};
    const Filing filing = AFiling("request-1", "一", key);
    ASSERT_THAT(WriteAndWait(store_, [&](SubmissionTransaction& t) { return FileReport(t, filing).status(); }), IsOk());
    SubmissionRecord record = *Look(store_, &SubmissionReads::FindSubmission, key);
    record.submission.set_state(state);
    record.submission.mutable_lateness()->set_working_days_late(days_late);
    ASSERT_THAT(WriteAndWait(store_, [&](SubmissionTransaction& t) { return t.PutSubmission(record); }), IsOk());
  }
  v1::GetSeasonProgressResponse Ask(const std::string& division_code,
                                    const Subject& subject = ASubject(Role::kReviewer, K::kSubtree, "430000")) {
    const auto question = ReadProgressQuestion(subject, AQuestion(division_code));
    EXPECT_THAT(question, IsOk());
    return question.ok() ? *Look(store_, CountSeasonProgress, *question) : v1::GetSeasonProgressResponse();
  }

  testing::InMemorySubmissionStore store_;
};

std::string Counts(const v1::SeasonProgress& p) {
  return fmt::format("{} {}/{} late {} returned {} approved {} published {} missing {} unexpected {}",
                     p.division_code(), p.filed_count(), p.expected_count(), p.late_count(), p.returned_count(),
                     p.approved_count(), p.published_count(), p.missing_count(), p.unexpected_count());
}

TEST_F(SeasonProgressTest, RollsUpIntoTheDivisionAndItsNextLevel) {
  using S = v1::Submission;
  Expect("430600", "C1");
  Expect("430611", "A1");
  Expect("430611", "A2");
  Expect("430612", "B1");
  Expect("431100", "D1");
  Expect("431000", "E1");
  Expect("430000", "P1");
  File("430600", "C1", S::STATE_PUBLISHED);
  File("430611", "A1", S::STATE_RETURNED, 3);
  File("430611", "X1", S::STATE_SCORED);
  File("430612", "B1", S::STATE_WITHDRAWN);
  File("431100", "D1", S::STATE_APPROVED);

  const auto province = Ask("430000");
  EXPECT_EQ(Counts(province.progress()), "430000 3/7 late 1 returned 1 approved 2 published 1 missing 4 unexpected 1");
  EXPECT_EQ(province.progress().filed_share_ppm(), 428'571) << "3 of 7";
  EXPECT_EQ(province.progress().on_time_share_ppm(), 285'714);
  EXPECT_EQ(province.progress().published_share_ppm(), 142'857);
  EXPECT_THAT(province.progress().missing_units(),
              ElementsAre("divisions/430000/units/P1", "divisions/430611/units/A2", "divisions/430612/units/B1",
                          "divisions/431000/units/E1"));
  EXPECT_THAT(province.progress().missing_unit_names(), ElementsAre("单位P1", "单位A2", "单位B1", "单位E1"));
  ASSERT_EQ(province.children_size(), 3);
  EXPECT_EQ(Counts(province.children(0)), "430600 2/4 late 1 returned 1 approved 1 published 1 missing 2 unexpected 1");
  EXPECT_EQ(province.children(1).division_code(), "431000") << "does not see 431100";
  EXPECT_EQ(province.children(1).expected_count(), 1);
  EXPECT_EQ(province.children(2).division_code(), "431100");
  EXPECT_EQ(province.children(0).missing_units_size(), 0);

  const auto city = Ask("430600");
  EXPECT_EQ(city.progress().expected_count(), 4);
  ASSERT_EQ(city.children_size(), 2);
  EXPECT_EQ(Counts(city.children(0)), "430611 1/2 late 1 returned 1 approved 0 published 0 missing 1 unexpected 1");
  EXPECT_EQ(Ask("430611").children_size(), 0);
}

TEST_F(SeasonProgressTest, GivesNoShareOfNothingAndRoundsHalfUp) {
  File("430611", "X1", v1::Submission::STATE_SCORED);
  EXPECT_FALSE(Ask("430600").progress().has_filed_share_ppm());
  EXPECT_EQ(Ask("430600").progress().unexpected_count(), 1);
  EXPECT_EQ(Ask("430600").progress().missing_units_size(), 0);
  for (int i = 0; i < 3; ++i) Expect("430612", "B" + std::to_string(i));
  File("430612", "B0", v1::Submission::STATE_SCORED);
  File("430612", "B1", v1::Submission::STATE_SCORED);
  EXPECT_EQ(Ask("430612").progress().filed_share_ppm(), 666'667);
}

TEST_F(SeasonProgressTest, CountsAllMissingUnitsAndNamesAThousand) {
  ASSERT_THAT(WriteAndWait(store_,
                           [](SubmissionTransaction& t) -> absl::Status {
                             for (int i = 0; i < 1'100; ++i) {
                               const auto unit = ARosterUnit(fmt::format("N{:04}", i), "单位");
                               if (auto put = t.PutRosterUnit(testing::AnEntry(unit)); !put.ok()) return put;
                             }
                             return absl::OkStatus();
                           }),
              IsOk());

  const v1::SeasonProgress progress = Ask("430611").progress();

  EXPECT_EQ(progress.missing_count(), 1'100);
  EXPECT_EQ(progress.missing_units_size(), 1'000);
  EXPECT_EQ(progress.missing_unit_names_size(), 1'000);
}

TEST_F(SeasonProgressTest, ShowsItsOwnLevelOnlyToWhoSeesNoMore) {
  Expect("430600", "C1");
  Expect("430600", "C2");
  Expect("430611", "A1");
  File("430600", "C1", v1::Submission::STATE_SCORED);

  const auto seen = Ask("430600", ASubject(Role::kReviewer, K::kOwnLevel, "430600"));

  EXPECT_EQ(Counts(seen.progress()), "430600 1/2 late 0 returned 0 approved 0 published 0 missing 1 unexpected 0");
  EXPECT_THAT(seen.progress().missing_units(), ElementsAre("divisions/430600/units/C2"));
  EXPECT_EQ(seen.children_size(), 0);
}

TEST_F(SeasonProgressTest, IsOnlyForWhoMayReadIt) {
  const auto ask = [](const Subject& subject, const std::string& division) {
    return ReadProgressQuestion(subject, AQuestion(division)).status();
  };
  EXPECT_THAT(ask(ASubject(Role::kReviewer, K::kSubtree, "430600"), "430611"), IsOk());
  EXPECT_THAT(ask(ASubject(Role::kReviewer, K::kSubtree, "430611"), "430600"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(ask(ASubject(Role::kReviewer, K::kOwnLevel, "430600"), "430611"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(ask(ASubject(Role::kClerk, K::kSubtree, "430600"), "430600"),
              StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(ask(ASubject(Role::kReviewer, K::kSubtree, "430000"), "440000"),
              StatusIs(absl::StatusCode::kInvalidArgument))
      << "not the season's";
  EXPECT_THAT(ask(ASubject(Role::kReviewer, K::kSubtree, "430000"), "4306"),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(ChildHoldingTest, IsTheNextLevel) {
  EXPECT_EQ(ChildHolding("430000", "430611"), "430600");
  EXPECT_EQ(ChildHolding("430000", "430600"), "430600");
  EXPECT_EQ(ChildHolding("430600", "430611"), "430611");
  EXPECT_EQ(ChildHolding("430600", "430600"), "");
  EXPECT_EQ(ChildHolding("430611", "430611"), "");
  EXPECT_EQ(ChildHolding("429000", "429004"), "429004");
}

}  // namespace
}  // namespace jixiao::intake
