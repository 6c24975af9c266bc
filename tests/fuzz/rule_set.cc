// Rule sets as their owners write them: refused with reasons, or fit for scoring
// any report.
#include <cstddef>
#include <cstdint>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/log.h"
#include "fuzz/invariants.h"
#include "properties/random_report.h"
#include "scoring/core/rules/lint_rule_set.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace jixiao;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto loaded = scoring::ParseRuleSet(text, fuzz::ShippedRuleTexts());
  if (!loaded.ok()) {
    JIXIAO_CHECK(ViolationsOf(loaded.status()).field_violations_size() > 0);
    return 0;
  }
  JIXIAO_CHECK(IsContentDigest(loaded->digest));
  // What passes the lint can score.
  fuzz::CheckScore(testing::RandomReport(size, loaded->rule_set), *loaded);
  return 0;
}
