// Walks random ways through the life of a submission: whatever people, services
// and broken leases do in whatever order, the history stays a history.
#include <gmock/gmock.h>

#include <random>
#include <set>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/testing/fake_clock.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/core/review/finding_explanation.h"
#include "intake/core/review/submission_review.h"
#include "intake/core/review/work_confirmation.h"
#include "intake/core/submission/workflow.h"
#include "intake/core/tasks/outbox_runner.h"
#include "intake/testing/fake_clients.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/in_memory_submission_store.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FakeClock;
using testing::AFiling;
using testing::AKey;
using testing::Look;
using E = v1::SubmissionEvent;
using S = v1::Submission;

// Publish as it promises to be: idempotent by version. A call may be long on its
// way, but has no effect after its deadline.
class RememberingPublishClient : public PublishClient {
 public:
  explicit RememberingPublishClient(const Clock& clock) : clock_(clock) {}

  void Publish(PublishCall call, PublishDone done) override {
    if (fails) return done(absl::UnavailableError("down"));
    on_their_way_.push_back([this, call = std::move(call), done = std::move(done)] {
      if (clock_.Now() > call.deadline) return done(absl::DeadlineExceededError("too late"));
      EXPECT_EQ(public_now.emplace(call.submission_version, call.report_digest).first->second, call.report_digest);
      done("/page");
    });
    if (!is_holding) Release();
  }
  void Release() {
    for (auto& arrive : std::exchange(on_their_way_, {})) arrive();
  }
  void Withdraw(WithdrawCall call, WithdrawDone done) override {
    if (fails) return done(absl::UnavailableError("down"));
    done(public_now.erase(call.submission_version) > 0 ? absl::OkStatus() : absl::NotFoundError("never published"));
  }

  bool fails = false;
  bool is_holding = false;
  std::map<std::string, std::string> public_now;

 private:
  const Clock& clock_;
  std::vector<std::function<void()>> on_their_way_;
};

