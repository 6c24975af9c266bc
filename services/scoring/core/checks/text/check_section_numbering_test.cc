#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/testing/scored.h"
#include "scoring/testing/small_report.h"

namespace jixiao::scoring {
namespace {

using report::v1::Report;
using ::testing::Contains;
using testing::FindingOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RuleIds;
using testing::Score;
using testing::SmallReport;
using testing::Write;

constexpr auto kPerformance = report::v1::SECTION_ROLE_PERFORMANCE;

TEST(SectionNumberingTest, ReportsMixedAndRestartedNumbers) {
  Report report = SmallReport();
  report.mutable_content()->mutable_sections(6)->set_number("7、");
  EXPECT_THAT(FindingOf(Score(report), "SECTION_NUMBERING").value(), HasSubstr("“六、”之后写成“7、”"));
  report = SmallReport();
  Write(report, kPerformance, {"（一）整体情况", "（一）抓培训", "（二）抓就业"});
  EXPECT_THAT(RuleIds(report), Contains("SECTION_NUMBERING"));
  Write(report, kPerformance, {"（一）整体情况", "正文", "（2）项目情况"});
  EXPECT_THAT(RuleIds(report), Contains("SECTION_NUMBERING"));
  report = SmallReport();
  report.mutable_content()->mutable_sections(6)->set_number("八、");
  EXPECT_THAT(RuleIds(report), Contains("SECTION_NUMBERING"));
}

TEST(SectionNumberingTest, LeavesNestedListsAlone) {
  Report report = SmallReport();
  Write(report, kPerformance,
        {"（一）整体情况", "1.抓培训", "（1）开班", "（2）结业", "2.抓就业", "（1）对接", "（二）项目情况",
         "1.5万元用于教材", "2024年12月结项"});
  EXPECT_THAT(RuleIds(report), Not(Contains("SECTION_NUMBERING")));
}

}  // namespace
}  // namespace jixiao::scoring
