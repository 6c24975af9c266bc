#include "common/rpc/tls/tls.h"

#include <fmt/format.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <algorithm>

#include "common/identity/certificate.h"
#include "common/identity/watched_file.h"

namespace jixiao {
namespace {

constexpr size_t kMaxPemBytes = 1 << 20;

unsigned SecondsOf(absl::Duration duration) {
  return static_cast<unsigned>(std::max<int64_t>(1, absl::ToInt64Seconds(duration)));
}

std::string ReadPem(const std::string& path, std::vector<std::string>& problems) {
  absl::StatusOr<std::string> pem = ReadSmallFile(path, kMaxPemBytes);
  if (pem.ok()) return *std::move(pem);
  problems.emplace_back(pem.status().message());
  return "";
}

std::shared_ptr<grpc::experimental::FileWatcherCertificateProvider> Watch(const TlsFiles& files) {
  return std::make_shared<grpc::experimental::FileWatcherCertificateProvider>(files.key, files.cert, files.ca,
                                                                              SecondsOf(files.refresh));
}

}  // namespace

std::vector<std::string> ProblemsWith(const TlsFiles& files) {
  std::vector<std::string> problems;
  if (files.cert.empty() != files.key.empty()) {
    problems.push_back(fmt::format("{} is given without its {}", files.cert.empty() ? "a key" : "a certificate",
                                   files.cert.empty() ? "certificate" : "key"));
    return problems;
  }
  if (!files.cert.empty()) {
    const std::string cert = ReadPem(files.cert, problems);
    const std::string key = ReadPem(files.key, problems);
    if (!cert.empty() && !key.empty()) {
      if (const std::string problem = ProblemWithCertificate(cert, key); !problem.empty()) {
        problems.push_back(fmt::format("{}: {}", files.cert, problem));
      }
    }
  }
  if (!files.ca.empty()) {
    const std::string ca = ReadPem(files.ca, problems);
    if (!ca.empty() && !HoldsCertificate(ca)) problems.push_back(files.ca + ": it holds no certificate in PEM");
  }
  return problems;
}

std::shared_ptr<grpc::ServerCredentials> MakeServerCredentials(const TlsFiles& files) {
  grpc::experimental::TlsServerCredentialsOptions options(Watch(files));
  options.watch_identity_key_cert_pairs();
  if (files.ca.empty()) {
    options.set_cert_request_type(GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE);
  } else {
    options.watch_root_certs();
    options.set_cert_request_type(GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY);
  }
  return grpc::experimental::TlsServerCredentials(options);
}

std::shared_ptr<grpc::ChannelCredentials> MakeChannelCredentials(const TlsFiles& files) {
  if (files.empty()) return grpc::InsecureChannelCredentials();
  grpc::experimental::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(Watch(files));
  options.watch_root_certs();
  if (!files.cert.empty()) options.watch_identity_key_cert_pairs();
  return grpc::experimental::TlsCredentials(options);
}

bool IsLocalAddress(const std::string& address) {
  if (address.starts_with("unix:")) return true;
  const std::string_view host = std::string_view(address).substr(0, address.rfind(':'));
  return host == "localhost" || host == "[::1]" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

}  // namespace jixiao
