#include "scoring/core/facts/words.h"

#include <cstring>

#include "common/base/text.h"

namespace jixiao::scoring {
namespace {

// Two Chinese characters: what words are told apart by first.
constexpr size_t kHeadBytes = 6;

size_t CharacterBytes(unsigned char lead) { return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4; }

// Year and length of `2024年` at the front of `text`; 0 if there is none.
struct Year {
  int year = 0;
  size_t size = 0;
};

Year YearAt(std::string_view text) {
  constexpr std::string_view kYear = "年";
  if (text.size() < 4 + kYear.size() || text[0] != '2' || text[1] != '0' || !IsDigit(text[2]) || !IsDigit(text[3])) {
    return {};
  }
  size_t at = 4;
  while (at < text.size() && text[at] == ' ') ++at;
  if (!text.substr(at).starts_with(kYear)) return {};
  return {2000 + (text[2] - '0') * 10 + (text[3] - '0'), at + kYear.size()};
}

}  // namespace

int OnlyYearIn(std::string_view title) {
  int found = 0;
  for (size_t at = title.find("20"); at != std::string_view::npos; at = title.find("20", at + 2)) {
    const Year year = YearAt(title.substr(at));
    if (year.size == 0 || year.year == found) continue;
    if (found != 0) return 0;
    found = year.year;
  }
  return found;
}

WordFinder::WordFinder() { slots_.fill(-1); }

size_t WordFinder::SlotOf(const char* at) {
  uint32_t low = 0;
  uint16_t high = 0;
  std::memcpy(&low, at, sizeof(low));
  std::memcpy(&high, at + sizeof(low), sizeof(high));
  const uint64_t head = low | (static_cast<uint64_t>(high) << 32);
  return static_cast<size_t>((head * 0x9E3779B97F4A7C15ULL) >> (64 - kSlotBits));
}

void WordFinder::Add(std::string_view word, WordKind kind, int index) {
  if (word.size() < kHeadBytes) return;
  int32_t& slot = slots_[SlotOf(word.data())];
  entries_.push_back({word, kind, index, slot});
  slot = static_cast<int32_t>(entries_.size()) - 1;
}

void WordFinder::Find(std::string_view text, int passage, std::vector<WordHit>& hits) const {
  bool in_number = false;
  for (size_t i = 0; i + kHeadBytes <= text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead == '2' && !in_number) {
      const Year year = YearAt(text.substr(i));
      if (year.size > 0) hits.push_back({WordKind::kYear, year.year, passage, i, year.size});
    }
    in_number = lead < 0x80 && IsDigit(text[i]);
    for (int32_t e = slots_[SlotOf(text.data() + i)]; e >= 0; e = entries_[static_cast<size_t>(e)].next) {
      const Entry& entry = entries_[static_cast<size_t>(e)];
      if (text.compare(i, entry.word.size(), entry.word) != 0) continue;
      hits.push_back({entry.kind, entry.index, passage, i, entry.word.size()});
    }
    i += CharacterBytes(lead);
  }
}

}  // namespace jixiao::scoring
