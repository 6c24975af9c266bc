#include "common/redis/redis_cache.h"

#include <fcntl.h>
#include <hiredis/hiredis.h>
#include <poll.h>
#include <sys/socket.h>

#include <chrono>
#include <utility>

#include "common/base/log.h"

namespace jixiao {
namespace {

constexpr timeval kConnectTime = {0, 50'000};
// For a command and its whole reply.
constexpr std::chrono::milliseconds kExchangeTime{50};
constexpr size_t kMaxIdle = 16;
// Nobody stores more; a stranger might, to make us read it.
constexpr std::string_view kLastByte = "8388607";
constexpr size_t kMaxValueBytes = 8'388'608;
constexpr size_t kMaxReplyBytes = kMaxValueBytes + 64;  // with its length and line ends
constexpr size_t kChunkBytes = 64 << 10;
constexpr std::string_view kReplyTypes = "+-:$";  // status, error, number, string

}  // namespace

// What Redis said.
struct RedisCache::Reply {
  enum class Outcome { kAnswered, kRefused, kSkipped };
  Outcome outcome = Outcome::kRefused;
  std::string text;
};

// One hiredis context. Not thread-safe; borrowed by one caller at a time.
//
// hiredis' own time limit holds for each read, so that a peer which sends a byte
// now and then is waited for without end, and its reader allocates what the peer
// announces. Therefore it only formats and parses here; the socket is read under
// one deadline and within one bound.
class RedisCache::Connection {
 public:
  explicit Connection(const RedisAddress& address)
      : context_(redisConnectWithTimeout(address.host.c_str(), address.port, kConnectTime)) {
    if (!is_usable()) return;
    fcntl(context_->fd, F_SETFL, fcntl(context_->fd, F_GETFL) | O_NONBLOCK);
    if (address.database != 0) {
      is_usable_ = Ask({"SELECT", std::to_string(address.database)}).outcome == Reply::Outcome::kAnswered;
    }
  }
  ~Connection() {
    if (context_ != nullptr) redisFree(context_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // False after any failure; a late answer would be taken for the next one's.
  bool is_usable() const { return context_ != nullptr && context_->err == 0 && is_usable_; }

  Reply Ask(const std::vector<std::string_view>& command) {
    const Deadline deadline = std::chrono::steady_clock::now() + kExchangeTime;
    const ReplyHandle reply = Send(command, deadline) ? Receive(deadline) : nullptr;
    if (reply == nullptr) is_usable_ = false;
    if (reply == nullptr || reply->type == REDIS_REPLY_ERROR) return {};
    Reply answer{Reply::Outcome::kAnswered, {}};
    if (reply->type == REDIS_REPLY_STRING) answer.text.assign(reply->str, static_cast<size_t>(reply->len));
    return answer;
  }

 private:
  using Deadline = std::chrono::steady_clock::time_point;
  struct FreeReply {
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
  };
  using ReplyHandle = std::unique_ptr<redisReply, FreeReply>;

  // False if the socket is not ready for `events` in time.
  bool Await(short events, Deadline deadline) const {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd socket = {context_->fd, events, 0};
    return left.count() > 0 && poll(&socket, 1, static_cast<int>(left.count())) == 1;
  }

  bool Send(const std::vector<std::string_view>& command, Deadline deadline) {
    std::vector<const char*> arguments;
    std::vector<size_t> sizes;
    for (const std::string_view part : command) {
      arguments.push_back(part.data());
      sizes.push_back(part.size());
    }
    char* formatted = nullptr;
    const int size =
        redisFormatCommandArgv(&formatted, static_cast<int>(arguments.size()), arguments.data(), sizes.data());
    if (size < 0) return false;
    const std::unique_ptr<char, decltype(&redisFreeCommand)> owner(formatted, redisFreeCommand);
    for (std::string_view rest(formatted, static_cast<size_t>(size)); !rest.empty();) {
      if (!Await(POLLOUT, deadline)) return false;
      const ssize_t sent = send(context_->fd, rest.data(), rest.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      rest.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }

  // Null if the reply is late, larger than kMaxReplyBytes, followed by more, or none
  // that any of our commands has: a list announces its size, and hiredis would allocate it.
  ReplyHandle Receive(Deadline deadline) {
    std::string chunk(kChunkBytes, '\0');
    for (size_t received = 0; received < kMaxReplyBytes;) {
      if (!Await(POLLIN, deadline)) return nullptr;
      const ssize_t size = recv(context_->fd, chunk.data(), chunk.size(), 0);
      if (size <= 0) return nullptr;
      if (received == 0 && kReplyTypes.find(chunk[0]) == std::string_view::npos) return nullptr;
      received += static_cast<size_t>(size);
      void* reply = nullptr;
      if (redisReaderFeed(context_->reader, chunk.data(), static_cast<size_t>(size)) != REDIS_OK) return nullptr;
      if (redisReaderGetReply(context_->reader, &reply) != REDIS_OK) return nullptr;
      if (reply == nullptr) continue;
      ReplyHandle whole(static_cast<redisReply*>(reply));
      // What stands behind it would begin the next reply, which was looked at already.
      if (context_->reader->pos != context_->reader->len) return nullptr;
      return whole;
    }
    return nullptr;
  }

  redisContext* const context_;
  bool is_usable_ = true;
};

RedisCache::RedisCache(RedisAddress address, const Clock& clock, CacheMetrics& metrics)
    : address_(std::move(address)), metrics_(metrics), breaker_(clock) {}

RedisCache::~RedisCache() = default;

std::unique_ptr<RedisCache::Connection> RedisCache::Borrow() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
  }
  return std::make_unique<Connection>(address_);
}

void RedisCache::GiveBack(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  if (!connection->is_usable()) {
    // The others are older and most likely gone as well.
    idle_.clear();
  } else if (idle_.size() < kMaxIdle) {
    idle_.push_back(std::move(connection));
  }
}

RedisCache::Reply RedisCache::Ask(const std::vector<std::string_view>& command) {
  if (!breaker_.Allows()) return {Reply::Outcome::kSkipped, {}};
  std::unique_ptr<Connection> connection = Borrow();
  Reply reply;
  if (connection->is_usable()) reply = connection->Ask(command);
  // An error reply (out of memory, loading, wrong type) came fast: no reason to
  // stop asking.
  connection->is_usable() ? breaker_.Succeeded() : breaker_.Failed();
  GiveBack(std::move(connection));
  return reply;
}

std::optional<std::string> RedisCache::Get(const std::string& key) {
  Reply reply = Ask({"GETRANGE", key, "0", kLastByte});
  switch (reply.outcome) {
    case Reply::Outcome::kSkipped: metrics_.gets.Increment("skipped"); return std::nullopt;
    case Reply::Outcome::kRefused: metrics_.gets.Increment("error"); return std::nullopt;
    case Reply::Outcome::kAnswered: break;
  }
  if (reply.text.empty()) {
    metrics_.gets.Increment("miss");
    return std::nullopt;
  }
  return std::move(reply.text);
}

void RedisCache::Set(const std::string& key, std::string_view value, absl::Duration ttl) {
  if (value.size() > kMaxValueBytes) {
    metrics_.sets.Increment("skipped");
    return;
  }
  const std::string milliseconds = std::to_string(std::max<int64_t>(1, absl::ToInt64Milliseconds(ttl)));
  switch (Ask({"SET", key, value, "PX", milliseconds}).outcome) {
    case Reply::Outcome::kSkipped: metrics_.sets.Increment("skipped"); return;
    case Reply::Outcome::kRefused: metrics_.sets.Increment("error"); return;
    case Reply::Outcome::kAnswered: metrics_.sets.Increment("stored"); return;
  }
}

void RedisCache::Remove(const std::string& key) { Ask({"DEL", key}); }

}  // namespace jixiao
