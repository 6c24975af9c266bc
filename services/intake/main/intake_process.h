// The running service: its parts, in the order in which they need each other.
#ifndef JIXIAO_INTAKE_MAIN_INTAKE_PROCESS_H_
#define JIXIAO_INTAKE_MAIN_INTAKE_PROCESS_H_

#include <memory>

#include "common/rpc/server.h"
#include "common/rpc/work/call_runner.h"
#include "common/rpc/work/open_streams.h"
#include "common/telemetry/metrics_server.h"
#include "intake/adapters/peers/grpc_publish_client.h"
#include "intake/adapters/peers/grpc_scoring_client.h"
#include "intake/adapters/store/measured_submission_store.h"
#include "intake/core/tasks/outbox_runner.h"
#include "intake/main/config.h"
#include "intake/main/store_watch.h"
#include "intake/reader/labels/reader_data.h"
#include "intake/rpc/intake_service.h"
#include "intake/rpc/watch_hub.h"

namespace jixiao::intake {

class IntakeProcess {
 public:
  // `store` and `callers` outlive this.
  IntakeProcess(const Config& config, SubmissionStore& store, const Callers& callers, FilingPolicy policy,
                ReaderData reader_data);

  // Listens, takes up the tasks that were left, watches the store.
  absl::Status Start();

  // Until a signal. Then what was accepted is finished, so that the store can be
  // closed.
  void Serve();

 private:
  absl::Status StartMetrics();
  absl::Status StartServer();

  const Config& config_;
  Metrics metrics_;
  RpcMetrics rpc_metrics_;
  FilingMetrics filing_metrics_;
  CallRunner runner_;
  SubmissionChanges changes_;
  MeasuredSubmissionStore store_;
  WatchHub watches_;
  GrpcScoringClient scoring_;
  GrpcPublishClient publish_;
  OutboxRunner outbox_;
  SubmitLimits limits_;
  OpenStreams streams_;
  IntakeService service_;
  std::unique_ptr<MetricsServer> metrics_server_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<StoreWatch> store_watch_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_MAIN_INTAKE_PROCESS_H_
