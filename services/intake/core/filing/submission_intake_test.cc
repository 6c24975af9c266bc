#include "intake/core/filing/submission_intake.h"

#include <gmock/gmock.h>

#include "common/base/status_macros.h"
#include "common/testing/status_matchers.h"
#include "intake/core/review/submission_review.h"
#include "intake/core/submission/stored_time.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/in_memory_submission_store.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using testing::AFiling;
using testing::AKey;
using testing::Look;
using ::testing::SizeIs;

class SubmissionIntakeTest : public ::testing::Test {
 protected:
  absl::StatusOr<FilingAnswer> File(const Filing& filing) {
    absl::StatusOr<FilingAnswer> answer = absl::InternalError("no answer");
    Submit(store_, filing, FilingPolicy(), [&](absl::StatusOr<FilingAnswer> given) { answer = std::move(given); });
    return answer;
  }

  // As if the current version had come to `state`.
  void PutState(v1::Submission::State state) {
    SubmissionRecord record = *Look(store_, &SubmissionReads::FindSubmission, AKey());
    record.submission.set_state(state);
    ASSERT_THAT(
        WriteAndWait(store_, [&](SubmissionTransaction& transaction) { return transaction.PutSubmission(record); }),
        IsOk());
  }

  v1::Submission Now() { return Look(store_, &SubmissionReads::FindSubmission, AKey())->submission; }

  testing::InMemorySubmissionStore store_;
};

TEST_F(SubmissionIntakeTest, GivesAReceiptForAFirstVersion) {
  const Filing filing = AFiling();

  const auto answer = File(filing);

  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->outcome, FilingOutcome::kNewVersion);
  const v1::Receipt& receipt = answer->receipt;
  EXPECT_EQ(receipt.submission_version(), "submissions/430611.NC01.2024.department/versions/1");
  EXPECT_EQ(receipt.request_id(), "request-1");
  EXPECT_EQ(receipt.report_digest(), filing.report_digest);
  EXPECT_EQ(receipt.original_digest(), filing.report_digest);
  EXPECT_EQ(receipt.original_size_bytes(), filing.original_size_bytes);
  EXPECT_EQ(receipt.trace_id(), filing.trace_id);
  EXPECT_EQ(FromTimestamp(receipt.receive_time()), filing.receive_time);
}

TEST_F(SubmissionIntakeTest, StoresVersionEventAndTaskTogether) {
  ASSERT_THAT(File(AFiling()), IsOk());

  EXPECT_EQ(Now().state(), v1::Submission::STATE_ACCEPTED);
  EXPECT_THAT(*Look(store_, &SubmissionReads::Events, AKey(), 0, 10), SizeIs(1));
  ASSERT_THAT(store_.Tasks(), SizeIs(1));
  EXPECT_EQ(store_.Tasks()[0].kind, TaskKind::kScore);
}

TEST_F(SubmissionIntakeTest, RepeatsTheFirstAnswerForTheSameRequest) {
  const auto first = File(AFiling("request-1", "一"));
  ASSERT_THAT(File(AFiling("request-2", "二")), IsOk());

  const auto again = File(AFiling("request-1", "一"));

  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->outcome, FilingOutcome::kReplayed);
  EXPECT_EQ(again->receipt.SerializeAsString(), first->receipt.SerializeAsString());
  EXPECT_EQ(Now().current_version(), 2);
}

