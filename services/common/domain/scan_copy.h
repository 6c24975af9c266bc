// For the personal-data rules: a copy of a text in which spelling hides nothing,
// with the way back to the text.
#ifndef JIXIAO_COMMON_DOMAIN_SCAN_COPY_H_
#define JIXIAO_COMMON_DOMAIN_SCAN_COPY_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jixiao {

// One character that is neither blank nor invisible.
struct ScanChar {
  char32_t c;          // folded: half-width, dashes as `-`, Chinese digits in long runs as digits
  int64_t index;       // code point in the text
  bool follows_blank;  // blanks stand between this and the one before
};

using ScanCopy = std::vector<ScanChar>;

ScanCopy MakeScanCopy(std::string_view text);

// Characters that print nothing: they split a number for programs, not for eyes.
bool IsInvisible(char32_t c);

inline bool IsDigit(char32_t c) { return c >= '0' && c <= '9'; }
inline bool IsLetter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Half-width digit of `c`, Chinese and full-width digits included; 0 if none.
char32_t DigitOf(char32_t c);

// True if `word` stands at `at`, blanks within it ignored.
bool StandsAt(const ScanCopy& copy, size_t at, std::u32string_view word);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_DOMAIN_SCAN_COPY_H_
