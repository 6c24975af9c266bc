// For any service: the W3C trace context that follows a submission through all
// services.
#ifndef JIXIAO_COMMON_RPC_TRACE_H_
#define JIXIAO_COMMON_RPC_TRACE_H_

#include <optional>
#include <string>
#include <string_view>

namespace jixiao {

// Name of the metadata that carries it.
inline constexpr char kTraceparentKey[] = "traceparent";

// Trace id of a `traceparent` value (`00-{32 hex}-{16 hex}-{2 hex}`), empty if
// it is malformed or all zeros.
std::optional<std::string> TraceIdOf(std::string_view traceparent);

// 32 random hex digits.
std::string NewTraceId();

// A `traceparent` value with a fresh span id. `trace_id` has 32 hex digits.
std::string FormatTraceparent(std::string_view trace_id);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_RPC_TRACE_H_
