// Asks a service: every call has a deadline, and what can be retried is.
#ifndef JIXIAO_TOOLS_JIXIAO_CLIENT_SERVICE_CLIENT_H_
#define JIXIAO_TOOLS_JIXIAO_CLIENT_SERVICE_CLIENT_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/channel.h"

namespace jixiao::cli {

inline const std::string kIntake = "/jixiao.intake.v1.IntakeService/";
inline const std::string kScoring = "/jixiao.scoring.v1.ScoringService/";

// How the client proves who calls, and whom it believes.
struct Credentials {
  TlsFiles tls;       // empty: plaintext, for this machine alone
  std::string token;  // empty: none
};

class ServiceClient {
 public:
  // `timeout` bounds each call with all its retries, at most 60 s.
  ServiceClient(const std::string& server, absl::Duration timeout, const Credentials& credentials = Credentials())
      : server_(server),
        timeout_(timeout),
        tls_(credentials.tls),
        channel_(MakeChannel(server, credentials.tls, credentials.token)) {}

  // Calls `method` of intake, for example `SubmitReport`. UNAVAILABLE and
  // RESOURCE_EXHAUSTED are retried until the timeout with the request unchanged:
  // its request id makes that safe.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Ask(const std::string& method, const Request& request) {
    absl::StatusOr<std::string> bytes = AskRaw(kIntake + method, request.SerializeAsString());
    if (!bytes.ok()) return std::move(bytes).status();
    Response response;
    if (!response.ParseFromString(*bytes)) return absl::DataLossError("cannot parse the answer to " + method);
    return response;
  }

  // The same with bytes, for answers that hold bytes which must stay as they are;
  // `method` with its service: `/jixiao.intake.v1.IntakeService/GetVersion`.
  absl::StatusOr<std::string> AskRaw(const std::string& method, const std::string& request);

  // OK once the server says that it serves; UNAVAILABLE if not until the timeout.
  absl::Status WaitUntilServing();

  // For streams.
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

  const std::string& server() const { return server_; }
  absl::Duration timeout() const { return timeout_; }
  const TlsFiles& tls() const { return tls_; }

 private:
  bool NeverConnected() const;
  absl::Status CannotConnect() const;

  std::string server_;
  absl::Duration timeout_;
  TlsFiles tls_;
  std::shared_ptr<grpc::Channel> channel_;
};

// A fresh request id.
std::string NewRequestId();

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_CLIENT_SERVICE_CLIENT_H_
