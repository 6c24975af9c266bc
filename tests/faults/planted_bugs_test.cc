// Tests of the tests: bugs that are planted on purpose have to be caught by the
// same clients and the same checker that the fault tests use, all of them.
// (`synchronous=NORMAL` and a store that acknowledges before it commits on a real
// disk are planted in store_disk_test and intake_crash_test.)
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "common/rpc/server.h"
#include "common/rpc/work/call_runner.h"
#include "common/rpc/work/open_streams.h"
#include "common/sqlite/sqlite_connection.h"
#include "common/testing/child_process.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "faults/filing_load.h"
#include "faults/intake_process.h"
#include "faults/ledger_check.h"
#include "faults/planted_store.h"
#include "intake/rpc/intake_service.h"
#include "intake/testing/believed_callers.h"
#include "intake/testing/fake_clients.h"
#include "intake/testing/store/in_memory_submission_store.h"

namespace jixiao::faults {
namespace {

using intake::testing::Ledger;
using intake::testing::LedgerRecords;
using intake::testing::ReadLedger;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::TempDir;

// The service in this process, on a store with a bug.
class PlantedService {
 public:
  explicit PlantedService(Bug bug) : store_(inner_, bug) {
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.plaintext = true;
    options.drain_pause = absl::ZeroDuration();
    server_ = *Server::Start(options, {{intake::v1::IntakeService::service_full_name(), &service_}});
  }

  std::string address() const { return fmt::format("127.0.0.1:{}", server_->port()); }
  const PlantedStore& store() const { return store_; }

