// Reports of the size and shape that ceilings are measured with: 60 indicator
// rows, some 42 KB, nothing wrong with them.
#ifndef JIXIAO_TESTS_BENCH_CLEAN_REPORTS_H_
#define JIXIAO_TESTS_BENCH_CLEAN_REPORTS_H_

#include <cstdint>

#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/ruleset.pb.h"

namespace jixiao::bench {

// The one that applies to CleanReport, from the tree's own files. Ends the program
// if they do not load.
scoring::v1::RuleSet RuleSetOfHunan();

// Another report for every seed, all of Hunan's department form. `rule_set` is
// the one that applies.
report::v1::Report CleanReport(uint64_t seed, const scoring::v1::RuleSet& rule_set);

}  // namespace jixiao::bench

#endif  // JIXIAO_TESTS_BENCH_CLEAN_REPORTS_H_
