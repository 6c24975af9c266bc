#include "intake/core/submission/stored_time.h"

#include <limits>

namespace jixiao::intake {
namespace {

constexpr int64_t kInfinitePast = std::numeric_limits<int64_t>::min();

}  // namespace

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  const int64_t micros = absl::ToUnixMicros(time);
  google::protobuf::Timestamp timestamp;
  int64_t seconds = micros / 1'000'000;
  int64_t rest = micros % 1'000'000;
  if (rest < 0) {
    rest += 1'000'000;
    --seconds;
  }
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(static_cast<int32_t>(rest * 1000));
  return timestamp;
}

absl::Time FromTimestamp(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

int64_t ToStoredTime(absl::Time time) {
  return time == absl::InfinitePast() ? kInfinitePast : absl::ToUnixMicros(time);
}

absl::Time FromStoredTime(int64_t micros) {
  return micros == kInfinitePast ? absl::InfinitePast() : absl::FromUnixMicros(micros);
}

int64_t StoredMicros(const google::protobuf::Timestamp& timestamp) {
  return absl::ToUnixMicros(FromTimestamp(timestamp));
}

google::protobuf::Timestamp StoredTimestamp(int64_t micros) { return ToTimestamp(absl::FromUnixMicros(micros)); }

}  // namespace jixiao::intake
