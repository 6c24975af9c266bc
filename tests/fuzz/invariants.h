// What must hold of every report read and every card made, whatever came in. A
// breach ends the process, which the fuzzer keeps with the input.
#ifndef JIXIAO_TESTS_FUZZ_INVARIANTS_H_
#define JIXIAO_TESTS_FUZZ_INVARIANTS_H_

#include "jixiao/report/v1/report.pb.h"
#include "scoring/core/rules/rule_sets.h"

namespace jixiao::fuzz {

// The rule sets and the texts they share, of $JIXIAO_SOURCE_DIR, read once.
const scoring::RuleSets& ShippedRuleSets();
const scoring::RuleTexts& ShippedRuleTexts();

// Figures that sentences mention stand inside their sentences.
void CheckPassages(const report::v1::Report& report);

// Scores `report` and looks at the card: the same bytes twice, intervals within
// [0, weight], findings with places and texts that refer to findings.
void CheckScore(const report::v1::Report& report, const scoring::LoadedRuleSet& rule_set);

}  // namespace jixiao::fuzz

#endif  // JIXIAO_TESTS_FUZZ_INVARIANTS_H_
