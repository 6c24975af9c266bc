#include "intake/adapters/sqlite/sqlite_submission_store.h"

#include <utility>

#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/sqlite/store_file.h"
#include "intake/adapters/sqlite/sqlite_tables.h"

namespace jixiao::intake {
namespace {

// 16 MB of log: short enough to read after a crash, long enough that a
// checkpoint writes each hot page once.
constexpr int kMaxLogPages = 2048;

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteSubmissionStore>> SqliteSubmissionStore::Open(SqliteStoreOptions options) {
  JIXIAO_ASSIGN_OR_RETURN(auto lock, StoreLock::Acquire(options.path));
  CreatePrivateFile(options.path);  // reports name people
  JIXIAO_ASSIGN_OR_RETURN(auto writer,
                          SqliteConnection::Open(options.path, SqliteConnection::Mode::kReadWrite, options.vfs));
  JIXIAO_RETURN_IF_ERROR(ConfigureWriter(*writer));
  JIXIAO_RETURN_IF_ERROR(BringUpToDate(StoreSchema(), *writer));
  // Whoever leased these held the lock before, so it is dead, and its tasks need
  // not wait. lease_until stays: a call it sent may still be on its way, and a
  // withdrawal has to come after that.
  JIXIAO_RETURN_IF_ERROR(writer->Execute("UPDATE outbox SET lease_owner = ''"));
  // By now the file and its log are there, and nothing was acknowledged yet.
  JIXIAO_RETURN_IF_ERROR(SyncFolderOf(options.path));
  writer->EndProcessOnIoError();
  std::vector<std::unique_ptr<SqliteReader>> readers;
  for (int i = 0; i < options.readers; ++i) {
    JIXIAO_ASSIGN_OR_RETURN(auto reader, SqliteReader::Open(options.path, options.vfs));
    readers.push_back(std::move(reader));
  }
  return std::unique_ptr<SqliteSubmissionStore>(
      new SqliteSubmissionStore(std::move(options), std::move(lock), std::move(writer), std::move(readers)));
}

SqliteSubmissionStore::SqliteSubmissionStore(SqliteStoreOptions options, std::unique_ptr<StoreLock> lock,
                                             std::unique_ptr<SqliteConnection> writer,
                                             std::vector<std::unique_ptr<SqliteReader>> readers)
    : options_(std::move(options)),
      lock_(std::move(lock)),
      writer_(std::move(writer)),
      transaction_(*writer_),
      begin_(*writer_, "BEGIN IMMEDIATE"),
      savepoint_(*writer_, "SAVEPOINT one"),
      release_(*writer_, "RELEASE one"),
      rollback_to_(*writer_, "ROLLBACK TO one"),
      commit_(*writer_, "COMMIT"),
      rollback_(*writer_, "ROLLBACK"),
      free_readers_(std::move(readers)),
      writer_thread_([this] { WriteLoop(); }),
      answer_thread_([this] { AnswerLoop(); }) {}

SqliteSubmissionStore::~SqliteSubmissionStore() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_closing_ = true;
    work_waits_.notify_all();
  }
  writer_thread_.join();
  {
    const std::lock_guard<std::mutex> lock(answers_mutex_);
    is_answering_done_ = true;
    answers_wait_.notify_all();
  }
  answer_thread_.join();
}

void SqliteSubmissionStore::Write(WriteTopic topic, Work work, Done done) {
  absl::Status refusal;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (is_closing_) {
      refusal = MakeError(absl::StatusCode::kUnavailable, "STORE_CLOSING", "服务正在停止，请稍后用同一请求编号重试");
      // One write that is larger than all that may be is taken when there is nothing else.
    } else if (queue_.size() >= options_.max_queue ||
               (bytes_in_flight_ > 0 && bytes_in_flight_ + topic.bytes > options_.max_bytes)) {
      refusal = Overloaded("系统繁忙，请稍后用同一请求编号重试", absl::Seconds(1));
    } else {
      bytes_in_flight_ += topic.bytes;
      queue_.push_back({std::move(work), std::move(done), topic.bytes, absl::OkStatus()});
      if (queue_.size() == 1) work_waits_.notify_one();
      return;
    }
  }
  done(std::move(refusal));
}

