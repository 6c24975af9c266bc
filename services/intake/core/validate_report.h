// Decides whether a report keeps the documented format of report.proto: required
// fields, ranges, counts, and numbers that agree with the text they were read
// from. Whether its figures make sense is for scoring.
#ifndef JIXIAO_INTAKE_CORE_VALIDATE_REPORT_H_
#define JIXIAO_INTAKE_CORE_VALIDATE_REPORT_H_

#include <string_view>

#include "absl/status/status.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// OK, or INVALID_ARGUMENT with up to 100 field violations in Chinese, paths
// starting with `root`. `report` has passed CheckWire.
absl::Status ValidateReport(const report::v1::Report& report, std::string_view root);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_VALIDATE_REPORT_H_
