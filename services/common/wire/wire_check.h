// For any service: the one check of received protobuf bytes, at the door and
// before they are parsed. It walks the wire format along the message's
// descriptor, so it can name every broken field, and it bounds what a parse can
// cost: small wire messages can otherwise grow thirty-fold in memory.
#ifndef JIXIAO_COMMON_WIRE_WIRE_CHECK_H_
#define JIXIAO_COMMON_WIRE_WIRE_CHECK_H_

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "common/wire/message_shape.h"
#include "common/wire/wire_rules.h"
#include "google/protobuf/descriptor.h"

namespace jixiao {

struct WireLimits {
  int64_t max_bytes = 1 << 20;
  int64_t max_fields = 20'000;        // scalar fields and messages, in total
  int max_depth = 8;                  // the outermost message is depth 1
  int64_t max_string_bytes = 60'000;  // 20,000 Chinese characters
  int64_t max_repeated = 2'000;       // elements of one repeated field
  size_t max_violations = 20;
};

// OK if `bytes` is a message of `type` within `limits`: wire types as declared,
// no unknown field, enum values declared, strings well-formed UTF-8 without
// U+0000 or a noncharacter. A parser then takes it. Otherwise INVALID_ARGUMENT with field
// violations, paths starting with `root`. Reports at most
// `limits.max_violations`; stops at the first one after which the bytes cannot be
// read on.
absl::Status CheckWire(std::string_view bytes, const google::protobuf::Descriptor& type, std::string_view root,
                       const WireLimits& limits = {});

// Likewise, and the rules of `shapes` are kept and `visitor` has nothing to say
// against it.
absl::Status CheckWire(std::string_view bytes, const google::protobuf::Descriptor& type, MessageShapes& shapes,
                       WireVisitor& visitor, std::string_view root, const WireLimits& limits);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_WIRE_WIRE_CHECK_H_
