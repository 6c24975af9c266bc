// Reads requests that carry a report: checked, but with the bytes as received.
#ifndef JIXIAO_SCORING_RPC_READ_REQUEST_H_
#define JIXIAO_SCORING_RPC_READ_REQUEST_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::scoring {

// Parts of a ScoreReportRequest or VerifyScoreRequest; views into its bytes.
struct RequestParts {
  std::string_view report;   // field 1, present
  std::string_view second;   // field 2: rule set name or score card; empty if absent
  std::string_view context;  // field 3; empty if absent
  std::string report_digest;
};

// INVALID_ARGUMENT with field violations if `bytes` is no message of `type`
// within the limits of a report, or holds no report.
absl::StatusOr<RequestParts> ReadRequest(std::string_view bytes, const google::protobuf::Descriptor& type);

// What picks the rule set, without a parse of the whole report: unit, year,
// kind, form. `report` has passed ReadRequest.
absl::StatusOr<report::v1::ReportContent> ReadHeader(std::string_view report);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_RPC_READ_REQUEST_H_
