#include "common/sqlite/sqlite_connection.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <utility>

#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/base/store_errors.h"
#include "common/sqlite/sqlite_statement.h"

namespace jixiao {
namespace {

int KeepCount(void* count, sqlite3*, const char*, int pages) {
  *static_cast<int*>(count) = pages;
  return SQLITE_OK;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteConnection>> SqliteConnection::Open(const std::string& path, Mode mode,
                                                                         const std::string& vfs) {
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (mode == Mode::kReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  sqlite3* db = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &db, flags, vfs.empty() ? nullptr : vfs.c_str());
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(db, path));
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

SqliteConnection::SqliteConnection(sqlite3* db, std::string path) : db_(db), path_(std::move(path)) {}

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
    case SQLITE_IOERR: break;
    default: return StoreFailed();
  }
  if (!ends_process_) return StoreFailed();
  LogError("store_io_error", {{"problem",
                               "an I/O error while writing: what was not acknowledged may be lost; "
                               "stopping before anything else is acknowledged"},
                              {"path", path_}});
  _exit(74);  // EX_IOERR; no destructor may try to write
}

absl::Status SqliteConnection::Execute(const char* sql) {
  return ToStatus(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr));
}

absl::StatusOr<std::string> SqliteConnection::QueryText(const char* sql) {
  SqliteStatement statement(*this, sql);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, statement.Start().Step());
  return has_row ? statement.Text(0) : std::string();
}

bool SqliteConnection::IsIdle() const { return sqlite3_get_autocommit(db_) != 0; }

int64_t SqliteConnection::last_row() const { return sqlite3_last_insert_rowid(db_); }

int64_t SqliteConnection::changed_rows() const { return sqlite3_changes64(db_); }

int64_t SqliteConnection::total_changes() const { return sqlite3_total_changes64(db_); }

// Checkpoints of SQLite's own are a hook too, so this one has to come after.
absl::Status SqliteConnection::CountLogPages() {
  JIXIAO_RETURN_IF_ERROR(Execute("PRAGMA wal_autocheckpoint = 0"));
  sqlite3_wal_hook(db_, KeepCount, &log_pages_);
  return absl::OkStatus();
}

absl::Status SqliteConnection::Checkpoint() {
  return ToStatus(sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr));
}

}  // namespace jixiao
