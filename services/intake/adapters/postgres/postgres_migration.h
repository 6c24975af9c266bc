// Brings the schema of the PostgreSQL store up to date while instances use it.
#ifndef JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_MIGRATION_H_
#define JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_MIGRATION_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "intake/adapters/postgres/postgres_connection.h"
#include "intake/adapters/postgres/postgres_steps.h"

namespace jixiao::intake {

// How much a migration may stand in the way of others. Who waits for a lock on a
// table holds up all that come after it, as if it had the lock already.
struct MigrationLimits {
  absl::Duration wait = absl::Milliseconds(300);  // for a lock, before it steps back and lets others pass
  absl::Duration hold = absl::Seconds(2);         // of a brief step or a portion, from its first lock to COMMIT
  absl::Duration patience = absl::Minutes(2);     // with attempts at one step, or another program that migrates
};

// Takes the steps that the schema lacks. FAILED_PRECONDITION, with a sentence for
// the operator, if
//   a step needs longer than `hold`: nothing of it was done;
//   locks were not to be had within `patience`: likewise;
//   a step takes away what a program uses that is connected: likewise;
//   the schema is past what a program of these steps can use.
// Steps before the one that failed stay. If the schema is newer and says that it
// can be used, there is nothing to do.
absl::Status MigratePostgres(PostgresConnection& connection, const SchemaSteps& steps = ReleasedSteps(),
                             const MigrationLimits& limits = {});

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_MIGRATION_H_
