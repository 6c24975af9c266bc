#include "intake/core/audit/audit_checkpoints.h"

#include <gmock/gmock.h>

#include "common/testing/status_matchers.h"
#include "intake/core/audit/audit_chain.h"
#include "intake/testing/store/in_memory_submission_store.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const absl::Time kTakenAt = absl::FromUnixSeconds(1'750'000'000);

void Append(SubmissionStore& store, int count, const std::string& division_code = "430611",
            const std::string& digest = "sm3:0") {
  ASSERT_THAT(WriteAndWait(store,
                           [&](SubmissionTransaction& t) {
                             for (int i = 0; i < count; ++i) {
                               const absl::Status status = AppendOperation(
                                   t,
                                   {division_code, 2024, "SET_SEASON", "seasons/x", digest, "person/1", "", kTakenAt});
                               if (!status.ok()) return status;
                             }
                             return absl::OkStatus();
                           }),
              IsOk());
}

class AuditCheckpointsTest : public ::testing::Test {
 protected:
  CheckpointTaker Taker() {
    return CheckpointTaker(store_, kept_, [this](const v1::AuditCheckpoint& checkpoint) {
      kept_.push_back(checkpoint);
      return sink_answer_;
    });
  }
  std::vector<int64_t> Sequences() const {
    std::vector<int64_t> sequences;
    for (const auto& checkpoint : kept_) sequences.push_back(checkpoint.sequence());
    return sequences;
  }

  testing::InMemorySubmissionStore store_;
  std::vector<v1::AuditCheckpoint> kept_;
  absl::Status sink_answer_;
};

TEST_F(AuditCheckpointsTest, TakesOneEveryMinuteOrThousandEntries) {
  CheckpointTaker taker = Taker();
  ASSERT_THAT(taker.Take(kTakenAt), IsOk());
  EXPECT_THAT(kept_, IsEmpty());
  Append(store_, 3);
  ASSERT_THAT(taker.Take(kTakenAt), IsOk());
  Append(store_, 999);
  ASSERT_THAT(taker.Take(kTakenAt + absl::Seconds(59)), IsOk());
  EXPECT_THAT(Sequences(), ElementsAre(3));
  Append(store_, 1);
  ASSERT_THAT(taker.Take(kTakenAt + absl::Seconds(59)), IsOk());
  EXPECT_THAT(Sequences(), ElementsAre(3, 1003));
  ASSERT_THAT(taker.Take(kTakenAt + absl::Minutes(10)), IsOk());  // nothing new
  Append(store_, 1);
  ASSERT_THAT(taker.Take(kTakenAt + absl::Minutes(10)), IsOk());
  EXPECT_THAT(Sequences(), ElementsAre(3, 1003, 1004));
  EXPECT_EQ(kept_.back().name(), "auditlogs/430600.2024");
  EXPECT_THAT(CheckAgainstCheckpoints(store_, kept_), IsOk());
}

TEST_F(AuditCheckpointsTest, TakesALastOneHoweverSoon) {
  CheckpointTaker taker = Taker();
  Append(store_, 3);
  ASSERT_THAT(taker.Take(kTakenAt), IsOk());
  Append(store_, 1);
  ASSERT_THAT(taker.Take(kTakenAt + absl::Seconds(1), /*is_final=*/true), IsOk());

  EXPECT_THAT(Sequences(), ElementsAre(3, 4));
}

TEST_F(AuditCheckpointsTest, GoesOnAfterARestart) {
  Append(store_, 3);
  ASSERT_THAT(Taker().Take(kTakenAt), IsOk());
  Append(store_, 2);
  ASSERT_THAT(Taker().Take(kTakenAt + absl::Minutes(2)), IsOk());

  EXPECT_THAT(Sequences(), ElementsAre(3, 5));
}

