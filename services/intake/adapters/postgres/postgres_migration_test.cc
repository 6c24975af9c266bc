// What a change of the schema promises to those who file meanwhile, and to the
// programs of before. Each test takes steps of its own behind the released ones.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <future>
#include <thread>

#include "absl/time/clock.h"
#include "common/base/errors.h"
#include "common/testing/postgres_server.h"
#include "common/testing/status_matchers.h"
#include "common/testing/wait_until.h"
#include "intake/adapters/postgres/postgres_submission_store.h"
#include "intake/testing/store/look.h"
#include "intake/testing/store/store_load.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::SharedPostgresServer;
using ::jixiao::testing::TestDatabase;
using ::jixiao::testing::WaitUntil;
using testing::ExpectWhole;
using testing::File;
using ::testing::HasSubstr;
using testing::Look;
using testing::MustOpen;
using testing::SqlOf;
using testing::StoreLoad;
using Code = absl::StatusCode;

const int kReleased = static_cast<int>(ReleasedSteps().size());

SchemaSteps Released(std::vector<SchemaStep> more) {
  SchemaSteps steps = ReleasedSteps();
  for (SchemaStep& step : more) steps.push_back(std::move(step));
  return steps;
}

SchemaStep AddColumn() { return {StepWork::kBrief, {"ALTER TABLE submissions ADD COLUMN shelf bigint"}, 0}; }

// Programs that know fewer steps use the index.
SchemaStep TakeAway() { return {StepWork::kBrief, {"DROP INDEX submissions_by_state"}, kReleased + 1}; }

PostgresStoreOptions Program(int steps) {
  PostgresStoreOptions options;
  options.writer.program = steps;
  return options;
}

absl::Status Open(const TestDatabase& database, int steps) {
  PostgresStoreOptions options = Program(steps);
  options.writer.uri = database.Uri();
  return PostgresSubmissionStore::Open(std::move(options)).status();
}

std::unique_ptr<PostgresConnection> MustConnect(const TestDatabase& database) {
  PostgresTimeouts timeouts;
  timeouts.idle_in_transaction = absl::ZeroDuration();  // none
  auto connection = PostgresConnection::Open(database.Uri(), timeouts);
  EXPECT_THAT(connection, IsOk());
  return *std::move(connection);
}

class PostgresMigration : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_THAT(Migrate(ReleasedSteps()), IsOk()); }

  absl::Status Migrate(const SchemaSteps& steps, const MigrationLimits& limits = {}) {
    return PostgresSubmissionStore::Migrate(database_.Uri(), steps, limits);
  }
  std::string Sql(const std::string& sql) const { return database_.Sql(sql); }
  // Without the end of the line.
  std::string Version() const {
    return Sql("SELECT max(version) || ' ' || max(oldest_program) FROM jixiao_schema_steps");
  }
  bool HasColumn() const {
    return Sql("SELECT count(*) FROM pg_attribute WHERE attrelid = 'submissions'::regclass AND attname = 'shelf'") ==
           "1\n";
  }

  const TestDatabase database_{SharedPostgresServer()};
};

TEST(PostgresSteps, ThoseThatAreReleasedKeepTheRules) {
  for (int version = 1; version <= kReleased; ++version) {
    EXPECT_EQ(StepProblem(ReleasedSteps()[static_cast<size_t>(version - 1)], version), "") << version;
  }
  EXPECT_GE(ReleasedSteps().front().oldest_program, 1);
}

TEST_F(PostgresMigration, RefusesStepsThatWouldStandInTheWayOrHaveNoWayBack) {
  const SchemaStep unfit[] = {
      {StepWork::kOnline, {"CREATE INDEX slow ON versions (state)"}, 0},
      {StepWork::kOnline, {"DROP INDEX CONCURRENTLY submissions_by_state"}, kReleased + 1},
      {StepWork::kPortions, {"UPDATE versions SET state = 1", "UPDATE versions SET state = 2"}, 0},
      {StepWork::kBrief, {"DROP TABLE review_notes"}, kReleased + 2},
  };
  for (const SchemaStep& step : unfit) {
    EXPECT_THAT(Migrate(Released({step})), FailsWith(Code::kFailedPrecondition, "STEP_UNFIT"));
  }
  EXPECT_EQ(Version(), fmt::format("{} 1\n", kReleased));
}

