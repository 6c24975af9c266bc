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
constexpr size_t kLongestHeading = 24;
constexpr size_t kShortestStatement = 4;

template <size_t N>
bool HasAnyOf(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
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

// A stretch of one paragraph.
struct Segment {
  size_t start;  // behind the number
  size_t end;
  Numbering numbering;
};

// Numbers inside a paragraph count only behind a stop, where a list goes on.
std::vector<Segment> SplitParagraph(std::u32string_view text) {
  std::vector<Segment> segments;
  size_t first = 0;
  while (first < text.size() && IsBlank(text[first])) ++first;
  const size_t marker = MarkerLength(text.substr(first));
  segments.push_back({first + marker, text.size(), NumberingOf(text.substr(first, marker))});
  bool after_stop = marker > 0;
  for (size_t i = first + marker; i < text.size(); ++i) {
    const size_t inner = after_stop ? MarkerLength(text.substr(i)) : 0;
    if (inner > 0) {
      segments.back().end = i;
      segments.push_back({i + inner, text.size(), NumberingOf(text.substr(i, inner))});
      i += inner - 1;
    }
    after_stop = IsOneOf(text[i], U"。；;：:") || (after_stop && IsBlank(text[i]));
  }
  return segments;
}

std::u32string_view TrimWide(std::u32string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

bool IsHeading(std::u32string_view text) {
  if (text.size() > kLongestHeading) return false;
  return std::none_of(text.begin(), text.end(), [](char32_t c) { return IsOneOf(c, U"；;，,"); }) &&
         text.find(U'。') >= text.size() - 1;
}

// `无。`, `暂无其他问题`.
bool IsNothing(std::u32string_view text) {
  return text.size() <= 8 && (text[0] == U'无' || text.starts_with(U"暂无") || text.starts_with(U"没有"));
}

// Announces a list and says nothing itself: `存在以下问题：`.
bool IsLeadIn(std::u32string_view text) {
  return IsOneOf(text.back(), U"：:") ||
         (text.size() <= 2 * kLongestHeading && (text.find(U"以下") != text.npos || text.find(U"如下") != text.npos));
}

// Reads the sections one after the other.
class StatementReader {
 public:
  void ReadSection(const report::v1::Section& section, int section_index) {
    is_list_ = false;
    for (int p = 0; p < section.paragraphs_size(); ++p) {
      const std::u32string text = ToCodePoints(section.paragraphs(p).text());
      for (const Segment& segment : SplitParagraph(text)) {
        const std::u32string_view body =
            TrimWide(std::u32string_view(text).substr(segment.start, segment.end - segment.start));
        if (body.size() < kShortestStatement || IsNothing(body)) continue;
        report::v1::Address place = ParagraphAddress(section, section_index, p);
        place.set_start_char(static_cast<int>(body.data() - text.data()));
        place.set_char_count(static_cast<int>(body.size()));
        Take(body, segment.numbering, std::move(place));
      }
    }
    FlushHeading();
  }

  std::vector<Statement> Finish() { return std::move(statements_); }

 private:
  void Take(std::u32string_view body, Numbering numbering, report::v1::Address place) {
    const bool is_numbered = numbering != Numbering::kNone;
    if (!is_numbered && IsLeadIn(body)) return;
    // The next entry of the list that the heading belongs to.
    if (is_numbered && numbering == heading_numbering_) FlushHeading();
    if (is_numbered && IsHeading(body)) {
      FlushHeading();
      heading_ = ToUtf8(body);
      heading_place_ = std::move(place);
      heading_numbering_ = numbering;
      is_heading_used_ = false;
      is_list_ = true;
      return;
    }
    // Explains the entry before it.
    if (!is_numbered && is_list_ && (heading_.empty() || is_heading_used_)) {
      if (!statements_.empty()) statements_.back().text += ToUtf8(body);
      return;
    }
    is_heading_used_ = true;
    is_list_ = is_list_ || is_numbered;
    const std::string text = ToUtf8(body);
    statements_.push_back({heading_.empty() ? text : fmt::format("{} {}", heading_, text), std::move(place)});
  }

  void FlushHeading() {
    // A list of headings only: each says all there is to say.
    if (!heading_.empty() && !is_heading_used_) statements_.push_back({heading_, heading_place_});
    heading_.clear();
    heading_numbering_ = Numbering::kNone;
  }

  std::vector<Statement> statements_;
  std::string heading_;
  Numbering heading_numbering_ = Numbering::kNone;
  report::v1::Address heading_place_;
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
