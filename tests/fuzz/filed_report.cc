// Reports as they are filed: what intake's walk over the bytes takes, a parser
// takes and reads the same way.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "common/base/log.h"
#include "intake/core/filing/validate_report.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace jixiao;
  const auto identity = intake::ValidateReport({reinterpret_cast<const char*>(data), size}, "report");
  if (!identity.ok()) return 0;
  report::v1::Report report;
  JIXIAO_CHECK(report.ParseFromArray(data, static_cast<int>(size)));
  const size_t bytes_with_unknown_fields = report.ByteSizeLong();
  report.DiscardUnknownFields();
  JIXIAO_CHECK(report.ByteSizeLong() == bytes_with_unknown_fields);
  const report::v1::ReportContent& content = report.content();
  JIXIAO_CHECK(identity->unit_code == content.unit().code());
  JIXIAO_CHECK(identity->unit_name == content.unit().name());
  JIXIAO_CHECK(identity->division_code == content.unit().division_code());
  JIXIAO_CHECK(identity->fiscal_year == content.fiscal_year());
  JIXIAO_CHECK(identity->kind == content.kind());
  JIXIAO_CHECK(identity->project_name == content.project_name());
  return 0;
}
