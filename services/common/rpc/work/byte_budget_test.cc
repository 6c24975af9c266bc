#include "common/rpc/work/byte_budget.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace jixiao {
namespace {

TEST(ByteBudgetTest, GivesWhatThereIsAndTakesItBack) {
  ByteBudget budget(100);
  std::shared_ptr<void> first = budget.TryTake(60);
  const std::shared_ptr<void> second = budget.TryTake(40);
  ASSERT_NE(first, nullptr);
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(budget.TryTake(1), nullptr);
  std::shared_ptr<void> copy = first;
  first.reset();
  EXPECT_EQ(budget.TryTake(60), nullptr) << "a copy still holds it";
  copy.reset();
  EXPECT_EQ(budget.taken(), 40);
  EXPECT_NE(budget.TryTake(60), nullptr);
}

TEST(ByteBudgetTest, TakesOneThatIsLargerThanAllWhenThereIsNothingElse) {
  ByteBudget budget(100);
  const std::shared_ptr<void> large = budget.TryTake(101);
  EXPECT_NE(large, nullptr);
  EXPECT_EQ(budget.TryTake(1), nullptr);
}

TEST(ByteBudgetTest, NeverGivesMoreThanThereIsHoweverManyAsk) {
  ByteBudget budget(100);
  std::atomic<int> held{0};
  std::atomic<int> most{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 20'000; ++round) {
        const std::shared_ptr<void> room = budget.TryTake(30);
        if (room == nullptr) continue;
        const int now = ++held;
        int before = most.load();
        while (now > before && !most.compare_exchange_weak(before, now)) {
        }
        --held;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(most, 3);
  EXPECT_EQ(budget.taken(), 0);
}

}  // namespace
}  // namespace jixiao
