#include "conformance/consistency.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>

#include "common/base/text.h"
#include "common/domain/decimal.h"

namespace jixiao::conformance {
namespace {

using report::v1::EvaluationTable;
using report::v1::Value;
using scoring::v1::Relation;
using scoring::v1::RuleSet;

// Keys of cells by the number of their row, which name the same figures as the
// keys by role.
std::map<const Value*, std::string> RowKeys(const EvaluationTable& table) {
  std::map<const Value*, std::string> keys;
  for (int n = 0; n < table.fund_rows_size(); ++n) {
    const auto& row = table.fund_rows(n);
    const std::string prefix = fmt::format("table.fund_rows.{}.", n);
    keys[&row.initial_budget()] = prefix + "initial";
    keys[&row.adjusted_budget()] = prefix + "adjusted";
    keys[&row.executed()] = prefix + "executed";
    keys[&row.weight()] = prefix + "weight";
    keys[&row.execution_rate()] = prefix + "rate";
    keys[&row.score()] = prefix + "score";
  }
  for (int n = 0; n < table.tasks_size(); ++n) {
    const auto& task = table.tasks(n);
    const std::string prefix = fmt::format("table.tasks.{}.", n);
    keys[&task.budget()] = prefix + "budget";
    keys[&task.executed()] = prefix + "executed";
    keys[&task.execution_rate()] = prefix + "rate";
  }
  return keys;
}

// Figures by key, as one evaluation table sees them.
class Index {
 public:
  Index(const Draft& draft, int table) : draft_(draft) {
    const EvaluationTable& own = draft.report().content().evaluation_tables(table);
    const bool is_department = own.kind() == report::v1::REPORT_KIND_DEPARTMENT;
    const auto row_keys = RowKeys(own);
    for (size_t i = 0; i < draft.figures().size(); ++i) {
      const Figure& figure = draft.figures()[i];
      const int number = static_cast<int>(i);
      if (figure.table == table || (figure.table == -1 && is_department)) {
        by_key_[figure.key].push_back(number);
        if (const auto row = row_keys.find(figure.cell); row != row_keys.end() && row->second != figure.key) {
          by_key_[row->second].push_back(number);
        }
      } else if (is_department && figure.key.starts_with("table.funds.total.")) {
        by_key_[fmt::format("projects.{}.{}", figure.table, figure.key.substr(18))].push_back(number);
      }
    }
  }

  const Draft& draft() const { return draft_; }

  // All figures of one key.
  std::vector<int> Of(const std::string& key) const {
    const auto it = by_key_.find(key);
    return it == by_key_.end() ? std::vector<int>{} : it->second;
  }

  // The keys a term names, each with its figures; `*` stands for anything.
  std::vector<std::vector<int>> Match(const std::string& term) const {
    const size_t star = term.find('*');
    if (star == std::string::npos) {
      const auto figures = Of(term);
      return figures.empty() ? std::vector<std::vector<int>>{} : std::vector<std::vector<int>>{figures};
    }
    const std::string prefix = term.substr(0, star);
    const std::string suffix = term.substr(star + 1);
    std::vector<std::vector<int>> found;
    for (auto it = by_key_.lower_bound(prefix); it != by_key_.end() && it->first.starts_with(prefix); ++it) {
      const bool is_known = std::find(found.begin(), found.end(), it->second) != found.end();
      if (it->first.ends_with(suffix) && !is_known) found.push_back(it->second);
    }
    return found;
  }

