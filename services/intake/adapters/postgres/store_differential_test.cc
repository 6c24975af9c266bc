// The same steps on every store: SQLite and PostgreSQL must say the same.
#include <algorithm>
#include <cstdlib>

#include "common/testing/postgres_server.h"
#include "common/testing/status_matchers.h"
#include "intake/adapters/postgres/postgres_submission_store.h"
#include "intake/adapters/sqlite/sqlite_submission_store.h"
#include "intake/testing/store/store_transcript.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::IsOk;
using ::jixiao::testing::SharedPostgresServer;
using ::jixiao::testing::TempDir;
using ::jixiao::testing::TestDatabase;

// $JIXIAO_DIFFERENTIAL_STEPS for a longer run.
int Steps() {
  const char* const steps = std::getenv("JIXIAO_DIFFERENTIAL_STEPS");
  return steps == nullptr ? 1500 : std::atoi(steps);
}

int CountOf(const std::vector<std::string>& lines, const std::string& part) {
  return static_cast<int>(std::count_if(lines.begin(), lines.end(),
                                        [&](const std::string& line) { return line.find(part) != std::string::npos; }));
}

class StoreDifferential : public ::testing::TestWithParam<uint32_t> {};

TEST_P(StoreDifferential, GivesTheSameAnswersOnEveryStore) {
  const TempDir home;
  SqliteStoreOptions sqlite_options;
  sqlite_options.path = home.File("intake.db");
  auto sqlite = SqliteSubmissionStore::Open(sqlite_options);
  ASSERT_THAT(sqlite, IsOk());
  const TestDatabase database(SharedPostgresServer());
  ASSERT_THAT(PostgresSubmissionStore::Migrate(database.Uri()), IsOk());
  PostgresStoreOptions postgres_options;
  postgres_options.writer.uri = database.Uri();
  auto postgres = PostgresSubmissionStore::Open(postgres_options);
  ASSERT_THAT(postgres, IsOk());

  const std::vector<std::string> expected = testing::PlayOn(**sqlite, GetParam(), Steps());
  const std::vector<std::string> found = testing::PlayOn(**postgres, GetParam(), Steps());

  // Or equal answers would mean little.
  EXPECT_GT(CountOf(expected, "file 0 "), 25);
  EXPECT_GT(CountOf(expected, "score yes"), 2);
  EXPECT_GT(CountOf(expected, "  0/"), Steps() / 4);
  EXPECT_GT(CountOf(expected, "  10/"), Steps() / 20);
  int differences = 0;
  for (size_t i = 0; i < expected.size() && differences < 5; ++i) {
    if (expected[i] == found[i]) continue;
    ++differences;
    ADD_FAILURE() << "step " << i << "\nSQLite:     " << expected[i] << "\nPostgreSQL: " << found[i];
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, StoreDifferential, ::testing::Values(1U, 2U));

}  // namespace
}  // namespace jixiao::intake
