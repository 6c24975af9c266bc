// A submission that is filed and scored, and what people do with the version.
#ifndef JIXIAO_INTAKE_TESTING_REVIEW_NOTES_FIXTURE_H_
#define JIXIAO_INTAKE_TESTING_REVIEW_NOTES_FIXTURE_H_

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/core/review/finding_explanation.h"
#include "intake/core/review/submission_review.h"
#include "intake/core/review/work_confirmation.h"
#include "intake/core/tasks/outbox_runner.h"
#include "intake/testing/fake_clients.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/in_memory_submission_store.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake::testing {

inline constexpr char kText[] = "年中追加防汛经费 12 万元，见批复文件";

class ReviewNotesFixture : public ::testing::Test {
 protected:
  ReviewNotesFixture() {
    AddCriterion("PROBLEMS", 20'000, scoring::v1::WORK_SCORE_BASIS_PROPOSED);
    AddCriterion("ON_TIME", 10'000, scoring::v1::WORK_SCORE_BASIS_COMPUTED);
  }

  void AddCriterion(const std::string& id, int64_t weight, scoring::v1::WorkScoreBasis basis) {
    scoring::v1::WorkCriterionScore& criterion = *scoring_.more.mutable_work_assessment()->add_criteria();
    criterion.set_criterion_id(id);
    criterion.set_title("考核项" + id);
    criterion.set_weight_milli(weight);
    criterion.set_basis(basis);
  }

  // RULE-1 blocks; RULE-2 and RULE-3 are to be explained; RULE-4 follows from
  // RULE-2 and RULE-5 from RULE-1; RULE-6 is a note and RULE-7 follows from it.
  void AddFindings(bool with_block = false) {
    using scoring::v1::SEVERITY_EXPLAIN;
    const auto add = [this](const std::string& id, scoring::v1::Severity severity, const std::string& cause = "") {
      scoring::v1::Finding& finding = *scoring_.more.add_findings();
      finding.set_id(id);
      finding.set_title("标题" + id);
      finding.set_severity(severity);
      if (!cause.empty()) finding.add_caused_by(cause);
    };
    if (with_block) add("RULE-1", scoring::v1::SEVERITY_BLOCKS);
    add("RULE-2", SEVERITY_EXPLAIN);
    add("RULE-3", SEVERITY_EXPLAIN);
    add("RULE-4", SEVERITY_EXPLAIN, "RULE-2");
    if (with_block) add("RULE-5", SEVERITY_EXPLAIN, "RULE-1");
    add("RULE-6", scoring::v1::SEVERITY_NOTE);
    add("RULE-7", SEVERITY_EXPLAIN, "RULE-6");
  }

  void File(const std::string& request_id = "request-1") {
    ASSERT_THAT(Write([&](SubmissionTransaction& transaction) {
                  return FileReport(transaction, AFiling(request_id, request_id)).status();
                }),
                ::jixiao::testing::IsOk());
  }

  void RunAllDue(bool auto_approve = false) {
    OutboxRunner runner(store_, scoring_, publish_, clock_, {.owner = "one", .retry = {}, .auto_approve = auto_approve},
                        7, [](const TaskReport&) {});
    while (*runner.RunOnce() > 0) runner.WaitUntilIdle();
  }

  void FileAndScore() {
    File();
    RunAllDue();
  }

  absl::Status Write(const SubmissionStore::Work& work) { return WriteAndWait(store_, work); }

  Explanation AnExplanation(const std::string& finding_id, const std::string& request_id = "explain-1") {
    return {AKey(), Now().current_version(), finding_id, kText, request_id, "person/clerk-1", clock_.Now()};
  }

  absl::Status Explain(const Explanation& explanation) {
    return Write([&](SubmissionTransaction& transaction) { return ExplainFinding(transaction, explanation); });
  }

  absl::Status Confirm(const std::string& criterion, int64_t score_milli, const std::string& request_id = "confirm-1") {
    WorkConfirmations request = {AKey(), Now().current_version(), {}, request_id, "person/bureau-1", clock_.Now()};
    request.confirmations.emplace_back().set_criterion_id(criterion);
    request.confirmations.back().set_score_milli(score_milli);
    request.confirmations.back().set_reason("核对了会议记录");
    const absl::Status valid = ValidateWorkConfirmations(request);
    if (!valid.ok()) return valid;
    return Write([&](SubmissionTransaction& transaction) { return ConfirmWork(transaction, request); });
  }

  absl::Status Approve(const std::string& reason = "", const std::string& request_id = "approve-1") {
    ReviewStep step;
    step.key = AKey();
    step.action = v1::SubmissionEvent::ACTION_APPROVED;
    step.version = Now().current_version();
    step.reason = reason;
    step.request_id = request_id;
    step.actor = "person/bureau-1";
    step.time = clock_.Now();
    return Write([&](SubmissionTransaction& transaction) { return TakeReviewStep(transaction, step); });
  }

  v1::Submission Now() { return Look(store_, &SubmissionReads::FindSubmission, AKey())->submission; }
  ReviewNotes Notes() {
    return *Look(store_, &SubmissionReads::FindReviewNotes, VersionKey{AKey(), Now().current_version()});
  }
  std::vector<v1::SubmissionEvent> Events() { return *Look(store_, &SubmissionReads::Events, AKey(), 0, 100); }

  ::jixiao::testing::FakeClock clock_;
  InMemorySubmissionStore store_;
  FakeScoringClient scoring_;
  FakePublishClient publish_;
};

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_REVIEW_NOTES_FIXTURE_H_
