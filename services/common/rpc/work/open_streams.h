// For services with streams: what is open now, so that there are not too many
// and a stopping server can end them instead of waiting for their deadlines.
#ifndef JIXIAO_COMMON_RPC_WORK_OPEN_STREAMS_H_
#define JIXIAO_COMMON_RPC_WORK_OPEN_STREAMS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace jixiao {

// Thread-safe; outlives its tickets.
class OpenStreams {
 public:
  explicit OpenStreams(size_t max_open) : max_open_(max_open) {}

  // A place among the open streams, given back when it is destroyed.
  class Ticket {
   public:
    ~Ticket();
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;

   private:
    friend class OpenStreams;
    Ticket(OpenStreams& streams, int64_t id) : streams_(streams), id_(id) {}

    OpenStreams& streams_;
    const int64_t id_;
  };

  // Null if too many are open or all are being ended. `end` asks the stream to
  // end soon; called once at most, on any thread, possibly after the ticket is
  // gone, so it holds the stream weakly.
  std::unique_ptr<Ticket> Open(std::function<void()> end);

  // Ends all; no more are opened.
  void EndAll();

 private:
  const size_t max_open_;
  std::mutex mutex_;
  std::map<int64_t, std::function<void()>> open_;
  int64_t last_id_ = 0;
  bool is_ending_ = false;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_RPC_WORK_OPEN_STREAMS_H_
