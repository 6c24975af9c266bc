#include "scoring/core/facts/passages.h"

#include <fmt/format.h>

namespace jixiao::scoring {
namespace {

using report::v1::ReportContent;
using report::v1::Value;

// Figures fill most cells; nothing that is a sentence fits into a few bytes.
constexpr size_t kShortestText = 8;
// Read as a number, but as long as somebody's telephone.
constexpr size_t kLongFigure = 11;

// Reads the text cells of one table. Written out rather than by reflection,
// which takes longer than everything else here; a test sees to it that no cell
// is forgotten.
class CellReader {
 public:
  CellReader(int table, std::vector<Passage>& passages) : table_(table), passages_(passages) {}

  void Read(const report::v1::BaseDataTable& base) {
    Read({&base.authorised_staff(), &base.actual_staff(), &base.staff_control_rate()});
    for (const auto& row : base.cost_rows()) Read({&row.prior_final(), &row.budget(), &row.final()});
    Read({&base.thrift_measures()});
    for (const auto& other : base.other_values()) Read({&other.value()});
  }

  void Read(const report::v1::EvaluationTable& table) {
    Read({&table.unit_name(), &table.project_name(), &table.supervising_department()});
    for (const auto& row : table.fund_rows()) {
      Read({&row.initial_budget(), &row.adjusted_budget(), &row.executed(), &row.weight(), &row.execution_rate(),
            &row.score(), &row.reason()});
    }
    for (const auto& part : table.by_source()) Read({&part.amount()});
    for (const auto& part : table.by_nature()) Read({&part.amount()});
    for (const auto& row : table.tasks()) {
      Read({&row.name(), &row.description(), &row.budget(), &row.budget_fiscal(), &row.completion(), &row.executed(),
            &row.executed_fiscal(), &row.execution_rate()});
    }
    Read({&table.expected_goals(), &table.actual_goals()});
    for (const auto& row : table.indicators()) {
      Read({&row.level3(), &row.target(), &row.measure_unit(), &row.nature(), &row.actual(), &row.weight(),
            &row.score(), &row.reason(), &row.initial_target(), &row.score_coefficient(), &row.review_score()});
    }
    for (const auto& header : table.level_headers()) Read({&header.points()});
    Read({&table.total_weight(), &table.total_score(), &table.grade()});
  }

  void Read(const report::v1::WorkAssessmentSheet& sheet) {
    for (const auto& row : sheet.rows()) Read({&row.weight(), &row.score()});
    Read({&sheet.total()});
  }

 private:
  void Read(std::initializer_list<const Value*> cells) {
    for (const Value* cell : cells) {
      const std::string& text = cell->as_written();
      const bool is_figure = cell->number_case() != Value::NUMBER_NOT_SET;
      if (text.size() < (is_figure ? kLongFigure : kShortestText)) continue;
      Passage& passage = passages_.emplace_back();
      passage.text = text;
      passage.mentions = FindMentions(text);
      passage.cell = cell;
      passage.table = table_;
    }
  }

  int table_;
  std::vector<Passage>& passages_;
};

void ReadSections(const ReportContent& content, std::vector<Passage>& passages) {
  for (int s = 0; s < content.sections_size(); ++s) {
    const auto& section = content.sections(s);
    for (int p = 0; p < section.paragraphs_size(); ++p) {
      Passage& passage = passages.emplace_back();
      passage.text = section.paragraphs(p).text();
      passage.mentions = FindMentions(passage.text);
      passage.section = s;
      passage.paragraph = p;
    }
  }
}

}  // namespace

std::vector<Passage> ReadPassages(const ReportContent& content) {
  constexpr size_t kUsual = 256;
  std::vector<Passage> passages;
  passages.reserve(kUsual);
  ReadSections(content, passages);
  CellReader(-1, passages).Read(content.base_data_table());
  for (int t = 0; t < content.evaluation_tables_size(); ++t) {
    CellReader(t, passages).Read(content.evaluation_tables(t));
  }
  CellReader(-1, passages).Read(content.work_assessment_sheet());
  for (Passage& passage : passages) passage.content = &content;
  return passages;
}

report::v1::Address PlaceOf(const Passage& passage) {
  const ReportContent& content = *passage.content;
  if (passage.cell == nullptr) {
    return ParagraphAddress(content.sections(passage.section), passage.section, passage.paragraph);
  }
  report::v1::Address address = passage.cell->address();
  if (address.has_label()) return address;
  address.set_label(passage.table < 0 ? "基础数据表" : content.evaluation_tables(passage.table).title());
  address.set_part(passage.table < 0 ? report::v1::PART_BASE_DATA_TABLE : report::v1::PART_EVALUATION_TABLE);
  if (passage.table >= 0) address.set_part_index(passage.table);
  return address;
}

report::v1::Address ParagraphAddress(const report::v1::Section& section, int section_index, int paragraph_index) {
  report::v1::Address address;
  const bool headed = section.has_heading() && !section.heading().empty();
  address.set_label(fmt::format("正文 {} · 第 {} 段", headed ? section.number() + section.heading() : "开头部分",
                                paragraph_index + 1));
  address.set_part(report::v1::PART_SECTION);
  address.set_part_index(section_index);
  address.set_row_index(paragraph_index);
  const report::v1::Paragraph& paragraph = section.paragraphs(paragraph_index);
  if (paragraph.has_source_line()) address.set_source_line(paragraph.source_line());  // office files have no lines
  return address;
}

report::v1::Address SpanOf(const report::v1::Address& paragraph, const Mention& mention) {
  report::v1::Address address = paragraph;
  address.set_label(fmt::format("{} · “{}”", paragraph.label(), mention.as_written));
  address.set_start_char(static_cast<int32_t>(mention.start_char));
  address.set_char_count(static_cast<int32_t>(mention.char_count));
  return address;
}

}  // namespace jixiao::scoring
