// The annexes of a report on its page.
#include <fmt/format.h>

#include <algorithm>

#include "common/base/text.h"
#include "publish/core/claim.h"
#include "publish/render/display_text.h"
#include "publish/render/grid_view.h"
#include "publish/render/table_view.h"

namespace jixiao::publish {
namespace {

void AddStaff(const report::v1::BaseDataTable& table, const FindingOrder& findings, View& view) {
  if (!table.has_authorised_staff() && !table.has_actual_staff()) return;
  GridView grid(view, "STAFF", findings, "staff", "财政供养人员情况", "人");
  grid.Column("编制数", CellKind::kFigure)
      .Column("实际在职人数", CellKind::kFigure)
      .Column("控制率", CellKind::kFigure);
  grid.Row();
  grid.Cell(table.authorised_staff());
  grid.Cell(table.actual_staff());
  grid.Cell(table.staff_control_rate());
}

std::string BasisText(const scoring::v1::WorkCriterionScore& criterion) {
  switch (BasisOf(criterion)) {
    case WorkBasis::kComputed: return "按记录计算";
    case WorkBasis::kOpen: return "待核对";
    case WorkBasis::kProposed: return "建议分，待审核";
    case WorkBasis::kConfirmed: return "审核确认";
    case WorkBasis::kNotStated: break;
  }
  return "—";
}

// What the unit gave itself beside what can be supported.
std::string WorkTotalText(const scoring::v1::WorkAssessment& assessment) {
  std::string text = assessment.has_claimed_milli()
                         ? fmt::format("单位填报 {} 分", PointsText(assessment.claimed_milli()))
                         : "单位没有填报合计";
  if (assessment.criteria().empty()) return text + "。";
  text += fmt::format("；按考核标准核算，证据支持 {} 分",
                      IntervalText(assessment.supported_low_milli(), assessment.supported_high_milli()));
  if (const Claim claim = ClaimOf(assessment); claim.standing == ClaimStanding::kAbove) {
    text += fmt::format("，填报高出 {} 分", PointsText(claim.distance_milli));
  }
  const bool has_open = std::any_of(assessment.criteria().begin(), assessment.criteria().end(),
                                    [](const auto& criterion) { return BasisOf(criterion) == WorkBasis::kOpen; });
  return text + (has_open ? "。标“待核对”的项目从报告中看不出来，以盖章的通知、文件为准。" : "。");
}

}  // namespace

void AddBaseDataTable(const report::v1::BaseDataTable& table, const FindingOrder& findings, View& page) {
  View& view = page.Include("BASE_DATA", "base_data");
  view.Set("TITLE", table.title().empty() ? "绩效评价基础数据表" : table.title());
  AddStaff(table, findings, view);
  GridView grid(view, "COSTS", findings, "costs", "经费控制情况", MoneyUnitText(table.money_unit()));
  grid.Column("项目").Column("上年决算数", CellKind::kFigure).Column("本年预算数", CellKind::kFigure);
  grid.Column("本年决算数", CellKind::kFigure);
  for (const report::v1::CostRow& row : table.cost_rows()) {
    grid.Row();
    grid.Head(row.label());
    grid.Cell(row.prior_final());
    grid.Cell(row.budget());
    grid.Cell(row.final());
  }
  const auto fact = [&](std::string_view name, const report::v1::Value& value) {
    if (Trim(value.as_written()).empty()) return;
    View& shown = view.Add("FACT");
    shown.Set("NAME", name);
    shown.Set("TEXT", Trim(value.as_written()));
  };
  for (const report::v1::LabelledValue& other : table.other_values()) fact(other.label(), other.value());
  fact("厉行节约保障措施", table.thrift_measures());
}

void AddWorkAssessment(const v1::Disclosure& disclosure, const FindingOrder& findings, View& page) {
  const auto& sheet = disclosure.content().work_assessment_sheet();
  const auto& assessment = disclosure.score_card().work_assessment();
  if (sheet.rows().empty() && assessment.criteria().empty()) return;
  View& view = page.Include("WORK", "work");
  view.AddText("TOTAL", WorkTotalText(assessment));
  if (!sheet.rows().empty()) {
    GridView grid(view, "SHEET", findings, "work-sheet", "单位填报", "分");
    grid.Column("考核内容").Column("分值", CellKind::kFigure).Column("单位自评", CellKind::kFigure);
    for (const report::v1::WorkAssessmentRow& row : sheet.rows()) {
      grid.Row();
      grid.Head(row.criterion());
      grid.Cell(row.weight());
      grid.Cell(row.score());
    }
    if (sheet.has_total()) {
      grid.Row("total");
      grid.Head("合计");
      grid.Cell("", "num");
      grid.Cell(sheet.total());
    }
  }
  if (assessment.criteria().empty()) return;
  GridView grid(view, "CRITERIA", findings, "work-criteria", "按考核标准核算", "分");
  grid.Column("考核内容").Column("分值", CellKind::kFigure).Column("证据支持", CellKind::kFigure).Column("依据");
  for (const scoring::v1::WorkCriterionScore& criterion : assessment.criteria()) {
    grid.Row();
    grid.Head(criterion.title());
    grid.Cell(PointsText(criterion.weight_milli()), "num");
    grid.Cell(IntervalText(criterion.supported_low_milli(), criterion.supported_high_milli()), "num");
    grid.Cell(BasisText(criterion));
    if (criterion.has_trace()) grid.Trace(criterion.trace(), "怎么得出的", 0);
  }
}

void AddNarrative(const report::v1::ReportContent& content, View& page) {
  if (content.sections().empty()) return;
  View& view = page.Include("NARRATIVE", "narrative");
  if (content.has_title()) view.AddText("TITLE", content.title());
  for (const report::v1::Section& section : content.sections()) {
    View& shown = view.Add("SECTION");
    const std::string heading = section.number() + section.heading();
    if (!heading.empty()) shown.AddText("HEADING", heading);
    for (const report::v1::Paragraph& paragraph : section.paragraphs()) {
      if (!Trim(paragraph.text()).empty()) shown.AddText("PARAGRAPH", Trim(paragraph.text()));
    }
  }
}

}  // namespace jixiao::publish
