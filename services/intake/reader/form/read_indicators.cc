#include "intake/reader/form/read_indicators.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "intake/reader/blocks/unread.h"

namespace jixiao::intake {
namespace {

using report::v1::IndicatorRow;
using report::v1::Value;

CellKind KindOf(IndicatorColumn column) {
  const bool is_points = column == forms::v1::INDICATOR_COLUMN_WEIGHT || column == forms::v1::INDICATOR_COLUMN_SCORE;
  return is_points ? CellKind::kPoints : CellKind::kAny;
}

// `……`, `指标1:`, `指标2:/`: what forms print into unused rows.
bool IsUnusedName(std::string_view label) {
  if (IsEllipsis(label)) return true;
  constexpr std::string_view kIndicator = "指标";
  if (!label.starts_with(kIndicator)) return false;
  label.remove_prefix(kIndicator.size());
  const size_t digits = label.find_first_not_of("0123456789");
  return digits == std::string_view::npos || label.substr(digits) == ":" || label.substr(digits) == ":/";
}

}  // namespace

IndicatorsReader::IndicatorsReader(TableCells& cells, std::string name, report::v1::EvaluationTable& table)
    : cells_(cells), name_(std::move(name)), table_(table) {}

size_t IndicatorsReader::ColumnOf(IndicatorColumn role) const {
  return std::find(columns_.begin(), columns_.end(), role) - columns_.begin();
}

void IndicatorsReader::ReadHeading(size_t row) {
  heading_ = row;
  next_level1_row_ = 0;
  // Real forms have at most 15 columns; a bound keeps hostile input cheap.
  constexpr size_t kMostColumns = 100;
  columns_.assign(std::min(cells_.cell_count(row), kMostColumns), forms::v1::INDICATOR_COLUMN_UNSPECIFIED);
  kinds_.assign(columns_.size(), CellKind::kAny);
  bool has_target = false;
  for (size_t column = 0; column < columns_.size(); ++column) {
    has_target |= cells_.labels().IndicatorColumnOf(cells_.Label(row, column)) == forms::v1::INDICATOR_COLUMN_TARGET;
  }
  for (size_t column = 0; column < columns_.size(); ++column) {
    const std::string_view label = cells_.Label(row, column);
    IndicatorColumn role = cells_.labels().IndicatorColumnOf(label);
    // The year's first target is the only one where no other is named.
    if (role == forms::v1::INDICATOR_COLUMN_INITIAL_TARGET && !has_target) role = forms::v1::INDICATOR_COLUMN_TARGET;
    if (cells_.labels().IsSideLabel(label)) cells_.Place(row, column);
    // A second column of the same meaning has no place; its cells are unread.
    if (role == forms::v1::INDICATOR_COLUMN_UNSPECIFIED || ColumnOf(role) < column) continue;
    columns_[column] = role;
    kinds_[column] = KindOf(role);
    // Other headings are placed with the first value under them, whose address
    // names them.
    if (role <= forms::v1::INDICATOR_COLUMN_LEVEL3) cells_.Place(row, column);
  }
}

// True if the row is blank but for level labels and form print.
bool IndicatorsReader::IsPlaceHolder(size_t row) const {
  for (size_t column = 0; column < cells_.cell_count(row); ++column) {
    const IndicatorColumn role = column < columns_.size() ? columns_[column] : forms::v1::INDICATOR_COLUMN_UNSPECIFIED;
    if (role == forms::v1::INDICATOR_COLUMN_LEVEL1 || role == forms::v1::INDICATOR_COLUMN_LEVEL2) continue;
    const std::string_view text = cells_.Text(row, column);
    const std::string_view label = cells_.Label(row, column);
    if (text.empty() || cells_.labels().IsSideLabel(label)) continue;
    if (label.empty() || !(role == forms::v1::INDICATOR_COLUMN_LEVEL3 && IsUnusedName(label))) return false;
  }
  return true;
}

std::string IndicatorsReader::Path(size_t row, std::string_view column) const {
  const std::string level3 = Shorten(RemoveBlanks(cells_.Text(row, ColumnOf(forms::v1::INDICATOR_COLUMN_LEVEL3))), 40);
  return fmt::format("{} · {} · {} · {} · {}", name_, Shorten(level1_, 20), Shorten(level2_, 30), level3, column);
}

void IndicatorsReader::AddLevelHeader(size_t row, size_t column, const std::string& level1, const std::string& points) {
  // Rows of unmerged tables repeat the label.
  if (table_.level_headers_size() > 0) {
    const report::v1::LevelHeader& last = *table_.level_headers().rbegin();
    if (last.level1() == level1 && last.points().as_written() == points + "分") return;
  }
  report::v1::LevelHeader& header = *table_.add_level_headers();
  header.set_level1(level1);
  Value& value = *header.mutable_points();
  value.set_as_written(points + "分");
  *value.mutable_address() =
      cells_.AddressOf(row, column, fmt::format("{} · {}指标 · 分值", name_, Shorten(level1, 40)));
  ReadPoints(value);
}

// Name of the next level 1 label below `row`; empty if there is none.
std::string IndicatorsReader::NextLevel1(size_t row) {
  // Rows between the last question and its answer share the answer.
  if (row < next_level1_row_) return next_level1_;
  const size_t column = ColumnOf(forms::v1::INDICATOR_COLUMN_LEVEL1);
  next_level1_.clear();
  for (next_level1_row_ = row + 1; next_level1_row_ < cells_.row_count(); ++next_level1_row_) {
    if (Fits(cells_.labels().words().totals(), cells_.Label(next_level1_row_, cells_.FirstFilled(next_level1_row_))))
      break;
    next_level1_ = cells_.labels().Level1Name(SplitPoints(cells_.Label(next_level1_row_, column)).name);
    if (!next_level1_.empty()) break;
  }
  return next_level1_;
}

// Merged cells hold their label once, mostly in the first row; a page break may
// have moved it to the middle of its block.
void IndicatorsReader::TakeLevels(size_t row) {
  const size_t column1 = ColumnOf(forms::v1::INDICATOR_COLUMN_LEVEL1);
  const size_t column2 = ColumnOf(forms::v1::INDICATOR_COLUMN_LEVEL2);
  const std::string level2 = Level2Name(SplitPoints(cells_.Label(row, column2)).name);
  const std::string_view implied = cells_.labels().Level1Of(level2);
  if (!cells_.Text(row, column1).empty()) {
    const PointedLabel pointed = SplitPoints(cells_.Label(row, column1));
    std::string level1 = cells_.labels().Level1Name(pointed.name);
    if (level1.empty()) level1 = implied;  // only `(50分)` was left of the label
    if (level1.empty()) level1 = std::string(cells_.Text(row, column1));
    if (level1 != level1_) level2_.clear();
    level1_ = level1;
    if (pointed.points) AddLevelHeader(row, column1, level1_, *pointed.points);
    // A name of the form's own is placed by the indicators that carry it.
    if (pointed.points || cells_.labels().IsSharedLevel1(level1_)) cells_.Place(row, column1);
  } else if (level1_.empty() || (!implied.empty() && implied != level1_)) {
    const std::string next = NextLevel1(row);
    if (level1_.empty() || next == implied) level1_ = next.empty() ? std::string(implied) : next;
  }
  if (!level2.empty()) {
    level2_ = level2;
  } else if (!cells_.Text(row, column2).empty()) {
    level2_ = std::string(cells_.Text(row, column2));
  }
}

void IndicatorsReader::ReadRow(size_t row) {
  const size_t first = cells_.FirstFilled(row);
  if (Fits(cells_.labels().words().totals(), cells_.Label(row, first))) return ReadTotal(row, first);
  // One cell alone is a stray line, not a label merged over the block.
  if (cells_.cell_count(row) == 1 && columns_.size() > 3) return;
  const bool was_shifted = cells_.Align(row, kinds_);
  const size_t column2 = ColumnOf(forms::v1::INDICATOR_COLUMN_LEVEL2);
  const size_t column3 = ColumnOf(forms::v1::INDICATOR_COLUMN_LEVEL3);
  // What lost its cell may have lost its place among the levels too.
  if (was_shifted && cells_.Text(row, column3).empty() && !cells_.Text(row, column2).empty()) {
    cells_.Move(row, column2, column3);
  }
  TakeLevels(row);
  if (IsPlaceHolder(row)) return cells_.RowUnread(row, "表格中的空行，只有栏目名称或省略号，没有填写指标");
  ReadIndicator(row);
}

void IndicatorsReader::ReadIndicator(size_t row) {
  IndicatorRow& indicator = *table_.add_indicators();
  indicator.set_level1(level1_);
  if (!level2_.empty()) indicator.set_level2(level2_);
  for (size_t column = 0; column < columns_.size() && cells_.Has(row, column); ++column) {
    const std::string path = Path(row, cells_.Label(heading_, column));
    if (columns_[column] != forms::v1::INDICATOR_COLUMN_UNSPECIFIED) cells_.Place(heading_, column);
    switch (columns_[column]) {
      case forms::v1::INDICATOR_COLUMN_LEVEL1:
      case forms::v1::INDICATOR_COLUMN_LEVEL2: cells_.Place(row, column); break;
      case forms::v1::INDICATOR_COLUMN_LEVEL3: *indicator.mutable_level3() = cells_.TextAt(row, column, path); break;
      case forms::v1::INDICATOR_COLUMN_TARGET: *indicator.mutable_target() = cells_.TextAt(row, column, path); break;
      case forms::v1::INDICATOR_COLUMN_MEASURE_UNIT:
        *indicator.mutable_measure_unit() = cells_.TextAt(row, column, path);
        break;
      case forms::v1::INDICATOR_COLUMN_ACTUAL: *indicator.mutable_actual() = cells_.TextAt(row, column, path); break;
      case forms::v1::INDICATOR_COLUMN_WEIGHT: *indicator.mutable_weight() = cells_.PointsAt(row, column, path); break;
      case forms::v1::INDICATOR_COLUMN_SCORE: *indicator.mutable_score() = cells_.PointsAt(row, column, path); break;
      case forms::v1::INDICATOR_COLUMN_REASON: *indicator.mutable_reason() = cells_.TextAt(row, column, path); break;
      case forms::v1::INDICATOR_COLUMN_NATURE: *indicator.mutable_nature() = cells_.TextAt(row, column, path); break;
      case forms::v1::INDICATOR_COLUMN_INITIAL_TARGET:
        *indicator.mutable_initial_target() = cells_.TextAt(row, column, path);
        break;
      case forms::v1::INDICATOR_COLUMN_COEFFICIENT:
        *indicator.mutable_score_coefficient() = cells_.TextAt(row, column, path);
        break;
      case forms::v1::INDICATOR_COLUMN_REVIEW_SCORE:
        *indicator.mutable_review_score() = cells_.PointsAt(row, column, path);
        break;
      case forms::v1::INDICATOR_COLUMN_CORE: ReadCore(row, column, indicator); break;
      case forms::v1::INDICATOR_COLUMN_UNSPECIFIED:
        if (cells_.labels().IsSideLabel(cells_.Label(row, column))) cells_.Place(row, column);
        cells_.CellUnread(row, column,
                          fmt::format("所在栏目“{}”在报告中没有对应的登记项", cells_.Label(heading_, column)));
        break;
    }
  }
}

// `是`, `★`, `核心`; everything else that is not blank says no.
void IndicatorsReader::ReadCore(size_t row, size_t column, IndicatorRow& indicator) {
  const std::string_view label = cells_.Label(row, column);
  for (const auto& mark : cells_.labels().words().core_marks()) {
    if (!Fits(mark.words(), label)) continue;
    indicator.set_is_core(mark.is_core());
    return cells_.Place(row, column);
  }
}

// The sum row merges its leading cells, so its columns are not those of the
// heading: two figures are weight and score in the order of the headings, a
// single one is what its distance from the end says.
void IndicatorsReader::ReadTotal(size_t row, size_t label_column) {
  cells_.Place(row, label_column);
  const size_t weight = ColumnOf(forms::v1::INDICATOR_COLUMN_WEIGHT);
  const size_t score = ColumnOf(forms::v1::INDICATOR_COLUMN_SCORE);
  std::vector<size_t> figures;
  for (size_t column = label_column + 1; column < cells_.cell_count(row) && figures.size() < 3; ++column) {
    if (ParseDecimal(cells_.Label(row, column))) figures.push_back(column);
  }
  if (table_.has_total_score() || figures.empty() || figures.size() > 2) return;
  const bool is_pair = figures.size() == 2 && weight < columns_.size() && score < columns_.size();
  const size_t from_end = cells_.cell_count(row) - figures.back();
  const bool is_weight = !is_pair && weight < columns_.size() && columns_.size() - weight == from_end;
  const size_t weight_at = is_pair ? figures[weight < score ? 0 : 1] : figures.front();
  const size_t score_at = is_pair ? figures[weight < score ? 1 : 0] : figures.front();
  if (is_pair || is_weight) *table_.mutable_total_weight() = cells_.PointsAt(row, weight_at, name_ + " · 总分 · 分值");
  if (is_pair || !is_weight) *table_.mutable_total_score() = cells_.PointsAt(row, score_at, name_ + " · 总分 · 得分");
}

void IndicatorsReader::Finish() {
  // Short rows may end before the third level; the field is required.
  for (IndicatorRow& indicator : *table_.mutable_indicators()) {
    if (!indicator.has_level3()) indicator.mutable_level3()->set_as_written("");
  }
}

}  // namespace jixiao::intake
