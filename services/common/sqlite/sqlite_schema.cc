#include "common/sqlite/sqlite_schema.h"

#include <fmt/format.h>

#include "common/base/errors.h"
#include "common/base/status_macros.h"

namespace jixiao {
namespace {

absl::Status Refuse(const char* reason, const std::string& message) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason, message);
}

absl::Status Expect(SqliteConnection& connection, const char* sql, const std::string& wanted) {
  JIXIAO_ASSIGN_OR_RETURN(const std::string found, connection.QueryText(sql));
  if (found == wanted) return absl::OkStatus();
  return Refuse("STORE_NOT_DURABLE",
                fmt::format("{} is '{}' and has to be '{}'; is the store on a local disk?", sql, found, wanted));
}

absl::Status TakeStep(const SqliteSchema& schema, const char* statements, int version, SqliteConnection& connection) {
  JIXIAO_RETURN_IF_ERROR(connection.Execute("BEGIN IMMEDIATE"));
  JIXIAO_RETURN_IF_ERROR(connection.Execute(statements));
  JIXIAO_RETURN_IF_ERROR(connection.Execute(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};", schema.application_id, version).c_str()));
  JIXIAO_ASSIGN_OR_RETURN(const std::string orphan, connection.QueryText("PRAGMA foreign_key_check"));
  if (!orphan.empty()) {
    return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                     fmt::format("rows of {} belong to nothing: the store is damaged and stays as it is", orphan));
  }
  return connection.Execute("COMMIT");
}

// A table that others refer to can only be made anew while nobody holds it to that.
absl::Status TakeSteps(const SqliteSchema& schema, int version, SqliteConnection& connection) {
  JIXIAO_RETURN_IF_ERROR(connection.Execute("PRAGMA foreign_keys = OFF"));
  if (version == 0) {
    version = schema.first_version;
    JIXIAO_RETURN_IF_ERROR(TakeStep(schema, schema.tables, version, connection));
  }
  for (; version < schema.version(); ++version) {
    const char* const statements = schema.steps[static_cast<size_t>(version - schema.first_version)];
    JIXIAO_RETURN_IF_ERROR(TakeStep(schema, statements, version + 1, connection));
  }
  JIXIAO_RETURN_IF_ERROR(connection.Execute("PRAGMA foreign_keys = ON"));
  return Expect(connection, "PRAGMA foreign_keys", "1");
}

}  // namespace

absl::Status ConfigureWriter(SqliteConnection& connection) {
  // The page size counts only before the first page is written. The log is checkpointed by the writer itself, after
  // it has answered those who wait.
  JIXIAO_RETURN_IF_ERROR(
      connection.Execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
                         "PRAGMA foreign_keys = ON; "
                         "PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -65536; "
                         "PRAGMA temp_store = MEMORY;"));
  JIXIAO_RETURN_IF_ERROR(connection.CountLogPages());
  JIXIAO_RETURN_IF_ERROR(Expect(connection, "PRAGMA journal_mode", "wal"));
  JIXIAO_RETURN_IF_ERROR(Expect(connection, "PRAGMA synchronous", "2"));
  return Expect(connection, "PRAGMA foreign_keys", "1");
}

absl::Status BringUpToDate(const SqliteSchema& schema, SqliteConnection& connection) {
  JIXIAO_ASSIGN_OR_RETURN(const std::string application_id, connection.QueryText("PRAGMA application_id"));
  JIXIAO_ASSIGN_OR_RETURN(const std::string tables, connection.QueryText("SELECT count(*) FROM sqlite_schema"));
  if (application_id != std::to_string(schema.application_id) && tables != "0") {
    return Refuse("STORE_FOREIGN", fmt::format("the file is not a store of {}", schema.service));
  }
  JIXIAO_ASSIGN_OR_RETURN(const std::string version_text, connection.QueryText("PRAGMA user_version"));
  const int version = std::stoi(version_text);
  if (version > schema.version()) {
    return Refuse("STORE_TOO_NEW", fmt::format("the store has schema version {}, this program knows {}; start a newer "
                                               "program",
                                               version, schema.version()));
  }
  if (version < schema.first_version && tables != "0") {
    return Refuse("STORE_TOO_OLD",
                  fmt::format("the store has schema version {}, which no released program wrote; this one reads {} to "
                              "{}. Begin with an empty store",
                              version, schema.first_version, schema.version()));
  }
  return version == schema.version() ? absl::OkStatus() : TakeSteps(schema, version, connection);
}

}  // namespace jixiao
