// The narrative of a report: sections by their headings, title, year, unit.
#ifndef JIXIAO_INTAKE_READER_FORM_READ_NARRATIVE_H_
#define JIXIAO_INTAKE_READER_FORM_READ_NARRATIVE_H_

#include <string>
#include <string_view>

#include "intake/reader/labels/form_labels.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// Builds `content.sections` from paragraphs in document order. Texts around the
// tables (annex lines, lists of annexes) get sections of their own, so that they
// are not taken for text of the last numbered section.
class NarrativeReader {
 public:
  NarrativeReader(const FormLabels& labels, report::v1::ReportContent& content) : labels_(labels), content_(content) {}

  void Add(std::string_view text, std::string_view label, int line);
  // A paragraph beside a table: never a heading, belongs to an annex.
  void AddToAnnex(std::string_view text, int line);
  void NoteTable() { behind_table_ = true; }

 private:
  report::v1::Section& Open(report::v1::SectionRole role, int line);
  void AddParagraph(report::v1::Section& section, std::string_view text, int line);

  const FormLabels& labels_;
  report::v1::ReportContent& content_;
  report::v1::Section* section_ = nullptr;
  int last_ordinal_ = 0;
  int last_item_ = 0;  // of a numbered list in the current section
  bool in_annex_ = false;
  bool behind_table_ = false;
};

// Title as written, over one or two lines of the preamble; empty if none.
std::string FindTitle(const report::v1::ReportContent& content, const FormLabels& labels);

// `2024年度某某中心整体支出绩效自评报告` to `某某中心`; empty if nothing is left.
std::string UnitNameInTitle(std::string_view title, const FormLabels& labels);

// Name on the cover line `部门（单位）名称：某某（盖章）`; empty if blank or absent.
std::string UnitNameOnCover(const report::v1::ReportContent& content, const FormLabels& labels);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_FORM_READ_NARRATIVE_H_
