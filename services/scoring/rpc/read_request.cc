#include "scoring/rpc/read_request.h"

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/rpc/raw_message.h"
#include "common/wire/wire_check.h"

namespace jixiao::scoring {
namespace {

using report::v1::Report;
using report::v1::ReportContent;

// For what stands beside the report, a stored card at the most.
WireLimits LimitsBesideReport() {
  WireLimits limits;
  limits.max_fields = 40'000;
  limits.max_depth = 10;
  return limits;
}

absl::StatusOr<std::string_view> PartOf(std::string_view bytes, int number) {
  JIXIAO_ASSIGN_OR_RETURN(const auto part, FindField(bytes, number));
  return part.value_or(std::string_view());
}

}  // namespace

absl::StatusOr<RequestParts> ReadRequest(std::string_view bytes, const google::protobuf::Descriptor& type) {
  const auto report = FindField(bytes, 1);
  if (!report.ok()) {
    // Says more about what is broken.
    JIXIAO_RETURN_IF_ERROR(CheckWire(bytes, type, ""));
    return report.status();
  }
  // Apart, so that the long part is walked once, and with the limits that intake
  // has for it.
  JIXIAO_ASSIGN_OR_RETURN(const std::string rest, DropField(bytes, 1));
  JIXIAO_RETURN_IF_ERROR(CheckWire(rest, type, "", LimitsBesideReport()));
  if (!*report || (*report)->empty()) return InvalidFields({{"report", "没有报告内容，请附上要评分的报告"}});
  RequestParts parts;
  parts.report = **report;
  JIXIAO_RETURN_IF_ERROR(CheckWire(parts.report, *Report::descriptor(), "report"));
  JIXIAO_ASSIGN_OR_RETURN(parts.second, PartOf(bytes, 2));
  JIXIAO_ASSIGN_OR_RETURN(parts.context, PartOf(bytes, 3));
  JIXIAO_ASSIGN_OR_RETURN(const auto content, FindField(parts.report, Report::kContentFieldNumber));
  if (!content) return InvalidFields({{"report.content", "没有报告正文，请附上自评报告和自评表"}});
  parts.report_digest = ContentDigest(parts.report);
  return parts;
}

absl::StatusOr<ReportContent> ReadHeader(std::string_view report) {
  JIXIAO_ASSIGN_OR_RETURN(const std::string_view content, PartOf(report, Report::kContentFieldNumber));
  JIXIAO_ASSIGN_OR_RETURN(const std::string kept,
                          KeepFields(content, {ReportContent::kUnitFieldNumber, ReportContent::kFiscalYearFieldNumber,
                                               ReportContent::kKindFieldNumber, ReportContent::kFormFieldNumber}));
  ReportContent header;
  if (!header.ParseFromString(kept)) return InvalidFields({{"report.content", "报告正文已损坏，无法读取"}});
  return header;
}

}  // namespace jixiao::scoring
