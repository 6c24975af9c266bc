#include "scoring/rpc/scoring_metrics.h"

namespace jixiao::scoring {

ScoringMetrics::ScoringMetrics(Metrics& metrics)
    : reports_(metrics, "jixiao_scoring_reports_total", "Reports to be scored, by what came of it.", "outcome",
               {"scored", "remembered", "invalid", "no_rule_set"}),
      findings_(metrics, "jixiao_scoring_findings_total", "Findings of reports scored, without remembered ones.",
                "severity", {"blocks", "explain", "note"}) {}

void ScoringMetrics::CountScored(const v1::ScoreCard& card) {
  reports_.Increment("scored");
  for (const v1::Finding& finding : card.findings()) {
    switch (finding.severity()) {
      case v1::SEVERITY_BLOCKS: findings_.Increment("blocks"); break;
      case v1::SEVERITY_EXPLAIN: findings_.Increment("explain"); break;
      default: findings_.Increment("note");
    }
  }
}

}  // namespace jixiao::scoring
