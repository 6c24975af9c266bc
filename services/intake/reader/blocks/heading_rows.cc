#include "intake/reader/blocks/heading_rows.h"

#include <algorithm>

namespace jixiao::intake {

bool IsFundHeading(const Row& row, const FormLabels& labels) {
  bool has_budget = false;
  bool has_executed = false;
  for (const Cell& cell : row.cells) {
    const FundColumn column = labels.FundColumnOf(cell.label);
    has_budget |= column == forms::v1::FUND_COLUMN_INITIAL || column == forms::v1::FUND_COLUMN_ADJUSTED;
    has_executed |= column == forms::v1::FUND_COLUMN_EXECUTED;
  }
  return has_budget && has_executed;
}

bool IsTaskHeading(const Row& row, const FormLabels& labels) {
  return std::any_of(row.cells.begin(), row.cells.end(),
                     [&](const Cell& cell) { return labels.TaskColumnOf(cell.label) == forms::v1::TASK_COLUMN_NAME; });
}

bool IsIndicatorHeading(const Row& row, const FormLabels& labels) {
  bool has_name = false;
  bool has_value = false;
  for (const Cell& cell : row.cells) {
    const IndicatorColumn column = labels.IndicatorColumnOf(cell.label);
    has_name |= column == forms::v1::INDICATOR_COLUMN_LEVEL3;
    has_value |= column == forms::v1::INDICATOR_COLUMN_TARGET || column == forms::v1::INDICATOR_COLUMN_ACTUAL ||
                 column == forms::v1::INDICATOR_COLUMN_SCORE || column == forms::v1::INDICATOR_COLUMN_WEIGHT;
  }
  return has_name && has_value;
}

}  // namespace jixiao::intake
