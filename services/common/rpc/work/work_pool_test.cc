#include "common/rpc/work/work_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "common/testing/wait_until.h"

namespace jixiao {
namespace {

// Holds tasks until it is opened.
class Gate {
 public:
  void Pass() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_open_; });
  }
  void Open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_open_ = false;
};

TEST(WorkPoolTest, RefusesWhatDoesNotFitTheQueue) {
  Gate gate;
  std::atomic<int> begun = 0;
  std::atomic<int> done = 0;
  const auto task = [&] {
    ++begun;
    gate.Pass();
    ++done;
  };
  {
    WorkPool pool(1, 2);
    ASSERT_TRUE(pool.TryPost(task));
    ASSERT_TRUE(testing::WaitUntil([&] { return begun == 1; }));

    EXPECT_TRUE(pool.TryPost(task));
    EXPECT_TRUE(pool.TryPost(task));
    EXPECT_FALSE(pool.TryPost(task));
    EXPECT_EQ(pool.queue_length(), 2);
    gate.Open();
  }
  EXPECT_EQ(done, 3);
}

TEST(WorkPoolTest, RunsAsManyTasksAtOnceAsItHasThreads) {
  Gate gate;
  std::atomic<int> begun = 0;
  WorkPool pool(3, 10);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(pool.TryPost([&] {
      ++begun;
      gate.Pass();
    }));
  }
  EXPECT_TRUE(testing::WaitUntil([&] { return begun == 3; }));
  gate.Open();
}

TEST(WorkPoolTest, LetsGoOfATaskOnceItHasRun) {
  WorkPool pool(1, 1);
  auto held = std::make_shared<int>(1);
  const std::weak_ptr<int> seen = held;
  ASSERT_TRUE(pool.TryPost([held] {}));
  held.reset();
  EXPECT_TRUE(testing::WaitUntil([&] { return seen.expired(); }));
}

}  // namespace
}  // namespace jixiao
