#include "intake/adapters/postgres_schema.h"

#include <fmt/format.h>

#include <iterator>
#include <string>

#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

namespace jixiao::intake {
namespace {

// Primary keys begin with the division (the audit log's with the prefecture), so
// that the tables can be distributed by it. Text is compared byte by byte, as
// names are everywhere else. Reports and cards are stored outside of their row
// and not compressed: that took two thirds of an insert's time. Large bytes stand
// in tables of their own, as an update copies the row. Times are microseconds
// since 1970; open last years are 9999.
constexpr char kVersion1[] = R"sql(
CREATE TABLE submissions (
  division_code text COLLATE "C" NOT NULL,
  submission text COLLATE "C" NOT NULL,
  unit_name text COLLATE "C" NOT NULL,
  fiscal_year bigint NOT NULL,
  kind bigint NOT NULL,
  current_version bigint NOT NULL,
  state bigint NOT NULL,
  receive_time_us bigint NOT NULL,
  update_time_us bigint NOT NULL,
  report_digest text COLLATE "C" NOT NULL,
  page_path text COLLATE "C",
  last_problem text COLLATE "C",
  return_comments bytea,
  blocks_count bigint,
  explain_count bigint,
  note_count bigint,
  unexplained_count bigint,
  lateness bytea,
  working_days_late bigint NOT NULL,
  event_count bigint NOT NULL,
  PRIMARY KEY (division_code, submission)
);
CREATE INDEX submissions_by_state ON submissions (state);

CREATE TABLE versions (
  division_code text COLLATE "C" NOT NULL,
  submission text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  state bigint NOT NULL,
  is_superseded boolean NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  report_digest text COLLATE "C" NOT NULL,
  original_digest text COLLATE "C" NOT NULL,
  original_size_bytes bigint NOT NULL,
  receive_time_us bigint NOT NULL,
  trace_id text COLLATE "C" NOT NULL,
  lateness bytea,
  rule_set text COLLATE "C" NOT NULL,
  registered_unit_name text COLLATE "C" NOT NULL,
  PRIMARY KEY (division_code, submission, version),
  FOREIGN KEY (division_code, submission) REFERENCES submissions
);

CREATE TABLE documents (
  division_code text COLLATE "C" NOT NULL,
  submission text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  report_bytes bytea NOT NULL,
  media_type text COLLATE "C" NOT NULL,
  file_name text COLLATE "C" NOT NULL,
  original_bytes bytea NOT NULL,
  PRIMARY KEY (division_code, submission, version),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions
);
ALTER TABLE documents ALTER report_bytes SET STORAGE EXTERNAL;
ALTER TABLE documents ALTER original_bytes SET STORAGE EXTERNAL;

CREATE TABLE score_cards (
  division_code text COLLATE "C" NOT NULL,
  submission text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  score_card_bytes bytea NOT NULL,
  digest text COLLATE "C" NOT NULL,
  PRIMARY KEY (division_code, submission, version),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions
);
ALTER TABLE score_cards ALTER score_card_bytes SET STORAGE EXTERNAL;

CREATE TABLE review_notes (
  division_code text COLLATE "C" NOT NULL,
  submission text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  notes bytea NOT NULL,
  PRIMARY KEY (division_code, submission, version),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions
);

CREATE TABLE events (
  division_code text COLLATE "C" NOT NULL,
  submission text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  version bigint NOT NULL,
  action bigint NOT NULL,
  from_state bigint,
  to_state bigint NOT NULL,
  actor text COLLATE "C" NOT NULL,
  reason text COLLATE "C",
  event_time_us bigint NOT NULL,
  PRIMARY KEY (division_code, submission, sequence),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions
);

CREATE TABLE requests (
  division_code text COLLATE "C" NOT NULL,
  submission text COLLATE "C" NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  is_identical boolean NOT NULL,
  PRIMARY KEY (division_code, submission, request_id),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions
);

CREATE TABLE outbox (
  division_code text COLLATE "C" NOT NULL,
  submission text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  task bigint NOT NULL,
  attempts bigint NOT NULL,
  create_time_us bigint NOT NULL,
  not_before_us bigint NOT NULL,
  lease_until_us bigint NOT NULL,
  lease_owner text COLLATE "C" NOT NULL,
  reason text COLLATE "C" NOT NULL,
  PRIMARY KEY (division_code, submission, version, task),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions
);
CREATE INDEX outbox_by_due ON outbox (not_before_us);

CREATE TABLE roster_units (
  division_code text COLLATE "C" NOT NULL,
  unit_code text COLLATE "C" NOT NULL,
  first_fiscal_year bigint NOT NULL,
  last_fiscal_year bigint NOT NULL,
  unit_name text COLLATE "C" NOT NULL,
  supervising_unit text COLLATE "C",
  expects_department_report boolean NOT NULL,
  PRIMARY KEY (division_code, unit_code, first_fiscal_year)
);
CREATE INDEX roster_units_by_name ON roster_units (division_code, unit_name);

CREATE TABLE roster_projects (
  division_code text COLLATE "C" NOT NULL,
  unit_code text COLLATE "C" NOT NULL,
  first_fiscal_year bigint NOT NULL,
  position bigint NOT NULL,
  project text COLLATE "C" NOT NULL,
  project_name text COLLATE "C" NOT NULL,
  PRIMARY KEY (division_code, unit_code, first_fiscal_year, position),
  FOREIGN KEY (division_code, unit_code, first_fiscal_year) REFERENCES roster_units
);

CREATE TABLE seasons (
  division_code text COLLATE "C" NOT NULL,
  fiscal_year bigint NOT NULL,
  kind bigint NOT NULL,
  rule_set text COLLATE "C" NOT NULL,
  opening_time_us bigint NOT NULL,
  deadline_us bigint NOT NULL,
  is_closed boolean NOT NULL,
  PRIMARY KEY (division_code, fiscal_year, kind)
);

-- By the division of the unit, which is that of the season or below it.
CREATE TABLE extensions (
  division_code text COLLATE "C" NOT NULL,
  unit_code text COLLATE "C" NOT NULL,
  season_division_code text COLLATE "C" NOT NULL,
  fiscal_year bigint NOT NULL,
  kind bigint NOT NULL,
  deadline_us bigint NOT NULL,
  reason text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  PRIMARY KEY (division_code, unit_code, season_division_code, fiscal_year, kind)
);

-- Seasons that a version was filed under, by the season's division.
CREATE TABLE filed_seasons (
  division_code text COLLATE "C" NOT NULL,
  season text COLLATE "C" NOT NULL,
  PRIMARY KEY (division_code, season)
);

CREATE TABLE operations (
  division_code text COLLATE "C" NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  PRIMARY KEY (division_code, request_id)
);

CREATE TABLE audit_entries (
  prefecture_code text COLLATE "C" NOT NULL,
  fiscal_year bigint NOT NULL,
  sequence bigint NOT NULL,
  entry bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (prefecture_code, fiscal_year, sequence)
);

-- The last entry once more, so that a missing end shows; its row is the lock of
-- the chain.
CREATE TABLE audit_heads (
  prefecture_code text COLLATE "C" NOT NULL,
  fiscal_year bigint NOT NULL,
  sequence bigint NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (prefecture_code, fiscal_year)
);
)sql";

// Step i brings version i to i + 1. Never edited once released; new ones are
// appended.
constexpr const char* kMigrations[] = {kVersion1};
static_assert(std::size(kMigrations) == kPostgresSchemaVersion);

constexpr char kMigrationLock[] = "5356910203";  // any number; programs that migrate wait for each other

absl::Status Refuse(const char* reason, const std::string& message) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason, message);
}

