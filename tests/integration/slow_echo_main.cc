// Pretends to be a service whose calls take as long as they ask for, to see how
// every service starts, refuses and ends.
#include <cstdlib>
#include <string>

#include "absl/time/clock.h"
#include "common/base/log.h"
#include "common/rpc/config/server_config.h"
#include "common/rpc/raw_message.h"
#include "common/rpc/server.h"
#include "common/rpc/work/call_runner.h"
#include "common/testing/raw_service.h"

int main(int argc, char** argv) {
  using namespace jixiao;  // NOLINT: a main is a table of contents
  PrepareSignals();
  SetLogService("slow-echo");
  const ServerConfig config = ParseServerFlags(argc, argv, "Waits, for tests.", "127.0.0.1:0", "none");
  StopIfMisconfigured(Validate(config));
  Metrics metrics;
  RpcMetrics rpc_metrics(metrics, {"Wait"});
  CallRunner runner(config.call_runner_options(), rpc_metrics);
  // The request is a number of milliseconds.
  testing::RawService service(
      "/jixiao.test.SlowEcho/Wait",
      [&runner](grpc::CallbackServerContext* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
        return runner.Run(context, "Wait", [request, response](const Call&) {
          const std::string milliseconds = ToBytes(*request);
          LogInfo("waiting", {{"milliseconds", std::atoi(milliseconds.c_str())}});
          absl::SleepFor(absl::Milliseconds(std::atoi(milliseconds.c_str())));
          *response = ToByteBuffer(milliseconds);
          return absl::OkStatus();
        });
      });
  const auto server = Server::Start(config.server_options(), {{"jixiao.test.SlowEcho", &service}});
  StopIfFailed(server.status());
  ServeUntilStopped(**server);
  return 0;
}
