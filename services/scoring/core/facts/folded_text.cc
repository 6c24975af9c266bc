#include "scoring/core/facts/folded_text.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "common/base/text.h"

namespace jixiao::scoring {
namespace {

constexpr std::string_view kFullStop = "。";
constexpr std::string_view kListSign = "、";
constexpr size_t kLongestCountClause = 36;

// One character of the original, folded. `size` is 0 for blanks and quotation
// marks; `text` may point into the original.
struct Piece {
  const char* text;
  size_t size;
  size_t consumed;
  char ascii;  // room for a folded sign
};

uint32_t Byte(const char* p) { return static_cast<unsigned char>(*p); }

bool IsBlankOrQuoteE2(uint32_t second, uint32_t third) {
  if (second == 0x81) return third == 0xA0;  // word joiner
  if (second != 0x80) return false;
  const bool is_blank = third <= 0x8F || third == 0xA8 || third == 0xA9 || third == 0xAF;
  const bool is_quote = third == 0x98 || third == 0x99 || third == 0x9C || third == 0x9D;
  return is_blank || is_quote;
}

// Full-width forms U+FF01..U+FF5E; 0 for anything else.
char AsciiOfFullWidth(uint32_t second, uint32_t third) {
  if (second == 0xBC && third >= 0x81) return static_cast<char>(third - 0x60);
  if (second == 0xBD && third <= 0x9E) return static_cast<char>(third - 0x20);
  return 0;
}

// `p` is before `end`. What is not UTF-8 is copied byte by byte.
Piece FoldFront(const char* p, const char* end) {
  const uint32_t lead = Byte(p);
  const auto left = static_cast<size_t>(end - p);
  if (lead < 0x80) {
    const bool skip = lead == ' ' || lead == '"' || (lead >= '\t' && lead <= '\r');
    return {p, skip ? 0u : 1u, 1, 0};
  }
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (length > left) return {p, 1, 1, 0};
  if (lead == 0xC2 && Byte(p + 1) == 0xA0) return {p, 0, 2, 0};
  if (length != 3) return {p, length, length, 0};
  const uint32_t second = Byte(p + 1);
  const uint32_t third = Byte(p + 2);
  if (lead == 0xE2 && IsBlankOrQuoteE2(second, third)) return {p, 0, 3, 0};
  if (lead == 0xE3 && second == 0x80 && third == 0x80) return {p, 0, 3, 0};
  if (lead == 0xEF) {
    if (second == 0xBB && third == 0xBF) return {p, 0, 3, 0};
    if (const char ascii = AsciiOfFullWidth(second, third)) return {nullptr, 1, 3, ascii};
  }
  return {p, 3, 3, 0};
}

bool IsAsciiStop(char c) { return c == ',' || c == ';' || c == ':' || c == '!' || c == '?'; }

// The clause in front of the colon at `at`: what may hold a count.
std::string_view ClauseBefore(std::string_view text, size_t at) {
  const size_t start = at > kLongestCountClause ? at - kLongestCountClause : 0;
  return text.substr(start, at - start);
}

// Folds one text; keeps where clauses and sentences begin.
class Folder {
 public:
  explicit Folder(std::string_view text)
      : begin_(text.data()), end_(begin_ + text.size()), chars_(new char[text.size()]) {}

  FoldedText Fold() && {
    for (const char* p = begin_; p < end_; ++position_) {
      // Han first: nothing to fold, nothing to note.
      if (end_ - p >= 3 && Byte(p) >= 0xE4 && Byte(p) <= 0xE9) {
        std::memcpy(chars_.get() + size_, p, 3);
        size_ += 3;
        p += 3;
        continue;
      }
      const Piece piece = FoldFront(p, end_);
      if (piece.size == 1) {
        OnSign(piece.ascii != 0 ? piece.ascii : *p, static_cast<size_t>(p - begin_), piece.consumed);
      } else if (piece.size > 0) {
        OnChar({piece.text, piece.size}, static_cast<size_t>(p - begin_));
      }
      p += piece.consumed;
    }
    return {std::move(chars_), size_, std::move(starts_)};
  }

 private:
  void OnSign(char c, size_t original, size_t consumed) {
    const char before = size_ > 0 ? chars_[size_ - 1] : ' ';
    if (IsDigit(c) && !IsDigit(before) && before != '.') {
      starts_.push_back({size_, label_.at, sentence_at_, sentence_, original, position_});
    }
    if (c == ':') NoteChineseCount();
    chars_[size_++] = c;
    if (!IsAsciiStop(c)) return;
    BeginClause(original + consumed);
    if (c == '!' || c == '?') BeginSentence();
  }

  void OnChar(std::string_view c, size_t original) {
    std::memcpy(chars_.get() + size_, c.data(), c.size());
    size_ += c.size();
    if (c != kFullStop && c != kListSign) return;
    BeginClause(original + c.size());
    if (c == kFullStop) BeginSentence();
  }

  void BeginClause(size_t original) { label_ = {size_, original, position_ + 1}; }

  void BeginSentence() {
    ++sentence_;
    sentence_at_ = size_;
  }

