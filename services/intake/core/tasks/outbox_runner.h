// Carries out the open tasks of the store: leases them, asks scoring and
// publish, and has the results written. Any process may die at any moment; the
// next one finds the task again when its lease has run out.
#ifndef JIXIAO_INTAKE_CORE_TASKS_OUTBOX_RUNNER_H_
#define JIXIAO_INTAKE_CORE_TASKS_OUTBOX_RUNNER_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "intake/core/submission/submission_store.h"
#include "intake/core/tasks/publish_client.h"
#include "intake/core/tasks/retry_policy.h"
#include "intake/core/tasks/scoring_client.h"

namespace jixiao::intake {

struct OutboxOptions {
  std::string owner;  // unique per process start
  int max_in_flight = 16;
  absl::Duration call_timeout = absl::Seconds(20);
  absl::Duration lease = absl::Seconds(60);  // longer than a call and the write of its result
  absl::Duration poll_interval = absl::Seconds(1);
  RetryPolicy retry;
  bool auto_approve = false;
};

// How a task ended, for logs and metrics.
struct TaskReport {
  TaskKind kind;
  std::string version_name;
  std::string trace_id;
  int attempts;
  absl::Status result;  // of the call, or of the write if the call went well
  bool was_lease_lost;
};

// Thread-safe. Callbacks may come on threads of the clients and of the store.
class OutboxRunner {
 public:
  using Observer = std::function<void(const TaskReport&)>;

  // All must outlive the runner.
  OutboxRunner(SubmissionStore& store, ScoringClient& scoring, PublishClient& publish, const Clock& clock,
               OutboxOptions options, uint64_t random_seed, Observer observer);
  ~OutboxRunner();

  // Leases what is due, as much as may be in flight, and starts it. Gives the
  // number of tasks started.
  absl::StatusOr<int> RunOnce();

  // Waits until nothing is in flight.
  void WaitUntilIdle();

  void Start();
  // Starts nothing new and waits for what is in flight.
  void Stop();
  // There may be something due: look now.
  void Wake();

 private:
  class Attempt;

  absl::StatusOr<std::vector<Task>> LeaseDue(int limit);
  void Loop();
  void Finish(const TaskReport& report);
  absl::Time RetryTime(Remedy remedy, int attempts);

  SubmissionStore& store_;
  ScoringClient& scoring_;
  PublishClient& publish_;
  const Clock& clock_;
  const OutboxOptions options_;
  const Observer observer_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::mt19937_64 random_;
  int in_flight_ = 0;
  bool is_awake_ = false;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_TASKS_OUTBOX_RUNNER_H_
