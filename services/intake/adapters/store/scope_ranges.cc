#include "intake/adapters/store/scope_ranges.h"

#include <algorithm>
#include <utility>

namespace jixiao::intake {
namespace {

// Behind each name with this division.
NamePlace EndOfDivision(const std::string& division_code) { return {EndOfPrefix(division_code), ""}; }

NameRange RangeOf(const Scope& scope) {
  NameRange range;
  switch (scope.kind) {
    case Scope::Kind::kSubtree: {
      const std::string prefix = DivisionPrefix(scope.division_code);
      range.first = {prefix, ""};
      range.end = EndOfDivision(prefix);
      break;
    }
    case Scope::Kind::kOwnLevel:
      range.first = {scope.division_code, ""};
      range.end = EndOfDivision(scope.division_code);
      break;
    case Scope::Kind::kUnit:
      // A local name goes on with a dot behind the unit code.
      range.first = {scope.division_code, scope.unit_code + "."};
      range.end = {scope.division_code, scope.unit_code + "/"};
      break;
  }
  range.first_fiscal_year = scope.first_fiscal_year;
  range.last_fiscal_year = scope.last_fiscal_year;
  return range;
}

}  // namespace

std::string EndOfPrefix(const std::string& prefix) { return prefix + "\x7f"; }

std::vector<NameRange> RangesOf(const ListFilter& filter, const std::optional<SubmissionKey>& after) {
  NamePlace first{filter.division_prefix, ""};
  // The first text behind a name: all characters of names are greater.
  if (after.has_value()) first = std::max(first, NamePlace{after->division_code, LocalName(*after) + "\x01"});
  const NamePlace end = EndOfDivision(filter.division_prefix);

  std::vector<NameRange> ranges;
  const auto add = [&](NameRange range) {
    range.first = std::max(range.first, first);
    range.end = std::min(range.end, end);
    if (filter.fiscal_year != 0) {
      range.first_fiscal_year = std::max(range.first_fiscal_year, filter.fiscal_year);
      range.last_fiscal_year = std::min(range.last_fiscal_year, filter.fiscal_year);
    }
    if (range.first < range.end && range.first_fiscal_year <= range.last_fiscal_year) ranges.push_back(range);
  };
  if (filter.scopes.has_value()) {
    for (const Scope& scope : *filter.scopes) add(RangeOf(scope));
  } else {
    add({first, end});
  }
  std::sort(ranges.begin(), ranges.end(), [](const NameRange& a, const NameRange& b) { return a.first < b.first; });
  return ranges;
}

}  // namespace jixiao::intake
