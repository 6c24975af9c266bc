// What is promised when there is too little of something: connections, locks that
// somebody sits on, one submission that everybody wants, room on the disk. Each
// test counts what really happened.
#include <fmt/format.h>
#include <signal.h>
#include <sys/mount.h>

#include <algorithm>
#include <barrier>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/cleanup/cleanup.h"
#include "absl/time/clock.h"
#include "common/base/errors.h"
#include "common/testing/postgres_server.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "common/testing/wait_until.h"
#include "intake/adapters/postgres/postgres_submission_store.h"
#include "intake/testing/store/look.h"
#include "intake/testing/store/store_load.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::PostgresServer;
using ::jixiao::testing::SharedPostgresServer;
using ::jixiao::testing::StatusIs;
using ::jixiao::testing::TempDir;
using ::jixiao::testing::TestDatabase;
using ::jixiao::testing::WaitUntil;
using testing::AKey;
using testing::ExpectWhole;
using testing::File;
using testing::ImpatientOptions;
using testing::Look;
using testing::MustOpen;
using testing::SqlOf;
using testing::StoreLoad;

int Count(const std::string& text, const std::string& part) {
  int count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

// The write by which a process asks whether its store lives.
absl::Status AskForHealth(SubmissionStore& store) {
  return WriteAndWait(store, {}, [](SubmissionTransaction&) { return absl::OkStatus(); });
}

std::unique_ptr<PostgresConnection> MustConnect(const std::string& uri) {
  auto connection = PostgresConnection::Open(uri, {});
  EXPECT_THAT(connection, IsOk());
  return *std::move(connection);
}

// Three instances, and a server that takes no more connections than they have.
TEST(PostgresContention, AServerThatTakesNoMoreConnectionsIsUnavailableOnlyToWhoNeedsANewOne) {
  PostgresServer server({"max_connections=12", "superuser_reserved_connections=3"});
  const TestDatabase database(server);
  ASSERT_THAT(PostgresSubmissionStore::Migrate(database.Uri()), IsOk());
  database.Sql(
      "CREATE ROLE service LOGIN; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO service");
  PostgresStoreOptions options;
  options.writer.patience = absl::Milliseconds(300);
  options.readers = 1;
  options.writer.uri = database.Uri() + "&user=service";
  std::vector<std::unique_ptr<PostgresSubmissionStore>> stores;
  for (int i = 0; i < 3; ++i) stores.push_back(MustOpen(options.writer.uri, options));
  const auto fourth = PostgresSubmissionStore::Open(options);
  EXPECT_THAT(fourth, FailsWith(absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE"));
  EXPECT_TRUE(fourth.status().GetPayload("type.googleapis.com/google.rpc.RetryInfo").has_value());

  // Somebody takes what is left, and one instance loses its own.
  std::vector<std::unique_ptr<PostgresConnection>> others;
  for (int i = 0; i < 3; ++i) others.push_back(MustConnect(database.Uri()));
  StoreLoad load(*stores[0], 2, 10), other_load(*stores[1], 2, 10, "other");
  const std::string last =
      "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity WHERE usename "
      "= 'service' ORDER BY backend_start DESC LIMIT 3) AS last";
  ASSERT_EQ(*others[0]->QueryText(last), "3");
  int refused = 0;
  for (int i = 0; i < 5; ++i) {
    const absl::Status status = File(*stores[2], "request-third");
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
    if (ReasonOf(status) == "STORE_UNAVAILABLE") ++refused;
  }
  EXPECT_THAT(AskForHealth(*stores[2]), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(AskForHealth(*stores[0]), IsOk());
  EXPECT_THAT(Look(*stores[1], &SubmissionReads::Statistics), IsOk());

  others.clear();
  const absl::Time free = absl::Now();
  EXPECT_TRUE(WaitUntil([&] { return File(*stores[2], "request-third").ok(); }));
  const absl::Duration recovery = absl::Now() - free;
  load.Finish();
  other_load.Finish();
  const int injected = Count(server.Log(), "remaining connection slots are reserved");
  EXPECT_GE(injected, 5);
  EXPECT_GE(refused, 4);
  EXPECT_EQ(load.unavailable() + load.unknown() + other_load.unavailable() + other_load.unknown(), 0);
  ExpectWhole(SqlOf(database), load.acknowledged() + other_load.acknowledged() + 1);
  fmt::print(
      "fault C5: injected={} connections refused (53300), acknowledged={}, lost=0, error_share of instances with "
      "connections=0, of the one without=1, recovery_s={:.2f}\n",
      injected, load.acknowledged() + other_load.acknowledged() + 1, absl::ToDoubleSeconds(recovery));
}

TEST(PostgresContention, AKilledBackendCostsEverybodyTheirConnectionAndNobodyAReport) {
  PostgresServer server({"log_connections=on"});
  const TestDatabase database(server);
  ASSERT_THAT(PostgresSubmissionStore::Migrate(database.Uri()), IsOk());
  const auto one = MustOpen(database.Uri()), two = MustOpen(database.Uri());
  StoreLoad load(*one, 3, 10), other_load(*two, 3, 10, "other");
  int kills = 0;
  absl::Duration longest;
  const int connections = Count(server.Log(), "connection received");
  const absl::Time start = absl::Now();
  for (; kills < 5; ++kills) {
    ASSERT_TRUE(load.WaitForMore(5));
    const std::string pid = database.Sql(
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'jixiao-intake' ORDER BY random() LIMIT 1");
    ASSERT_EQ(kill(std::stoi(pid), SIGKILL), 0);
    const absl::Time killed = absl::Now();
    ASSERT_TRUE(WaitUntil([&] { return Count(server.Log(), "reinitializing") == kills + 1; }));
    ASSERT_TRUE(load.WaitForMore(1) && other_load.WaitForMore(1));
    longest = std::max(longest, absl::Now() - killed);
  }
  const double tried = Count(server.Log(), "connection received") - connections;
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  load.Finish();
  other_load.Finish();

  EXPECT_EQ(load.refused() + other_load.refused(), 0);
  ExpectWhole(SqlOf(database), load.acknowledged() + other_load.acknowledged());
  // Two instances of two writers each, that try some ten times a second.
  EXPECT_LT(tried / seconds, 100);
  fmt::print(
      "fault C6: injected={} backends killed, acknowledged={}, lost=0, doubled=0, unknown={}, recovered_s={:.2f} "
      "at most, connections_per_s={:.0f}\n",
      kills, load.acknowledged() + other_load.acknowledged(), load.unknown() + other_load.unknown(),
      absl::ToDoubleSeconds(longest), tried / seconds);
}

// A tenth of the real times: somebody sits on a lock for 6 s and clients wait 0.5.
TEST(PostgresContention, AStuckLockDoesNotStarveOthersOnTheSameWriter) {
  const TestDatabase database(SharedPostgresServer());
  ASSERT_THAT(PostgresSubmissionStore::Migrate(database.Uri()), IsOk());
  PostgresStoreOptions options;
  options.writer.timeouts.lock = absl::Milliseconds(500);
  options.writers = 1;
  const auto store = MustOpen(database.Uri(), options);
  ASSERT_THAT(File(*store, "request-0", AKey("U0")), IsOk());
  const auto somebody = MustConnect(database.Uri());
  ASSERT_THAT(somebody->Execute("BEGIN; SELECT 1 FROM audit_heads FOR UPDATE"), IsOk());

  StoreLoad locked(*store, 12, 1);
  std::vector<absl::Duration> times;
  SubmissionKey other = AKey("V");
  other.fiscal_year = 2023;
  for (const absl::Time end = absl::Now() + absl::Seconds(6); absl::Now() < end;) {
    const absl::Time start = absl::Now();
    ASSERT_THAT(File(*store, fmt::format("other-{}", times.size()), other), IsOk());
    times.push_back(absl::Now() - start);
  }
  const int timeouts = locked.unavailable();
  EXPECT_EQ(locked.acknowledged(), 0);
  ASSERT_THAT(somebody->Execute("ROLLBACK"), IsOk());
  locked.Finish();

  EXPECT_GE(timeouts, 12);
  EXPECT_GE(locked.acknowledged(), 12);
  EXPECT_EQ(locked.refused(), 0);
  std::sort(times.begin(), times.end());
  const double p99 = absl::ToDoubleSeconds(times[times.size() * 99 / 100]);
  // 12 writes that wait half a second each would be six.
  EXPECT_LT(absl::ToDoubleSeconds(times.back()), 2.5);
  fmt::print(
      "fault C7: injected=1 lock held for 6 s by a session of somebody else ({} timeouts), acknowledged={}, lost=0, "
      "p99_s of other units={:.2f} (n={}, most {:.2f})\n",
      timeouts, locked.acknowledged() + static_cast<int>(times.size()), p99, times.size(),
      absl::ToDoubleSeconds(times.back()));
}

// An instance that hangs in the middle of a transaction holds its locks only as
// long as the server lets it.
TEST(PostgresContention, AnInstanceThatHangsInATransactionLosesItsLocks) {
  const TestDatabase database(SharedPostgresServer());
  ASSERT_THAT(PostgresSubmissionStore::Migrate(database.Uri()), IsOk());
  PostgresStoreOptions options;
  options.writer.timeouts.lock = absl::Milliseconds(200);
  options.writer.timeouts.idle_in_transaction = absl::Seconds(1);
  const auto hanging = MustOpen(database.Uri(), options), other = MustOpen(database.Uri(), options);
  ASSERT_THAT(File(*other, "request-0"), IsOk());
  std::atomic<bool> is_over = false;
  absl::Status outcome;
  std::thread thread([&] {
    outcome = WriteAndWait(*hanging, {AKey(), "request-1"}, [&](SubmissionTransaction&) {
      WaitUntil([&] { return is_over.load(); }, absl::Seconds(20));
      return absl::OkStatus();
    });
  });
  ASSERT_TRUE(WaitUntil([&] {
    return database.Sql(
               "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction' AND "
               "datname = current_database()") == "1\n";
  }));
  const absl::Time start = absl::Now();
  int timeouts = 0;
  ASSERT_TRUE(WaitUntil([&] {
    const absl::Status status = File(*other, "request-2");
    if (!status.ok()) ++timeouts;
    return status.ok();
  }));
  const double held = absl::ToDoubleSeconds(absl::Now() - start);
  is_over = true;
  thread.join();

  EXPECT_GE(timeouts, 1);
  EXPECT_LT(held, 5);
  EXPECT_THAT(File(*hanging, "request-3"), IsOk());
  ExpectWhole(SqlOf(database), 3);
  fmt::print(
      "fault C7: injected=1 instance hung in a transaction ({} timeouts), acknowledged=3, lost=0, locks held for "
      "{:.2f} s (limit 1)\n",
      timeouts, held);
}

// In the middle of a pipeline no limit of the server applies: who meets the lock
// ends the session that holds it.
TEST(PostgresContention, AnInstanceThatStopsWhileItSendsLosesItsLocks) {
  const TestDatabase database(SharedPostgresServer());
  ASSERT_THAT(PostgresSubmissionStore::Migrate(database.Uri()), IsOk());
  PostgresStoreOptions options;
  options.writer.timeouts.lock = absl::Milliseconds(200);
  options.writer.timeouts.idle_in_transaction = absl::Seconds(1);
  const auto store = MustOpen(database.Uri(), options);
  ASSERT_THAT(File(*store, "request-0"), IsOk());
  const std::unique_ptr<PGconn, void (*)(PGconn*)> stopped(PQconnectdb(database.Uri().c_str()), PQfinish);
  ASSERT_EQ(PQenterPipelineMode(stopped.get()), 1);
  for (const char* sql : {"BEGIN", "SELECT 1 FROM audit_heads FOR UPDATE"}) {
    ASSERT_EQ(PQsendQueryParams(stopped.get(), sql, 0, nullptr, nullptr, nullptr, nullptr, 0), 1);
  }
  ASSERT_EQ(PQsendFlushRequest(stopped.get()), 1);
  ASSERT_EQ(PQflush(stopped.get()), 0);
  const std::string holding = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'ClientRead' AND query LIKE ";
  ASSERT_TRUE(WaitUntil([&] { return database.Sql(holding + "'%audit_heads FOR UPDATE'") == "1\n"; }));

  const absl::Time start = absl::Now();
  int timeouts = 0;
  ASSERT_TRUE(WaitUntil([&] {
    const absl::Status status = File(*store, "request-1");
    if (!status.ok()) ++timeouts;
    return status.ok();
  }));
  const double held = absl::ToDoubleSeconds(absl::Now() - start);

  EXPECT_GE(timeouts, 1);
  EXPECT_LT(held, 5);
  ExpectWhole(SqlOf(database), 2);
  fmt::print(
      "fault C7: injected=1 instance stopped while it sent ({} timeouts), acknowledged=2, lost=0, locks held for "
      "{:.2f} s (limit 1)\n",
      timeouts, held);
}

// Every round all want a submission, and a chain of the audit log, that is not
// there yet: who is second meets the key of who was first.
TEST(PostgresContention, AStormOnOneSubmissionEndsWithOneVersionEach) {
  constexpr int kStores = 4, kRounds = 25;
  const TestDatabase database(SharedPostgresServer());
  ASSERT_THAT(PostgresSubmissionStore::Migrate(database.Uri()), IsOk());
  std::vector<std::unique_ptr<PostgresSubmissionStore>> stores;
  for (int i = 0; i < kStores; ++i) stores.push_back(MustOpen(database.Uri()));
  std::atomic<int> acknowledged = 0, given_up = 0;
  std::barrier together(2 * kStores);
  std::vector<std::thread> clients;
  for (int client = 0; client < 2 * kStores; ++client) {
    clients.emplace_back([&, client] {
      for (int round = 0; round < kRounds; ++round) {
        SubmissionKey key = AKey("S");
        key.division_code = fmt::format("43{:02}11", round + 1);
        // Half of them repeat the same request.
        const std::string id = client % 2 == 0 ? "request-same" : fmt::format("request-{}", client);
        together.arrive_and_wait();
        ++(File(*stores[static_cast<size_t>(client / 2)], id, key).ok() ? acknowledged : given_up);
      }
    });
  }
  for (std::thread& client : clients) client.join();
  stores.clear();  // their backends report their numbers

  EXPECT_EQ(given_up, 0);
  EXPECT_EQ(acknowledged, 2 * kStores * kRounds);
  ExpectWhole(SqlOf(database), (1 + kStores) * kRounds);
  const auto count = [&](const std::string& what) {
    return std::stoi(database.Sql("SELECT " + what + " FROM pg_stat_database WHERE datname = current_database()"));
  };
  EXPECT_TRUE(WaitUntil([&] { return count("xact_rollback") > 0; }));
  const int retries = count("xact_rollback"), deadlocks = count("deadlocks");
  EXPECT_GT(retries, 0);
  fmt::print(
      "fault C8: injected={} transactions that met another (deadlocks {}), acknowledged={}, lost=0, doubled=0, "
      "retries_per_filing={:.2f}, given_up={}\n",
      retries, deadlocks, acknowledged, static_cast<double>(retries) / acknowledged, given_up);
}

// On a small disk of its own: first no table can grow, then the log cannot, which
// PostgreSQL does not survive.
TEST(PostgresContention, AFullDiskLosesAndDoublesNothing) {
  const TempDir dir;
  if (mount("tmpfs", dir.path().c_str(), "tmpfs", 0, "size=96m,mode=755") != 0) {
    GTEST_SKIP() << "needs a small disk of its own, which only root may mount";
  }
  const auto unmount = absl::MakeCleanup([&] { umount2(dir.path().c_str(), MNT_DETACH); });
  SharedPostgresServer();  // what servers are copied from lies elsewhere
  setenv("TMPDIR", dir.path().c_str(), 1);
  PostgresServer server({"max_wal_size=32MB", "wal_recycle=off"});
  unsetenv("TMPDIR");
  const TestDatabase database(server);
  ASSERT_THAT(PostgresSubmissionStore::Migrate(database.Uri()), IsOk());
  const auto store = MustOpen(database.Uri(), ImpatientOptions());
  StoreLoad load(*store, 3, 20);
  ASSERT_TRUE(load.WaitForMore(10));

  const std::string ballast = dir.File("ballast");
  std::ofstream(ballast) << std::string(96 << 20U, 'x');  // as much as fits
  EXPECT_TRUE(WaitUntil([&] { return load.overloaded() >= 3 || Count(server.Log(), "PANIC:") > 0; }));
  const auto somebody = MustConnect(database.Uri());
  for (int i = 0; i < 40 && !somebody->is_lost(); ++i) {
    // The log's next file does not fit.
    somebody->Execute("SELECT pg_logical_emit_message(true, 'x', repeat('x', 1000000))").IgnoreError();
  }
  EXPECT_TRUE(WaitUntil([&] { return Count(server.Log(), "PANIC:") > 0; }));
  const int full = Count(server.Log(), "No space left on device"), panics = Count(server.Log(), "PANIC:");
  absl::SleepFor(absl::Milliseconds(300));  // of being away
  std::filesystem::remove(ballast);
  if (server.IsDead()) server.Start();
  EXPECT_TRUE(load.WaitForMore(20));
  load.Finish();

  EXPECT_GE(full, 1);
  EXPECT_EQ(load.refused(), 0);
  EXPECT_THAT(load.Missing(SqlOf(database)), ::testing::IsEmpty());
  ExpectWhole(SqlOf(database), load.acknowledged());
  fmt::print(
      "fault C10: injected={} writes that found no space ({} of them PANIC), acknowledged={}, lost=0, doubled=0, "
      "refused with a time to come back={}, unknown={}, unavailable_s={:.2f}\n",
      full, panics, load.acknowledged(), load.overloaded(), load.unknown(),
      absl::ToDoubleSeconds(load.longest_silence()));
}

}  // namespace
}  // namespace jixiao::intake
