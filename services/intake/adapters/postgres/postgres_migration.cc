#include "intake/adapters/postgres/postgres_migration.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <random>
#include <string>

#include "absl/time/clock.h"
#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "intake/adapters/postgres/postgres_schema.h"

namespace jixiao::intake {
namespace {

// Any number; held by who migrates.
constexpr char kMigrationLock[] = "5356910203";

// Who uses the database and would be shut out.
constexpr char kWhoIsOlder[] =
    "SELECT format('%s sessions of programs that know version %s, from %s', count(*), "
    "string_agg(DISTINCT objid::text, ', '), string_agg(DISTINCT coalesce(host(client_addr), 'this machine'), ', ')) "
    "FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND mode = 'ShareLock' "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND classid = {} AND "
    "objid::bigint < {}";

int64_t Millis(absl::Duration duration) { return absl::ToInt64Milliseconds(duration); }

class Migration {
 public:
  Migration(PostgresConnection& connection, const SchemaSteps& steps, const MigrationLimits& limits)
      : connection_(connection), steps_(steps), limits_(limits), random_(std::random_device()()) {}

  absl::Status Run();

 private:
  absl::Status TakeTurn();
  absl::Status PrepareTable();
  absl::Status Take(const SchemaStep& step);
  absl::Status TakeOnline(const SchemaStep& step);
  absl::Status TakePortions(const SchemaStep& step);
  absl::Status ShutOutOlder();
  absl::Status LetOlderIn();

  // In one transaction, within the limits.
  absl::Status Briefly(const std::string& statements);
  absl::Status Patiently(const std::function<absl::Status()>& attempt);
  absl::Status TooLong() const;
  absl::Status Limit(absl::Duration wait, absl::Duration statement);
  absl::Status LimitAsUsual();
  std::string RecordStep() const;
  // So that who stood behind us comes first, and we do not meet the same one again.
  void StepBack(int attempt);

