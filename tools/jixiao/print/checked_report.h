// The answer to `check`: what was read, how it scores, what is wrong.
#ifndef JIXIAO_TOOLS_JIXIAO_PRINT_CHECKED_REPORT_H_
#define JIXIAO_TOOLS_JIXIAO_PRINT_CHECKED_REPORT_H_

#include <string>

#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "print/terminal_text.h"

namespace jixiao::cli {

// `source` is the file or submission shown. Contacts are not printed.
std::string PrintCheckedReport(const std::string& source, const report::v1::Report& report,
                               const scoring::v1::ScoreCard& card, bool with_trace, const Style& style);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_PRINT_CHECKED_REPORT_H_
