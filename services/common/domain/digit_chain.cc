#include "common/domain/digit_chain.h"

namespace jixiao {

std::vector<DigitChain> DigitChains(const ScanCopy& copy, const std::vector<bool>& taken) {
  const auto at = [&](size_t i) { return i < copy.size() ? copy[i].c : U'\0'; };
  std::vector<DigitChain> chains;
  for (size_t i = 0; i < copy.size();) {
    if (!IsDigit(at(i)) || taken[i]) {
      ++i;
      continue;
    }
    DigitGroup group = {i, i + 1};
    while (group.end < copy.size() && IsDigit(at(group.end)) && !copy[group.end].follows_blank) ++group.end;
    if (!chains.empty()) {
      const size_t last = chains.back().back().end;
      const bool is_bracketed =
          at(last) == ')' && chains.back().back().size() <= 4 && at(chains.back().back().begin) == '0';
      if (last == i) group.link = DigitGroup::Link::kBlank;
      if (last + 1 == i && (at(last) == '-' || is_bracketed)) group.link = DigitGroup::Link::kHyphen;
    }
    if (group.link == DigitGroup::Link::kNone) chains.emplace_back();
    chains.back().push_back(group);
    i = group.end;
  }
  return chains;
}

bool MayBeOneNumber(const DigitChain& chain, size_t first, size_t last) {
  if (first == last) return true;
  size_t smallest = chain[first].size();  // the last group may be a rest
  size_t largest = smallest;
  bool has_hyphen = false;
  for (size_t i = first; i <= last; ++i) {
    if (i < last) smallest = std::min(smallest, chain[i].size());
    largest = std::max(largest, chain[i].size());
    has_hyphen |= i > first && chain[i].link == DigitGroup::Link::kHyphen;
  }
  const bool is_whole = first == 0 && last + 1 == chain.size();
  if (smallest >= 3 && (chain[last].size() >= 3 || (is_whole && largest >= 4))) return true;
  if (has_hyphen || !is_whole) return false;
  return largest <= 2 || (largest >= 4 && last - first < 4);
}

}  // namespace jixiao
