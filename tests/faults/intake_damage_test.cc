// The real intake on files that were damaged while nobody looked: bits that
// flipped in stored reports, a log of SQLite's that somebody tidied away.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <random>

#include "common/base/digest.h"
#include "common/sqlite/sqlite_connection.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "common/testing/wait_until.h"
#include "faults/filing_load.h"
#include "faults/intake_process.h"
#include "intake/adapters/sqlite/sqlite_reader.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/look.h"

namespace jixiao::faults {
namespace {

using intake::testing::Ledger;
using intake::testing::LedgerRecords;
using intake::testing::Look;
using intake::testing::ReadLedger;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::ReadFile;
using ::jixiao::testing::WaitUntil;

uint64_t Seed() {
  const char* given = std::getenv("JIXIAO_FAULT_SEED");
  return given != nullptr ? std::stoull(given) : std::random_device{}();
}

// Files `count` reports; gives what was written down.
LedgerRecords FileReports(const IntakeProcess& intake, int count, const std::string& prefix = "L") {
  {
    Ledger ledger(intake.File("ledger"));
    FilingLoad load({.servers = {intake.address()},
                     .tokens = {intake.Token()},
                     .clients = 1,
                     .submissions = count,
                     .versions = 1,
                     .prefix = prefix},
                    ledger);
    load.Run();
    EXPECT_EQ(load.counts().accepted, count) << load.last_refusal();
  }
  return ReadLedger(intake.File("ledger"));
}

void Execute(const std::string& path, const std::string& sql) {
  const auto connection = SqliteConnection::Open(path, SqliteConnection::Mode::kReadWrite, "");
  ASSERT_THAT(connection, IsOk());
  ASSERT_THAT((*connection)->Execute(sql.c_str()), IsOk());
}

std::string StoredReport(const std::string& path, const intake::VersionKey& key) {
  const auto reader = intake::SqliteReader::Open(path, "");
  EXPECT_THAT(reader, IsOk());
  const auto documents = Look(**reader, &intake::SubmissionReads::FindDocuments, key);
  EXPECT_THAT(documents, IsOk());
  return documents.ok() ? documents->report_bytes : "";
}

TEST(IntakeDamage, EveryFlippedBitOfAStoredReportIsSeenAndNoOtherReportSuffers) {
  constexpr int kReports = 100;
  const uint64_t seed = Seed();
  std::mt19937_64 random(seed);
  IntakeProcess intake;
  intake.Start();
  const LedgerRecords records = FileReports(intake, 2 * kReports);
  ASSERT_EQ(intake.Stop(), 0);
  std::string sql;
  for (int i = 0; i < kReports; ++i) {  // every second one stays whole
    const intake::SubmissionKey key = intake::testing::AKey(fmt::format("LC0N{}", 2 * i));
    std::string bytes = StoredReport(intake.store_path(), {key, 1});
    ASSERT_FALSE(bytes.empty());
    const uint64_t bit = random() % (bytes.size() * 8);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
    sql += fmt::format(
        "UPDATE documents SET report_bytes = x'{}' WHERE submission_id = (SELECT submission_id FROM submissions WHERE "
        "submission = '{}');",
        HexOf(bytes), LocalName(key));
  }
  Execute(intake.store_path(), sql);

  intake.Start();
  cli::ServiceClient client(intake.address(), absl::Seconds(10), {.tls = {}, .token = intake.Token("person/auditor")});
  ApiView view(client);
  int seen = 0, whole = 0;
  for (int i = 0; i < 2 * kReports; ++i) {
    const auto bytes = view.ReportBytes({intake::testing::AKey(fmt::format("LC0N{}", i)), 1});
    if (i % 2 == 0) seen += bytes.status().code() == absl::StatusCode::kDataLoss ? 1 : 0;
    if (i % 2 == 1) whole += bytes.ok() ? 1 : 0;
  }
  EXPECT_EQ(seen, kReports);
  EXPECT_EQ(whole, kReports);
  // The checker, which reads the same way, names them all.
  EXPECT_EQ(intake.VerifyByApi(records).problems.size(), static_cast<size_t>(kReports));
  fmt::print(
      "fault B9: injected={} bits flipped in stored reports, seen={} of {} (DATA_LOSS), others whole={} of {}; seed "
      "{}\n",
      kReports, seen, kReports, whole, kReports, seed);
}

TEST(IntakeDamage, AStoreWithoutItsLogIsRefusedByACheckpoint) {
  constexpr int kRounds = 2;
  int refused = 0;
  for (int round = 1; round <= kRounds; ++round) {
    IntakeProcess intake;
    intake.Start();
    FileReports(intake, 5 * round, "A");
    ASSERT_EQ(intake.Stop(), 0);  // in the file itself
    intake.Start();
    FileReports(intake, 5 * round, "B");
    intake.Kill();  // these are in the log of SQLite alone

    IntakeOptions options;
    options.store = "sqlite:" + intake.store_path();
    options.flags = {"--audit_checkpoints=" + intake.File("checkpoints")};
    IntakeProcess with_checkpoints(options);
    with_checkpoints.Start();
    const std::string sequence = fmt::format("\"sequence\":\"{}\"", 10 * round);
    ASSERT_TRUE(WaitUntil([&] { return ReadFile(intake.File("checkpoints")).find(sequence) != std::string::npos; }));
    with_checkpoints.Kill();
    ASSERT_EQ(unlink((intake.store_path() + "-wal").c_str()), 0) << "there was no log to lose";
    unlink((intake.store_path() + "-shm").c_str());

    with_checkpoints.Launch();
    EXPECT_EQ(with_checkpoints.process().WaitForExit(), 1);
    const std::string output = with_checkpoints.process().Output();
    const bool is_refused = output.find("The store is behind a checkpoint") != std::string::npos;
    EXPECT_TRUE(is_refused) << output;
    refused += is_refused ? 1 : 0;
  }
  fmt::print("fault B12: injected={} logs of SQLite removed after a crash, start refused={}\n", kRounds, refused);
}

}  // namespace
}  // namespace jixiao::faults
