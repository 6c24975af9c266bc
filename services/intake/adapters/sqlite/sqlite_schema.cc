#include "intake/adapters/sqlite/sqlite_schema.h"

#include <fmt/format.h>

#include <string>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "intake/adapters/sqlite/sqlite_migrations.h"

namespace jixiao::intake {
namespace {

// Tells a store of ours from any other SQLite file: "JXIN".
constexpr char kApplicationId[] = "1247299918";

absl::Status Expect(SqliteConnection& connection, const char* sql, const std::string& wanted) {
  JIXIAO_ASSIGN_OR_RETURN(const std::string found, connection.QueryText(sql));
  if (found == wanted) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, "STORE_NOT_DURABLE",
                   fmt::format("{} is '{}' and has to be '{}'; is the store on a local disk?", sql, found, wanted));
}

absl::Status Step(SqliteConnection& connection, int version) {
  JIXIAO_RETURN_IF_ERROR(connection.Execute("BEGIN IMMEDIATE"));
  JIXIAO_RETURN_IF_ERROR(connection.Execute(MigrationFrom(version)));
  JIXIAO_RETURN_IF_ERROR(connection.Execute(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};", kApplicationId, version + 1).c_str()));
  JIXIAO_ASSIGN_OR_RETURN(const std::string orphan, connection.QueryText("PRAGMA foreign_key_check"));
  if (!orphan.empty()) {
    return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT",
                     fmt::format("rows of {} belong to nothing: the store is damaged and stays as it is", orphan));
  }
  return connection.Execute("COMMIT");
}

// A table that others refer to can only be made anew while nobody holds it to that.
absl::Status Migrate(SqliteConnection& connection, int version) {
  JIXIAO_RETURN_IF_ERROR(connection.Execute("PRAGMA foreign_keys = OFF"));
  for (int step = version; step < kSchemaVersion; ++step) JIXIAO_RETURN_IF_ERROR(Step(connection, step));
  JIXIAO_RETURN_IF_ERROR(connection.Execute("PRAGMA foreign_keys = ON"));
  return Expect(connection, "PRAGMA foreign_keys", "1");
}

}  // namespace

absl::Status ConfigureWriter(SqliteConnection& connection) {
  // The page size counts only before the first page is written. The log is checkpointed by the writer itself, after
  // it has answered those who wait.
  JIXIAO_RETURN_IF_ERROR(
      connection.Execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
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
  return version == kSchemaVersion ? absl::OkStatus() : Migrate(connection, version);
}

}  // namespace jixiao::intake
