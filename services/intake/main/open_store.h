// Opens the store that the command line names.
#ifndef JIXIAO_INTAKE_MAIN_OPEN_STORE_H_
#define JIXIAO_INTAKE_MAIN_OPEN_STORE_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "intake/adapters/postgres/postgres_steps.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

// What is wrong with `store`, for the operator; empty if nothing is.
std::string StoreProblem(const std::string& store);

// Likewise of `auto`, `required` or `optional`.
std::string StandbyProblem(const std::string& standby);

// `sqlite:PATH`, or a `postgresql://` URI; `standby` as --synchronous_standby;
// `steps` of PostgreSQL's schema are those that this program knows.
absl::StatusOr<std::unique_ptr<SubmissionStore>> OpenStore(const std::string& store, const std::string& standby,
                                                           const SchemaSteps& steps);

// Brings the schema up to date, beside instances that run; `hold` is how long a
// step may keep them waiting. A SQLite store does so whenever it opens: nobody else
// has it open.
absl::Status MigrateStore(const std::string& store, const SchemaSteps& steps, absl::Duration hold);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_MAIN_OPEN_STORE_H_
