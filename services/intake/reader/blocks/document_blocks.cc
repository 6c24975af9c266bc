#include "intake/reader/blocks/document_blocks.h"

#include <algorithm>
#include <string_view>

#include "common/base/text.h"
#include "intake/reader/blocks/heading.h"
#include "intake/reader/blocks/signature_line.h"

namespace jixiao::intake {
namespace {

size_t TabCount(std::string_view line) { return std::count(line.begin(), line.end(), '\t'); }

// A row of the PDF carrier: several cells on one line. In a tab-led document
// one or two inner tabs are only blanks that someone typed.
bool IsWholeRow(std::string_view line, bool is_tab_led) {
  const size_t tabs = TabCount(line);
  return is_tab_led ? tabs >= 3 : tabs >= 1;
}

bool IsTabLed(const std::vector<SourceLine>& lines) {
  int cell_lines = 0;
  int row_lines = 0;
  for (const SourceLine& line : lines) {
    const size_t tabs = TabCount(line.text);
    if (tabs == 1 && line.text.front() == '\t') {
      ++cell_lines;
    } else if (tabs >= 2) {
      ++row_lines;
    }
  }
  return cell_lines > row_lines;
}

class BlockSplitter {
 public:
  BlockSplitter(const std::vector<SourceLine>& lines, const FormLabels& labels)
      : lines_(lines), labels_(labels), is_tab_led_(IsTabLed(lines)) {}

  std::vector<Block> Split() {
    for (position_ = 0; position_ < lines_.size(); ++position_) Take(lines_[position_]);
    for (Block& block : blocks_) Finish(block);
    return std::move(blocks_);
  }

 private:
  void Take(const SourceLine& line) {
    if (Trim(line.text).empty() && TabCount(line.text) == 0) {
      // A line of blanks inside a cell is part of it; only an empty one separates.
      if (!line.text.empty() && in_cell_ && blank_lines_ == 0) return;
      ++blank_lines_;
      return;
    }
    // The order of these questions decides, so two of them share an answer.
    // NOLINTNEXTLINE(bugprone-branch-clone)
    if (IsWholeRow(line.text, is_tab_led_)) {
      AddWholeRow(line);
    } else if (is_tab_led_ && line.text.front() == '\t') {
      AddCell(line);
    } else if (in_cell_ && !EndsTable(line.text)) {
      ContinueCell(line);
    } else if (in_table_ && !is_tab_led_ && IsFollowedByRow() && !EndsTable(line.text)) {
      AddWholeRow(line);
    } else {
      AddParagraph(line);
    }
    blank_lines_ = 0;
  }

  // True if a line that starts no cell stands behind the table, not in it: a
  // caption, note or signature, or any text after the two empty lines that close
  // row and table. Points in brackets belong to the label above them.
  bool EndsTable(std::string_view text) const {
    const std::string label = LabelOf(text.substr(0, kLongestLabelBytes));
    if (IsSignatureLine(text, labels_)) return true;
    if (blank_lines_ > 0 && (labels_.IsTableCaption(label) || labels_.IsAnnexLine(label) || labels_.IsNote(label)))
      return true;
    if (!is_tab_led_) return false;
    if (IsStray() && (labels_.IsTableCaption(label) || labels_.IsAnnexLine(label) || IsKnownHeading(text))) return true;
    const PointedLabel pointed = SplitPoints(label);
    return blank_lines_ >= 2 && !(pointed.points && pointed.name.empty());
  }

  // A single cell so far: it may be a tab that somebody typed into the narrative,
  // which must not swallow the sections behind it.
  bool IsStray() const { return blocks_.back().rows.size() == 1 && blocks_.back().rows[0].cells.size() == 1; }

  bool IsKnownHeading(std::string_view text) const {
    constexpr int kAnyOrdinal = 0;
    const auto heading = ReadHeading(Trim(text), kAnyOrdinal, 0, labels_);
    return heading && heading->role != report::v1::SECTION_ROLE_UNKNOWN;
  }

  bool IsFollowedByRow() const {
    for (size_t i = position_ + 1; i < lines_.size(); ++i) {
      if (Trim(lines_[i].text).empty() && TabCount(lines_[i].text) == 0) continue;
      return IsWholeRow(lines_[i].text, is_tab_led_);
    }
    return false;
  }

  Block& OpenTable(int line) {
    if (!in_table_) {
      blocks_.emplace_back().line = line;
      blocks_.back().blank_lines_before = blank_lines_;
    }
    in_table_ = true;
    return blocks_.back();
  }

