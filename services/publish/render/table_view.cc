#include "publish/render/table_view.h"

#include <fmt/format.h>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "publish/core/claim.h"
#include "publish/render/display_text.h"
#include "publish/render/grid_view.h"

namespace jixiao::publish {
namespace {

using report::v1::EvaluationTable;
using scoring::v1::RowScore;
using scoring::v1::TableScore;

const TableScore* ScoreOf(const scoring::v1::ScoreCard& card, int index) {
  for (const TableScore& table : card.tables()) {
    if (table.table_index() == index) return &table;
  }
  return nullptr;
}

const RowScore* RowScoreOf(const TableScore* table, int indicator) {
  if (table == nullptr) return nullptr;
  for (const RowScore& row : table->rows()) {
    if (indicator < 0 ? !row.has_indicator_index() : row.has_indicator_index() && row.indicator_index() == indicator) {
      return &row;
    }
  }
  return nullptr;
}

// `9.4–10`, and by how much the claim leaves it.
void IntervalCell(const RowScore* row, GridView& grid) {
  const Claim claim = row == nullptr ? Claim() : ClaimOf(*row);
  if (claim.standing == ClaimStanding::kNothingSupported) {
    grid.Cell("—", "num");
    return;
  }
  const std::string text = IntervalText(row->supported_low_milli(), row->supported_high_milli());
  if (claim.standing == ClaimStanding::kAbove) {
    grid.Cell(text + "\n自评高 " + FormatPoints(claim.distance_milli), "num over");
  } else if (claim.standing == ClaimStanding::kBelow) {
    grid.Cell(text + "\n自评低 " + FormatPoints(claim.distance_milli), "num under");
  } else {
    grid.Cell(text, "num");
  }
}

void TraceOf(const RowScore* row, int row_head_count, GridView& grid) {
  if (row == nullptr || !row->has_trace()) return;
  grid.Trace(row->trace(), "核定依据：" + VerdictText(row->verdict()), row_head_count);
}

void AddFunds(const EvaluationTable& table, const TableScore* score, int index, const FindingOrder& findings,
              View& view) {
  GridView grid(view, "FUNDS", findings, fmt::format("funds-{}", index), "预算资金执行情况",
                MoneyUnitText(table.money_unit()));
  grid.Column("资金").Column("年初预算数", CellKind::kFigure).Column("全年预算数", CellKind::kFigure);
  grid.Column("全年执行数", CellKind::kFigure).Column("分值", CellKind::kFigure).Column("执行率", CellKind::kFigure);
  grid.Column("得分", CellKind::kFigure).Column("核定区间", CellKind::kFigure);
  for (const report::v1::FundRow& row : table.fund_rows()) {
    const bool is_total = row.role() == report::v1::FUND_ROLE_TOTAL;
    grid.Row(is_total ? "total" : "");
    grid.Head(row.label());
    grid.Cell(row.initial_budget());
    grid.Cell(row.adjusted_budget());
    grid.Cell(row.executed());
    grid.Cell(row.weight());
    grid.Cell(row.execution_rate());
    grid.Cell(row.score());
    const RowScore* row_score = is_total ? RowScoreOf(score, -1) : nullptr;
    if (is_total) {
      IntervalCell(row_score, grid);
      TraceOf(row_score, 0, grid);
    } else {
      grid.Cell("", "num");
    }
  }
}

void AddFundParts(const google::protobuf::RepeatedPtrField<report::v1::FundPart>& parts, std::string_view caption,
                  const std::string& id, const std::string& unit, const FindingOrder& findings, View& view) {
  if (parts.empty()) return;
  GridView grid(view, "FUND_PARTS", findings, id, caption, unit);
  grid.Column("构成").Column("金额", CellKind::kFigure);
  for (const report::v1::FundPart& part : parts) {
    grid.Row();
    grid.Head(part.label());
    grid.Cell(part.amount());
  }
}

void AddTasks(const EvaluationTable& table, int index, const FindingOrder& findings, View& view) {
  if (table.tasks().empty()) return;
  GridView grid(view, "TASKS", findings, fmt::format("tasks-{}", index), "年度主要任务完成情况",
                MoneyUnitText(table.money_unit()));
  grid.Column("任务名称").Column("主要内容").Column("预算资金", CellKind::kFigure);
  grid.Column("其中：财政资金", CellKind::kFigure).Column("任务完成情况").Column("预算执行数", CellKind::kFigure);
  grid.Column("其中：财政资金", CellKind::kFigure).Column("预算执行率", CellKind::kFigure);
  for (const report::v1::TaskRow& task : table.tasks()) {
    grid.Row();
    grid.Head(Trim(task.name().as_written()));
    grid.Cell(task.description());
    grid.Cell(task.budget());
    grid.Cell(task.budget_fiscal());
    grid.Cell(task.completion());
    grid.Cell(task.executed());
    grid.Cell(task.executed_fiscal());
    grid.Cell(task.execution_rate());
  }
}

// Rows from `from` with the same level 1 (and, if asked, level 2).
int RunLength(const EvaluationTable& table, int from, bool with_level2) {
  int end = from;
  while (end < table.indicators_size() && table.indicators(end).level1() == table.indicators(from).level1() &&
         (!with_level2 || table.indicators(end).level2() == table.indicators(from).level2())) {
    ++end;
  }
  return end - from;
}

// Table rows that indicators [from, from + count) take: each its own, and one for
// its trace.
int TableRows(const TableScore* score, int from, int count) {
  int rows = count;
  for (int i = from; i < from + count; ++i) {
    const RowScore* row = RowScoreOf(score, i);
    rows += row != nullptr && row->has_trace() ? 1 : 0;
  }
  return rows;
}

std::string LevelTitle(const EvaluationTable& table, const std::string& level1) {
  for (const report::v1::LevelHeader& header : table.level_headers()) {
    if (header.level1() != level1) continue;
    const std::string points(Trim(header.points().as_written()));
    if (!points.empty()) return fmt::format("{}\n（{}分）", level1, ReplaceAll(points, "分", ""));
  }
  return level1;
}

void AddTotalRow(const EvaluationTable& table, const TableScore* score, GridView& grid) {
  grid.Row("total");
  grid.Head("合计");
  for (int i = 0; i < 4; ++i) grid.Cell("", "none");
  grid.Cell(table.total_weight());
  grid.Cell(table.total_score());
  grid.Cell(score == nullptr ? "—" : IntervalText(score->supported_low_milli(), score->supported_high_milli()), "num");
  grid.Cell(table.grade().as_written().empty() ? "" : "自评等级：" + table.grade().as_written());
  if (score != nullptr && score->has_trace()) grid.Trace(score->trace(), "合计的核定依据", 0);
}

void AddIndicators(const EvaluationTable& table, const TableScore* score, int index, const FindingOrder& findings,
                   View& view) {
  GridView grid(view, "INDICATORS", findings, fmt::format("indicators-{}", index), "绩效指标完成情况", "");
  grid.Column("一级指标").Column("二级指标").Column("三级指标").Column("年度指标值").Column("实际完成值");
  grid.Column("分值", CellKind::kFigure).Column("自评得分", CellKind::kFigure);
  grid.Column("核定区间", CellKind::kFigure).Column("偏差原因分析及改进措施");
  int level1_end = 0;
  int level2_end = 0;
  for (int i = 0; i < table.indicators_size(); ++i) {
    const report::v1::IndicatorRow& row = table.indicators(i);
    const RowScore* row_score = RowScoreOf(score, i);
    grid.Row(i == level1_end ? "first1" : i == level2_end ? "first2" : "");
    if (i == level1_end) {
      const int count = RunLength(table, i, false);
      level1_end = i + count;
      grid.Head(LevelTitle(table, row.level1()), TableRows(score, i, count));
    } else {
      grid.Skip();
    }
    if (i == level2_end) {
      const int count = RunLength(table, i, true);
      level2_end = i + count;
      grid.Head(row.level2(), TableRows(score, i, count));
    } else {
      grid.Skip();
    }
    grid.Head(Trim(row.level3().as_written()));
    grid.Cell(row.target());
    grid.Cell(row.actual());
    grid.Cell(row.weight());
    grid.Cell(row.score());
    IntervalCell(row_score, grid);
    grid.Cell(row.reason());
    TraceOf(row_score, 2, grid);
  }
  AddTotalRow(table, score, grid);
}

void AddGoals(const EvaluationTable& table, View& view) {
  const auto goal = [](const report::v1::Value& value) {
    return Trim(value.as_written()).empty() ? std::string("（未填写）") : std::string(Trim(value.as_written()));
  };
  if (!table.has_expected_goals() && !table.has_actual_goals()) return;
  View& goals = view.Add("GOALS");
  goals.Set("EXPECTED", goal(table.expected_goals()));
  goals.Set("ACTUAL", goal(table.actual_goals()));
}

}  // namespace

void AddEvaluationTable(const v1::Disclosure& disclosure, int index, const FindingOrder& findings, View& page) {
  const EvaluationTable& table = disclosure.content().evaluation_tables(index);
  const TableScore* score = ScoreOf(disclosure.score_card(), index);
  View& view = page.Include("TABLE", "table");
  const std::string kind = KindText(table.kind());
  view.Set("ID", fmt::format("table-{}", index));
  view.Set("TITLE", table.title().empty() ? kind + "绩效自评表" : table.title());
  const auto fact = [&](std::string_view name, std::string_view text) {
    if (Trim(text).empty()) return;
    View& shown = view.Add("FACT");
    shown.Set("NAME", name);
    shown.Set("TEXT", Trim(text));
  };
  fact("项目名称", table.project_name().as_written());
  fact("主管部门", table.supervising_department().as_written());
  fact(table.kind() == report::v1::REPORT_KIND_PROJECT ? "实施单位" : "预算部门", table.unit_name().as_written());
  if (score != nullptr) {
    fact("自评得分", score->has_claimed_milli() ? PointsText(score->claimed_milli()) + " 分" : "未填写");
    fact("证据支持", IntervalText(score->supported_low_milli(), score->supported_high_milli()) + " 分");
  }
  const std::string unit = MoneyUnitText(table.money_unit());
  AddFunds(table, score, index, findings, view);
  AddFundParts(table.by_source(), "按收入性质分", fmt::format("source-{}", index), unit, findings, view);
  AddFundParts(table.by_nature(), "按支出性质分", fmt::format("nature-{}", index), unit, findings, view);
  AddTasks(table, index, findings, view);
  AddGoals(table, view);
  AddIndicators(table, score, index, findings, view);
  for (const std::string& note : table.notes()) view.AddText("NOTE", note);
}

}  // namespace jixiao::publish