absl::StatusOr<int> FindVersion(PostgresConnection& connection) {
  JIXIAO_ASSIGN_OR_RETURN(const std::string exists,
                          connection.QueryText("SELECT to_regclass('jixiao_schema_steps') IS NOT NULL"));
  if (exists != "t") return 0;
  JIXIAO_ASSIGN_OR_RETURN(const std::string version,
                          connection.QueryText("SELECT coalesce(max(version), 0) FROM jixiao_schema_steps"));
  return std::stoi(version);
}

absl::Status TooNew(int version) {
  return Refuse("STORE_TOO_NEW",
                fmt::format("the database has schema version {}, this program knows {}; start a newer program", version,
                            kPostgresSchemaVersion));
}

absl::Status Step(PostgresConnection& connection, int version) {
  absl::Status done = connection.Execute(fmt::format(
      "BEGIN; {} INSERT INTO jixiao_schema_steps (version) VALUES ({}); COMMIT", kMigrations[version], version + 1));
  if (!done.ok()) return done;
  LogInfo("schema_migrated", {{"version", version + 1}});
  return absl::OkStatus();
}

absl::Status Expect(PostgresConnection& connection, const std::string& setting, const std::string& wanted,
                    const std::string& or_wanted = "") {
  JIXIAO_ASSIGN_OR_RETURN(const std::string found, connection.QueryText("SHOW " + setting));
  if (found == wanted || (!or_wanted.empty() && found == or_wanted)) return absl::OkStatus();
  return Refuse("STORE_NOT_DURABLE",
                fmt::format("{} is '{}' on the database and has to be '{}': a receipt would promise what a power cut "
                            "takes back; change postgresql.conf or the role's settings",
                            setting, found, wanted));
}