class Walk {
 public:
  explicit Walk(uint64_t seed) : random_(seed), runner_(MakeRunner()) {
    scoring_.severities = {scoring::v1::SEVERITY_EXPLAIN};
    scoring::v1::WorkCriterionScore& criterion = *scoring_.more.mutable_work_assessment()->add_criteria();
    criterion.set_criterion_id("PROBLEMS");
    criterion.set_weight_milli(20'000);
    criterion.set_basis(scoring::v1::WORK_SCORE_BASIS_PROPOSED);
  }

  void Step() {
    const uint64_t what = random_() % 12;
    if (what < 3) return File();
    if (what < 5) return Review();
    if (what >= 10) return Note();
    if (what == 5) return clock_.Advance(absl::Seconds(static_cast<int64_t>(random_() % 4 != 0 ? 5 : random_() % 700)));
    if (what == 6) return Die();
    RunOutbox();
  }

  // Lets everything come to rest, with everybody well.
  void Settle() {
    scoring_.is_holding = false;
    scoring_.Release();
    publish_.fails = false;
    publish_.is_holding = false;
    publish_.Release();
    for (int i = 0; i < 200 && !store_.Tasks().empty(); ++i) {
      clock_.Advance(absl::Minutes(11));
      while (*runner_->RunOnce() > 0) runner_->WaitUntilIdle();
    }
  }

  void ExpectSoundHistory() {
    const auto record = Look(store_, &SubmissionReads::FindSubmission, AKey());
    if (!record.ok()) return;
    const auto events = Look(store_, &SubmissionReads::Events, AKey(), 0, 1'000'000);
    State state = S::STATE_UNSPECIFIED;
    int64_t sequence = 0;
    int version = 0;
    std::set<std::pair<int, int>> once;
    for (const E& event : *events) {
      EXPECT_EQ(event.sequence(), ++sequence);
      EXPECT_EQ(event.from_state(), state);
      const auto next = StateAfter(state, event.action());
      ASSERT_TRUE(next.ok()) << event.ShortDebugString();
      EXPECT_EQ(*next, event.to_state());
      state = event.to_state();
      if (event.action() == E::ACTION_SUBMITTED) ++version;
      EXPECT_EQ(event.version(), version);
      // A version is scored again only after a confirmation; explaining is not
      // limited.
      if (event.action() == E::ACTION_WORK_CONFIRMED) once.erase({event.version(), E::ACTION_SCORED});
      const bool is_repeatable =
          event.action() == E::ACTION_WORK_CONFIRMED || event.action() == E::ACTION_FINDING_EXPLAINED;
      EXPECT_TRUE(once.emplace(event.version(), event.action()).second || is_repeatable) << event.ShortDebugString();
      EXPECT_NE(event.actor(), "");
    }
    EXPECT_EQ(record->submission.state(), state);
    EXPECT_EQ(record->submission.current_version(), version);
    EXPECT_EQ(record->event_count, sequence);
  }

  void ExpectEverythingDone() {
    EXPECT_TRUE(store_.Tasks().empty());
    const auto record = Look(store_, &SubmissionReads::FindSubmission, AKey());
    if (!record.ok()) return;
    std::set<std::string> should_be_public;
    const auto versions = Look(store_, &SubmissionReads::Versions, AKey(), 1'000'000, 1'000'000);
    for (const VersionRecord& each : *versions) {
      if (each.version.state() == S::STATE_PUBLISHED) should_be_public.insert(each.version.name());
    }
    std::set<std::string> is_public;
    for (const auto& [name, digest] : publish_.public_now) is_public.insert(name);
    EXPECT_EQ(is_public, should_be_public);
    EXPECT_NE(record->submission.state(), S::STATE_APPROVED);
    EXPECT_NE(record->submission.state(), S::STATE_ACCEPTED);
  }

 private:
  std::unique_ptr<OutboxRunner> MakeRunner() {
    OutboxOptions options;
    options.owner = "runner-" + std::to_string(random_());
    return std::make_unique<OutboxRunner>(store_, scoring_, publish_, clock_, options, random_(),
                                          [](const TaskReport&) {});
  }

  void File() {
    const std::string title = "第" + std::to_string(random_() % 6) + "稿";
    Filing filing = AFiling("request-" + std::to_string(random_() % 40), title);
    filing.receive_time = clock_.Now();
    Submit(store_, filing, FilingPolicy(), [](const absl::StatusOr<FilingAnswer>&) {});
  }

  void Review() {
    constexpr E::Action kActions[] = {E::ACTION_APPROVED, E::ACTION_APPROVED, E::ACTION_RETURNED, E::ACTION_WITHDRAWN};
    const auto record = Look(store_, &SubmissionReads::FindSubmission, AKey());
    if (!record.ok()) return;
    ReviewStep step;
    step.key = AKey();
    step.action = kActions[random_() % 4];
    step.version = record->submission.current_version();
    step.reason = "因故";
    step.comments.emplace_back().set_text("意见");
    step.request_id = "review-" + std::to_string(random_());
    step.actor = "reviewer";
    step.time = clock_.Now();
    WriteAndWait(store_, [&](SubmissionTransaction& transaction) {
      return TakeReviewStep(transaction, step);
    }).IgnoreError();
  }

  // The unit explains the finding, or a reviewer confirms points.
  void Note() {
    const auto record = Look(store_, &SubmissionReads::FindSubmission, AKey());
    if (!record.ok()) return;
    const std::string request_id = "note-" + std::to_string(random_());
    const int version = record->submission.current_version();
    if (random_() % 2 == 0) {
      const Explanation explanation = {AKey(), version, "RULE-1", "年中追加预算", request_id, "clerk", clock_.Now()};
      WriteAndWait(store_, [&](SubmissionTransaction& transaction) {
        return ExplainFinding(transaction, explanation);
      }).IgnoreError();
      return;
    }
    WorkConfirmations confirmed = {AKey(), version, {}, request_id, "reviewer", clock_.Now()};
    confirmed.confirmations.emplace_back().set_criterion_id("PROBLEMS");
    confirmed.confirmations.back().set_score_milli(static_cast<int64_t>(random_() % 20'000));
    WriteAndWait(store_, [&](SubmissionTransaction& transaction) {
      return ConfirmWork(transaction, confirmed);
    }).IgnoreError();
  }

  void RunOutbox() {
    scoring_.is_holding = random_() % 4 == 0;
    publish_.fails = random_() % 8 == 0;
    publish_.is_holding = random_() % 2 == 0;
    if (random_() % 8 == 0) scoring_.failures.push_back(absl::UnavailableError("down"));
    if (random_() % 8 == 0) scoring_.failures.push_back(MakeError(absl::StatusCode::kNotFound, "NO_RULE_SET", "无"));
    EXPECT_TRUE(runner_->RunOnce().ok());
    if (random_() % 2 == 0) scoring_.Release();
    if (random_() % 5 == 0) publish_.Release();
  }

  // Another process takes over, and frees the leases as opening a store does;
  // answers to the old one come late and are void.
  void Die() {
    const auto forget_owners = [](SubmissionTransaction& transaction) -> absl::Status {
      JIXIAO_ASSIGN_OR_RETURN(auto tasks, transaction.DueTasks(absl::InfiniteFuture(), 1000));
      for (Task& task : tasks) {
        task.lease_owner.clear();
        JIXIAO_RETURN_IF_ERROR(transaction.PutTask(task));
      }
      return absl::OkStatus();
    };
    EXPECT_TRUE(WriteAndWait(store_, forget_owners).ok());
    old_runners_.push_back(std::move(runner_));
    runner_ = MakeRunner();
  }

  std::mt19937_64 random_;
  FakeClock clock_;
  testing::InMemorySubmissionStore store_;
  testing::FakeScoringClient scoring_;
  RememberingPublishClient publish_{clock_};
  std::unique_ptr<OutboxRunner> runner_;
  std::vector<std::unique_ptr<OutboxRunner>> old_runners_;
};

TEST(SubmissionWalkTest, KeepsASoundHistoryWhateverHappens) {
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    Walk walk(seed);
    for (int i = 0; i < 150; ++i) walk.Step();
    walk.ExpectSoundHistory();
    walk.Settle();
    walk.ExpectSoundHistory();
    walk.ExpectEverythingDone();
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace jixiao::intake
