// Submissions for people: where each stands and what to do next.
#ifndef JIXIAO_TOOLS_JIXIAO_PRINT_SUBMISSION_H_
#define JIXIAO_TOOLS_JIXIAO_PRINT_SUBMISSION_H_

#include <string>
#include <vector>

#include "jixiao/intake/v1/submission.pb.h"
#include "print/terminal_text.h"

namespace jixiao::cli {

// `page_base` such as `http://127.0.0.1:8080` makes the page path an address;
// empty prints the path. `to_explain` are ids of findings that need an explanation.
std::string PrintSubmission(const intake::v1::Submission& submission, const std::string& page_base, const Style& style,
                            const std::vector<std::string>& to_explain = {});

// One change, as it is watched: when, version, state, next step.
std::string PrintChange(const intake::v1::Submission& submission, const Style& style);

std::string PrintReceipt(const intake::v1::Receipt& receipt, bool is_identical, const Style& style);

std::string PrintEvent(const intake::v1::SubmissionEvent& event, const Style& style);

std::string PrintDifference(const intake::v1::FieldDifference& difference, const Style& style);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_PRINT_SUBMISSION_H_
