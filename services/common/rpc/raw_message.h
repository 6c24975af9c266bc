// For any service: protobuf messages as received bytes. Reports are evidence:
// they are stored, hashed and forwarded without being serialized again.
//
// Handlers that need the bytes are declared with WithRawCallbackMethod_X and get
// grpc::ByteBuffer in and out.
#ifndef JIXIAO_COMMON_RPC_RAW_MESSAGE_H_
#define JIXIAO_COMMON_RPC_RAW_MESSAGE_H_

#include <grpcpp/support/byte_buffer.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jixiao {

// One copy of the bytes.
std::string ToBytes(const grpc::ByteBuffer& buffer);

// Takes `bytes` over without a copy.
grpc::ByteBuffer ToByteBuffer(std::string bytes);

// The payload of the length-delimited field `number` of the message `wire`
// (message, string or bytes); points into `wire`. Empty if the field is absent.
// INVALID_ARGUMENT if it stands there twice, has another wire type, or `wire` is
// broken. Does not look into other fields.
absl::StatusOr<std::optional<std::string_view>> FindField(std::string_view wire, int number);

// The top-level fields `numbers` of `wire`, bytes as they are, others left out:
// for a look at a few fields of a large message without parsing it.
// INVALID_ARGUMENT if `wire` is broken.
absl::StatusOr<std::string> KeepFields(std::string_view wire, std::initializer_list<int> numbers);

// `wire` without its top-level fields `number`, the rest as it is.
// INVALID_ARGUMENT if `wire` is broken.
absl::StatusOr<std::string> DropField(std::string_view wire, int number);

// Appends `payload` to `wire` as the length-delimited field `number`.
void AppendField(int number, std::string_view payload, std::string& wire);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_RPC_RAW_MESSAGE_H_
