// IsCleanUtf8. Where the processor can look up sixteen bytes at once, text is
// checked sixteen bytes at a time after J. Keiser and D. Lemire, "Validating
// UTF-8 In Less Than One Instruction Per Byte" (2020): nearly all that is wrong
// about UTF-8 shows in two neighbouring bytes.
#include "common/base/text.h"

// Not in builds for debugging: without optimisation g++ 12 cannot expand these.
#if defined(__x86_64__) && defined(NDEBUG)
#include <tmmintrin.h>
#endif

#include <cstring>

namespace jixiao {
namespace {

// In well-formed `text`: U+FDD0..U+FDEF and the last two of each plane. By their last
// bytes, which few characters share.
bool HoldsNoncharacter(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  for (size_t i = 2; i < text.size(); ++i) {
    if (byte(i - 1) == 0xB7 && byte(i - 2) == 0xEF && byte(i) >= 0x90 && byte(i) <= 0xAF) return true;
    if (byte(i - 1) != 0xBF || (byte(i) | 1) != 0xBF) continue;
    if (byte(i - 2) == 0xEF) return true;
    if (i >= 3 && byte(i - 3) >= 0xF0 && (byte(i - 2) & 0x0F) == 0x0F) return true;
  }
  return false;
}

// For other processors, and for comparison in tests.
bool IsCleanByCharacter(std::string_view text) {
  for (std::string_view rest = text; !rest.empty();) {
    const size_t length = Utf8SequenceLength(rest);
    if (length == 0 || rest.front() == '\0') return false;
    rest.remove_prefix(length);
  }
  return !HoldsNoncharacter(text);
}

#if defined(__x86_64__) && defined(NDEBUG)

// What may be wrong about two neighbouring bytes, a bit each. A pair is wrong in
// a way if three tables agree on it: of the first byte's high half, of its low
// half, and of the second byte's high half.
enum Wrong : unsigned char {
  kTooShort = 1 << 0,   // a lead without enough continuations
  kTooLong = 1 << 1,    // a continuation behind ASCII
  kOverlong3 = 1 << 2,  // E0 80..9F
  kTooLarge = 1 << 3,   // F4 90..BF and F5..
  kSurrogate = 1 << 4,  // ED A0..BF
  kOverlong2 = 1 << 5,  // C0, C1
  kTooLarge8 = 1 << 6,  // F5.. 80..8F; also kOverlong4: F0 80..8F
  kTwoConts = 1 << 7,   // two continuations: right only inside longer characters
  kCarry = kTooShort | kTooLong | kTwoConts,
};

#define JIXIAO_SSSE3 __attribute__((target("ssse3")))

template <typename... Bytes>
JIXIAO_SSSE3 __m128i Table(Bytes... bytes) {
  return _mm_setr_epi8(static_cast<char>(bytes)...);
}

class Checker {
 public:
  JIXIAO_SSSE3 Checker() : wrong_(_mm_setzero_si128()), suspect_(_mm_setzero_si128()), before_(_mm_setzero_si128()) {}

  JIXIAO_SSSE3 void Add(__m128i block) {
    const __m128i zeros = _mm_cmpeq_epi8(block, _mm_setzero_si128());
    const __m128i first = _mm_alignr_epi8(block, before_, 15);
    const __m128i pairs = _mm_and_si128(
        _mm_and_si128(_mm_shuffle_epi8(FirstHigh(), High(first)), _mm_shuffle_epi8(FirstLow(), Low(first))),
        _mm_shuffle_epi8(SecondHigh(), High(block)));
    // Third and fourth bytes must be continuations, and are the only ones behind
    // a continuation.
    const __m128i third = _mm_subs_epu8(_mm_alignr_epi8(block, before_, 14), Fill(0xE0 - 0x80));
    const __m128i fourth = _mm_subs_epu8(_mm_alignr_epi8(block, before_, 13), Fill(0xF0 - 0x80));
    const __m128i must = _mm_and_si128(_mm_or_si128(third, fourth), Fill(0x80));
    wrong_ = _mm_or_si128(wrong_, _mm_or_si128(zeros, _mm_xor_si128(must, pairs)));
    const __m128i last_of_plane =
        _mm_and_si128(_mm_cmpeq_epi8(first, Fill(0xBF)), _mm_cmpeq_epi8(_mm_or_si128(block, Fill(1)), Fill(0xBF)));
    const __m128i arabic = _mm_and_si128(_mm_cmpeq_epi8(first, Fill(0xEF)), _mm_cmpeq_epi8(block, Fill(0xB7)));
    suspect_ = _mm_or_si128(suspect_, _mm_or_si128(last_of_plane, arabic));
    before_ = block;
  }

  JIXIAO_SSSE3 bool IsWellFormed() const { return IsZero(wrong_); }
  // Two bytes stand together that end a noncharacter, or another character.
  JIXIAO_SSSE3 bool MayHoldNoncharacter() const { return !IsZero(suspect_); }

