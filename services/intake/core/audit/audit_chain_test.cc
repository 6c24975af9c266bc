#include "intake/core/audit/audit_chain.h"

#include <gmock/gmock.h>

#include "common/base/digest.h"
#include "common/base/sm3.h"
#include "common/testing/status_matchers.h"
#include "intake/core/change/record_change.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/core/review/submission_review.h"
#include "intake/core/submission/stored_time.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/in_memory_submission_store.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::IsOk;
using testing::AFiling;
using testing::AKey;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Look;
using ::testing::Not;

using E = v1::SubmissionEvent;

const AuditShard kShard{"430600", 2024};
const absl::Time kNow = absl::FromUnixSeconds(1'750'000'000);

class AuditChainTest : public ::testing::Test {
 protected:
  std::vector<v1::AuditEntry> Entries(const AuditShard& shard = kShard) {
    std::vector<v1::AuditEntry> entries;
    const auto records = Look(store_, &SubmissionReads::AuditLog, shard, 0, 1000);
    for (const StoredAuditRecord& stored : *records) {
      EXPECT_TRUE(entries.emplace_back().ParseFromString(stored.record.entry()));
    }
    return entries;
  }

  void File(const std::string& request_id = "request-1", const std::string& title = "一") {
    ASSERT_THAT(
        WriteAndWait(store_,
                     [&](SubmissionTransaction& t) { return FileReport(t, AFiling(request_id, title)).status(); }),
        IsOk());
  }

  absl::Status Review(E::Action action, const std::string& reason) {
    ReviewStep step;
    step.key = AKey();
    step.action = action;
    step.version = 1;
    step.reason = reason;
    step.comments.emplace_back().set_text(reason);
    step.request_id = "review-01";
    step.actor = "person/reviewer-1";
    step.time = kNow;
    return WriteAndWait(store_, [&](SubmissionTransaction& t) { return TakeReviewStep(t, step); });
  }

  testing::InMemorySubmissionStore store_;
};

// Written out once more by hand: whoever verifies with a program of their own
// relies on these bytes.
TEST_F(AuditChainTest, HashesAsDocumented) {
  using namespace std::string_literals;
  EXPECT_EQ(GenesisHash(kShard), Sm3("\x02"s + "auditlogs/430600.2024"));
  EXPECT_EQ(ChainHash(kShard, 258, std::string(32, 'h'), "entry"),
            Sm3("\x01"s + "jixiao-audit-v1" + "\0\x15"s + "auditlogs/430600.2024" + "\0\0\0\0\0\0\x01\x02"s +
                std::string(32, 'h') + Sm3("\0"s + "entry")));
}

TEST_F(AuditChainTest, LinksEachEntryToTheOneBefore) {
  File("request-1", "一");
  File("request-2", "二");

  const auto records = Look(store_, &SubmissionReads::AuditLog, kShard, 0, 10);
  ASSERT_THAT(records, IsOk());
  ASSERT_EQ(records->size(), 2U);
  std::string hash = GenesisHash(kShard);
  for (const StoredAuditRecord& stored : *records) {
    hash = ChainHash(kShard, stored.sequence, hash, stored.record.entry());
    EXPECT_EQ(stored.record.hash(), hash) << stored.sequence;
  }
}

TEST_F(AuditChainTest, SaysWhoDidWhatToWhichVersion) {
  File();
  ASSERT_THAT(Review(E::ACTION_WITHDRAWN, "单位申请撤回"), IsOk());

  const auto entries = Entries();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].action(), "SUBMITTED");
  EXPECT_EQ(entries[0].request_id(), "request-1");
  EXPECT_EQ(entries[0].report_digest(), AFiling("request-1", "一").report_digest);
  const v1::AuditEntry& withdrawal = entries[1];
  EXPECT_EQ(withdrawal.sequence(), 2);
  EXPECT_EQ(withdrawal.action(), "WITHDRAWN");
  EXPECT_EQ(withdrawal.actor(), "person/reviewer-1");
  EXPECT_EQ(withdrawal.resource(), "submissions/430611.NC01.2024.department/versions/1");
  EXPECT_EQ(withdrawal.request_id(), "review-01");
  EXPECT_EQ(FromTimestamp(withdrawal.event_time()), kNow);
  EXPECT_EQ(withdrawal.record_digest(), RecordDigest(Look(store_, &SubmissionReads::Events, AKey(), 1, 1)->front()));
}

// M-3 of the fault table: a change without its entry, or the reverse.
TEST_F(AuditChainTest, ChainsNothingOfAChangeThatFailed) {
  File();
  const absl::Status status = WriteAndWait(store_, [](SubmissionTransaction& t) -> absl::Status {
    if (absl::Status filed = FileReport(t, AFiling("request-2", "二")).status(); !filed.ok()) return filed;
    return absl::AbortedError("at the last moment");
  });

  EXPECT_FALSE(status.ok());
  EXPECT_EQ(Entries().size(), 1U);
  EXPECT_EQ(Look(store_, &SubmissionReads::FindSubmission, AKey())->event_count, 1);
}

TEST_F(AuditChainTest, ChainsNothingForACallThatChangedNothing) {
  File("request-1", "一");
  File("request-1", "一");  // a retry
  File("request-2", "一");  // the same content once more

  EXPECT_EQ(Entries().size(), 1U);
}

TEST_F(AuditChainTest, KeepsPrefecturesAndYearsApart) {
  File();
  for (const auto& [division, year] : {std::pair("430681", 2023), std::pair("430100", 2024)}) {
    ASSERT_THAT(WriteAndWait(store_,
                             [&](SubmissionTransaction& t) {
                               return AppendOperation(t, {division, year, "SET_SEASON", "seasons/x", "sm3:0",
                                                          "person/manager-1", "request-1", kNow});
                             }),
                IsOk());
  }

  EXPECT_EQ(Entries().size(), 1U);
  ASSERT_EQ(Entries({"430600", 2023}).size(), 1U);
  EXPECT_EQ(Entries({"430600", 2023})[0].action(), "SET_SEASON");
  EXPECT_EQ(Entries({"430100", 2024})[0].sequence(), 1);
}

TEST_F(AuditChainTest, HoldsNoTextOfAReasonOrAReport) {
  File("request-1", "张三丰整体支出报告");
  ASSERT_THAT(WriteAndWait(store_,
                           [](SubmissionTransaction& t) -> absl::Status {
                             auto record = **t.FindSubmission(AKey());
                             const absl::Status applied =
                                 ApplyAction(t, E::ACTION_SCORING_FAILED,
                                             {"service/scoring", "联系人张三丰 13812345678", kNow}, record);
                             return applied.ok() ? t.PutSubmission(record) : applied;
                           }),
              IsOk());
  ASSERT_THAT(Review(E::ACTION_WITHDRAWN, "经办人张三丰申请撤回，电话13812345678"), IsOk());

  const auto records = Look(store_, &SubmissionReads::AuditLog, kShard, 0, 10);
  ASSERT_EQ(records->size(), 3U);
  for (const StoredAuditRecord& stored : *records) {
    for (const char* planted : {"张三丰", "13812345678", "申请撤回", "云溪县农村工作局"}) {
      EXPECT_THAT(stored.record.entry(), Not(HasSubstr(planted))) << stored.sequence;
    }
  }
}

}  // namespace
}  // namespace jixiao::intake
