#include "scoring/core/facts/statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/base/text.h"
#include "scoring/core/facts/facts.h"

namespace jixiao::scoring {
namespace {

using report::v1::ReportContent;

// Longer than any heading, shorter than any sentence that explains something.
constexpr int64_t kLongestHeading = 24;
constexpr int64_t kShortestStatement = 4;

template <size_t N>
bool HasAnyOf(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return FindWord(text, word) != std::string_view::npos; });
}

std::string_view TrimFront(std::string_view text) {
  const std::string_view trimmed = Trim(text);
  return trimmed.empty() ? trimmed : text.substr(static_cast<size_t>(trimmed.data() - text.data()));
}

bool IsOneOf(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }
bool IsDigit(char32_t c) { return c >= '0' && c <= '9'; }
bool IsNumeral(char32_t c) { return IsOneOf(c, U"一二三四五六七八九十"); }

size_t RunLength(std::u32string_view text, bool (*is)(char32_t)) {
  size_t length = 0;
  while (length < text.size() && is(text[length])) ++length;
  return length;
}

// `（一）`, `(2)`.
size_t BracketedLength(std::u32string_view text) {
  if (text.empty() || !IsOneOf(text[0], U"（(")) return 0;
  const std::u32string_view rest = text.substr(1);
  const size_t length = std::max(RunLength(rest, IsDigit), RunLength(rest, IsNumeral));
  return length > 0 && length < rest.size() && IsOneOf(rest[length], U"）)") ? length + 2 : 0;
}

// Length of the number in front of a list entry; 0 if there is none. `1.5万` is
// a figure.
size_t MarkerLength(std::u32string_view text) {
  if (const size_t bracketed = BracketedLength(text)) return bracketed;
  if (text.size() >= 2 && text[0] >= U'①' && text[0] <= U'⑳') return 1;
  if (const size_t digits = RunLength(text, IsDigit)) {
    if (digits > 2 || digits + 1 >= text.size() || !IsOneOf(text[digits], U"、.．")) return 0;
    return IsDigit(text[digits + 1]) ? 0 : digits + 1;
  }
  const size_t ordinal = text.size() > 2 && text[0] == U'第' ? 1 : 0;
  const size_t numerals = RunLength(text.substr(ordinal), IsNumeral);
  if (numerals == 0 || numerals > 2 || ordinal + numerals >= text.size()) return 0;
  const char32_t after = text[ordinal + numerals];
  const bool ends = ordinal > 0 ? IsOneOf(after, U"，,、：:") : IsOneOf(after, U"、.．是");
  return ends ? ordinal + numerals + 1 : 0;
}

// Numbers of one list look alike: brackets, digits, numerals, circles, `一是`.
enum class Numbering { kNone, kBrackets, kDigits, kNumerals, kCircles, kIs };

Numbering NumberingOf(std::u32string_view marker) {
  if (marker.empty()) return Numbering::kNone;
  if (IsOneOf(marker[0], U"（(")) return Numbering::kBrackets;
  if (IsDigit(marker[0])) return Numbering::kDigits;
  if (marker[0] >= U'①' && marker[0] <= U'⑳') return Numbering::kCircles;
  return marker.back() == U'是' ? Numbering::kIs : Numbering::kNumerals;
}

// The number in front of `text`: its bytes, 0 if there is none, and its kind.
struct Marker {
  size_t size = 0;
  Numbering numbering = Numbering::kNone;
};

Marker MarkerOf(std::string_view text) {
  std::array<char32_t, 6> chars = {};
  std::array<size_t, 7> ends = {};
  size_t count = 0;
  while (count < chars.size() && ends[count] < text.size()) {
    const std::string_view rest = text.substr(ends[count]);
    chars[count] = FrontCodePoint(rest);
    ends[count + 1] = ends[count] + std::max<size_t>(Utf8SequenceLength(rest), 1);
    ++count;
  }
  const size_t length = MarkerLength(std::u32string_view(chars.data(), count));
  return {ends[length], NumberingOf(std::u32string_view(chars.data(), length))};
}

// A stretch of one paragraph.
struct Segment {
  std::string_view body;  // behind the number, trimmed
  Numbering numbering;
};

