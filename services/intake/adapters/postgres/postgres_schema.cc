#include "intake/adapters/postgres/postgres_schema.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "absl/strings/str_split.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"

namespace jixiao::intake {
namespace {

// Version and oldest program, apart by a space.
constexpr char kFindSchema[] =
    "SELECT coalesce(max(version), 0) || ' ' || coalesce(max(oldest_program), 0) FROM jixiao_schema_steps";

absl::Status Expect(PostgresConnection& connection, const std::string& setting, const std::string& wanted,
                    const std::string& or_wanted = "") {
  JIXIAO_ASSIGN_OR_RETURN(const std::string found, connection.QueryText("SHOW " + setting));
  if (found == wanted || (!or_wanted.empty() && found == or_wanted)) return absl::OkStatus();
  return RefuseStore(
      "STORE_NOT_DURABLE",
      fmt::format("{} is '{}' on the database and has to be '{}': a receipt would promise what a power cut "
                  "takes back; change postgresql.conf or the role's settings",
                  setting, found, wanted));
}

absl::Status CheckStandby(PostgresConnection& connection, bool needs_standby) {
  JIXIAO_ASSIGN_OR_RETURN(const std::string names, connection.QueryText("SHOW synchronous_standby_names"));
  if (names.empty()) {
    if (!needs_standby) return absl::OkStatus();
    return RefuseStore(
        "STORE_NOT_REPLICATED",
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

absl::Status RefuseStore(const char* reason, const std::string& message) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason, message);
}

absl::StatusOr<PostgresSchema> FindPostgresSchema(PostgresConnection& connection) {
  JIXIAO_ASSIGN_OR_RETURN(const std::string exists,
                          connection.QueryText("SELECT to_regclass('jixiao_schema_steps') IS NOT NULL"));
  if (exists != "t") return PostgresSchema();
  JIXIAO_ASSIGN_OR_RETURN(const std::string found, connection.QueryText(kFindSchema));
  const std::pair<std::string, std::string> numbers = absl::StrSplit(found, absl::MaxSplits(' ', 1));
  return PostgresSchema{std::stoi(numbers.first), std::stoi(numbers.second)};
}

absl::Status SchemaTooNew(const PostgresSchema& schema, int program) {
  return RefuseStore(
      "STORE_TOO_NEW",
      fmt::format("the database has schema version {}, which takes a program that knows version {} at least; "
                  "this one knows {}. Start the program that was used for --migrate, or one as new; there is "
                  "no way back to this one",
                  schema.version, schema.oldest_program, program));
}

absl::Status UsePostgresSchema(PostgresConnection& connection, int program) {
  // Before the version is read: nobody can take a step in between.
  JIXIAO_ASSIGN_OR_RETURN(
      const std::string is_free,
      connection.QueryText(fmt::format("SELECT pg_try_advisory_lock_shared({}, {})", kProgramLocks, program)));
  if (is_free != "t") return StoreUnavailable("a migration takes away what this program uses");
  JIXIAO_ASSIGN_OR_RETURN(const PostgresSchema schema, FindPostgresSchema(connection));
  if (schema.oldest_program > program) return SchemaTooNew(schema, program);
  if (schema.version >= program) return absl::OkStatus();
  return RefuseStore("STORE_TOO_OLD",
                     fmt::format("the database has schema version {}, this program needs {}; run `jixiao-intake "
                                 "--store=... --migrate` once, with a role that may create tables",
                                 schema.version, program));
}

absl::Status CheckPostgresIsDurable(PostgresConnection& connection, bool needs_standby) {
  JIXIAO_RETURN_IF_ERROR(Expect(connection, "fsync", "on"));
  JIXIAO_RETURN_IF_ERROR(Expect(connection, "full_page_writes", "on"));
  JIXIAO_RETURN_IF_ERROR(Expect(connection, "synchronous_commit", "on", "remote_apply"));
  JIXIAO_ASSIGN_OR_RETURN(const std::string encoding, connection.QueryText("SHOW server_encoding"));
  if (encoding != "UTF8") {
    return RefuseStore("STORE_NOT_UTF8", fmt::format("the database's encoding is {} and has to be UTF8", encoding));
  }
  return CheckStandby(connection, needs_standby);
}

}  // namespace jixiao::intake
