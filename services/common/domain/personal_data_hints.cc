#include "common/domain/personal_data_hints.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "common/base/text.h"
#include "common/domain/scan_copy.h"

namespace jixiao {
namespace {

// Shorter runs of digits are no number of a person.
constexpr int kFewestDigits = 7;

// Every character of three bytes that may matter; all others are passed over.
constexpr std::u32string_view kMarked =
    U"人表主信姓"
    U"〇零○一壹幺二贰三叁四肆五伍六陆七柒八捌九玖"
    U"０１２３４５６７８９＠ＱｑＷｗ";

// One bit per pair of continuation bytes: few other characters share one.
constexpr std::array<uint64_t, 64> kMarks = [] {
  std::array<uint64_t, 64> marks = {};
  for (const char32_t c : kMarked) marks[c >> 6 & 63] |= uint64_t{1} << (c & 63);
  return marks;
}();

uint32_t Byte(const char* p) { return static_cast<unsigned char>(*p); }

bool IsUnmarked(const char* p, const char* end) {
  if (end - p < 3 || (Byte(p) & 0xF0) != 0xE0) return false;
  if ((Byte(p + 1) & 0xC0) != 0x80 || (Byte(p + 2) & 0xC0) != 0x80) return false;
  return (kMarks[Byte(p + 1) & 63] >> (Byte(p + 2) & 63) & 1) == 0;
}

bool IsPlainAscii(char c) {
  return static_cast<unsigned char>(c) < 0x80 && !(c >= '0' && c <= '9') && c != '@' && c != 'Q' && c != 'q' &&
         c != 'W' && c != 'w';
}

// Blanks and signs that may stand between the digits of one number.
bool MayJoinDigits(char32_t c) {
  return IsBlank(c) || IsInvisible(c) || c == '-' || c == '.' || c == ')' || (c >= 0x2010 && c <= 0x2015) ||
         c == 0xFF0D;
}

struct Front {
  char32_t c;
  size_t size;
};

Front FrontOf(std::string_view text) { return {FrontCodePoint(text), std::max<size_t>(1, Utf8SequenceLength(text))}; }

// Bytes of the digits that `text` begins with; `is_long` if they are enough.
size_t SkipDigits(std::string_view text, bool& is_long) {
  const size_t size = text.size();
  for (int digits = 0; !text.empty();) {
    const Front front = FrontOf(text);
    if (DigitOf(front.c) != 0) {
      if (++digits >= kFewestDigits) is_long = true;
    } else if (!MayJoinDigits(front.c)) {
      break;
    }
    if (is_long) break;
    text.remove_prefix(front.size);
  }
  return size - text.size();
}

// The last character of `text` that can be seen; 0 if there is none.
char32_t LastSeen(std::string_view text) {
  while (!text.empty()) {
    size_t at = text.size() - 1;
    while (at > 0 && (Byte(text.data() + at) & 0xC0) == 0x80) --at;
    const char32_t c = FrontCodePoint(text.substr(at));
    if (!IsBlank(c) && !IsInvisible(c)) return c;
    text = text.substr(0, at);
  }
  return 0;
}

// True if `c` behind `before` ends a label, or is a sign of an address.
bool IsHint(char32_t c, std::string_view before) {
  constexpr std::u32string_view kBeforePerson = U"表报写制系络办核审批责编草撰价理送卡户";
  switch (c) {
    case '@':
    case U'＠':
    case U'姓':
    case 'Q':
    case 'q':
    case U'Ｑ':
    case U'ｑ':
    case 'W':
    case 'w':
    case U'Ｗ':
    case U'ｗ': return true;
    case U'信': return LastSeen(before) == U'微';
    case U'人': return kBeforePerson.find(LastSeen(before)) != std::u32string_view::npos;
    case U'表': return LastSeen(before) == U'代';
    case U'主': return LastSeen(before) == U'户';
    default: return false;
  }
}

}  // namespace

bool MayHoldPersonalData(std::string_view text) {
  const char* const end = text.data() + text.size();
  for (const char* p = text.data(); p < end;) {
    if (IsUnmarked(p, end)) {
      p += 3;
      continue;
    }
    if (IsPlainAscii(*p)) {
      ++p;
      continue;
    }
    const auto at = static_cast<size_t>(p - text.data());
    const std::string_view rest = text.substr(at);
    const Front front = FrontOf(rest);
    if (DigitOf(front.c) != 0) {
      bool is_long = false;
      p += SkipDigits(rest, is_long);
      if (is_long) return true;
      continue;
    }
    if (IsHint(front.c, text.substr(0, at))) return true;
    p += front.size;
  }
  return false;
}

}  // namespace jixiao
