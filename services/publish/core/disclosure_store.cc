#include "publish/core/disclosure_store.h"

namespace jixiao::publish {

DisclosureSummary Summarize(const v1::Disclosure& disclosure) {
  DisclosureSummary summary;
  summary.unit_name = disclosure.content().unit().name();
  summary.project_name = disclosure.content().project_name();
  if (!disclosure.score_card().tables().empty()) {
    const scoring::v1::TableScore& table = disclosure.score_card().tables(0);
    if (table.has_claimed_milli()) summary.claimed_milli = table.claimed_milli();
    if (table.has_supported_low_milli()) summary.supported_low_milli = table.supported_low_milli();
    if (table.has_supported_high_milli()) summary.supported_high_milli = table.supported_high_milli();
  }
  for (const scoring::v1::Finding& finding : disclosure.score_card().findings()) {
    switch (finding.severity()) {
      case scoring::v1::SEVERITY_BLOCKS: ++summary.blocks_count; break;
      case scoring::v1::SEVERITY_EXPLAIN: ++summary.explain_count; break;
      default: ++summary.note_count; break;
    }
  }
  return summary;
}

const DisclosureHead* FindVersion(const std::vector<DisclosureHead>& versions, int version) {
  for (const DisclosureHead& head : versions) {
    if (head.key.version == version) return &head;
  }
  return nullptr;
}

}  // namespace jixiao::publish
