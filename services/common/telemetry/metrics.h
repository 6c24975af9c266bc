// For any service: its metrics. A struct per room makes its children at start
// and keeps references; label values come from closed sets, and every series is
// there from the start with value 0.
#ifndef JIXIAO_COMMON_TELEMETRY_METRICS_H_
#define JIXIAO_COMMON_TELEMETRY_METRICS_H_

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jixiao {

using MetricLabels = std::map<std::string, std::string>;

// One per process, outlives everything that counts. Thread-safe. Asking twice
// for one name and labels gives the same child.
class Metrics {
 public:
  Metrics();

  // Names as `jixiao_<service>_<thing>_<unit>[_total]`, base units.
  prometheus::Counter& Counter(const std::string& name, const std::string& help, const MetricLabels& labels = {});
  prometheus::Gauge& Gauge(const std::string& name, const std::string& help, const MetricLabels& labels = {});
  prometheus::Histogram& Histogram(const std::string& name, const std::string& help, const std::vector<double>& buckets,
                                   const MetricLabels& labels = {});

  // The text exposition, as a scrape gets it.
  std::string Text() const;

  // Value of one counter or gauge, for tests; -1 if there is no such series.
  double ValueOf(const std::string& name, const MetricLabels& labels = {}) const;

  std::shared_ptr<prometheus::Registry> registry() const { return registry_; }

 private:
  std::shared_ptr<prometheus::Registry> registry_;
};

// Buckets for durations of calls, in seconds: 0.5 ms to 30 s.
const std::vector<double>& CallDurationBuckets();

// A counter over one label with a closed set of values.
class LabelledCounter {
 public:
  LabelledCounter(Metrics& metrics, const std::string& name, const std::string& help, const std::string& label,
                  const std::vector<std::string>& values);

  // `value` is one of the set; anything else is our bug and ends the process.
  void Increment(std::string_view value, double by = 1);

 private:
  std::map<std::string, prometheus::Counter*, std::less<>> children_;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_TELEMETRY_METRICS_H_
