// Says which names a list may show: scopes as ranges of the stores' primary key,
// so that a store walks only over what the caller may see.
#ifndef JIXIAO_INTAKE_ADAPTERS_STORE_SCOPE_RANGES_H_
#define JIXIAO_INTAKE_ADAPTERS_STORE_SCOPE_RANGES_H_

#include <compare>
#include <string>
#include <vector>

#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

// A place in the order of names: a division and a name without its division.
struct NamePlace {
  std::string division_code;
  std::string local;

  auto operator<=>(const NamePlace&) const = default;
};

// Names from `first` up to but not including `end`, of some years.
struct NameRange {
  NamePlace first;
  NamePlace end;
  int first_fiscal_year = 0;
  int last_fiscal_year = 9999;
};

// First text behind all that begin with `prefix`, which is ASCII.
std::string EndOfPrefix(const std::string& prefix);

// Ranges of `filter`'s division prefix, scopes and year behind `after`
// (exclusive), by their first name. They may overlap. Holds what ScopeCovers
// holds, for the names of submissions.
std::vector<NameRange> RangesOf(const ListFilter& filter, const std::optional<SubmissionKey>& after);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_STORE_SCOPE_RANGES_H_
