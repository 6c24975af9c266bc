// What the scoring service counts besides its calls.
//
//   jixiao_scoring_reports_total{outcome}    scored, remembered, invalid,
//                                            no_rule_set
//   jixiao_scoring_findings_total{severity}  findings of reports scored;
//                                            remembered cards count none
#ifndef JIXIAO_SCORING_RPC_SCORING_METRICS_H_
#define JIXIAO_SCORING_RPC_SCORING_METRICS_H_

#include "common/telemetry/metrics.h"
#include "jixiao/scoring/v1/scorecard.pb.h"

namespace jixiao::scoring {

class ScoringMetrics {
 public:
  explicit ScoringMetrics(Metrics& metrics);

  void CountScored(const v1::ScoreCard& card);
  void CountRemembered() { reports_.Increment("remembered"); }
  void CountInvalid() { reports_.Increment("invalid"); }
  void CountNoRuleSet() { reports_.Increment("no_rule_set"); }

 private:
  LabelledCounter reports_;
  LabelledCounter findings_;
};

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_RPC_SCORING_METRICS_H_