absl::Status CheckStandby(PostgresConnection& connection, bool needs_standby) {
  JIXIAO_ASSIGN_OR_RETURN(const std::string names, connection.QueryText("SHOW synchronous_standby_names"));
  if (names.empty()) {
    if (!needs_standby) return absl::OkStatus();
    return Refuse("STORE_NOT_REPLICATED",
                  "synchronous_standby_names is empty on the primary: receipts would be given for what no standby has, "
                  "and a failover would lose them. On each of the servers: ALTER SYSTEM SET synchronous_standby_names "
                  "= 'ANY 1 (NAME, NAME)', with the cluster_name of its standbys, and SELECT pg_reload_conf(). To lose "
                  "the last moments in a failover instead, start with --synchronous_standby=optional");
  }
  connection.set_has_standby(true);
  // Who may not see what they are sees how many there are.
  JIXIAO_ASSIGN_OR_RETURN(const std::string standbys, connection.QueryText("SELECT count(*) FROM pg_stat_replication"));
  // Better known to be not stored than not known.
  if (standbys == "0") return StoreUnavailable("no standby is connected to the primary, and COMMIT waits for one");
  return absl::OkStatus();
}

}  // namespace

absl::Status MigratePostgres(PostgresConnection& connection) {
  // Held until the connection closes.
  JIXIAO_RETURN_IF_ERROR(connection.Execute(
      fmt::format("SET lock_timeout = 0; SET statement_timeout = 0; SELECT pg_advisory_lock({})", kMigrationLock)));
  JIXIAO_RETURN_IF_ERROR(connection.Execute(
      "CREATE TABLE IF NOT EXISTS jixiao_schema_steps (version bigint PRIMARY KEY, migrate_time timestamptz NOT NULL "
      "DEFAULT now())"));
  JIXIAO_ASSIGN_OR_RETURN(const int version, FindVersion(connection));
  if (version > kPostgresSchemaVersion) return TooNew(version);
  for (int step = version; step < kPostgresSchemaVersion; ++step) {
    JIXIAO_RETURN_IF_ERROR(Step(connection, step));
  }
  return absl::OkStatus();
}

absl::Status CheckPostgresSchema(PostgresConnection& connection) {
  JIXIAO_ASSIGN_OR_RETURN(const int version, FindVersion(connection));
  if (version > kPostgresSchemaVersion) return TooNew(version);
  if (version == kPostgresSchemaVersion) return absl::OkStatus();
  return Refuse("STORE_TOO_OLD",
                fmt::format("the database has schema version {}, this program needs {}; run `jixiao-intake "
                            "--store=... --migrate` once, with a role that may create tables",
                            version, kPostgresSchemaVersion));
}

absl::Status CheckPostgresIsDurable(PostgresConnection& connection, bool needs_standby) {
  JIXIAO_RETURN_IF_ERROR(Expect(connection, "fsync", "on"));
  JIXIAO_RETURN_IF_ERROR(Expect(connection, "full_page_writes", "on"));
  JIXIAO_RETURN_IF_ERROR(Expect(connection, "synchronous_commit", "on", "remote_apply"));
  JIXIAO_ASSIGN_OR_RETURN(const std::string encoding, connection.QueryText("SHOW server_encoding"));
  if (encoding != "UTF8") {
    return Refuse("STORE_NOT_UTF8", fmt::format("the database's encoding is {} and has to be UTF8", encoding));
  }
  return CheckStandby(connection, needs_standby);
}

}  // namespace jixiao::intake
