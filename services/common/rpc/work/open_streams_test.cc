#include "common/rpc/work/open_streams.h"

#include <gtest/gtest.h>

namespace jixiao {
namespace {

TEST(OpenStreamsTest, RefusesMoreThanItHasPlacesFor) {
  OpenStreams streams(2);
  auto first = streams.Open([] {});
  const auto second = streams.Open([] {});
  EXPECT_NE(second, nullptr);
  EXPECT_EQ(streams.Open([] {}), nullptr);

  first.reset();

  EXPECT_NE(streams.Open([] {}), nullptr);
}

TEST(OpenStreamsTest, EndsWhatIsOpenAndOpensNothingAfterwards) {
  OpenStreams streams(10);
  int ended = 0;
  auto gone = streams.Open([&] { ended += 100; });
  const auto open = streams.Open([&] { ++ended; });
  gone.reset();

  streams.EndAll();

  EXPECT_EQ(ended, 1);
  EXPECT_EQ(streams.Open([] {}), nullptr);
}

TEST(OpenStreamsTest, LetsAStreamGiveItsPlaceBackWhileItIsEnded) {
  OpenStreams streams(10);
  std::unique_ptr<OpenStreams::Ticket> ticket;
  ticket = streams.Open([&] { ticket.reset(); });

  streams.EndAll();

  EXPECT_EQ(ticket, nullptr);
}

}  // namespace
}  // namespace jixiao
