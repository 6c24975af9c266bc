#include "intake/adapters/sqlite/sqlite_connection.h"

#include <fmt/format.h>

#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "intake/core/submission/errors.h"

namespace jixiao::intake {

absl::StatusOr<std::unique_ptr<SqliteConnection>> SqliteConnection::Open(const std::string& path, Mode mode,
                                                                         const std::string& vfs) {
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (mode == Mode::kReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  sqlite3* db = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &db, flags, vfs.empty() ? nullptr : vfs.c_str());
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(db));
  if (code != SQLITE_OK) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "STORE_UNUSABLE",
                     fmt::format("cannot open {}: {}", path, sqlite3_errstr(code)));
  }
  // Readers meet the writer only while it resets the log.
  sqlite3_busy_timeout(db, 5000);
  // Only the writer's connection may checkpoint: SQLite before 3.51.3 can damage
  // the file when two do (WAL reset).
  if (mode == Mode::kReadOnly) sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  return connection;
}

SqliteConnection::~SqliteConnection() { sqlite3_close_v2(db_); }

absl::Status SqliteConnection::ToStatus(int code) {
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return absl::OkStatus();
  const std::string problem = fmt::format("SQLite: {} (code {})", sqlite3_errmsg(db_), code);
  LogError("sqlite_failed", {{"problem", problem}});
  switch (code & 0xFF) {
    case SQLITE_FULL: return StoreFull();
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return StoreUnavailable();
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT", problem);
    case SQLITE_IOERR: has_io_error_ = true; [[fallthrough]];
    default: return StoreFailed();
  }
}

absl::Status SqliteConnection::Execute(const char* sql) {
  return ToStatus(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr));
}

absl::StatusOr<std::string> SqliteConnection::QueryText(const char* sql) {
  SqliteStatement statement(*this, sql);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, statement.Start().Step());
  return has_row ? statement.Text(0) : std::string();
}

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

}  // namespace jixiao::intake