// Bytes of the stop at `at`, where a list may go on: `。；：;:`. 0 if there is
// none.
size_t StopLength(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0; };
  switch (byte(at)) {
    case ';':
    case ':': return 1;
    case 0xE3: return byte(at + 1) == 0x80 && byte(at + 2) == 0x82 ? 3 : 0;
    case 0xEF: return byte(at + 1) == 0xBC && (byte(at + 2) == 0x9A || byte(at + 2) == 0x9B) ? 3 : 0;
    default: return 0;
  }
}

// Numbers inside a paragraph count only behind a stop, where a list goes on.
std::vector<Segment> SplitParagraph(std::string_view text) {
  std::vector<Segment> segments;
  text = Trim(text);
  Marker marker = MarkerOf(text);
  size_t start = marker.size;
  bool after_stop = marker.size > 0;
  for (size_t i = start; i < text.size();) {
    const std::string_view rest = text.substr(i);
    // `（一）1、`: a number right behind a number.
    const Marker inner = after_stop ? MarkerOf(Trim(rest)) : Marker();
    if (inner.size > 0) {
      segments.push_back({Trim(text.substr(start, i - start)), marker.numbering});
      marker = inner;
      start = i + (rest.size() - TrimFront(rest).size()) + inner.size;
      i = start;
      continue;
    }
    const size_t stop = StopLength(text, i);
    after_stop = stop > 0;
    i += std::max<size_t>(stop, 1);
  }
  segments.push_back({Trim(text.substr(start)), marker.numbering});
  return segments;
}

bool HasCodePoints(std::string_view text, int64_t at_least) {
  return static_cast<int64_t>(text.size()) >= 3 * at_least || CodePointCount(text) >= at_least;
}

bool IsHeading(std::string_view text) {
  static constexpr std::array<std::string_view, 4> kInside = {"；", ";", "，", ","};
  if (HasCodePoints(text, kLongestHeading + 1) || HasAnyOf(text, kInside)) return false;
  return FindWord(text, "。") >= text.size() - 3;
}

// `无。`, `暂无其他问题`.
bool IsNothing(std::string_view text) {
  return !HasCodePoints(text, 9) && (text.starts_with("无") || text.starts_with("暂无") || text.starts_with("没有"));
}

// Announces a list and says nothing itself: `存在以下问题：`.
bool IsLeadIn(std::string_view text) {
  static constexpr std::array<std::string_view, 2> kBelow = {"以下", "如下"};
  if (text.ends_with("：") || text.ends_with(':')) return true;
  return !HasCodePoints(text, 2 * kLongestHeading + 1) && HasAnyOf(text, kBelow);
}

// Reads the sections one after the other.
class StatementReader {
 public:
  void ReadSection(const report::v1::Section& section, int section_index) {
    is_list_ = false;
    for (int p = 0; p < section.paragraphs_size(); ++p) {
      const std::string& text = section.paragraphs(p).text();
      for (const Segment& segment : SplitParagraph(text)) {
        if (!HasCodePoints(segment.body, kShortestStatement) || IsNothing(segment.body)) continue;
        Take(segment.body, segment.numbering, {&section, section_index, p});
      }
    }
    FlushHeading();
  }

  std::vector<Statement> Finish() { return std::move(statements_); }

 private:
  struct Paragraph {
    const report::v1::Section* section;
    int section_index;
    int index;
  };

  static report::v1::Address PlaceOf(std::string_view body, const Paragraph& paragraph) {
    const std::string& text = paragraph.section->paragraphs(paragraph.index).text();
    report::v1::Address place = ParagraphAddress(*paragraph.section, paragraph.section_index, paragraph.index);
    const auto start = static_cast<size_t>(body.data() - text.data());
    place.set_start_char(static_cast<int>(CodePointCount(std::string_view(text).substr(0, start))));
    place.set_char_count(static_cast<int>(CodePointCount(body)));
    return place;
  }

