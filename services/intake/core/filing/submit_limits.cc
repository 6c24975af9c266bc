#include "intake/core/filing/submit_limits.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/errors.h"

namespace jixiao::intake {
namespace {

constexpr size_t kMaxAccounts = 100'000;
constexpr int64_t kMicro = 1'000'000;
constexpr int64_t kChinaOffsetSeconds = 28'800;
constexpr int64_t kDaySeconds = 86'400;

int64_t ChinaSeconds(absl::Time time) { return absl::ToUnixSeconds(time) + kChinaOffsetSeconds; }

// What has come back since, in millionths of a filing.
int64_t Refill(const SubmitRate& rate, absl::Duration passed) {
  const int64_t micros = std::clamp<int64_t>(absl::ToInt64Microseconds(passed), 0, kDaySeconds * kMicro);
  return micros * rate.per_minute / 60;
}

bool ActsAsSystem(const Subject& subject, const Resource& resource) {
  return std::any_of(subject.grants.begin(), subject.grants.end(), [&](const Grant& grant) {
    return grant.role == Role::kBudgetSystem && ScopeCovers(grant.scope, resource);
  });
}

}  // namespace

SubmitLimits::Account& SubmitLimits::Find(const std::string& key, const SubmitRate& rate, absl::Time now) {
  const auto found = by_key_.find(key);
  if (found != by_key_.end()) {
    accounts_.splice(accounts_.begin(), accounts_, found->second);
    return accounts_.front();
  }
  if (accounts_.size() >= kMaxAccounts) {
    by_key_.erase(accounts_.back().key);
    accounts_.pop_back();
  }
  accounts_.push_front(
      {.key = key, .tokens_micro = rate.burst * kMicro, .counted = now, .day = ChinaSeconds(now) / kDaySeconds});
  by_key_.emplace(key, accounts_.begin());
  return accounts_.front();
}

absl::Status SubmitLimits::Admit(const Subject& subject, const Resource& resource, absl::Time now) {
  const bool is_system = ActsAsSystem(subject, resource);
  const SubmitRate& rate = is_system ? options_.system : options_.unit;
  const std::string key = is_system ? subject.id : fmt::format("{}/{}", resource.division_code, resource.unit_code);
  const std::lock_guard<std::mutex> lock(mutex_);
  Account& account = Find(key, rate, now);
  account.tokens_micro =
      std::min<int64_t>(account.tokens_micro + Refill(rate, now - account.counted), rate.burst * kMicro);
  account.counted = now;
  const int64_t day = ChinaSeconds(now) / kDaySeconds;
  if (day != account.day) {
    account.day = day;
    account.filed_today = 0;
  }
  if (rate.per_day > 0 && account.filed_today >= rate.per_day) {
    return Overloaded(fmt::format("本单位今天已报送 {} 次，达到每日上限；请明天再报送，或联系财政部门", rate.per_day),
                      absl::Seconds(kDaySeconds - ChinaSeconds(now) % kDaySeconds));
  }
  if (account.tokens_micro < kMicro) {
    const int64_t missing = kMicro - account.tokens_micro;
    return Overloaded(fmt::format("报送过于频繁：每分钟最多 {} 次；请稍后再试，无需更换请求编号", rate.per_minute),
                      absl::Microseconds(missing * 60 / std::max(1, rate.per_minute) + 1));
  }
  account.tokens_micro -= kMicro;
  ++account.filed_today;
  return absl::OkStatus();
}

}  // namespace jixiao::intake
