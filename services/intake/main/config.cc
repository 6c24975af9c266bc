#include "intake/main/config.h"

#include <fmt/format.h>

#include <utility>

#include "absl/flags/flag.h"
#include "intake/main/open_store.h"

ABSL_FLAG(std::string, store, "",
          "[store, place] Where submissions are kept: sqlite:PATH, on a local disk, in a folder that exists; or "
          "postgresql://USER@HOST/DATABASE?OPTIONS, which several instances may share.");
ABSL_FLAG(std::string, synchronous_standby, "auto",
          "[store, auto|required|optional] PostgreSQL: whether a receipt has to wait until a standby has what it "
          "promises. auto: if the URI names more than one server. required: also behind one address that moves with "
          "the primary. optional: a failover may lose the last receipts.");
ABSL_FLAG(bool, migrate, false,
          "[store] Bring the schema of the store up to date and end, while instances run. Only PostgreSQL needs it.");
ABSL_FLAG(absl::Duration, migrate_hold, absl::Seconds(2),
          "[store] With --migrate: how long a step may keep filings waiting before it is broken off, 100ms to 24h. "
          "More than the default only while no instance runs.");
ABSL_FLAG(std::string, scoring, "127.0.0.1:50052",
          "[addresses, address] Address of the scoring service, host:port or unix:path.");
ABSL_FLAG(std::string, publish, "127.0.0.1:50053",
          "[addresses, address] Address of the publish service, host:port or unix:path.");
ABSL_FLAG(bool, auto_approve, false,
          "[review] Approve a version without a reviewer when no finding blocks or waits for an explanation.");
ABSL_FLAG(
    int32_t, outbox_in_flight, 16,
    "[limits, calls] Calls to scoring and publish at one time, 0 to 256. 0: reports are accepted and kept, and wait.");
ABSL_FLAG(absl::Duration, outbox_call_timeout, absl::Seconds(20),
          "[limits] How long one call to scoring or publish may take, 1s to 60s.");
ABSL_FLAG(std::string, audit_checkpoints, "",
          "[store, file] File that checkpoints of the audit log are added to, every 60 s or 1,000 entries, for another "
          "party to copy and keep. A store that is behind one of them is refused. Empty: none are taken.");
ABSL_FLAG(std::string, libreoffice, "auto",
          "[filing, program] Program that converts .doc, .wps, .xls and the like: path of soffice, `auto` to look for "
          "it, empty to refuse such files.");

ABSL_FLAG(std::string, calendar, "rulesets/calendar/working_days.textproto",
          "[filing, file] File with the State Council's arrangements of holidays, by which lateness is counted.");
ABSL_FLAG(
    std::string, rulesets, "rulesets",
    "[filing, folder] Folder with divisions.textproto: the administrative divisions of China, for names of places.");
ABSL_FLAG(std::string, seasons, "required",
          "[filing, required|optional] `required`: reports are taken only in a season that covers them; `optional`: "
          "what no season covers is accepted without lateness.");

namespace jixiao::intake {
namespace {

void CheckPeer(const std::string& flag, const std::string& address, std::vector<std::string>& problems) {
  if (address.find(':') == std::string::npos) {
    problems.push_back(fmt::format("{}: `{}` is neither host:port nor unix:path", flag, address));
  }
}

}  // namespace

Config ConfigFromFlags(int argc, char** argv) {
  Config config;
  config.server = ParseServerFlags(argc, argv,
                                   "Accepts budget-performance self-evaluation reports over gRPC, keeps them and leads "
                                   "them through scoring, review and publication.",
                                   "127.0.0.1:50051", "127.0.0.1:9101");
  config.identity = IdentityConfigFromFlags();
  config.store = absl::GetFlag(FLAGS_store);
  config.synchronous_standby = absl::GetFlag(FLAGS_synchronous_standby);
  config.is_migrating = absl::GetFlag(FLAGS_migrate);
  config.migrate_hold = absl::GetFlag(FLAGS_migrate_hold);
  config.audit_checkpoints = absl::GetFlag(FLAGS_audit_checkpoints);
  config.libreoffice = absl::GetFlag(FLAGS_libreoffice);
  config.calendar = absl::GetFlag(FLAGS_calendar);
  config.rulesets = absl::GetFlag(FLAGS_rulesets);
  config.seasons = absl::GetFlag(FLAGS_seasons);
  config.scoring = absl::GetFlag(FLAGS_scoring);
  config.publish = absl::GetFlag(FLAGS_publish);
  config.auto_approve = absl::GetFlag(FLAGS_auto_approve);
  config.outbox_in_flight = absl::GetFlag(FLAGS_outbox_in_flight);
  config.outbox_call_timeout = absl::GetFlag(FLAGS_outbox_call_timeout);
  return config;
}

std::vector<std::string> Validate(const Config& config) {
  std::vector<std::string> problems = Validate(config.server);
  if (std::string problem = StoreProblem(config.store); !problem.empty()) {
    problems.push_back("--store: " + std::move(problem));
  }
  if (std::string problem = StandbyProblem(config.synchronous_standby); !problem.empty()) {
    problems.push_back("--synchronous_standby: " + std::move(problem));
  }
  CheckPeer("--scoring", config.scoring, problems);
  CheckPeer("--publish", config.publish, problems);
  if (config.seasons != "required" && config.seasons != "optional") {
    problems.push_back(fmt::format("--seasons: `{}` is neither required nor optional", config.seasons));
  }
  for (std::string& problem : Validate(config.identity, {config.scoring, config.publish})) {
    problems.push_back(std::move(problem));
  }
  if (config.migrate_hold < absl::Milliseconds(100) || config.migrate_hold > absl::Hours(24)) {
    problems.push_back("--migrate_hold has to be from 100ms to 24h");
  }
  if (config.outbox_in_flight < 0 || config.outbox_in_flight > 256) {
    problems.push_back("--outbox_in_flight has to be from 0 to 256");
  }
  if (config.outbox_call_timeout < absl::Seconds(1) || config.outbox_call_timeout > absl::Seconds(60)) {
    problems.push_back("--outbox_call_timeout has to be from 1s to 60s");
  }
  return problems;
}

}  // namespace jixiao::intake
