#include "common/rpc/trace.h"

#include <fmt/format.h>

#include "common/base/digest.h"

namespace jixiao {
namespace {

bool IsHex(std::string_view text) { return text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

}  // namespace

std::optional<std::string> TraceIdOf(std::string_view traceparent) {
  // Later versions may append fields, but keep these.
  if (traceparent.size() < 55 || traceparent[2] != '-' || traceparent[35] != '-' || traceparent[52] != '-') {
    return std::nullopt;
  }
  const std::string_view version = traceparent.substr(0, 2);
  const std::string_view trace_id = traceparent.substr(3, 32);
  const std::string_view span_id = traceparent.substr(36, 16);
  if (!IsHex(version) || version == "ff" || !IsHex(trace_id) || !IsHex(span_id)) return std::nullopt;
  if (version == "00" && traceparent.size() != 55) return std::nullopt;
  if (trace_id.find_first_not_of('0') == std::string_view::npos) return std::nullopt;
  return std::string(trace_id);
}

std::string NewTraceId() { return RandomHex(16); }

std::string FormatTraceparent(std::string_view trace_id) { return fmt::format("00-{}-{}-01", trace_id, RandomHex(8)); }

}  // namespace jixiao
