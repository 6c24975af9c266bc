#include "scoring/core/facts/facts.h"

#include <algorithm>
#include <cstdlib>

namespace jixiao::scoring {
namespace {

constexpr size_t kFirstSlots = 512;
constexpr int32_t kFree = -1;

// Equal, or equal once the one with more decimals is rounded like the other.
// Figures without decimals are not taken for rounded: 0 is not 0.21.
bool Agree(const Fact& a, const Fact& b) {
  if (a.value == b.value) return true;
  const Fact& coarse = a.step >= b.step ? a : b;
  return coarse.decimals > 0 && std::abs(a.value - b.value) * 2 <= coarse.step;
}

}  // namespace

report::v1::Address Fact::address() const {
  if (cell != nullptr) return cell->address();
  if (passage != nullptr) return SpanOf(PlaceOf(*passage), *mention);
  return {};
}

// Position of `key` in slots_, or of the free slot where it belongs.
size_t Facts::SlotOf(FactKey key) const {
  const auto mixed = (static_cast<uint64_t>(key.family) << 32 | static_cast<uint32_t>(key.number)) * 0x9E3779B97F4A7C15;
  size_t slot = static_cast<size_t>(mixed >> 40) & (slots_.size() - 1);
  while (slots_[slot] != kFree && entries_[static_cast<size_t>(slots_[slot])].key != key) {
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return slot;
}

void Facts::Grow() {
  if (slots_.size() > entries_.size() * 2) return;
  slots_.assign(std::max(kFirstSlots, slots_.size() * 2), kFree);
  for (size_t i = 0; i < entries_.size(); ++i) slots_[SlotOf(entries_[i].key)] = static_cast<int32_t>(i);
}

void Facts::Merge(int index, const Fact& fact) {
  Fact& known = facts_[static_cast<size_t>(index)];
  if (known.is_approximate != fact.is_approximate) {
    if (known.is_approximate) known = fact;
  } else if (!Agree(known, fact)) {
    known.is_ambiguous = true;
  } else if (fact.step < known.step) {
    const bool is_ambiguous = known.is_ambiguous;
    known = fact;
    known.is_ambiguous = is_ambiguous;
  }
}

int Facts::Add(FactKey key, Fact fact) {
  if (const int known = IndexOf(key); known >= 0) {
    Merge(known, fact);
    return known;
  }
  facts_.push_back(fact);
  keys_.push_back(key);
  AddKey(key, size() - 1);
  return size() - 1;
}

void Facts::AddKey(FactKey key, int index) {
  Grow();
  const size_t slot = SlotOf(key);
  if (slots_[slot] != kFree) {
    const int known = entries_[static_cast<size_t>(slots_[slot])].index;
    if (known != index) Merge(known, at(index));
    return;
  }
  slots_[slot] = static_cast<int32_t>(entries_.size());
  entries_.push_back({key, index});
}

const Fact* Facts::Find(FactKey key) const {
  const int index = IndexOf(key);
  return index < 0 ? nullptr : &at(index);
}

const Fact* Facts::Find(std::string_view key) const {
  const int index = IndexOf(key);
  return index < 0 ? nullptr : &at(index);
}

int Facts::IndexOf(FactKey key) const {
  if (slots_.empty()) return -1;
  const int32_t entry = slots_[SlotOf(key)];
  return entry == kFree ? -1 : entries_[static_cast<size_t>(entry)].index;
}

int Facts::IndexOf(std::string_view key) const {
  const std::optional<FactKey> found = FindKey(key);
  return found ? IndexOf(*found) : -1;
}

std::vector<int> Facts::IndexesOf(const KeyPattern& keys) const {
  std::vector<int> found;
  for (const Entry& entry : entries_) {
    if (keys.Covers(entry.key)) found.push_back(entry.index);
  }
  // A fact with two keys below one prefix counts once.
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<int> Facts::IndexesOf(std::string_view key) const {
  if (const int index = IndexOf(key); index >= 0) return {index};
  return key.find('*') == std::string_view::npos ? std::vector<int>() : IndexesOf(FindKeys(key));
}

std::vector<const Fact*> Facts::Match(std::string_view key) const {
  std::vector<const Fact*> found;
  for (const int index : IndexesOf(key)) found.push_back(&at(index));
  return found;
}

std::vector<int> Facts::NumbersOf(std::string_view group) const {
  const KeyPattern keys = FindKeys(group);
  std::vector<int> numbers;
  for (const Entry& entry : entries_) {
    if (keys.Covers(entry.key)) numbers.push_back(entry.key.number);
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

}  // namespace jixiao::scoring
