// The indicators of a table as a set: named twice, counted twice, too few, in
// the wrong class.
#include <fmt/format.h>

#include <algorithm>

#include "common/base/text.h"
#include "common/base/words.h"
#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/facts/figures.h"
#include "scoring/core/verdicts/execution.h"

namespace jixiao::scoring {
namespace {

using report::v1::Address;

// As written: blanks of a name are the same wherever it was copied to.
std::string_view NameOf(const ReadIndicator& indicator) { return indicator.row.level3().as_written(); }

// Two rows that ask for and answer the same. Short names are left alone.
bool IsSame(const ReadIndicator& a, const ReadIndicator& b) {
  constexpr size_t kShortest = 12;
  return NameOf(a).size() >= kShortest && NameOf(a) == NameOf(b) &&
         a.row.target().as_written() == b.row.target().as_written() &&
         a.row.actual().as_written() == b.row.actual().as_written();
}

bool IsResult(const ReadIndicator& indicator) {
  const std::string& level1 = indicator.row.level1();
  return level1 == "产出" || level1 == "效益" || level1 == "满意度" || level1 == "成本";
}

// One indicator in two rows earns its points twice.
void CheckTwice(const TableView& table, Findings& findings) {
  // Every row is compared with every one before it: names alone, and all of a row
  // only where they are the same.
  std::vector<std::string_view> names;
  names.reserve(table.indicators.size());
  for (const ReadIndicator& indicator : table.indicators) names.push_back(NameOf(indicator));
  for (size_t i = 0; i < table.indicators.size(); ++i) {
    const ReadIndicator& indicator = table.indicators[i];
    // Management is asked about under several headings in the same words.
    if (!IsResult(indicator)) continue;
    size_t j = 0;
    while (j < i && (names[j] != names[i] || !IsSame(indicator, table.indicators[j]))) ++j;
    if (j == i) continue;
    const ReadIndicator& first = table.indicators[j];
    findings.Add({.rule_id = "DUP_INDICATOR",
                  .places = {table.PlaceOf(indicator, indicator.row.level3(), "三级指标"),
                             table.PlaceOf(first, first.row.level3(), "三级指标")},
                  .value = fmt::format("“{}”出现两次，指标值和完成值相同", Shorten(NameOf(indicator), 20)),
                  .expected = "同一指标只列一次"});
  }
}

const TableView* DepartmentTable(const ReportView& view) {
  for (const TableView& table : view.tables) {
    if (table.table.kind() == report::v1::REPORT_KIND_DEPARTMENT) return &table;
  }
  return nullptr;
}

// A project table filled with rows of the department's.
void CheckCopiedRows(const ReportView& view, const TableView& project, Findings& findings) {
  constexpr size_t kFewest = 2;
  const TableView* department = DepartmentTable(view);
  if (department == nullptr || department == &project) return;
  std::vector<Address> places;
  QuotationList names;
  for (const ReadIndicator& indicator : project.indicators) {
    // `100%` and `100%` say little; the same words twice are copied.
    if (indicator.target.shape == CellShape::kNumber) continue;
    const bool copied = std::any_of(department->indicators.begin(), department->indicators.end(),
                                    [&](const ReadIndicator& other) { return IsSame(indicator, other); });
    if (!copied) continue;
    if (places.size() < kMostPlaces) places.push_back(project.PlaceOf(indicator, indicator.row.level3(), "三级指标"));
    names.Add(Shorten(NameOf(indicator), 20));
  }
  if (names.size() < kFewest) return;
  findings.Add({.rule_id = "DUP_INDICATOR",
                .places = std::move(places),
                .value = names.Text() + " 与部门整体支出绩效自评表逐字相同",
                .expected = "项目表写该项目自身的指标、目标值和完成值",
                .difference = fmt::format("{} 项", names.size())});
}

void CheckDoubleCount(const TableView& table, Findings& findings) {
  const auto* total = TotalRow(table.table);
  if (total == nullptr || PointsOrZero(total->weight()) <= 0) return;
  for (const ReadIndicator& indicator : table.indicators) {
    if (Trim(NameOf(indicator)) != "预算执行率" || PointsOrZero(indicator.row.weight()) <= 0) continue;
    findings.Add({.rule_id = "DOUBLE_COUNT",
                  .places = {table.PlaceOf(indicator, indicator.row.level3(), "三级指标"),
                             table.Place(total->score(), "预算执行率 · 得分")},
                  .value = fmt::format("预算执行率在预算情况中计 {} 分，又作为三级指标计 {} 分",
                                       FormatPoints(PointsOrZero(total->weight())),
                                       FormatPoints(PointsOrZero(indicator.row.weight()))),
                  .expected = "只在预算执行率一项中计分，三级指标改为其他内容"});
  }
}

// One row that carries the whole output of a table with many others.
void CheckSingleOutput(const TableView& table, Findings& findings) {
  constexpr size_t kDetailed = 8;
  const ReadIndicator* only = nullptr;
  for (const ReadIndicator& indicator : table.indicators) {
    if (indicator.row.level1() != "产出" || PointsOrZero(indicator.row.weight()) <= 0) continue;
    if (only != nullptr) return;
    only = &indicator;
  }
  if (only == nullptr || table.indicators.size() < kDetailed) return;
  findings.Add({.rule_id = "SINGLE_OUTPUT",
                .places = {table.PlaceOf(*only, only->row.level3(), "三级指标")},
                .value = fmt::format("产出 {} 分只有“{}”一项指标", FormatPoints(PointsOrZero(only->row.weight())),
                                     Shorten(NameOf(*only), 20)),
                .expected = "按全年主要任务设置若干产出指标，分值相应分配"});
}

// What makes a row stand in the wrong class; empty if nothing does.
std::string WrongClass(const ReadIndicator& indicator) {
  constexpr int64_t kParagraph = 60;
  const auto& row = indicator.row;
  const std::string_view name = NameOf(indicator);
  if (row.level1() != "产出") return "";
  if (row.level2() == "数量" && indicator.target.shape == CellShape::kDate) {
    return fmt::format("“{}”的目标“{}”是时间，列为数量指标", Shorten(name, 16), row.target().as_written());
  }
  if (name.find("人均") != std::string::npos && name.find("收入") != std::string::npos) {
    return fmt::format("“{}”是效益，列为{}指标", Shorten(name, 16), row.level2());
  }
  if (row.level2() == "数量" && CodePointCount(row.actual().as_written()) > kParagraph) {
    return fmt::format("“{}”的完成值是一段文字，列为数量指标", Shorten(name, 16));
  }
  return "";
}

void CheckClasses(const TableView& table, Findings& findings) {
  std::vector<Address> places;
  std::string value;
  for (const ReadIndicator& indicator : table.indicators) {
    const std::string wrong = WrongClass(indicator);
    if (wrong.empty() || places.size() >= kMostPlaces) continue;
    places.push_back(table.PlaceOf(indicator, indicator.row.level3(), "三级指标"));
    AddItem(wrong, value, "；");
  }
  if (places.empty()) return;
  findings.Add({.rule_id = "INDICATOR_CLASS",
                .places = std::move(places),
                .value = std::move(value),
                .expected = "数量写多少，质量写好坏，时效写何时，成本写花费，效益写带来什么"});
}

// The same name in two tables under two classes.
void CheckClassesAgree(const ReportView& view, const TableView& project, Findings& findings) {
  const TableView* department = DepartmentTable(view);
  if (department == nullptr || department == &project) return;
  for (const ReadIndicator& indicator : project.indicators) {
    if (indicator.row.level1() != "产出") continue;
    for (const ReadIndicator& other : department->indicators) {
      if (NameOf(indicator).empty() || NameOf(indicator) != NameOf(other)) continue;
      // What an output is, is defined; one benefit may be seen from two sides.
      if (indicator.row.level1() != "产出" || other.row.level1() != "产出") continue;
      if (indicator.row.level2() == other.row.level2() || other.row.level2().empty()) continue;
      findings.Add({.rule_id = "INDICATOR_CLASS_DIFFERS",
                    .places = {project.PlaceOf(indicator, indicator.row.level3(), "三级指标"),
                               department->PlaceOf(other, other.row.level3(), "三级指标")},
                    .value = fmt::format("“{}”在本表是{}指标，在部门表是{}指标", Shorten(NameOf(indicator), 20),
                                         indicator.row.level2(), other.row.level2()),
                    .expected = "同一指标归入同一类"});
    }
  }
}

// Where its points went: `，“投入管理”为 40 分（规定 30 分）`.
std::string MovedTo(const TableView& table) {
  std::string text;
  for (const v1::LevelScore& level : table.score.levels()) {
    if (!level.has_rule_weight_milli() || level.weight_milli() <= level.rule_weight_milli()) continue;
    text += fmt::format("，“{}”为 {} 分（规定 {} 分）", level.level1(), FormatPoints(level.weight_milli()),
                        FormatPoints(level.rule_weight_milli()));
  }
  return text;
}

// Levels may be moved, but one that is left out is said so.
void CheckLevels(const ReportView& view, const TableView& table, Findings& findings) {
  if (!view.rule_set.levels_adjustable() || table.table.kind() != report::v1::REPORT_KIND_DEPARTMENT) return;
  for (const v1::LevelRule& level : view.rule_set.levels()) {
    const bool present = std::any_of(table.indicators.begin(), table.indicators.end(),
                                     [&](const ReadIndicator& i) { return i.row.level1() == level.level1(); });
    if (present || table.indicators.empty()) continue;
    findings.Add({.rule_id = "LEVEL_MISSING",
                  .places = {table.Place({}, "一级指标")},
                  .value = fmt::format("没有设置“{}”指标{}", level.level1(), MovedTo(table)),
                  .expected = fmt::format("“{}”{} 分；确有特殊情况作调整的，说明依据", level.level1(),
                                          FormatPoints(level.weight_milli()))});
  }
}

}  // namespace

void CheckIndicatorSet(const ReportView& view, const TableView& table, Findings& findings) {
  CheckTwice(table, findings);
  CheckDoubleCount(table, findings);
  CheckSingleOutput(table, findings);
  CheckClasses(table, findings);
  CheckLevels(view, table, findings);
  if (table.table.kind() != report::v1::REPORT_KIND_PROJECT) return;
  CheckCopiedRows(view, table, findings);
  CheckClassesAgree(view, table, findings);
}

}  // namespace jixiao::scoring
