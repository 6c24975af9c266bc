#include "intake/core/audit/verify_audit.h"

#include <gmock/gmock.h>

#include <random>

#include "common/testing/status_matchers.h"
#include "intake/core/audit/audit_chain.h"
#include "intake/testing/store/in_memory_submission_store.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake {
namespace {

using testing::Look;

using FaultKind = ChainFault::Kind;

const AuditShard kVerifiedShard{"430600", 2024};
constexpr int kEntries = 60;

struct Chain {
  std::vector<v1::AuditRecord> records;
  AuditHead head;
};

// The hashes from entry `from` (from 0) on, as somebody with our program has them.
void Rehash(Chain& chain, size_t from, size_t to) {
  for (size_t i = from; i < to; ++i) {
    const std::string previous = i == 0 ? GenesisHash(kVerifiedShard) : chain.records[i - 1].hash();
    chain.records[i].set_hash(
        ChainHash(kVerifiedShard, static_cast<int64_t>(i) + 1, previous, chain.records[i].entry()));
  }
}

Chain AChain() {
  testing::InMemorySubmissionStore store;
  const absl::Status written = WriteAndWait(store, [](SubmissionTransaction& t) {
    for (int i = 1; i <= kEntries; ++i) {
      const AuditedOperation operation{"430611",
                                       2024,
                                       "SET_SEASON",
                                       "seasons/430611.2024.department",
                                       "sm3:" + std::to_string(i),
                                       "person/manager-1",
                                       "request-" + std::to_string(i),
                                       absl::FromUnixSeconds(1'750'000'000 + i)};
      if (absl::Status status = AppendOperation(t, operation); !status.ok()) return status;
    }
    return absl::OkStatus();
  });
  EXPECT_TRUE(written.ok());
  Chain chain;
  const auto stored = Look(store, &SubmissionReads::AuditLog, kVerifiedShard, 0, kEntries + 1);
  for (const StoredAuditRecord& record : *stored) chain.records.push_back(record.record);
  chain.head = {kEntries, chain.records.back().hash()};
  return chain;
}

v1::AuditCheckpoint CheckpointAt(const Chain& chain, int64_t sequence) {
  v1::AuditCheckpoint checkpoint;
  checkpoint.set_name(FormatAuditLogName(kVerifiedShard));
  checkpoint.set_sequence(sequence);
  checkpoint.set_hash(chain.records[static_cast<size_t>(sequence) - 1].hash());
  return checkpoint;
}

std::optional<ChainFault> Verify(const Chain& chain, const std::vector<v1::AuditCheckpoint>& checkpoints = {}) {
  ChainVerifier verifier(kVerifiedShard, checkpoints);
  for (const v1::AuditRecord& record : chain.records) verifier.Add(record);
  return verifier.Finish(chain.head);
}

void Alter(v1::AuditRecord& record) {
  v1::AuditEntry entry;
  entry.ParseFromString(record.entry());
  entry.set_actor("person/somebody-else");
  record.set_entry(entry.SerializeAsString());
}

TEST(VerifyAuditTest, FindsNothingInASoundChain) {
  const Chain chain = AChain();

  EXPECT_FALSE(Verify(chain).has_value());
  EXPECT_FALSE(Verify(chain, {CheckpointAt(chain, 7), CheckpointAt(chain, kEntries)}).has_value());
  EXPECT_FALSE(Verify({}).has_value());  // nothing was chained yet
}

TEST(VerifyAuditTest, GoesOnBehindACheckpoint) {
  const Chain chain = AChain();
  ChainVerifier verifier(kVerifiedShard, {});
  verifier.StartBehind(40, chain.records[39].hash());
  for (size_t i = 40; i < chain.records.size(); ++i) verifier.Add(chain.records[i]);

  EXPECT_FALSE(verifier.Finish(chain.head).has_value());
}

TEST(VerifyAuditTest, FindsAChainOfAnotherShard) {
  const Chain chain = AChain();
  ChainVerifier verifier({"430100", 2024}, {});

  EXPECT_FALSE(verifier.Add(chain.records.front()));
  EXPECT_EQ(verifier.fault()->kind, FaultKind::kAltered);
}

// M-1: one edit of one kind at one place; `sequence` is where it has to be found.
struct Edit {
  const char* what;
  std::function<int64_t(Chain&, size_t at, size_t other)> make;
};

const Edit kEdits[] = {
    {"a byte of an entry",
     [](Chain& c, size_t at, size_t other) {
       std::string bytes = c.records[at].entry();
       bytes[other % bytes.size()] ^= 1;
       c.records[at].set_entry(bytes);
       return static_cast<int64_t>(at) + 1;
     }},
    {"a byte of a hash",
     [](Chain& c, size_t at, size_t other) {
       std::string bytes = c.records[at].hash();
       bytes[other % bytes.size()] ^= 1;
       c.records[at].set_hash(bytes);
       return static_cast<int64_t>(at) + 1;
     }},
    {"an entry, with its hash made anew",
     [](Chain& c, size_t at, size_t) {
       Alter(c.records[at]);
       Rehash(c, at, at + 1);
       // Of the last one only the head tells.
       return static_cast<int64_t>(std::min(at + 2, c.records.size()));
     }},
    {"removed",
     [](Chain& c, size_t at, size_t) {
       c.records.erase(c.records.begin() + static_cast<int64_t>(at));
       return static_cast<int64_t>(at) + 1;
     }},
    {"doubled",
     [](Chain& c, size_t at, size_t) {
       c.records.insert(c.records.begin() + static_cast<int64_t>(at), c.records[at]);
       return static_cast<int64_t>(at) + 2;
     }},
    {"put in from elsewhere",
     [](Chain& c, size_t at, size_t other) {
       const v1::AuditRecord copy = c.records[other == at ? (at + 1) % c.records.size() : other];
       c.records.insert(c.records.begin() + static_cast<int64_t>(at), copy);
       return static_cast<int64_t>(at) + 1;
     }},
    {"exchanged",
     [](Chain& c, size_t at, size_t other) {
       if (other == at) other = (at + 1) % c.records.size();
       std::swap(c.records[at], c.records[other]);
       return static_cast<int64_t>(std::min(at, other)) + 1;
     }},
    {"cut off",
     [](Chain& c, size_t at, size_t) {
       c.records.resize(at);
       return static_cast<int64_t>(at) + 1;
     }},
    {"written anew to the end, without the head",
     [](Chain& c, size_t at, size_t) {
       Alter(c.records[at]);
       Rehash(c, at, c.records.size());
       return static_cast<int64_t>(c.records.size());
     }},
    {"added behind the head",
     [](Chain& c, size_t, size_t) {
       v1::AuditEntry entry;
       entry.set_sequence(kEntries + 1);
       c.records.emplace_back().set_entry(entry.SerializeAsString());
       Rehash(c, kEntries, kEntries + 1);
       return static_cast<int64_t>(kEntries) + 1;
     }},
};

TEST(VerifyAuditTest, FindsEachOfAThousandEditsAtItsPlace) {
  const Chain sound = AChain();
  std::mt19937 random(20241121);
  std::uniform_int_distribution<size_t> place(0, kEntries - 1);
  for (int i = 0; i < 1000; ++i) {
    const Edit& edit = kEdits[static_cast<size_t>(i) % std::size(kEdits)];
    Chain chain = sound;
    const size_t at = place(random);
    const int64_t expected = edit.make(chain, at, place(random));

    const auto fault = Verify(chain);

    ASSERT_TRUE(fault.has_value()) << edit.what << " at " << at;
    EXPECT_EQ(fault->sequence, expected) << edit.what << " at " << at;
  }
}

// M-2: somebody with the whole program and the whole store. Only what another
// party keeps helps.
TEST(VerifyAuditTest, FindsAChainWrittenAnewAgainstACheckpointOnly) {
  const Chain sound = AChain();
  const std::vector<v1::AuditCheckpoint> kept = {CheckpointAt(sound, 10), CheckpointAt(sound, 50)};
  for (size_t at = 0; at < 50; ++at) {
    Chain chain = sound;
    Alter(chain.records[at]);
    Rehash(chain, at, chain.records.size());
    chain.head.hash = chain.records.back().hash();
    EXPECT_FALSE(Verify(chain).has_value());

    const auto fault = Verify(chain, kept);

    ASSERT_TRUE(fault.has_value()) << at;
    EXPECT_EQ(fault->kind, FaultKind::kRewritten);
    EXPECT_EQ(fault->sequence, at < 10 ? 1 : 11) << at;
    EXPECT_EQ(fault->last_sequence, at < 10 ? 10 : 50) << at;
  }
}

TEST(VerifyAuditTest, FindsAnOlderCopyAgainstACheckpoint) {
  const Chain sound = AChain();
  Chain older = sound;
  older.records.resize(40);
  older.head = {40, older.records.back().hash()};
  EXPECT_FALSE(Verify(older).has_value());

  const auto fault = Verify(older, {CheckpointAt(sound, 50)});

  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->kind, FaultKind::kCutOff);
  EXPECT_EQ(fault->sequence, 41);
}

TEST(VerifyAuditTest, FindsAHeadThatIsGone) {
  Chain chain = AChain();
  chain.head = {};

  const auto fault = Verify(chain);

  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->kind, FaultKind::kHeadDiffers);
}

TEST(VerifyAuditTest, RefusesACheckpointThatIsNone) {
  const Chain chain = AChain();
  v1::AuditCheckpoint checkpoint = CheckpointAt(chain, 1);
  checkpoint.set_sequence(0);

  ASSERT_TRUE(Verify(chain, {checkpoint}).has_value());
  EXPECT_EQ(Verify(chain, {checkpoint})->kind, FaultKind::kBadCheckpoint);
}

}  // namespace
}  // namespace jixiao::intake