 private:
  Metrics metrics_;
  RpcMetrics rpc_metrics_{metrics_, intake::IntakeMethods()};
  intake::FilingMetrics filing_metrics_{metrics_};
  intake::testing::InMemorySubmissionStore inner_;
  PlantedStore store_;
  intake::testing::FakeScoringClient scoring_;
  intake::testing::BelievedCallers callers_;
  OpenStreams streams_{intake::kMaxStreams};
  CallRunner runner_{CallRunnerOptions{}, rpc_metrics_};
  intake::IntakeService service_{
      {store_, scoring_, callers_, SystemClock(), nullptr, filing_metrics_, streams_, [] {}, {}}, runner_};
  std::unique_ptr<Server> server_;
};

LoadOptions SmallLoad(const std::string& address, Bug bug) {
  LoadOptions options{.servers = {address}};
  options.clients = 3;
  options.submissions = 4;
  // Repetitions mend what was lost.
  options.is_unruly = bug != Bug::kAcknowledgesBeforeCommit;
  options.duplicates = options.is_unruly ? 1 : 0;
  options.patience = absl::Seconds(3);
  return options;
}

std::vector<std::string> ProblemsOf(Bug bug) {
  const TempDir home;
  PlantedService service(bug);
  Ledger ledger(home.File("ledger"));
  FilingLoad load(SmallLoad(service.address(), bug), ledger);
  load.Run();
  EXPECT_GT(load.counts().accepted, 0) << load.last_refusal();
  cli::ServiceClient client(service.address(), absl::Seconds(10));
  ApiView view(client);
  const auto result = CheckStore(view, ReadLedger(home.File("ledger")));
  EXPECT_THAT(result, IsOk());
  if (bug != Bug::kNone) {
    EXPECT_GT(service.store().done_wrong(), 0) << NameOf(bug) << " was planted and did nothing";
  }
  return result->problems;
}

TEST(PlantedBugs, ASoundStoreHasNoProblems) {
  const auto problems = ProblemsOf(Bug::kNone);
  EXPECT_TRUE(problems.empty()) << Join(problems);
}

TEST(PlantedBugs, EachBugOfAStoreIsCaught) {
  constexpr Bug kBugs[] = {Bug::kAcknowledgesBeforeCommit, Bug::kForgetsRequestIds,    Bug::kSkipsAuditEntries,
                           Bug::kSerializesReportsAgain,   Bug::kAnswersStaleVersions, Bug::kDecidesOnStaleVersions};
  int caught = 0;
  for (const Bug bug : kBugs) {
    const auto problems = ProblemsOf(bug);
    EXPECT_FALSE(problems.empty()) << NameOf(bug) << " was not caught";
    if (problems.empty()) continue;
    ++caught;
    fmt::print("planted: {}: {} problems, first: {}\n", NameOf(bug), problems.size(), problems.front());
  }
  fmt::print("planted bugs in a store: caught {} of {}\n", caught, std::size(kBugs));
}

// The auditor's own tool, not the checker.
std::pair<int, std::string> AuditVerify(const std::vector<std::string>& flags) {
  std::vector<std::string> argv = {::jixiao::testing::BinaryPath("jixiao"), "audit", "verify"};
  argv.insert(argv.end(), flags.begin(), flags.end());
  ::jixiao::testing::ChildProcess verify(argv);
  const int exit_code = verify.WaitForExit().value_or(-1);
  return {exit_code, verify.Output()};
}

// Each fifth filing leaves no entry, and there is nothing else in its history. The
// chain is sound, as the next entry takes its number.
TEST(PlantedBugs, AnAuditorSeesHistoriesOfWhichNothingIsInTheLog) {
  for (const Bug bug : {Bug::kNone, Bug::kSkipsAuditEntries}) {
    const TempDir home;
    PlantedService service(bug);
    Ledger ledger(home.File("ledger"));
    LoadOptions options = SmallLoad(service.address(), bug);
    options.versions = 1;
    options.is_unruly = false;
    options.duplicates = 0;
    FilingLoad load(options, ledger);
    load.Run();
    ASSERT_EQ(load.counts().accepted, 12) << load.last_refusal();

    const auto [exit_code, output] = AuditVerify({"--server", service.address()});
    const auto [chain_exit_code, chain_output] = AuditVerify({"--server", service.address(), "--chain-only"});
    EXPECT_EQ(chain_exit_code, 0) << chain_output;
    EXPECT_EQ(exit_code, bug == Bug::kNone ? 0 : 1) << output;
    int seen = 0;
    for (size_t at = output.find("都不在审计日志中"); at != std::string::npos;
         at = output.find("都不在审计日志中", at + 1)) {
      ++seen;
    }
    EXPECT_EQ(seen, service.store().done_wrong()) << output;
    fmt::print("planted: {}: `audit verify` names {} of {} histories that are in no log\n", NameOf(bug), seen,
               service.store().done_wrong());
  }
}

TEST(PlantedBugs, AnAuditorSeesThatAllChainsAreGone) {
  IntakeProcess intake;
  intake.Start();
  {
    Ledger ledger(intake.File("ledger"));
    LoadOptions options = SmallLoad(intake.address(), Bug::kNone);
    options.tokens = {intake.Token()};
    FilingLoad load(options, ledger);
    load.Run();
    ASSERT_EQ(load.last_refusal(), "");
  }
  ASSERT_EQ(intake.Stop(), 0);
  {
    const auto connection = SqliteConnection::Open(intake.store_path(), SqliteConnection::Mode::kReadWrite, "");
    ASSERT_THAT(connection, IsOk());
    ASSERT_THAT((*connection)->Execute("DELETE FROM audit_entries; DELETE FROM audit_heads"), IsOk());
  }
  intake.Start();
  const ::jixiao::testing::TempDir home;
  const std::string token = home.File("token");
  std::ofstream(token) << intake.Token("person/auditor");
  const auto [exit_code, output] = AuditVerify({"--server", intake.address(), "--token-file", token});
  EXPECT_EQ(exit_code, 1) << output;
  EXPECT_NE(output.find("审计日志整体缺失"), std::string::npos) << output;
}

// Who audits one county sees its reports, and not the prefecture's log.
TEST(PlantedBugs, AnAuditorIsNotAlarmedByALogThatIsNotTheirs) {
  IntakeOptions identified;
  identified.identities = std::make_shared<const ::jixiao::testing::TestIdentities>(
      "identities { subject: \"system/budget\" grants { role: ROLE_BUDGET_SYSTEM subtree: \"430000\" } }\n"
      "identities { subject: \"person/county\" grants { role: ROLE_AUDITOR subtree: \"430611\" } }\n");
  IntakeProcess intake(identified);
  intake.Start();
  Ledger ledger(intake.File("ledger"));
  LoadOptions options = SmallLoad(intake.address(), Bug::kNone);
  options.tokens = {intake.Token()};
  FilingLoad load(options, ledger);
  load.Run();
  ASSERT_EQ(load.last_refusal(), "");

  const std::vector<std::string> flags = {"--server", intake.address(), "--token-file",
                                          identified.identities->TokenFile("person/county")};
  const auto [exit_code, output] = AuditVerify(flags);
  EXPECT_EQ(exit_code, 0) << output;
  EXPECT_NE(output.find("没有可以读取的审计日志"), std::string::npos) << output;
  std::vector<std::string> asking = flags;
  asking.insert(asking.end(), {"--shard", "auditlogs/430600.2024"});
  EXPECT_EQ(AuditVerify(asking).first, 3) << "who asks for it by name is refused";
}

// What somebody did to the file of a store at rest.
struct Edit {
  const char* name;
  const char* sql;
  const char* invariant;
};

#define JIXIAO_OF(number)                                                           \
  " WHERE submission_id = (SELECT submission_id FROM submissions WHERE submission " \
  "= 'LC1N" #number ".2024.department')"
constexpr Edit kEdits[] = {
    {"a report lost a byte",
     "UPDATE documents SET report_bytes = substr(report_bytes, 2)" JIXIAO_OF(0) " AND version = 1", "I1"},
    {"a version is gone",
     "DELETE FROM documents" JIXIAO_OF(0) " AND version = 2; DELETE FROM versions" JIXIAO_OF(0) " AND version = 2",
     "I1"},
    {"a submission went back a version", "UPDATE submissions SET current_version = 2" JIXIAO_OF(0), "I2"},
    {"two versions are current", "UPDATE versions SET is_superseded = 0" JIXIAO_OF(0) " AND version = 1", "I2"},
    {"a request has two versions", "UPDATE versions SET request_id = 'L-c001-n00000-v1'" JIXIAO_OF(0), "I3"},
    {"a step of a history is gone", "DELETE FROM events" JIXIAO_OF(0) " AND sequence = 2", "I7"},
    {"a step of a history was changed", "UPDATE events SET actor = 'person/other'" JIXIAO_OF(0), "I7"},
    {"a whole history is gone", "DELETE FROM events" JIXIAO_OF(0), "I7"},
    {"an audit entry is gone", "DELETE FROM audit_entries WHERE sequence = 6", "I7"},
    {"the end of the audit log is gone, and its head with it",
     "DELETE FROM audit_entries WHERE sequence = (SELECT sequence FROM audit_heads); "
     "UPDATE audit_heads SET (sequence, hash) = (SELECT sequence, hash FROM audit_entries ORDER BY sequence DESC)",
     "I7"},
};
#undef JIXIAO_OF

TEST(PlantedBugs, EachEditOfAStoresFileIsCaught) {
  IntakeProcess intake;
  intake.Start();
  LedgerRecords records;
  {
    Ledger ledger(intake.File("ledger"));
    LoadOptions options = SmallLoad(intake.address(), Bug::kNone);
    options.tokens = {intake.Token()};
    FilingLoad load(options, ledger);
    load.Run();
    ASSERT_EQ(load.last_refusal(), "");
    records = ReadLedger(intake.File("ledger"));
  }
  ASSERT_EQ(intake.Stop(), 0);
  const auto sound = intake.VerifyFile(records);
  ASSERT_TRUE(sound.problems.empty()) << Join(sound.problems);
  ASSERT_EQ(sound.counts.versions, 3 * 4 * 3);

  int caught = 0;
  const std::string copy = intake.File("copy.db");
  std::filesystem::copy_file(intake.store_path(), copy);
  for (const Edit& edit : kEdits) {
    std::filesystem::copy_file(copy, intake.store_path(), std::filesystem::copy_options::overwrite_existing);
    {
      const auto connection = SqliteConnection::Open(intake.store_path(), SqliteConnection::Mode::kReadWrite, "");
      ASSERT_THAT(connection, IsOk());
      ASSERT_THAT((*connection)->Execute(edit.sql), IsOk()) << edit.name;
    }
    const auto problems = intake.VerifyFile(records).problems;
    const bool is_caught = std::any_of(problems.begin(), problems.end(),
                                       [&](const std::string& problem) { return problem.starts_with(edit.invariant); });
    EXPECT_TRUE(is_caught) << edit.name << "\n" << Join(problems);
    caught += is_caught ? 1 : 0;
  }
  fmt::print("planted edits of a file: caught {} of {}\n", caught, std::size(kEdits));
}

}  // namespace
}  // namespace jixiao::faults
