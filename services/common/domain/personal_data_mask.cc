// Masks what the personal-data rules found.
#include <algorithm>

#include "common/base/text.h"
#include "common/domain/person_numbers.h"
#include "common/domain/personal_data.h"
#include "common/domain/scan_copy.h"

namespace jixiao {
namespace {

using Kind = PersonalDataKind;

// Which of the `count` digits of a find stay readable.
bool StaysReadable(Kind kind, size_t digit, size_t count, bool is_mobile) {
  switch (kind) {
    case Kind::kTelephone: return is_mobile ? digit + 8 < count || digit + 4 >= count : digit + 4 < count;
    case Kind::kAccount: return digit < 2;
    default: return digit < 3;
  }
}

std::u32string MaskNumber(std::u32string_view span, Kind kind) {
  std::string digits;
  for (const char32_t c : span) {
    if (const char32_t digit = DigitOf(c)) digits += static_cast<char>(digit);
  }
  const bool is_mobile = IsMobile(digits);
  std::u32string masked;
  size_t seen = 0;
  for (const char32_t c : span) {
    const bool is_sign = DigitOf(c) == 0 && !IsLetter(c) && !(c >= 0xFF21 && c <= 0xFF5A);
    if (is_sign) {
      masked += c;
    } else {
      masked += StaysReadable(kind, seen, kind == Kind::kTelephone ? digits.size() : span.size(), is_mobile) ? c : U'*';
      ++seen;
    }
  }
  return masked;
}

std::u32string MaskSpan(std::u32string_view span, Kind kind) {
  if (kind == Kind::kEmail) {
    const size_t at = std::min(span.find_first_of(U"@＠"), span.size());
    return std::u32string(span.substr(0, 1)) + U"****" + std::u32string(span.substr(at));
  }
  if (kind != Kind::kName) return MaskNumber(span, kind);
  std::u32string masked;
  for (const char32_t c : span) masked += masked.empty() || IsBlank(c) || c == U'·' ? c : U'*';
  return masked;
}

}  // namespace

std::string MaskPersonalData(std::string_view text, const std::vector<PersonalData>& finds) {
  const std::u32string characters = ToCodePoints(text);
  std::u32string masked;
  size_t at = 0;
  for (const PersonalData& find : finds) {
    const auto start = std::min(static_cast<size_t>(find.start_char), characters.size());
    if (start < at) continue;
    masked.append(characters, at, start - at);
    const std::u32string_view span =
        std::u32string_view(characters).substr(start, static_cast<size_t>(find.char_count));
    masked += MaskSpan(span, find.kind);
    at = start + span.size();
  }
  masked.append(characters, at, std::u32string::npos);
  return ToUtf8(masked);
}

std::string MaskWhole(std::string_view text) {
  const std::u32string characters = ToCodePoints(text);
  std::u32string masked;
  for (size_t at = 0; at < characters.size();) {
    size_t end = at;
    int digits = 0;
    while (end < characters.size() && !IsBlank(characters[end])) digits += DigitOf(characters[end++]) != 0 ? 1 : 0;
    const std::u32string_view word = std::u32string_view(characters).substr(at, end - at);
    masked += MaskSpan(word, digits >= 5 ? Kind::kTelephone : Kind::kName);
    while (end < characters.size() && IsBlank(characters[end])) masked += characters[end++];
    at = end;
  }
  return ToUtf8(masked);
}

}  // namespace jixiao
