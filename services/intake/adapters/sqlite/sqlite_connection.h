// Speaks to one SQLite database: connections, prepared statements, and SQLite's
// codes as statuses. The only files that include sqlite3.h are this room's
// sqlite_* files.
#ifndef JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_CONNECTION_H_
#define JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_CONNECTION_H_

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace jixiao::intake {

// One connection, used by one thread at a time.
class SqliteConnection {
 public:
  enum class Mode { kReadWrite, kReadOnly };

  // `vfs` is empty for the system's. FAILED_PRECONDITION if it cannot be opened.
  static absl::StatusOr<std::unique_ptr<SqliteConnection>> Open(const std::string& path, Mode mode,
                                                                const std::string& vfs);
  ~SqliteConnection();

  // Runs one or more statements without results.
  absl::Status Execute(const char* sql);

  // The first column of the first row; empty if there is none.
  absl::StatusOr<std::string> QueryText(const char* sql);

  // True if no transaction is open: SQLite may roll back on its own when the
  // disk is full.
  bool IsIdle() const { return sqlite3_get_autocommit(db_) != 0; }

  // What the last insert into a table with a number as its key was numbered, and
  // how many rows the last change changed.
  int64_t last_row() const { return sqlite3_last_insert_rowid(db_); }
  int64_t changed_rows() const { return sqlite3_changes64(db_); }

  // True once any call here failed with an I/O error. What is in the page cache
  // of the kernel is then unknown; nothing may be acknowledged any more.
  bool has_io_error() const { return has_io_error_; }

  // `code` as a status; remembers I/O errors.
  //   RESOURCE_EXHAUSTED  disk or database full
  //   UNAVAILABLE         busy or locked
  //   DATA_LOSS           corrupt
  //   INTERNAL            everything else
  absl::Status ToStatus(int code);

  sqlite3* handle() { return db_; }

 private:
  explicit SqliteConnection(sqlite3* db) : db_(db) {}

  sqlite3* db_;
  bool has_io_error_ = false;
};

// A statement prepared once and run many times: bind all parameters in order,
// then Step until it gives false or fails.
class SqliteStatement {
 public:
  // `sql` is ours: a failure to prepare it ends the process.
  SqliteStatement(SqliteConnection& connection, const char* sql);
  ~SqliteStatement();
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  // Makes it ready to bind from the first parameter.
  SqliteStatement& Start();
  // Bound text is not copied: it has to live until the next Start.
  SqliteStatement& Bind(std::string_view text);
  SqliteStatement& BindBlob(std::string_view bytes);
  SqliteStatement& Bind(int64_t number);
  SqliteStatement& Bind(int number) { return Bind(static_cast<int64_t>(number)); }
  SqliteStatement& BindNull();

  // True if there is a row. Resets the statement when it ends or fails, so that
  // no read transaction stays open.
  absl::StatusOr<bool> Step();
  // Step for statements without rows.
  absl::Status Run();

  int64_t Number(int column);
  std::string Text(int column);  // text or blob
  bool IsNull(int column);

 private:
  SqliteConnection& connection_;
  sqlite3_stmt* statement_ = nullptr;
  int next_parameter_ = 1;
};

// Ends a read early, for results of which only a part was taken.
class SqliteReset {
 public:
  explicit SqliteReset(SqliteStatement& statement) : statement_(statement) {}
  ~SqliteReset() { statement_.Start(); }

 private:
  SqliteStatement& statement_;
};

// Makes the reads of its life see one state of the database.
class SqliteSnapshot {
 public:
  // `begin` and `commit` are those statements.
  SqliteSnapshot(SqliteStatement& begin, SqliteStatement& commit) : commit_(commit), status_(begin.Start().Run()) {}
  // A read-only transaction has nothing to lose.
  ~SqliteSnapshot() {
    if (status_.ok()) commit_.Start().Run().IgnoreError();
  }
  const absl::Status& status() const { return status_; }

 private:
  SqliteStatement& commit_;
  const absl::Status status_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_CONNECTION_H_