 private:
  JIXIAO_SSSE3 static bool IsZero(__m128i block) {
    return _mm_movemask_epi8(_mm_cmpeq_epi8(block, _mm_setzero_si128())) == 0xFFFF;
  }
  JIXIAO_SSSE3 static __m128i Fill(int byte) { return _mm_set1_epi8(static_cast<char>(byte)); }
  JIXIAO_SSSE3 static __m128i Low(__m128i bytes) { return _mm_and_si128(bytes, Fill(0x0F)); }
  JIXIAO_SSSE3 static __m128i High(__m128i bytes) { return Low(_mm_srli_epi16(bytes, 4)); }

  JIXIAO_SSSE3 static __m128i FirstHigh() {
    return Table(kTooLong, kTooLong, kTooLong, kTooLong, kTooLong, kTooLong, kTooLong, kTooLong,  // ASCII
                 kTwoConts, kTwoConts, kTwoConts, kTwoConts,                                      // continuations
                 kTooShort | kOverlong2, kTooShort, kTooShort | kOverlong3 | kSurrogate,
                 kTooShort | kTooLarge | kTooLarge8);
  }
  JIXIAO_SSSE3 static __m128i FirstLow() {
    constexpr int kLarge = kCarry | kTooLarge | kTooLarge8;
    return Table(kCarry | kOverlong3 | kOverlong2 | kTooLarge8, kCarry | kOverlong2, kCarry, kCarry, kCarry | kTooLarge,
                 kLarge, kLarge, kLarge, kLarge, kLarge, kLarge, kLarge, kLarge, kLarge | kSurrogate, kLarge, kLarge);
  }
  JIXIAO_SSSE3 static __m128i SecondHigh() {
    constexpr int kCont = kTooLong | kOverlong2 | kTwoConts;
    return Table(kTooShort, kTooShort, kTooShort, kTooShort, kTooShort, kTooShort, kTooShort, kTooShort,
                 kCont | kOverlong3 | kTooLarge8, kCont | kOverlong3 | kTooLarge, kCont | kSurrogate | kTooLarge,
                 kCont | kSurrogate | kTooLarge, kTooShort, kTooShort, kTooShort, kTooShort);
  }

  __m128i wrong_;
  __m128i suspect_;
  __m128i before_;
};

// `length` bytes, at most 16, out of two overlapping reads where there is more
// than one: a copy into a buffer would have to be waited for when it is read back.
JIXIAO_SSSE3 __m128i ShortBlock(const char* text, size_t length) {
  const auto read = [](const char* at, auto word) {
    std::memcpy(&word, at, sizeof word);
    return word;
  };
  uint64_t low = 0;
  uint64_t high = 0;
  if (length >= 8) {
    low = read(text, uint64_t{});
    if (length > 8) high = read(text + length - 8, uint64_t{}) >> (8 * (16 - length));
  } else if (length >= 4) {
    low = read(text, uint32_t{}) | uint64_t{read(text + length - 4, uint32_t{})} << (8 * (length - 4));
  } else {
    for (size_t i = 0; i < length; ++i) low |= uint64_t{static_cast<unsigned char>(text[i])} << (8 * i);
  }
  return _mm_set_epi64x(static_cast<int64_t>(high), static_cast<int64_t>(low));
}

// The last `length` bytes before `end`, fewer than 16, at the front of a block;
// at least 16 bytes can be read there.
JIXIAO_SSSE3 __m128i LastBlock(const char* end, size_t length) {
  alignas(16) static constexpr char kPlaces[32] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                                   -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
  const __m128i places = _mm_loadu_si128(reinterpret_cast<const __m128i*>(kPlaces + 16 - length));
  return _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(end - 16)), places);
}

// `block` with a blank in every byte from `length` on, where it has zeros: at
// least one behind the text, so that a character cut short shows.
JIXIAO_SSSE3 __m128i Filled(__m128i block, size_t length) {
  const __m128i places = Table(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const __m128i is_text = _mm_cmpgt_epi8(_mm_set1_epi8(static_cast<char>(length)), places);
  return _mm_or_si128(block, _mm_andnot_si128(is_text, _mm_set1_epi8(' ')));
}

JIXIAO_SSSE3 bool IsCleanByBlock(std::string_view text) {
  constexpr size_t kBlock = sizeof(__m128i);
  Checker checker;
  const char* at = text.data();
  size_t rest = text.size();
  for (; rest >= kBlock; at += kBlock, rest -= kBlock) {
    checker.Add(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)));
  }
  const __m128i last = text.size() >= kBlock ? LastBlock(at + rest, rest) : ShortBlock(at, rest);
  checker.Add(Filled(last, rest));
  return checker.IsWellFormed() && !(checker.MayHoldNoncharacter() && HoldsNoncharacter(text));
}

#endif

}  // namespace

bool IsCleanUtf8(std::string_view text) {
#if defined(__x86_64__) && defined(NDEBUG)
  static const bool has_ssse3 = __builtin_cpu_supports("ssse3");
  if (has_ssse3) return IsCleanByBlock(text);
#endif
  return IsCleanByCharacter(text);
}

}  // namespace jixiao