  // Rows that `table.fund_rows.*` stands for.
  int RowCount(const std::string& for_each) const {
    const std::string prefix = for_each.substr(0, for_each.find('*'));
    int count = 0;
    for (auto it = by_key_.lower_bound(prefix); it != by_key_.end() && it->first.starts_with(prefix); ++it) {
      count = std::max(count, std::atoi(it->first.c_str() + prefix.size()) + 1);
    }
    return count;
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

std::string KeyFor(const std::string& key, int row) { return ReplaceAll(key, "{}", fmt::format("{}", row)); }

std::optional<Side> SideOf(const google::protobuf::RepeatedPtrField<scoring::v1::Term>& terms, int row,
                           const Index& index, const RuleSet& rule_set) {
  Side side;
  for (const auto& term : terms) {
    if (term.fact() == "rule.total") {
      side.constant += rule_set.total_points_milli();
      continue;
    }
    const auto found = index.Match(KeyFor(term.fact(), row));
    if (found.empty() && term.required()) return std::nullopt;
    side.terms.insert(side.terms.end(), found.begin(), found.end());
  }
  return side;
}

// A stated rate or score against the quotient of two sums.
bool RatioHolds(const Relation& relation, int64_t left, int64_t right, int64_t stated, int64_t whole) {
  if (right <= 0) return true;
  int64_t quotient = MulDiv(whole, left, right);
  if (relation.has_cap_ppm()) quotient = std::min(quotient, MulDiv(whole, relation.cap_ppm(), 1'000'000));
  const int64_t step = std::max<int64_t>(relation.rounding_step(), 1);
  quotient = MulDiv(quotient, 1, step) * step;
  return std::abs(stated - quotient) <= std::max(relation.tolerance(), relation.rounding_tolerance());
}

// The `choice`-th figure of every key of a side.
void Choose(const Side& side, size_t choice, std::vector<int>& figures) {
  for (const auto& of_key : side.terms) figures.push_back(of_key[choice < of_key.size() ? choice : 0]);
}

// Appends one comparison; none if a figure that it needs is not there.
void CompareOnce(const Relation& relation, int row, const Side& left, const Side& right, const Index& index,
                 size_t choice, std::vector<Comparison>& out) {
  Comparison comparison;
  comparison.rule_id = relation.rule_id();
  comparison.relation = &relation;
  comparison.is_bound = relation.comparison() == scoring::v1::COMPARISON_AT_MOST;
  comparison.left_constant = left.constant;
  comparison.right_constant = right.constant;
  Choose(left, choice, comparison.figures);
  comparison.left_count = comparison.figures.size();
  Choose(right, choice, comparison.figures);
  if (relation.comparison() == scoring::v1::COMPARISON_RATIO) {
    const auto stated = index.Of(KeyFor(relation.stated(), row));
    const auto scale = relation.has_scale() ? index.Of(KeyFor(relation.scale(), row)) : std::vector<int>{};
    if (stated.empty() || (relation.has_scale() && scale.empty())) return;
    comparison.stated = stated[0];
    if (!scale.empty()) comparison.scale = scale[0];
    comparison.figures.push_back(stated[0]);
  }
  comparison.holds = HoldsNow(comparison, index.draft());
  out.push_back(std::move(comparison));
}

void CompareRow(const Relation& relation, int row, const Index& index, const RuleSet& rule_set,
                std::vector<Comparison>& out) {
  const auto left = SideOf(relation.left(), row, index, rule_set);
  const auto right = SideOf(relation.right(), row, index, rule_set);
  if (!left || !right || left->terms.empty() || (right->terms.empty() && right->constant == 0)) return;
  size_t choices = 1;
  for (const Side* side : {&*left, &*right}) {
    for (const auto& figures : side->terms) choices = std::max(choices, figures.size());
  }
  for (size_t choice = 0; choice < choices; ++choice) CompareOnce(relation, row, *left, *right, index, choice, out);
}

}  // namespace

bool HoldsNow(const Comparison& comparison, const Draft& draft) {
  const Relation& relation = *comparison.relation;
  int64_t left = comparison.left_constant;
  int64_t right = comparison.right_constant;
  const size_t added = comparison.figures.size() - (comparison.stated >= 0 ? 1 : 0);
  for (size_t i = 0; i < added; ++i) {
    (i < comparison.left_count ? left : right) += draft.at(comparison.figures[i]).number;
  }
  if (comparison.stated >= 0) {
    const int64_t whole = comparison.scale >= 0 ? draft.at(comparison.scale).number : 1'000'000;
    return RatioHolds(relation, left, right, draft.at(comparison.stated).number, whole);
  }
  if (comparison.is_bound) return left - right <= relation.tolerance();
  return std::abs(left - right) <= relation.tolerance();
}

std::vector<Comparison> Compare(const Draft& draft, const RuleSet& rule_set) {
  std::vector<Comparison> out;
  for (int table = 0; table < draft.report().content().evaluation_tables_size(); ++table) {
    const Index index(draft, table);
    for (const Relation& relation : rule_set.relations()) {
      const int rows = relation.has_for_each() ? index.RowCount(relation.for_each()) : 1;
      for (int row = 0; row < rows; ++row) CompareRow(relation, row, index, rule_set, out);
    }
  }
  return out;
}

}  // namespace jixiao::conformance
