#include "intake/reader/form/read_work_assessment.h"

#include <fmt/format.h>

#include <optional>
#include <string>

namespace jixiao::intake {
namespace {

using report::v1::Value;
using report::v1::WorkAssessmentRow;
using report::v1::WorkAssessmentSheet;

constexpr std::string_view kWorkAssessmentName = "自评工作考核评分表";

class WorkAssessmentReader {
 public:
  WorkAssessmentReader(TableCells& cells, WorkAssessmentSheet& sheet) : cells_(cells), sheet_(sheet) {}

  void Read() {
    for (size_t row = 0; row < cells_.row_count(); ++row) {
      if (cells_.IsBlankRow(row)) continue;
      if (HasStandard(row)) {
        ReadHeading(row);
      } else if (Fits(cells_.labels().words().totals(), cells_.Label(row, cells_.FirstFilled(row)))) {
        ReadTotal(row);
      } else if (criterion_) {
        ReadCriterion(row);
      }
    }
    cells_.RestUnread("考核评分表的固定文字，不单独登记");
  }

 private:
  bool HasStandard(size_t row) const {
    for (size_t column = 0; column < cells_.cell_count(row); ++column) {
      const WorkColumn meaning = cells_.labels().WorkColumnOf(cells_.Label(row, column));
      if (meaning == forms::v1::WORK_COLUMN_STANDARD) return true;
    }
    return false;
  }

  void ReadHeading(size_t row) {
    for (size_t column = 0; column < cells_.cell_count(row); ++column) {
      const WorkColumn meaning = cells_.labels().WorkColumnOf(cells_.Label(row, column));
      if (meaning == forms::v1::WORK_COLUMN_CRITERION) criterion_ = column;
      if (meaning == forms::v1::WORK_COLUMN_SCORE) score_ = column;
      if (meaning != forms::v1::WORK_COLUMN_UNSPECIFIED) cells_.Place(row, column);
    }
  }

  void ReadCriterion(size_t row) {
    const PointedLabel name = SplitPoints(cells_.Label(row, *criterion_));
    if (name.name.empty()) return;
    WorkAssessmentRow& added = *sheet_.add_rows();
    added.set_criterion(name.name);
    const std::string path = fmt::format("{} · {}", kWorkAssessmentName, name.name);
    if (name.points) {
      Value& weight = *added.mutable_weight();
      weight.set_as_written(*name.points + "分");
      *weight.mutable_address() = cells_.AddressOf(row, *criterion_, path + " · 分值");
      ReadPoints(weight);
    }
    cells_.Place(row, *criterion_);
    if (score_ && cells_.Has(row, *score_)) *added.mutable_score() = cells_.PointsAt(row, *score_, path + " · 得分");
  }

  // `合计 | 100分 | 98`: the score is the last figure; what stands before it is
  // the sheet's maximum.
  void ReadTotal(size_t row) {
    cells_.Place(row, cells_.FirstFilled(row));
    for (size_t column = cells_.cell_count(row); column-- > cells_.FirstFilled(row) + 1;) {
      if (cells_.Text(row, column).empty()) continue;
      *sheet_.mutable_total() = cells_.PointsAt(row, column, fmt::format("{} · 合计", kWorkAssessmentName));
      break;
    }
    cells_.RowUnread(row, "考核评分表的满分");
  }

  TableCells& cells_;
  WorkAssessmentSheet& sheet_;
  std::optional<size_t> criterion_;
  std::optional<size_t> score_;
};

}  // namespace

void ReadWorkAssessment(TableCells& cells, WorkAssessmentSheet& sheet) { WorkAssessmentReader(cells, sheet).Read(); }

}  // namespace jixiao::intake
