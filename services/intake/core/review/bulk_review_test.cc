#include "intake/core/review/bulk_review.h"

#include <gmock/gmock.h>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/core/review/submission_review.h"
#include "intake/core/tasks/outbox_runner.h"
#include "intake/testing/fake_clients.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/in_memory_submission_store.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::FakeClock;
using ::jixiao::testing::IsOk;
using testing::AFiling;
using testing::AKey;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Look;
using ::testing::SizeIs;

using E = v1::SubmissionEvent;
using S = v1::Submission;

// Lets a clock run on with each write, as on a slow disk.
class SlowStore : public testing::InMemorySubmissionStore {
 public:
  SlowStore(FakeClock& clock) : clock_(clock) {}

  using SubmissionStore::Write;
  void Write(WriteTopic topic, Work work, Done done) override {
    if (before_write) before_write(topic);
    clock_.Advance(cost);
    InMemorySubmissionStore::Write(std::move(topic), std::move(work), std::move(done));
  }

  absl::Duration cost;
  std::function<void(const WriteTopic&)> before_write;

 private:
  FakeClock& clock_;
};

class BulkReviewTest : public ::testing::Test {
 protected:
  void FileAndScore(const SubmissionKey& key, const std::vector<scoring::v1::Severity>& severities = {}) {
    Filing filing = AFiling("request-1", key.unit_code, key);
    filing.receive_time = clock_.Now();
    ASSERT_THAT(WriteAndWait(store_, [&](SubmissionTransaction& t) { return FileReport(t, filing).status(); }), IsOk());
    scoring_.severities = severities;
    OutboxRunner runner(store_, scoring_, publish_, clock_, {.owner = "one", .retry = {}}, 7, [](const TaskReport&) {});
    while (*runner.RunOnce() > 0) runner.WaitUntilIdle();
  }

  BulkReview AReview(E::Action action = E::ACTION_APPROVED) {
    BulkReview review;
    review.division_code = "430600";
    review.fiscal_year = 2024;
    review.action = action;
    review.reason = action == E::ACTION_RETURNED ? "请补充附件" : "";
    review.request_id = "bulk-0001";
    review.scopes = {{.kind = Scope::Kind::kSubtree, .division_code = "430600", .unit_code = {}}};
    review.actor = "person/bureau-1";
    return review;
  }

  absl::StatusOr<BulkOutcome> Review(const BulkReview& review, absl::Duration time = absl::Seconds(10)) {
    return ReviewAll(store_, clock_, review, clock_.Now() + time);
  }

  S::State StateOf(const std::string& unit) {
    return Look(store_, &SubmissionReads::FindSubmission, AKey(unit))->submission.state();
  }

  FakeClock clock_;
  SlowStore store_{clock_};
  testing::FakeScoringClient scoring_;
  testing::FakePublishClient publish_;
};

TEST_F(BulkReviewTest, ApprovesWhatMatchesEachAsTheSingleCallWould) {
  for (const char* unit : {"A", "B", "C"}) FileAndScore(AKey(unit));
  FileAndScore(AKey("D"), {scoring::v1::SEVERITY_BLOCKS});
  FileAndScore(AKey("E"), {scoring::v1::SEVERITY_EXPLAIN});

  EXPECT_EQ(*CountMatches(store_, AReview()), 3);
  const auto outcome = Review(AReview());

  ASSERT_THAT(outcome, IsOk());
  EXPECT_EQ(outcome->matched, 3);
  EXPECT_EQ(outcome->changed, 3);
  EXPECT_EQ(outcome->remaining, 0);
  for (const char* unit : {"A", "B", "C"}) EXPECT_EQ(StateOf(unit), S::STATE_APPROVED);
  for (const char* unit : {"D", "E"}) EXPECT_EQ(StateOf(unit), S::STATE_SCORED);
  EXPECT_THAT(store_.Tasks(), SizeIs(3)) << "each is published";
  EXPECT_EQ(Look(store_, &SubmissionReads::Events, AKey("A"), 2, 9)->at(0).actor(), "person/bureau-1");
}

