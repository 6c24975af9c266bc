// Looks at certificates before they are used; who believes them is decided by
// TLS itself.
#ifndef JIXIAO_COMMON_IDENTITY_CERTIFICATE_H_
#define JIXIAO_COMMON_IDENTITY_CERTIFICATE_H_

#include <string>
#include <string_view>

namespace jixiao {

// Why the first certificate of `cert_pem` cannot be shown with `key_pem`, in a
// sentence; empty if nothing is wrong.
std::string ProblemWithCertificate(std::string_view cert_pem, std::string_view key_pem);

bool HoldsCertificate(std::string_view pem);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_IDENTITY_CERTIFICATE_H_
