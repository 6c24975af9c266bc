// Speaks to SQLite: one statement, bound and stepped, errors as statuses.
#ifndef JIXIAO_PUBLISH_ADAPTERS_SQLITE_STATEMENT_H_
#define JIXIAO_PUBLISH_ADAPTERS_SQLITE_STATEMENT_H_

#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace jixiao::publish {

// What the last failure of `database` means for the caller. Ends the process
// after a failed sync or write to disk: what was acknowledged must stay true.
absl::Status SqliteError(sqlite3* database);

// Runs statements without parameters or results.
absl::Status Execute(sqlite3* database, const char* sql);

class Statement {
 public:
  Statement(sqlite3* database, const char* sql);
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  // Parameters in order of their `?`.
  Statement& Bind(int64_t value);
  Statement& Bind(const std::optional<int64_t>& value);
  Statement& Bind(std::string_view text);
  Statement& BindBlob(std::string_view bytes);
  Statement& BindNull();

  // True if there is a row to read, false at the end.
  absl::StatusOr<bool> Step();

  // Steps to the end.
  absl::Status Run();

  // Columns of the row, from 0.
  int64_t Integer(int column) const { return sqlite3_column_int64(statement_, column); }
  std::optional<int64_t> OptionalInteger(int column) const;
  std::string Text(int column) const;
  bool IsNull(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

 private:
  sqlite3* const database_;
  sqlite3_stmt* statement_ = nullptr;
  int next_ = 1;
  int problem_ = SQLITE_OK;
};

// Rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(sqlite3* database) : database_(database) {}
  ~Transaction();
  absl::Status Begin();
  absl::Status Commit();

 private:
  sqlite3* const database_;
  bool is_open_ = false;
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_ADAPTERS_SQLITE_STATEMENT_H_