  void AddWholeRow(const SourceLine& line) {
    Row& row = OpenTable(line.number).rows.emplace_back();
    std::string_view rest = line.text;
    while (true) {
      const size_t tab = rest.find('\t');
      Cell& cell = row.cells.emplace_back();
      cell.text = rest.substr(0, tab);
      cell.line = line.number;
      if (tab == std::string_view::npos) break;
      rest.remove_prefix(tab + 1);
    }
    in_cell_ = false;
  }

  void AddCell(const SourceLine& line) {
    Block& table = OpenTable(line.number);
    if (!in_cell_ || blank_lines_ > 0) table.rows.emplace_back();
    Cell& cell = table.rows.back().cells.emplace_back();
    cell.text = line.text.substr(1);
    cell.line = line.number;
    in_cell_ = true;
  }

  void ContinueCell(const SourceLine& line) {
    Cell& cell = blocks_.back().rows.back().cells.back();
    if (Trim(cell.text).empty()) {
      cell.text.clear();
      cell.line = line.number;
    } else {
      cell.text += '\n';
    }
    cell.text += line.text;
  }

  void AddParagraph(const SourceLine& line) {
    Block& block = blocks_.emplace_back();
    block.line = line.number;
    block.blank_lines_before = blank_lines_;
    block.text = line.text;
    in_table_ = in_cell_ = false;
  }

  static void Finish(Block& block) {
    if (!block.IsTable()) {
      block.text = Trim(block.text);
      if (block.text.size() <= kLongestLabelBytes) block.label = LabelOf(block.text);
      return;
    }
    for (Row& row : block.rows) {
      for (Cell& cell : row.cells) {
        const std::string_view trimmed = Trim(cell.text);
        if (trimmed.size() != cell.text.size()) cell.text = std::string(trimmed);
        if (cell.text.size() <= kLongestLabelBytes) cell.label = LabelOf(cell.text);
      }
    }
  }

  const std::vector<SourceLine>& lines_;
  const FormLabels& labels_;
  const bool is_tab_led_;
  std::vector<Block> blocks_;
  size_t position_ = 0;
  int blank_lines_ = 0;
  bool in_table_ = false;
  bool in_cell_ = false;
};

// Last code point of well-formed, non-empty text.
char32_t BackCodePoint(std::string_view text) {
  size_t start = text.size() - 1;
  while (start > 0 && (text[start] & 0xC0) == 0x80) --start;
  return FrontCodePoint(text.substr(start));
}

// A printed line is long and stops in mid-sentence where the page ends.
bool IsCut(const Block& block) {
  constexpr int64_t kShortestPrintedLine = 40;
  if (block.IsTable() || CodePointCount(std::string_view(block.text).substr(0, 400)) < kShortestPrintedLine)
    return false;
  constexpr std::u32string_view kEnds = U"。！？；：.:;!?）)”》】…";
  return kEnds.find(BackCodePoint(block.text)) == std::u32string_view::npos;
}

bool Continues(const Block& block, const FormLabels& labels) {
  return !block.IsTable() && block.blank_lines_before > 0 && !StartsLikeHeading(block.text) &&
         !labels.IsTableCaption(block.label) && !labels.IsAnnexLine(block.label) && !labels.IsNote(block.label) &&
         !IsSignatureLine(block.text, labels);
}

// The ends that meet, ten characters each.
std::string Seam(std::string_view before, std::string_view between, std::string_view after) {
  constexpr int64_t kShown = 10;
  std::u32string tail = ToCodePoints(before.substr(before.size() > 80 ? before.size() - 80 : 0));
  if (tail.size() > kShown) tail = tail.substr(tail.size() - kShown);
  return ToUtf8(tail).append(between).append(Shorten(after, kShown));
}

}  // namespace

std::vector<Block> SplitBlocks(const std::vector<SourceLine>& lines, const FormLabels& labels) {
  return BlockSplitter(lines, labels).Split();
}

void JoinCutSentences(std::vector<Block>& blocks, const FormLabels& labels, report::v1::Provenance& provenance) {
  size_t kept = 0;
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (kept > 0 && IsCut(blocks[kept - 1]) && Continues(blocks[i], labels)) {
      report::v1::Change& change = *provenance.add_changes();
      change.set_kind(report::v1::CHANGE_KIND_LINES_JOINED);
      change.set_source_line(blocks[i].line);
      change.set_before(Seam(blocks[kept - 1].text, "\n\n", blocks[i].text));
      change.set_after(Seam(blocks[kept - 1].text, "", blocks[i].text));
      blocks[kept - 1].text += blocks[i].text;
      continue;
    }
    if (kept != i) blocks[kept] = std::move(blocks[i]);
    ++kept;
  }
  blocks.resize(kept);
}

}  // namespace jixiao::intake