TEST_F(BulkReviewTest, ReturnsWithTheReasonAsComment) {
  FileAndScore(AKey("A"), {scoring::v1::SEVERITY_BLOCKS});
  BulkReview review = AReview(E::ACTION_RETURNED);
  review.without_blocking_findings = false;

  ASSERT_THAT(Review(review), IsOk());

  EXPECT_EQ(StateOf("A"), S::STATE_RETURNED);
  EXPECT_EQ(Look(store_, &SubmissionReads::FindSubmission, AKey("A"))->submission.return_comments(0).text(),
            "请补充附件");
}

TEST_F(BulkReviewTest, OneThatCannotBeDecidedLeavesTheOthersAlone) {
  FileAndScore(AKey("A"), {scoring::v1::SEVERITY_EXPLAIN});
  FileAndScore(AKey("B"));
  BulkReview review = AReview();
  review.without_unexplained_findings = false;

  const auto outcome = Review(review);

  ASSERT_THAT(outcome, IsOk());
  EXPECT_EQ(outcome->changed, 1);
  EXPECT_EQ(outcome->failed, 1);
  ASSERT_THAT(outcome->failures, SizeIs(1));
  EXPECT_EQ(outcome->failures[0].first, "submissions/430611.A.2024.department");
  EXPECT_THAT(outcome->failures[0].second, FailsWith(absl::StatusCode::kFailedPrecondition, "UNEXPLAINED_FINDINGS"));
  EXPECT_EQ(StateOf("B"), S::STATE_APPROVED);
}

TEST_F(BulkReviewTest, TouchesNothingOutsideScopeYearAndKind) {
  FileAndScore(AKey("A"));
  FileAndScore({"430102", "A", 2024, report::v1::REPORT_KIND_DEPARTMENT, ""});
  FileAndScore({"430611", "A", 2023, report::v1::REPORT_KIND_DEPARTMENT, ""});
  FileAndScore({"430611", "A", 2024, report::v1::REPORT_KIND_PROJECT, "0123456789ab"});
  BulkReview review = AReview();
  review.division_code = "430000";

  EXPECT_EQ(*CountMatches(store_, review), 2) << "the county's two kinds";
  review.kind = report::v1::REPORT_KIND_DEPARTMENT;
  EXPECT_EQ(*CountMatches(store_, review), 1);
  review.scopes.clear();
  EXPECT_EQ(*CountMatches(store_, review), 0);
}

