#include "faults/intake_process.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/stat.h>

#include "absl/time/clock.h"
#include "common/base/log.h"
#include "common/rpc/channel.h"
#include "common/testing/wait_until.h"
#include "faults/filing_load.h"
#include "intake/adapters/sqlite/sqlite_reader.h"

namespace jixiao::faults {

using ::jixiao::testing::BinaryPath;
using ::jixiao::testing::ChildProcess;
using ::jixiao::testing::TestIdentities;

IntakeProcess::IntakeProcess(IntakeOptions options)
    : options_(std::move(options)),
      identities_(options_.identities != nullptr ? options_.identities : std::make_shared<const TestIdentities>()),
      port_(::jixiao::testing::FreePort()) {
  mkdir(home_.File("store").c_str(), 0700);
}

std::string IntakeProcess::address() const { return fmt::format("127.0.0.1:{}", port_); }

std::vector<std::string> IntakeProcess::Arguments() const {
  std::vector<std::string> argv = {
      BinaryPath(options_.binary),
      "--store=" + (options_.store.empty() ? "sqlite:" + store_path() : options_.store),
      "--listen=" + address(),
      "--metrics_listen=none",
      "--scoring=" + options_.scoring,
      "--publish=" + options_.publish,
      "--drain_pause=0s",
      "--seasons=optional",
      "--libreoffice=",
      "--calendar=" + ::jixiao::testing::SourcePath("rulesets/calendar/working_days.textproto"),
      "--rulesets=" + ::jixiao::testing::SourcePath("rulesets")};
  for (const std::string& flag : identities_->Flags()) argv.push_back(flag);
  argv.insert(argv.end(), options_.flags.begin(), options_.flags.end());
  return argv;
}

void IntakeProcess::Launch() {
  std::vector<std::string> argv = Arguments();
  if (!options_.faults.empty()) {
    std::vector<std::string> env = {"/usr/bin/env", "LD_PRELOAD=" + BinaryPath("libfaulty-disk.so"),
                                    "FAULTY_DISK_DIR=" + home_.File("store"), "FAULTY_DISK_LOG=" + disk_log()};
    env.insert(env.end(), options_.faults.begin(), options_.faults.end());
    argv.insert(argv.begin(), env.begin(), env.end());
  }
  process_ = std::make_unique<ChildProcess>(std::move(argv));
}

void IntakeProcess::Start() {
  Launch();
  const bool is_serving = ::jixiao::testing::WaitUntil(
      [this] { return Health() == 1 || process_->WaitForExit(absl::ZeroDuration()).has_value(); }, absl::Seconds(20));
  if (!is_serving || process_->WaitForExit(absl::ZeroDuration()).has_value()) {
    fmt::print(stderr, "{}\n", process_->Output());
    JIXIAO_CHECK(false);
  }
}

void IntakeProcess::Kill() {
  process_->Signal(SIGKILL);
  process_->WaitForExit();
}

int IntakeProcess::Stop() {
  process_->Signal(SIGTERM);
  return process_->WaitForExit().value_or(-1);
}

int IntakeProcess::Health(absl::Duration timeout) const {
  const auto answer = CallRaw(LoadChannel(address()), "/grpc.health.v1.Health/Check", "",
                              {.deadline = absl::Now() + timeout, .trace_id = ""});
  // HealthCheckResponse { status }; Debian ships no generated header.
  return answer.ok() && answer->size() == 2 ? answer->at(1) : 0;
}

CheckResult IntakeProcess::VerifyByApi(const intake::testing::LedgerRecords& ledger) const {
  cli::ServiceClient client(address(), absl::Seconds(10), {.tls = {}, .token = Token("person/auditor")});
  ApiView view(client);
  auto result = CheckStore(view, ledger);
  if (!result.ok()) return {{fmt::format("cannot be read: {}", std::string(result.status().message()))}, {}};
  return *std::move(result);
}

CheckResult IntakeProcess::VerifyFile(const intake::testing::LedgerRecords& ledger) const {
  const auto reader = intake::SqliteReader::Open(store_path(), "");
  if (!reader.ok()) return {{fmt::format("does not open: {}", std::string(reader.status().message()))}, {}};
  DirectView<intake::SqliteReader> view(**reader);
  auto result = CheckStore(view, ledger);
  if (!result.ok()) return {{fmt::format("cannot be read: {}", std::string(result.status().message()))}, {}};
  return *std::move(result);
}

}  // namespace jixiao::faults
