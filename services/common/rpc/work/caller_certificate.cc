#include "common/rpc/work/caller_certificate.h"

#include <fmt/format.h>
#include <grpc/grpc_security_constants.h>

#include <algorithm>
#include <utility>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/identity/subject.h"

namespace jixiao {

bool HasCertificate(const grpc::CallbackServerContext& context) {
  const auto auth = context.auth_context();
  return auth != nullptr && !auth->FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME).empty();
}

absl::StatusOr<std::string> SubjectOfCertificate(const grpc::CallbackServerContext& context,
                                                 const std::string& trust_domain) {
  if (!HasCertificate(context)) return NoIdentity();
  std::vector<std::string> uris;
  for (const grpc::string_ref& uri : context.auth_context()->FindPropertyValues(GRPC_PEER_URI_PROPERTY_NAME)) {
    uris.emplace_back(uri.data(), uri.size());
  }
  return SubjectOfUris(uris, trust_domain);
}

CallRunnerOptions::Admit OnlyCallers(std::vector<std::string> subjects, std::string trust_domain) {
  return [subjects = std::move(subjects),
          trust_domain = std::move(trust_domain)](const grpc::CallbackServerContext& context) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(const std::string subject, SubjectOfCertificate(context, trust_domain));
    if (std::find(subjects.begin(), subjects.end(), subject) != subjects.end()) return absl::OkStatus();
    return MakeError(absl::StatusCode::kPermissionDenied, "CALLER_NOT_ALLOWED",
                     fmt::format("{} may not call this service: see its flag --callers", subject));
  };
}

}  // namespace jixiao
