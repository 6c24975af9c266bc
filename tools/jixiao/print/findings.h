// Findings for the clerk: the root first, what follows from it folded under it.
#ifndef JIXIAO_TOOLS_JIXIAO_PRINT_FINDINGS_H_
#define JIXIAO_TOOLS_JIXIAO_PRINT_FINDINGS_H_

#include <string>

#include "jixiao/intake/v1/submission.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "print/terminal_text.h"

namespace jixiao::cli {

// Findings by severity, folded ones included.
intake::v1::FindingCounts CountFindings(const scoring::v1::ScoreCard& card);

// `严重 3 项、一般 5 项、提示 2 项`, or `没有问题`.
std::string PrintCounts(const intake::v1::FindingCounts& counts);

// All findings, whole: place, value, what was expected, why, what to do.
// Neighbours of one rule share one heading.
std::string PrintFindings(const scoring::v1::ScoreCard& card, const Style& style);

// One line for each of the first `max_lines` roots.
std::string PrintKeyFindings(const scoring::v1::ScoreCard& card, int max_lines, const Style& style);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_PRINT_FINDINGS_H_
