// Times as they are stored: in microseconds, so that a stored answer equals the
// first one.
#ifndef JIXIAO_INTAKE_CORE_SUBMISSION_STORED_TIME_H_
#define JIXIAO_INTAKE_CORE_SUBMISSION_STORED_TIME_H_

#include <cstdint>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace jixiao::intake {

google::protobuf::Timestamp ToTimestamp(absl::Time time);
absl::Time FromTimestamp(const google::protobuf::Timestamp& timestamp);

// As columns of both stores: microseconds since 1970; InfinitePast is kept.
int64_t ToStoredTime(absl::Time time);
absl::Time FromStoredTime(int64_t micros);
int64_t StoredMicros(const google::protobuf::Timestamp& timestamp);
google::protobuf::Timestamp StoredTimestamp(int64_t micros);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SUBMISSION_STORED_TIME_H_
