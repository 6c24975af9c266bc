// Draws one table of a page: columns, rows, merged heads, marks of
// the findings about each cell.
#ifndef JIXIAO_PUBLISH_RENDER_GRID_VIEW_H_
#define JIXIAO_PUBLISH_RENDER_GRID_VIEW_H_

#include <string>
#include <string_view>
#include <vector>

#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "publish/core/finding_order.h"
#include "publish/render/view.h"

namespace jixiao::publish {

enum class CellKind { kText, kFigure };

class GridView {
 public:
  // `parent` and `findings` outlive this. `id` is unique on the page.
  GridView(View& parent, const std::string& name, const FindingOrder& findings, const std::string& id,
           std::string_view caption, std::string_view unit);

  GridView& Column(std::string_view title, CellKind kind = CellKind::kText);

  // Starts a row. Cells take the titles of the columns from left to right.
  void Row(std::string_view css_class = "");
  void Head(std::string_view text, int row_span = 1);
  // Leaves out a column that a merged head above covers.
  void Skip() { ++column_; }
  void Cell(std::string_view text, std::string_view css_class = "");
  void Cell(const report::v1::Value& value);
  // A last, wide row below the current one: how its score came about.
  void Trace(const scoring::v1::Trace& trace, std::string_view summary, int row_head_count);

 private:
  View& NewCell(const std::string& part, std::string_view text);

  View& view_;
  const FindingOrder& findings_;
  struct ColumnInfo {
    std::string title;
    CellKind kind;
  };
  std::vector<ColumnInfo> columns_;
  View* row_ = nullptr;
  size_t column_ = 0;
};

// Fills `view` with clause, inputs, formula, rounding and result of `trace`.
void FillTrace(const scoring::v1::Trace& trace, View& view);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_RENDER_GRID_VIEW_H_