  void NoteChineseCount() {
    const std::string_view clause(chars_.get() + label_.at, size_ - label_.at);
    const std::string_view near = ClauseBefore(clause, clause.size());
    const ChineseCount count = FindChineseCount(near);
    if (count.measure.empty()) return;
    const size_t at = clause.size() - near.size() + count.at;
    // Up to and with the first numeral, so that blanks before it are passed.
    constexpr size_t kNumeral = 3;
    const std::string_view rest(begin_ + label_.original, static_cast<size_t>(end_ - begin_) - label_.original);
    const Walked walked = WalkFolded(rest, at + kNumeral);
    starts_.push_back({label_.at + at, label_.at, sentence_at_, sentence_, label_.original + walked.bytes - kNumeral,
                       label_.position + walked.chars - 1});
  }

  struct Clause {
    size_t at = 0;
    size_t original = 0;
    int64_t position = 0;
  };

  const char* begin_;
  const char* end_;
  std::unique_ptr<char[]> chars_;
  size_t size_ = 0;
  int64_t position_ = 0;
  Clause label_;
  size_t sentence_at_ = 0;
  int sentence_ = 0;
  std::vector<FigureStart> starts_;
};

// 0 for any other character.
int ChineseDigit(std::string_view c) {
  static constexpr std::array<std::string_view, 10> kDigits = {"一", "二", "三", "四", "五",
                                                               "六", "七", "八", "九", "十"};
  for (size_t i = 0; i < kDigits.size(); ++i) {
    if (c == kDigits[i]) return static_cast<int>(i) + 1;
  }
  return c == "两" ? 2 : 0;
}

struct ChineseNumber {
  int value = 0;
  size_t size = 0;
};

// The number at the end of `text`: 三, 十, 十二, 二十, 二十三.
ChineseNumber ChineseNumberAtEnd(std::string_view text) {
  std::array<int, 3> digits = {};
  size_t count = 0;
  size_t end = text.size();
  while (end >= 3 && count < 4) {
    const int digit = ChineseDigit(text.substr(end - 3, 3));
    if (digit == 0) break;
    if (count == 3) return {};  // a year or a code
    digits[count++] = digit;
    end -= 3;
  }
  const size_t size = text.size() - end;
  const auto [last, middle, first] = digits;  // counted from the right
  if (count == 1) return {last, size};
  if (count == 2 && middle == 10 && last < 10) return {10 + last, size};
  if (count == 2 && last == 10 && middle < 10) return {middle * 10, size};
  if (count == 3 && middle == 10 && first < 10 && last < 10) return {first * 10 + last, size};
  return {};
}

}  // namespace

ChineseCount FindChineseCount(std::string_view clause) {
  static constexpr std::array<std::string_view, 10> kMeasures = {"个", "类", "项", "种", "条",
                                                                 "件", "家", "名", "处", "所"};
  ChineseCount found;
  for (const std::string_view measure : kMeasures) {
    const size_t at = clause.rfind(measure);
    if (at == std::string_view::npos) continue;
    const ChineseNumber number = ChineseNumberAtEnd(clause.substr(0, at));
    if (number.value < 2) continue;
    const size_t begin = at - number.size;
    if (clause.substr(0, begin).ends_with("第") || (!found.measure.empty() && begin < found.at)) continue;
    found = {begin, number.value, clause.substr(at, measure.size())};
  }
  return found;
}

bool MayMentionFigures(std::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  constexpr std::string_view kFullWidthDigits = "\xEF\xBC";
  size_t i = 0;
  while (i < text.size()) {
    // Eight bytes of Han at a time.
    uint64_t eight = 0;
    if (i + sizeof eight <= text.size()) {
      std::memcpy(&eight, text.data() + i, sizeof eight);
      constexpr uint64_t kLead = 0xEFEFEFEFEFEFEFEF;
      const uint64_t other = eight ^ kLead;
      const bool may_be_full_width = ((other - 0x0101010101010101) & ~other & kHighBits) != 0;
      if ((eight & kHighBits) == kHighBits && !may_be_full_width) {
        i += sizeof eight;
        continue;
      }
    }
    const size_t stop = std::min(text.size(), i + sizeof eight);
    for (; i < stop; ++i) {
      if (IsDigit(text[i])) return true;
      const bool is_ascii_colon = text[i] == ':';
      if (!is_ascii_colon && text.substr(i, 2) != kFullWidthDigits) continue;
      const uint32_t third = i + 2 < text.size() ? Byte(text.data() + i + 2) : 0;
      if (!is_ascii_colon && third >= 0x90 && third <= 0x99) return true;
      const bool is_colon = is_ascii_colon || third == 0x9A;
      if (is_colon && !FindChineseCount(ClauseBefore(text, i)).measure.empty()) return true;
    }
  }
  return false;
}

FoldedText FoldText(std::string_view text) { return Folder(text).Fold(); }

Walked WalkFolded(std::string_view original, size_t folded_bytes) {
  const char* p = original.data();
  const char* const end = p + original.size();
  Walked walked;
  size_t folded = 0;
  while (p < end && folded < folded_bytes) {
    const Piece piece = FoldFront(p, end);
    folded += piece.size;
    p += piece.consumed;
    ++walked.chars;
  }
  walked.bytes = static_cast<size_t>(p - original.data());
  return walked;
}

}  // namespace jixiao::scoring
