#include "intake/core/tasks/outbox_runner.h"

#include <chrono>
#include <utility>

#include "common/base/status_macros.h"
#include "intake/core/tasks/task_results.h"

namespace jixiao::intake {

namespace {

// What a call to another service is made of.
struct Material {
  VersionRecord version;
  std::string report_bytes;
  ReviewNotes notes;
  std::string score_card_bytes;  // to be published
};

absl::StatusOr<Material> ReadMaterial(SubmissionReads& reads, const Task& task) {
  Material material;
  JIXIAO_ASSIGN_OR_RETURN(material.version, Found(reads.FindVersion(task.key)));
  JIXIAO_ASSIGN_OR_RETURN(VersionDocuments documents, Found(reads.FindDocuments(task.key)));
  material.report_bytes = std::move(documents.report_bytes);
  JIXIAO_ASSIGN_OR_RETURN(material.notes, reads.FindReviewNotes(task.key));
  if (task.kind == TaskKind::kPublish) {
    JIXIAO_ASSIGN_OR_RETURN(material.score_card_bytes, reads.FindScoreCard(task.key));
  }
  return material;
}

// What intake knows and the report does not say.
scoring::v1::ScoringContext ContextOf(const VersionRecord& version, const ReviewNotes& notes) {
  scoring::v1::ScoringContext context;
  if (!version.registered_unit_name.empty()) context.set_registered_unit_name(version.registered_unit_name);
  const v1::Receipt& receipt = version.version.receipt();
  if (receipt.has_lateness()) context.set_late_working_day_count(receipt.lateness().working_days_late());
  for (const v1::WorkConfirmation& confirmation : notes.confirmations) {
    scoring::v1::ConfirmedWorkScore& score = *context.add_confirmed_work_scores();
    score.set_criterion_id(confirmation.criterion_id());
    score.set_score_milli(confirmation.score_milli());
  }
  return context;
}

}  // namespace

// One leased task on its way; kept alive by the callbacks that wait for it.
class OutboxRunner::Attempt : public std::enable_shared_from_this<OutboxRunner::Attempt> {
 public:
  Attempt(OutboxRunner& runner, Task task) : runner_(runner), task_(std::move(task)) {}

  void Run() {
    const absl::Status prepared = task_.kind == TaskKind::kWithdraw ? Withdraw() : ScoreOrPublish();
    if (!prepared.ok()) Fail(prepared);
  }

 private:
  using Write = std::function<absl::StatusOr<bool>(SubmissionTransaction&)>;

  absl::Time Deadline() const { return runner_.clock_.Now() + runner_.options_.call_timeout; }

  absl::Status ScoreOrPublish() {
    const auto read = [this](SubmissionReads& reads) { return ReadMaterial(reads, task_); };
    JIXIAO_ASSIGN_OR_RETURN(Material material, ReadFrom(runner_.store_, ReadOperation::kTask, read));
    trace_id_ = material.version.version.receipt().trace_id();
    return task_.kind == TaskKind::kScore ? Score(std::move(material)) : Publish(std::move(material));
  }

  absl::Status Score(Material material) {
    ScoringCall call{.report_bytes = std::move(material.report_bytes),
                     .report_digest = material.version.version.receipt().report_digest(),
                     .rule_set = material.version.rule_set,
                     .context = ContextOf(material.version, material.notes),
                     .deadline = Deadline(),
                     .trace_id = trace_id_};
    runner_.scoring_.Score(std::move(call), [self = shared_from_this()](absl::StatusOr<std::string> card) {
      if (!card.ok()) return self->Fail(card.status());
      self->Scored(*std::move(card));
    });
    return absl::OkStatus();
  }

  void Scored(std::string card_bytes) {
    absl::StatusOr<ScoreResult> result = ReadScoreResult(std::move(card_bytes));
    if (!result.ok()) return Fail(result.status());
    result->is_auto_approved = runner_.options_.auto_approve;
    const absl::Time now = runner_.clock_.Now();
    Record(absl::OkStatus(), [task = task_, result = *std::move(result), now](SubmissionTransaction& transaction) {
      return RecordScore(transaction, task, result, now);
    });
  }

  absl::Status Publish(Material material) {
    PublishCall call{.submission_version = FormatVersionName(task_.key),
                     .report_bytes = std::move(material.report_bytes),
                     .report_digest = material.version.version.receipt().report_digest(),
                     .score_card_bytes = std::move(material.score_card_bytes),
                     .approval_reason = task_.reason,
                     .explanations = std::move(material.notes.explanations),
                     .deadline = Deadline(),
                     .trace_id = trace_id_};
    runner_.publish_.Publish(std::move(call), [self = shared_from_this()](absl::StatusOr<std::string> page_path) {
      if (!page_path.ok()) return self->Fail(page_path.status());
      const absl::Time now = self->runner_.clock_.Now();
      self->Record(absl::OkStatus(), [task = self->task_, path = *page_path, now](SubmissionTransaction& transaction) {
        return RecordPublished(transaction, task, path, now);
      });
    });
    return absl::OkStatus();
  }

