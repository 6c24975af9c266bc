#include "common/domain/scan_copy.h"

#include "common/base/text.h"

namespace jixiao {
namespace {

char32_t Fold(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE63 || c == 0xFE58) return '-';
  return c;
}

// Long runs only: 一 and 二 alone are words, and OCR writes 一 for a dash.
constexpr size_t kShortestDigitRun = 7;

void TurnChineseDigits(ScanCopy& copy) {
  for (size_t i = 0; i < copy.size();) {
    size_t end = i;
    while (end < copy.size() && DigitOf(copy[end].c) != 0) ++end;
    if (end - i >= kShortestDigitRun) {
      for (size_t k = i; k < end; ++k) copy[k].c = DigitOf(copy[k].c);
    }
    i = end == i ? i + 1 : end;
  }
}

}  // namespace

bool IsInvisible(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF ||
         c == 0xAD || c == 0x180E || (c >= 0xFE00 && c <= 0xFE0F);
}

char32_t DigitOf(char32_t c) {
  c = Fold(c);
  if (IsDigit(c)) return c;
  switch (c) {
    case U'〇':
    case U'零':
    case U'○': return '0';
    case U'一':
    case U'壹':
    case U'幺': return '1';
    case U'二':
    case U'贰': return '2';
    case U'三':
    case U'叁': return '3';
    case U'四':
    case U'肆': return '4';
    case U'五':
    case U'伍': return '5';
    case U'六':
    case U'陆': return '6';
    case U'七':
    case U'柒': return '7';
    case U'八':
    case U'捌': return '8';
    case U'九':
    case U'玖': return '9';
    default: return 0;
  }
}

ScanCopy MakeScanCopy(std::string_view text) {
  ScanCopy copy;
  copy.reserve(text.size() / 2);
  bool follows_blank = false;
  int64_t index = 0;
  while (!text.empty()) {
    const size_t length = Utf8SequenceLength(text);
    const char32_t c = length == 0 ? 0xFFFD : FrontCodePoint(text);
    text.remove_prefix(length == 0 ? 1 : length);
    if (IsInvisible(c)) {
      // nothing: neither a character nor a blank
    } else if (IsBlank(c)) {
      follows_blank = true;
    } else {
      copy.push_back({Fold(c), index, follows_blank});
      follows_blank = false;
    }
    ++index;
  }
  TurnChineseDigits(copy);
  return copy;
}

bool StandsAt(const ScanCopy& copy, size_t at, std::u32string_view word) {
  if (at + word.size() > copy.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    if (copy[at + i].c != word[i]) return false;
  }
  return true;
}

}  // namespace jixiao
