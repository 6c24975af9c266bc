#include "publish/http/open_sessions.h"

#include <chrono>

#include "publish/http/http_session.h"

namespace jixiao::publish {

OpenSessions::Room OpenSessions::MakeRoom() {
  std::shared_ptr<HttpSession> idle;  // closed without the lock, which its end takes
  Room room = Room::kAny;
  {
    const std::lock_guard lock(mutex_);
    if (sessions_.size() < max_) return Room::kAny;
    while (idle == nullptr && !waiting_.empty()) {
      Entry& longest = sessions_.at(waiting_.front());
      idle = longest.session.lock();
      longest.is_waiting = false;
      waiting_.pop_front();
    }
    // What gives way is closed soon, not at once: one more for that moment.
    if (idle == nullptr) room = Room::kHealthOnly;
    if (sessions_.size() >= max_ + kReserve) room = Room::kNone;
  }
  if (idle != nullptr) idle->CloseIfWaiting();
  return room;
}

void OpenSessions::Add(const std::shared_ptr<HttpSession>& session) {
  const std::lock_guard lock(mutex_);
  sessions_[session.get()].session = session;
}

void OpenSessions::Remove(HttpSession* session) {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(session);
  if (found == sessions_.end()) return;
  if (found->second.is_waiting) waiting_.erase(found->second.place);
  sessions_.erase(found);
  none_left_.notify_all();
}

void OpenSessions::StartWaiting(HttpSession* session) {
  const std::lock_guard lock(mutex_);
  Entry& entry = sessions_.at(session);
  entry.place = waiting_.insert(waiting_.end(), session);
  entry.is_waiting = true;
}

void OpenSessions::StopWaiting(HttpSession* session) {
  const std::lock_guard lock(mutex_);
  Entry& entry = sessions_.at(session);
  if (entry.is_waiting) waiting_.erase(entry.place);
  entry.is_waiting = false;
}

std::vector<std::shared_ptr<HttpSession>> OpenSessions::All() {
  std::vector<std::shared_ptr<HttpSession>> all;
  const std::lock_guard lock(mutex_);
  for (const auto& [session, entry] : sessions_) {
    if (auto held = entry.session.lock()) all.push_back(std::move(held));
  }
  return all;
}

bool OpenSessions::AwaitNone(absl::Duration timeout) {
  std::unique_lock lock(mutex_);
  return none_left_.wait_for(lock, absl::ToChronoMilliseconds(timeout), [this] { return sessions_.empty(); });
}

}  // namespace jixiao::publish
