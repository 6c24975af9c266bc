// Asks the planner about every statement of the store: with rows in many
// divisions, none may read a division that it was not asked for.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <regex>
#include <set>

#include "common/testing/postgres_server.h"
#include "common/testing/status_matchers.h"
#include "intake/adapters/postgres/postgres_migration.h"
#include "intake/adapters/postgres/postgres_statements.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::IsOk;
using ::jixiao::testing::SharedPostgresServer;
using ::jixiao::testing::TestDatabase;

// Forty divisions with five hundred submissions each, and as much of all else.
constexpr char kRows[] = R"sql(
INSERT INTO submissions SELECT (430000 + i % 40)::text, 'U' || i || '.2024.department', '单位', 2024, 1, 1, i % 6 + 1,
  0, 0, 'd', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 1 FROM generate_series(1, 20000) AS i;
INSERT INTO versions SELECT division_code, submission, 1, state, false, 'request-1', 'd', 'd', 1, 0, 't', NULL, '', ''
  FROM submissions;
INSERT INTO documents SELECT division_code, submission, 1, 'x', '', '', '' FROM submissions;
INSERT INTO score_cards SELECT division_code, submission, 1, 'x', 'd' FROM submissions;
INSERT INTO review_notes SELECT division_code, submission, 1, '' FROM submissions;
INSERT INTO events SELECT division_code, submission, 1, 1, 1, NULL, 1, 'a', NULL, 0 FROM submissions;
INSERT INTO requests SELECT division_code, submission, 'request-1', 'f', 1, false FROM submissions;
INSERT INTO outbox SELECT division_code, submission, 1, 1, 0, 0, 0, 0, '', '' FROM submissions;
INSERT INTO roster_units SELECT division_code, split_part(submission, '.', 1), 2024, 9999, '单位', NULL, true
  FROM submissions;
INSERT INTO roster_projects SELECT division_code, unit_code, 2024, 0, 'p', '项目' FROM roster_units;
INSERT INTO seasons SELECT (430000 + i % 500)::text, 2000 + i / 500, 1, 'r', 0, 0, false
  FROM generate_series(1, 20000) AS i;
INSERT INTO extensions SELECT division_code, unit_code, '430000', 2024, 1, 0, 'r', 'a' FROM roster_units;
INSERT INTO filed_seasons SELECT division_code, 'seasons/' || division_code || '.' || fiscal_year FROM seasons;
INSERT INTO operations SELECT division_code, unit_code, 'f' FROM roster_units;
INSERT INTO audit_entries SELECT (4300 + i % 40)::text || '00', 2024, i, 'x', 'h' FROM generate_series(1, 20000) AS i;
INSERT INTO audit_heads SELECT (4300 + i % 40)::text || '00', 1000 + i / 40, 1, 'h' FROM generate_series(1, 20000) AS i;
ANALYZE;
SET plan_cache_mode = force_generic_plan;
)sql";

int Count(const std::string& text, const std::string& pattern) {
  const std::regex expression(pattern);
  return static_cast<int>(
      std::distance(std::sregex_iterator(text.begin(), text.end(), expression), std::sregex_iterator()));
}

int ParameterCount(const std::string& sql) {
  int count = 0;
  while (sql.find(fmt::format("${}", count + 1)) != std::string::npos) ++count;
  return count;
}

// How the plan leaves the divisions it was asked for; empty if it does not.
std::string Leaving(const std::string& plan) {
  if (Count(plan, "\"Node Type\": \"Seq Scan\"") > 0) return "reads a whole table";
  const int scans = Count(plan, "\"Node Type\": \"(Index Scan|Index Only Scan|Bitmap Index Scan)\"");
  const int conditions = Count(plan, "\"Index Cond\": ");
  if (scans > conditions) return "reads a whole index";
  if (Count(plan, "\"Index Cond\": \"[^\"]*(division_code|prefecture_code)[^\"]*\"") < conditions) {
    return "looks up rows without their division";
  }
  return "";
}

class PostgresPlans : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = PostgresConnection::Open(database_.Uri(), {.statement = absl::Minutes(2)});
    ASSERT_THAT(opened, IsOk());
    connection_ = *std::move(opened);
    ASSERT_THAT(MigratePostgres(*connection_), IsOk());
    ASSERT_THAT(connection_->Execute(kRows), IsOk());
  }

  std::string PlanOf(const PostgresStatement& statement) {
    EXPECT_THAT(connection_->Execute(fmt::format("PREPARE {} AS {}", statement.name, statement.sql)), IsOk());
    std::string nulls;
    for (int i = ParameterCount(statement.sql); i > 0; --i) nulls += i > 1 ? "NULL, " : "NULL";
    const auto plan = connection_->QueryText(fmt::format("EXPLAIN (FORMAT JSON, COSTS OFF) EXECUTE {}{}",
                                                         statement.name, nulls.empty() ? "" : "(" + nulls + ")"));
    EXPECT_THAT(plan, IsOk());
    return plan.value_or("");
  }

  TestDatabase database_{SharedPostgresServer()};
  std::unique_ptr<PostgresConnection> connection_;
};

std::set<const PostgresStatement*> PlannedStatements() {
  std::set<const PostgresStatement*> statements(sql::WriterStatements().begin(), sql::WriterStatements().end());
  statements.insert(sql::ReaderStatements().begin(), sql::ReaderStatements().end());
  for (const PostgresStatement* without_plan :
       {&sql::kBegin, &sql::kBeginRead, &sql::kMark, &sql::kCommit, &sql::kRollback, &sql::kEndHungSessions}) {
    statements.erase(without_plan);
  }
  return statements;
}

TEST_F(PostgresPlans, StayWithinTheDivisionsTheyWereAskedFor) {
  std::set<const PostgresStatement*> statements = PlannedStatements();
  for (const sql::SpanningStatement& spanning : sql::SpanningStatements()) statements.erase(spanning.statement);
  ASSERT_GT(statements.size(), 40U);

  for (const PostgresStatement* statement : statements) {
    const std::string plan = PlanOf(*statement);
    EXPECT_EQ(Leaving(plan), "") << statement->name << "\n" << plan;
  }
}

// Otherwise the list would excuse what needs no excuse, or the test find nothing.
TEST_F(PostgresPlans, SpanDivisionsWhereTheListSaysSo) {
  for (const sql::SpanningStatement& spanning : sql::SpanningStatements()) {
    EXPECT_NE(Leaving(PlanOf(*spanning.statement)), "") << spanning.statement->name << " is listed: " << spanning.why;
  }
}

TEST_F(PostgresPlans, ShowAStatementThatForgetsItsDivision) {
  const PostgresStatement by_unit{"by_unit", "SELECT 1 FROM submissions WHERE submission = $1"};
  const PostgresStatement by_state{"by_state", "SELECT 1 FROM submissions WHERE state = $1"};
  const PostgresStatement first{"first", "SELECT 1 FROM versions ORDER BY division_code, submission, version LIMIT 1"};

  EXPECT_NE(Leaving(PlanOf(by_unit)), "");
  EXPECT_NE(Leaving(PlanOf(by_state)), "");
  EXPECT_NE(Leaving(PlanOf(first)), "");
}

}  // namespace
}  // namespace jixiao::intake
