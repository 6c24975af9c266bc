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

Facts::Facts() : is_numbered_(&NumberedFamilies()), families_(is_numbered_->size()) {
  constexpr size_t kUsual = 256;
  facts_.reserve(kUsual);
  values_.reserve(kUsual);
  keys_.reserve(kUsual);
  entries_.reserve(2 * kUsual);
}

// Position of `key` in slots_, or of the free slot where it belongs. Rows are
// looked up one after the other, so neighbours stand side by side.
size_t Facts::SlotOf(FactKey key) const {
  constexpr uint32_t kNeighbours = 8;
  const auto number = static_cast<uint32_t>(key.number);
  const auto mixed = (static_cast<uint64_t>(key.family) << 32 | number / kNeighbours) * 0x9E3779B97F4A7C15;
  size_t slot = (static_cast<size_t>(mixed >> 40) * kNeighbours + number % kNeighbours) & (slots_.size() - 1);
  while (slots_[slot] != kFree && EntryAt(slots_[slot]).key != key) slot = (slot + 1) & (slots_.size() - 1);
  return slot;
}

void Facts::Grow() {
  if (slots_.size() > entries_.size() * 2) return;
  slots_.assign(std::max(kFirstSlots, slots_.size() * 2), kFree);
  for (size_t i = 0; i < entries_.size(); ++i) {
    if (IsNumbered(entries_[i].key)) slots_[SlotOf(entries_[i].key)] = static_cast<int32_t>(i);
  }
}

// Position in entries_; -1 if absent.
int32_t Facts::FindEntry(FactKey key) const {
  if (!IsNumbered(key)) return families_[static_cast<size_t>(key.family)].first;
  return slots_.empty() ? kFree : slots_[SlotOf(key)];
}

void Facts::Merge(int index, const Fact& fact) {
  Fact& known = facts_[static_cast<size_t>(index)];
  if (known.is_approximate != fact.is_approximate) {
    if (known.is_approximate) known = fact;
  } else if (!Agree(known, fact)) {
    known.is_ambiguous = true;
    if (fact.passage != nullptr && known.passage != nullptr) rivals_.push_back({index, fact});
  } else if (fact.step < known.step) {
    const bool is_ambiguous = known.is_ambiguous;
    known = fact;
    known.is_ambiguous = is_ambiguous;
  }
  values_[static_cast<size_t>(index)] = known.value;
}

std::vector<const Fact*> Facts::RivalsOf(int index) const {
  std::vector<const Fact*> found;
  for (const Rival& rival : rivals_) {
    if (rival.index == index) found.push_back(&rival.fact);
  }
  return found;
}

// The position of the fact that `key` names; if it names none, it names the one
// at `index` from now on.
int Facts::Claim(FactKey key, int index) {
  const auto entry = static_cast<int32_t>(entries_.size());
  Chain& chain = families_[static_cast<size_t>(key.family)];
  if (IsNumbered(key)) {
    Grow();
    int32_t& slot = slots_[SlotOf(key)];
    if (slot != kFree) return EntryAt(slot).index;
    slot = entry;
  } else if (chain.first != kFree) {
    return EntryAt(chain.first).index;
  }
  entries_.push_back({key, index, kFree});
  if (chain.first == kFree) chain.first = entry;
  if (chain.last != kFree) entries_[static_cast<size_t>(chain.last)].next = entry;
  chain.last = entry;
  return index;
}

int Facts::Add(FactKey key, const Fact& fact) {
  const int index = Claim(key, size());
  if (index < size()) {
    Merge(index, fact);
    return index;
  }
  facts_.push_back(fact);
  values_.push_back(fact.value);
  keys_.push_back(key);
  return index;
}

void Facts::AddKey(FactKey key, int index) {
  if (const int known = Claim(key, index); known != index) Merge(known, at(index));
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
  const int32_t entry = FindEntry(key);
  return entry == kFree ? -1 : EntryAt(entry).index;
}

int Facts::IndexOf(std::string_view key) const {
  const std::optional<FactKey> found = FindKey(key);
  return found ? IndexOf(*found) : -1;
}

template <typename Visit>
void Facts::ForEach(const KeyPattern& keys, Visit visit) const {
  for (const int32_t family : *keys.families) {
    for (int32_t e = families_[static_cast<size_t>(family)].first; e != kFree; e = EntryAt(e).next) {
      if (!keys.number || *keys.number == EntryAt(e).key.number) visit(EntryAt(e));
    }
  }
}

int Facts::IndexOf(const KeyPattern& keys) const {
  if (keys.is_one_key) return keys.families->empty() ? -1 : IndexOf({keys.families->front(), keys.number.value_or(0)});
  const std::vector<int> found = IndexesOf(keys);
  return found.size() == 1 ? found.front() : -1;
}

void Facts::AppendIndexesOf(const KeyPattern& keys, FactIndexes& found) const {
  if (keys.is_one_key) {
    if (const int index = IndexOf(keys); index >= 0) found.push_back(index);
    return;
  }
  const auto first = static_cast<std::ptrdiff_t>(found.size());
  ForEach(keys, [&](const Entry& entry) { found.push_back(entry.index); });
  // In document order; a fact with two keys below one prefix counts once.
  std::sort(found.begin() + first, found.end());
  found.erase(std::unique(found.begin() + first, found.end()), found.end());
}

std::vector<int> Facts::IndexesOf(const KeyPattern& keys) const {
  FactIndexes found;
  AppendIndexesOf(keys, found);
  return {found.begin(), found.end()};
}

std::vector<int> Facts::IndexesOf(std::string_view key) const { return IndexesOf(FindKeys(key)); }

std::vector<const Fact*> Facts::Match(std::string_view key) const {
  std::vector<const Fact*> found;
  for (const int index : IndexesOf(key)) found.push_back(&at(index));
  return found;
}

std::vector<int> Facts::NumbersOf(std::string_view group) const { return NumbersOf(FindKeys(group)); }

std::vector<int> Facts::NumbersOf(const KeyPattern& group) const {
  std::vector<int> numbers;
  ForEach(group, [&](const Entry& entry) { numbers.push_back(entry.key.number); });
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

}  // namespace jixiao::scoring
