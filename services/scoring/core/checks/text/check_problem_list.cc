// The lists of problems and of measures: whether they say more than that money
// is short, and whether a measure is one.
#include <fmt/format.h>

#include <algorithm>

#include "scoring/core/checks/checks.h"
#include "scoring/core/facts/statements.h"

namespace jixiao::scoring {
namespace {

using Statements = std::vector<Statement>;

void CheckOnlyMoney(const Statements& statements, bool (*only_money)(std::string_view), std::string_view value,
                    std::string_view expected, Findings& findings) {
  const bool all = std::all_of(statements.begin(), statements.end(),
                               [&](const Statement& statement) { return only_money(statement.text); });
  if (statements.empty() || !all) return;
  findings.Add({.rule_id = "PROBLEMS_ONLY_MONEY",
                .places = {statements[0].place},
                .value = std::string(value),
                .expected = std::string(expected)});
}

void CheckMeasures(const Statements& measures, Findings& findings) {
  std::vector<report::v1::Address> places;
  for (const Statement& measure : measures) {
    if (NamesDifficultyOnly(measure.text) && places.size() < kMostPlaces) places.push_back(measure.place);
  }
  if (places.empty()) return;
  const size_t count = places.size();
  findings.Add({.rule_id = "MEASURES_ARE_PROBLEMS",
                .places = std::move(places),
                .value = fmt::format("改进措施中有 {} 条只写了困难，没有写怎么做", count),
                .expected = "写明准备做什么、由谁做、何时完成"});
}

}  // namespace

void CheckProblemList(const TextView& text, Findings& findings) {
  const auto& content = text.view.content();
  CheckOnlyMoney(ReadStatements(content, {report::v1::SECTION_ROLE_PROBLEMS}), LamentsMoneyOnly,
                 "反映的问题只有资金不足", "从预算和绩效管理、履职效能、资金使用、资产财务、政府采购等方面归纳问题",
                 findings);
  const Statements measures = ReadStatements(content, {report::v1::SECTION_ROLE_IMPROVEMENTS});
  CheckOnlyMoney(measures, AsksForMoneyOnly, "提出的措施只有增加资金", "针对所列问题逐条提出本单位能够采取的措施",
                 findings);
  CheckMeasures(measures, findings);
}

}  // namespace jixiao::scoring