  void Take(std::string_view body, Numbering numbering, const Paragraph& paragraph) {
    const bool is_numbered = numbering != Numbering::kNone;
    if (!is_numbered && IsLeadIn(body)) return;
    // The next entry of the list that the heading belongs to.
    if (is_numbered && numbering == heading_numbering_) FlushHeading();
    if (is_numbered && IsHeading(body)) {
      FlushHeading();
      heading_ = body;
      heading_paragraph_ = paragraph;
      heading_numbering_ = numbering;
      is_heading_used_ = false;
      is_list_ = true;
      return;
    }
    // Explains the entry before it.
    if (!is_numbered && is_list_ && (heading_.empty() || is_heading_used_)) {
      if (!statements_.empty()) statements_.back().text += body;
      return;
    }
    is_heading_used_ = true;
    is_list_ = is_list_ || is_numbered;
    std::string text(heading_);
    if (!text.empty()) text += ' ';
    text += body;
    statements_.push_back({std::move(text), PlaceOf(body, paragraph)});
  }

  void FlushHeading() {
    // A list of headings only: each says all there is to say.
    if (!heading_.empty() && !is_heading_used_) {
      statements_.push_back({std::string(heading_), PlaceOf(heading_, heading_paragraph_)});
    }
    heading_ = {};
    heading_numbering_ = Numbering::kNone;
  }

  std::vector<Statement> statements_;
  std::string_view heading_;
  Paragraph heading_paragraph_ = {};
  Numbering heading_numbering_ = Numbering::kNone;
  bool is_heading_used_ = false;
  bool is_list_ = false;
};

// Anything that money alone would not mend.
bool NamesOtherThanMoney(std::string_view text) {
  static constexpr std::array<std::string_view, 28> kWords = {
      "制度", "管理", "绩效", "人员", "人才", "队伍", "培训", "目标", "指标", "编制", "采购", "资产", "机制", "意识",
      "进度", "监督", "落实", "执行", "业务", "数据", "信息", "流程", "配合", "协调", "核算", "内控", "统筹", "监控"};
  return HasAnyOf(text, kWords);
}

bool NamesMoney(std::string_view text) {
  static constexpr std::array<std::string_view, 6> kWords = {"资金", "经费", "财力", "拨款", "投入", "财政支持"};
  return HasAnyOf(text, kWords);
}

// Says what will be done.
bool NamesAction(std::string_view statement) {
  static constexpr std::array<std::string_view, 44> kWords = {
      "加强", "完善", "健全", "建立", "提高", "提升", "强化", "开展", "优化", "推进", "推动",
      "规范", "落实", "细化", "加快", "制定", "组织", "严格", "改进", "增强", "加大", "压实",
      "明确", "深化", "夯实", "统筹", "合理", "科学", "定期", "及时", "督促", "整改", "做好",
      "确保", "抓好", "杜绝", "转变", "压缩", "充分", "争取", "增加", "追加", "保障", "修订"};
  return HasAnyOf(statement, kWords);
}

}  // namespace

std::vector<Statement> ReadStatements(const ReportContent& content, const std::vector<report::v1::SectionRole>& roles) {
  StatementReader reader;
  for (int s = 0; s < content.sections_size(); ++s) {
    if (std::find(roles.begin(), roles.end(), content.sections(s).role()) == roles.end()) continue;
    reader.ReadSection(content.sections(s), s);
  }
  return reader.Finish();
}

bool LamentsMoneyOnly(std::string_view statement) {
  static constexpr std::array<std::string_view, 11> kLack = {"不足", "紧张", "有限", "短缺", "缺口", "缺乏",
                                                             "偏少", "较少", "困难", "不够", "缺少"};
  return NamesMoney(statement) && HasAnyOf(statement, kLack) && !NamesOtherThanMoney(statement);
}

bool AsksForMoneyOnly(std::string_view statement) {
  static constexpr std::array<std::string_view, 8> kMore = {"加大", "增加", "追加", "提高",
                                                            "争取", "保障", "安排", "加强"};
  return NamesMoney(statement) && HasAnyOf(statement, kMore) && !NamesOtherThanMoney(statement);
}

bool NamesCause(std::string_view statement) {
  static constexpr std::array<std::string_view, 11> kWords = {"由于", "因为", "原因", "导致", "致使", "造成",
                                                              "所致", "受制", "限制", "源于", "归因"};
  return HasAnyOf(statement, kWords);
}

bool NamesDifficultyOnly(std::string_view statement) {
  static constexpr std::array<std::string_view, 10> kDifficulties = {"挑战", "困难", "难度", "不足", "不够",
                                                                     "欠缺", "薄弱", "缺乏", "压力", "不高"};
  return HasAnyOf(statement, kDifficulties) && !NamesAction(statement);
}

}  // namespace jixiao::scoring
