#include "intake/core/tasks/outbox_runner.h"

#include <gmock/gmock.h>

#include "common/base/errors.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"
#include "common/testing/wait_until.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/core/review/submission_review.h"
#include "intake/core/submission/errors.h"
#include "intake/testing/fake_clients.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/in_memory_submission_store.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FakeClock;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::WaitUntil;
using testing::AFiling;
using testing::AKey;
using testing::AReport;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Look;
using ::testing::SizeIs;

using S = v1::Submission;
using E = v1::SubmissionEvent;

class OutboxRunnerTest : public ::testing::Test {
 protected:
  void SetUp() override { File("request-1"); }

  void File(const std::string& request_id) {
    ASSERT_THAT(WriteAndWait(store_,
                             [&](SubmissionTransaction& transaction) {
                               return FileReport(transaction, AFiling(request_id, request_id)).status();
                             }),
                IsOk());
  }

  std::unique_ptr<OutboxRunner> MakeRunner(const std::string& owner = "one", bool auto_approve = false) {
    OutboxOptions options;
    options.owner = owner;
    options.auto_approve = auto_approve;
    options.poll_interval = absl::Milliseconds(10);
    return std::make_unique<OutboxRunner>(store_, scoring_, publish_, clock_, options, /*random_seed=*/7,
                                          [this](const TaskReport& report) { reports_.push_back(report); });
  }

  // Runs all that is due now.
  void RunAllDue(OutboxRunner& runner) {
    while (*runner.RunOnce() > 0) runner.WaitUntilIdle();
  }

  v1::Submission Now() { return Look(store_, &SubmissionReads::FindSubmission, AKey())->submission; }

  std::vector<E::Action> Actions() {
    std::vector<E::Action> actions;
    const auto events = Look(store_, &SubmissionReads::Events, AKey(), 0, 100);
    for (const auto& event : *events) actions.push_back(event.action());
    return actions;
  }

  absl::Status Take(E::Action action, const std::string& request_id) {
    ReviewStep step;
    step.key = AKey();
    step.action = action;
    step.version = 1;
    step.reason = "因故";
    step.request_id = request_id;
    step.actor = "reviewer";
    step.time = clock_.Now();
    return WriteAndWait(store_, [&](SubmissionTransaction& transaction) { return TakeReviewStep(transaction, step); });
  }

  FakeClock clock_;
  testing::InMemorySubmissionStore store_;
  testing::FakeScoringClient scoring_;
  testing::FakePublishClient publish_;
  std::vector<TaskReport> reports_;
};

TEST_F(OutboxRunnerTest, ScoresWhatWasFiled) {
  scoring_.severities = {scoring::v1::SEVERITY_BLOCKS, scoring::v1::SEVERITY_NOTE};

  RunAllDue(*MakeRunner());

  EXPECT_EQ(Now().state(), S::STATE_SCORED);
  EXPECT_EQ(Now().finding_counts().blocks(), 1);
  EXPECT_EQ(Now().finding_counts().explain(), 0);
  EXPECT_EQ(Now().finding_counts().note(), 1);
  ASSERT_THAT(scoring_.calls, SizeIs(1));
  EXPECT_EQ(scoring_.calls[0].report_bytes, AReport("request-1").SerializeAsString());
  EXPECT_EQ(scoring_.calls[0].trace_id, AFiling().trace_id) << "one id through all services";
  EXPECT_EQ(scoring_.calls[0].deadline, clock_.Now() + absl::Seconds(20));
  EXPECT_NE(*Look(store_, &SubmissionReads::FindScoreCard, VersionKey{AKey(), 1}), "");
  EXPECT_THAT(store_.Tasks(), IsEmpty());
}

