#include "intake/reader/office/docx_text.h"

#include <algorithm>
#include <array>

#include "common/base/text.h"
#include "intake/reader/office/xml_part.h"

namespace jixiao::intake {
namespace {

constexpr int kDeepest = 100;

bool IsOneOf(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool IsDeletion(std::string_view name) { return name == "del" || name == "moveFrom"; }

// Elements whose text is no text of the page.
bool IsSkipped(std::string_view name) {
  return IsOneOf(name, {"pPr", "rPr", "sdtPr", "instrText", "delInstrText", "footnoteReference", "endnoteReference",
                        "commentReference", "annotationRef", "rt", "tblPr", "Fallback", "numPr", "fldData"});
}

// What symbol fonts draw for the boxes that forms tick.
std::string SymbolOf(std::string_view hex) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kSymbols = {{{"F0FE", "☑"},
                                                                                             {"F052", "☑"},
                                                                                             {"F0FD", "☒"},
                                                                                             {"F053", "☒"},
                                                                                             {"F0A8", "□"},
                                                                                             {"F0A3", "□"},
                                                                                             {"F0FC", "√"},
                                                                                             {"F0B3", "≥"}}};
  for (const auto& [code, sign] : kSymbols) {
    if (code == hex) return std::string(sign);
  }
  return "?";
}

// The choice of `AlternateContent` that a current Word shows.
pugi::xml_node Alternative(const pugi::xml_node& node) {
  const pugi::xml_node choice = Child(node, "Choice");
  return choice ? choice : Child(node, "Fallback");
}

void AppendText(const pugi::xml_node& node, int depth, std::string& out) {
  if (depth > kDeepest) return;
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = LocalName(child);
    if (name == "t" || name == "delText") out += child.text().get();
    if (name == "p" && !out.empty()) out += ' ';
    AppendText(child, depth + 1, out);
  }
}

}  // namespace

std::string DocxText::PlainText(const pugi::xml_node& node) {
  std::string out;
  AppendText(node, 0, out);
  return out;
}

void DocxText::NoteDeleted(std::string_view text, const std::string& place) {
  if (Trim(text).empty()) return;
  report::v1::Change& change = *provenance_.add_changes();
  change.set_kind(report::v1::CHANGE_KIND_DELETION_ACCEPTED);
  change.set_before(Shorten(text, 1900));
  change.set_place(Shorten(place, 100));
}

void DocxText::NoteHidden(std::string_view text, std::string_view reason, const std::string& place) {
  if (Trim(text).empty()) return;
  report::v1::Unread& unread = *provenance_.add_unread();
  unread.set_text(Shorten(Trim(text), 600));
  unread.set_reason(std::string(reason));
  unread.set_place(Shorten(place, 100));
}

bool DocxText::InFieldCode() const {
  return std::find(in_result_.begin(), in_result_.end(), false) != in_result_.end();
}

DocxText::Paragraph DocxText::Read(const pugi::xml_node& paragraph, const std::string& place) {
  paragraph_ = {};
  deleted_.clear();
  hidden_.clear();
  Walk(paragraph, 0);
  NoteDeleted(deleted_, place);
  NoteHidden(hidden_, "隐藏文字，没有读取；如属报告内容，请取消隐藏", place);
  paragraph_.joins_next = static_cast<bool>(Child(Child(Child(paragraph, "pPr"), "rPr"), "del"));
  return std::move(paragraph_);
}

void DocxText::Walk(const pugi::xml_node& node, int depth) {
  if (depth > kDeepest) return;
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = LocalName(child);
    if (IsSkipped(name)) continue;
    if (IsDeletion(name)) {
      deleted_ += PlainText(child);
    } else if (name == "AlternateContent") {
      Walk(Alternative(child), depth + 1);
    } else if (name == "txbxContent") {
      paragraph_.text_boxes.push_back(child);
    } else if (name == "r") {
      ReadRun(child, depth + 1);
    } else if (!ReadCharacter(child)) {
      Walk(child, depth + 1);
    }
  }
}

void DocxText::ReadRun(const pugi::xml_node& run, int depth) {
  if (IsOn(Child(Child(run, "rPr"), "vanish"))) {
    hidden_ += PlainText(run);
    return;
  }
  Walk(run, depth);
}

// False if `node` is no single character or text but a container.
bool DocxText::ReadCharacter(const pugi::xml_node& node) {
  const std::string_view name = LocalName(node);
  if (name == "fldChar") {
    const std::string_view type = Attribute(node, "fldCharType");
    if (type == "begin") in_result_.push_back(false);
    if (type == "separate" && !in_result_.empty()) in_result_.back() = true;
    if (type == "end" && !in_result_.empty()) in_result_.pop_back();
    return true;
  }
  std::string text;
  if (name == "t") {
    text = node.text().get();
  } else if (name == "delText") {
    deleted_ += node.text().get();
  } else if (name == "tab" || name == "ptab") {
    text = "\t";
  } else if (name == "br" || name == "cr") {
    text = Attribute(node, "type") == "page" ? "" : "\n";
  } else if (name == "noBreakHyphen") {
    text = "-";
  } else if (name == "sym") {
    text = SymbolOf(Attribute(node, "char"));
  } else {
    return false;
  }
  if (!InFieldCode()) paragraph_.text += text;
  return true;
}

}  // namespace jixiao::intake
