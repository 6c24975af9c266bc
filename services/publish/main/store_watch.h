// Looks every two seconds whether the store can commit, and says so in the
// server's health.
#ifndef JIXIAO_PUBLISH_MAIN_STORE_WATCH_H_
#define JIXIAO_PUBLISH_MAIN_STORE_WATCH_H_

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "common/base/log.h"
#include "common/rpc/server.h"
#include "publish/adapters/sqlite_disclosure_store.h"

namespace jixiao::publish {

class StoreWatch {
 public:
  // Both outlive it.
  StoreWatch(SqliteDisclosureStore& store, Server& server)
      : thread_([this, &store, &server] { Watch(store, server); }) {}

  ~StoreWatch() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      is_stopping_ = true;
    }
    stop_.notify_all();
    thread_.join();
  }

 private:
  void Watch(SqliteDisclosureStore& store, Server& server) {
    bool was_ok = true;
    std::unique_lock<std::mutex> lock(mutex_);
    while (!stop_.wait_for(lock, std::chrono::seconds(2), [this] { return is_stopping_; })) {
      const bool is_ok = store.Probe().ok();
      if (is_ok != was_ok) {
        LogWarning(is_ok ? "store_recovered" : "store_cannot_commit");
        server.SetServing(is_ok);
      }
      was_ok = is_ok;
    }
  }

  std::mutex mutex_;
  std::condition_variable stop_;
  bool is_stopping_ = false;
  std::thread thread_;  // last: starts when everything else is there
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_MAIN_STORE_WATCH_H_
