// Text of Word paragraphs: what a reader of the printed page sees. Tracked
// deletions, hidden text, field codes and notes' marks are left out, insertions
// and results of fields kept, text boxes handed out on their own.
#ifndef JIXIAO_INTAKE_READER_OFFICE_DOCX_TEXT_H_
#define JIXIAO_INTAKE_READER_OFFICE_DOCX_TEXT_H_

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

class DocxText {
 public:
  explicit DocxText(report::v1::Provenance& provenance) : provenance_(provenance) {}

  struct Paragraph {
    std::string text;                        // `\n` for line breaks
    std::vector<pugi::xml_node> text_boxes;  // their contents, anchored here
    bool joins_next = false;                 // its end was deleted
  };
  // `place` goes with what is left out. Fields may span paragraphs, so one object
  // reads a whole story, in order.
  Paragraph Read(const pugi::xml_node& paragraph, const std::string& place);

  // Notes text that was deleted or hidden by other means, a row for example.
  void NoteDeleted(std::string_view text, const std::string& place);
  void NoteHidden(std::string_view text, std::string_view reason, const std::string& place);

  // All text below `node`, whatever its state.
  static std::string PlainText(const pugi::xml_node& node);

 private:
  void Walk(const pugi::xml_node& node, int depth);
  void ReadRun(const pugi::xml_node& run, int depth);
  bool ReadCharacter(const pugi::xml_node& node);
  bool InFieldCode() const;

  report::v1::Provenance& provenance_;
  std::vector<bool> in_result_;  // open fields, outermost first
  Paragraph paragraph_;
  std::string deleted_;
  std::string hidden_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_OFFICE_DOCX_TEXT_H_
