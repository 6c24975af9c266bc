#include "intake/adapters/sqlite_schema.h"

#include <fmt/format.h>

#include <iterator>
#include <string>

#include "common/base/errors.h"
#include "common/base/status_macros.h"

namespace jixiao::intake {
namespace {

// Tells a store of ours from any other SQLite file: "JXIN".
constexpr char kApplicationId[] = "1247299918";

// Primary keys begin with the division, so that the tables can be distributed by
// it. `submission` is the name without `submissions/{division}.`. Large bytes
// stand in tables of their own: an update copies the whole row. Foreign keys are
// checked at the end of the transaction, as rows are written in order of the
// story. Times are microseconds since 1970.
constexpr char kVersion1[] = R"sql(
CREATE TABLE submissions (
  division_code TEXT NOT NULL,
  submission TEXT NOT NULL,
  unit_name TEXT NOT NULL,
  fiscal_year INTEGER NOT NULL,
  current_version INTEGER NOT NULL,
  state INTEGER NOT NULL,
  receive_time_us INTEGER NOT NULL,
  update_time_us INTEGER NOT NULL,
  report_digest TEXT NOT NULL,
  page_path TEXT,
  last_problem TEXT,
  return_comments BLOB,
  blocks_count INTEGER,
  explain_count INTEGER,
  note_count INTEGER,
  event_count INTEGER NOT NULL,
  PRIMARY KEY (division_code, submission)
) STRICT, WITHOUT ROWID;
CREATE INDEX submissions_by_state ON submissions (state);

CREATE TABLE versions (
  division_code TEXT NOT NULL,
  submission TEXT NOT NULL,
  version INTEGER NOT NULL,
  state INTEGER NOT NULL,
  is_superseded INTEGER NOT NULL,
  request_id TEXT NOT NULL,
  report_digest TEXT NOT NULL,
  original_digest TEXT NOT NULL,
  original_size_bytes INTEGER NOT NULL,
  receive_time_us INTEGER NOT NULL,
  trace_id TEXT NOT NULL,
  PRIMARY KEY (division_code, submission, version),
  FOREIGN KEY (division_code, submission) REFERENCES submissions DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
  division_code TEXT NOT NULL,
  submission TEXT NOT NULL,
  version INTEGER NOT NULL,
  report_bytes BLOB NOT NULL,
  media_type TEXT NOT NULL,
  file_name TEXT NOT NULL,
  original_bytes BLOB NOT NULL,
  PRIMARY KEY (division_code, submission, version),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE score_cards (
  division_code TEXT NOT NULL,
  submission TEXT NOT NULL,
  version INTEGER NOT NULL,
  score_card_bytes BLOB NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (division_code, submission, version),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE events (
  division_code TEXT NOT NULL,
  submission TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  version INTEGER NOT NULL,
  action INTEGER NOT NULL,
  from_state INTEGER,
  to_state INTEGER NOT NULL,
  actor TEXT NOT NULL,
  reason TEXT,
  event_time_us INTEGER NOT NULL,
  PRIMARY KEY (division_code, submission, sequence),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE requests (
  division_code TEXT NOT NULL,
  submission TEXT NOT NULL,
  request_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  version INTEGER NOT NULL,
  is_identical INTEGER NOT NULL,
  PRIMARY KEY (division_code, submission, request_id),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  division_code TEXT NOT NULL,
  submission TEXT NOT NULL,
  version INTEGER NOT NULL,
  task INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  create_time_us INTEGER NOT NULL,
  not_before_us INTEGER NOT NULL,
  lease_until_us INTEGER NOT NULL,
  lease_owner TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (division_code, submission, version, task),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_by_due ON outbox (not_before_us);
)sql";

// Step i brings version i to i + 1. Never edited once released; new ones are
// appended.
constexpr const char* kMigrations[] = {kVersion1};
static_assert(std::size(kMigrations) == kSchemaVersion);

absl::Status Expect(SqliteConnection& connection, const char* sql, const std::string& wanted) {
  JIXIAO_ASSIGN_OR_RETURN(const std::string found, connection.QueryText(sql));
  if (found == wanted) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, "STORE_NOT_DURABLE",
                   fmt::format("{} is '{}' and has to be '{}'; is the store on a local disk?", sql, found, wanted));
}

absl::Status Step(SqliteConnection& connection, int version) {
  JIXIAO_RETURN_IF_ERROR(connection.Execute("BEGIN IMMEDIATE"));
  JIXIAO_RETURN_IF_ERROR(connection.Execute(kMigrations[version]));
  JIXIAO_RETURN_IF_ERROR(connection.Execute(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};", kApplicationId, version + 1).c_str()));
  return connection.Execute("COMMIT");
}

}  // namespace

absl::Status ConfigureWriter(SqliteConnection& connection) {
  // The page size counts only before the first page is written: 32 KB pages take
  // a 40 KB report in two. The log is checkpointed by the writer itself, after
  // it has answered those who wait.
  JIXIAO_RETURN_IF_ERROR(
      connection.Execute("PRAGMA page_size = 32768; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
                         "PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 0; "
                         "PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -65536; "
                         "PRAGMA temp_store = MEMORY;"));
  JIXIAO_RETURN_IF_ERROR(Expect(connection, "PRAGMA journal_mode", "wal"));
  JIXIAO_RETURN_IF_ERROR(Expect(connection, "PRAGMA synchronous", "2"));
  return Expect(connection, "PRAGMA foreign_keys", "1");
}

absl::Status MigrateSchema(SqliteConnection& connection) {
  JIXIAO_ASSIGN_OR_RETURN(const std::string application_id, connection.QueryText("PRAGMA application_id"));
  JIXIAO_ASSIGN_OR_RETURN(const std::string tables, connection.QueryText("SELECT count(*) FROM sqlite_schema"));
  if (application_id != kApplicationId && tables != "0") {
    return MakeError(absl::StatusCode::kFailedPrecondition, "STORE_FOREIGN", "the file is not a store of intake");
  }
  JIXIAO_ASSIGN_OR_RETURN(const std::string version_text, connection.QueryText("PRAGMA user_version"));
  const int version = std::stoi(version_text);
  if (version > kSchemaVersion) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "STORE_TOO_NEW",
                     fmt::format("the store has schema version {}, this program knows {}; start a newer program",
                                 version, kSchemaVersion));
  }
  for (int step = version; step < kSchemaVersion; ++step) JIXIAO_RETURN_IF_ERROR(Step(connection, step));
  return absl::OkStatus();
}

}  // namespace jixiao::intake
