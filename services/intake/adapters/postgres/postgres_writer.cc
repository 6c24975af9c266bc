#include "intake/adapters/postgres/postgres_writer.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "intake/adapters/postgres/postgres_schema.h"
#include "intake/adapters/postgres/postgres_statements.h"
#include "intake/adapters/postgres/postgres_transaction.h"

namespace jixiao::intake {
namespace {

// After a write ran out of time waiting for a lock, its holder probably keeps it a
// while longer. If every write that needs the lock waited the full timeout, the
// writes queued behind them would wait for the sum. So timeouts are short for
// this long.
constexpr absl::Duration kContentionPeriod = absl::Seconds(10);

// All statements of a writer look up some rows by their keys. Without statistics,
// as in a season's first hours, the planner would read whole tables instead.
constexpr char kByKeysOnly[] =
    "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off; "
    "SET plan_cache_mode = force_generic_plan";

absl::Status OutcomeUnknown() {
  return MakeError(absl::StatusCode::kUnavailable, "STORE_OUTCOME_UNKNOWN",
                   "未能确认是否已保存，请用同一请求编号重试；如已保存，不会重复受理");
}

void AnswerAll(WriteBatch& batch, const absl::Status& status) {
  for (PendingWrite& pending : batch) pending.outcome = status;
}

}  // namespace

PostgresWriter::PostgresWriter(PostgresWriterOptions options, PostgresPrimary& primary,
                               std::unique_ptr<PostgresConnection> connection, AnswerThread& answers)
    : options_(std::move(options)),
      primary_(primary),
      connection_(std::move(connection)),
      random_(std::random_device()()),
      queue_(options_.limits, answers, [this](WriteBatch& batch) { Commit(batch); }) {}

absl::StatusOr<std::unique_ptr<PostgresConnection>> PostgresWriter::Connect(const PostgresWriterOptions& options,
                                                                            PostgresPrimary& primary) {
  JIXIAO_ASSIGN_OR_RETURN(auto connection, primary.Connect());
  // Each time: behind the same address there may be another server by now.
  JIXIAO_RETURN_IF_ERROR(CheckPostgresIsDurable(*connection, NeedsStandby(options.standby, options.uri)));
  JIXIAO_RETURN_IF_ERROR(UsePostgresSchema(*connection, options.program));
  JIXIAO_RETURN_IF_ERROR(connection->Execute(kByKeysOnly));
  JIXIAO_RETURN_IF_ERROR(connection->StartPipeline(sql::WriterStatements()));
  return connection;
}

absl::Status PostgresWriter::Try(WriteBatch& batch, bool& is_commit_sent) {
  if (connection_ != nullptr && !primary_.IsCurrent(*connection_)) {
    LogWarning("postgres_primary_replaced", {{"timeline", connection_->timeline()}});
    connection_ = nullptr;
  }
  if (connection_ == nullptr) JIXIAO_RETURN_IF_ERROR(Reconnect());
  PostgresTransaction transaction(*connection_);
  std::vector<const WriteTopic*> topics;
  for (const PendingWrite& pending : batch) topics.push_back(&pending.topic);
  JIXIAO_RETURN_IF_ERROR(transaction.Begin(topics, absl::Now() < contention_end_));
  for (PendingWrite& pending : batch) {
    pending.outcome = pending.work(transaction);
    JIXIAO_RETURN_IF_ERROR(transaction.failure());
    if (pending.outcome.ok()) {
      transaction.Keep();
    } else {
      transaction.Undo();
    }
  }
  is_commit_sent = true;
  return transaction.Commit();
}

void PostgresWriter::Commit(WriteBatch& batch) {
  for (int attempt = 1;; ++attempt) {
    bool is_commit_sent = false;
    const absl::Status status = Try(batch, is_commit_sent);
    if (status.ok()) return;
    if (connection_ == nullptr) return AnswerAll(batch, status);  // and no server in time
    const PostgresFailure failure = connection_->failure();
    Rollback();
    if (failure == PostgresFailure::kBusy) contention_end_ = absl::Now() + kContentionPeriod;
    if (failure == PostgresFailure::kLost && is_commit_sent) return AnswerAll(batch, OutcomeUnknown());
    const bool is_worth_a_try = failure == PostgresFailure::kConflict || failure == PostgresFailure::kLost;
    if (is_worth_a_try && attempt < options_.max_attempts) {
      Pause(attempt);
      continue;
    }
    // One of them may be what the database refuses, or what somebody else locks.
    if (batch.size() > 1 && failure != PostgresFailure::kDiskFull && failure != PostgresFailure::kLost) {
      return CommitOneByOne(batch);
    }
    LogError("commit_failed",
             {{"writes", static_cast<int64_t>(batch.size())}, {"problem", std::string(status.message())}});
    return AnswerAll(batch, status);
  }
}

void PostgresWriter::CommitOneByOne(WriteBatch& batch) {
  for (PendingWrite& pending : batch) {
    WriteBatch single;
    single.push_back(std::move(pending));
    Commit(single);
    pending = std::move(single.front());
  }
}

void PostgresWriter::Rollback() {
  // Who holds the lock may be a COMMIT on a server that was replaced, waiting for
  // a standby that left: look where the primary is.
  const bool is_busy = connection_->failure() == PostgresFailure::kBusy;
  if (!connection_->is_lost()) {
    connection_->Send(sql::kRollback);
    const bool is_usable = connection_->Finish().ok() && (!is_busy || EndHungSessions());
    if (is_usable && !(is_busy && primary_.has_choice())) return;
  }
  connection_ = nullptr;
}

// Who holds the lock may also be an instance that stands still.
bool PostgresWriter::EndHungSessions() {
  PostgresParams limit;
  limit.Number(absl::ToInt64Milliseconds(options_.timeouts.idle_in_transaction));
  const absl::StatusOr<PostgresResult> ended = connection_->Query(sql::kEndHungSessions, limit);
  if (!ended.ok()) return false;
  const int64_t count = PostgresRow(*ended, 0).Number(0);
  if (count > 0) LogWarning("postgres_hung_sessions_ended", {{"sessions", count}});
  return true;
}

// Instances that lost the same server do not come back in step.
absl::Status PostgresWriter::Reconnect() {
  const absl::Time end = absl::Now() + options_.patience;
  for (int attempt = 1;; ++attempt) {
    absl::StatusOr<std::unique_ptr<PostgresConnection>> connection = Connect(options_, primary_);
    if (connection.ok()) {
      connection_ = *std::move(connection);
      LogInfo("postgres_reconnected", {{"attempts", attempt}});
      return absl::OkStatus();
    }
    const bool is_hopeless = connection.status().code() == absl::StatusCode::kFailedPrecondition;
    if (is_hopeless) return UnavailableIfUnfit(connection.status());
    if (queue_.is_closing() || absl::Now() > end) return StoreUnavailable("no server in time");
    Pause(attempt + 3);
  }
}

// About 2, 4, 8 … up to 250 milliseconds, half of it at random.
void PostgresWriter::Pause(int attempt) {
  const int most = std::min(250, 1 << std::min(attempt, 10));
  const int millis = most / 2 + static_cast<int>(random_() % static_cast<unsigned>(most / 2 + 1));
  absl::SleepFor(absl::Milliseconds(millis));
}

}  // namespace jixiao::intake
