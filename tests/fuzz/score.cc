// Reports as they arrive on the wire: refused by the wire check, or scored by
// every rule set.
#include <cstddef>
#include <cstdint>

#include "common/base/log.h"
#include "common/wire/wire_check.h"
#include "fuzz/invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace jixiao;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (!CheckWire(bytes, *report::v1::Report::descriptor(), "report").ok()) return 0;
  report::v1::Report report;
  JIXIAO_CHECK(report.ParseFromArray(data, static_cast<int>(size)));
  fuzz::CheckPassages(report);
  for (const auto& loaded : fuzz::ShippedRuleSets().all()) fuzz::CheckScore(report, loaded);
  return 0;
}