TEST_F(OutboxRunnerTest, WaitsForAReviewerUnlessThePolicySaysOtherwise) {
  RunAllDue(*MakeRunner());
  EXPECT_THAT(publish_.publish_calls, IsEmpty());

  ASSERT_THAT(Take(E::ACTION_APPROVED, "review-1"), IsOk());
  RunAllDue(*MakeRunner());

  EXPECT_EQ(Now().state(), S::STATE_PUBLISHED);
  EXPECT_EQ(Now().page_path(), "/2024/430611/NC01/department/1");
  EXPECT_EQ(publish_.publish_calls[0].submission_version, "submissions/430611.NC01.2024.department/versions/1");
  EXPECT_EQ(publish_.publish_calls[0].report_digest, AFiling("request-1", "request-1").report_digest);
  EXPECT_EQ(publish_.publish_calls[0].approval_reason, "因故");
}

TEST_F(OutboxRunnerTest, ApprovesByPolicyOnlyWithoutBlockingFindings) {
  RunAllDue(*MakeRunner("one", /*auto_approve=*/true));
  EXPECT_THAT(Actions(), ElementsAre(E::ACTION_SUBMITTED, E::ACTION_SCORED, E::ACTION_APPROVED, E::ACTION_PUBLISHED));

  File("request-2");
  scoring_.severities = {scoring::v1::SEVERITY_BLOCKS};
  RunAllDue(*MakeRunner("one", /*auto_approve=*/true));
  EXPECT_EQ(Now().state(), S::STATE_SCORED);
}

TEST_F(OutboxRunnerTest, TriesAgainLaterWhenScoringIsNotWell) {
  scoring_.failures = {absl::UnavailableError("down"), absl::UnavailableError("down")};
  const auto runner = MakeRunner();

  RunAllDue(*runner);
  EXPECT_EQ(Now().state(), S::STATE_ACCEPTED);
  EXPECT_THAT(Now().last_problem(), HasSubstr("已尝试 1 次"));
  EXPECT_THAT(scoring_.calls, SizeIs(1)) << "not before its time";
  clock_.Advance(absl::Milliseconds(500));
  RunAllDue(*runner);
  EXPECT_THAT(scoring_.calls, SizeIs(2));
  clock_.Advance(absl::Seconds(1));
  RunAllDue(*runner);

  EXPECT_EQ(Now().state(), S::STATE_SCORED);
  EXPECT_FALSE(Now().has_last_problem());
}

TEST_F(OutboxRunnerTest, GivesUpOnAReportThatCannotBeScored) {
  scoring_.failures = {InvalidFields({{"report.content.form", "格式未知"}})};

  RunAllDue(*MakeRunner());

  EXPECT_EQ(Now().state(), S::STATE_SCORING_FAILED);
  EXPECT_THAT(Now().last_problem(), HasSubstr("格式未知"));
  EXPECT_THAT(store_.Tasks(), IsEmpty());
}

TEST_F(OutboxRunnerTest, ScoresAfterAllOnceARuleSetCame) {
  const absl::Status none = MakeError(absl::StatusCode::kNotFound, kNoRuleSet, "没有适用的评分规则");
  scoring_.failures = {none, none};
  const auto runner = MakeRunner();
  RunAllDue(*runner);
  EXPECT_EQ(Now().state(), S::STATE_SCORING_FAILED);
  clock_.Advance(absl::Minutes(10));
  RunAllDue(*runner);
  EXPECT_THAT(Actions(), ElementsAre(E::ACTION_SUBMITTED, E::ACTION_SCORING_FAILED)) << "said once";
  clock_.Advance(absl::Minutes(10));

  RunAllDue(*runner);

  EXPECT_EQ(Now().state(), S::STATE_SCORED);
  EXPECT_THAT(Actions(), ElementsAre(E::ACTION_SUBMITTED, E::ACTION_SCORING_FAILED, E::ACTION_SCORED));
}

TEST_F(OutboxRunnerTest, ShowsWhyAnApprovedReportIsNotPublic) {
  RunAllDue(*MakeRunner());
  ASSERT_THAT(Take(E::ACTION_APPROVED, "review-1"), IsOk());
  publish_.failures = {MakeError(absl::StatusCode::kFailedPrecondition, "PERSONAL_DATA", "正文含有身份证号码")};

  RunAllDue(*MakeRunner());

  EXPECT_EQ(Now().state(), S::STATE_APPROVED);
  EXPECT_EQ(Now().last_problem(), "正文含有身份证号码");
}

