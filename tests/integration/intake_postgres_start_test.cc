// Starts the real intake on a real PostgreSQL.
#include <gmock/gmock.h>
#include <signal.h>

#include "common/testing/child_process.h"
#include "common/testing/postgres_server.h"
#include "common/testing/test_identities.h"

namespace jixiao::intake::testing {
namespace {

using ::jixiao::testing::BinaryPath;
using ::jixiao::testing::ChildProcess;
using ::jixiao::testing::SharedPostgresServer;
using ::jixiao::testing::SourcePath;
using ::jixiao::testing::TestDatabase;
using ::testing::HasSubstr;

std::vector<std::string> Arguments(const std::string& store) {
  static const auto* const identities = new ::jixiao::testing::TestIdentities();
  std::vector<std::string> argv = {BinaryPath("jixiao-intake"),
                                   "--store=" + store,
                                   "--listen=127.0.0.1:0",
                                   "--metrics_listen=none",
                                   "--drain_pause=0s",
                                   "--calendar=" + SourcePath("rulesets/calendar/working_days.textproto"),
                                   "--rulesets=" + SourcePath("rulesets")};
  const std::vector<std::string> flags = identities->Flags();
  argv.insert(argv.end(), flags.begin(), flags.end());
  return argv;
}

TEST(IntakeOnPostgresTest, ServesAfterAMigrationAndSaysWhichOneItNeedsBefore) {
  const TestDatabase database(SharedPostgresServer());
  ChildProcess early(Arguments(database.Uri()));
  EXPECT_EQ(early.WaitForExit(), 1);
  EXPECT_THAT(early.Output(), HasSubstr("--migrate"));

  std::vector<std::string> migration = Arguments(database.Uri());
  migration.push_back("--migrate");
  for (int i = 0; i < 2; ++i) {  // once more changes nothing
    ChildProcess migrating(migration);
    EXPECT_EQ(migrating.WaitForExit(), 0) << migrating.Output();
  }

  // Two instances: the database is not locked by one.
  ChildProcess one(Arguments(database.Uri())), two(Arguments(database.Uri()));
  EXPECT_TRUE(one.LoggedNumber("serving", "port").has_value()) << one.Output();
  EXPECT_TRUE(two.LoggedNumber("serving", "port").has_value()) << two.Output();
  one.Signal(SIGTERM);
  two.Signal(SIGTERM);
  EXPECT_EQ(one.WaitForExit(), 0) << one.Output();
  EXPECT_EQ(two.WaitForExit(), 0) << two.Output();
}

// The same server twice is as good as two: what counts is that there is somewhere
// to fail over to.
TEST(IntakeOnPostgresTest, SaysWhatToSetBeforeItRunsOnServersOfWhichOneCouldLoseReceipts) {
  const TestDatabase database(SharedPostgresServer());
  const std::string host = "127.0.0.1:" + std::to_string(SharedPostgresServer().port());
  const std::string store = "postgresql://postgres@" + host + "," + host + "/" + database.name();
  std::vector<std::string> migration = Arguments(store);
  migration.push_back("--migrate");
  ChildProcess migrating(migration);
  EXPECT_EQ(migrating.WaitForExit(), 0) << migrating.Output();

  ChildProcess refused(Arguments(store));
  EXPECT_EQ(refused.WaitForExit(), 1);
  EXPECT_THAT(refused.Output(), HasSubstr("ALTER SYSTEM SET synchronous_standby_names"));
  EXPECT_THAT(refused.Output(), HasSubstr("--synchronous_standby=optional"));

  std::vector<std::string> meant = Arguments(store);
  meant.push_back("--synchronous_standby=optional");
  ChildProcess process(meant);
  EXPECT_TRUE(process.LoggedNumber("serving", "port").has_value()) << process.Output();
}

TEST(IntakeOnPostgresTest, TakesNoPasswordThatEveryUserCouldRead) {
  ChildProcess process(Arguments("postgresql://intake:secret@127.0.0.1:1/intake"));

  EXPECT_EQ(process.WaitForExit(), 2);
  EXPECT_THAT(process.Output(), HasSubstr("passfile"));
  EXPECT_THAT(process.Output(), ::testing::Not(HasSubstr("secret")));
}

TEST(IntakeOnPostgresTest, SaysWhatIsWrongWithAStoreItDoesNotUnderstand) {
  ChildProcess process(Arguments("mysql://127.0.0.1/intake"));

  EXPECT_EQ(process.WaitForExit(), 2);
  EXPECT_THAT(process.Output(), HasSubstr("neither sqlite:PATH nor postgresql://"));
}

}  // namespace
}  // namespace jixiao::intake::testing
