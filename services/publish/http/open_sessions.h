// Which connections are open, and which of them wait for a request.
#ifndef JIXIAO_PUBLISH_HTTP_OPEN_SESSIONS_H_
#define JIXIAO_PUBLISH_HTTP_OPEN_SESSIONS_H_

#include <condition_variable>
#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/time/time.h"

namespace jixiao::publish {

class HttpSession;

// Room for `max` connections of any kind, and `kReserve` more that are answered
// about health only, so that a full server can still say that it lives. Where
// there is no room, the connection that has waited longest for its next request
// gives way. Thread-safe.
class OpenSessions {
 public:
  enum class Room { kAny, kHealthOnly, kNone };
  static constexpr size_t kReserve = 16;

  explicit OpenSessions(size_t max) : max_(max) {}

  // Room for one more connection, made by closing an idle one if need be.
  Room MakeRoom();

  void Add(const std::shared_ptr<HttpSession>& session);
  void Remove(HttpSession* session);

  // `session` waits for a request from now on; or no longer.
  void StartWaiting(HttpSession* session);
  void StopWaiting(HttpSession* session);

  std::vector<std::shared_ptr<HttpSession>> All();

  // False if some are left after `timeout`.
  bool AwaitNone(absl::Duration timeout);

 private:
  struct Entry {
    std::weak_ptr<HttpSession> session;
    bool is_waiting = false;
    std::list<HttpSession*>::iterator place;  // in waiting_, if it waits
  };

  const size_t max_;
  std::mutex mutex_;
  std::condition_variable none_left_;
  std::map<HttpSession*, Entry> sessions_;
  std::list<HttpSession*> waiting_;  // longest first
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_HTTP_OPEN_SESSIONS_H_