  absl::Status Withdraw() {
    const auto read = [this](SubmissionReads& reads) { return Found(reads.FindVersion(task_.key)); };
    JIXIAO_ASSIGN_OR_RETURN(const VersionRecord version, ReadFrom(runner_.store_, ReadOperation::kTask, read));
    trace_id_ = version.version.receipt().trace_id();
    WithdrawCall call{FormatVersionName(task_.key), task_.reason, Deadline(), trace_id_};
    runner_.publish_.Withdraw(std::move(call), [self = shared_from_this()](const absl::Status& status) {
      // Approved but never public: there is nothing to take down.
      if (!status.ok() && status.code() != absl::StatusCode::kNotFound) return self->Fail(status);
      self->Record(absl::OkStatus(), [task = self->task_](SubmissionTransaction& transaction) {
        return RecordTakenDown(transaction, task);
      });
    });
    return absl::OkStatus();
  }

  void Fail(const absl::Status& failure) {
    const Remedy remedy = RemedyFor(task_.kind, failure);
    const std::string problem = ProblemText(task_.kind, failure, task_.attempts);
    const absl::Time now = runner_.clock_.Now();
    const absl::Time retry_time = runner_.RetryTime(remedy, task_.attempts);
    const bool is_failed = task_.kind == TaskKind::kScore && remedy != Remedy::kRetry;
    Record(failure, [=, task = task_](SubmissionTransaction& transaction) {
      return is_failed ? RecordScoringFailure(transaction, task, problem, now, retry_time)
                       : RecordRetry(transaction, task, problem, retry_time);
    });
  }

  // Writes the result. If that fails too the lease runs out and the task comes
  // again, with the same result.
  void Record(absl::Status result, Write write) {
    const auto applied = std::make_shared<bool>(false);
    runner_.store_.Write(
        {task_.key.submission, ""},
        [write = std::move(write), applied](SubmissionTransaction& transaction) -> absl::Status {
          JIXIAO_ASSIGN_OR_RETURN(*applied, write(transaction));
          return absl::OkStatus();
        },
        [self = shared_from_this(), applied, result = std::move(result)](const absl::Status& status) {
          const bool is_lost = status.ok() && !*applied;
          self->runner_.Finish({self->task_.kind, FormatVersionName(self->task_.key), self->trace_id_,
                                self->task_.attempts, result.ok() ? status : result, is_lost});
        });
  }

  OutboxRunner& runner_;
  const Task task_;
  std::string trace_id_;
};

OutboxRunner::OutboxRunner(SubmissionStore& store, ScoringClient& scoring, PublishClient& publish, const Clock& clock,
                           OutboxOptions options, uint64_t random_seed, Observer observer)
    : store_(store),
      scoring_(scoring),
      publish_(publish),
      clock_(clock),
      options_(std::move(options)),
      observer_(std::move(observer)),
      random_(random_seed) {}

OutboxRunner::~OutboxRunner() { Stop(); }

absl::StatusOr<std::vector<Task>> OutboxRunner::LeaseDue(int limit) {
  const absl::Time now = clock_.Now();
  const auto leased = std::make_shared<std::vector<Task>>();
  JIXIAO_RETURN_IF_ERROR(WriteAndWait(store_, [&, leased](SubmissionTransaction& transaction) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(*leased, transaction.DueTasks(now, limit));
    for (Task& task : *leased) {
      JIXIAO_RETURN_IF_ERROR(LeaseTask(transaction, task, options_.owner, now + options_.lease));
    }
    return absl::OkStatus();
  }));
  return std::move(*leased);
}

absl::StatusOr<int> OutboxRunner::RunOnce() {
  int limit = 0;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    limit = options_.max_in_flight - in_flight_;
  }
  if (limit <= 0) return 0;
  JIXIAO_ASSIGN_OR_RETURN(std::vector<Task> tasks, LeaseDue(limit));
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    in_flight_ += static_cast<int>(tasks.size());
  }
  for (Task& task : tasks) std::make_shared<Attempt>(*this, std::move(task))->Run();
  return static_cast<int>(tasks.size());
}

absl::Time OutboxRunner::RetryTime(Remedy remedy, int attempts) {
  const std::lock_guard<std::mutex> lock(mutex_);
  switch (remedy) {
    case Remedy::kGiveUp: return absl::InfiniteFuture();
    case Remedy::kBlocked: return clock_.Now() + options_.retry.blocked_delay;
    case Remedy::kRetry: break;
  }
  return clock_.Now() + DelayAfter(attempts, options_.retry, random_);
}

void OutboxRunner::Finish(const TaskReport& report) {
  observer_(report);
  // Notified under the lock: after the last one the runner may be gone.
  const std::lock_guard<std::mutex> lock(mutex_);
  --in_flight_;
  is_awake_ = true;
  changed_.notify_all();
}

void OutboxRunner::WaitUntilIdle() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return in_flight_ == 0; });
}

void OutboxRunner::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void OutboxRunner::Stop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
  WaitUntilIdle();
}

void OutboxRunner::Wake() {
  const std::lock_guard<std::mutex> lock(mutex_);
  is_awake_ = true;
  changed_.notify_all();
}

void OutboxRunner::Loop() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!is_stopping_) {
    is_awake_ = false;
    lock.unlock();
    const absl::StatusOr<int> started = RunOnce();
    lock.lock();
    // Something was started: there may be more. Otherwise wait for news.
    if (started.ok() && *started > 0 && in_flight_ < options_.max_in_flight) continue;
    changed_.wait_for(lock, absl::ToChronoNanoseconds(options_.poll_interval),
                      [this] { return is_stopping_ || (is_awake_ && in_flight_ <= options_.max_in_flight / 2); });
  }
}

}  // namespace jixiao::intake
