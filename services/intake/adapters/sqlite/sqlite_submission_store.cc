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
      new SqliteSubmissionStore(options, std::move(lock), std::move(writer), std::move(readers)));
}

SqliteSubmissionStore::SqliteSubmissionStore(const SqliteStoreOptions& options, std::unique_ptr<StoreLock> lock,
                                             std::unique_ptr<SqliteConnection> writer,
                                             std::vector<std::unique_ptr<SqliteReader>> readers)
    : lock_(std::move(lock)),
      writer_(std::move(writer)),
      transaction_(*writer_),
      begin_(*writer_, "BEGIN IMMEDIATE"),
      savepoint_(*writer_, "SAVEPOINT one"),
      release_(*writer_, "RELEASE one"),
      rollback_to_(*writer_, "ROLLBACK TO one"),
      commit_(*writer_, "COMMIT"),
      rollback_(*writer_, "ROLLBACK"),
      queue_(
          options.limits, answers_, [this](WriteBatch& batch) { Commit(batch); },
          [this] {
            // Behind the answers: a checkpoint takes tens of milliseconds.
            if (writer_->log_pages() >= kMaxLogPages) Checkpoint();
          }) {
  readers_.Add(std::move(readers));
}

SqliteSubmissionStore::~SqliteSubmissionStore() = default;

void SqliteSubmissionStore::Write(WriteTopic topic, Work work, Done done) {
  queue_.Add({std::move(topic), std::move(work), std::move(done), absl::OkStatus()});
}

void SqliteSubmissionStore::Checkpoint() {
  const absl::Status status = writer_->Checkpoint();
  if (!status.ok()) LogWarning("checkpoint_failed", {{"problem", std::string(status.message())}});
}

// Without savepoints, which copy each page that a work touches. OK and nothing
// committed if a work failed after it had written: then the works have to be kept
// apart.
absl::StatusOr<bool> SqliteSubmissionStore::RunTogether(WriteBatch& batch) {
  JIXIAO_RETURN_IF_ERROR(begin_.Start().Run());
  for (PendingWrite& pending : batch) {
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

absl::Status SqliteSubmissionStore::RunOne(PendingWrite& pending) {
  JIXIAO_RETURN_IF_ERROR(savepoint_.Start().Run());
  transaction_.StartWork();
  pending.outcome = pending.work(transaction_);
  if (pending.outcome.ok()) return release_.Start().Run();
  // A full disk makes SQLite roll everything back on its own.
  if (writer_->IsIdle()) return pending.outcome;
  JIXIAO_RETURN_IF_ERROR(rollback_to_.Start().Run());
  return release_.Start().Run();
}

absl::Status SqliteSubmissionStore::RunApart(WriteBatch& batch) {
  JIXIAO_RETURN_IF_ERROR(begin_.Start().Run());
  for (PendingWrite& pending : batch) JIXIAO_RETURN_IF_ERROR(RunOne(pending));
  return commit_.Start().Run();
}

absl::Status SqliteSubmissionStore::RollBack() {
  return writer_->IsIdle() ? absl::OkStatus() : rollback_.Start().Run();
}

void SqliteSubmissionStore::Commit(WriteBatch& batch) {
  const absl::StatusOr<bool> together = RunTogether(batch);
  if (together.ok() && *together) return;
  const absl::Status committed = together.ok() ? RunApart(batch) : together.status();
  if (committed.ok()) return;
  const absl::Status rolled_back = RollBack();
  if (!rolled_back.ok()) LogError("rollback_failed", {{"problem", std::string(rolled_back.message())}});
  LogError("commit_failed",
           {{"writes", static_cast<int64_t>(batch.size())}, {"problem", std::string(committed.message())}});
  for (PendingWrite& pending : batch) pending.outcome = committed;
}

absl::Status SqliteSubmissionStore::Read(ReadOperation operation, const ReadWork& work) {
  return readers_.With([&](std::unique_ptr<SqliteReader>& reader) { return reader->Read(operation, work); });
}

}  // namespace jixiao::intake
