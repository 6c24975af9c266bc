// Files many reports over streams until each has its answer: what was under way
// when a stream broke is sent again, what was refused for now is sent later.
#ifndef JIXIAO_TOOLS_JIXIAO_CLIENT_BULK_SENDER_H_
#define JIXIAO_TOOLS_JIXIAO_CLIENT_BULK_SENDER_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/rpc/channel.h"
#include "jixiao/intake/v1/filing.pb.h"

namespace jixiao::cli {

// One report to file.
struct BulkItem {
  int64_t number = 0;      // place in the source, from 1
  std::string request_id;  // the same each time it is sent
  std::string request;     // serialized SubmitReportRequest
};

class BulkSender {
 public:
  // The next item, or nothing at the end.
  using Source = std::function<std::optional<BulkItem>()>;
  // A final answer: accepted, or refused for good.
  using Sink = std::function<void(const BulkItem&, const intake::v1::SubmitReportsResponse&)>;

  struct Options {
    std::shared_ptr<grpc::Channel> channel;
    int window = 128;                             // sent and not answered
    absl::Duration patience = absl::Minutes(10);  // without any answer, before giving up
  };

  BulkSender(Options options, Source source, Sink sink);

  // Until everything is answered. UNAVAILABLE if the service gave no answer for
  // as long as patience allows; the failure of the stream if it is not one that
  // another try could mend.
  absl::Status Run();

  int64_t broken_streams() const { return broken_streams_; }

 private:
  struct Waiting {
    BulkItem item;
    absl::Time not_before;
  };

  absl::Status RunStream();
  bool SendOne(class BulkStreamClient& stream);
  void Take(const intake::v1::SubmitReportsResponse& answer);
  std::optional<BulkItem> NextItem();

  const Options options_;
  const Source source_;
  const Sink sink_;
  bool is_source_empty_ = false;
  std::map<std::string, BulkItem> sent_;         // by request id
  std::multimap<absl::Time, BulkItem> waiting_;  // to be sent again, by when
  absl::Time last_answer_;
  int64_t broken_streams_ = 0;
};

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_CLIENT_BULK_SENDER_H_
