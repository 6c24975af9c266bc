// Points of the work assessment that a reviewer confirms.
#include <gmock/gmock.h>

#include "common/base/digest.h"
#include "intake/testing/review_notes_fixture.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using testing::AKey;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Look;
using ::testing::SizeIs;

using WorkConfirmationTest = testing::ReviewNotesFixture;
using S = v1::Submission;

TEST_F(WorkConfirmationTest, ScoresAgainWithConfirmedPoints) {
  AddFindings();
  FileAndScore();
  ASSERT_THAT(Explain(AnExplanation("RULE-2")), IsOk());
  const std::string former = *Look(store_, &SubmissionReads::FindScoreCard, VersionKey{AKey(), 1});

  ASSERT_THAT(Confirm("PROBLEMS", 16'500), IsOk());

  EXPECT_EQ(Now().state(), S::STATE_ACCEPTED);
  EXPECT_FALSE(Now().has_finding_counts());
  EXPECT_THAT(Approve("x"), FailsWith(absl::StatusCode::kFailedPrecondition, "WRONG_STATE"));
  scoring_.more.set_engine_version("as confirmed");
  RunAllDue();
  EXPECT_EQ(Now().state(), S::STATE_SCORED);
  EXPECT_EQ(Now().finding_counts().unexplained(), 2) << "explanations stay";
  ASSERT_THAT(scoring_.calls, SizeIs(2));
  EXPECT_THAT(scoring_.calls[0].context.confirmed_work_scores(), IsEmpty());
  ASSERT_THAT(scoring_.calls[1].context.confirmed_work_scores(), SizeIs(1));
  EXPECT_EQ(scoring_.calls[1].context.confirmed_work_scores(0).score_milli(), 16'500);
  const std::string latter = *Look(store_, &SubmissionReads::FindScoreCard, VersionKey{AKey(), 1});
  const std::vector<v1::SubmissionEvent> events = Events();
  EXPECT_THAT(events[3].reason(),
              AllOf(HasSubstr("考核项PROBLEMS 16.5 分（核对了会议记录）"), HasSubstr(ContentDigest(former))));
  EXPECT_THAT(events[4].reason(), HasSubstr(ContentDigest(latter)));
  EXPECT_NE(former, latter);
}

TEST_F(WorkConfirmationTest, DropsExplanationsOfFindingsThatTheNextCardDoesNotHave) {
  AddFindings();
  FileAndScore();
  ASSERT_THAT(Explain(AnExplanation("RULE-2")), IsOk());
  ASSERT_THAT(Confirm("PROBLEMS", 1'000), IsOk());
  scoring_.more.clear_findings();

  RunAllDue();

  EXPECT_THAT(Notes().explanations, IsEmpty());
  EXPECT_EQ(Now().finding_counts().unexplained(), 0);
  EXPECT_THAT(Notes().confirmations, SizeIs(1));
}

TEST_F(WorkConfirmationTest, MergesConfirmationsByCriterion) {
  AddCriterion("ANALYSIS", 10'000, scoring::v1::WORK_SCORE_BASIS_CONFIRMED);
  FileAndScore();
  ASSERT_THAT(Confirm("PROBLEMS", 16'500), IsOk());
  RunAllDue();
  ASSERT_THAT(Confirm("ANALYSIS", 8'000, "confirm-2"), IsOk());
  RunAllDue();
  ASSERT_THAT(Confirm("PROBLEMS", 0, "confirm-3"), IsOk());

  ASSERT_THAT(Notes().confirmations, SizeIs(2));
  EXPECT_EQ(Notes().confirmations[0].criterion_id(), "ANALYSIS");
  EXPECT_EQ(Notes().confirmations[1].score_milli(), 0);
}

TEST_F(WorkConfirmationTest, RefusesCriteriaAndPointsThatTheCardDoesNotAllow) {
  FileAndScore();
  const auto violation = [&](const std::string& id, int64_t milli) {
    const auto violations = ViolationsOf(Confirm(id, milli));
    return violations.field_violations().empty()
               ? std::string()
               : violations.field_violations(0).field() + " " + violations.field_violations(0).description();
  };
  EXPECT_THAT(violation("NOWHERE", 1), HasSubstr("confirmations[0].criterion_id 本版的自评工作考核没有 NOWHERE"));
  EXPECT_THAT(violation("ON_TIME", 1), HasSubstr("按记录计算，不需要确认"));
  EXPECT_THAT(violation("PROBLEMS", 20'001), HasSubstr("confirmations[0].score_milli “考核项PROBLEMS”满分 20 分"));
  EXPECT_THAT(violation("PROBLEMS", -1), HasSubstr("不能为负数"));
  EXPECT_EQ(violation("PROBLEMS", 20'000), "");
}

}  // namespace
}  // namespace jixiao::intake
