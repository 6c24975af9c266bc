#include "intake/main/store_watch.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "common/base/errors.h"
#include "common/base/log.h"

namespace jixiao::intake {
namespace {

constexpr std::chrono::seconds kStoreInterval{2};

constexpr std::pair<TaskKind, const char*> kTasks[] = {
    {TaskKind::kScore, "score"}, {TaskKind::kPublish, "publish"}, {TaskKind::kWithdraw, "withdraw"}};
constexpr std::pair<v1::Submission::State, const char*> kStates[] = {
    {v1::Submission::STATE_ACCEPTED, "accepted"},
    {v1::Submission::STATE_SCORED, "scored"},
    {v1::Submission::STATE_RETURNED, "returned"},
    {v1::Submission::STATE_APPROVED, "approved"},
    {v1::Submission::STATE_PUBLISHED, "published"},
    {v1::Submission::STATE_WITHDRAWN, "withdrawn"},
    {v1::Submission::STATE_SCORING_FAILED, "scoring_failed"}};

}  // namespace

StoreWatch::StoreWatch(SubmissionStore& store, const Clock& clock, Metrics& metrics,
                       std::function<void(bool)> on_health)
    : store_(store), clock_(clock), on_health_(std::move(on_health)) {
  for (const auto& [state, name] : kStates) {
    states_[state] = &metrics.Gauge("jixiao_intake_submissions", "Submissions by state of their current version.",
                                    {{"state", name}});
  }
  for (const auto& [kind, name] : kTasks) {
    depths_[kind] = &metrics.Gauge("jixiao_intake_outbox_depth", "Open tasks.", {{"task", name}});
    ages_[kind] = &metrics.Gauge("jixiao_intake_outbox_oldest_age_seconds", "Age of the oldest open task; 0 if none.",
                                 {{"task", name}});
  }
  thread_ = std::thread([this] { Loop(); });
}

StoreWatch::~StoreWatch() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_stopping_ = true;
    stop_.notify_all();
  }
  thread_.join();
}

void StoreWatch::Loop() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!is_stopping_) {
    lock.unlock();
    Probe();
    Refresh();
    lock.lock();
    stop_.wait_for(lock, kStoreInterval, [this] { return is_stopping_; });
  }
}

// One write at a time: a store that hangs is not given more to do.
void StoreWatch::Probe() {
  const Answer answer = answer_->load();
  on_health_(answer == Answer::kGood);
  if (answer == Answer::kNone) {
    LogError("store_not_answering", {{"problem", "a write got no answer for two seconds"}});
    return;
  }
  answer_->store(Answer::kNone);
  store_.Write([](SubmissionTransaction&) { return absl::OkStatus(); },
               [answer = answer_](const absl::Status& status) {
                 answer->store(ReasonOf(status) == "STORE_UNAVAILABLE" ? Answer::kNoServer : Answer::kGood);
               });
}

void StoreWatch::Refresh() {
  const absl::StatusOr<StoreStatistics> statistics =
      ReadFrom(store_, ReadOperation::kStatistics, [](SubmissionReads& reads) { return reads.Statistics(); });
  if (!statistics.ok()) {
    LogWarning("statistics_failed", {{"problem", std::string(statistics.status().message())}});
    return;
  }
  for (const auto& [state, gauge] : states_) gauge->Set(0);
  for (const auto& [state, count] : statistics->submissions_by_state) {
    if (const auto gauge = states_.find(state); gauge != states_.end()) {
      gauge->second->Set(static_cast<double>(count));
    }
  }
  for (const auto& [kind, gauge] : depths_) {
    const auto backlog = std::find_if(statistics->backlogs.begin(), statistics->backlogs.end(),
                                      [kind = kind](const TaskBacklog& each) { return each.kind == kind; });
    const bool is_empty = backlog == statistics->backlogs.end();
    gauge->Set(is_empty ? 0 : static_cast<double>(backlog->count));
    ages_.at(kind)->Set(is_empty ? 0 : absl::ToDoubleSeconds(clock_.Now() - backlog->oldest_create_time));
  }
}

}  // namespace jixiao::intake