TEST_F(SubmissionIntakeTest, RefusesARequestIdUsedForOtherBytes) {
  ASSERT_THAT(File(AFiling("request-1", "一")), IsOk());

  EXPECT_THAT(File(AFiling("request-1", "二")), FailsWith(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
}

TEST_F(SubmissionIntakeTest, RecognisesIdenticalContent) {
  const auto first = File(AFiling("request-1", "一"));

  const auto second = File(AFiling("request-2", "一"));

  ASSERT_THAT(second, IsOk());
  EXPECT_TRUE(second->is_identical);
  EXPECT_EQ(second->receipt.SerializeAsString(), first->receipt.SerializeAsString());
  EXPECT_EQ(Now().current_version(), 1);
  EXPECT_TRUE(File(AFiling("request-2", "一"))->is_identical) << "and says so again when asked again";
}

TEST_F(SubmissionIntakeTest, TakesContentOfAnOlderVersionAsNew) {
  ASSERT_THAT(File(AFiling("request-1", "一")), IsOk());
  ASSERT_THAT(File(AFiling("request-2", "二")), IsOk());

  EXPECT_EQ(File(AFiling("request-3", "一"))->outcome, FilingOutcome::kNewVersion);
}

TEST_F(SubmissionIntakeTest, TakesWithdrawnContentAgain) {
  ASSERT_THAT(File(AFiling("request-1", "一")), IsOk());
  PutState(v1::Submission::STATE_WITHDRAWN);

  EXPECT_EQ(File(AFiling("request-2", "一"))->outcome, FilingOutcome::kNewVersion);
}

TEST_F(SubmissionIntakeTest, RefusesAStaleBaseVersion) {
  Filing filing = AFiling("request-1", "一");
  filing.base_version = 1;
  EXPECT_THAT(File(filing), FailsWith(absl::StatusCode::kAborted, "STALE_BASE_VERSION"));
  filing.base_version = 0;
  EXPECT_THAT(File(filing), IsOk());
  filing = AFiling("request-2", "二");
  filing.base_version = 0;
  EXPECT_THAT(File(filing), FailsWith(absl::StatusCode::kAborted, "STALE_BASE_VERSION"));
  filing.base_version = 1;
  EXPECT_THAT(File(filing), IsOk());
}

TEST_F(SubmissionIntakeTest, DoesNotCarryOutWhatNobodyWaitsForAnyMore) {
  Filing filing = AFiling("request-1", "一");
  filing.is_abandoned = [] { return true; };
  absl::StatusOr<FilingAnswer> answer;
  Submit(store_, filing, {}, [&answer](absl::StatusOr<FilingAnswer> given) { answer = std::move(given); });
  EXPECT_THAT(answer.status(), FailsWith(absl::StatusCode::kDeadlineExceeded, "DEADLINE_PASSED"));
  EXPECT_THAT(Look(store_, &SubmissionReads::FindSubmission, AKey()),
              ::jixiao::testing::StatusIs(absl::StatusCode::kNotFound));

  filing.is_abandoned = [] { return false; };
  Submit(store_, filing, {}, [&answer](absl::StatusOr<FilingAnswer> given) { answer = std::move(given); });
  EXPECT_THAT(answer, IsOk());
}

TEST_F(SubmissionIntakeTest, RefusesANewVersionWhileTheCurrentOneGoesPublic) {
  ASSERT_THAT(File(AFiling("request-1", "一")), IsOk());
  PutState(v1::Submission::STATE_APPROVED);

  EXPECT_THAT(File(AFiling("request-2", "二")), FailsWith(absl::StatusCode::kFailedPrecondition, "UNDER_PUBLICATION"));
}

TEST_F(SubmissionIntakeTest, StartsANewVersionWithNothingOfTheOld) {
  ASSERT_THAT(File(AFiling("request-1", "一")), IsOk());
  SubmissionRecord record = *Look(store_, &SubmissionReads::FindSubmission, AKey());
  record.submission.set_state(v1::Submission::STATE_RETURNED);
  record.submission.set_page_path("/old");
  record.submission.set_last_problem("旧问题");
  record.submission.add_return_comments()->set_text("旧意见");
  record.submission.mutable_finding_counts()->set_blocks(1);
  ASSERT_THAT(WriteAndWait(store_, [&](SubmissionTransaction& t) { return t.PutSubmission(record); }), IsOk());

  ASSERT_THAT(File(AFiling("request-2", "二")), IsOk());

  EXPECT_EQ(Now().state(), v1::Submission::STATE_ACCEPTED);
  EXPECT_FALSE(Now().has_page_path());
  EXPECT_FALSE(Now().has_last_problem());
  EXPECT_FALSE(Now().has_finding_counts());
  EXPECT_EQ(Now().return_comments_size(), 0);
  ASSERT_THAT(store_.Tasks(), SizeIs(1));
  EXPECT_EQ(store_.Tasks()[0].key.version, 2) << "the version before is not scored any more";
}

ReviewStep AStep(v1::SubmissionEvent::Action action, const std::string& request_id = "review-1") {
  ReviewStep step;
  step.key = AKey();
  step.action = action;
  step.version = 1;
  step.request_id = request_id;
  step.actor = "reviewer-7";
  step.time = absl::FromUnixSeconds(1'750'000'100);
  if (action == v1::SubmissionEvent::ACTION_WITHDRAWN) step.reason = "数据有误";
  if (action == v1::SubmissionEvent::ACTION_RETURNED) {
    step.comments.emplace_back().set_text("请补充附件");
  }
  return step;
}

class SubmissionReviewTest : public SubmissionIntakeTest {
 protected:
  void SetUp() override { ASSERT_THAT(File(AFiling()), IsOk()); }

  absl::Status Take(const ReviewStep& step) {
    return WriteAndWait(store_, [&](SubmissionTransaction& transaction) { return TakeReviewStep(transaction, step); });
  }

  void PutScored(int blocks) {
    SubmissionRecord record = *Look(store_, &SubmissionReads::FindSubmission, AKey());
    record.submission.set_state(v1::Submission::STATE_SCORED);
    record.submission.mutable_finding_counts()->set_blocks(blocks);
    ASSERT_THAT(WriteAndWait(store_,
                             [&](SubmissionTransaction& t) -> absl::Status {
                               JIXIAO_RETURN_IF_ERROR(t.DeleteTask({AKey(), 1}, TaskKind::kScore));
                               return t.PutSubmission(record);
                             }),
                IsOk());
  }
};

using E = v1::SubmissionEvent;

TEST_F(SubmissionReviewTest, ApprovesAndAsksForPublication) {
  PutScored(0);

  ASSERT_THAT(Take(AStep(E::ACTION_APPROVED)), IsOk());

  EXPECT_EQ(Now().state(), v1::Submission::STATE_APPROVED);
  ASSERT_THAT(store_.Tasks(), SizeIs(1));
  EXPECT_EQ(store_.Tasks()[0].kind, TaskKind::kPublish);
  EXPECT_EQ(Look(store_, &SubmissionReads::Events, AKey(), 1, 10)->at(0).actor(), "reviewer-7");
}

TEST_F(SubmissionReviewTest, WantsAReasonWhileBlockingFindingsAreOpen) {
  PutScored(2);
  ReviewStep step = AStep(E::ACTION_APPROVED);
  EXPECT_THAT(Take(step), FailsWith(absl::StatusCode::kFailedPrecondition, "OPEN_BLOCKING_FINDINGS"));
  step.reason = "　";
  EXPECT_THAT(Take(step), FailsWith(absl::StatusCode::kFailedPrecondition, "OPEN_BLOCKING_FINDINGS"));
  step.reason = "单位已书面说明";
  EXPECT_THAT(Take(step), IsOk());
  EXPECT_EQ(store_.Tasks()[0].reason, "单位已书面说明") << "it is published with the report";
}

TEST_F(SubmissionReviewTest, TakesAStepOnceHoweverOftenItIsAsked) {
  PutScored(0);
  ASSERT_THAT(Take(AStep(E::ACTION_APPROVED)), IsOk());

  EXPECT_THAT(Take(AStep(E::ACTION_APPROVED)), IsOk());

  EXPECT_THAT(*Look(store_, &SubmissionReads::Events, AKey(), 0, 10), SizeIs(2));
  EXPECT_THAT(Take(AStep(E::ACTION_WITHDRAWN)), FailsWith(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
}

TEST_F(SubmissionReviewTest, RefusesAStepOnAVersionThatIsNotCurrent) {
  PutScored(0);
  ReviewStep step = AStep(E::ACTION_APPROVED);
  step.version = 2;

  EXPECT_THAT(Take(step), FailsWith(absl::StatusCode::kAborted, "STALE_BASE_VERSION"));
}

TEST_F(SubmissionReviewTest, ReturnsWithComments) {
  PutScored(1);

  ASSERT_THAT(Take(AStep(E::ACTION_RETURNED)), IsOk());

  EXPECT_EQ(Now().state(), v1::Submission::STATE_RETURNED);
  EXPECT_EQ(Now().return_comments(0).text(), "请补充附件");
  EXPECT_THAT(store_.Tasks(), SizeIs(0));
}

TEST_F(SubmissionReviewTest, TakesAPublishedPageDownOnWithdrawal) {
  PutState(v1::Submission::STATE_PUBLISHED);
  ASSERT_THAT(WriteAndWait(store_,
                           [](SubmissionTransaction& t) {
                             return t.SetVersionState({AKey(), 1}, v1::Submission::STATE_PUBLISHED);
                           }),
              IsOk());

  ASSERT_THAT(Take(AStep(E::ACTION_WITHDRAWN)), IsOk());

  EXPECT_EQ(Now().state(), v1::Submission::STATE_WITHDRAWN);
  ASSERT_THAT(store_.Tasks(), SizeIs(1));
  EXPECT_EQ(store_.Tasks()[0].kind, TaskKind::kWithdraw);
  EXPECT_EQ(store_.Tasks()[0].reason, "数据有误");
}

TEST_F(SubmissionReviewTest, TakesDownOnlyAfterAPublishCallInFlightHasEnded) {
  PutScored(0);
  ASSERT_THAT(Take(AStep(E::ACTION_APPROVED)), IsOk());
  const absl::Time lease_until = absl::FromUnixSeconds(1'750'000'999);
  ASSERT_THAT(WriteAndWait(store_,
                           [&](SubmissionTransaction& t) {
                             Task task = **t.FindTask({AKey(), 1}, TaskKind::kPublish);
                             task.lease_until = lease_until;
                             return t.PutTask(task);
                           }),
              IsOk());

  ASSERT_THAT(Take(AStep(E::ACTION_WITHDRAWN, "review-2")), IsOk());

  ASSERT_THAT(store_.Tasks(), SizeIs(1));
  EXPECT_EQ(store_.Tasks()[0].kind, TaskKind::kWithdraw);
  EXPECT_EQ(store_.Tasks()[0].not_before, lease_until);
}

TEST_F(SubmissionReviewTest, SaysWhichFieldsOfAStepAreMissing) {
  ReviewStep step = AStep(E::ACTION_RETURNED);
  step.comments.clear();
  step.request_id = "";
  step.version = 0;

  EXPECT_EQ(ViolationsOf(ValidateReviewStep(step)).field_violations_size(), 3);
  EXPECT_THAT(ValidateReviewStep(AStep(E::ACTION_RETURNED, "review-0001")), IsOk());
  step = AStep(E::ACTION_WITHDRAWN, "review-0001");
  step.reason = "";
  EXPECT_EQ(ViolationsOf(ValidateReviewStep(step)).field_violations(0).field(), "reason");
}

}  // namespace
}  // namespace jixiao::intake
