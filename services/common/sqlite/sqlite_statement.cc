#include "common/sqlite/sqlite_statement.h"

#include <sqlite3.h>

#include <utility>

#include "common/base/log.h"

namespace jixiao {

SqliteStatement::SqliteStatement(SqliteConnection& connection, const char* sql) : connection_(connection) {
  const int code = sqlite3_prepare_v3(connection.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
  if (code != SQLITE_OK)
    LogError("statement_not_prepared", {{"sql", sql}, {"problem", sqlite3_errmsg(connection.handle())}});
  JIXIAO_CHECK(code == SQLITE_OK);
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(statement_); }

SqliteStatement& SqliteStatement::Start() {
  sqlite3_reset(statement_);
  next_parameter_ = 1;
  return *this;
}

SqliteStatement& SqliteStatement::Bind(std::string_view text) {
  // A null pointer would bind NULL.
  const char* data = text.data() == nullptr ? "" : text.data();
  const int code = sqlite3_bind_text(statement_, next_parameter_++, data, static_cast<int>(text.size()), SQLITE_STATIC);
  JIXIAO_CHECK(code == SQLITE_OK);
  return *this;
}

SqliteStatement& SqliteStatement::BindBlob(std::string_view bytes) {
  const char* data = bytes.data() == nullptr ? "" : bytes.data();
  const int code =
      sqlite3_bind_blob(statement_, next_parameter_++, data, static_cast<int>(bytes.size()), SQLITE_STATIC);
  JIXIAO_CHECK(code == SQLITE_OK);
  return *this;
}

SqliteStatement& SqliteStatement::Bind(int64_t number) {
  JIXIAO_CHECK(sqlite3_bind_int64(statement_, next_parameter_++, number) == SQLITE_OK);
  return *this;
}

SqliteStatement& SqliteStatement::BindNull() {
  JIXIAO_CHECK(sqlite3_bind_null(statement_, next_parameter_++) == SQLITE_OK);
  return *this;
}

absl::StatusOr<bool> SqliteStatement::Step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  absl::Status status = connection_.ToStatus(code);  // before the reset, which clears the message
  sqlite3_reset(statement_);
  if (!status.ok()) return status;
  return false;
}

absl::Status SqliteStatement::Run() {
  absl::StatusOr<bool> has_row = Step();
  if (!has_row.ok()) return std::move(has_row).status();
  JIXIAO_CHECK(!*has_row);
  return absl::OkStatus();
}

int64_t SqliteStatement::Number(int column) { return sqlite3_column_int64(statement_, column); }

std::string SqliteStatement::Text(int column) {
  // The pointer first: asking for it may convert and change the size.
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  const auto size = static_cast<size_t>(sqlite3_column_bytes(statement_, column));
  return bytes == nullptr ? std::string() : std::string(bytes, size);
}

bool SqliteStatement::IsNull(int column) { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

}  // namespace jixiao
