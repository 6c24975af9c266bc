#include "intake/adapters/sqlite/sqlite_migrations.h"

#include <gmock/gmock.h>

#include "common/base/digest.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "intake/adapters/sqlite/sqlite_schema.h"
#include "intake/adapters/sqlite/sqlite_submission_store.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/testing/report_builder.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::TempDir;
using testing::AFiling;
using testing::AKey;
using ::testing::SizeIs;

// Two submissions as a program of version 1 left them: one scored department
// report, one project report whose project is called like the other kind.
constexpr char kRows[] = R"sql(
INSERT INTO submissions VALUES ('430611', 'NC01.2024.department', '云溪县农村工作局', 2024, 1, 2, 1750000000000000,
  1750000001000000, '%DIGEST%', NULL, '稍后再试', NULL, 1, 2, 3, 2);
INSERT INTO submissions VALUES ('430611', 'NC01.2023.project.department', '云溪县农村工作局', 2023, 1, 1,
  1750000000000000, 1750000000000000, '%DIGEST%', NULL, NULL, NULL, NULL, NULL, NULL, 1);
INSERT INTO versions VALUES ('430611', 'NC01.2024.department', 1, 2, 0, 'request-0', '%DIGEST%', '%DIGEST%', 6,
  1750000000000000, '0123');
INSERT INTO versions VALUES ('430611', 'NC01.2023.project.department', 1, 1, 0, 'request-0', '%DIGEST%', '%DIGEST%',
  6, 1750000000000000, '0123');
INSERT INTO documents VALUES ('430611', 'NC01.2024.department', 1, CAST('report' AS BLOB), '', '', x'');
INSERT INTO score_cards VALUES ('430611', 'NC01.2024.department', 1, CAST('report' AS BLOB), '%DIGEST%');
INSERT INTO events VALUES ('430611', 'NC01.2024.department', 1, 1, 1, NULL, 1, 'anonymous', NULL, 1750000000000000);
INSERT INTO events VALUES ('430611', 'NC01.2024.department', 2, 1, 2, 1, 2, 'service/intake', NULL, 1750000001000000);
INSERT INTO requests VALUES ('430611', 'NC01.2024.department', 'request-0', 'sha256:0', 1, 0);
INSERT INTO outbox VALUES ('430611', 'NC01.2023.project.department', 1, 1, 0, 1750000000000000, 1750000000000000,
  -9223372036854775808, '', '');
)sql";

void MakeVersion1(const std::string& path) {
  const auto connection = SqliteConnection::Open(path, SqliteConnection::Mode::kReadWrite, "");
  ASSERT_THAT(connection, IsOk());
  ASSERT_THAT(ConfigureWriter(**connection), IsOk());
  ASSERT_THAT((*connection)->Execute(MigrationFrom(0)), IsOk());
  ASSERT_THAT((*connection)->Execute("PRAGMA application_id = 1247299918; PRAGMA user_version = 1;"), IsOk());
  std::string rows = kRows;
  for (size_t at; (at = rows.find("%DIGEST%")) != std::string::npos;) rows.replace(at, 8, ContentDigest("report"));
  ASSERT_THAT((*connection)->Execute(rows.c_str()), IsOk());
}

class SqliteMigrationsTest : public ::testing::Test {
 protected:
  void SetUp() override { MakeVersion1(home_.File("intake.db")); }

  std::unique_ptr<SqliteSubmissionStore> Open() {
    auto store = SqliteSubmissionStore::Open({.path = home_.File("intake.db"), .vfs = {}});
    EXPECT_THAT(store, IsOk());
    return *std::move(store);
  }

  const TempDir home_;
  const SubmissionKey project_{"430611", "NC01", 2023, report::v1::REPORT_KIND_PROJECT, "department"};
};

