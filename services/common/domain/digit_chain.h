// For the personal-data rules: digits as people write them, in groups.
#ifndef JIXIAO_COMMON_DOMAIN_DIGIT_CHAIN_H_
#define JIXIAO_COMMON_DOMAIN_DIGIT_CHAIN_H_

#include <algorithm>
#include <cstddef>
#include <vector>

#include "common/domain/scan_copy.h"

namespace jixiao {

// Digits in a row, and what separates them from the digits before.
struct DigitGroup {
  size_t begin;
  size_t end;
  enum class Link { kNone, kBlank, kHyphen } link = Link::kNone;

  size_t size() const { return end - begin; }
};

// Groups that blanks, hyphens or the bracket of an area code join.
using DigitChain = std::vector<DigitGroup>;

// The chains of `copy`, without the digits already taken.
std::vector<DigitChain> DigitChains(const ScanCopy& copy, const std::vector<bool>& taken);

// True if groups [first, last] may be one number: written in groups as people
// do, spaced out evenly, or alone in the chain. A row of table figures is not.
bool MayBeOneNumber(const DigitChain& chain, size_t first, size_t last);

// Calls `look(begin, end)` for the runs of groups that may be one number,
// longest first, as characters of the copy; `look` returns true if it took them.
template <typename Look>
void ForEachNumber(const DigitChain& chain, Look look) {
  for (size_t first = 0; first < chain.size(); ++first) {
    for (size_t last = std::min(chain.size(), first + 20); last-- > first;) {
      if (MayBeOneNumber(chain, first, last) && look(chain[first].begin, chain[last].end)) {
        first = last;
        break;
      }
    }
  }
}

}  // namespace jixiao

#endif  // JIXIAO_COMMON_DOMAIN_DIGIT_CHAIN_H_
