#include "scoring/core/facts/facts.h"

#include <fmt/format.h>

#include <array>

#include "scoring/core/facts/figures.h"

namespace jixiao::scoring {
namespace {

using report::v1::CostItem;
using report::v1::FundRole;
using report::v1::Value;

std::string_view KeyOf(FundRole role) {
  switch (role) {
    case report::v1::FUND_ROLE_TOTAL: return "total";
    case report::v1::FUND_ROLE_FISCAL: return "fiscal";
    case report::v1::FUND_ROLE_CARRY_OVER: return "carry_over";
    case report::v1::FUND_ROLE_OTHER: return "other";
    case report::v1::FUND_ROLE_BASIC: return "basic";
    case report::v1::FUND_ROLE_PROJECT: return "project";
    case report::v1::FUND_ROLE_GENERAL_BUDGET: return "general_budget";
    case report::v1::FUND_ROLE_GOVERNMENT_FUND: return "government_fund";
    case report::v1::FUND_ROLE_NON_TAX: return "non_tax";
    default: return "unknown";
  }
}

std::string_view KeyOf(CostItem item) {
  switch (item) {
    case report::v1::COST_ITEM_THREE_PUBLIC: return "three_public";
    case report::v1::COST_ITEM_VEHICLES: return "vehicles";
    case report::v1::COST_ITEM_VEHICLE_PURCHASE: return "vehicle_purchase";
    case report::v1::COST_ITEM_VEHICLE_RUNNING: return "vehicle_running";
    case report::v1::COST_ITEM_ABROAD: return "abroad";
    case report::v1::COST_ITEM_RECEPTION: return "reception";
    case report::v1::COST_ITEM_PROJECTS: return "projects";
    case report::v1::COST_ITEM_PROJECT: return "project";
    case report::v1::COST_ITEM_PUBLIC_FUNDS: return "public_funds";
    case report::v1::COST_ITEM_OFFICE: return "office";
    case report::v1::COST_ITEM_UTILITIES_TRAVEL: return "utilities_travel";
    case report::v1::COST_ITEM_MEETINGS_TRAINING: return "meetings_training";
    default: return "other";
  }
}

// Number of `value` if it has one in a scale that relations know.
std::optional<int64_t> NumberOf(const Value& value) {
  if (const auto fen = FenOf(value)) return fen;
  if (const auto points = PointsOf(value)) return points;
  return CountOf(value);
}

void CollectTable(const report::v1::EvaluationTable& table, Facts& facts) {
  std::map<std::string_view, int> seen;
  for (const auto& row : table.fund_rows()) {
    const std::string_view role = KeyOf(row.role());
    if (seen[role]++ > 0) continue;
    const std::string prefix = fmt::format("table.funds.{}.", role);
    facts.AddValue(prefix + "initial", row.initial_budget());
    facts.AddValue(prefix + "adjusted", row.adjusted_budget());
    facts.AddValue(prefix + "executed", row.executed());
    facts.AddValue(prefix + "weight", row.weight());
    facts.AddValue(prefix + "score", row.score());
  }
  for (const auto& part : table.by_source()) {
    facts.AddValue(fmt::format("table.source.{}", KeyOf(part.role())), part.amount());
  }
  for (const auto& part : table.by_nature()) {
    facts.AddValue(fmt::format("table.nature.{}", KeyOf(part.role())), part.amount());
  }
  for (int i = 0; i < table.tasks_size(); ++i) {
    facts.AddValue(fmt::format("table.tasks.budget.{}", i), table.tasks(i).budget());
    facts.AddValue(fmt::format("table.tasks.executed.{}", i), table.tasks(i).executed());
  }
  for (int i = 0; i < table.indicators_size(); ++i) {
    facts.AddValue(fmt::format("table.rows.weight.{}", i), table.indicators(i).weight());
    facts.AddValue(fmt::format("table.rows.score.{}", i), table.indicators(i).score());
  }
  facts.AddValue("table.total.weight", table.total_weight());
  facts.AddValue("table.total.score", table.total_score());
}

void CollectBaseData(const report::v1::BaseDataTable& base, Facts& facts) {
  facts.AddValue("base.staff.authorised", base.authorised_staff());
  facts.AddValue("base.staff.actual", base.actual_staff());
  for (int i = 0; i < base.cost_rows_size(); ++i) {
    const auto& row = base.cost_rows(i);
    std::string item(KeyOf(row.item()));
    const auto add = [&](std::string_view column, const Value& value) {
      // One project a row: they are only ever added up.
      const bool many = row.item() == report::v1::COST_ITEM_PROJECT || row.item() == report::v1::COST_ITEM_OTHER;
      facts.AddValue(many ? fmt::format("base.{}.{}.{}", item, column, i) : fmt::format("base.{}.{}", item, column),
                     value);
    };
    add("prior_final", row.prior_final());
    add("budget", row.budget());
    add("final", row.final());
  }
}

}  // namespace

std::optional<FactScale> ScaleOfKey(std::string_view key) {
  static constexpr std::array<std::string_view, 9> kPoints = {
      "table.funds.total.weight", "table.funds.total.score", "table.rows.weight.", "table.rows.score.",
      "table.total.weight",       "table.total.score",       "rule.total",         "text.self_score",
      "text.level_score."};
  static constexpr std::array<std::string_view, 2> kCounts = {"base.staff.", "text.staff."};
  static constexpr std::array<std::string_view, 6> kMoney = {"table.funds.", "table.source.", "table.nature.",
                                                             "table.tasks.", "base.",         "text."};
  for (const std::string_view prefix : kPoints) {
    if (key.starts_with(prefix)) return FactScale::kPointsMilli;
  }
  for (const std::string_view prefix : kCounts) {
    if (key.starts_with(prefix)) return FactScale::kCountMilli;
  }
  for (const std::string_view prefix : kMoney) {
    if (key.starts_with(prefix) && key.size() > prefix.size()) return FactScale::kFen;
  }
  return std::nullopt;
}

void Facts::Add(std::string key, Fact fact) {
  const auto [it, is_new] = index_.emplace(std::move(key), size());
  if (is_new) {
    keys_.push_back(&it->first);
    facts_.push_back(std::move(fact));
  } else if (at(it->second).value != fact.value) {
    facts_[static_cast<size_t>(it->second)].is_ambiguous = true;
  }
}

void Facts::AddValue(std::string key, const Value& value) {
  const std::optional<int64_t> number = NumberOf(value);
  if (!number) return;
  Fact fact;
  fact.value = *number;
  fact.as_written = value.as_written();
  fact.address = value.address();
  Add(std::move(key), std::move(fact));
}

int Facts::IndexOf(std::string_view key) const {
  const auto it = index_.find(key);
  return it == index_.end() ? -1 : it->second;
}

std::vector<int> Facts::IndexesOf(std::string_view key) const {
  std::vector<int> found;
  if (!key.ends_with('*')) {
    if (const int index = IndexOf(key); index >= 0) found.push_back(index);
    return found;
  }
  key.remove_suffix(1);
  for (auto it = index_.lower_bound(key); it != index_.end() && it->first.starts_with(key); ++it) {
    found.push_back(it->second);
  }
  return found;
}

const Fact* Facts::Find(std::string_view key) const {
  const int index = IndexOf(key);
  return index < 0 ? nullptr : &at(index);
}

std::vector<const Fact*> Facts::Match(std::string_view key) const {
  std::vector<const Fact*> found;
  for (const int index : IndexesOf(key)) found.push_back(&at(index));
  return found;
}

Facts CollectFacts(const report::v1::ReportContent& content, int table_index, int64_t rule_total_milli) {
  Facts facts;
  const auto& table = content.evaluation_tables(table_index);
  CollectTable(table, facts);
  Fact total;
  total.value = rule_total_milli;
  facts.Add("rule.total", std::move(total));
  if (table.kind() == report::v1::REPORT_KIND_DEPARTMENT) {
    CollectBaseData(content.base_data_table(), facts);
    CollectTextFacts(content, facts);
  }
  return facts;
}

}  // namespace jixiao::scoring
