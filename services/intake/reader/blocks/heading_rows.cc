#include "intake/reader/blocks/heading_rows.h"

#include <algorithm>

#include "intake/reader/labels/form_labels.h"

namespace jixiao::intake {
namespace {

bool AnyCell(const Row& row, bool (*accepts)(const Cell&)) {
  return std::any_of(row.cells.begin(), row.cells.end(), accepts);
}

}  // namespace

bool IsFundHeading(const Row& row) {
  bool has_budget = false;
  bool has_executed = false;
  for (const Cell& cell : row.cells) {
    has_budget |= FundColumnOf(cell.label) == FundColumn::kInitial || FundColumnOf(cell.label) == FundColumn::kAdjusted;
    has_executed |= FundColumnOf(cell.label) == FundColumn::kExecuted;
  }
  return has_budget && has_executed;
}

bool IsTaskHeading(const Row& row) {
  return AnyCell(row, [](const Cell& cell) { return cell.label == "任务名称"; });
}

bool IsIndicatorHeading(const Row& row) {
  bool has_value = false;
  for (const Cell& cell : row.cells) {
    const IndicatorColumn column = IndicatorColumnOf(cell.label);
    has_value |= column == IndicatorColumn::kTarget || column == IndicatorColumn::kActual ||
                 column == IndicatorColumn::kScore || column == IndicatorColumn::kWeight;
  }
  const bool has_name =
      AnyCell(row, [](const Cell& cell) { return IndicatorColumnOf(cell.label) == IndicatorColumn::kLevel3; });
  return has_value && has_name;
}

}  // namespace jixiao::intake
