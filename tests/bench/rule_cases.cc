#include "bench/rule_cases.h"

#include <fmt/format.h>

#include "common/domain/decimal.h"
#include "properties/random_report.h"
#include "scoring/core/verdicts/score_table.h"

namespace jixiao::bench {
namespace {

using jixiao::testing::Dice;

// Kinds as the JSON names them.
enum Kind { kAtLeast, kAtMost, kEqual, kWords };

constexpr const char* kTierWords[] = {"达成预期指标", "部分达成预期指标并具有一定效果", "未达成预期指标且效果较差"};

class CaseWriter {
 public:
  CaseWriter(uint64_t seed, RuleCase& made) : dice_(seed), case_(made) {}

  void Write() {
    case_.json = "{\"rows\":[";
    case_.table.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
    for (int i = 0; i < kRows; ++i) AddRow(i);
    case_.json += "],\"facts\":{";
    for (int i = 0; i < kEqualities; ++i) AddFacts(i);
    case_.json += "}}";
    case_.indicators = scoring::ReadIndicators(case_.table);
  }

 private:
  void AddRow(int index) {
    const auto kind = static_cast<Kind>(index % 4);
    const int64_t target = dice_.Between(100, 50'000);  // in 1/100
    const int64_t actual = dice_.Chance(60)   ? target
                           : dice_.Chance(50) ? dice_.Between(target / 2, target)
                                              : dice_.Between(target, target * 2);
    const int64_t weight = dice_.Between(1, 10) * 500;
    const int64_t claimed = dice_.Chance(70) ? weight : dice_.Between(0, weight / 10) * 10;
    const char* word = kTierWords[dice_.Below(3)];
    auto& row = *case_.table.add_indicators();
    row.set_level1("产出");
    row.set_level2("数量");
    row.mutable_level3()->set_as_written(fmt::format("指标{}", index + 1));
    row.mutable_weight()->set_points_milli(weight);
    row.mutable_weight()->set_as_written(FormatPoints(weight));
    row.mutable_score()->set_points_milli(claimed);
    row.mutable_score()->set_as_written(FormatPoints(claimed));
    constexpr const char* kOperators[] = {"≥", "≤", "="};
    if (kind == kWords) {
      row.mutable_target()->set_as_written("显著提升");
      row.mutable_actual()->set_as_written(word);
    } else {
      row.mutable_target()->set_as_written(fmt::format("{}{}次", kOperators[kind], FormatScaled(target, 2)));
      row.mutable_actual()->set_as_written(FormatScaled(actual, 2) + "次");
    }
    case_.json +=
        fmt::format("{}{{\"kind\":{},\"target\":{},\"actual\":{},\"word\":\"{}\",\"weight\":{},\"claimed\":{}}}",
                    index == 0 ? "" : ",", static_cast<int>(kind), FormatScaled(target, 2), FormatScaled(actual, 2),
                    kind == kWords ? word : "", FormatPoints(weight), FormatPoints(claimed));
  }

  void AddFacts(int index) {
    using scoring::Fact;
    const int64_t budget = dice_.Between(1, 1'000'000'000);
    const int64_t executed = dice_.Chance(90) ? budget : budget + dice_.Between(1, 100);
    Fact fact;
    fact.value = budget;
    case_.facts.Add(scoring::TaskKey(index, scoring::TaskColumn::kBudget), fact);
    fact.value = executed;
    case_.facts.Add(scoring::TaskKey(index, scoring::TaskColumn::kExecuted), fact);
    case_.json +=
        fmt::format("{}\"budget{}\":{},\"executed{}\":{}", index == 0 ? "" : ",", index, budget, index, executed);
  }

  Dice dice_;
  RuleCase& case_;
};

}  // namespace

scoring::LoadedRuleSet RuleSetOfCases(const scoring::v1::RuleSet& hunan) {
  scoring::v1::RuleSet rule_set = hunan;
  rule_set.clear_relations();
  for (int i = 0; i < kEqualities; ++i) {
    auto& relation = *rule_set.add_relations();
    relation.set_rule_id("SPLIT_VS_EXEC");
    relation.set_left_title("预算资金");
    relation.set_right_title("预算执行数");
    relation.add_left()->set_fact(fmt::format("table.tasks.{}.budget", i));
    relation.add_right()->set_fact(fmt::format("table.tasks.{}.executed", i));
    relation.set_comparison(scoring::v1::COMPARISON_EQUAL);
    relation.set_tolerance(0);
  }
  scoring::RelationKeys keys = scoring::KeysOfRelations(rule_set);
  return {std::move(rule_set), "", std::move(keys)};
}

std::vector<std::unique_ptr<RuleCase>> MakeRuleCases(const scoring::LoadedRuleSet& rule_set) {
  std::vector<std::unique_ptr<RuleCase>> cases;
  for (int i = 0; i < kCases; ++i) {
    cases.push_back(std::make_unique<RuleCase>());
    CaseWriter(static_cast<uint64_t>(i), *cases.back()).Write();
    cases.back()->relations = BindRelations(rule_set.rule_set, rule_set.relation_keys, cases.back()->facts);
  }
  return cases;
}

}  // namespace jixiao::bench
