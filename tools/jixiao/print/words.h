// The Chinese words for what the contracts enumerate.
#ifndef JIXIAO_TOOLS_JIXIAO_PRINT_WORDS_H_
#define JIXIAO_TOOLS_JIXIAO_PRINT_WORDS_H_

#include <cstdint>
#include <string>

#include "google/protobuf/timestamp.pb.h"
#include "jixiao/intake/v1/submission.pb.h"
#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "print/terminal_text.h"

namespace jixiao::cli {

std::string WordFor(report::v1::ReportKind kind);         // `部门整体支出`
std::string WordFor(scoring::v1::Verdict verdict);        // `达标`
std::string WordFor(scoring::v1::Severity severity);      // `严重`
std::string WordFor(scoring::v1::Likelihood likelihood);  // `很可能`; empty if unspecified
std::string WordFor(scoring::v1::QuantitativeFormula formula);
std::string WordFor(scoring::v1::WorkScoreBasis basis);           // `计算`
std::string WordFor(intake::v1::Submission::State state);         // `待复核`
std::string WordFor(intake::v1::SubmissionEvent::Action action);  // `报送`

// `【严重】` in the colour of the severity.
std::string SeverityMark(const Style& style, scoring::v1::Severity severity);

// Points: `9.91`, `9.1—9.5` if the ends differ.
std::string Interval(int64_t low_milli, int64_t high_milli);

// Beijing time, which is what a clerk's watch shows: `2026-03-31 16:05:03`.
std::string BeijingTime(const google::protobuf::Timestamp& time);

// `部门整体支出绩效自评表 · 年度资金总额 · 执行率（原文第 120 行）`.
std::string Place(const report::v1::Address& address);

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_PRINT_WORDS_H_