TEST_F(BulkReviewTest, ReadsFromTheCardWhetherTheClaimIsSupported) {
  scoring::v1::TableScore& table = *scoring_.more.add_tables();
  table.set_supported_low_milli(90'000);
  table.set_supported_high_milli(95'000);
  BulkReview review = AReview();
  review.within_supported_scores = true;
  const std::pair<int64_t, int> cases[] = {{89'999, 0}, {90'000, 1}, {95'000, 2}, {95'001, 2}};
  for (const auto& [claimed, matched] : cases) {
    table.set_claimed_milli(claimed);
    FileAndScore(AKey("U" + std::to_string(claimed)));
    EXPECT_EQ(*CountMatches(store_, review), matched) << claimed;
  }
  table.clear_claimed_milli();
  FileAndScore(AKey("BLANK"));
  scoring_.more.clear_tables();
  FileAndScore(AKey("NOTABLE"));
  EXPECT_EQ(*CountMatches(store_, review), 2);
}

TEST_F(BulkReviewTest, DoesNothingIfAnotherNumberMatchesThanWasPreviewed) {
  FileAndScore(AKey("A"));
  BulkReview review = AReview();
  review.expected_count = 1;
  FileAndScore(AKey("B"));

  const absl::Status status = Review(review).status();

  EXPECT_THAT(status, FailsWith(absl::StatusCode::kAborted, "PREVIEW_OUTDATED"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("预览时符合条件的有 1 份，现在是 2 份"));
  EXPECT_EQ(StateOf("A"), S::STATE_SCORED);
  review.expected_count = 2;
  EXPECT_THAT(Review(review), IsOk()) << "the refused call used nothing up";
}

TEST_F(BulkReviewTest, GoesOnWhereItStopped) {
  for (int i = 0; i < 70; ++i) FileAndScore(AKey("U" + std::to_string(100 + i)));
  BulkReview review = AReview();
  review.expected_count = 70;
  store_.cost = absl::Milliseconds(100);

  const auto first = Review(review, absl::Seconds(5));

  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->matched, 70);
  EXPECT_GT(first->changed, 0);
  EXPECT_GT(first->remaining, 0);
  EXPECT_EQ(first->changed + first->remaining, 70);
  // What came since is not in what the reviewer looked at.
  FileAndScore(AKey("U999"));
  const auto second = Review(review, absl::Minutes(5));
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->matched, first->remaining);
  EXPECT_EQ(second->changed, first->remaining);
  EXPECT_EQ(second->remaining, 0);
  EXPECT_EQ(StateOf("U999"), S::STATE_SCORED);
  EXPECT_EQ(Review(review)->changed, 0) << "nothing is done twice";
  for (int i = 0; i < 70; ++i) {
    int approvals = 0;
    const auto events = Look(store_, &SubmissionReads::Events, AKey("U" + std::to_string(100 + i)), 0, 9);
    for (const E& event : *events) {
      approvals += event.action() == E::ACTION_APPROVED ? 1 : 0;
    }
    EXPECT_EQ(approvals, 1) << i;
  }
}

TEST_F(BulkReviewTest, RefusesARequestIdUsedForAnotherDecision) {
  FileAndScore(AKey("A"));
  ASSERT_THAT(Review(AReview()), IsOk());

  EXPECT_THAT(Review(AReview(E::ACTION_RETURNED)).status(),
              FailsWith(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
}

TEST_F(BulkReviewTest, LeavesAloneWhatChangesWhileItIsDecided) {
  FileAndScore(AKey("A"));
  FileAndScore(AKey("B"));
  store_.before_write = [&](const WriteTopic& topic) {
    if (!topic.submission.has_value() || topic.submission->unit_code != "A") return;
    store_.before_write = nullptr;
    SubmissionRecord record = *Look(store_, &SubmissionReads::FindSubmission, AKey("A"));
    record.submission.mutable_update_time()->set_nanos(123'000);
    ASSERT_THAT(WriteAndWait(store_, [&](SubmissionTransaction& t) { return t.PutSubmission(record); }), IsOk());
  };

  const auto outcome = Review(AReview());

  ASSERT_THAT(outcome, IsOk());
  EXPECT_EQ(outcome->changed, 1);
  ASSERT_THAT(outcome->failures, SizeIs(1));
  EXPECT_THAT(outcome->failures[0].second, FailsWith(absl::StatusCode::kAborted, "CHANGED_MEANWHILE"));
  EXPECT_EQ(StateOf("A"), S::STATE_SCORED);
}

TEST_F(BulkReviewTest, SaysWhichFieldsAreMissing) {
  BulkReview review;
  std::vector<std::string> fields;
  const auto violations = ViolationsOf(ValidateBulkReview(review));
  for (const auto& violation : violations.field_violations()) fields.push_back(violation.field());
  EXPECT_THAT(fields, ElementsAre("division_code", "fiscal_year", "request_id", "decision"));
  EXPECT_THAT(ValidateBulkReview(AReview()), IsOk());
  review = AReview(E::ACTION_RETURNED);
  review.reason = "　";
  review.request_id = std::string(51, 'x');
  EXPECT_EQ(ViolationsOf(ValidateBulkReview(review)).field_violations_size(), 2);
  review.is_preview = true;
  EXPECT_EQ(ViolationsOf(ValidateBulkReview(review)).field_violations_size(), 1) << "the words may come later";
}

}  // namespace
}  // namespace jixiao::intake
