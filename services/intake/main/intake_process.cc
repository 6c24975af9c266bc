#include "intake/main/intake_process.h"

#include <utility>

#include "common/base/clock.h"
#include "common/base/digest.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/rpc/channel.h"
#include "common/rpc/status_conversion.h"
#include "intake/reader/office/isolated_reader.h"
#include "intake/reader/office/libreoffice.h"

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

DocumentReader ReaderOf(const Config& config, ReaderData data) {
  const std::string soffice = config.libreoffice == "auto" ? FindLibreOffice() : config.libreoffice;
  return [reader = IsolatedReader{"/proc/self/exe", soffice, config.rulesets, std::move(data)}](
             std::string_view bytes) { return ReadDocumentIsolated(bytes, reader); };
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

IntakeProcess::IntakeProcess(const Config& config, SubmissionStore& store, const Callers& callers, FilingPolicy policy,
                             ReaderData reader_data)
    : config_(config),
      rpc_metrics_(metrics_, IntakeMethods()),
      filing_metrics_(metrics_),
      runner_(config.server.call_runner_options(), rpc_metrics_),
      store_(store, metrics_, &changes_),
      watches_(store_, changes_),
      scoring_(MakeChannel(config.scoring, config.identity.peers)),
      publish_(MakeChannel(config.publish, config.identity.peers)),
      outbox_(store_, scoring_, publish_, SystemClock(), OptionsOf(config),
              static_cast<uint64_t>(absl::ToUnixNanos(SystemClock().Now())), LogTask),
      limits_(config.identity.limits),
      streams_(kMaxStreams),
      service_({.store = store_,
                .scoring = scoring_,
                .callers = callers,
                .clock = SystemClock(),
                .reader = ReaderOf(config, std::move(reader_data)),
                .metrics = filing_metrics_,
                .streams = streams_,
                .on_task = [this] { outbox_.Wake(); },
                .policy = std::move(policy),
                .watches = &watches_,
                .limits = &limits_},
               runner_) {}

absl::Status IntakeProcess::StartMetrics() {
  if (config_.server.metrics_listen.empty()) return absl::OkStatus();
  JIXIAO_ASSIGN_OR_RETURN(metrics_server_, MetricsServer::Start(config_.server.metrics_listen, metrics_));
  return absl::OkStatus();
}

absl::Status IntakeProcess::StartServer() {
  ServerOptions options = config_.server.server_options();
  options.max_receive_bytes = kMaxRequestBytes;
  JIXIAO_ASSIGN_OR_RETURN(server_, Server::Start(options, {{v1::IntakeService::service_full_name(), &service_}}));
  return absl::OkStatus();
}

absl::Status IntakeProcess::Start() {
  JIXIAO_RETURN_IF_ERROR(StartMetrics());
  JIXIAO_RETURN_IF_ERROR(StartServer());
  store_watch_ = std::make_unique<StoreWatch>(store_, SystemClock(), metrics_,
                                              [this](bool is_healthy) { server_->SetServing(is_healthy); });
  if (config_.outbox_in_flight > 0) outbox_.Start();
  return absl::OkStatus();
}

void IntakeProcess::Serve() {
  // Streams would hold the shutdown until their deadlines.
  ServeUntilStopped(*server_, [this] { streams_.EndAll(); });
  outbox_.Stop();
  store_watch_.reset();
}

}  // namespace jixiao::intake
