#include "conformance/consistency.h"

#include <fmt/format.h>

#include <cstdlib>
#include <map>
#include <optional>

#include "common/domain/decimal.h"

namespace jixiao::conformance {
namespace {

using scoring::v1::RuleSet;

// Figures by key, as one evaluation table sees them.
class Index {
 public:
  Index(const Draft& draft, int table) : draft_(draft) {
    const bool is_department =
        draft.report().content().evaluation_tables(table).kind() == report::v1::REPORT_KIND_DEPARTMENT;
    for (size_t i = 0; i < draft.figures().size(); ++i) {
      const Figure& figure = draft.figures()[i];
      if (figure.table != table && (figure.table != -1 || !is_department)) continue;
      by_key_[figure.key].push_back(static_cast<int>(i));
    }
  }

  const Draft& draft() const { return draft_; }

  // All figures of one key.
  std::vector<int> Of(const std::string& key) const {
    const auto it = by_key_.find(key);
    return it == by_key_.end() ? std::vector<int>{} : it->second;
  }

  // The keys a term names, each with its figures.
  std::vector<std::vector<int>> Match(const std::string& term) const {
    std::vector<std::vector<int>> found;
    if (!term.ends_with('*')) {
      if (const auto figures = Of(term); !figures.empty()) found.push_back(figures);
      return found;
    }
    const std::string prefix = term.substr(0, term.size() - 1);
    for (auto it = by_key_.lower_bound(prefix); it != by_key_.end() && it->first.starts_with(prefix); ++it) {
      found.push_back(it->second);
    }
    return found;
  }

  std::optional<int64_t> Number(const std::string& key) const {
    const auto figures = Of(key);
    return figures.empty() ? std::nullopt : std::optional<int64_t>(draft_.at(figures[0]).number);
  }

 private:
  const Draft& draft_;
  std::map<std::string, std::vector<int>> by_key_;
};

// A side of a relation: its keys with all figures of each.
struct Side {
  std::vector<std::vector<int>> terms;
  int64_t constant = 0;
};

std::optional<Side> SideOf(const google::protobuf::RepeatedPtrField<scoring::v1::Term>& terms, const Index& index,
                           const RuleSet& rule_set) {
  Side side;
  for (const auto& term : terms) {
    if (term.fact() == "rule.total") {
      side.constant += rule_set.total_points_milli();
      continue;
    }
    const auto found = index.Match(term.fact());
    if (found.empty() && term.required()) return std::nullopt;
    side.terms.insert(side.terms.end(), found.begin(), found.end());
  }
  return side;
}

Comparison CompareOnce(const scoring::v1::Relation& relation, const Side& left, const Side& right, const Index& index,
                       size_t choice) {
  Comparison comparison;
  comparison.rule_id = relation.rule_id();
  comparison.is_equation = relation.comparison() == scoring::v1::COMPARISON_EQUAL;
  int64_t sums[2] = {left.constant, right.constant};
  for (const bool is_left : {true, false}) {
    for (const auto& figures : (is_left ? left : right).terms) {
      const int figure = figures[choice < figures.size() ? choice : 0];
      comparison.figures.push_back(figure);
      comparison.is_on_left.push_back(is_left);
      sums[is_left ? 0 : 1] += index.draft().at(figure).number;
    }
  }
  comparison.gap = sums[1] - sums[0];
  comparison.holds = comparison.is_equation ? std::abs(comparison.gap) <= relation.tolerance()
                                            : -comparison.gap <= relation.tolerance();
  return comparison;
}

void CompareRelations(const Index& index, const RuleSet& rule_set, std::vector<Comparison>& out) {
  for (const auto& relation : rule_set.relations()) {
    const auto left = SideOf(relation.left(), index, rule_set);
    const auto right = SideOf(relation.right(), index, rule_set);
    if (!left || !right || left->terms.empty() || (right->terms.empty() && right->constant == 0)) continue;
    size_t choices = 1;
    for (const Side* side : {&*left, &*right}) {
      for (const auto& figures : side->terms) choices = std::max(choices, figures.size());
    }
    for (size_t choice = 0; choice < choices; ++choice) {
      out.push_back(CompareOnce(relation, *left, *right, index, choice));
    }
  }
}

// Stated rate, overspending and pro-rata score of one row.
void CompareRow(const Index& index, const std::string& budget_key, const std::string& executed_key,
                const std::string& rate_key, const RuleSet& rule_set, std::vector<Comparison>& out) {
  const auto budget = index.Of(budget_key);
  const auto executed = index.Of(executed_key);
  const auto rate = index.Of(rate_key);
  if (budget.empty() || executed.empty()) return;
  const int64_t whole = index.draft().at(budget[0]).number;
  const int64_t part = index.draft().at(executed[0]).number;
  out.push_back({"OVERSPEND", {executed[0], budget[0]}, part <= whole, false, 0, {}});
  if (rate.empty() || whole <= 0) return;
  const int64_t stated = index.draft().at(rate[0]).number;
  const int64_t computed = MulDiv(part, 10'000, whole) * 100;
  const bool holds = std::abs(stated - computed) <= rule_set.execution().rate_rounding_ppm();
  out.push_back({"EXEC_RATE", {rate[0], budget[0], executed[0]}, holds, false, 0, {}});
}

void CompareFunds(const Index& index, const RuleSet& rule_set, std::vector<Comparison>& out) {
  for (const char* role : {"total", "fiscal", "carry_over", "other", "basic", "project"}) {
    const std::string prefix = fmt::format("table.funds.{}.", role);
    CompareRow(index, prefix + "adjusted", prefix + "executed", prefix + "rate", rule_set, out);
  }
  for (int task = 0; !index.Of(fmt::format("table.tasks.budget.{}", task)).empty(); ++task) {
    CompareRow(index, fmt::format("table.tasks.budget.{}", task), fmt::format("table.tasks.executed.{}", task),
               fmt::format("x.tasks.rate.{}", task), rule_set, out);
  }
  const auto score = index.Of("table.funds.total.score");
  const auto weight = index.Number("table.funds.total.weight");
  const auto budget = index.Of("table.funds.total.adjusted");
  const auto executed = index.Of("table.funds.total.executed");
  if (score.empty() || !weight || budget.empty() || executed.empty()) return;
  const int64_t whole = index.draft().at(budget[0]).number;
  if (whole <= 0) return;
  const int64_t pro_rata = std::min(MulDiv(*weight, index.draft().at(executed[0]).number, whole), *weight);
  const bool holds =
      std::abs(index.draft().at(score[0]).number - pro_rata) <= rule_set.execution().score_tolerance_milli();
  out.push_back({"EXEC_SCORE", {score[0], executed[0], budget[0]}, holds, false, 0, {}});
}

}  // namespace

std::vector<Comparison> Compare(const Draft& draft, const RuleSet& rule_set) {
  std::vector<Comparison> out;
  for (int table = 0; table < draft.report().content().evaluation_tables_size(); ++table) {
    const Index index(draft, table);
    CompareRelations(index, rule_set, out);
    CompareFunds(index, rule_set, out);
  }
  return out;
}

}  // namespace jixiao::conformance
