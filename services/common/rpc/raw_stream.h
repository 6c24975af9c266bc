// For clients: a stream in both directions whose messages are bytes, as blocking
// calls.
#ifndef JIXIAO_COMMON_RPC_RAW_STREAM_H_
#define JIXIAO_COMMON_RPC_RAW_STREAM_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "common/rpc/channel.h"

namespace jixiao {

// One thread may write while another reads. Destroying it cancels what is open.
class RawStream {
 public:
  RawStream(const std::shared_ptr<grpc::Channel>& channel, const MethodPath& method, const OutboundCall& call);
  ~RawStream();
  RawStream(const RawStream&) = delete;
  RawStream& operator=(const RawStream&) = delete;

  // Blocks while the other side reads too slowly. False once the stream ended.
  bool Write(std::string message);
  // Nothing more will be written.
  void WritesDone();

  // False once the stream ended.
  bool Read(std::string& message);

  // Ends the stream now, from any thread.
  void Cancel();

  // Blocks until the other side has ended it. Only after Read gave false: a read
  // that begins while the stream is put away never ends.
  absl::Status Finish();

 private:
  class Reactor;

  grpc::ClientContext context_;
  const std::unique_ptr<Reactor> reactor_;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_RPC_RAW_STREAM_H_
