#include "publish/adapters/sqlite_statement.h"

#include <cstdlib>

#include "common/base/errors.h"
#include "common/base/log.h"

namespace jixiao::publish {

absl::Status SqliteError(sqlite3* database) {
  const int code = sqlite3_extended_errcode(database);
  const std::string message = std::string("store: ") + sqlite3_errmsg(database);
  switch (code) {
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
    case SQLITE_IOERR_WRITE:
    case SQLITE_IOERR_TRUNCATE:
      LogError("disk_failed", {{"sqlite_code", code}});
      std::_Exit(74);  // EX_IOERR: nothing may be acknowledged any more
    default: break;
  }
  switch (code & 0xFF) {
    case SQLITE_FULL:
      return MakeError(absl::StatusCode::kResourceExhausted, "DISK_FULL", "公开库所在磁盘已满，请联系系统管理员");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return MakeError(absl::StatusCode::kDataLoss, "STORE_DAMAGED", message);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN: return MakeError(absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE", message);
    default: return MakeError(absl::StatusCode::kInternal, "STORE_FAILED", message);
  }
}

absl::Status Execute(sqlite3* database, const char* sql) {
  if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return SqliteError(database);
  return absl::OkStatus();
}

Statement::Statement(sqlite3* database, const char* sql) : database_(database) {
  problem_ = sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr);
}

Statement& Statement::Bind(int64_t value) {
  if (problem_ == SQLITE_OK) problem_ = sqlite3_bind_int64(statement_, next_++, value);
  return *this;
}

Statement& Statement::Bind(const std::optional<int64_t>& value) { return value ? Bind(*value) : BindNull(); }

Statement& Statement::Bind(std::string_view text) {
  if (problem_ == SQLITE_OK) {
    problem_ = sqlite3_bind_text(statement_, next_++, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
  }
  return *this;
}

Statement& Statement::BindBlob(std::string_view bytes) {
  if (problem_ == SQLITE_OK) {
    problem_ = sqlite3_bind_blob(statement_, next_++, bytes.data(), static_cast<int>(bytes.size()), SQLITE_TRANSIENT);
  }
  return *this;
}

Statement& Statement::BindNull() {
  if (problem_ == SQLITE_OK) problem_ = sqlite3_bind_null(statement_, next_++);
  return *this;
}

absl::StatusOr<bool> Statement::Step() {
  if (problem_ != SQLITE_OK) return SqliteError(database_);
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return SqliteError(database_);
}

absl::Status Statement::Run() {
  for (;;) {
    const absl::StatusOr<bool> has_row = Step();
    if (!has_row.ok()) return has_row.status();
    if (!*has_row) return absl::OkStatus();
  }
}

std::optional<int64_t> Statement::OptionalInteger(int column) const {
  if (IsNull(column)) return std::nullopt;
  return Integer(column);
}

std::string Statement::Text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), static_cast<size_t>(size));
}

Transaction::~Transaction() {
  if (is_open_) sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr);
}

absl::Status Transaction::Begin() {
  absl::Status begun = Execute(database_, "BEGIN IMMEDIATE");
  is_open_ = begun.ok();
  return begun;
}

absl::Status Transaction::Commit() {
  absl::Status committed = Execute(database_, "COMMIT");
  if (committed.ok()) is_open_ = false;
  return committed;
}

}  // namespace jixiao::publish
