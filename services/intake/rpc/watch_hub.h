// Reads a submission again when it has changed and offers it to those who watch
// it: on one thread of its own, once however many watch, so that watchers cost the
// store and the other calls little.
#ifndef JIXIAO_INTAKE_RPC_WATCH_HUB_H_
#define JIXIAO_INTAKE_RPC_WATCH_HUB_H_

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "intake/core/submission/submission_changes.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

// One who watches. Called by the hub, one call at a time but for End.
class SubmissionWatcher {
 public:
  virtual ~SubmissionWatcher() = default;

  // OK while the caller may see the submission; asked before each offer.
  virtual absl::Status CheckAllowed() = 0;
  // The submission as it is now, possibly as it was before too.
  virtual void Offer(const v1::Submission& submission) = 0;
  // Nothing more comes.
  virtual void End(const absl::Status& status) = 0;
};

// Thread-safe.
class WatchHub {
 public:
  struct Options {
    // Changes of other processes, and grants that were taken away, are seen after
    // at most this.
    absl::Duration poll_interval = absl::Seconds(5);
  };

  // Both outlive this.
  WatchHub(SubmissionStore& store, SubmissionChanges& changes, Options options);
  WatchHub(SubmissionStore& store, SubmissionChanges& changes) : WatchHub(store, changes, Options()) {}
  // Nobody watches any more.
  ~WatchHub();

  // Offers the submission at once and with each change, or ends the watcher with
  // NOT_FOUND.
  void Add(const SubmissionKey& key, std::shared_ptr<SubmissionWatcher> watcher);
  void Remove(const SubmissionKey& key, const SubmissionWatcher* watcher);

 private:
  using Watchers = std::vector<std::shared_ptr<SubmissionWatcher>>;

  void Changed(const SubmissionKey& key);
  void Loop();
  void Look(const SubmissionKey& key);
  Watchers WatchersOf(const SubmissionKey& key);

  SubmissionStore& store_;
  SubmissionChanges& changes_;
  const Options options_;

  std::mutex mutex_;
  std::condition_variable wake_;
  std::map<SubmissionKey, Watchers> watchers_;
  std::set<SubmissionKey> changed_;  // of those watched
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_RPC_WATCH_HUB_H_
