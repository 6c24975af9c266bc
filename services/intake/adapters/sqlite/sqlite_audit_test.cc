// The audit log in a real file that somebody edits with SQL (M-1, M-4).
#include <gmock/gmock.h>

#include <filesystem>
#include <random>

#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "intake/adapters/sqlite/sqlite_submission_store.h"
#include "intake/core/audit/audit_chain.h"
#include "intake/core/audit/audit_checkpoints.h"
#include "intake/core/audit/audited_events.h"
#include "intake/core/audit/verify_audit.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::TempDir;
using testing::AFiling;
using testing::AKey;
using testing::Look;

const AuditShard kShard{"430600", 2024};
constexpr int kFilings = 30;

class SqliteAuditTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto store = Open(path());
    ASSERT_THAT(WriteAndWait(*store,
                             [](SubmissionTransaction& t) -> absl::Status {
                               for (int i = 0; i < kFilings; ++i) {
                                 const Filing filing = AFiling("request-" + std::to_string(i), std::to_string(i));
                                 if (absl::Status status = FileReport(t, filing).status(); !status.ok()) return status;
                               }
                               return absl::OkStatus();
                             }),
                IsOk());
  }

  std::string path() const { return home_.File("intake.db"); }

  static std::unique_ptr<SqliteSubmissionStore> Open(const std::string& path) {
    auto store = SqliteSubmissionStore::Open({.path = path, .readers = 1, .vfs = {}});
    EXPECT_THAT(store, IsOk());
    return *std::move(store);
  }

  static void Execute(const std::string& path, const std::string& sql) {
    const auto connection = SqliteConnection::Open(path, SqliteConnection::Mode::kReadWrite, "");
    ASSERT_THAT(connection, IsOk());
    ASSERT_THAT((*connection)->Execute(sql.c_str()), IsOk()) << sql;
  }

  static std::optional<ChainFault> Verify(SubmissionStore& store, AuditedEvents* events = nullptr) {
    ChainVerifier verifier(kShard, {});
    int64_t last = 0;
    for (;;) {
      const auto records = Look(store, &SubmissionReads::AuditLog, kShard, last, 7);
      EXPECT_THAT(records, IsOk());
      if (records->empty()) break;
      for (const StoredAuditRecord& stored : *records) {
        last = stored.sequence;
        v1::AuditEntry entry;
        if (verifier.Add(stored.record) && events != nullptr && entry.ParseFromString(stored.record.entry())) {
          events->Add(entry);
        }
      }
    }
    AuditHead head;
    const auto heads = Look(store, &SubmissionReads::AuditHeads);
    for (const auto& [shard, each] : *heads) {
      if (shard == kShard) head = each;
    }
    return verifier.Finish(head);
  }

  const TempDir home_;
};

TEST_F(SqliteAuditTest, HoldsOneSoundEntryForEachEvent) {
  const auto store = Open(path());
  AuditedEvents log;

  EXPECT_FALSE(Verify(*store, &log).has_value());
  EXPECT_FALSE(
      log.Compare(FormatSubmissionName(AKey()), *Look(*store, &SubmissionReads::Events, AKey(), 0, 1000)).has_value());
  EXPECT_EQ(log.compared(), kFilings);
  EXPECT_EQ(log.unchained(), 0);
}

TEST_F(SqliteAuditTest, ShowsEachOfManyEditsBySql) {
  std::mt19937 random(7);
  int found = 0;
  constexpr int kRounds = 40;
  for (int round = 0; round < kRounds; ++round) {
    const std::string copy = home_.File("copy" + std::to_string(round));
    std::filesystem::copy_file(path(), copy);
    const int at = std::uniform_int_distribution<int>(1, kFilings)(random);
    const std::string n = std::to_string(at), other = std::to_string(at % kFilings + 1);
    const std::string edits[] = {
        "UPDATE audit_entries SET entry = CAST(entry || x'00' AS BLOB) WHERE sequence = " + n,
        "UPDATE audit_entries SET entry = CAST(replace(CAST(entry AS TEXT), 'anonymous', 'anonymouz') AS BLOB) "
        "WHERE sequence = " +
            n,
        "UPDATE audit_entries SET hash = randomblob(32) WHERE sequence = " + n,
        "DELETE FROM audit_entries WHERE sequence = " + n,
        "DELETE FROM audit_entries WHERE sequence >= " + n,
        "INSERT INTO audit_entries SELECT NULL, prefecture_code, fiscal_year, 1000, entry, hash FROM audit_entries "
        "WHERE sequence = " +
            n,
        "UPDATE audit_entries SET sequence = -1 WHERE sequence = " + n + "; UPDATE audit_entries SET sequence = " + n +
            " WHERE sequence = " + other + "; UPDATE audit_entries SET sequence = " + other + " WHERE sequence = -1",
        "UPDATE audit_heads SET sequence = " + std::to_string(at - 1),
    };
    Execute(copy, edits[static_cast<size_t>(round) % std::size(edits)]);
    if (Verify(*Open(copy)).has_value()) {
      ++found;
    } else {
      ADD_FAILURE() << edits[static_cast<size_t>(round) % std::size(edits)];
    }
  }
  EXPECT_EQ(found, kRounds);
}

TEST_F(SqliteAuditTest, ShowsAHistoryThatWasEdited) {
  for (const char* edit : {"UPDATE events SET reason = '材料齐全' WHERE sequence = 5",
                           "UPDATE events SET actor = 'person/other' WHERE sequence = 5",
                           "UPDATE events SET event_time_us = event_time_us + 1 WHERE sequence = 5",
                           "UPDATE events SET sequence = 1000 WHERE sequence = 5"}) {
    const std::string copy = home_.File("copy");
    std::filesystem::remove(copy + "-wal");
    std::filesystem::copy_file(path(), copy, std::filesystem::copy_options::overwrite_existing);
    Execute(copy, edit);
    const auto store = Open(copy);
    AuditedEvents log;
    ASSERT_FALSE(Verify(*store, &log).has_value()) << edit;

    const auto fault =
        log.Compare(FormatSubmissionName(AKey()), *Look(*store, &SubmissionReads::Events, AKey(), 0, 1000));

    ASSERT_TRUE(fault.has_value()) << edit;
    EXPECT_EQ(fault->sequence, 5) << edit;
  }
}

TEST_F(SqliteAuditTest, RefusesLastNightsCopyByACheckpoint) {
  const std::string backup = home_.File("backup.db");
  std::filesystem::copy_file(path(), backup);
  std::vector<v1::AuditCheckpoint> kept;
  {
    const auto store = Open(path());
    ASSERT_THAT(
        WriteAndWait(*store,
                     [](SubmissionTransaction& t) { return FileReport(t, AFiling("request-x", "今日报送")).status(); }),
        IsOk());
    CheckpointTaker taker(*store, {}, [&](const v1::AuditCheckpoint& checkpoint) {
      kept.push_back(checkpoint);
      return absl::OkStatus();
    });
    ASSERT_THAT(taker.Take(absl::FromUnixSeconds(1'750'000'100)), IsOk());
    EXPECT_THAT(CheckAgainstCheckpoints(*store, kept), IsOk());
  }

  EXPECT_THAT(CheckAgainstCheckpoints(*Open(backup), kept),
              FailsWith(absl::StatusCode::kFailedPrecondition, "AUDIT_LOG_CUT_OFF"));
}

}  // namespace
}  // namespace jixiao::intake
