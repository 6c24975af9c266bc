#include "common/rpc/work/open_streams.h"

#include <utility>

namespace jixiao {

OpenStreams::Ticket::~Ticket() {
  std::function<void()> end;  // destroyed outside the lock: it may hold anything
  const std::lock_guard<std::mutex> lock(streams_.mutex_);
  if (const auto found = streams_.open_.find(id_); found != streams_.open_.end()) {
    end = std::move(found->second);
    streams_.open_.erase(found);
  }
}

std::unique_ptr<OpenStreams::Ticket> OpenStreams::Open(std::function<void()> end) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (is_ending_ || open_.size() >= max_open_) return nullptr;
  open_.emplace(++last_id_, std::move(end));
  return std::unique_ptr<Ticket>(new Ticket(*this, last_id_));
}

void OpenStreams::EndAll() {
  std::map<int64_t, std::function<void()>> open;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_ending_ = true;
    open = open_;
  }
  for (const auto& [id, end] : open) end();
}

}  // namespace jixiao
