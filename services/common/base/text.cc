#include "common/base/text.h"

#include <bit>
#include <cstring>

namespace jixiao {
namespace {

// Bytes at the front of `text` that are Han characters of the basic plane, by
// far the most of any report: none is blank, none of full width.
size_t PlainHanLength(std::string_view text) {
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  size_t i = 0;
  while (i + 3 <= text.size() && p[i] >= 0xE4 && p[i] <= 0xE9 && (p[i + 1] & 0xC0) == 0x80 &&
         (p[i + 2] & 0xC0) == 0x80) {
    i += 3;
  }
  return i;
}

// Likewise of such characters and visible ASCII.
size_t PlainLength(std::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    if (text[i] > ' ' && text[i] < 0x7F) {
      ++i;
      continue;
    }
    const size_t han = PlainHanLength(text.substr(i));
    if (han == 0) break;
    i += han;
  }
  return i;
}

// `c` as FoldWidth writes it.
char32_t Folded(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
  switch (c) {
    case 0xA0:
    case 0x3000: return ' ';
    case 0x2267: return 0x2265;
    case 0x2266: return 0x2264;
    case 0x2550:
    case 0xFE66: return '=';
    case 0xFE6A: return '%';
    default: return c;
  }
}

}  // namespace

size_t Utf8SequenceLengthOfAny(std::string_view text) {
  if (text.empty()) return 0;
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  const size_t n = text.size();
  const auto continues = [&](size_t i) { return i < n && (p[i] & 0xC0) == 0x80; };
  if (p[0] < 0x80) return 1;
  if (p[0] >= 0xC2 && p[0] <= 0xDF) return continues(1) ? 2 : 0;
  if (p[0] >= 0xE0 && p[0] <= 0xEF) {
    if (!continues(1) || !continues(2)) return 0;
    if (p[0] == 0xE0 && p[1] < 0xA0) return 0;   // overlong
    if (p[0] == 0xED && p[1] >= 0xA0) return 0;  // surrogate
    return 3;
  }
  if (p[0] >= 0xF0 && p[0] <= 0xF4) {
    if (!continues(1) || !continues(2) || !continues(3)) return 0;
    if (p[0] == 0xF0 && p[1] < 0x90) return 0;   // overlong
    if (p[0] == 0xF4 && p[1] >= 0x90) return 0;  // above U+10FFFF
    return 4;
  }
  return 0;
}

char32_t FrontCodePoint(std::string_view text) {
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  switch (Utf8SequenceLength(text)) {
    case 1: return p[0];
    case 2: return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    case 3: return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    case 4: return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
    default: return 0xFFFD;
  }
}

std::u32string ToCodePoints(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const size_t length = Utf8SequenceLength(text);
    out.push_back(FrontCodePoint(text));
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

void AppendUtf8(char32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::string ToUtf8(std::u32string_view code_points) {
  std::string out;
  out.reserve(code_points.size() * 3);
  for (const char32_t c : code_points) AppendUtf8(c, out);
  return out;
}

int64_t CodePointCount(std::string_view text) {
  // Bytes that continue no character, eight at a time.
  int64_t count = 0;
  uint64_t eight = 0;
  for (; text.size() >= sizeof eight; text.remove_prefix(sizeof eight)) {
    std::memcpy(&eight, text.data(), sizeof eight);
    count += std::popcount((~eight >> 7 | eight >> 6) & 0x0101010101010101);
  }
  for (const unsigned char byte : text) count += (byte & 0xC0) != 0x80;
  return count;
}

bool IsBlank(char32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200F) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x2060 || c == 0xFEFF;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty()) {
    const size_t length = Utf8SequenceLength(text);
    if (length == 0 || !IsBlank(FrontCodePoint(text))) break;
    text.remove_prefix(length);
  }
  while (!text.empty()) {
    size_t start = text.size() - 1;
    while (start > 0 && (text[start] & 0xC0) == 0x80) --start;
    if (!IsBlank(FrontCodePoint(text.substr(start)))) break;
    text = text.substr(0, start);
  }
  return text;
}

std::string RemoveBlanks(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    if (const size_t plain = PlainHanLength(text)) {
      out.append(text.substr(0, plain));
      text.remove_prefix(plain);
      continue;
    }
    const size_t length = Utf8SequenceLength(text);
    if (length == 0 || !IsBlank(FrontCodePoint(text))) out.append(text.substr(0, length == 0 ? 1 : length));
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

std::string FoldWidth(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    if (const size_t plain = PlainHanLength(text)) {
      out.append(text.substr(0, plain));
      text.remove_prefix(plain);
      continue;
    }
    const size_t length = Utf8SequenceLength(text);
    if (length <= 1) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    AppendUtf8(Folded(FrontCodePoint(text)), out);
    text.remove_prefix(length);
  }
  return out;
}

std::string FoldAndRemoveBlanks(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    if (const size_t plain = PlainLength(text)) {
      out.append(text.substr(0, plain));
      text.remove_prefix(plain);
      continue;
    }
    const size_t length = Utf8SequenceLength(text);
    if (length == 0) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    const char32_t c = Folded(FrontCodePoint(text));
    if (!IsBlank(c)) AppendUtf8(c, out);
    text.remove_prefix(length);
  }
  return out;
}

size_t FindWord(std::string_view text, std::string_view word, size_t from) {
  for (size_t end = from + word.size() - 1; end < text.size(); ++end) {
    const void* const hit = std::memchr(text.data() + end, word.back(), text.size() - end);
    if (hit == nullptr) break;
    end = static_cast<size_t>(static_cast<const char*>(hit) - text.data());
    const size_t start = end + 1 - word.size();
    // Nearly always decides, without a call.
    if (word.size() > 1 && text[end - 1] != word[word.size() - 2]) continue;
    if (text.substr(start, word.size()) == word) return start;
  }
  return std::string_view::npos;
}

bool IsHan(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x3FFFF) ||
         (c >= 0xF900 && c <= 0xFAFF);
}

std::string Shorten(std::string_view text, int64_t count) {
  if (text.size() <= static_cast<size_t>(count) || CodePointCount(text) <= count) return std::string(text);
  size_t position = 0;
  for (int64_t i = 0; i < count && position < text.size(); ++i) {
    const size_t length = Utf8SequenceLength(text.substr(position));
    position += length == 0 ? 1 : length;
  }
  std::string out(text.substr(0, position));
  if (position < text.size()) out += "…";
  return out;
}

std::string ReplaceAll(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  size_t position = 0;
  for (size_t hit; (hit = text.find(from, position)) != std::string_view::npos; position = hit + from.size()) {
    out.append(text.substr(position, hit - position)).append(to);
  }
  return out.append(text.substr(position));
}

std::string Concat(std::initializer_list<std::string_view> parts) {
  size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  std::string out;
  out.reserve(size);
  for (const std::string_view part : parts) out.append(part);
  return out;
}

}  // namespace jixiao
