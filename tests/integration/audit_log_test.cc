// An auditor with the real command line against the real intake, whose store is
// edited, cut and brought back from a copy while it is down.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <signal.h>

#include <filesystem>
#include <fstream>

#include "common/sqlite/sqlite_connection.h"
#include "common/testing/child_process.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "common/testing/test_identities.h"
#include "common/testing/wait_until.h"
#include "google/protobuf/util/delimited_message_util.h"
#include "intake/testing/report_builder.h"

namespace jixiao::intake::testing {
namespace {

using ::jixiao::testing::AcceptsConnections;
using ::jixiao::testing::BinaryPath;
using ::jixiao::testing::ChildProcess;
using ::jixiao::testing::FreePort;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::ReadFile;
using ::jixiao::testing::TempDir;
using ::jixiao::testing::WaitUntil;
using ::testing::HasSubstr;

struct Outcome {
  int exit_code = -1;
  std::string output;
};

class AuditLogTest : public ::testing::Test {
 protected:
  AuditLogTest() : port_(FreePort()) {}

  std::unique_ptr<ChildProcess> Launch(const std::string& store) const {
    std::vector<std::string> argv = {
        BinaryPath("jixiao-intake"),
        "--store=sqlite:" + store,
        fmt::format("--listen=127.0.0.1:{}", port_),
        "--metrics_listen=none",
        "--scoring=127.0.0.1:1",
        "--publish=127.0.0.1:1",
        "--drain_pause=0s",
        "--seasons=optional",
        "--calendar=" + ::jixiao::testing::SourcePath("rulesets/calendar/working_days.textproto"),
        "--rulesets=" + ::jixiao::testing::SourcePath("rulesets"),
        "--audit_checkpoints=" + home_.File("checkpoints")};
    const std::vector<std::string> flags = identities_.Flags();
    argv.insert(argv.end(), flags.begin(), flags.end());
    return std::make_unique<ChildProcess>(std::move(argv));
  }

  // Serves `store` while `work` runs.
  template <typename Work>
  void While(const std::string& store, Work work) {
    const auto intake = Launch(store);
    ASSERT_TRUE(WaitUntil([this] { return AcceptsConnections(port_); })) << intake->Output();
    work();
    intake->Signal(SIGTERM);
    ASSERT_EQ(intake->WaitForExit(), 0) << intake->Output();
  }

  Outcome Cli(std::vector<std::string> arguments, const std::string& subject) const {
    arguments.insert(arguments.begin(), BinaryPath("jixiao"));
    arguments.insert(arguments.end(),
                     {"--server", fmt::format("127.0.0.1:{}", port_), "--token-file", identities_.TokenFile(subject)});
    ChildProcess cli(arguments);
    Outcome outcome;
    outcome.exit_code = cli.WaitForExit().value_or(-1);
    outcome.output = cli.Output();
    return outcome;
  }

  void File(const std::string& name, int count) const {
    {
      std::ofstream out(home_.File(name), std::ios::binary);
      for (int i = 0; i < count; ++i) {
        report::v1::Report report = AReport(fmt::format("{} 第{}份", name, i));
        report.mutable_content()->mutable_unit()->set_code(fmt::format("U{}", i));
        ASSERT_TRUE(google::protobuf::util::SerializeDelimitedToOstream(report, &out));
      }
    }
    const Outcome filed = Cli({"submit-many", home_.File(name)}, "system/budget");
    ASSERT_EQ(filed.exit_code, 0) << filed.output;
  }

  Outcome Verify() const {
    return Cli({"audit", "verify", "--checkpoints", home_.File("checkpoints")}, "person/auditor");
  }

  // A copy of the store at rest.
  std::string Copy(const std::string& name) const {
    std::filesystem::copy_file(store(), home_.File(name));
    return home_.File(name);
  }

  static void Execute(const std::string& path, const char* sql) {
    const auto connection = SqliteConnection::Open(path, SqliteConnection::Mode::kReadWrite, "");
    ASSERT_THAT(connection, IsOk());
    ASSERT_THAT((*connection)->Execute(sql), IsOk());
  }

  std::string store() const { return home_.File("intake.db"); }

  const TempDir home_;
  const ::jixiao::testing::TestIdentities identities_;
  const int port_;
};

TEST_F(AuditLogTest, ShowsTheAuditorWhatWasDoneToTheStore) {
  While(store(), [this] {
    File("first", 12);
    const Outcome sound = Verify();
    EXPECT_EQ(sound.exit_code, 0) << sound.output;
    EXPECT_THAT(sound.output, HasSubstr("auditlogs/430600.2024  完好"));
    EXPECT_THAT(sound.output, HasSubstr("已核验 12 条"));
    EXPECT_THAT(sound.output, HasSubstr("核对办理记录 12 条"));
  });
  const std::string last_night = Copy("last_night.db");
  While(store(), [this] { File("second", 3); });
  EXPECT_THAT(ReadFile(home_.File("checkpoints")), HasSubstr("\"sequence\":\"15\""));

  const std::string edited_history = Copy("edited_history.db");
  Execute(edited_history,
          "UPDATE events SET actor = 'person/other' WHERE submission_id = (SELECT submission_id FROM submissions WHERE "
          "submission = 'U5.2024.department')");
  While(edited_history, [this] {
    const Outcome touched = Verify();
    EXPECT_EQ(touched.exit_code, 1) << touched.output;
    EXPECT_THAT(touched.output, HasSubstr("submissions/430611.U5.2024.department：办理记录第 1 条与审计日志不符"));
  });

  const std::string removed = Copy("removed.db");
  Execute(removed, "DELETE FROM audit_entries WHERE sequence = 7");
  While(removed, [this] {
    const Outcome touched = Verify();
    EXPECT_EQ(touched.exit_code, 1) << touched.output;
    EXPECT_THAT(touched.output, HasSubstr("第 7 条的位置上不是第 7 条"));
  });

  const auto refused = Launch(last_night);
  EXPECT_EQ(refused->WaitForExit(), 1) << refused->Output();
  EXPECT_THAT(refused->Output(), HasSubstr("auditlogs/430600.2024 knows entry 15, the store does not"));
}

}  // namespace
}  // namespace jixiao::intake::testing
