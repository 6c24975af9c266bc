// Contract: the audit log. What is chained is core's; a store keeps it in order.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "common/testing/status_matchers.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/look.h"
#include "intake/testing/store/submission_store_contract.h"

namespace jixiao::intake::testing {

using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {

const AuditShard kShard{"439900", 2024};

StoredAuditRecord ARecord(int64_t sequence, const std::string& entry) {
  StoredAuditRecord stored{sequence, {}};
  stored.record.set_entry(entry + std::string("\0\xFF", 2));
  stored.record.set_hash(std::string(32, static_cast<char>(sequence)));
  return stored;
}

SubmissionStore::Work Append(const AuditShard& shard, int64_t sequence, const std::string& entry) {
  return [=](SubmissionTransaction& transaction) {
    return transaction.InsertAuditRecord(shard, ARecord(sequence, entry));
  };
}

std::vector<int64_t> SequencesOf(const std::vector<StoredAuditRecord>& records) {
  std::vector<int64_t> sequences;
  for (const StoredAuditRecord& record : records) sequences.push_back(record.sequence);
  return sequences;
}

}  // namespace

TEST_P(SubmissionStoreContract, KeepsAuditEntriesByteForByteAndInOrder) {
  for (int i = 1; i <= 3; ++i) MustWrite(Append(kShard, i, "entry " + std::to_string(i)));

  const auto records = Look(store(), &SubmissionReads::AuditLog, kShard, 0, 10);
  ASSERT_THAT(records, IsOk());
  EXPECT_THAT(SequencesOf(*records), ElementsAre(1, 2, 3));
  EXPECT_EQ(records->at(1).record.DebugString(), ARecord(2, "entry 2").record.DebugString());
  EXPECT_THAT(SequencesOf(*Look(store(), &SubmissionReads::AuditLog, kShard, 1, 1)), ElementsAre(2));
  EXPECT_THAT(*Look(store(), &SubmissionReads::AuditLog, AuditShard{"439900", 2023}, 0, 10), IsEmpty());
}

// The digest of an event is chained over these bytes, and made again from what is read.
TEST_P(SubmissionStoreContract, GivesEventsBackAsTheyWereChained) {
  File("request-1", "一", AKey());
  v1::SubmissionEvent event;
  event.set_sequence(2);
  event.set_version(1);
  event.set_action(v1::SubmissionEvent::ACTION_RETURNED);
  event.set_from_state(v1::Submission::STATE_SCORED);
  event.set_to_state(v1::Submission::STATE_RETURNED);
  event.set_actor("person/reviewer-1");
  event.set_reason("请补充佐证材料\n见附件");
  event.mutable_event_time()->set_seconds(1'750'000'000);
  event.mutable_event_time()->set_nanos(123'456'000);
  MustWrite([&](SubmissionTransaction& transaction) { return transaction.InsertEvent(AKey(), event); });

  const auto events = Look(store(), &SubmissionReads::Events, AKey(), 1, 10);
  ASSERT_THAT(events, IsOk());
  ASSERT_EQ(events->size(), 1U);
  EXPECT_EQ(events->front().SerializeAsString(), event.SerializeAsString());
}

TEST_P(SubmissionStoreContract, KeepsAHeadForEachChain) {
  const auto head = [this](const AuditShard& shard) {
    return InTransaction<AuditHead>(
        [&](SubmissionTransaction& transaction) { return transaction.FindAuditHead(shard); });
  };
  EXPECT_EQ(head(kShard).sequence, 0);
  EXPECT_EQ(head(kShard).hash, "");
  MustWrite(Append(kShard, 1, "one"));
  MustWrite(Append(kShard, 2, "two"));
  MustWrite(Append({"439800", 2024}, 1, "other prefecture"));
  MustWrite(Append({"439900", 2023}, 1, "other year"));

  EXPECT_EQ(head(kShard).sequence, 2);
  EXPECT_EQ(head(kShard).hash, std::string(32, '\2'));
  std::vector<std::string> heads;
  const auto listed = Look(store(), &SubmissionReads::AuditHeads);
  ASSERT_THAT(listed, IsOk());
  for (const auto& [shard, each] : *listed) {
    heads.push_back(FormatAuditLogName(shard) + " " + std::to_string(each.sequence));
  }
  EXPECT_THAT(heads, ElementsAre("auditlogs/439800.2024 1", "auditlogs/439900.2023 1", "auditlogs/439900.2024 2"));
}

TEST_P(SubmissionStoreContract, RefusesAnAuditEntryThatDoesNotFollowTheHead) {
  MustWrite(Append(kShard, 1, "one"));

  for (const int64_t sequence : {0, 1, 3}) {
    EXPECT_THAT(WriteAndWait(store(), Append(kShard, sequence, "again")), StatusIs(absl::StatusCode::kInternal))
        << sequence;
  }
  EXPECT_THAT(SequencesOf(*Look(store(), &SubmissionReads::AuditLog, kShard, 0, 10)), ElementsAre(1));
}

}  // namespace jixiao::intake::testing
