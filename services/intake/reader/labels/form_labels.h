// The words that official forms print: how a label is normalised, what a column
// heading means, what a row label means. Nothing here looks at positions.
#ifndef JIXIAO_INTAKE_READER_LABELS_FORM_LABELS_H_
#define JIXIAO_INTAKE_READER_LABELS_FORM_LABELS_H_

#include <optional>
#include <string>
#include <string_view>

#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// `text` without blanks and line breaks, widths folded: `年初\n预算数 ` and
// `年初预算数` are one label. All arguments named `label` below are such.
std::string LabelOf(std::string_view text);

// Texts longer than this many bytes are contents, never labels.
inline constexpr size_t kLongestLabelBytes = 240;

bool Contains(std::string_view text, std::string_view part);

// Blank, or nothing but dots, as form-fillers leave unused rows: `……`, `......`.
bool IsEllipsis(std::string_view label);

// `部门整体支出绩效自评表`, `2.基础数据表`, `…评分表`.
bool IsTableCaption(std::string_view label);

// `(2024年度)`, `2024年度`.
bool IsYearLine(std::string_view label);

// `单位:万元`, and which unit.
std::optional<report::v1::MoneyUnit> UnitLine(std::string_view label);

// `附件1`, `附件:`, `附表2`.
bool IsAnnexLine(std::string_view label);

// `注:…`, `说明:…`, `备注:…`.
bool IsNote(std::string_view label);

// Unit named inside a heading such as `年度预算申请(万元)`.
std::optional<report::v1::MoneyUnit> UnitInHeading(std::string_view label);

// Year of `2024年度…` anywhere in `label`; digits or 二〇二四. [2015, 2100].
std::optional<int> YearIn(std::string_view label);

// Points in `产出指标(50分)`, and the label without them.
struct PointedLabel {
  std::string name;
  std::optional<std::string> points;
};
PointedLabel SplitPoints(std::string_view label);

enum class FundColumn { kNone, kInitial, kAdjusted, kExecuted, kWeight, kRate, kScore, kReason };
FundColumn FundColumnOf(std::string_view label);

enum class TaskColumn { kNone, kName, kDescription, kBudget, kFiscal, kCompletion, kExecuted, kRate };
TaskColumn TaskColumnOf(std::string_view label);

enum class IndicatorColumn {
  kNone,
  kLevel1,
  kLevel2,
  kLevel3,
  kTarget,
  kMeasureUnit,
  kActual,
  kWeight,
  kScore,
  kReason,
  kNature,
  kInitialTarget,
  kCoefficient,
  kCore,
  kReviewScore
};
IndicatorColumn IndicatorColumnOf(std::string_view label);

// Label that stands beside its value in the head of an evaluation table.
enum class HeadField {
  kNone,
  kUnitName,
  kProjectName,
  kSupervisingDepartment,
  kTotalScore,
  kGrade,
  kExpectedGoals,
  kActualGoals
};
HeadField HeadFieldOf(std::string_view label);

// 预期目标 and 实际完成情况 as column headings.
bool IsExpectedGoalsHeading(std::string_view label);
bool IsActualGoalsHeading(std::string_view label);

// Labels at the side of a block, merged over its rows: 绩效指标, 年度总体目标,
// 年度预算申请(万元), 年度主要任务.
bool IsSideLabel(std::string_view label);

// Labels at the side of the base data table's blocks.
bool IsBaseSideLabel(std::string_view label);

// 总分, 合计.
bool IsTotalLabel(std::string_view label);

report::v1::FundRole FundRoleOf(std::string_view label);
report::v1::CostItem CostItemOf(std::string_view label);

// `1、资金来源:(1)财政性资金` to `财政性资金`; other labels stay as they are.
std::string CleanFundLabel(std::string_view text);

// One of the names that regions share: 产出, 效益 and so on, short form.
bool IsSharedLevel1(std::string_view name);
// 产出指标 to 产出; a name of the form's own stays whole.
std::string Level1Name(std::string_view label);
// 数量指标 to 数量.
std::string Level2Name(std::string_view label);
// The level 1 that a standard level 2 belongs to; empty for others.
std::string_view Level1Of(std::string_view level2);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_LABELS_FORM_LABELS_H_