TEST_F(PostgresMigration, AProgramOfBeforeUsesWhatSaysThatItMay) {
  ASSERT_THAT(Migrate(Released({AddColumn()})), IsOk());

  EXPECT_THAT(File(*MustOpen(database_.Uri(), Program(kReleased)), "request-1"), IsOk());
  EXPECT_THAT(Migrate(ReleasedSteps()), IsOk());  // nothing to do
  EXPECT_EQ(Version(), fmt::format("{} 1\n", kReleased + 1));

  ASSERT_THAT(Migrate(Released({AddColumn(), TakeAway()})), IsOk());
  EXPECT_THAT(Open(database_, kReleased), FailsWith(Code::kFailedPrecondition, "STORE_TOO_NEW"));
  EXPECT_THAT(Migrate(ReleasedSteps()), FailsWith(Code::kFailedPrecondition, "STORE_TOO_NEW"));
  EXPECT_THAT(std::string(Open(database_, kReleased).message()), HasSubstr("Start the program that was used for"));
  EXPECT_THAT(Open(database_, kReleased + 1), IsOk());
  EXPECT_THAT(Open(database_, kReleased + 2), IsOk());
  EXPECT_THAT(Open(database_, kReleased + 3), FailsWith(Code::kFailedPrecondition, "STORE_TOO_OLD"));
}

TEST_F(PostgresMigration, WhatTakesAwayWaitsUntilNobodyUsesIt) {
  const SchemaSteps steps = Released({AddColumn(), TakeAway()});
  auto older = MustOpen(database_.Uri(), Program(kReleased));
  const auto newer = MustOpen(database_.Uri(), Program(kReleased));

  const absl::Status refusal = Migrate(steps);
  EXPECT_THAT(refusal, FailsWith(Code::kFailedPrecondition, "STORE_IN_USE"));
  EXPECT_THAT(std::string(refusal.message()),
              HasSubstr(fmt::format("12 sessions of programs that know version {}", kReleased)));
  EXPECT_EQ(Version(), fmt::format("{} 1\n", kReleased + 1)) << "the step before it stays";
  EXPECT_THAT(File(*older, "request-1"), IsOk());

  older = nullptr;
  EXPECT_THAT(Migrate(steps), FailsWith(Code::kFailedPrecondition, "STORE_IN_USE")) << "there is another one";
}

TEST_F(PostgresMigration, NobodyOlderConnectsWhileSomethingIsTakenAway) {
  const auto migrating = MustConnect(database_);
  ASSERT_THAT(migrating->Execute(fmt::format("SELECT pg_advisory_lock(535691, {})", kReleased)), IsOk());

  EXPECT_THAT(Open(database_, kReleased), FailsWith(Code::kUnavailable, "STORE_UNAVAILABLE"));
  ASSERT_THAT(migrating->Execute("SELECT pg_advisory_unlock_all()"), IsOk());
  EXPECT_THAT(Open(database_, kReleased), IsOk());
}

// One that was connected, lost its connections, and comes back too late.
TEST_F(PostgresMigration, ARunningProgramThatComesBackTooLateNeitherWritesNorReads) {
  const auto store = MustOpen(database_.Uri(), Program(kReleased));
  ASSERT_THAT(File(*store, "request-1"), IsOk());
  Sql(fmt::format("INSERT INTO jixiao_schema_steps VALUES ({}, now(), {})", kReleased + 1, kReleased + 1));
  Sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'jixiao-intake' AND datname = "
      "current_database()");

  EXPECT_THAT(Look(*store, &SubmissionReads::FindSubmission, testing::AKey()),
              FailsWith(Code::kUnavailable, "STORE_UNAVAILABLE"));
  EXPECT_TRUE(WaitUntil([&] { return ReasonOf(File(*store, "request-2")) == "STORE_UNAVAILABLE"; }));
  EXPECT_EQ(Sql("SELECT count(*) FROM versions"), "1\n");
}

