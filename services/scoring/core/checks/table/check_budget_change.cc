#include <fmt/format.h>

#include <cstdlib>

#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/facts/figures.h"
#include "scoring/core/verdicts/execution.h"

namespace jixiao::scoring {

void CheckBudgetChange(const ReportView& view, const TableView& table, Findings& findings) {
  const report::v1::FundRow* total = TotalRow(table.table);
  if (total == nullptr || !view.rule_set.has_budget_change_note_ppm()) return;
  const auto initial = FenOf(total->initial_budget());
  const auto adjusted = FenOf(total->adjusted_budget());
  if (!initial || !adjusted || *initial <= 0) return;
  const int64_t change = RatePpm(*adjusted - *initial, *initial);
  if (std::abs(change) <= view.rule_set.budget_change_note_ppm()) return;
  findings.Add({.rule_id = "BUDGET_ADJ",
                .places = {table.Place(total->adjusted_budget(), "年度资金总额 · 全年预算数"),
                           table.Place(total->initial_budget(), "年度资金总额 · 年初预算数")},
                .value = fmt::format("年初 {}，全年 {}", FormatWanYuan(*initial), FormatWanYuan(*adjusted)),
                .expected = "调整幅度较大的，应说明追加或调减的原因",
                .difference = "调整幅度 " + FormatRatePercent(change)});
}

}  // namespace jixiao::scoring