TEST_F(SqliteMigrationsTest, KeepsWhatVersion1Stored) {
  const auto store = Open();

  const auto record = store->GetSubmission(AKey());
  ASSERT_THAT(record, IsOk());
  EXPECT_EQ(record->submission.unit_name(), "云溪县农村工作局");
  EXPECT_EQ(record->submission.state(), v1::Submission::STATE_SCORED);
  EXPECT_EQ(record->submission.last_problem(), "稍后再试");
  EXPECT_EQ(record->submission.finding_counts().note(), 3);
  EXPECT_FALSE(record->submission.finding_counts().has_unexplained());
  EXPECT_FALSE(record->submission.has_lateness());
  EXPECT_EQ(record->event_count, 2);
  const auto version = store->GetVersion({AKey(), 1});
  ASSERT_THAT(version, IsOk());
  EXPECT_EQ(version->version.receipt().trace_id(), "0123");
  EXPECT_EQ(version->rule_set, "");
  EXPECT_EQ(store->GetDocuments({AKey(), 1})->report_bytes, "report");
  EXPECT_EQ(*store->GetScoreCard({AKey(), 1}), "report");
  EXPECT_THAT(*store->ListEvents(AKey(), 0, 10), SizeIs(2));
  EXPECT_THAT(store->Statistics()->backlogs, SizeIs(1));
}

TEST_F(SqliteMigrationsTest, TakesTheKindFromTheName) {
  const auto store = Open();

  ListFilter filter;
  filter.kind = report::v1::REPORT_KIND_PROJECT;
  const auto projects = store->ListSubmissions(filter, std::nullopt, 10);
  ASSERT_THAT(projects, IsOk());
  ASSERT_THAT(*projects, SizeIs(1));
  EXPECT_EQ(projects->at(0).key, project_);
  filter.kind = report::v1::REPORT_KIND_DEPARTMENT;
  const auto departments = store->ListSubmissions(filter, std::nullopt, 10);
  ASSERT_THAT(departments, IsOk());
  ASSERT_THAT(*departments, SizeIs(1));
  EXPECT_EQ(departments->at(0).key, AKey());
}

TEST_F(SqliteMigrationsTest, GoesOnWhereVersion1Stopped) {
  {
    const auto store = Open();
    ASSERT_THAT(
        WriteAndWait(*store, [](SubmissionTransaction& t) { return FileReport(t, AFiling("request-1")).status(); }),
        IsOk());
  }
  const auto store = Open();  // a second start has nothing left to migrate

  EXPECT_EQ(store->GetSubmission(AKey())->submission.current_version(), 2);
  EXPECT_TRUE(store->GetVersion({AKey(), 1})->version.is_superseded());
  EXPECT_THAT(*store->ListEvents(AKey(), 0, 10), SizeIs(3));
}

TEST_F(SqliteMigrationsTest, LeavesAStoreAloneThatIsDamaged) {
  {
    const auto connection = SqliteConnection::Open(home_.File("intake.db"), SqliteConnection::Mode::kReadWrite, "");
    ASSERT_THAT(connection, IsOk());
    ASSERT_THAT((*connection)->Execute("DELETE FROM versions WHERE submission = 'NC01.2024.department'"), IsOk());
  }

  EXPECT_THAT(SqliteSubmissionStore::Open({.path = home_.File("intake.db"), .vfs = {}}),
              FailsWith(absl::StatusCode::kDataLoss, "STORE_CORRUPT"));

  const auto connection = SqliteConnection::Open(home_.File("intake.db"), SqliteConnection::Mode::kReadWrite, "");
  ASSERT_THAT(connection, IsOk());
  EXPECT_EQ(*(*connection)->QueryText("PRAGMA user_version"), "1");
  EXPECT_EQ(*(*connection)->QueryText("SELECT count(*) FROM events"), "2");
}

TEST_F(SqliteMigrationsTest, ListsYearsInTheOrderOfNames) {
  const auto store = Open();

  const auto all = store->ListSubmissions({}, std::nullopt, 10);

  ASSERT_THAT(all, IsOk());
  ASSERT_THAT(*all, SizeIs(2));
  EXPECT_EQ(all->at(0).key, project_);
  const auto rest = store->ListSubmissions({}, project_, 10);
  ASSERT_THAT(rest, IsOk());
  ASSERT_THAT(*rest, SizeIs(1));
  EXPECT_EQ(rest->at(0).key, AKey());
}

}  // namespace
}  // namespace jixiao::intake
