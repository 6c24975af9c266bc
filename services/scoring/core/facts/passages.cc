#include "scoring/core/facts/passages.h"

#include <fmt/format.h>

namespace jixiao::scoring {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using report::v1::ReportContent;
using report::v1::Value;

// Figures fill most cells; nothing that is a sentence fits into a few bytes.
constexpr size_t kShortestText = 8;

// Every cell below `message`, in field order; reflection also reaches those of
// fields added later.
void ReadCells(const Message& message, int table, std::vector<Passage>& passages) {
  if (message.GetDescriptor() == Value::descriptor()) {
    const auto& value = static_cast<const Value&>(message);
    if (value.number_case() != Value::NUMBER_NOT_SET || value.as_written().size() < kShortestText) return;
    Passage passage;
    passage.text = value.as_written();
    passage.mentions = FindMentions(value.as_written());
    passage.cell = &value;
    passage.table = table;
    passages.push_back(std::move(passage));
    return;
  }
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      ReadCells(reflection->GetMessage(message, field), table, passages);
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      ReadCells(reflection->GetRepeatedMessage(message, field, i), table, passages);
    }
  }
}

}  // namespace

std::vector<Passage> ReadPassages(const ReportContent& content) {
  std::vector<Passage> passages;
  for (int s = 0; s < content.sections_size(); ++s) {
    for (int p = 0; p < content.sections(s).paragraphs_size(); ++p) {
      Passage passage;
      passage.text = content.sections(s).paragraphs(p).text();
      passage.mentions = FindMentions(passage.text);
      passage.section = s;
      passage.paragraph = p;
      passages.push_back(std::move(passage));
    }
  }
  ReadCells(content.base_data_table(), -1, passages);
  for (int t = 0; t < content.evaluation_tables_size(); ++t) ReadCells(content.evaluation_tables(t), t, passages);
  ReadCells(content.work_assessment_sheet(), -1, passages);
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
  address.set_source_line(section.paragraphs(paragraph_index).source_line());
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
