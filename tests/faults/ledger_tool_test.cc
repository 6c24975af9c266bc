// The tools of a drill, as an operator uses them: file, break something, verify.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "common/sqlite/sqlite_connection.h"
#include "common/testing/status_matchers.h"
#include "faults/intake_process.h"

namespace jixiao::faults {
namespace {

using ::jixiao::testing::BinaryPath;
using ::jixiao::testing::ChildProcess;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::WriteFile;
using ::testing::HasSubstr;

struct Outcome {
  int exit_code;
  std::string output;
};

Outcome RunTool(const std::vector<std::string>& arguments) {
  std::vector<std::string> argv = {BinaryPath("jixiao-ledger")};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  ChildProcess tool(argv);
  const int exit_code = tool.WaitForExit().value_or(-1);
  return {exit_code, tool.Output()};
}

TEST(LedgerTool, FilesVerifiesAndNamesWhatIsGone) {
  IntakeProcess intake;
  intake.Start();
  WriteFile(intake.File("filer"), intake.Token("system/budget"));
  WriteFile(intake.File("auditor"), intake.Token("person/auditor"));
  const std::string ledger = "--ledger=" + intake.File("ledger");
  const std::string server = "--server=" + intake.address();

  const Outcome filed = RunTool({"file", server, "--token_file=" + intake.File("filer"), ledger, "--clients=2",
                                 "--submissions=5", "--unruly", "--duplicates=1", "--prefix=T"});
  EXPECT_EQ(filed.exit_code, 0) << filed.output;
  EXPECT_THAT(filed.output, HasSubstr("OK=70 REFUSED=30 UNKNOWN=0"));
  const Outcome sound = RunTool({"verify", server, "--token_file=" + intake.File("auditor"), ledger});
  EXPECT_EQ(sound.exit_code, 0) << sound.output;
  EXPECT_THAT(sound.output, HasSubstr("problems=0 receipts=70 refusals=30 unknown=0"));
  EXPECT_THAT(sound.output, HasSubstr("submissions=10 versions=30 events=30 audit_entries=30"));

  ASSERT_EQ(intake.Stop(), 0);
  {
    const auto file = SqliteConnection::Open(intake.store_path(), SqliteConnection::Mode::kReadWrite, "");
    ASSERT_THAT(file, IsOk());
    ASSERT_THAT((*file)->Execute("DELETE FROM versions WHERE version = 3 AND submission_id = "
                                 "(SELECT submission_id FROM submissions WHERE submission = 'TC1N2.2024.department')"),
                IsOk());
  }
  const Outcome touched = RunTool({"verify", "--store=" + intake.store_path(), ledger});
  EXPECT_EQ(touched.exit_code, 1) << touched.output;
  EXPECT_THAT(touched.output, HasSubstr("I1 submissions/430611.TC1N2.2024.department/versions/3: acknowledged to "
                                        "T-c001-n00002-v3 and not there"));
}

TEST(LedgerTool, SaysWhyItCannotWork) {
  IntakeProcess intake;
  intake.Start();
  const std::string ledger = "--ledger=" + intake.File("ledger");

  EXPECT_EQ(RunTool({"verify", ledger}).exit_code, 2);
  EXPECT_EQ(RunTool({"file", "--server=" + intake.address()}).exit_code, 2);
  const Outcome unknown_caller =
      RunTool({"file", ledger, "--server=" + intake.address(), "--clients=1", "--submissions=1"});
  EXPECT_EQ(unknown_caller.exit_code, 3);
  EXPECT_THAT(unknown_caller.output, HasSubstr("UNAUTHENTICATED"));
  EXPECT_EQ(RunTool({"verify", ledger, "--server=" + intake.address()}).exit_code, 3);
  EXPECT_EQ(RunTool({"verify", ledger, "--store=" + intake.File("ledger")}).exit_code, 3);
}

}  // namespace
}  // namespace jixiao::faults
