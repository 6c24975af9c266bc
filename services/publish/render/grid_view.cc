#include "publish/render/grid_view.h"

#include "common/base/text.h"

namespace jixiao::publish {

GridView::GridView(View& parent, const std::string& name, const FindingOrder& findings, const std::string& id,
                   std::string_view caption, std::string_view unit)
    : view_(parent.Include(name, "grid")), findings_(findings) {
  view_.Set("ID", id);
  view_.Set("CAPTION", caption);
  if (!unit.empty()) view_.AddText("UNIT", unit);
}

GridView& GridView::Column(std::string_view title, CellKind kind) {
  columns_.push_back({std::string(title), kind});
  View& column = view_.Add("COLUMN");
  column.Set("TEXT", title);
  column.Set("CLASS", kind == CellKind::kFigure ? "num" : "text");
  return *this;
}

void GridView::Row(std::string_view css_class) {
  row_ = &view_.Add("ROW");
  row_->Set("CLASS", css_class.empty() ? "row" : css_class);
  column_ = 0;
}

View& GridView::NewCell(const std::string& part, std::string_view text) {
  View& cell = row_->Add(part);
  const bool is_known = column_ < columns_.size();
  cell.Set("LABEL", is_known ? columns_[column_].title : "");
  cell.Set("CLASS", is_known && columns_[column_].kind == CellKind::kFigure ? "num" : "text");
  cell.Set("TEXT", text);
  ++column_;
  return cell;
}

void GridView::Head(std::string_view text, int row_span) {
  View& head = NewCell("HEAD", text);
  head.Set("SCOPE", row_span > 1 ? "rowgroup" : "row");
  head.Set("SPAN", std::to_string(row_span));
}

void GridView::Cell(std::string_view text, std::string_view css_class) {
  View& cell = NewCell("CELL", text);
  if (!css_class.empty()) cell.Set("CLASS", css_class);
  if (Trim(text).empty()) cell.Add("BLANK");
}

void GridView::Cell(const report::v1::Value& value) {
  View& cell = NewCell("CELL", Trim(value.as_written()));
  const std::vector<int> numbers = value.has_address() ? findings_.NumbersAt(value.address()) : std::vector<int>();
  for (const int number : numbers) cell.AddText("MARK", std::to_string(number));
  // Small screens leave blank cells out, but not those that a finding is about.
  if (numbers.empty() && Trim(value.as_written()).empty()) cell.Add("BLANK");
}

void GridView::Trace(const scoring::v1::Trace& trace, std::string_view summary, int row_head_count) {
  View& view = row_->Add("TRACE");
  view.Set("SPAN", std::to_string(columns_.size() - static_cast<size_t>(row_head_count)));
  view.Set("SUMMARY", summary);
  FillTrace(trace, view);
}

void FillTrace(const scoring::v1::Trace& trace, View& view) {
  if (trace.has_clause()) view.AddText("CLAUSE", trace.clause());
  if (!trace.inputs().empty()) view.Add("INPUTS");
  for (const scoring::v1::TraceInput& input : trace.inputs()) {
    View& shown = view.Add("INPUT");
    shown.Set("NAME", input.name());
    shown.Set("TEXT", Trim(input.as_written()).empty() ? "（空白）" : Trim(input.as_written()));
    if (input.address().has_label()) shown.AddText("PLACE", input.address().label());
  }
  if (trace.has_formula()) view.AddText("FORMULA", trace.formula());
  if (trace.has_rounding()) view.AddText("ROUNDING", trace.rounding());
  if (trace.has_result()) view.AddText("RESULT", trace.result());
}

}  // namespace jixiao::publish
