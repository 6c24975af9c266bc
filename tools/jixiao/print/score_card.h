// A score card for people: claim beside evidence, row by row.
#ifndef JIXIAO_TOOLS_JIXIAO_PRINT_SCORE_CARD_H_
#define JIXIAO_TOOLS_JIXIAO_PRINT_SCORE_CARD_H_

#include <string>

#include "jixiao/scoring/v1/scorecard.pb.h"
#include "print/terminal_text.h"

namespace jixiao::cli {

// Every table of `card`: totals, grades, rows. With `with_trace`, how each
// figure came about stands under it.
std::string PrintScores(const scoring::v1::ScoreCard& card, bool with_trace, const Style& style);

// `自评 98 分，证据支持 92.1—96 分`; one table.
std::string PrintTotal(const scoring::v1::TableScore& table);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_PRINT_SCORE_CARD_H_