TEST_F(AuditCheckpointsTest, TriesAgainWhatCouldNotBeKept) {
  Append(store_, 3);
  CheckpointTaker taker = Taker();
  sink_answer_ = absl::UnavailableError("disk full");
  EXPECT_FALSE(taker.Take(kTakenAt).ok());
  sink_answer_ = absl::OkStatus();
  kept_.clear();
  ASSERT_THAT(taker.Take(kTakenAt), IsOk());

  EXPECT_THAT(Sequences(), ElementsAre(3));
}

TEST_F(AuditCheckpointsTest, VouchesForNoChainThatIsNotAsItWasChained) {
  Append(store_, 3);
  ASSERT_THAT(Taker().Take(kTakenAt), IsOk());
  // An entry whose hash was not made by the chain.
  ASSERT_THAT(WriteAndWait(store_,
                           [](SubmissionTransaction& t) {
                             StoredAuditRecord stored{4, {}};
                             v1::AuditEntry entry;
                             entry.set_sequence(4);
                             stored.record.set_entry(entry.SerializeAsString());
                             stored.record.set_hash(std::string(32, 'x'));
                             return t.InsertAuditRecord({"430600", 2024}, stored);
                           }),
              IsOk());
  Append(store_, 2, "430100");
  const absl::Status status = Taker().Take(kTakenAt + absl::Minutes(2));

  EXPECT_THAT(status, FailsWith(absl::StatusCode::kDataLoss, "AUDIT_LOG_BROKEN"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("auditlogs/430600.2024 is not as it was chained from entry 4"));
  ASSERT_THAT(kept_, SizeIs(2));  // the sound chain got its own
  EXPECT_EQ(kept_.back().name(), "auditlogs/430100.2024");
}

// M-4: back to last night's copy.
TEST_F(AuditCheckpointsTest, RefusesAStoreThatIsBehindACheckpoint) {
  Append(store_, 3);
  testing::InMemorySubmissionStore older;
  Append(older, 2);
  ASSERT_THAT(Taker().Take(kTakenAt), IsOk());

  const absl::Status status = CheckAgainstCheckpoints(older, kept_);

  EXPECT_THAT(status, FailsWith(absl::StatusCode::kFailedPrecondition, "AUDIT_LOG_CUT_OFF"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("auditlogs/430600.2024 knows entry 3"));
}

TEST_F(AuditCheckpointsTest, RefusesAStoreWithAnotherLog) {
  Append(store_, 3);
  testing::InMemorySubmissionStore other;
  Append(other, 5, "430611", "sm3:1");
  ASSERT_THAT(Taker().Take(kTakenAt), IsOk());

  EXPECT_THAT(CheckAgainstCheckpoints(other, kept_),
              FailsWith(absl::StatusCode::kFailedPrecondition, "AUDIT_LOG_REWRITTEN"));
}

TEST_F(AuditCheckpointsTest, ReadsWhatItWrote) {
  Append(store_, 3);
  ASSERT_THAT(Taker().Take(kTakenAt), IsOk());

  const auto read = ParseCheckpoints(FormatCheckpoint(kept_[0]) + "\n\n" + FormatCheckpoint(kept_[0]) + "\n");

  ASSERT_THAT(read, IsOk());
  ASSERT_THAT(*read, SizeIs(2));
  EXPECT_EQ(read->at(1).DebugString(), kept_[0].DebugString());
}

TEST_F(AuditCheckpointsTest, NamesTheLineThatIsNoCheckpoint) {
  for (const char* bad :
       {"what", "{}", "{\"name\":\"auditlogs/430600.2024\"}", "{\"name\":\"x\",\"sequence\":\"1\"}"}) {
    const auto read = ParseCheckpoints(std::string("\n") + bad + "\n");
    EXPECT_THAT(read.status(), FailsWith(absl::StatusCode::kInvalidArgument, "BAD_CHECKPOINT")) << bad;
    EXPECT_THAT(std::string(read.status().message()), HasSubstr("line 2")) << bad;
  }
}

}  // namespace
}  // namespace jixiao::intake
