// Keeps submissions in SQLite. One connection and one thread write; all writes
// that wait share one transaction and one flush (group commit), each with an
// outcome of its own. Other connections only read.
#ifndef JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_SUBMISSION_STORE_H_
#define JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_SUBMISSION_STORE_H_

#include <memory>
#include <string>
#include <vector>

#include "common/sqlite/sqlite_connection.h"
#include "common/sqlite/sqlite_statement.h"
#include "common/sqlite/store_file.h"
#include "intake/adapters/sqlite/sqlite_reader.h"
#include "intake/adapters/sqlite/sqlite_transaction.h"
#include "intake/adapters/store/commit_queue.h"
#include "intake/adapters/store/reader_pool.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

struct SqliteStoreOptions {
  std::string path;  // of the database file; its folder exists
  int readers = 4;   // read-only connections
  CommitQueueLimits limits = {.max_batch = 256, .max_queue = 2048, .max_bytes = 256 << 20U};
  std::string vfs;  // empty: the system's
};

// Thread-safe.
//
// An I/O error while writing ends the process at once, with an error line.
class SqliteSubmissionStore : public SubmissionStore {
 public:
  // FAILED_PRECONDITION with a sentence for the operator if the store is in use
  // by another process, cannot be made durable, or is from a newer program.
  static absl::StatusOr<std::unique_ptr<SqliteSubmissionStore>> Open(SqliteStoreOptions options);

  // Carries out what waits, then closes.
  ~SqliteSubmissionStore() override;

  using SubmissionStore::Write;
  void Write(WriteTopic topic, Work work, Done done) override;
  absl::Status Read(ReadOperation operation, const ReadWork& work) override;

 private:
  SqliteSubmissionStore(const SqliteStoreOptions& options, std::unique_ptr<StoreLock> lock,
                        std::unique_ptr<SqliteConnection> writer, std::vector<std::unique_ptr<SqliteReader>> readers);

  void Commit(WriteBatch& batch);
  absl::StatusOr<bool> RunTogether(WriteBatch& batch);
  absl::Status RunApart(WriteBatch& batch);
  absl::Status RunOne(PendingWrite& write);
  absl::Status RollBack();
  void Checkpoint();

  const std::unique_ptr<StoreLock> lock_;
  const std::unique_ptr<SqliteConnection> writer_;
  SqliteTransaction transaction_;
  SqliteStatement begin_, savepoint_, release_, rollback_to_, commit_, rollback_;
  ReaderPool<SqliteReader> readers_;
  AnswerThread answers_;
  CommitQueue queue_;  // last: its thread uses all others
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_SUBMISSION_STORE_H_
