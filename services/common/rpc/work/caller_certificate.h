// For any service: who calls, by the client certificate of the connection.
#ifndef JIXIAO_COMMON_RPC_WORK_CALLER_CERTIFICATE_H_
#define JIXIAO_COMMON_RPC_WORK_CALLER_CERTIFICATE_H_

#include <grpcpp/grpcpp.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/rpc/work/call_runner.h"

namespace jixiao {

// True if the peer showed a certificate, which TLS has then verified.
bool HasCertificate(const grpc::CallbackServerContext& context);

// The subject that the certificate proves. UNAUTHENTICATED, reason NO_IDENTITY
// if none was shown, INVALID_CERTIFICATE if it does not name exactly one.
absl::StatusOr<std::string> SubjectOfCertificate(const grpc::CallbackServerContext& context,
                                                 const std::string& trust_domain);

// For CallRunnerOptions: only these subjects may call anything. Others get
// PERMISSION_DENIED, reason CALLER_NOT_ALLOWED.
CallRunnerOptions::Admit OnlyCallers(std::vector<std::string> subjects, std::string trust_domain);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_RPC_WORK_CALLER_CERTIFICATE_H_
