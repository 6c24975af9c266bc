// Decides whether a report keeps the documented format of report.proto: required
// fields, ranges, counts, and numbers that agree with the text they were read
// from. Whether its figures make sense is for scoring.
#ifndef JIXIAO_INTAKE_CORE_FILING_VALIDATE_REPORT_H_
#define JIXIAO_INTAKE_CORE_FILING_VALIDATE_REPORT_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "common/wire/wire_check.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// Whose report it is, in views of its bytes; fields that are absent are empty.
struct ReportIdentity {
  std::string_view unit_code;
  std::string_view unit_name;
  std::string_view division_code;
  int fiscal_year = 0;
  report::v1::ReportKind kind = report::v1::REPORT_KIND_UNSPECIFIED;
  std::string_view project_name;
};

// `bytes` are a serialized Report, or a message of `type` that holds one at most;
// without one the identity is empty. One walk over the bytes checks all that
// CheckWire does and the format; nothing is parsed. INVALID_ARGUMENT with up to
// 100 field violations in Chinese, paths starting with `root`.
absl::StatusOr<ReportIdentity> ValidateReport(std::string_view bytes, const google::protobuf::Descriptor& type,
                                              std::string_view root, WireLimits limits);
absl::StatusOr<ReportIdentity> ValidateReport(std::string_view bytes, std::string_view root);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_FILING_VALIDATE_REPORT_H_
