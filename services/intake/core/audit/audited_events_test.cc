#include "intake/core/audit/audited_events.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "intake/core/audit/audit_chain.h"

namespace jixiao::intake {
namespace {

using Kind = EventFault::Kind;

constexpr char kName[] = "submissions/430611.NC01.2024.department";

std::vector<v1::SubmissionEvent> History(int count) {
  std::vector<v1::SubmissionEvent> events;
  for (int i = 1; i <= count; ++i) {
    v1::SubmissionEvent& event = events.emplace_back();
    event.set_sequence(i);
    event.set_version(1);
    event.set_action(v1::SubmissionEvent::ACTION_RETURNED);
    event.set_reason("请补充第" + std::to_string(i) + "项佐证材料");
  }
  return events;
}

// The log of `events` from index `first` on.
AuditedEvents LogOf(const std::vector<v1::SubmissionEvent>& events, size_t first = 0) {
  AuditedEvents log;
  for (size_t i = first; i < events.size(); ++i) {
    v1::AuditEntry entry;
    entry.set_resource(fmt::format("{}/versions/1", kName));
    entry.set_record_digest(RecordDigest(events[i]));
    log.Add(entry);
  }
  return log;
}

TEST(AuditedEventsTest, AcceptsAHistoryAsItWasChained) {
  AuditedEvents log = LogOf(History(5));

  EXPECT_FALSE(log.Compare(kName, History(5)).has_value());
  EXPECT_EQ(log.compared(), 5);
  EXPECT_THAT(log.Submissions(), ::testing::ElementsAre(kName));
}

TEST(AuditedEventsTest, FindsAChangedReason) {
  auto events = History(5);
  AuditedEvents log = LogOf(events);
  events[2].set_reason("材料齐全");

  const auto fault = log.Compare(kName, events);

  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->kind, Kind::kDiffers);
  EXPECT_EQ(fault->sequence, 3);
}

TEST(AuditedEventsTest, FindsARemovedAndAnAddedEvent) {
  auto shorter = History(5);
  shorter.pop_back();
  const auto missing = LogOf(History(5)).Compare(kName, shorter);
  ASSERT_TRUE(missing.has_value());
  EXPECT_EQ(missing->kind, Kind::kMissing);
  EXPECT_EQ(missing->sequence, 5);

  const auto added = LogOf(History(5)).Compare(kName, History(6));
  ASSERT_TRUE(added.has_value());
  EXPECT_EQ(added->kind, Kind::kUnlogged);
  EXPECT_EQ(added->sequence, 6);

  auto without_second = History(5);
  without_second.erase(without_second.begin() + 1);
  const auto differs = LogOf(History(5)).Compare(kName, without_second);
  ASSERT_TRUE(differs.has_value());
  EXPECT_EQ(differs->sequence, 2);
}

TEST(AuditedEventsTest, CountsEventsFromBeforeTheLog) {
  AuditedEvents log = LogOf(History(5), /*first=*/3);
  EXPECT_FALSE(log.Compare(kName, History(5)).has_value());
  EXPECT_EQ(log.unchained(), 3);

  auto events = History(5);
  events[4].set_reason("材料齐全");
  const auto fault = log.Compare(kName, events);
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->sequence, 5);
}

TEST(AuditedEventsTest, LeavesOutWhatIsAboutNoSubmission) {
  AuditedEvents log;
  v1::AuditEntry entry;
  entry.set_resource("seasons/430600.2024.department");
  log.Add(entry);

  EXPECT_THAT(log.Submissions(), ::testing::IsEmpty());
}

}  // namespace
}  // namespace jixiao::intake
