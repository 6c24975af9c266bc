// What every DisclosureStore promises; instantiated beside each implementation.
#ifndef JIXIAO_PUBLISH_TESTING_DISCLOSURE_STORE_CONTRACT_H_
#define JIXIAO_PUBLISH_TESTING_DISCLOSURE_STORE_CONTRACT_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <thread>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "publish/core/disclosure_store.h"

namespace jixiao::publish::testing {

inline SubmissionKey AKey(const std::string& unit = "NC01", int year = 2024, const std::string& division = "430611") {
  return {division, unit, year, report::v1::REPORT_KIND_DEPARTMENT, ""};
}

inline NewDisclosure ADisclosure(const SubmissionKey& key, int version, const std::string& content = "content") {
  NewDisclosure disclosure;
  disclosure.head.key = {key, version};
  disclosure.head.publish_time = absl::FromUnixSeconds(1'760'000'000 + version);
  disclosure.head.request_digest = ContentDigest(content);
  disclosure.bytes = content;
  disclosure.head.disclosure_digest = ContentDigest(content);
  disclosure.head.summary.unit_name = "清河县网格化服务中心" + key.unit_code;
  disclosure.head.summary.claimed_milli = 98000;
  disclosure.head.summary.explain_count = 3;
  return disclosure;
}

// What `store` holds now, read by itself.
inline absl::StatusOr<std::vector<DisclosureHead>> Versions(DisclosureStore& store, const SubmissionKey& key) {
  absl::StatusOr<std::vector<DisclosureHead>> versions;
  (void)store.Read([&](DisclosureReads& reads) { return (versions = reads.Versions(key)).status(); });
  return versions;
}

inline absl::StatusOr<std::string> Load(DisclosureStore& store, const DisclosureKey& key) {
  absl::StatusOr<std::string> bytes;
  (void)store.Read([&](DisclosureReads& reads) { return (bytes = reads.Load(key)).status(); });
  return bytes;
}

inline DisclosurePage List(DisclosureStore& store, const ListFilter& filter) {
  DisclosurePage page;
  EXPECT_TRUE(store
                  .Read([&](DisclosureReads& reads) {
                    page = reads.List(filter).value();
                    return absl::OkStatus();
                  })
                  .ok());
  return page;
}

inline std::vector<DivisionCount> Count(DisclosureStore& store) {
  std::vector<DivisionCount> counts;
  EXPECT_TRUE(store
                  .Read([&](DisclosureReads& reads) {
                    counts = reads.Count().value();
                    return absl::OkStatus();
                  })
                  .ok());
  return counts;
}

// A fresh, empty store for each test.
using StoreFactory = std::function<std::unique_ptr<DisclosureStore>()>;

class DisclosureStoreContract : public ::testing::TestWithParam<StoreFactory> {
 protected:
  std::unique_ptr<DisclosureStore> store_ = GetParam()();
};

TEST_P(DisclosureStoreContract, KeepsWhatWasInserted) {
  ASSERT_TRUE(store_->Insert(ADisclosure(AKey(), 1)).ok());

  EXPECT_EQ(Load(*store_, {AKey(), 1}).value(), "content");
  const auto heads = Versions(*store_, AKey()).value();
  ASSERT_EQ(heads.size(), 1u);
  EXPECT_EQ(heads[0].state, v1::Disclosure::STATE_CURRENT);
  EXPECT_EQ(heads[0].summary, ADisclosure(AKey(), 1).head.summary);
  EXPECT_EQ(heads[0].publish_time, ADisclosure(AKey(), 1).head.publish_time);
  EXPECT_TRUE(Versions(*store_, AKey("other")).value().empty());
}

TEST_P(DisclosureStoreContract, RepeatsTheFirstAnswerForTheSameBytes) {
  ASSERT_TRUE(store_->Insert(ADisclosure(AKey(), 1)).ok());
  NewDisclosure later = ADisclosure(AKey(), 1);
  later.head.publish_time += absl::Hours(1);

  const auto repeated = store_->Insert(later);

  ASSERT_TRUE(repeated.ok());
  ASSERT_EQ(repeated->size(), 1u);
  EXPECT_EQ(repeated->front().publish_time, ADisclosure(AKey(), 1).head.publish_time);
  EXPECT_EQ(Versions(*store_, AKey()).value().size(), 1u);
}

TEST_P(DisclosureStoreContract, RefusesOtherBytesForAPublishedVersion) {
  ASSERT_TRUE(store_->Insert(ADisclosure(AKey(), 1)).ok());

  const auto refused = store_->Insert(ADisclosure(AKey(), 1, "other"));

  EXPECT_EQ(refused.status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(Load(*store_, {AKey(), 1}).value(), "content");
}

TEST_P(DisclosureStoreContract, CorrectsTheFormerVersionAndKeepsIt) {
  ASSERT_TRUE(store_->Insert(ADisclosure(AKey(), 1)).ok());
  const auto given = store_->Insert(ADisclosure(AKey(), 3, "third"));

  const auto heads = Versions(*store_, AKey()).value();

  ASSERT_EQ(heads.size(), 2u);
  ASSERT_EQ(given->size(), 2u);
  EXPECT_EQ(given->at(0).state, heads[0].state);
  EXPECT_EQ(given->at(1).state, heads[1].state);
  EXPECT_EQ(heads[0].key.version, 3);
  EXPECT_EQ(heads[0].state, v1::Disclosure::STATE_CURRENT);
  EXPECT_EQ(heads[1].state, v1::Disclosure::STATE_CORRECTED);
  EXPECT_EQ(Load(*store_, {AKey(), 1}).value(), "content");
}

TEST_P(DisclosureStoreContract, RefusesAnOlderVersionButRepeatsItsAnswer) {
  ASSERT_TRUE(store_->Insert(ADisclosure(AKey(), 1)).ok());
  ASSERT_TRUE(store_->Insert(ADisclosure(AKey(), 3, "third")).ok());

  const auto refused = store_->Insert(ADisclosure(AKey(), 2, "second"));

  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(refused.status()), "OLDER_VERSION");
  EXPECT_TRUE(store_->Insert(ADisclosure(AKey(), 1)).ok());
  EXPECT_EQ(Versions(*store_, AKey()).value()[0].state, v1::Disclosure::STATE_CURRENT);
}

TEST_P(DisclosureStoreContract, WithdrawsOnceAndForgetsTheContent) {
  ASSERT_TRUE(store_->Insert(ADisclosure(AKey(), 1)).ok());
  const absl::Time time = absl::FromUnixSeconds(1'770'000'000);

  ASSERT_TRUE(store_->Withdraw({AKey(), 1}, "数据有误", time).ok());
  ASSERT_TRUE(store_->Withdraw({AKey(), 1}, "另一理由", time + absl::Hours(1)).ok());

  const auto heads = Versions(*store_, AKey()).value();
  EXPECT_EQ(heads[0].state, v1::Disclosure::STATE_WITHDRAWN);
  EXPECT_EQ(heads[0].withdraw_reason, "数据有误");
  EXPECT_EQ(heads[0].withdraw_time, time);
  EXPECT_EQ(Load(*store_, {AKey(), 1}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE(List(*store_, {}).heads.empty());
  // A late repeat of the publication does not bring it back.
  ASSERT_TRUE(store_->Insert(ADisclosure(AKey(), 1)).ok());
  EXPECT_EQ(Versions(*store_, AKey()).value()[0].state, v1::Disclosure::STATE_WITHDRAWN);
  EXPECT_EQ(store_->Withdraw({AKey(), 2}, "x", time).code(), absl::StatusCode::kNotFound);
}

TEST_P(DisclosureStoreContract, ListsCurrentOnesNewestYearFirst) {
  ASSERT_TRUE(store_->Insert(ADisclosure(AKey("B"), 1)).ok());
  ASSERT_TRUE(store_->Insert(ADisclosure(AKey("A"), 1)).ok());
  ASSERT_TRUE(store_->Insert(ADisclosure(AKey("C", 2025), 1)).ok());
  ASSERT_TRUE(store_->Insert(ADisclosure(AKey("D", 2024, "430203"), 1)).ok());
  ASSERT_TRUE(store_->Insert(ADisclosure(AKey("B"), 2, "second")).ok());

  const auto names = [](const DisclosurePage& page) {
    std::string text;
    for (const auto& head : page.heads) text += head.key.submission.unit_code + std::to_string(head.key.version) + " ";
    return text;
  };

  EXPECT_EQ(names(List(*store_, {})), "C1 D1 A1 B2 ");
  EXPECT_EQ(names(List(*store_, {2024, "4306", "", 50, ""})), "A1 B2 ");
  EXPECT_EQ(names(List(*store_, {std::nullopt, "", "中心D", 50, ""})), "D1 ");
  const auto first = List(*store_, {std::nullopt, "", "", 3, ""});
  EXPECT_EQ(names(first), "C1 D1 A1 ");
  const auto rest = List(*store_, {std::nullopt, "", "", 3, first.next});
  EXPECT_EQ(names(rest), "B2 ");
  EXPECT_EQ(rest.next, "");
  const auto counts = Count(*store_);
  ASSERT_EQ(counts.size(), 3u);
  EXPECT_EQ(counts[0].fiscal_year, 2025);
  EXPECT_EQ(counts[2].division_code, "430611");
  EXPECT_EQ(counts[2].count, 2);
}

TEST_P(DisclosureStoreContract, ChangesItsRevisionWithEveryChangeOnly) {
  const int64_t before = store_->Revision();
  ASSERT_TRUE(store_->Insert(ADisclosure(AKey(), 1)).ok());
  const int64_t inserted = store_->Revision();
  ASSERT_TRUE(store_->Insert(ADisclosure(AKey(), 1)).ok());
  EXPECT_EQ(store_->Revision(), inserted);
  ASSERT_TRUE(store_->Withdraw({AKey(), 1}, "x", absl::UnixEpoch()).ok());

  EXPECT_GT(inserted, before);
  EXPECT_GT(store_->Revision(), inserted);
}

// A writer waits or writes beside it; what is read together stays of one moment.
TEST_P(DisclosureStoreContract, AnswersFromOneMoment) {
  ASSERT_TRUE(store_->Insert(ADisclosure(AKey(), 1)).ok());
  std::future<absl::Status> withdrawal;

  const absl::Status read = store_->Read([&](DisclosureReads& reads) -> absl::Status {
    EXPECT_EQ(reads.Versions(AKey())->at(0).state, v1::Disclosure::STATE_CURRENT);
    const int64_t revision = store_->Revision();
    withdrawal = std::async(std::launch::async, [&] { return store_->Withdraw({AKey(), 1}, "x", absl::UnixEpoch()); });
    withdrawal.wait_for(std::chrono::milliseconds(100));
    EXPECT_EQ(reads.Load({AKey(), 1}).value(), "content");
    EXPECT_EQ(reads.List({})->heads.size(), 1u);
    EXPECT_EQ(reads.Count()->size(), 1u);
    EXPECT_EQ(store_->Revision(), revision);
    return absl::CancelledError("as the work says");
  });

  EXPECT_EQ(read.code(), absl::StatusCode::kCancelled);
  ASSERT_TRUE(withdrawal.get().ok());
  EXPECT_EQ(Versions(*store_, AKey())->at(0).state, v1::Disclosure::STATE_WITHDRAWN);
}

TEST_P(DisclosureStoreContract, KeepsOneCurrentVersionUnderConcurrentInserts) {
  std::vector<std::thread> threads;
  for (int version = 1; version <= 8; ++version) {
    threads.emplace_back([&, version] { (void)store_->Insert(ADisclosure(AKey(), version, std::to_string(version))); });
  }
  for (std::thread& thread : threads) thread.join();

  const auto heads = Versions(*store_, AKey()).value();
  int current = 0;
  for (const auto& head : heads) current += head.state == v1::Disclosure::STATE_CURRENT ? 1 : 0;
  EXPECT_EQ(current, 1);
  EXPECT_EQ(heads[0].state, v1::Disclosure::STATE_CURRENT);
}

}  // namespace jixiao::publish::testing

#endif  // JIXIAO_PUBLISH_TESTING_DISCLOSURE_STORE_CONTRACT_H_
