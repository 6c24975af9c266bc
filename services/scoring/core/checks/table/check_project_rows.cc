// Projects of the base data table: amounts without their sum.
#include <fmt/format.h>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/facts/figures.h"

namespace jixiao::scoring {

void CheckProjectRows(const ReportView& view, Findings& findings) {
  const report::v1::CostRow* sum = nullptr;
  int64_t budget = 0;
  int64_t final = 0;
  int filled = 0;
  for (const auto& row : view.content().base_data_table().cost_rows()) {
    if (row.item() == report::v1::COST_ITEM_PROJECTS) sum = &row;
    if (row.item() != report::v1::COST_ITEM_PROJECT) continue;
    budget += FenOf(row.budget()).value_or(0);
    final += FenOf(row.final()).value_or(0);
    filled += FenOf(row.budget()) || FenOf(row.final());
  }
  if (sum == nullptr || filled == 0 || FenOf(sum->budget()) || FenOf(sum->final())) return;
  report::v1::Address place = sum->final().address();
  if (!place.has_label()) {
    place.set_label("基础数据表 · 项目支出");
    place.set_part(report::v1::PART_BASE_DATA_TABLE);
  }
  findings.Add({.rule_id = "PROJECT_BUDGET_GAP",
                .places = {std::move(place)},
                .value = fmt::format("“项目支出”合计行空白，下列 {} 个项目预算 {}、决算 {}", filled,
                                     FormatWanYuan(budget), FormatWanYuan(final)),
                .expected = "填写合计数，项目序号依次编排"});
}

}  // namespace jixiao::scoring
