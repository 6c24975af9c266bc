#include "intake/reader/form/read_narrative.h"

#include <algorithm>
#include <optional>

#include "common/base/text.h"
#include "intake/reader/blocks/heading.h"

namespace jixiao::intake {
namespace {

using report::v1::Paragraph;
using report::v1::ReportContent;
using report::v1::Section;
using report::v1::SectionRole;

}  // namespace

Section& NarrativeReader::Open(SectionRole role, int line) {
  section_ = content_.add_sections();
  section_->set_role(role);
  section_->set_source_line(line);
  in_annex_ = false;
  return *section_;
}

void NarrativeReader::AddParagraph(Section& section, std::string_view text, int line) {
  Paragraph& paragraph = *section.add_paragraphs();
  paragraph.set_text(std::string(text));
  paragraph.set_source_line(line);
}

void NarrativeReader::Add(std::string_view text, std::string_view label, int line) {
  if (const auto heading = ReadHeading(text, last_ordinal_, last_item_, labels_)) {
    last_ordinal_ = heading->ordinal;
    last_item_ = 0;
    behind_table_ = false;
    Section& section = Open(heading->role, line);
    section.set_number(heading->number);
    section.set_heading(heading->text);
    if (!heading->paragraph.empty()) AddParagraph(section, heading->paragraph, line);
    return;
  }
  if (const int item = ListItemNumber(text); item > 0) last_item_ = item;
  if (labels_.IsAnnexLine(label)) {
    Open(report::v1::SECTION_ROLE_UNKNOWN, line).set_heading(std::string(text));
    in_annex_ = true;
    return;
  }
  if (behind_table_) return AddToAnnex(text, line);
  if (section_ == nullptr) Open(report::v1::SECTION_ROLE_PREAMBLE, line);
  AddParagraph(*section_, text, line);
}

void NarrativeReader::AddToAnnex(std::string_view text, int line) {
  if (!in_annex_) {
    Open(report::v1::SECTION_ROLE_UNKNOWN, line);
    in_annex_ = true;
  }
  AddParagraph(*section_, text, line);
}

std::string FindTitle(const ReportContent& content, const FormLabels& labels) {
  if (content.sections_size() == 0) return "";
  const auto& paragraphs = content.sections(0).paragraphs();
  for (int i = 0; i < paragraphs.size(); ++i) {
    const std::string& text = paragraphs.Get(i).text();
    if (text.size() > kLongestLabelBytes || !Fits(labels.words().report_titles(), LabelOf(text))) continue;
    // The year opens a title; without it the title began one line above.
    if (i > 0 && !YearIn(LabelOf(text)) && YearIn(LabelOf(paragraphs.Get(i - 1).text()))) {
      return paragraphs.Get(i - 1).text() + text;
    }
    return text;
  }
  return "";
}

std::string UnitNameInTitle(std::string_view title, const FormLabels& labels) {
  std::string name = RemoveBlanks(title);
  for (const std::string_view year : {"年度", "年"}) {
    const size_t at = name.find(year);
    if (at == std::string::npos || at > 12) continue;
    name.erase(0, at + year.size());
    break;
  }
  size_t end = name.size();
  for (const std::string& subject : labels.words().title_subjects()) end = std::min(end, name.find(subject));
  name.resize(end);
  return name;
}

std::string UnitNameOnCover(const ReportContent& content, const FormLabels& labels) {
  if (content.sections_size() == 0) return "";
  for (const Paragraph& paragraph : content.sections(0).paragraphs()) {
    if (paragraph.text().size() > kLongestLabelBytes) continue;
    const std::string label = LabelOf(paragraph.text());
    for (const std::string& prefix : labels.words().cover_labels()) {
      if (!label.starts_with(prefix)) continue;
      const std::string_view rest = std::string_view(label).substr(prefix.size());
      return std::string(rest.substr(0, rest.find("(盖章)")));
    }
  }
  return "";
}

}  // namespace jixiao::intake
