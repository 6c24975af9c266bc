#include "intake/core/submission/workflow.h"

#include <gmock/gmock.h>

#include <set>

#include "common/testing/status_matchers.h"

namespace jixiao::intake {
namespace {

using S = v1::Submission;
using E = v1::SubmissionEvent;
using ::jixiao::testing::FailsWith;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<State> AllStates() {
  std::vector<State> states;
  for (int i = S::State_MIN; i <= S::State_MAX; ++i) states.push_back(static_cast<State>(i));
  return states;
}

TEST(WorkflowTest, LeadsAReportFromFilingToItsPage) {
  EXPECT_EQ(*StateAfter(S::STATE_UNSPECIFIED, E::ACTION_SUBMITTED), S::STATE_ACCEPTED);
  EXPECT_EQ(*StateAfter(S::STATE_ACCEPTED, E::ACTION_SCORED), S::STATE_SCORED);
  EXPECT_EQ(*StateAfter(S::STATE_SCORED, E::ACTION_APPROVED), S::STATE_APPROVED);
  EXPECT_EQ(*StateAfter(S::STATE_APPROVED, E::ACTION_PUBLISHED), S::STATE_PUBLISHED);
}

TEST(WorkflowTest, TakesANewVersionInEveryStateButWhilePublishing) {
  for (const State state : AllStates()) {
    if (state == S::STATE_APPROVED) continue;
    EXPECT_EQ(*StateAfter(state, E::ACTION_SUBMITTED), S::STATE_ACCEPTED) << state;
  }
  EXPECT_THAT(StateAfter(S::STATE_APPROVED, E::ACTION_SUBMITTED),
              FailsWith(absl::StatusCode::kFailedPrecondition, "UNDER_PUBLICATION"));
}

TEST(WorkflowTest, LetsAReviewerDecideOnlyOnWhatIsScored) {
  for (const Action action : {E::ACTION_APPROVED, E::ACTION_RETURNED}) {
    for (const State state : AllStates()) {
      if (state == S::STATE_SCORED) continue;
      EXPECT_THAT(StateAfter(state, action), FailsWith(absl::StatusCode::kFailedPrecondition, "WRONG_STATE")) << state;
    }
  }
}

TEST(WorkflowTest, KeepsAWithdrawnVersionWithdrawn) {
  EXPECT_THAT(ActionsAfter(S::STATE_WITHDRAWN), ElementsAre(E::ACTION_SUBMITTED));
}

TEST(WorkflowTest, ListsWhatMayFollowAScore) {
  EXPECT_THAT(ActionsAfter(S::STATE_SCORED),
              ElementsAre(E::ACTION_SUBMITTED, E::ACTION_RETURNED, E::ACTION_APPROVED, E::ACTION_WITHDRAWN,
                          E::ACTION_FINDING_EXPLAINED, E::ACTION_WORK_CONFIRMED));
}

TEST(WorkflowTest, TellsEveryStateWhatToDoNextInItsOwnWords) {
  std::set<std::string> steps;
  for (const State state : AllStates()) {
    S submission;
    submission.set_state(state);
    const std::string step = NextStep(submission);
    EXPECT_THAT(step, HasSubstr("。")) << state;
    EXPECT_TRUE(steps.insert(step).second) << step;
    EXPECT_NE(StateTitle(state), "") << state;
  }
}

TEST(WorkflowTest, NamesTheNumberOfBlockingFindings) {
  S submission;
  submission.set_state(S::STATE_SCORED);
  submission.mutable_finding_counts()->set_blocks(3);

  EXPECT_THAT(NextStep(submission), HasSubstr("有 3 项问题影响公开"));
}

TEST(WorkflowTest, AsksForExplanationsUntilThereAreAll) {
  S submission;
  submission.set_state(S::STATE_SCORED);
  submission.set_current_version(1);
  submission.mutable_finding_counts()->set_explain(4);
  submission.mutable_finding_counts()->set_unexplained(2);
  EXPECT_THAT(NextStep(submission), HasSubstr("有 2 项问题需要更正或说明"));
  EXPECT_THAT(NextStep(submission), Not(HasSubstr("不沿用")));

  submission.set_current_version(2);
  EXPECT_THAT(NextStep(submission), HasSubstr("说明不沿用到本版"));

  submission.mutable_finding_counts()->set_unexplained(0);
  EXPECT_THAT(NextStep(submission), HasSubstr("均已说明"));
}

TEST(WorkflowTest, ShowsWhyPublicationWaits) {
  S submission;
  submission.set_state(S::STATE_APPROVED);
  submission.set_last_problem("正文含有身份证号码");

  EXPECT_THAT(NextStep(submission), HasSubstr("正文含有身份证号码"));
}

TEST(WorkflowTest, KnowsWhoTakesAnAction) {
  EXPECT_EQ(PartyOf(E::ACTION_SUBMITTED), Party::kUnit);
  EXPECT_EQ(PartyOf(E::ACTION_APPROVED), Party::kReviewer);
  EXPECT_EQ(PartyOf(E::ACTION_WITHDRAWN), Party::kUnitOrReviewer);
  EXPECT_EQ(PartyOf(E::ACTION_SCORED), Party::kSystem);
}

}  // namespace
}  // namespace jixiao::intake
