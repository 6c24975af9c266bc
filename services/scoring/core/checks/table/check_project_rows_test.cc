#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/testing/scored.h"
#include "scoring/testing/small_report.h"

namespace jixiao::scoring {
namespace {

using report::v1::Report;
using ::testing::Contains;
using ::testing::Not;
using testing::RuleIds;
using testing::SmallReport;

TEST(ProjectRowsTest, NotesBlankSum) {
  Report report = SmallReport();
  auto& base = *report.mutable_content()->mutable_base_data_table();
  auto* sum = base.add_cost_rows();
  sum->set_item(report::v1::COST_ITEM_PROJECTS);
  auto* project = base.add_cost_rows();
  project->set_item(report::v1::COST_ITEM_PROJECT);
  testing::SetMoney(*project->mutable_budget(), 20);
  EXPECT_THAT(RuleIds(report), Contains("PROJECT_BUDGET_GAP"));
  testing::SetMoney(*sum->mutable_budget(), 20);
  EXPECT_THAT(RuleIds(report), Not(Contains("PROJECT_BUDGET_GAP")));
}

}  // namespace
}  // namespace jixiao::scoring
