// For tests: compares what two kinds of files of one report give.
#ifndef JIXIAO_INTAKE_TESTING_DOCUMENTS_SAME_REPORT_H_
#define JIXIAO_INTAKE_TESTING_DOCUMENTS_SAME_REPORT_H_

#include <string>

#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake::testing {

// Differences between two reports field for field, one a line; empty if there are
// none. Left out are places (addresses, lines) and how the report was read; a
// blank cell and a cell that the row does not have are one.
std::string DifferencesOf(report::v1::Report one, report::v1::Report other);

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_DOCUMENTS_SAME_REPORT_H_
