// What people wrote about a version: comments of a return, explanations of
// findings, confirmed points.
#ifndef JIXIAO_TOOLS_JIXIAO_PRINT_REVIEW_NOTES_H_
#define JIXIAO_TOOLS_JIXIAO_PRINT_REVIEW_NOTES_H_

#include <string>
#include <vector>

#include "jixiao/intake/v1/submission.pb.h"
#include "jixiao/scoring/v1/explanation_kinds.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "print/terminal_text.h"

namespace jixiao::cli {

// The comment beside the finding or place it is about.
std::string PrintComment(const intake::v1::ReviewComment& comment, const scoring::v1::ScoreCard& card,
                         const Style& style);

// A line for each explanation, and one for each finding of `to_explain` (ids) that
// has none, with what has to be explained; and what was confirmed of the work
// assessment. At most the first ten that wait.
std::string PrintExplanations(const intake::v1::Submission& submission, const std::vector<std::string>& to_explain,
                              const Style& style);

// All findings of `to_explain` with place, value and what was expected, and what
// the unit says so far.
std::string PrintToExplain(const intake::v1::Submission& submission, const std::vector<std::string>& to_explain,
                           const Style& style);

std::string PrintExplanationKinds(const scoring::v1::ExplanationKinds& kinds, const Style& style);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_PRINT_REVIEW_NOTES_H_
