#include "intake/adapters/store/commit_queue.h"

#include <gmock/gmock.h>

#include <future>
#include <optional>
#include <string>
#include <vector>

#include "common/testing/status_matchers.h"
#include "intake/adapters/store/reader_pool.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::testing::ElementsAre;

// A queue whose commits wait until they are let go.
class CommitQueueTest : public ::testing::Test {
 protected:
  void Open(const CommitQueueLimits& limits) {
    queue_.emplace(limits, *answers_, [this](WriteBatch& batch) {
      sizes_.push_back(batch.size());
      if (sizes_.size() == 1) {
        started_.set_value();
        release_.get_future().wait();
      }
    });
  }
  // Adds the first one, which is then being committed.
  void Occupy(size_t bytes = 0) {
    Add("first", bytes);
    started_.get_future().wait();
  }
  void Add(const std::string& name, size_t bytes = 0) {
    WriteTopic topic;
    topic.bytes = bytes;
    queue_->Add({topic, nullptr,
                 [this, name](const absl::Status& status) {
                   if (status.ok()) order_.push_back(name);
                   if (!status.ok()) refusals_.push_back(status);
                 },
                 absl::OkStatus()});
  }
  // Carries out what waits, and answers it.
  void Close() {
    queue_.reset();
    answers_.reset();
  }

  std::promise<void> started_, release_;
  std::vector<size_t> sizes_;           // of batches; the queue's thread
  std::vector<std::string> order_;      // of answers; the answers' thread
  std::vector<absl::Status> refusals_;  // the caller's
  std::optional<AnswerThread> answers_{std::in_place};
  std::optional<CommitQueue> queue_;
};

TEST_F(CommitQueueTest, CommitsWhatWaitsTogetherAndAnswersInItsOrder) {
  Open({.max_batch = 3, .max_queue = 10, .max_bytes = 1000});
  Occupy();
  for (const char* name : {"a", "b", "c", "d"}) Add(name);

  release_.set_value();
  Close();

  EXPECT_THAT(sizes_, ElementsAre(1, 3, 1));
  EXPECT_THAT(order_, ElementsAre("first", "a", "b", "c", "d"));
}

TEST_F(CommitQueueTest, RefusesWritesBeyondWhatMayWait) {
  Open({.max_batch = 3, .max_queue = 1, .max_bytes = 1000});
  Occupy();
  Add("second");

  Add("third");

  EXPECT_THAT(refusals_, ElementsAre(FailsWith(absl::StatusCode::kResourceExhausted, "OVERLOADED")));
  release_.set_value();
  Close();
  EXPECT_THAT(order_, ElementsAre("first", "second"));
}

TEST_F(CommitQueueTest, RefusesWritesThatHoldMoreBytesThanItMayKeep) {
  Open({.max_batch = 3, .max_queue = 10, .max_bytes = 1000});
  Occupy(600);
  Add("second", 400);

  Add("third", 1);

  EXPECT_THAT(refusals_, ElementsAre(FailsWith(absl::StatusCode::kResourceExhausted, "OVERLOADED")));
  release_.set_value();
  Close();
  EXPECT_THAT(order_, ElementsAre("first", "second"));
}

TEST_F(CommitQueueTest, TakesOneThatIsLargerThanAllThatMayBeWhenThereIsNothingElse) {
  Open({.max_batch = 3, .max_queue = 10, .max_bytes = 1000});
  Occupy(5000);

  Add("second", 1);

  EXPECT_THAT(refusals_, ElementsAre(FailsWith(absl::StatusCode::kResourceExhausted, "OVERLOADED")));
  release_.set_value();
  Close();
  EXPECT_THAT(order_, ElementsAre("first"));
}

TEST_F(CommitQueueTest, FreesBytesOnceTheyAreCommitted) {
  std::promise<void> rested;
  queue_.emplace(
      CommitQueueLimits{.max_batch = 3, .max_queue = 10, .max_bytes = 1000}, *answers_, [](WriteBatch&) {},
      [&rested] { rested.set_value(); });
  Add("first", 1000);
  rested.get_future().wait();

  rested = std::promise<void>();
  Add("second", 1000);
  rested.get_future().wait();

  EXPECT_THAT(refusals_, ElementsAre());
  Close();
  EXPECT_THAT(order_, ElementsAre("first", "second"));
}

TEST(ReaderPoolTest, BoundsHowManyReadAtATime) {
  struct Reader {};
  std::vector<std::unique_ptr<Reader>> readers;
  readers.push_back(std::make_unique<Reader>());
  ReaderPool<Reader> pool;
  pool.Add(std::move(readers));
  std::promise<void> started, release;
  bool is_first_done = false;
  std::thread first([&] {
    pool.With([&](std::unique_ptr<Reader>&) {
      started.set_value();
      release.get_future().wait();
      is_first_done = true;
      return true;
    });
  });
  started.get_future().wait();
  std::thread second([&] {
    // The pool's lock orders both: what the first did is seen.
    EXPECT_TRUE(pool.With([&](std::unique_ptr<Reader>&) { return is_first_done; }));
  });

  release.set_value();
  first.join();
  second.join();
}

TEST(ReaderPoolTest, KeepsWhatAReadPutsInThePlaceOfItsReader) {
  ReaderPool<int> pool;
  pool.Add(std::vector<std::unique_ptr<int>>(1));

  EXPECT_TRUE(pool.With([](std::unique_ptr<int>& reader) {
    const bool was_missing = reader == nullptr;
    reader = std::make_unique<int>(7);
    return was_missing;
  }));

  EXPECT_EQ(pool.With([](std::unique_ptr<int>& reader) { return *reader; }), 7);
}

}  // namespace
}  // namespace jixiao::intake
