#include "common/base/errors.h"

#include <fmt/format.h>

#include "absl/strings/cord.h"
#include "common/base/text.h"

namespace jixiao {
namespace {

template <typename Detail>
std::string TypeUrl() {
  return "type.googleapis.com/" + Detail::descriptor()->full_name();
}

template <typename Detail>
void Attach(const Detail& detail, absl::Status& status) {
  status.SetPayload(TypeUrl<Detail>(), absl::Cord(detail.SerializeAsString()));
}

template <typename Detail>
Detail Attached(const absl::Status& status) {
  Detail detail;
  if (const auto payload = status.GetPayload(TypeUrl<Detail>())) {
    // Written by Attach above; an unreadable one reads as empty.
    if (!detail.ParseFromString(std::string(*payload))) detail.Clear();
  }
  return detail;
}

// `text` with every byte that is no UTF-8 replaced by U+FFFD: parsers quote what
// they choke on.
std::string Utf8OrReplaced(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t length = Utf8SequenceLength(text);
    out.append(length == 0 ? "\xEF\xBF\xBD" : text.substr(0, length));
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

}  // namespace

absl::Status MakeError(absl::StatusCode code, std::string_view reason, const std::string& message) {
  absl::Status status(code, message);
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain("jixiao");
  Attach(info, status);
  return status;
}

absl::Status InvalidFields(const std::vector<FieldViolation>& violations) {
  const FieldViolation& first = violations.front();
  std::string message = fmt::format("{}：{}", first.field, Utf8OrReplaced(first.description));
  if (violations.size() > 1) message += fmt::format("（另有 {} 处，见明细）", violations.size() - 1);
  absl::Status status = MakeError(absl::StatusCode::kInvalidArgument, "INVALID_FIELDS", message);
  google::rpc::BadRequest bad_request;
  for (const FieldViolation& violation : violations) {
    auto* out = bad_request.add_field_violations();
    // One broken character would keep all of them from being serialized.
    out->set_field(Utf8OrReplaced(violation.field));
    out->set_description(Utf8OrReplaced(violation.description));
  }
  Attach(bad_request, status);
  return status;
}

absl::Status WithRetryDelay(absl::Status status, absl::Duration retry_delay) {
  google::rpc::RetryInfo retry;
  const int64_t nanos = absl::ToInt64Nanoseconds(retry_delay);
  retry.mutable_retry_delay()->set_seconds(nanos / 1'000'000'000);
  retry.mutable_retry_delay()->set_nanos(static_cast<int32_t>(nanos % 1'000'000'000));
  Attach(retry, status);
  return status;
}

absl::Status Overloaded(const std::string& message, absl::Duration retry_delay) {
  return WithRetryDelay(MakeError(absl::StatusCode::kResourceExhausted, "OVERLOADED", message), retry_delay);
}

std::string ReasonOf(const absl::Status& status) { return Attached<google::rpc::ErrorInfo>(status).reason(); }

google::rpc::BadRequest ViolationsOf(const absl::Status& status) { return Attached<google::rpc::BadRequest>(status); }

}  // namespace jixiao
