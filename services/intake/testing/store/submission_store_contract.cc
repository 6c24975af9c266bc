#include "intake/testing/store/submission_store_contract.h"

#include <gmock/gmock.h>

#include <future>
#include <utility>
#include <vector>

#include "common/base/digest.h"
#include "common/base/packed_bytes.h"
#include "common/base/status_macros.h"
#include "common/testing/status_matchers.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/core/submission/stored_time.h"
#include "intake/core/tasks/task_results.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake::testing {

using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'750'000'000);

std::vector<int> NumbersOf(const std::vector<VersionRecord>& records) {
  std::vector<int> numbers;
  for (const VersionRecord& record : records) numbers.push_back(record.version.version());
  return numbers;
}

}  // namespace

int SubmissionStoreContract::File(const std::string& request_id, const std::string& title, const SubmissionKey& key) {
  int version = 0;
  MustWrite([&](SubmissionTransaction& transaction) -> absl::Status {
    JIXIAO_RETURN_IF_ERROR(FileReport(transaction, AFiling(request_id, title, key)).status());
    JIXIAO_ASSIGN_OR_RETURN(const auto record, transaction.FindSubmission(key));
    version = record->submission.current_version();
    return absl::OkStatus();
  });
  return version;
}

void SubmissionStoreContract::MustWrite(const SubmissionStore::Work& work) {
  ASSERT_THAT(WriteAndWait(store(), work), IsOk());
}

void SubmissionStoreContract::Change(const SubmissionKey& key, const std::function<void(v1::Submission&)>& change) {
  SubmissionRecord record = *Look(store(), &SubmissionReads::FindSubmission, key);
  change(record.submission);
  MustWrite([&](SubmissionTransaction& transaction) { return transaction.PutSubmission(record); });
}

TEST_P(SubmissionStoreContract, GivesBackWhatWasFiled) {
  const Filing filing = AFiling("request-1", "标题", AKey());
  File("request-1", "标题", AKey());

  const auto record = Look(store(), &SubmissionReads::FindSubmission, AKey());
  ASSERT_THAT(record, IsOk());
  EXPECT_EQ(record->submission.name(), "submissions/430611.NC01.2024.department");
  EXPECT_EQ(record->submission.unit_name(), "云溪县农村工作局");
  EXPECT_EQ(record->submission.state(), v1::Submission::STATE_ACCEPTED);
  EXPECT_EQ(record->submission.report_digest(), filing.report_digest);
  EXPECT_EQ(FromTimestamp(record->submission.receive_time()), filing.receive_time);
  EXPECT_EQ(record->event_count, 1);
  const auto version = Look(store(), &SubmissionReads::FindVersion, VersionKey{AKey(), 1});
  ASSERT_THAT(version, IsOk());
  EXPECT_EQ(version->version.receipt().trace_id(), filing.trace_id);
  EXPECT_FALSE(version->version.is_superseded());
  const auto documents = Look(store(), &SubmissionReads::FindDocuments, VersionKey{AKey(), 1});
  ASSERT_THAT(documents, IsOk());
  EXPECT_EQ(ContentDigest(documents->report_bytes), filing.report_digest);
  EXPECT_EQ(documents->media_type, "");
}

TEST_P(SubmissionStoreContract, KeepsOriginalDocumentByteForByte) {
  Filing filing = AFiling();
  filing.documents.media_type = "text/plain";
  filing.documents.file_name = "自评报告 2024.txt";
  const std::string original("\xEF\xBB\xBF\t一、\r\n\0\xFF", 15);
  filing.documents.original_bytes = PackBytes(original);
  filing.original_digest = ContentDigest(original);
  MustWrite([&](SubmissionTransaction& transaction) { return FileReport(transaction, filing).status(); });

  const auto documents = Look(store(), &SubmissionReads::FindDocuments, VersionKey{AKey(), 1});

  ASSERT_THAT(documents, IsOk());
  EXPECT_EQ(documents->original_bytes, original);
  EXPECT_EQ(documents->file_name, "自评报告 2024.txt");
}

