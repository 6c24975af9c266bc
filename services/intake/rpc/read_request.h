// Requests of all methods but those that bring reports and documents.
#ifndef JIXIAO_INTAKE_RPC_READ_REQUEST_H_
#define JIXIAO_INTAKE_RPC_READ_REQUEST_H_

#include <grpcpp/support/byte_buffer.h>

#include "absl/status/statusor.h"
#include "common/rpc/raw_message.h"

namespace jixiao::intake {

// The largest is a roster of 1 MiB; what is left is for the fields beside it.
inline constexpr size_t kMaxSmallRequestBytes = (1 << 20) + (64 << 10);

// INVALID_ARGUMENT, reasons REQUEST_TOO_LARGE and REQUEST_DAMAGED.
absl::Status RequestTooLarge(size_t bytes);
absl::Status RequestDamaged();

// The server takes messages as large as a document. A parsed message can take
// thirty times its bytes, so those that bring none are held to less.
template <typename Request>
absl::StatusOr<Request> ReadRequest(const grpc::ByteBuffer& bytes) {
  if (bytes.Length() > kMaxSmallRequestBytes) return RequestTooLarge(bytes.Length());
  Request request;
  if (!request.ParseFromString(ToBytes(bytes))) return RequestDamaged();
  return request;
}

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_RPC_READ_REQUEST_H_