TEST_F(OutboxRunnerTest, TakesAPageDownOnce) {
  RunAllDue(*MakeRunner("one", /*auto_approve=*/true));
  ASSERT_THAT(Take(E::ACTION_WITHDRAWN, "review-1"), IsOk());

  RunAllDue(*MakeRunner());

  ASSERT_THAT(publish_.withdraw_calls, SizeIs(1));
  EXPECT_EQ(publish_.withdraw_calls[0].reason, "因故");
  EXPECT_THAT(store_.Tasks(), IsEmpty());
}

TEST_F(OutboxRunnerTest, TakesAPageThatNeverWasForTakenDown) {
  RunAllDue(*MakeRunner("one", /*auto_approve=*/true));
  ASSERT_THAT(Take(E::ACTION_WITHDRAWN, "review-1"), IsOk());
  publish_.failures = {absl::NotFoundError("never published")};

  RunAllDue(*MakeRunner());

  EXPECT_THAT(store_.Tasks(), IsEmpty());
}

TEST_F(OutboxRunnerTest, DropsTheResultOfALeaseThatRanOut) {
  scoring_.is_holding = true;
  const auto slow = MakeRunner("slow");
  ASSERT_EQ(*slow->RunOnce(), 1);
  clock_.Advance(absl::Seconds(61));
  const auto fast = MakeRunner("fast");
  ASSERT_EQ(*fast->RunOnce(), 1);

  scoring_.Release();
  slow->WaitUntilIdle();
  fast->WaitUntilIdle();

  EXPECT_THAT(Actions(), ElementsAre(E::ACTION_SUBMITTED, E::ACTION_SCORED));
  ASSERT_THAT(reports_, SizeIs(2));
  EXPECT_TRUE(reports_[0].was_lease_lost);
  EXPECT_FALSE(reports_[1].was_lease_lost);
}

TEST_F(OutboxRunnerTest, DropsTheScoreOfAVersionThatWasReplacedMeanwhile) {
  scoring_.is_holding = true;
  const auto runner = MakeRunner();
  ASSERT_EQ(*runner->RunOnce(), 1);
  File("request-2");

  scoring_.Release();
  runner->WaitUntilIdle();

  EXPECT_EQ(Now().state(), S::STATE_ACCEPTED);
  EXPECT_EQ(*Look(store_, &SubmissionReads::FindScoreCard, VersionKey{AKey(), 1}), "");
}

TEST_F(OutboxRunnerTest, DoesNotScoreDamagedBytes) {
  store_.DamageReport({AKey(), 1});

  RunAllDue(*MakeRunner());

  EXPECT_THAT(scoring_.calls, IsEmpty());
  EXPECT_EQ(Now().state(), S::STATE_SCORING_FAILED);
}

TEST_F(OutboxRunnerTest, RunsByItselfWhenWoken) {
  const auto runner = MakeRunner("one", /*auto_approve=*/true);
  runner->Start();
  runner->Wake();

  EXPECT_TRUE(WaitUntil([&] { return Now().state() == S::STATE_PUBLISHED; }));
  runner->Stop();
}

TEST(RetryPolicyTest, DoublesDelaysWithJitterUpToAMaximum) {
  const RetryPolicy policy;
  std::mt19937_64 random(1);
  for (int attempts = 1; attempts < 40; ++attempts) {
    absl::Duration full = absl::Milliseconds(500);
    for (int i = 1; i < attempts && full < absl::Seconds(60); ++i) full *= 2;
    full = std::min(full, absl::Seconds(60));
    const absl::Duration delay = DelayAfter(attempts, policy, random);
    EXPECT_GE(delay, full / 2) << attempts;
    EXPECT_LE(delay, full) << attempts;
  }
}

}  // namespace
}  // namespace jixiao::intake
