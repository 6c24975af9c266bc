#include "intake/main/run_intake.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "intake/main/audit_watch.h"
#include "intake/main/config.h"
#include "intake/main/intake_process.h"
#include "intake/main/open_store.h"
#include "intake/reader/office/isolated_reader.h"

namespace jixiao::intake {
namespace {

absl::StatusOr<FilingPolicy> PolicyOf(const Config& config, const ReaderData& data) {
  std::ifstream file(config.calendar);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file.good()) return absl::NotFoundError(fmt::format("--calendar: cannot read {}", config.calendar));
  JIXIAO_ASSIGN_OR_RETURN(WorkingCalendar calendar, WorkingCalendar::Parse(text.str()));
  return FilingPolicy{config.seasons == "required", std::make_shared<const WorkingCalendar>(std::move(calendar)),
                      data.divisions};
}

// Null if no checkpoints are kept.
absl::StatusOr<std::unique_ptr<AuditWatch>> WatchAudit(const Config& config, SubmissionStore& store) {
  if (config.audit_checkpoints.empty()) return nullptr;
  return AuditWatch::Start(config.audit_checkpoints, store, SystemClock());
}

}  // namespace

int RunIntake(int argc, char** argv, const SchemaSteps& steps) {
  // Office files are taken apart in a child of this same program.
  if (argc == 3 && std::string_view(argv[1]) == kReaderArgument) return ReadDocumentAsChild(argv[2]);
  PrepareSignals();
  SetLogService("intake");
  const Config config = ConfigFromFlags(argc, argv);
  StopIfMisconfigured(Validate(config));
  if (config.is_migrating) {
    StopIfFailed(MigrateStore(config.store, steps, config.migrate_hold));
    return 0;
  }

  auto reader_data = ReaderData::Load(config.rulesets);
  StopIfFailed(reader_data.status());
  auto policy = PolicyOf(config, *reader_data);
  StopIfFailed(policy.status());
  const auto callers = OpenCallers(config.identity, config.server.trust_domain, SystemClock());
  StopIfFailed(callers.status());
  auto store = OpenStore(config.store, config.synchronous_standby, steps);
  StopIfFailed(store.status());
  auto audit_watch = WatchAudit(config, **store);
  StopIfFailed(audit_watch.status());

  IntakeProcess process(config, **store, **callers, *std::move(policy), *std::move(reader_data));
  StopIfFailed(process.Start());
  process.Serve();

  audit_watch->reset();
  // The store answers the last writes while everything they answer to still lives.
  store->reset();
  return 0;
}

}  // namespace jixiao::intake
