// Facts from cells: funds, tasks, indicators, base data, the other tables.
#include "scoring/core/facts/facts.h"
#include "scoring/core/facts/figures.h"

namespace jixiao::scoring {
namespace {

using report::v1::EvaluationTable;
using report::v1::MoneyUnit;
using report::v1::Value;

// Number of a value, and one of what it counts, in the number's scale.
struct Figure {
  int64_t value = 0;
  int64_t unit = 0;
};

int64_t FenIn(MoneyUnit unit) {
  if (unit == report::v1::MONEY_UNIT_YUAN) return 100;
  return unit == report::v1::MONEY_UNIT_HUNDRED_MILLION_YUAN ? 10'000'000'000 : 1'000'000;
}

std::optional<Figure> FigureOf(const Value& value, MoneyUnit money_unit) {
  if (const auto fen = FenOf(value)) return Figure{*fen, FenIn(money_unit)};
  if (const auto points = PointsOf(value)) return Figure{*points, 1'000};
  if (const auto rate = RatePpmOf(value)) return Figure{*rate, 10'000};
  if (const auto count = CountOf(value)) return Figure{*count, 1'000};
  return std::nullopt;
}

int DecimalsOf(std::string_view as_written) {
  size_t at = as_written.find('.');
  if (at == std::string_view::npos) return 0;
  int decimals = 0;
  while (++at < as_written.size() && as_written[at] >= '0' && as_written[at] <= '9') ++decimals;
  return decimals;
}

void CollectFunds(const EvaluationTable& table, Facts& facts) {
  uint32_t seen = 0;
  for (int i = 0; i < table.fund_rows_size(); ++i) {
    const auto& row = table.fund_rows(i);
    // Only the first row of a role goes by the role's name.
    const uint32_t bit = 1u << (static_cast<unsigned>(row.role()) & 31u);
    const bool is_first = (seen & bit) == 0;
    seen |= bit;
    const auto add = [&](FundColumn column, const Value& value) {
      if (is_first) {
        facts.AddValue({FundRowKey(i, column), FundKey(row.role(), column)}, value, table.money_unit());
      } else {
        facts.AddValue({FundRowKey(i, column)}, value, table.money_unit());
      }
    };
    add(FundColumn::kInitial, row.initial_budget());
    add(FundColumn::kAdjusted, row.adjusted_budget());
    add(FundColumn::kExecuted, row.executed());
    add(FundColumn::kRate, row.execution_rate());
    add(FundColumn::kWeight, row.weight());
    add(FundColumn::kScore, row.score());
  }
  for (int i = 0; i < table.by_source_size(); ++i) {
    facts.AddValue({SourceRowKey(i), SourceKey(table.by_source(i).role())}, table.by_source(i).amount(),
                   table.money_unit());
  }
  for (int i = 0; i < table.by_nature_size(); ++i) {
    facts.AddValue({NatureRowKey(i), NatureKey(table.by_nature(i).role())}, table.by_nature(i).amount(),
                   table.money_unit());
  }
}

void CollectTasks(const EvaluationTable& table, Facts& facts) {
  for (int i = 0; i < table.tasks_size(); ++i) {
    const auto& row = table.tasks(i);
    const auto add = [&](TaskColumn column, const Value& value) {
      const FactKey key = TaskKey(i, column);
      facts.AddValue({key, *TwinOf(key)}, value, table.money_unit());
    };
    add(TaskColumn::kBudget, row.budget());
    add(TaskColumn::kBudgetFiscal, row.budget_fiscal());
    add(TaskColumn::kExecuted, row.executed());
    add(TaskColumn::kExecutedFiscal, row.executed_fiscal());
    add(TaskColumn::kRate, row.execution_rate());
  }
}

void CollectIndicators(const EvaluationTable& table, Facts& facts) {
  for (int i = 0; i < table.indicators_size(); ++i) {
    const auto& row = table.indicators(i);
    const auto add = [&](PointsColumn column, const Value& value) {
      const FactKey key = IndicatorKey(i, column);
      facts.AddValue({key, *TwinOf(key), LevelRowKey(row.level1(), i, column)}, value);
    };
    add(PointsColumn::kWeight, row.weight());
    add(PointsColumn::kScore, row.score());
  }
  for (const auto& header : table.level_headers()) {
    facts.AddValue({LevelStatedKey(header.level1())}, header.points());
  }
  facts.AddValue({TotalKey(PointsColumn::kWeight)}, table.total_weight());
  facts.AddValue({TotalKey(PointsColumn::kScore)}, table.total_score());
}

void CollectBaseData(const report::v1::BaseDataTable& base, Facts& facts) {
  static const FactKey kAuthorised = *FindKey("base.staff.authorised");
  static const FactKey kActual = *FindKey("base.staff.actual");
  static const FactKey kControlRate = *FindKey("base.staff.control_rate");
  facts.AddValue({kAuthorised}, base.authorised_staff());
  facts.AddValue({kActual}, base.actual_staff());
  facts.AddValue({kControlRate}, base.staff_control_rate());
  for (int i = 0; i < base.cost_rows_size(); ++i) {
    const auto& row = base.cost_rows(i);
    const auto add = [&](BaseColumn column, const Value& value) {
      facts.AddValue({BaseRowKey(i, column), BaseKey(row.item(), i, column)}, value, base.money_unit());
    };
    add(BaseColumn::kPriorFinal, row.prior_final());
    add(BaseColumn::kBudget, row.budget());
    add(BaseColumn::kFinal, row.final());
  }
}

// What the department table is compared with: the project tables' total rows and
// the work-assessment sheet.
void CollectOtherTables(const report::v1::ReportContent& content, Facts& facts) {
  for (int t = 0; t < content.evaluation_tables_size(); ++t) {
    const EvaluationTable& table = content.evaluation_tables(t);
    if (table.kind() != report::v1::REPORT_KIND_PROJECT) continue;
    const auto add = [&](FundColumn column, const Value& value) {
      facts.AddValue({ProjectTableKey(t, column)}, value, table.money_unit());
    };
    for (const auto& row : table.fund_rows()) {
      if (row.role() != report::v1::FUND_ROLE_TOTAL) continue;
      add(FundColumn::kInitial, row.initial_budget());
      add(FundColumn::kAdjusted, row.adjusted_budget());
      add(FundColumn::kExecuted, row.executed());
      add(FundColumn::kRate, row.execution_rate());
      break;
    }
    add(FundColumn::kWeight, table.total_weight());
    add(FundColumn::kScore, table.total_score());
  }
  static const FactKey kSheetTotal = *FindKey("sheet.total");
  const auto& sheet = content.work_assessment_sheet();
  for (int i = 0; i < sheet.rows_size(); ++i) {
    facts.AddValue({SheetRowKey(i, PointsColumn::kWeight)}, sheet.rows(i).weight());
    facts.AddValue({SheetRowKey(i, PointsColumn::kScore)}, sheet.rows(i).score());
  }
  facts.AddValue({kSheetTotal}, sheet.total());
}

}  // namespace

void Facts::AddValue(std::initializer_list<FactKey> keys, const Value& value, MoneyUnit money_unit) {
  const std::optional<Figure> figure = FigureOf(value, money_unit);
  if (!figure) return;
  Fact fact;
  fact.value = figure->value;
  fact.as_written = value.as_written();
  fact.decimals = DecimalsOf(value.as_written());
  fact.step = figure->unit;
  for (int i = 0; i < fact.decimals && fact.step > 1; ++i) fact.step /= 10;
  fact.cell = &value;
  const int index = Add(*keys.begin(), fact);
  for (auto key = keys.begin() + 1; key != keys.end(); ++key) AddKey(*key, index);
}

Facts CollectFacts(const report::v1::ReportContent& content, const std::vector<Passage>& passages, int table_index,
                   int64_t rule_total_milli) {
  static const FactKey kRuleTotal = *FindKey("rule.total");
  Facts facts;
  const auto& table = content.evaluation_tables(table_index);
  CollectFunds(table, facts);
  CollectTasks(table, facts);
  CollectIndicators(table, facts);
  Fact total;
  total.value = rule_total_milli;
  facts.Add(kRuleTotal, total);
  if (table.kind() == report::v1::REPORT_KIND_DEPARTMENT) {
    CollectBaseData(content.base_data_table(), facts);
    CollectOtherTables(content, facts);
    CollectTextFacts(content, passages, facts);
  }
  return facts;
}

}  // namespace jixiao::scoring
