// Keeps the schema of the SQLite store: its tables, its version, the settings
// that durability stands on.
#ifndef JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_SCHEMA_H_
#define JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_SCHEMA_H_

#include "absl/status/status.h"
#include "intake/adapters/sqlite/sqlite_connection.h"

namespace jixiao::intake {

// Version that this program reads and writes.
inline constexpr int kSchemaVersion = 4;

// Sets WAL, synchronous=FULL and foreign keys on the writing connection and
// reads them back. FAILED_PRECONDITION (reason STORE_NOT_DURABLE) if one of them
// did not take: nothing may be acknowledged on such a store.
absl::Status ConfigureWriter(SqliteConnection& connection);

// Brings the tables from whatever version they have to kSchemaVersion, forward
// only. FAILED_PRECONDITION (reason STORE_TOO_NEW) if they are newer.
absl::Status MigrateSchema(SqliteConnection& connection);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_SCHEMA_H_
