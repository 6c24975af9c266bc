// For any service: UTF-8 text as it occurs in Chinese reports.
#ifndef JIXIAO_COMMON_BASE_TEXT_H_
#define JIXIAO_COMMON_BASE_TEXT_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace jixiao {

// Bytes of the well-formed UTF-8 sequence at the front of `text`; 0 if there is
// none (overlong forms, surrogates and code points above U+10FFFF included).
size_t Utf8SequenceLengthOfAny(std::string_view text);
inline size_t Utf8SequenceLength(std::string_view text) {
  // ASCII and Han, nearly all there is.
  if (text.empty()) return 0;
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) < 0x80) return 1;
  if (text.size() >= 3 && byte(0) >= 0xE1 && byte(0) <= 0xEC && (byte(1) & 0xC0) == 0x80 && (byte(2) & 0xC0) == 0x80) {
    return 3;
  }
  return Utf8SequenceLengthOfAny(text);
}

// True if `text` is well-formed UTF-8 without U+0000 and without noncharacters (U+FFFE,
// U+FFFF and their kind), which Unicode keeps out of texts that are exchanged. One
// pass, fast on Chinese.
bool IsCleanUtf8(std::string_view text);

// ASCII digits only.
constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Code point at the front of well-formed, non-empty `text`.
char32_t FrontCodePoint(std::string_view text);

// Well-formed UTF-8 to code points and back.
std::u32string ToCodePoints(std::string_view text);
std::string ToUtf8(std::u32string_view code_points);
void AppendUtf8(char32_t code_point, std::string& out);

// Number of code points in well-formed `text`.
int64_t CodePointCount(std::string_view text);

// True for ASCII blanks, U+00A0, U+3000, zero-width characters and U+FEFF.
bool IsBlank(char32_t code_point);

// Without blanks at both ends.
std::string_view Trim(std::string_view text);

// Without any blanks: `年初\n预算数` and `年初 预算数` become one label.
std::string RemoveBlanks(std::string_view text);

// Full-width letters, digits and signs to ASCII (`（` to `(`, `１` to `1`,
// `％` to `%`, `：` to `:`), `≧` to `≥`, `═` and `﹦` to `=`. For comparing and
// parsing only: stored text keeps its form.
std::string FoldWidth(std::string_view text);

// RemoveBlanks(FoldWidth(text)), in one pass: how cells are compared and parsed.
std::string FoldAndRemoveBlanks(std::string_view text);

// As text.find(word, from), several times faster on Chinese: it looks for the
// word's last byte, because all words begin with one of a few. `word` is not
// empty.
size_t FindWord(std::string_view text, std::string_view word, size_t from = 0);

// Han characters, CJK extensions included.
bool IsHan(char32_t code_point);

// First at most `count` code points, with `…` added if something was cut.
std::string Shorten(std::string_view text, int64_t count);

// `text` with every `from` replaced by `to`; `from` is not empty.
std::string ReplaceAll(std::string_view text, std::string_view from, std::string_view to);

// `parts` one after the other, in one allocation: for texts that are made for
// every row of every report, where formatting costs more than scoring.
std::string Concat(std::initializer_list<std::string_view> parts);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_BASE_TEXT_H_