TEST_P(SubmissionStoreContract, SaysNotFoundForWhatWasNeverStored) {
  EXPECT_THAT(Look(store(), &SubmissionReads::FindSubmission, AKey()), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Look(store(), &SubmissionReads::FindVersion, VersionKey{AKey(), 1}),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Look(store(), &SubmissionReads::FindDocuments, VersionKey{AKey(), 1}),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(SubmissionStoreContract, StoresNothingOfAFailedWrite) {
  const absl::Status status = WriteAndWait(store(), [](SubmissionTransaction& transaction) -> absl::Status {
    JIXIAO_RETURN_IF_ERROR(FileReport(transaction, AFiling()).status());
    return absl::AbortedError("changed my mind");
  });

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(Look(store(), &SubmissionReads::FindSubmission, AKey()), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Look(store(), &SubmissionReads::Statistics)->backlogs, IsEmpty());
}

TEST_P(SubmissionStoreContract, KeepsOutcomesOfManyWritesApart) {
  std::vector<std::future<absl::Status>> answers;
  for (int i = 0; i < 40; ++i) {
    auto promise = std::make_shared<std::promise<absl::Status>>();
    answers.push_back(promise->get_future());
    const Filing filing = AFiling("request-1", "标题", AKey("U" + std::to_string(i)));
    store().Write(
        [filing, i](SubmissionTransaction& transaction) -> absl::Status {
          JIXIAO_RETURN_IF_ERROR(FileReport(transaction, filing).status());
          return i % 3 == 0 ? absl::AbortedError("every third") : absl::OkStatus();
        },
        [promise](absl::Status status) { promise->set_value(std::move(status)); });
  }

  for (int i = 0; i < 40; ++i) {
    const bool is_refused = i % 3 == 0;
    EXPECT_EQ(answers[static_cast<size_t>(i)].get().ok(), !is_refused) << i;
    EXPECT_EQ(Look(store(), &SubmissionReads::FindSubmission, AKey("U" + std::to_string(i))).ok(), !is_refused) << i;
  }
}

TEST_P(SubmissionStoreContract, SeesItsOwnChangesWithinATransaction) {
  MustWrite([](SubmissionTransaction& transaction) -> absl::Status {
    JIXIAO_RETURN_IF_ERROR(FileReport(transaction, AFiling("request-1", "一")).status());
    JIXIAO_ASSIGN_OR_RETURN(const FilingAnswer again, FileReport(transaction, AFiling("request-1", "一")));
    EXPECT_EQ(again.outcome, FilingOutcome::kReplayed);
    return absl::OkStatus();
  });
}

TEST_P(SubmissionStoreContract, SupersedesEarlierVersions) {
  File("request-1", "一", AKey());
  File("request-2", "二", AKey());
  EXPECT_EQ(File("request-3", "三", AKey()), 3);

  EXPECT_TRUE(Look(store(), &SubmissionReads::FindVersion, VersionKey{AKey(), 1})->version.is_superseded());
  EXPECT_TRUE(Look(store(), &SubmissionReads::FindVersion, VersionKey{AKey(), 2})->version.is_superseded());
  EXPECT_FALSE(Look(store(), &SubmissionReads::FindVersion, VersionKey{AKey(), 3})->version.is_superseded());
  EXPECT_THAT(NumbersOf(*Look(store(), &SubmissionReads::Versions, AKey(), 1000, 10)), ElementsAre(3, 2, 1));
  EXPECT_THAT(NumbersOf(*Look(store(), &SubmissionReads::Versions, AKey(), 3, 1)), ElementsAre(2));
}

TEST_P(SubmissionStoreContract, ListsEventsInOrder) {
  File("request-1", "一", AKey());
  File("request-2", "二", AKey());

  const auto events = Look(store(), &SubmissionReads::Events, AKey(), 0, 10);

  ASSERT_THAT(events, IsOk());
  ASSERT_THAT(*events, SizeIs(2));
  EXPECT_FALSE(events->at(0).has_from_state());
  EXPECT_FALSE(events->at(0).has_reason());
  EXPECT_EQ(events->at(1).from_state(), v1::Submission::STATE_ACCEPTED);
  EXPECT_EQ(events->at(1).version(), 2);
  EXPECT_THAT(*Look(store(), &SubmissionReads::Events, AKey(), 1, 10), SizeIs(1));
  EXPECT_THAT(*Look(store(), &SubmissionReads::Events, AKey(), 0, 1), SizeIs(1));
}

TEST_P(SubmissionStoreContract, FindsVersionsByTheirState) {
  for (int i = 1; i <= 3; ++i) File("request-" + std::to_string(i), "第" + std::to_string(i) + "版", AKey());
  MustWrite([](SubmissionTransaction& transaction) {
    return transaction.SetVersionState({AKey(), 2}, v1::Submission::STATE_PUBLISHED);
  });

  const auto in_state = [this](v1::Submission::State state) {
    return InTransaction<std::vector<int>>(
        [state](SubmissionTransaction& transaction) { return transaction.VersionsInState(AKey(), state); });
  };
  EXPECT_THAT(in_state(v1::Submission::STATE_PUBLISHED), ElementsAre(2));
  EXPECT_THAT(in_state(v1::Submission::STATE_ACCEPTED), ElementsAre(1, 3));
  EXPECT_EQ(Look(store(), &SubmissionReads::FindVersion, VersionKey{AKey(), 2})->version.state(),
            v1::Submission::STATE_PUBLISHED);
}

TEST_P(SubmissionStoreContract, FindsARequestWithinItsSubmissionOnly) {
  File("request-1", "一", AKey());
  File("request-2", "二", AKey("A1"));

  const auto find = [this](const SubmissionKey& key, const std::string& request_id) {
    return InTransaction<std::optional<RequestRecord>>(
        [&](SubmissionTransaction& transaction) { return transaction.FindRequest(key, request_id); });
  };
  ASSERT_TRUE(find(AKey(), "request-1").has_value());
  EXPECT_EQ(find(AKey(), "request-1")->version, 1);
  EXPECT_FALSE(find(AKey(), "request-2").has_value());
}

TEST_P(SubmissionStoreContract, ForgetsADeletedTask) {
  File("request-1", "一", AKey());
  MustWrite([](SubmissionTransaction& transaction) { return transaction.DeleteTask({AKey(), 1}, TaskKind::kScore); });

  EXPECT_FALSE(InTransaction<std::optional<Task>>([](SubmissionTransaction& transaction) {
                 return transaction.FindTask({AKey(), 1}, TaskKind::kScore);
               }).has_value());
  EXPECT_THAT(Look(store(), &SubmissionReads::Statistics)->backlogs, IsEmpty());
}

TEST_P(SubmissionStoreContract, GivesADueTaskToOneLeaseAtATime) {
  File("request-1", "一", AKey());
  std::vector<Task> first, second, third;
  const auto lease = [](std::vector<Task>& out, absl::Time now) {
    return [&out, now](SubmissionTransaction& transaction) -> absl::Status {
      JIXIAO_ASSIGN_OR_RETURN(out, transaction.DueTasks(now, 10));
      for (Task& task : out) {
        JIXIAO_RETURN_IF_ERROR(LeaseTask(transaction, task, "me", now + absl::Minutes(1)));
      }
      return absl::OkStatus();
    };
  };

  MustWrite(lease(first, kNow));
  MustWrite(lease(second, kNow + absl::Seconds(30)));
  MustWrite(lease(third, kNow + absl::Seconds(60)));

  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(first[0].key, (VersionKey{AKey(), 1}));
  EXPECT_THAT(second, IsEmpty());
  ASSERT_THAT(third, SizeIs(1));
  EXPECT_EQ(third[0].attempts, 2);
}

TEST_P(SubmissionStoreContract, GivesLongestDueTasksFirstUpToTheLimit) {
  for (int i = 0; i < 3; ++i) {
    const SubmissionKey key = AKey("U" + std::to_string(i));
    File("request-1", "一", key);
    MustWrite([&](SubmissionTransaction& transaction) -> absl::Status {
      JIXIAO_ASSIGN_OR_RETURN(auto task, transaction.FindTask({key, 1}, TaskKind::kScore));
      task->not_before = kNow - absl::Seconds(i);
      return transaction.PutTask(*task);
    });
  }
  std::vector<Task> due;
  MustWrite([&](SubmissionTransaction& transaction) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(due, transaction.DueTasks(kNow, 2));
    return absl::OkStatus();
  });

  ASSERT_THAT(due, SizeIs(2));
  EXPECT_EQ(due[0].key.submission.unit_code, "U2");
  EXPECT_EQ(due[1].key.submission.unit_code, "U1");
}

TEST_P(SubmissionStoreContract, KeepsScoreCardsAndCountsStates) {
  File("request-1", "一", AKey());
  EXPECT_EQ(*Look(store(), &SubmissionReads::FindScoreCard, VersionKey{AKey(), 1}), "");
  MustWrite([](SubmissionTransaction& transaction) -> absl::Status {
    return transaction.PutScoreCard({AKey(), 1}, std::string("card\0bytes", 10));
  });

  EXPECT_EQ(*Look(store(), &SubmissionReads::FindScoreCard, VersionKey{AKey(), 1}), std::string("card\0bytes", 10));
  const auto statistics = Look(store(), &SubmissionReads::Statistics);
  ASSERT_THAT(statistics, IsOk());
  EXPECT_THAT(statistics->submissions_by_state, ElementsAre(std::pair(v1::Submission::STATE_ACCEPTED, 1)));
  ASSERT_THAT(statistics->backlogs, SizeIs(1));
  EXPECT_EQ(statistics->backlogs[0].count, 1);
  EXPECT_EQ(statistics->backlogs[0].oldest_create_time, kNow);
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SubmissionStoreContract);

}  // namespace jixiao::intake::testing
