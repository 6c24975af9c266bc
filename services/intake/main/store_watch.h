// Watches the store from a thread of its own: gauges for the metrics page, and
// whether it still commits.
#ifndef JIXIAO_INTAKE_MAIN_STORE_WATCH_H_
#define JIXIAO_INTAKE_MAIN_STORE_WATCH_H_

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "common/base/clock.h"
#include "common/telemetry/metrics.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

// `jixiao_intake_submissions{state}`, `jixiao_intake_outbox_depth{task}`,
// `jixiao_intake_outbox_oldest_age_seconds{task}`; refreshed every two seconds.
class StoreWatch {
 public:
  // `on_health` hears true while the store answers a write within two seconds, and
  // not that it has no server.
  StoreWatch(SubmissionStore& store, const Clock& clock, Metrics& metrics, std::function<void(bool)> on_health);
  // Ends before the store does.
  ~StoreWatch();

 private:
  void Loop();
  void Refresh();
  void Probe();

  SubmissionStore& store_;
  const Clock& clock_;
  const std::function<void(bool)> on_health_;
  std::map<v1::Submission::State, prometheus::Gauge*> states_;
  std::map<TaskKind, prometheus::Gauge*> depths_;
  std::map<TaskKind, prometheus::Gauge*> ages_;
  // Of the last write that asked. Shared with it, as it may outlive this.
  enum class Answer { kNone, kGood, kNoServer };
  std::shared_ptr<std::atomic<Answer>> answer_ = std::make_shared<std::atomic<Answer>>(Answer::kGood);

  std::mutex mutex_;
  std::condition_variable stop_;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_MAIN_STORE_WATCH_H_
