#include "common/redis/redis_cache.h"

#include <fmt/format.h>
#include <hiredis/hiredis.h>

#include <cstdlib>
#include <utility>

#include "common/base/log.h"

namespace jixiao {
namespace {

constexpr timeval kTimeout = {0, 50'000};
constexpr size_t kMaxIdle = 16;
// Nobody stores more; a stranger might, to make us read it.
constexpr std::string_view kLastByte = "8388607";
constexpr size_t kMaxValueBytes = 8'388'608;

}  // namespace

// What Redis said.
struct RedisCache::Reply {
  enum class Outcome { kAnswered, kRefused, kSkipped };
  Outcome outcome = Outcome::kRefused;
  std::string text;
};

// One hiredis context. Not thread-safe; borrowed by one caller at a time.
class RedisCache::Connection {
 public:
  explicit Connection(const RedisAddress& address)
      : context_(redisConnectWithTimeout(address.host.c_str(), address.port, kTimeout)) {
    if (!is_usable()) return;
    redisSetTimeout(context_, kTimeout);
    if (address.database != 0) Select(address.database);
  }
  ~Connection() {
    if (context_ != nullptr) redisFree(context_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // False after any failure; a late answer would be taken for the next one's.
  bool is_usable() const { return context_ != nullptr && context_->err == 0 && is_selected_; }

  Reply Ask(const std::vector<std::string_view>& command) {
    std::vector<const char*> arguments;
    std::vector<size_t> sizes;
    for (const std::string_view part : command) {
      arguments.push_back(part.data());
      sizes.push_back(part.size());
    }
    const auto free_reply = [](redisReply* reply) { freeReplyObject(reply); };
    const std::unique_ptr<redisReply, decltype(free_reply)> reply(
        static_cast<redisReply*>(
            redisCommandArgv(context_, static_cast<int>(arguments.size()), arguments.data(), sizes.data())),
        free_reply);
    if (reply == nullptr || reply->type == REDIS_REPLY_ERROR) return {};
    Reply answer{Reply::Outcome::kAnswered, {}};
    if (reply->type == REDIS_REPLY_STRING) answer.text.assign(reply->str, static_cast<size_t>(reply->len));
    return answer;
  }

 private:
  void Select(int database) {
    is_selected_ = Ask({"SELECT", std::to_string(database)}).outcome == Reply::Outcome::kAnswered;
  }

  redisContext* const context_;
  bool is_selected_ = true;
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
