// What the publish service counts besides its calls.
//
//   jixiao_publish_disclosures_total{outcome}  published, repeated, withdrawn,
//                                              personal_data, older_version,
//                                              conflict, invalid, failed
//   jixiao_publish_redactions_total{kind}      spans masked
//   jixiao_publish_last_success_timestamp_seconds
#ifndef JIXIAO_PUBLISH_RPC_PUBLISH_METRICS_H_
#define JIXIAO_PUBLISH_RPC_PUBLISH_METRICS_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/telemetry/metrics.h"
#include "jixiao/publish/v1/disclosure.pb.h"

namespace jixiao::publish {

// Thread-safe.
class PublishMetrics {
 public:
  explicit PublishMetrics(Metrics& metrics);

  void CountPublished(const std::vector<v1::Redaction>& redactions, absl::Time time);
  void CountRepeated() { disclosures_.Increment("repeated"); }
  void CountWithdrawn() { disclosures_.Increment("withdrawn"); }
  void CountRefused(const absl::Status& status);

 private:
  LabelledCounter disclosures_;
  LabelledCounter redactions_;
  prometheus::Gauge& last_success_;
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_RPC_PUBLISH_METRICS_H_