// Filings while a stranger reads for long what the step wants to change: the step
// steps back again and again. The control waits in line, and all behind it.
TEST_F(PostgresMigration, AStepThatDoesNotGetItsLocksLetsFilingsPass) {
  const auto store = MustOpen(database_.Uri());
  absl::Duration silences[2];
  int waits[2] = {};
  const char* const kColumns[] = {"shelf", "rack"};
  const absl::Duration kWaits[] = {absl::Milliseconds(100), absl::Milliseconds(2500)};
  SchemaSteps steps = ReleasedSteps();
  for (const int i : {0, 1}) {
    StoreLoad load(*store, 3, 5, fmt::format("request{}", i));
    ASSERT_TRUE(load.WaitForMore(10));
    const auto stranger = MustConnect(database_);
    ASSERT_THAT(stranger->Execute("BEGIN; SELECT count(*) FROM submissions"), IsOk());
    const std::string before = SharedPostgresServer().Log();
    const auto timeouts = [&] {
      const std::string log = SharedPostgresServer().Log().substr(before.size());
      int count = 0;
      for (size_t at = log.find("due to lock timeout"); at != std::string::npos;
           at = log.find("due to lock timeout", at + 1))
        ++count;
      return count;
    };
    steps.push_back({StepWork::kBrief, {fmt::format("ALTER TABLE submissions ADD COLUMN {} bigint", kColumns[i])}, 0});
    MigrationLimits limits;
    limits.wait = kWaits[i];
    limits.hold = absl::Seconds(4);
    auto migration = std::async(std::launch::async, [&] { return Migrate(steps, limits); });
    EXPECT_TRUE(WaitUntil([&] { return timeouts() >= (i == 0 ? 8 : 1); }, absl::Seconds(30)));
    waits[i] = timeouts();
    ASSERT_THAT(stranger->Execute("COMMIT"), IsOk());
    EXPECT_THAT(migration.get(), IsOk());
    load.Finish();
    silences[i] = load.longest_silence();
    EXPECT_EQ(load.refused() + load.unknown() + load.unavailable(), 0);
  }
  EXPECT_LT(silences[0], absl::Seconds(1));
  EXPECT_GE(silences[1], absl::Seconds(2)) << "the control has to show what a step that waits does";
  fmt::print(
      "fault C12 lock: injected={} times a lock was not to be had, filings stood still for {} ms at most "
      "(control, that waits 2.5 s: {} ms), failed calls=0\n",
      waits[0], absl::ToInt64Milliseconds(silences[0]), absl::ToInt64Milliseconds(silences[1]));
}

TEST_F(PostgresMigration, AStepThatGetsNoLockAtAllGivesUpAndChangesNothing) {
  const auto stranger = MustConnect(database_);
  ASSERT_THAT(stranger->Execute("BEGIN; SELECT count(*) FROM submissions"), IsOk());
  MigrationLimits limits;
  limits.wait = absl::Milliseconds(50);
  limits.patience = absl::Seconds(1);

  EXPECT_THAT(Migrate(Released({AddColumn()}), limits), FailsWith(Code::kFailedPrecondition, "STORE_BUSY"));
  EXPECT_FALSE(HasColumn());
  ASSERT_THAT(stranger->Execute("COMMIT"), IsOk());
  EXPECT_THAT(Migrate(Released({AddColumn()}), limits), IsOk());
  EXPECT_TRUE(HasColumn());
}

// Of several statements, each brief enough. The control is given the time.
TEST_F(PostgresMigration, AStepThatHoldsItsLocksForLongIsBrokenOff) {
  const SchemaStep slow{StepWork::kBrief,
                        {"ALTER TABLE submissions ADD COLUMN shelf bigint", "SELECT pg_sleep(0.4)",
                         "SELECT pg_sleep(0.4)", "SELECT pg_sleep(0.4)", "SELECT pg_sleep(1)"},
                        0};
  const auto store = MustOpen(database_.Uri());
  absl::Duration silences[2];
  for (const int i : {0, 1}) {
    StoreLoad load(*store, 3, 5, fmt::format("request{}", i));
    ASSERT_TRUE(load.WaitForMore(10));
    MigrationLimits limits;
    limits.hold = i == 0 ? absl::Milliseconds(600) : absl::Seconds(20);
    const absl::Status done = Migrate(Released({slow}), limits);
    if (i == 0) {
      EXPECT_THAT(done, FailsWith(Code::kFailedPrecondition, "STEP_TOO_LONG"));
      EXPECT_FALSE(HasColumn());
      EXPECT_EQ(Version(), fmt::format("{} 1\n", kReleased));
    } else {
      EXPECT_THAT(done, IsOk());
      EXPECT_TRUE(HasColumn());
    }
    load.Finish();
    silences[i] = load.longest_silence();
    EXPECT_EQ(load.refused() + load.unknown() + load.unavailable(), 0);
  }
  EXPECT_LT(silences[0], absl::Milliseconds(1700));
  EXPECT_GE(silences[1], absl::Seconds(2)) << "the control has to show what such a step does";
  fmt::print(
      "fault C12 hold: injected=1 step of 2.2 s broken off after 600 ms, nothing of it done; filings stood still "
      "for {} ms at most (control, that is let go on: {} ms), failed calls=0\n",
      absl::ToInt64Milliseconds(silences[0]), absl::ToInt64Milliseconds(silences[1]));
}

