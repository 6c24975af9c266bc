// For any service with an embedded store: one connection to a SQLite database,
// and SQLite's codes as statuses. Only this room includes sqlite3.h.
#ifndef JIXIAO_COMMON_SQLITE_SQLITE_CONNECTION_H_
#define JIXIAO_COMMON_SQLITE_SQLITE_CONNECTION_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

struct sqlite3;

namespace jixiao {

// Used by one thread at a time.
class SqliteConnection {
 public:
  enum class Mode { kReadWrite, kReadOnly };

  // `vfs` is empty for the system's. FAILED_PRECONDITION if it cannot be opened.
  static absl::StatusOr<std::unique_ptr<SqliteConnection>> Open(const std::string& path, Mode mode,
                                                                const std::string& vfs = "");
  ~SqliteConnection();

  // From here on an I/O error ends the process, with an error line and exit code
  // 74: the kernel may have dropped what was not flushed, and SQLite alone would
  // carry on acknowledging. Called once the store is open.
  void EndProcessOnIoError() { ends_process_ = true; }

  // Runs one or more statements without results.
  absl::Status Execute(const char* sql);
  // The first column of the first row; empty if there is none.
  absl::StatusOr<std::string> QueryText(const char* sql);

  // True if no transaction is open: SQLite may roll back on its own when the
  // disk is full.
  bool IsIdle() const;
  // What the last insert into a table with a number as its key was numbered, how
  // many rows the last change changed, and how many all changes have so far.
  int64_t last_row() const;
  int64_t changed_rows() const;
  int64_t total_changes() const;

  // From here on log_pages gives the pages in the write-ahead log after the last
  // commit; SQLite no longer moves them into the database on its own.
  absl::Status CountLogPages();
  int log_pages() const { return log_pages_; }
  // Moves the log into the database, as far as no reader is in the way.
  absl::Status Checkpoint();

  // `code` as a status.
  //   RESOURCE_EXHAUSTED  disk or database full
  //   UNAVAILABLE         busy or locked
  //   DATA_LOSS           corrupt
  //   INTERNAL            everything else
  absl::Status ToStatus(int code);

  sqlite3* handle() { return db_; }

 private:
  SqliteConnection(sqlite3* db, std::string path);

  sqlite3* const db_;
  const std::string path_;
  bool ends_process_ = false;
  int log_pages_ = 0;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_SQLITE_SQLITE_CONNECTION_H_
