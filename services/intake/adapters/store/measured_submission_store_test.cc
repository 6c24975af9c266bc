#include "intake/adapters/store/measured_submission_store.h"

#include <gmock/gmock.h>

#include "common/testing/status_matchers.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/in_memory_submission_store.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::IsOk;
using testing::AKey;
using ::testing::ElementsAre;

TEST(MeasuredSubmissionStoreTest, TellsWhichSubmissionACommittedWriteWasAbout) {
  Metrics metrics;
  SubmissionChanges changes;
  std::vector<SubmissionKey> told;
  changes.Listen([&](const SubmissionKey& key) { told.push_back(key); });
  testing::InMemorySubmissionStore inner;
  MeasuredSubmissionStore store(inner, metrics, &changes);
  const auto nothing = [](SubmissionTransaction&) { return absl::OkStatus(); };

  EXPECT_THAT(WriteAndWait(store, {AKey("A"), "request-1"}, nothing), IsOk());
  EXPECT_THAT(WriteAndWait(store, nothing), IsOk());
  EXPECT_FALSE(WriteAndWait(store, {AKey("B"), "request-2"}, [](SubmissionTransaction&) {
                 return absl::AbortedError("no");
               }).ok());

  EXPECT_THAT(told, ElementsAre(AKey("A")));
}

}  // namespace
}  // namespace jixiao::intake
