// For any service with an embedded store: SQL statements of one SQLite connection.
#ifndef JIXIAO_COMMON_SQLITE_SQLITE_STATEMENT_H_
#define JIXIAO_COMMON_SQLITE_SQLITE_STATEMENT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/sqlite/sqlite_connection.h"

struct sqlite3_stmt;

namespace jixiao {

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

}  // namespace jixiao

#endif  // JIXIAO_COMMON_SQLITE_SQLITE_STATEMENT_H_
