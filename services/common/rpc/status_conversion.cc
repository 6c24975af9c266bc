#include "common/rpc/status_conversion.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "common/base/text.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace jixiao {
namespace {

// The message travels twice, percent-encoded (Chinese grows threefold) and in
// the details; together they stay well below a client's 8 KiB.
constexpr size_t kMaxMessageBytes = 600;
constexpr size_t kMaxDetailsBytes = 4'000;
constexpr std::string_view kTypePrefix = "type.googleapis.com/";

template <typename Detail>
std::string TypeUrl() {
  return std::string(kTypePrefix) + Detail::descriptor()->full_name();
}

int Rank(const std::string& type_url) {
  static const std::array<std::string, 3> order = {
      TypeUrl<google::rpc::ErrorInfo>(), TypeUrl<google::rpc::BadRequest>(), TypeUrl<google::rpc::RetryInfo>()};
  return static_cast<int>(std::find(order.begin(), order.end(), type_url) - order.begin());
}

std::string CutMessage(const std::string& message) {
  std::string_view rest = message;
  size_t kept = 0;
  while (kept < rest.size()) {
    const size_t length = std::max<size_t>(1, Utf8SequenceLength(rest.substr(kept)));
    if (kept + length > kMaxMessageBytes) return message.substr(0, kept) + "…";
    kept += length;
  }
  return message;
}

// Leaves violations out, last ones first, until `bad_request` has at most
// `max_bytes`.
std::string FitViolations(const std::string& bytes, size_t max_bytes) {
  google::rpc::BadRequest bad_request;
  if (bytes.size() <= max_bytes || !bad_request.ParseFromString(bytes)) return bytes;
  while (bad_request.field_violations_size() > 1 && bad_request.ByteSizeLong() > max_bytes) {
    bad_request.mutable_field_violations()->RemoveLast();
  }
  return bad_request.SerializeAsString();
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  google::rpc::Status envelope;
  envelope.set_code(static_cast<int>(status.code()));
  envelope.set_message(CutMessage(std::string(status.message())));
  std::vector<std::pair<std::string, std::string>> payloads;
  status.ForEachPayload([&payloads](absl::string_view type_url, const absl::Cord& payload) {
    payloads.emplace_back(std::string(type_url), std::string(payload));
  });
  std::sort(payloads.begin(), payloads.end(), [](const auto& a, const auto& b) {
    return std::pair(Rank(a.first), a.first) < std::pair(Rank(b.first), b.first);
  });
  for (auto& [type_url, payload] : payloads) {
    auto* detail = envelope.add_details();
    detail->set_type_url(type_url);
    const bool is_bad_request = type_url == TypeUrl<google::rpc::BadRequest>();
    detail->set_value(is_bad_request ? FitViolations(payload, kMaxDetailsBytes) : std::move(payload));
  }
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), envelope.message(), envelope.SerializeAsString());
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status out(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status envelope;
  if (status.error_details().empty() || !envelope.ParseFromString(status.error_details())) return out;
  for (const auto& detail : envelope.details()) {
    out.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  }
  return out;
}

std::optional<absl::Duration> RetryDelayOf(const absl::Status& status) {
  const auto payload = status.GetPayload(TypeUrl<google::rpc::RetryInfo>());
  google::rpc::RetryInfo retry;
  if (!payload || !retry.ParseFromString(std::string(*payload))) return std::nullopt;
  return absl::Seconds(retry.retry_delay().seconds()) + absl::Nanoseconds(retry.retry_delay().nanos());
}

std::string CodeName(absl::StatusCode code) { return absl::StatusCodeToString(code); }

}  // namespace jixiao
