// What a database has to be, and to promise, before anything is read from it or
// acknowledged on it.
#ifndef JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_SCHEMA_H_
#define JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_SCHEMA_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "intake/adapters/postgres/postgres_connection.h"

namespace jixiao::intake {

struct PostgresSchema {
  int version = 0;         // steps that were taken; 0: none
  int oldest_program = 0;  // that can use it, by the number of steps it knows
};

absl::StatusOr<PostgresSchema> FindPostgresSchema(PostgresConnection& connection);

// FAILED_PRECONDITION with a sentence for the operator.
absl::Status RefuseStore(const char* reason, const std::string& message);

// The sentence for the operator of a program that knows too few steps.
absl::Status SchemaTooNew(const PostgresSchema& schema, int program);

// Advisory locks. `program` is held shared by each connection of a program that
// knows so many steps, alone by who takes away what it uses.
inline constexpr int kProgramLocks = 535691;

// Says on `connection` that a program of `program` steps uses it, which keeps
// steps away that it could not work with. FAILED_PRECONDITION with a sentence for
// the operator if the schema lacks steps, or is past what the program can use;
// UNAVAILABLE while somebody takes such a step.
absl::Status UsePostgresSchema(PostgresConnection& connection, int program);

// FAILED_PRECONDITION with a sentence for the operator if a COMMIT there does not
// mean that the change survives power loss, or, with `needs_standby`, the loss of
// the primary, or if the text does not fit. UNAVAILABLE if a COMMIT would wait for
// a standby and none is there.
absl::Status CheckPostgresIsDurable(PostgresConnection& connection, bool needs_standby);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_SCHEMA_H_
