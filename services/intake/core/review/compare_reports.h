// Computes what differs between two versions of a report, field by field, in
// words that a clerk can follow.
#ifndef JIXIAO_INTAKE_CORE_REVIEW_COMPARE_REPORTS_H_
#define JIXIAO_INTAKE_CORE_REVIEW_COMPARE_REPORTS_H_

#include <vector>

#include "jixiao/intake/v1/submission.pb.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

inline constexpr size_t kMaxDifferences = 5000;

// Differences of `content` in document order, at most kMaxDifferences. Rows and
// paragraphs are matched by what they are about, so an inserted row is one
// added row and not a change of all that follow. Addresses and line numbers do
// not count. Paths of removed fields count rows of `older`, all others of
// `newer`.
std::vector<v1::FieldDifference> CompareReports(const report::v1::Report& older, const report::v1::Report& newer);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_REVIEW_COMPARE_REPORTS_H_
