// Cells of indicator rows, as written: a target and an actual, with a line feed
// between them.
#include "scoring/core/verdicts/notation.h"

#include <cstddef>
#include <cstdint>

#include "common/base/log.h"
#include "common/base/text.h"
#include "fuzz/invariants.h"
#include "scoring/core/verdicts/outcome.h"

namespace jixiao {
namespace {

constexpr int64_t kWeight = 12'345;

void CheckNotation(std::string_view text) {
  const scoring::Notation notation = scoring::ReadNotation(text);
  JIXIAO_CHECK(IsCleanUtf8(notation.unit));
  if (notation.shape != scoring::CellShape::kNumber) {
    JIXIAO_CHECK(notation.value_micro == 0 && notation.unit.empty());
  }
  // Blanks around and full width change nothing.
  const scoring::Notation other = scoring::ReadNotation("　" + std::string(text) + " ");
  JIXIAO_CHECK(other.shape == notation.shape && other.value_micro == notation.value_micro && other.op == notation.op);
}

void CheckOutcome(std::string_view target, std::string_view actual, const scoring::v1::RuleSet& rule_set) {
  report::v1::IndicatorRow row;
  row.mutable_target()->set_as_written(std::string(target));
  row.mutable_actual()->set_as_written(std::string(actual));
  row.mutable_weight()->set_points_milli(kWeight);
  const scoring::RowOutcome outcome = scoring::DecideIndicator(scoring::ReadIndicator(row), rule_set);
  JIXIAO_CHECK(0 <= outcome.low_milli && outcome.low_milli <= outcome.high_milli && outcome.high_milli <= kWeight);
}

}  // namespace
}  // namespace jixiao

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace jixiao;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!IsCleanUtf8(text)) return 0;
  const size_t end = text.find('\n');
  const std::string_view target = text.substr(0, end);
  const std::string_view actual = end == std::string_view::npos ? "" : text.substr(end + 1);
  CheckNotation(target);
  CheckNotation(actual);
  for (const auto& loaded : fuzz::ShippedRuleSets().all()) CheckOutcome(target, actual, loaded.rule_set);
  return 0;
}
