#include "scoring/core/view/findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "common/base/log.h"
#include "common/domain/decimal.h"

namespace jixiao::scoring {
namespace {

using report::v1::Address;

// Document order: narrative, base data table, evaluation tables, the rest.
auto OrderOf(const Address& address) {
  return std::make_tuple(address.part(), address.part_index(), address.row_index(), address.column_index(),
                         address.start_char());
}

}  // namespace

Address DocumentPlace(std::string_view label) {
  Address address;
  address.set_label(std::string(label));
  address.set_part(report::v1::PART_DOCUMENT);
  return address;
}

Observation ScoreAboveWeight(Address place, int64_t score, int64_t weight) {
  return {.rule_id = "OVER_WEIGHT",
          .places = {std::move(place)},
          .value = FormatPoints(score) + " 分",
          .expected = fmt::format("不超过分值 {} 分", FormatPoints(weight)),
          .difference = fmt::format("超出 {} 分", FormatPoints(score - weight))};
}

std::string MoreOrLess(int64_t difference) {
  return fmt::format("{} {} 分", difference > 0 ? "多" : "少", FormatPoints(std::abs(difference)));
}

v1::Suggestion& Suggest(const Address& place, std::string_view from, std::string_view to, std::string text,
                        v1::Finding& finding) {
  v1::Suggestion& suggestion = *finding.add_suggestions();
  suggestion.set_text(std::move(text));
  v1::SuggestedChange& change = *suggestion.add_changes();
  *change.mutable_address() = place;
  change.set_from(std::string(from));
  change.set_to(std::string(to));
  return suggestion;
}

const v1::Rule* Findings::RuleOf(std::string_view rule_id) const {
  for (const v1::Rule& rule : rule_set_.rules()) {
    if (rule.id() == rule_id) return &rule;
  }
  return nullptr;
}

v1::Finding* Findings::Add(Observation observation) {
  const v1::Rule* found = RuleOf(observation.rule_id);
  if (found == nullptr) return nullptr;
  JIXIAO_CHECK(!observation.places.empty());
  const v1::Rule& rule = *found;
  v1::Finding& finding = findings_.emplace_back();
  finding.set_id(fmt::format("{}-{}", rule.id(), ++counts_[rule.id()]));
  finding.set_rule_id(rule.id());
  finding.set_title(rule.title());
  finding.set_severity(rule.severity());
  for (Address& place : observation.places) *finding.add_places() = std::move(place);
  finding.set_value(std::move(observation.value));
  finding.set_expected(std::move(observation.expected));
  if (!observation.difference.empty()) finding.set_difference(std::move(observation.difference));
  finding.set_why(rule.why());
  finding.set_how_to_fix(rule.how_to_fix());
  finding.set_clause(rule.clause());
  return &finding;
}

std::vector<v1::Finding*> Findings::OfRule(std::string_view rule_id, int table_index) {
  std::vector<v1::Finding*> found;
  for (v1::Finding& finding : findings_) {
    const Address& place = finding.places(0);
    if (finding.rule_id() == rule_id && place.part() == report::v1::PART_EVALUATION_TABLE &&
        place.part_index() == table_index) {
      found.push_back(&finding);
    }
  }
  return found;
}

v1::Finding* Findings::Find(std::string_view id) {
  for (v1::Finding& finding : findings_) {
    if (finding.id() == id) return &finding;
  }
  return nullptr;
}

std::vector<v1::Finding> Findings::Finish() {
  const auto by_weight = [](const v1::Finding* a, const v1::Finding* b) {
    if (a->severity() != b->severity()) return a->severity() < b->severity();
    return OrderOf(a->places(0)) < OrderOf(b->places(0));
  };
  std::vector<v1::Finding*> roots;
  std::map<std::string, std::vector<v1::Finding*>, std::less<>> dependants;
  for (v1::Finding& finding : findings_) {
    if (finding.caused_by_size() == 0) {
      roots.push_back(&finding);
    } else {
      dependants[finding.caused_by(0)].push_back(&finding);
    }
  }
  // A root comes the earlier among its equals the more it explains.
  const auto explained = [&](const v1::Finding* root) {
    const auto it = dependants.find(root->id());
    return it == dependants.end() ? size_t{0} : it->second.size();
  };
  std::stable_sort(roots.begin(), roots.end(), [&](const v1::Finding* a, const v1::Finding* b) {
    if (a->severity() != b->severity()) return a->severity() < b->severity();
    if (explained(a) != explained(b)) return explained(a) > explained(b);
    return by_weight(a, b);
  });
  std::vector<v1::Finding> ordered;
  ordered.reserve(findings_.size());
  for (v1::Finding* root : roots) {
    const auto follow = dependants.find(root->id());
    ordered.push_back(std::move(*root));
    if (follow == dependants.end()) continue;
    std::stable_sort(follow->second.begin(), follow->second.end(), by_weight);
    for (v1::Finding* finding : follow->second) ordered.push_back(std::move(*finding));
  }
  // A cause is itself a root, so nothing is lost.
  JIXIAO_CHECK(ordered.size() == findings_.size());
  return ordered;
}

}  // namespace jixiao::scoring
