#include "conformance/write_tables.h"

#include <fmt/format.h>

#include <array>
#include <map>

#include "common/domain/decimal.h"

namespace jixiao::conformance {
namespace {

using report::v1::EvaluationTable;
using report::v1::FundRole;

constexpr int kMoneyColumns = 3;

EvaluationTable& AddTable(report::v1::ReportKind kind, const std::string& title, Draft& draft) {
  EvaluationTable& table = *draft.content().add_evaluation_tables();
  table.set_kind(kind);
  table.set_title(title);
  table.set_money_unit(report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN);
  return table;
}

// A row of the funds block from column 2 on: three amounts, weight, rate, score.
void WriteFundRow(const std::string& name, const std::string& label, FundRole role, std::string_view key,
                  const Funds& funds, const TableBook* scored, const Style& style, CellWriter& cells,
                  EvaluationTable& table) {
  auto& row = *table.add_fund_rows();
  row.set_label(label);
  row.set_role(role);
  const std::string path = fmt::format("{} · {} · ", name, label);
  const std::string prefix = fmt::format("table.funds.{}.", key);
  const bool is_blank = funds.adjusted == 0;
  const auto money = [&](int64_t fen) { return is_blank ? std::string() : WanYuan(fen, style); };
  cells.Figure(*row.mutable_initial_budget(), path + "年初预算数", money(funds.initial), Scale::kMoney,
               prefix + "initial");
  cells.Figure(*row.mutable_adjusted_budget(), path + "全年预算数", money(funds.adjusted), Scale::kMoney,
               prefix + "adjusted");
  cells.Figure(*row.mutable_executed(), path + "全年执行数", money(funds.executed), Scale::kMoney, prefix + "executed");
  const bool has_score = scored != nullptr && scored->execution_weight > 0;
  cells.Figure(*row.mutable_weight(), path + "分值", has_score ? FormatPoints(scored->execution_weight) : "",
               Scale::kPoints, prefix + "weight");
  cells.Figure(*row.mutable_execution_rate(), path + "执行率",
               is_blank || scored == nullptr ? "" : RateText(funds.executed, funds.adjusted), Scale::kRate,
               prefix + "rate");
  cells.Figure(*row.mutable_score(), path + "得分", has_score ? FormatPoints(scored->execution_score) : "",
               Scale::kPoints, prefix + "score");
  if (scored != nullptr && !scored->execution_reason.empty()) {
    cells.Text(*row.mutable_reason(), path + "原因", scored->execution_reason);
  }
}

void WritePart(google::protobuf::RepeatedPtrField<report::v1::FundPart>& parts, const std::string& split,
               const std::string& label, FundRole role, const std::string& key, int64_t fen, const Style& style,
               CellWriter& cells) {
  auto& part = *parts.Add();
  part.set_label(label);
  part.set_role(role);
  const bool is_blank = fen == 0 && !style.writes_zeros;
  cells.Figure(*part.mutable_amount(), fmt::format("{} · {}", split, label), is_blank ? "" : WanYuan(fen, style),
               Scale::kMoney, key);
}

void WriteSplits(const Book& book, const Style& style, CellWriter& cells, EvaluationTable& table) {
  const std::string source = "部门整体支出绩效自评表 · 按收入性质分";
  const std::string nature = "部门整体支出绩效自评表 · 按支出性质分";
  cells.At(4, 1);
  WritePart(*table.mutable_by_source(), source, "一般公共预算", report::v1::FUND_ROLE_GENERAL_BUDGET,
            "table.source.general_budget", book.GeneralBudget(), style, cells);
  cells.At(5, 1);
  WritePart(*table.mutable_by_source(), source, "政府性基金拨款", report::v1::FUND_ROLE_GOVERNMENT_FUND,
            "table.source.government_fund", book.government_fund, style, cells);
  cells.At(6, 1);
  WritePart(*table.mutable_by_source(), source, "纳入专户管理的非税收入拨款", report::v1::FUND_ROLE_NON_TAX,
            "table.source.non_tax", 0, style, cells);
  cells.At(7, 1);
  WritePart(*table.mutable_by_source(), source, "其他资金", report::v1::FUND_ROLE_OTHER, "table.source.other",
            book.other_money, style, cells);
  cells.At(4, 2);
  WritePart(*table.mutable_by_nature(), nature, "基本支出", report::v1::FUND_ROLE_BASIC, "table.nature.basic",
            book.Basic().executed, style, cells);
  cells.At(5, 2);
  WritePart(*table.mutable_by_nature(), nature, "项目支出", report::v1::FUND_ROLE_PROJECT, "table.nature.project",
            book.Projects().executed, style, cells);
}

void WriteLevelHeaders(const TableBook& book, const std::string& name, int row, CellWriter& cells,
                       EvaluationTable& table) {
  std::map<std::string, int64_t> sums;
  for (const IndicatorBook& indicator : book.indicators) sums[indicator.level1] += indicator.weight;
  for (size_t i = 0; i < book.indicators.size(); ++i) {
    const std::string& level1 = book.indicators[i].level1;
    if (i > 0 && book.indicators[i - 1].level1 == level1) continue;
    auto& header = *table.add_level_headers();
    header.set_level1(level1);
    cells.At(row + static_cast<int>(i), 1);
    cells.Figure(*header.mutable_points(), fmt::format("{} · {}指标 · 分值", name, level1),
                 FormatPoints(sums[level1]) + "分", Scale::kPoints, "x.level_header." + level1);
  }
}

void WriteGoals(const std::string& name, const Book& book, const TableBook& scores, int row, CellWriter& cells,
                EvaluationTable& table) {
  cells.At(row, 1);
  cells.Text(*table.mutable_expected_goals(), name + " · 年度总体目标 · 预期目标", ExpectedGoals(book, scores));
  cells.Text(*table.mutable_actual_goals(), name + " · 年度总体目标 · 实际完成情况", ActualGoals(book, scores));
}

void WriteTotals(const TableBook& scores, const std::string& name, int row, CellWriter& cells, EvaluationTable& table) {
  cells.At(row, 1);
  cells.Figure(*table.mutable_total_weight(), name + " · 总分 · 分值", "100", Scale::kPoints, "table.total.weight");
  cells.Figure(*table.mutable_total_score(), name + " · 总分 · 得分", FormatPoints(scores.total_score), Scale::kPoints,
               "table.total.score");
}

}  // namespace

std::string WanYuan(int64_t fen, const Style& style) { return FormatScaled(fen, 6, style.decimals); }

std::string RateText(int64_t part, int64_t whole) { return FormatRatePercent(MulDiv(part, 10'000, whole) * 100); }

report::v1::Address CellWriter::Place(const std::string& label) {
  report::v1::Address address;
  address.set_label(label);
  address.set_part(part_);
  if (part_ == report::v1::PART_EVALUATION_TABLE) address.set_part_index(part_index_);
  address.set_row_index(row_);
  address.set_column_index(column_++);
  return address;
}

void CellWriter::Text(report::v1::Value& value, const std::string& label, const std::string& text) {
  WriteCell(value, text, std::nullopt, Place(label));
}

void CellWriter::Figure(report::v1::Value& value, const std::string& label, const std::string& text, Scale scale,
                        const std::string& key) {
  WriteCell(value, text, scale, Place(label));
  if (!key.empty()) draft_.Keep(key, scale, table_, value);
}

int WriteIndicators(const TableBook& book, const std::string& name, bool has_measures, int row, int index,
                    Draft& draft) {
  EvaluationTable& table = *draft.content().mutable_evaluation_tables(index);
  CellWriter cells(draft, report::v1::PART_EVALUATION_TABLE, index, index);
  for (size_t i = 0; i < book.indicators.size(); ++i) {
    const IndicatorBook& from = book.indicators[i];
    auto& to = *table.add_indicators();
    to.set_level1(from.level1);
    to.set_level2(from.level2);
    const std::string path = fmt::format("{} · {} · {} · {} · ", name, from.level1, from.level2, from.name);
    cells.At(row++, has_measures ? 2 : 3);
    cells.Text(*to.mutable_level3(), path + "三级指标", from.name);
    cells.Text(*to.mutable_target(), path + (has_measures ? "指标值" : "年度指标值"), from.target);
    if (has_measures) cells.Text(*to.mutable_measure_unit(), path + "度量单位", from.measure);
    cells.Text(*to.mutable_actual(), path + "实际完成值", from.actual);
    cells.Figure(*to.mutable_weight(), path + "分值", FormatPoints(from.weight), Scale::kPoints,
                 fmt::format("table.rows.weight.{}", i));
    cells.Figure(*to.mutable_score(), path + "得分", FormatPoints(from.score), Scale::kPoints,
                 fmt::format("table.rows.score.{}", i));
    if (!from.coefficient.empty()) {
      cells.Figure(*to.mutable_score_coefficient(), path + "得分系数", from.coefficient, Scale::kRate,
                   fmt::format("x.coefficient.{}", i));
    }
    cells.Text(*to.mutable_reason(), path + (has_measures ? "未完成原因分析" : "偏差原因分析及改进措施"),
               has_measures && from.reason == "无偏差" ? "" : from.reason);
  }
  return row;
}

void WriteDepartmentTable(const Book& book, const Style& style, Draft& draft) {
  const std::string name = "部门整体支出绩效自评表";
  const int index = draft.content().evaluation_tables_size();
  EvaluationTable& table =
      AddTable(report::v1::REPORT_KIND_DEPARTMENT, fmt::format("{}年度{}", book.year, name), draft);
  CellWriter cells(draft, report::v1::PART_EVALUATION_TABLE, index, index);
  cells.At(0, 1);
  cells.Text(*table.mutable_unit_name(), name + " · 预算部门名称", book.unit_name);
  cells.At(2, 2);
  WriteFundRow(name, "年度资金总额", report::v1::FUND_ROLE_TOTAL, "total", book.Total(), &book.table, style, cells,
               table);
  WriteSplits(book, style, cells, table);
  WriteGoals(name, book, book.table, 9, cells, table);
  constexpr int kFirstIndicator = 11;
  const int last = WriteIndicators(book.table, "自评表", false, kFirstIndicator, index, draft);
  WriteLevelHeaders(book.table, "自评表", kFirstIndicator, cells, table);
  WriteTotals(book.table, "自评表", last, cells, table);
}

void WriteProjectTable(const Book& book, const ProjectBook& project, const Style& style, Draft& draft) {
  const std::string name = fmt::format("项目支出绩效自评表（{}）", project.name);
  const std::string rows_name = fmt::format("项目自评表（{}）", project.name);
  const int index = draft.content().evaluation_tables_size();
  EvaluationTable& table =
      AddTable(report::v1::REPORT_KIND_PROJECT, fmt::format("{}年度项目支出绩效自评表", book.year), draft);
  CellWriter cells(draft, report::v1::PART_EVALUATION_TABLE, index, index);
  cells.At(0, 1);
  cells.Text(*table.mutable_project_name(), name + " · 项目支出名称", project.name);
  cells.At(1, 1);
  cells.Text(*table.mutable_supervising_department(), name + " · 主管部门", book.unit_name);
  cells.At(1, 3);
  cells.Text(*table.mutable_unit_name(), name + " · 实施单位", book.unit_name);
  cells.At(3, 2);
  WriteFundRow(name, "年度资金总额", report::v1::FUND_ROLE_TOTAL, "total", project.funds, &project.table, style, cells,
               table);
  cells.At(4, 2);
  WriteFundRow(name, "其中：当年财政拨款", report::v1::FUND_ROLE_FISCAL, "fiscal", project.funds, nullptr, style, cells,
               table);
  cells.At(5, 2);
  WriteFundRow(name, "上年结转资金", report::v1::FUND_ROLE_CARRY_OVER, "carry_over", {}, nullptr, style, cells, table);
  cells.At(6, 2);
  WriteFundRow(name, "其他资金", report::v1::FUND_ROLE_OTHER, "other", {}, nullptr, style, cells, table);
  WriteGoals(name, book, project.table, 8, cells, table);
  constexpr int kFirstIndicator = 10;
  const int last = WriteIndicators(project.table, rows_name, false, kFirstIndicator, index, draft);
  WriteLevelHeaders(project.table, rows_name, kFirstIndicator, cells, table);
  WriteTotals(project.table, rows_name, last, cells, table);
}

namespace {

void WriteTask(int number, const std::string& task_name, const std::string& description, const Funds& funds,
               const std::string& completion, const Style& style, CellWriter& cells, EvaluationTable& table) {
  auto& task = *table.add_tasks();
  const std::string path = fmt::format("部门整体支出绩效自评表 · 年度主要任务 · {} · ", task_name);
  cells.Text(*task.mutable_name(), path + "任务名称", task_name);
  cells.Text(*task.mutable_description(), path + "主要内容", description);
  cells.Figure(*task.mutable_budget(), path + "预算资金", WanYuan(funds.adjusted, style), Scale::kMoney,
               fmt::format("table.tasks.budget.{}", number));
  cells.Figure(*task.mutable_budget_fiscal(), path + "其中:财政资金", WanYuan(funds.adjusted, style), Scale::kMoney,
               fmt::format("x.tasks.budget_fiscal.{}", number));
  cells.Text(*task.mutable_completion(), path + "任务完成情况", completion);
  cells.Figure(*task.mutable_executed(), path + "预算执行数", WanYuan(funds.executed, style), Scale::kMoney,
               fmt::format("table.tasks.executed.{}", number));
  cells.Figure(*task.mutable_executed_fiscal(), path + "其中:财政资金", WanYuan(funds.executed, style), Scale::kMoney,
               fmt::format("x.tasks.executed_fiscal.{}", number));
  cells.Figure(*task.mutable_execution_rate(), path + "预算执行率", RateText(funds.executed, funds.adjusted),
               Scale::kRate, fmt::format("x.tasks.rate.{}", number));
}

// One row of the funds block with a rate on every row.
void WriteRatedRow(const std::string& label, FundRole role, const std::string& key, const Funds& funds,
                   const TableBook* scored, const Style& style, CellWriter& cells, EvaluationTable& table) {
  auto& row = *table.add_fund_rows();
  row.set_label(label);
  row.set_role(role);
  const std::string path = fmt::format("部门整体支出绩效自评表 · {} · ", label);
  const std::string prefix = fmt::format("table.funds.{}.", key);
  const bool is_blank = funds.adjusted == 0;
  const std::array<std::pair<report::v1::Value*, int64_t>, kMoneyColumns> money = {
      {{row.mutable_initial_budget(), funds.initial},
       {row.mutable_adjusted_budget(), funds.adjusted},
       {row.mutable_executed(), funds.executed}}};
  static constexpr std::array<const char*, kMoneyColumns> kColumns = {"年初预算数", "全年预算数", "预算执行数"};
  static constexpr std::array<const char*, kMoneyColumns> kKeys = {"initial", "adjusted", "executed"};
  for (size_t i = 0; i < money.size(); ++i) {
    cells.Figure(*money[i].first, path + kColumns[i], is_blank ? "" : WanYuan(money[i].second, style), Scale::kMoney,
                 prefix + kKeys[i]);
  }
  cells.Figure(*row.mutable_execution_rate(), path + "预算执行率",
               is_blank ? "" : RateText(funds.executed, funds.adjusted), Scale::kRate, prefix + "rate");
  const bool has_score = scored != nullptr && scored->execution_weight > 0;
  cells.Figure(*row.mutable_weight(), path + "分值", has_score ? FormatPoints(scored->execution_weight) : "",
               Scale::kPoints, prefix + "weight");
  cells.Figure(*row.mutable_score(), path + "得分", has_score ? FormatPoints(scored->execution_score) : "",
               Scale::kPoints, prefix + "score");
}

}  // namespace

void WriteTaskTable(const Book& book, const Style& style, Draft& draft) {
  const std::string name = "部门整体支出绩效自评表";
  EvaluationTable& table = AddTable(report::v1::REPORT_KIND_DEPARTMENT, "部门整体绩效自评表", draft);
  CellWriter cells(draft, report::v1::PART_EVALUATION_TABLE, 0, 0);
  cells.At(0, 2);
  cells.Text(*table.mutable_unit_name(), name + " · 部门(单位)名称", book.unit_name);
  cells.At(0, 6);
  cells.Figure(*table.mutable_total_score(), name + " · 自评得分", FormatPoints(book.table.total_score), Scale::kPoints,
               "table.total.score");
  cells.At(1, 6);
  cells.Text(*table.mutable_grade(), name + " · 自评结果", book.table.grade);
  cells.At(2, 1);
  cells.Text(*table.mutable_expected_goals(), name + " · 年度总体目标", ExpectedGoals(book, book.table));
  cells.At(2, 6);
  cells.Text(*table.mutable_actual_goals(), name + " · 年度总体目标完成情况", ActualGoals(book, book.table));
  cells.At(4, 1);
  WriteTask(0, "机关运行", "保障人员待遇和日常办公", book.Basic(), "按月发放工资，办公用房和车辆运行正常", style, cells,
            table);
  int row = 5;
  for (const ProjectBook& project : book.projects) {
    cells.At(row, 1);
    WriteTask(row - 4, project.name, fmt::format("用于{}", project.name), project.funds, "按合同和计划完成年度工作量",
              style, cells, table);
    ++row;
  }
  row += 1;
  Funds fiscal = book.Total();
  Funds other{book.other_money, book.other_money, book.other_money};
  fiscal = {fiscal.initial - other.initial, fiscal.adjusted - other.adjusted, fiscal.executed - other.executed};
  const auto rated = [&](const std::string& label, FundRole role, const std::string& key, const Funds& funds,
                         const TableBook* scored) {
    cells.At(row++, 3);
    WriteRatedRow(label, role, key, funds, scored, style, cells, table);
  };
  rated("部门预算总额", report::v1::FUND_ROLE_TOTAL, "total", book.Total(), &book.table);
  rated("财政性资金", report::v1::FUND_ROLE_FISCAL, "fiscal", fiscal, nullptr);
  rated("其他资金", report::v1::FUND_ROLE_OTHER, "other", other, nullptr);
  rated("基本支出", report::v1::FUND_ROLE_BASIC, "basic", book.Basic(), nullptr);
  rated("项目支出", report::v1::FUND_ROLE_PROJECT, "project", book.Projects(), nullptr);
  WriteIndicators(book.table, "自评表", true, row + 1, 0, draft);
}

std::string ExpectedGoals(const Book& book, const TableBook& table) {
  std::string text;
  int number = 1;
  for (const IndicatorBook& row : table.indicators) {
    if (row.level2 != "数量" || number > 3) continue;
    const std::string_view duty = book.domain->duties[static_cast<size_t>(number - 1) % book.domain->duties.size()];
    text += fmt::format("{}目标{}：{}，年内{}不低于{}{}；", text.empty() ? "" : "\n", number, duty, row.name,
                        FormatScaled(row.target_centi, 2), row.measure);
    ++number;
  }
  return text.empty() ? fmt::format("{}。", book.domain->duties[0]) : text;
}

std::string ActualGoals(const Book& book, const TableBook& table) {
  // Some forms take 200 characters.
  constexpr size_t kMostBytes = 480;
  std::string text;
  int number = 1;
  for (const IndicatorBook& row : table.indicators) {
    if (!row.is_numeric || (row.level2 != "数量" && row.level2 != "质量") || text.size() > kMostBytes) continue;
    text += row.level2 == "数量"
                ? fmt::format("{}{}.{}{}。", text.empty() ? "" : "\n", number, row.name, row.actual)
                : fmt::format("{}{}.{}达到{}。", text.empty() ? "" : "\n", number, row.name, row.actual);
    ++number;
  }
  if (text.empty()) text = fmt::format("全年任务按计划推进，{}反映较好。", book.domain->served);
  return text;
}

}  // namespace jixiao::conformance
