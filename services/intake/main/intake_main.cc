// Starts the intake service.
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "common/base/clock.h"
#include "common/base/digest.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/rpc/call_runner.h"
#include "common/rpc/channel.h"
#include "common/rpc/server.h"
#include "common/rpc/status_conversion.h"
#include "common/telemetry/metrics_server.h"
#include "intake/adapters/grpc_publish_client.h"
#include "intake/adapters/grpc_scoring_client.h"
#include "intake/adapters/isolated_reader.h"
#include "intake/adapters/libreoffice.h"
#include "intake/adapters/measured_submission_store.h"
#include "intake/core/outbox_runner.h"
#include "intake/main/audit_watch.h"
#include "intake/main/config.h"
#include "intake/main/open_store.h"
#include "intake/main/store_watch.h"
#include "intake/rpc/intake_service.h"
#include "intake/rpc/watch_hub.h"

namespace jixiao::intake {
namespace {

OutboxOptions OptionsOf(const Config& config) {
  OutboxOptions options;
  options.owner = RandomHex(8);
  options.max_in_flight = config.outbox_in_flight;
  options.call_timeout = config.outbox_call_timeout;
  options.lease = 2 * config.outbox_call_timeout + absl::Seconds(10);
  options.auto_approve = config.auto_approve;
  return options;
}

DocumentReader ReaderOf(const Config& config) {
  const std::string soffice = config.libreoffice == "auto" ? FindLibreOffice() : config.libreoffice;
  return [soffice](std::string_view bytes) { return ReadDocumentIsolated(bytes, "/proc/self/exe", soffice); };
}

absl::StatusOr<FilingPolicy> PolicyOf(const Config& config) {
  std::ifstream file(config.calendar);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file.good()) return absl::NotFoundError(fmt::format("--calendar: cannot read {}", config.calendar));
  JIXIAO_ASSIGN_OR_RETURN(WorkingCalendar calendar, WorkingCalendar::Parse(text.str()));
  return FilingPolicy{config.seasons == "required", std::make_shared<const WorkingCalendar>(std::move(calendar))};
}

void LogTask(const TaskReport& report) {
  const char* event = report.was_lease_lost ? "task_lease_lost" : report.result.ok() ? "task_done" : "task_failed";
  Log(report.result.ok() ? LogLevel::kInfo : LogLevel::kWarning, event,
      {{"task", static_cast<int>(report.kind)},
       {"submission_version", report.version_name},
       {"attempts", report.attempts},
       {"code", CodeName(report.result.code())},
       {"trace_id", report.trace_id}});
}

}  // namespace
}  // namespace jixiao::intake

int main(int argc, char** argv) {
  using namespace jixiao;  // NOLINT: a main is a table of contents
  // Office files are taken apart in a child of this same program.
  if (argc == 2 && std::string_view(argv[1]) == intake::kReaderArgument) return intake::ReadDocumentAsChild();
  PrepareSignals();
  SetLogService("intake");
  const intake::Config config = intake::ConfigFromFlags(argc, argv);
  StopIfMisconfigured(intake::Validate(config));

  if (config.is_migrating) {
    StopIfFailed(intake::MigrateStore(config.store));
    return 0;
  }
  auto policy = intake::PolicyOf(config);
  StopIfFailed(policy.status());
  const auto callers = intake::OpenCallers(config.identity, config.server.trust_domain, SystemClock());
  StopIfFailed(callers.status());
  auto opened = intake::OpenStore(config.store, config.synchronous_standby);
  StopIfFailed(opened.status());

  std::unique_ptr<intake::AuditWatch> audit_watch;
  if (!config.audit_checkpoints.empty()) {
    auto started = intake::AuditWatch::Start(config.audit_checkpoints, **opened, SystemClock());
    StopIfFailed(started.status());
    audit_watch = *std::move(started);
  }

  Metrics metrics;
  RpcMetrics rpc_metrics(metrics, intake::IntakeMethods());
  intake::FilingMetrics filing_metrics(metrics);
  CallRunner runner(config.server.call_runner_options(), rpc_metrics);
  intake::SubmissionChanges changes;
  intake::MeasuredSubmissionStore store(**opened, metrics, &changes);
  intake::WatchHub watches(store, changes);
  intake::GrpcScoringClient scoring(MakeChannel(config.scoring, config.identity.peers));
  intake::GrpcPublishClient publish(MakeChannel(config.publish, config.identity.peers));
  intake::OutboxRunner outbox(store, scoring, publish, SystemClock(), intake::OptionsOf(config),
                              static_cast<uint64_t>(absl::ToUnixNanos(SystemClock().Now())), intake::LogTask);
  intake::SubmitLimits limits(config.identity.limits);
  OpenStreams streams(intake::kMaxStreams);
  intake::IntakeService service({.store = store,
                                 .scoring = scoring,
                                 .callers = **callers,
                                 .clock = SystemClock(),
                                 .reader = intake::ReaderOf(config),
                                 .metrics = filing_metrics,
                                 .streams = streams,
                                 .on_task = [&outbox] { outbox.Wake(); },
                                 .policy = *std::move(policy),
                                 .watches = &watches,
                                 .limits = &limits},
                                runner);

  std::unique_ptr<MetricsServer> metrics_server;
  if (!config.server.metrics_listen.empty()) {
    auto started = MetricsServer::Start(config.server.metrics_listen, metrics);
    StopIfFailed(started.status());
    metrics_server = *std::move(started);
  }
  ServerOptions server_options = config.server.server_options();
  server_options.max_receive_bytes = intake::kMaxRequestBytes;
  auto server = Server::Start(server_options, {{intake::v1::IntakeService::service_full_name(), &service}});
  StopIfFailed(server.status());
  auto watch = std::make_unique<intake::StoreWatch>(store, SystemClock(), metrics,
                                                    [&server](bool is_healthy) { (*server)->SetServing(is_healthy); });
  outbox.Start();

  // Streams would hold the shutdown until their deadlines.
  ServeUntilStopped(**server, [&] {
    streams.EndAll();
    watches.EndAll();
  });

  // What was accepted is finished before the store closes; the store answers the
  // last writes while everything they answer to still lives.
  outbox.Stop();
  watch.reset();
  audit_watch.reset();
  opened->reset();
  return 0;
}
