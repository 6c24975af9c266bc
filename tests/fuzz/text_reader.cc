// Documents as people send them: read, then scored.
#include <cstddef>
#include <cstdint>

#include "common/base/log.h"
#include "common/base/text.h"
#include "fuzz/invariants.h"
#include "intake/reader/form/read_text_report.h"
#include "intake/testing/documents/shipped_reader_data.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace jixiao;
  const std::string_view document(reinterpret_cast<const char*>(data), size);
  const auto report = intake::ReadTextReport(document, intake::testing::ShippedReaderData());
  if (!report.ok()) return 0;
  JIXIAO_CHECK(IsCleanUtf8(document));
  JIXIAO_CHECK(report->content().evaluation_tables_size() > 0);
  fuzz::CheckPassages(*report);
  const auto applies = fuzz::ShippedRuleSets().FindFor(report->content());
  fuzz::CheckScore(*report, applies.ok() ? **applies : fuzz::ShippedRuleSets().all().front());
  return 0;
}
