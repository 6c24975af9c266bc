// For any service: TLS for servers and channels. Certificates are read again when
// their files change, so a renewed one needs no restart.
#ifndef JIXIAO_COMMON_RPC_TLS_TLS_H_
#define JIXIAO_COMMON_RPC_TLS_TLS_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace jixiao {

// PEM files. A key and its certificate change together: replace the folder that
// holds both by a rename, or keep both in one file and name it twice.
struct TlsFiles {
  std::string cert;  // own certificate, those between it and the CA behind it
  std::string key;
  std::string ca;  // whose certificates of the other side are believed
  // How soon a changed file is seen.
  absl::Duration refresh = absl::Seconds(10);

  bool empty() const { return cert.empty() && key.empty() && ca.empty(); }
};

// What keeps these files from being used, in sentences; empty if nothing: one of
// cert and key without the other, files that cannot be read, a key that is not
// the certificate's, a certificate that has run out.
std::vector<std::string> ProblemsWith(const TlsFiles& files);

// TLS 1.2 or later. With a `ca` a client's certificate is asked for, and verified
// if one is shown; a bad one ends the connection.
std::shared_ptr<grpc::ServerCredentials> MakeServerCredentials(const TlsFiles& files);

// Believes `ca` and checks the server's name; shows `cert` if there is one. All
// empty: plaintext, for loopback and unix sockets.
std::shared_ptr<grpc::ChannelCredentials> MakeChannelCredentials(const TlsFiles& files);

// True for `unix:…` and for addresses that no other machine reaches.
bool IsLocalAddress(const std::string& address);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_RPC_TLS_TLS_H_
