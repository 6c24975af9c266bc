// Tables of the PostgreSQL store, and what a database has to promise before
// anything is acknowledged on it.
#ifndef JIXIAO_INTAKE_ADAPTERS_POSTGRES_SCHEMA_H_
#define JIXIAO_INTAKE_ADAPTERS_POSTGRES_SCHEMA_H_

#include "absl/status/status.h"
#include "intake/adapters/postgres_connection.h"

namespace jixiao::intake {

// Version 1 has the tables that the SQLite store has in its version 2.
inline constexpr int kPostgresSchemaVersion = 1;

// Brings the schema to kPostgresSchemaVersion, step by step, each in a
// transaction; waits for another program that is doing so. FAILED_PRECONDITION
// if the schema is newer.
absl::Status MigratePostgres(PostgresConnection& connection);

// FAILED_PRECONDITION with a sentence for the operator if the schema is not the
// one of this program.
absl::Status CheckPostgresSchema(PostgresConnection& connection);

// FAILED_PRECONDITION with a sentence for the operator if a COMMIT there does not
// mean that the change survives power loss, or, with `needs_standby`, the loss of
// the primary, or if the text does not fit. UNAVAILABLE if a COMMIT would wait for
// a standby and none is there.
absl::Status CheckPostgresIsDurable(PostgresConnection& connection, bool needs_standby);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_POSTGRES_SCHEMA_H_
