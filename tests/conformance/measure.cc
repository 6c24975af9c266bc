#include "conformance/measure.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "common/domain/decimal.h"

namespace jixiao::conformance {
namespace {

using report::v1::Address;
using scoring::v1::Finding;
using scoring::v1::SuggestedChange;
using scoring::v1::Suggestion;
using Changes = google::protobuf::RepeatedPtrField<SuggestedChange>;

bool StandsForPart(const Address& address) { return !address.has_row_index() && !address.has_column_index(); }

// Exactly this cell, or this figure of a sentence.
bool IsSameCell(const Address& a, const Address& b) {
  return a.part() == b.part() && a.part_index() == b.part_index() && a.row_index() == b.row_index() &&
         a.column_index() == b.column_index() && a.start_char() == b.start_char();
}

// A written figure in 1/10^6 of its own unit, money in 万元 where no unit says
// otherwise; with the place of its last digit.
struct Quantity {
  int64_t micro = 0;
  int64_t last_place = 1;
};

std::optional<Quantity> QuantityOf(std::string_view text) {
  const size_t length = DecimalPrefixLength(text);
  const auto decimal = ParseDecimal(text.substr(0, length));
  if (!decimal || decimal->scale > 6) return std::nullopt;
  const std::string_view unit = text.substr(length);
  const int digits = unit == "元" ? 2 : unit == "亿元" ? 10 : 6;
  const auto micro = Rescale(*decimal, digits);
  if (!micro) return std::nullopt;
  Quantity quantity{*micro, 1};
  for (int i = decimal->scale; i < digits; ++i) quantity.last_place *= 10;
  return quantity;
}

// `35` and `35人`, `477.48万元` and `4774760.72元` say the same.
bool SaysSame(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const auto x = QuantityOf(a);
  const auto y = QuantityOf(b);
  if (!x || !y) return false;
  return std::abs(x->micro - y->micro) * 2 <= std::max(x->last_place, y->last_place) &&
         (x->last_place != y->last_place || x->micro == y->micro);
}

const SuggestedChange* ChangeOf(const Address& cell, const Changes& changes) {
  for (const SuggestedChange& change : changes) {
    if (IsSameCell(cell, change.address())) return &change;
  }
  return nullptr;
}

bool Touches(const Suggestion& suggestion, const v1::Mistake& mistake) {
  return std::any_of(suggestion.changes().begin(), suggestion.changes().end(),
                     [&](const auto& change) { return ChangeOf(change.address(), mistake.changes()) != nullptr; });
}

bool HasRightCause(const Suggestion& suggestion, const v1::Mistake& mistake) {
  return std::find(mistake.causes().begin(), mistake.causes().end(), suggestion.cause()) != mistake.causes().end();
}

// Every cell that can be told is named with what stood there; no other cell is,
// but for those that follow.
bool HasRightCells(const Suggestion& suggestion, const v1::Mistake& mistake) {
  for (const SuggestedChange& wanted : mistake.changes()) {
    const SuggestedChange* change = ChangeOf(wanted.address(), suggestion.changes());
    if (!wanted.has_to()) continue;
    if (change == nullptr || !SaysSame(change->to(), wanted.to())) return false;
  }
  return std::all_of(suggestion.changes().begin(), suggestion.changes().end(), [&](const auto& change) {
    return ChangeOf(change.address(), mistake.changes()) != nullptr ||
           ChangeOf(change.address(), mistake.consequences()) != nullptr;
  });
}

bool SaysPlacesDiffer(const Suggestion& suggestion) {
  return suggestion.cause() == scoring::v1::CAUSE_PLACES_DIFFER && suggestion.changes_size() != 1;
}

// One of the suggestions that are said to be equally likely is the truth.
bool HoldsTruthInTie(const Finding& finding, const v1::Mistake& mistake) {
  if (finding.suggestions_size() == 0 || finding.suggestions(0).likelihood() != scoring::v1::LIKELIHOOD_TIED) {
    return false;
  }
  return std::any_of(finding.suggestions().begin(), finding.suggestions().end(), [&](const Suggestion& suggestion) {
    return suggestion.likelihood() == scoring::v1::LIKELIHOOD_TIED && HasRightCause(suggestion, mistake) &&
           HasRightCells(suggestion, mistake);
  });
}

bool IsDetectedBy(const Finding& finding, const v1::Mistake& mistake) {
  const auto& ids = mistake.rule_ids();
  if (std::find(ids.begin(), ids.end(), finding.rule_id()) == ids.end()) return false;
  return std::any_of(finding.places().begin(), finding.places().end(), [&](const Address& place) {
    return std::any_of(mistake.places().begin(), mistake.places().end(),
                       [&](const Address& wanted) { return IsSamePlace(place, wanted); });
  });
}

}  // namespace

bool IsSamePlace(const Address& a, const Address& b) {
  if (a.part() != b.part() || a.part_index() != b.part_index()) return false;
  if (StandsForPart(a) || StandsForPart(b)) return true;
  if (a.row_index() != b.row_index() || a.column_index() != b.column_index()) return false;
  return !a.has_start_char() || !b.has_start_char() || a.start_char() == b.start_char();
}

Outcome Measure(const v1::Mistake& mistake, const Findings& findings) {
  Outcome outcome;
  outcome.asks_cause = mistake.causes_size() > 0;
  outcome.asks_cells = outcome.asks_cause && mistake.changes_size() > 0;
  outcome.is_undecidable = mistake.is_undecidable();
  for (const Finding& finding : findings) {
    if (IsDetectedBy(finding, mistake)) outcome.is_detected = true;
    if (finding.caused_by_size() > 0 || finding.suggestions_size() == 0) continue;
    const Suggestion& first = finding.suggestions(0);
    const bool is_tie = HoldsTruthInTie(finding, mistake) || (SaysPlacesDiffer(first) && Touches(first, mistake));
    if (is_tie) outcome.is_tie = true;
    if (!Touches(first, mistake)) continue;
    if (HasRightCause(first, mistake)) outcome.is_cause_right = true;
    if (HasRightCause(first, mistake) && HasRightCells(first, mistake)) outcome.are_cells_right = true;
  }
  // Where nothing tells the two apart, saying so is the right answer.
  if (outcome.is_undecidable && outcome.is_tie) {
    outcome.is_cause_right = true;
    outcome.are_cells_right = true;
  }
  return outcome;
}

}  // namespace jixiao::conformance
