#include "intake/reader/blocks/document_lines.h"

#include <algorithm>
#include <array>
#include <optional>

#include "common/base/text.h"

namespace jixiao::intake {
namespace {

using report::v1::Change;
using report::v1::ChangeKind;
using report::v1::Provenance;

constexpr std::string_view kBookmark = "[bookmark:";

void NoteChange(ChangeKind kind, int line, std::string_view before, std::string_view after, Provenance& provenance) {
  Change& change = *provenance.add_changes();
  change.set_kind(kind);
  if (line > 0) change.set_source_line(line);
  change.set_before(Shorten(before, 1900));
  if (!after.empty()) change.set_after(Shorten(after, 1900));
}

bool IsInvisible(char32_t c) {
  return (c < 0x20 && c != '\t') || c == 0x7F || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF || c == 0xAD;
}

// Most lines hold nothing to clean; this one look at the bytes finds them. The
// lead bytes of invisible characters are common in Chinese text, their second
// bytes are not.
bool MayNeedCleaning(std::string_view line) {
  for (size_t i = 0; i < line.size(); ++i) {
    const auto byte = static_cast<unsigned char>(line[i]);
    const auto next = static_cast<unsigned char>(i + 1 < line.size() ? line[i + 1] : 0);
    if (byte == '[' || byte == '<' || byte == '$' || (byte < 0x20 && byte != '\t') || byte == 0x7F) return true;
    if (byte == 0xC2 && next == 0xAD) return true;
    if (byte == 0xE2 && (next == 0x80 || next == 0x81)) {
      const auto last = static_cast<unsigned char>(i + 2 < line.size() ? line[i + 2] : 0);
      // U+200B to U+200F, U+202A to U+202E, U+2060 to U+2064.
      if (next == 0x81 || (last >= 0x8B && last <= 0x8F) || (last >= 0xAA && last <= 0xAE)) return true;
    }
    if (byte == 0xEF && next == 0xBB) return true;
  }
  return false;
}

std::string WithoutInvisible(std::string_view line, int number, Provenance& provenance) {
  std::string out;
  std::string removed;
  out.reserve(line.size());
  while (!line.empty()) {
    const size_t length = std::max<size_t>(Utf8SequenceLength(line), 1);
    (IsInvisible(FrontCodePoint(line)) ? removed : out).append(line.substr(0, length));
    line.remove_prefix(length);
  }
  if (!removed.empty()) {
    NoteChange(report::v1::CHANGE_KIND_INVISIBLE_REMOVED, number, removed, "", provenance);
  }
  return out;
}

std::string WithoutBookmarks(std::string_view line, int number, Provenance& provenance) {
  std::string out;
  while (true) {
    const size_t start = line.find(kBookmark);
    const size_t end = start == std::string_view::npos ? start : line.find(']', start);
    if (end == std::string_view::npos) return out.append(line);
    NoteChange(report::v1::CHANGE_KIND_BOOKMARK_REMOVED, number, line.substr(start, end + 1 - start), "", provenance);
    out.append(line.substr(0, start));
    line.remove_prefix(end + 1);
  }
}

// Length of the tag at the front of `text`, 0 if there is none. Only names that
// converters emit count: `<**元/户` is a figure's place-holder, not markup.
size_t TagLength(std::string_view text, bool& breaks_line) {
  static constexpr std::array<std::string_view, 6> kBlocks = {"p", "br", "div", "li", "tr", "table"};
  static constexpr std::array<std::string_view, 9> kInline = {"b",   "i",    "u",    "td",    "sub",
                                                              "sup", "span", "font", "strong"};
  if (text.size() < 3 || text[0] != '<') return 0;
  const size_t end = text.substr(0, 200).find('>');
  if (end == std::string_view::npos) return 0;
  std::string_view name = text.substr(1, end - 1);
  if (name.starts_with('/')) name.remove_prefix(1);
  name = name.substr(0, name.find_first_of(" /"));
  const bool is_block = std::find(kBlocks.begin(), kBlocks.end(), name) != kBlocks.end();
  if (!is_block && std::find(kInline.begin(), kInline.end(), name) == kInline.end()) return 0;
  breaks_line |= is_block;
  return end + 1;
}

// Length of the run of tags, with blanks between them, at the front of `text`.
size_t TagRunLength(std::string_view text, bool& breaks_line) {
  size_t end = 0;
  size_t position = 0;
  while (position < text.size()) {
    if (const size_t length = TagLength(text.substr(position), breaks_line); length > 0) {
      end = position += length;
    } else if (end > 0 && text[position] == ' ') {
      ++position;
    } else {
      break;
    }
  }
  return end;
}

std::string WithoutMarkup(std::string_view line, int number, Provenance& provenance) {
  std::string out;
  while (!line.empty()) {
    const size_t tag = line.find('<');
    out.append(line.substr(0, tag));
    if (tag == std::string_view::npos) break;
    line.remove_prefix(tag);
    bool breaks_line = false;
    const size_t length = TagRunLength(line, breaks_line);
    if (length == 0) {
      out += '<';
      line.remove_prefix(1);
      continue;
    }
    const std::string_view run = line.substr(0, length);
    line.remove_prefix(length);
    const bool inside_cell = !out.empty() && out.back() != '\t' && !line.empty() && line.front() != '\t';
    const std::string_view after = breaks_line && inside_cell ? "\n" : "";
    out += after;
    NoteChange(report::v1::CHANGE_KIND_MARKUP_REMOVED, number, run, after, provenance);
  }
  return out;
}

// `\geq 80\%` as text; empty if it holds a command we do not know.
std::optional<std::string> PlainText(std::string_view latex) {
  struct Command {
    std::string_view name;
    std::string_view text;
  };
  static constexpr std::array<Command, 11> kCommands = {{{"\\geqslant", "≥"},
                                                         {"\\leqslant", "≤"},
                                                         {"\\geq", "≥"},
                                                         {"\\leq", "≤"},
                                                         {"\\ge", "≥"},
                                                         {"\\le", "≤"},
                                                         {"\\times", "×"},
                                                         {"\\pm", "±"},
                                                         {"\\sim", "~"},
                                                         {"\\%", "%"},
                                                         {"\\ ", ""}}};
  std::string out;
  while (!latex.empty()) {
    if (latex.front() != '\\') {
      if (latex.front() != ' ') out += latex.front();
      latex.remove_prefix(1);
      continue;
    }
    const auto* command = std::find_if(kCommands.begin(), kCommands.end(),
                                       [&](const Command& known) { return latex.starts_with(known.name); });
    if (command == kCommands.end()) return std::nullopt;
    out += command->text;
    latex.remove_prefix(command->name.size());
  }
  return out;
}

std::string WithoutLatex(std::string_view line, int number, Provenance& provenance) {
  constexpr size_t kLongestFormula = 80;
  std::string out;
  while (!line.empty()) {
    const size_t start = line.find('$');
    out.append(line.substr(0, start));
    if (start == std::string_view::npos) break;
    line.remove_prefix(start);
    const size_t end = line.substr(0, kLongestFormula).find('$', 1);
    const std::string_view formula = end == std::string_view::npos ? "" : line.substr(1, end - 1);
    const auto text = formula.find('\\') == std::string_view::npos ? std::nullopt : PlainText(formula);
    if (!text) {
      out += '$';
      line.remove_prefix(1);
      continue;
    }
    NoteChange(report::v1::CHANGE_KIND_LATEX_REPLACED, number, line.substr(0, end + 1), *text, provenance);
    out += *text;
    line.remove_prefix(end + 1);
  }
  return out;
}

std::string CleanLine(std::string_view line, int number, Provenance& provenance) {
  if (!MayNeedCleaning(line)) return std::string(line);
  std::string out = WithoutInvisible(line, number, provenance);
  if (out.find('[') != std::string::npos) out = WithoutBookmarks(out, number, provenance);
  if (out.find('<') != std::string::npos) out = WithoutMarkup(out, number, provenance);
  if (out.find('$') != std::string::npos) out = WithoutLatex(out, number, provenance);
  return out;
}

}  // namespace

std::vector<SourceLine> CleanLines(std::string_view document, Provenance& provenance) {
  std::vector<SourceLine> lines;
  lines.reserve(document.size() / 24 + 1);
  bool has_carriage_return = false;
  while (!document.empty()) {
    const size_t end = document.find_first_of("\r\n");
    const int number = static_cast<int>(lines.size()) + 1;
    lines.push_back({number, CleanLine(document.substr(0, end), number, provenance)});
    if (end == std::string_view::npos) break;
    has_carriage_return |= document[end] == '\r';
    document.remove_prefix(document.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
  }
  // One entry for all: a document from Windows has one on each line.
  if (has_carriage_return) NoteChange(report::v1::CHANGE_KIND_INVISIBLE_REMOVED, 0, "\r", "", provenance);
  return lines;
}

}  // namespace jixiao::intake
