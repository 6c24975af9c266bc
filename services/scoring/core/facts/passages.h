// Every text of a report that people wrote as sentences or long cells, read
// once: narrative paragraphs and the text cells of tables, each with the
// figures it mentions. Checks look here instead of decoding texts again.
#ifndef JIXIAO_SCORING_CORE_FACTS_PASSAGES_H_
#define JIXIAO_SCORING_CORE_FACTS_PASSAGES_H_

#include <string_view>
#include <vector>

#include "jixiao/report/v1/report.pb.h"
#include "scoring/core/facts/mentions.h"

namespace jixiao::scoring {

// One text. Points into the report it was read from.
struct Passage {
  std::string_view text;
  Mentions mentions;

  // A paragraph: its section and place in it. Negative for a cell.
  int section = -1;
  int paragraph = -1;
  // A cell: the value, and the evaluation table it stands in (negative: base
  // data table or work-assessment sheet). Null for a paragraph.
  const report::v1::Value* cell = nullptr;
  int table = -1;
  // The report it was read from.
  const report::v1::ReportContent* content = nullptr;
};

// All texts of `content`: paragraphs in document order, then cells of the tables
// in document order. Cells that hold just a figure are left out, unless it is
// long enough for a telephone number.
std::vector<Passage> ReadPassages(const report::v1::ReportContent& content);

// Address of the whole passage. A cell's own address, or one made of its table
// for reports that were filed without addresses.
report::v1::Address PlaceOf(const Passage& passage);

// Address of one paragraph of the narrative.
report::v1::Address ParagraphAddress(const report::v1::Section& section, int section_index, int paragraph_index);

// Address of a figure in that paragraph, or in a cell of text.
report::v1::Address SpanOf(const report::v1::Address& paragraph, const Mention& mention);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_FACTS_PASSAGES_H_
