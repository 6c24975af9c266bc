// Keeps submissions in SQLite. One connection and one thread write; all writes
// that wait share one transaction and one flush (group commit), each with an
// outcome of its own. Other connections only read.
#ifndef JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_SUBMISSION_STORE_H_
#define JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_SUBMISSION_STORE_H_

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "common/sqlite/sqlite_connection.h"
#include "common/sqlite/sqlite_statement.h"
#include "common/sqlite/store_file.h"
#include "intake/adapters/sqlite/sqlite_reader.h"
#include "intake/adapters/sqlite/sqlite_transaction.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

struct SqliteStoreOptions {
  std::string path;               // of the database file; its folder exists
  int readers = 4;                // read-only connections
  size_t max_batch = 256;         // writes in one transaction
  size_t max_queue = 2048;        // writes that wait; more are refused
  size_t max_bytes = 256 << 20U;  // that writes hold until they are committed; likewise
  std::string vfs;                // empty: the system's
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
  struct Pending {
    Work work;
    Done done;
    size_t bytes = 0;
    absl::Status outcome;
  };
  using Batch = std::vector<Pending>;

  SqliteSubmissionStore(SqliteStoreOptions options, std::unique_ptr<StoreLock> lock,
                        std::unique_ptr<SqliteConnection> writer, std::vector<std::unique_ptr<SqliteReader>> readers);

  void WriteLoop();
  void AnswerLoop();
  Batch TakeBatch();
  void Commit(Batch& batch);
  absl::StatusOr<bool> RunTogether(Batch& batch);
  absl::Status RunApart(Batch& batch);
  absl::Status RunOne(Pending& pending);
  absl::Status RollBack();
  void Checkpoint();

  const SqliteStoreOptions options_;
  const std::unique_ptr<StoreLock> lock_;
  const std::unique_ptr<SqliteConnection> writer_;
  SqliteTransaction transaction_;
  SqliteStatement begin_, savepoint_, release_, rollback_to_, commit_, rollback_;

  std::mutex readers_mutex_;
  std::condition_variable reader_free_;
  std::vector<std::unique_ptr<SqliteReader>> free_readers_;

  std::mutex mutex_;
  std::condition_variable work_waits_;
  std::deque<Pending> queue_;
  size_t bytes_in_flight_ = 0;
  bool is_closing_ = false;

  std::mutex answers_mutex_;
  std::condition_variable answers_wait_;
  std::deque<Batch> answers_;
  bool is_answering_done_ = false;

  std::thread writer_thread_;
  std::thread answer_thread_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_SUBMISSION_STORE_H_
