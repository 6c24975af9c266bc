#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/testing/scored.h"
#include "scoring/testing/small_report.h"

namespace jixiao::scoring {
namespace {

using report::v1::Report;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::RuleIds;
using testing::SmallReport;

TEST(TextViewTest, FindNothingInCleanReport) { EXPECT_THAT(RuleIds(SmallReport()), IsEmpty()); }

TEST(TextViewTest, FindNothingWithoutTexts) {
  Report report = SmallReport();
  report.mutable_content()->clear_sections();
  EXPECT_THAT(RuleIds(report), Not(Contains("NARR_CONTRADICTION")));
  EXPECT_THAT(RuleIds(report), Not(Contains("TEMPLATE_REUSE")));
}

}  // namespace
}  // namespace jixiao::scoring
