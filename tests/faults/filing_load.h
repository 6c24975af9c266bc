// Clients of intake as real ones are, and worse: each writes down what it is
// about to file, files it until it is answered, and writes the answer down. They
// also repeat what was answered, send versions in the wrong order, start from
// stale versions and use a request id again.
#ifndef JIXIAO_TESTS_FAULTS_FILING_LOAD_H_
#define JIXIAO_TESTS_FAULTS_FILING_LOAD_H_

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/tls/tls.h"
#include "faults/intake_ledger.h"

namespace jixiao::faults {

struct LoadOptions {
  std::vector<std::string> servers = {};  // instances; a client that gets no answer goes to the next
  TlsFiles tls = {};                      // empty: plaintext, for this machine alone
  std::vector<std::string> tokens = {};   // client n uses the one at n, and so on in turn; empty: none
  int clients = 4;
  int submissions = 25;  // per client
  int versions = 3;      // per submission
  int per_second = 0;    // of all clients, 0: as fast as answers come
  int duplicates = 0;    // each filing is sent this many times more at the same time
  // A later version before the one it follows, one on an old base, an old request
  // again, and a request id again with other content: each once a submission.
  bool is_unruly = false;
  // Versions say which one they follow. Without it they are not ordered.
  bool states_base = true;
  absl::Duration call_timeout = absl::Seconds(2);
  absl::Duration patience = absl::Seconds(60);  // until a filing's outcome is left unknown
  std::string division_code = "430611";
  int fiscal_year = 2024;
  // Units are `{prefix}C{client}N{number}`, request ids begin with it.
  std::string prefix = "L";
  // Unit of a submission instead.
  std::function<std::string(int client, int number)> unit = {};
};

struct LoadCounts {
  std::atomic<int> accepted{0};
  std::atomic<int> refused{0};   // for good, as a client provokes it
  std::atomic<int> unknown{0};   // given up
  std::atomic<int> repeated{0};  // calls sent again, as there was no answer
  std::atomic<int> shed{0};      // of these, answered RESOURCE_EXHAUSTED
  std::atomic<int> in_flight{0};
};

struct Request {
  std::string id;
  std::string bytes;  // SubmitReportRequest
  std::string digest;
  std::optional<int> base_version;
};

class FilingLoad {
 public:
  // `ledger` outlives this.
  FilingLoad(LoadOptions options, intake::testing::Ledger& ledger);

  // Until all is filed, or `is_stopping` and what was begun is answered.
  void Run(const std::atomic<bool>& is_stopping);
  void Run();

  const LoadCounts& counts() const { return counts_; }
  // Of a refusal that no client provoked, for example an unknown token.
  std::string last_refusal() const;

 private:
  class Client;
  friend class Client;

  const LoadOptions options_;
  intake::testing::Ledger& ledger_;
  LoadCounts counts_;
  mutable std::mutex mutex_;
  std::string last_refusal_;
};

// A channel that comes back fast after a restart.
std::shared_ptr<grpc::Channel> LoadChannel(const std::string& server, const TlsFiles& tls = TlsFiles());

// One filing, its bytes in an order that no serializer would write them in: who
// serializes them again changes the digest.
Request MakeRequest(const std::string& id, const std::string& unit_code, const std::string& title,
                    std::optional<int> base_version, const LoadOptions& options);

// Calls SubmitReport once.
absl::StatusOr<intake::v1::Receipt> SubmitOnce(const std::shared_ptr<grpc::Channel>& channel, const std::string& token,
                                               const Request& request, absl::Duration timeout);

}  // namespace jixiao::faults

#endif  // JIXIAO_TESTS_FAULTS_FILING_LOAD_H_