// It leaves an index that is not valid.
TEST_F(PostgresMigration, AnIndexWhoseBuilderWasKilledIsBuiltAgain) {
  const SchemaSteps steps = Released({{StepWork::kOnline,
                                       {"DROP INDEX CONCURRENTLY IF EXISTS submissions_by_year",
                                        "CREATE INDEX CONCURRENTLY submissions_by_year ON submissions (fiscal_year)"},
                                       0}});
  const std::string is_valid =
      "SELECT coalesce(bool_and(indisvalid)::text, 'none') FROM pg_index WHERE indexrelid = "
      "to_regclass('submissions_by_year')";
  const auto store = MustOpen(database_.Uri());
  const auto stranger = MustConnect(database_);
  ASSERT_THAT(stranger->Execute("BEGIN; LOCK TABLE submissions IN ROW EXCLUSIVE MODE"), IsOk());
  auto migration = std::async(std::launch::async, [&] { return Migrate(steps); });
  ASSERT_TRUE(WaitUntil([&] { return Sql(is_valid) == "false\n"; }));
  EXPECT_THAT(File(*store, "request-1"), IsOk()) << "filings go on meanwhile";
  Sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX%' AND pid <> "
      "pg_backend_pid() AND datname = current_database()");
  EXPECT_THAT(migration.get(), FailsWith(Code::kUnavailable, "STORE_UNAVAILABLE"));
  ASSERT_THAT(stranger->Execute("COMMIT"), IsOk());
  EXPECT_EQ(Sql(is_valid), "false\n");

  EXPECT_THAT(Migrate(steps), IsOk());
  EXPECT_EQ(Sql(is_valid), "true\n");
}

// Who waits for its turn inside a statement would hold up an index that is built
// CONCURRENTLY, which the turn waits for.
TEST_F(PostgresMigration, ProgramsThatMigrateAtTheSameTimeDoNotHoldUpOneAnother) {
  const SchemaSteps steps = Released(
      {{StepWork::kOnline, {"CREATE INDEX CONCURRENTLY submissions_by_year ON submissions (fiscal_year)"}, 0}});
  const auto store = MustOpen(database_.Uri());
  StoreLoad load(*store, 3, 5);
  std::vector<std::future<absl::Status>> programs;
  for (int i = 0; i < 4; ++i) programs.push_back(std::async(std::launch::async, [&] { return Migrate(steps); }));
  for (auto& program : programs) EXPECT_THAT(program.get(), IsOk());
  load.Finish();

  EXPECT_EQ(load.refused() + load.unknown() + load.unavailable(), 0);
  EXPECT_EQ(Version(), fmt::format("{} 1\n", kReleased + 1));
}

TEST_F(PostgresMigration, RowsOfBeforeAreFilledInPortionsBesideFilings) {
  const auto store = MustOpen(database_.Uri());
  for (int i = 0; i < 20; ++i) ASSERT_THAT(File(*store, "request", testing::AKey(fmt::format("OLD{}", i))), IsOk());
  StoreLoad load(*store, 3, 5);
  ASSERT_TRUE(load.WaitForMore(5));
  const SchemaStep fill{StepWork::kPortions,
                        {"UPDATE submissions SET shelf = 1 WHERE (division_code, submission) IN (SELECT division_code, "
                         "submission FROM submissions WHERE shelf IS NULL LIMIT 3)"},
                        0};
  SchemaStep add = AddColumn();
  add.statements.push_back("ALTER TABLE submissions ALTER shelf SET DEFAULT 1");
  EXPECT_THAT(Migrate(Released({add, fill})), IsOk());
  ASSERT_TRUE(load.WaitForMore(5));
  load.Finish();

  EXPECT_EQ(load.refused() + load.unknown() + load.unavailable(), 0);
  EXPECT_EQ(Sql("SELECT count(*) FROM submissions WHERE shelf IS DISTINCT FROM 1"), "0\n");
  ExpectWhole(SqlOf(database_), load.acknowledged() + 20);
}

}  // namespace
}  // namespace jixiao::intake