  PostgresConnection& connection_;
  const SchemaSteps& steps_;
  const MigrationLimits limits_;
  std::mt19937 random_;
  // Of the step at hand, once it is done.
  int version_ = 0;
  int oldest_program_ = 0;
};

absl::Status Migration::Run() {
  JIXIAO_RETURN_IF_ERROR(LimitAsUsual());
  JIXIAO_RETURN_IF_ERROR(TakeTurn());
  JIXIAO_RETURN_IF_ERROR(PrepareTable());
  JIXIAO_ASSIGN_OR_RETURN(const PostgresSchema schema, FindPostgresSchema(connection_));
  const int program = static_cast<int>(steps_.size());
  if (schema.oldest_program > program) return SchemaTooNew(schema, program);
  if (schema.version > program) LogInfo("schema_newer_than_program", {{"version", schema.version}});
  oldest_program_ = schema.oldest_program;
  for (version_ = schema.version + 1; version_ <= program; ++version_) {
    const SchemaStep& step = steps_[static_cast<size_t>(version_ - 1)];
    oldest_program_ = std::max(oldest_program_, step.oldest_program);
    JIXIAO_RETURN_IF_ERROR(Take(step));
    LogInfo("schema_migrated", {{"version", version_}, {"oldest_program", oldest_program_}});
  }
  return absl::OkStatus();
}

// Asked for again and again: who waits inside a statement has a snapshot, and an
// index that is built CONCURRENTLY waits for that.
absl::Status Migration::TakeTurn() {
  const absl::Time end = absl::Now() + limits_.patience;
  for (int attempt = 1;; ++attempt) {
    JIXIAO_ASSIGN_OR_RETURN(const std::string is_ours,
                            connection_.QueryText(fmt::format("SELECT pg_try_advisory_lock({})", kMigrationLock)));
    if (is_ours == "t") return absl::OkStatus();  // until the connection closes
    if (absl::Now() > end) {
      return RefuseStore("STORE_MIGRATING",
                         "another program migrates this database; wait until it ended, then try again");
    }
    StepBack(attempt);
  }
}

absl::Status Migration::PrepareTable() {
  return connection_.Execute(
      "CREATE TABLE IF NOT EXISTS jixiao_schema_steps (version bigint PRIMARY KEY, migrate_time timestamptz NOT NULL "
      "DEFAULT now(), oldest_program bigint NOT NULL)");
}

absl::Status Migration::Take(const SchemaStep& step) {
  if (const std::string problem = StepProblem(step, version_); !problem.empty()) {
    return RefuseStore("STEP_UNFIT", fmt::format("step {}: {}", version_, problem));
  }
  switch (step.work) {
    case StepWork::kOnline: return TakeOnline(step);
    case StepWork::kPortions: return TakePortions(step);
    case StepWork::kBrief: break;
  }
  JIXIAO_RETURN_IF_ERROR(ShutOutOlder());
  std::string statements;
  for (const std::string& statement : step.statements) statements += statement + ";\n";
  JIXIAO_RETURN_IF_ERROR(Briefly(statements + RecordStep()));
  return LetOlderIn();
}

// What these wait for are transactions that are under way, and nobody waits for
// them meanwhile.
absl::Status Migration::TakeOnline(const SchemaStep& step) {
  JIXIAO_RETURN_IF_ERROR(Limit(absl::ZeroDuration(), absl::ZeroDuration()));
  for (const std::string& statement : step.statements) JIXIAO_RETURN_IF_ERROR(connection_.Execute(statement));
  JIXIAO_RETURN_IF_ERROR(LimitAsUsual());
  return connection_.Execute(RecordStep());
}

absl::Status Migration::TakePortions(const SchemaStep& step) {
  const std::string portion =
      fmt::format("WITH changed AS ({} RETURNING 1) SELECT count(*) FROM changed", step.statements.front());
  JIXIAO_RETURN_IF_ERROR(Limit(limits_.wait, limits_.hold));
  for (std::string changed; changed != "0";) {
    const absl::Time start = absl::Now();
    JIXIAO_RETURN_IF_ERROR(Patiently([&] {
      absl::StatusOr<std::string> count = connection_.QueryText(portion);
      if (count.ok()) changed = *count;
      return count.status();
    }));
    absl::SleepFor(absl::Now() - start);  // others get at least as much of the server
  }
  JIXIAO_RETURN_IF_ERROR(LimitAsUsual());
  return connection_.Execute(RecordStep());
}

// From here on none of them connects; who is connected is not cut off.
absl::Status Migration::ShutOutOlder() {
  JIXIAO_ASSIGN_OR_RETURN(
      const std::string are_gone,
      connection_.QueryText(fmt::format("SELECT coalesce(bool_and(pg_try_advisory_lock({}, program)), true) FROM "
                                        "generate_series(1, {}) AS program",
                                        kProgramLocks, oldest_program_ - 1)));
  if (are_gone == "t") return absl::OkStatus();
  JIXIAO_RETURN_IF_ERROR(LetOlderIn());
  JIXIAO_ASSIGN_OR_RETURN(const std::string who,
                          connection_.QueryText(fmt::format(kWhoIsOlder, kProgramLocks, oldest_program_)));
  return RefuseStore(
      "STORE_IN_USE",
      fmt::format("step {} of the schema takes away what programs use that know a version before {}, and "
                  "there are {}. Replace these instances by the newer program, then run --migrate again. "
                  "Nothing was changed by this step",
                  version_, oldest_program_, who));
}

absl::Status Migration::LetOlderIn() {
  return connection_.Execute(
      fmt::format("SELECT pg_advisory_unlock({}, objid::int) FROM pg_locks WHERE locktype = "
                  "'advisory' AND classid = {} AND mode = 'ExclusiveLock' AND granted AND "
                  "pid = pg_backend_pid()",
                  kProgramLocks, kProgramLocks));
}

absl::Status Migration::Briefly(const std::string& statements) {
  return Patiently([&] { return connection_.ExecuteWithin("BEGIN;\n" + statements + ";\nCOMMIT", limits_.hold); });
}

absl::Status Migration::Patiently(const std::function<absl::Status()>& attempt) {
  const absl::Time end = absl::Now() + limits_.patience;
  for (int number = 1;; ++number) {
    absl::Status done = attempt();
    if (done.ok()) return done;
    const PostgresFailure failure = connection_.failure();
    if (failure == PostgresFailure::kLost) return done;
    JIXIAO_RETURN_IF_ERROR(connection_.Execute("ROLLBACK"));
    if (absl::IsDeadlineExceeded(done)) return TooLong();
    if (failure != PostgresFailure::kBusy && failure != PostgresFailure::kConflict) return done;
    if (absl::Now() > end) {
      return RefuseStore(
          "STORE_BUSY",
          fmt::format("step {} of the schema did not get its locks within {}: somebody holds them for long, "
                      "see xact_start in pg_stat_activity. Nothing was changed by this attempt",
                      version_, absl::FormatDuration(limits_.patience)));
    }
    LogInfo("schema_step_waits", {{"version", version_}, {"attempt", number}});
    StepBack(number);
  }
}

absl::Status Migration::TooLong() const {
  return RefuseStore(
      "STEP_TOO_LONG",
      fmt::format("step {} of the schema needs its locks for longer than {}, and nobody could file meanwhile: "
                  "it was broken off, and nothing of it was done. Try again when there is less to do; or stop "
                  "all instances, and give it the time with --migrate_hold",
                  version_, absl::FormatDuration(limits_.hold)));
}

absl::Status Migration::Limit(absl::Duration wait, absl::Duration statement) {
  return connection_.Execute(
      fmt::format("SET lock_timeout = {}; SET statement_timeout = {}", Millis(wait), Millis(statement)));
}

// The server's limit is for a program that is stopped itself.
absl::Status Migration::LimitAsUsual() { return Limit(limits_.wait, limits_.hold + absl::Seconds(1)); }

std::string Migration::RecordStep() const {
  return fmt::format("INSERT INTO jixiao_schema_steps (version, oldest_program) VALUES ({}, {})", version_,
                     oldest_program_);
}

void Migration::StepBack(int attempt) {
  const int64_t most = (Millis(limits_.wait) + 1) * std::min(attempt, 10);
  absl::SleepFor(absl::Milliseconds(most / 2 + static_cast<int64_t>(random_() % static_cast<uint64_t>(most / 2 + 1))));
}

}  // namespace

absl::Status MigratePostgres(PostgresConnection& connection, const SchemaSteps& steps, const MigrationLimits& limits) {
  return Migration(connection, steps, limits).Run();
}

}  // namespace jixiao::intake
