#include "common/telemetry/metrics.h"

#include <prometheus/text_serializer.h>

#include "common/base/log.h"

namespace jixiao {

Metrics::Metrics() : registry_(std::make_shared<prometheus::Registry>()) {}

prometheus::Counter& Metrics::Counter(const std::string& name, const std::string& help, const MetricLabels& labels) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(*registry_).Add(labels);
}

prometheus::Gauge& Metrics::Gauge(const std::string& name, const std::string& help, const MetricLabels& labels) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(*registry_).Add(labels);
}

prometheus::Histogram& Metrics::Histogram(const std::string& name, const std::string& help,
                                          const std::vector<double>& buckets, const MetricLabels& labels) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(*registry_).Add(labels, buckets);
}

std::string Metrics::Text() const { return prometheus::TextSerializer().Serialize(registry_->Collect()); }

double Metrics::ValueOf(const std::string& name, const MetricLabels& labels) const {
  for (const prometheus::MetricFamily& family : registry_->Collect()) {
    if (family.name != name) continue;
    for (const prometheus::ClientMetric& metric : family.metric) {
      MetricLabels found;
      for (const auto& label : metric.label) found[label.name] = label.value;
      if (found != labels) continue;
      return family.type == prometheus::MetricType::Counter ? metric.counter.value : metric.gauge.value;
    }
  }
  return -1;
}

const std::vector<double>& CallDurationBuckets() {
  static const auto* const buckets =
      new std::vector<double>{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2, 5, 10, 30};
  return *buckets;
}

LabelledCounter::LabelledCounter(Metrics& metrics, const std::string& name, const std::string& help,
                                 const std::string& label, const std::vector<std::string>& values) {
  for (const std::string& value : values) children_[value] = &metrics.Counter(name, help, {{label, value}});
}

void LabelledCounter::Increment(std::string_view value, double by) {
  const auto child = children_.find(value);
  JIXIAO_CHECK(child != children_.end());
  child->second->Increment(by);
}

}  // namespace jixiao
