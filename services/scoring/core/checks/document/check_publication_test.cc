#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/errors.h"
#include "scoring/core/assessment/work_assessment.h"
#include "scoring/testing/scored.h"
#include "scoring/testing/small_report.h"

namespace jixiao::scoring {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;
using testing::RuleIds;
using testing::SmallReport;

constexpr char kRule[] = "PUBLISH_DUE";

v1::ScoringContext Public(const std::string& approved, const std::string& published) {
  v1::ScoringContext context;
  if (!approved.empty()) context.mutable_publication()->set_approval_date(approved);
  if (!published.empty()) context.mutable_publication()->set_publish_date(published);
  return context;
}

// Scored by one term of 15 working days after the approval.
v1::ScoreCard ScoreInWorkingDays(int days) {
  LoadedRuleSet loaded = testing::Hunan();
  loaded.rule_set.clear_publish_terms();
  auto* term = loaded.rule_set.add_publish_terms();
  term->set_working_day_count(15);
  term->set_clause("批复后 15 个工作日内公开");
  v1::ScoringContext context = Public("2025-04-28", "2025-05-23");
  if (days >= 0) context.mutable_publication()->set_working_day_count(days);
  return ScoreReport(SmallReport(), "sha256:0", loaded, context);
}

TEST(CheckPublicationTest, CountsCalendarDaysFromTheApproval) {
  EXPECT_THAT(RuleIds(testing::Score(SmallReport(), Public("2025-05-20", "2025-06-09"))), Not(Contains(kRule)));
  const v1::Finding finding =
      testing::FindingOf(testing::Score(SmallReport(), Public("2025-05-20", "2025-06-11")), kRule);
  EXPECT_EQ(finding.value(), "2025年5月20日批复，2025年6月11日公开");
  EXPECT_EQ(finding.expected(), "批复后 20 日内公开，最迟2025年6月9日");
  EXPECT_EQ(finding.difference(), "超过 2 日");
  EXPECT_EQ(finding.severity(), v1::SEVERITY_NOTE);
  EXPECT_THAT(finding.clause(), ::testing::HasSubstr("第十四条"));
}

TEST(CheckPublicationTest, HoldsTheLastDayOfItsYearOnly) {
  report::v1::Report report = SmallReport();
  EXPECT_THAT(RuleIds(testing::Score(report, Public("", "2025-06-20"))), Not(Contains(kRule)));
  const v1::Finding finding = testing::FindingOf(testing::Score(report, Public("", "2025-06-21")), kRule);
  EXPECT_EQ(finding.expected(), "最迟2025年6月20日公开");
  EXPECT_THAT(finding.clause(), ::testing::HasSubstr("湘财绩〔2025〕2号"));
  report.mutable_content()->set_fiscal_year(2023);
  EXPECT_THAT(RuleIds(testing::Score(report, Public("", "2025-06-21"))), Not(Contains(kRule)));
}

TEST(CheckPublicationTest, TakesWorkingDaysAsTheyAreCountedElsewhere) {
  EXPECT_THAT(RuleIds(ScoreInWorkingDays(15)), Not(Contains(kRule)));
  EXPECT_EQ(testing::FindingOf(ScoreInWorkingDays(17), kRule).difference(), "超过 2 个工作日");
  EXPECT_THAT(RuleIds(ScoreInWorkingDays(-1)), Not(Contains(kRule))) << "nobody counted";
}

TEST(CheckPublicationTest, SaysNothingWithoutDates) {
  EXPECT_THAT(RuleIds(SmallReport()), Not(Contains(kRule)));
  EXPECT_THAT(RuleIds(testing::Score(SmallReport(), Public("2025-01-02", ""))), Not(Contains(kRule)));
}

TEST(CheckPublicationTest, SpeaksOfReportsThatAreNotPublicYet) {
  v1::ScoringContext context = Public("2025-05-20", "");
  context.mutable_publication()->set_unpublished_date("2025-06-10");
  EXPECT_EQ(testing::FindingOf(testing::Score(SmallReport(), context), kRule).value(),
            "2025年5月20日批复，至2025年6月10日尚未公开");
}

TEST(CheckPublicationTest, RefusesDatesThatCannotBe) {
  const auto fields = [](const v1::ScoringContext& context) {
    std::vector<std::string> names;
    const auto violations = ViolationsOf(CheckContext(context, testing::Hunan().rule_set));
    for (const auto& violation : violations.field_violations()) names.push_back(violation.field());
    return names;
  };
  EXPECT_THAT(fields(Public("2025-05-20", "2025-06-31")), ElementsAre("context.publication.publish_date"));
  EXPECT_THAT(fields(Public("2025-06-20", "2025-06-19")), ElementsAre("context.publication.approval_date"));
  v1::ScoringContext both = Public("5月20日", "2025-06-19");
  both.mutable_publication()->set_unpublished_date("2025-06-19");
  both.mutable_publication()->set_working_day_count(-1);
  EXPECT_THAT(fields(both), ElementsAre("context.publication.approval_date", "context.publication.unpublished_date",
                                        "context.publication.working_day_count"));
}

}  // namespace
}  // namespace jixiao::scoring