SqliteSubmissionStore::Batch SqliteSubmissionStore::TakeBatch() {
  std::unique_lock<std::mutex> lock(mutex_);
  work_waits_.wait(lock, [this] { return is_closing_ || !queue_.empty(); });
  Batch batch;
  while (!queue_.empty() && batch.size() < options_.max_batch) {
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return batch;
}

// Writes that arrive during a commit form the next batch, so a slow disk makes
// batches larger and needs no timer.
void SqliteSubmissionStore::WriteLoop() {
  for (Batch batch = TakeBatch(); !batch.empty(); batch = TakeBatch()) {
    Commit(batch);
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      for (const Pending& pending : batch) bytes_in_flight_ -= pending.bytes;
    }
    {
      const std::lock_guard<std::mutex> lock(answers_mutex_);
      answers_.push_back(std::move(batch));
      answers_wait_.notify_one();
    }
    // After the answers: a checkpoint takes tens of milliseconds.
    if (writer_->log_pages() >= kMaxLogPages) Checkpoint();
  }
}

void SqliteSubmissionStore::Checkpoint() {
  const absl::Status status = writer_->Checkpoint();
  if (!status.ok()) LogWarning("checkpoint_failed", {{"problem", std::string(status.message())}});
}

// Without savepoints, which copy each page that a work touches. OK and nothing
// committed if a work failed after it had written: then the works have to be kept
// apart.
absl::StatusOr<bool> SqliteSubmissionStore::RunTogether(Batch& batch) {
  JIXIAO_RETURN_IF_ERROR(begin_.Start().Run());
  for (Pending& pending : batch) {
    const int64_t changes = writer_->total_changes();
    transaction_.StartWork();
    pending.outcome = pending.work(transaction_);
    if (pending.outcome.ok()) continue;
    if (writer_->IsIdle() || writer_->total_changes() != changes) {
      JIXIAO_RETURN_IF_ERROR(RollBack());
      return false;
    }
  }
  JIXIAO_RETURN_IF_ERROR(commit_.Start().Run());
  return true;
}

absl::Status SqliteSubmissionStore::RunOne(Pending& pending) {
  JIXIAO_RETURN_IF_ERROR(savepoint_.Start().Run());
  transaction_.StartWork();
  pending.outcome = pending.work(transaction_);
  if (pending.outcome.ok()) return release_.Start().Run();
  // A full disk makes SQLite roll everything back on its own.
  if (writer_->IsIdle()) return pending.outcome;
  JIXIAO_RETURN_IF_ERROR(rollback_to_.Start().Run());
  return release_.Start().Run();
}

absl::Status SqliteSubmissionStore::RunApart(Batch& batch) {
  JIXIAO_RETURN_IF_ERROR(begin_.Start().Run());
  for (Pending& pending : batch) JIXIAO_RETURN_IF_ERROR(RunOne(pending));
  return commit_.Start().Run();
}

absl::Status SqliteSubmissionStore::RollBack() {
  return writer_->IsIdle() ? absl::OkStatus() : rollback_.Start().Run();
}

void SqliteSubmissionStore::Commit(Batch& batch) {
  const absl::StatusOr<bool> together = RunTogether(batch);
  if (together.ok() && *together) return;
  const absl::Status committed = together.ok() ? RunApart(batch) : together.status();
  if (committed.ok()) return;
  const absl::Status rolled_back = RollBack();
  if (!rolled_back.ok()) LogError("rollback_failed", {{"problem", std::string(rolled_back.message())}});
  LogError("commit_failed",
           {{"writes", static_cast<int64_t>(batch.size())}, {"problem", std::string(committed.message())}});
  for (Pending& pending : batch) pending.outcome = committed;
}

void SqliteSubmissionStore::AnswerLoop() {
  for (;;) {
    std::deque<Batch> ready;
    {
      std::unique_lock<std::mutex> lock(answers_mutex_);
      answers_wait_.wait(lock, [this] { return is_answering_done_ || !answers_.empty(); });
      if (answers_.empty()) return;
      ready.swap(answers_);
    }
    for (Batch& batch : ready) {
      const LogTogether lines;
      for (Pending& pending : batch) pending.done(std::move(pending.outcome));
    }
  }
}

absl::Status SqliteSubmissionStore::Read(ReadOperation operation, const ReadWork& work) {
  std::unique_ptr<SqliteReader> reader;
  {
    std::unique_lock<std::mutex> lock(readers_mutex_);
    reader_free_.wait(lock, [this] { return !free_readers_.empty(); });
    reader = std::move(free_readers_.back());
    free_readers_.pop_back();
  }
  absl::Status status = reader->Read(operation, work);
  {
    const std::lock_guard<std::mutex> lock(readers_mutex_);
    free_readers_.push_back(std::move(reader));
    reader_free_.notify_one();
  }
  return status;
}

}  // namespace jixiao::intake
