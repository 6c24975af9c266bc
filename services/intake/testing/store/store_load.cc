#include "intake/testing/store/store_load.h"

#include <cstdlib>
#include <sstream>

#include "absl/time/clock.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/testing/status_matchers.h"
#include "common/testing/wait_until.h"
#include "intake/core/filing/submission_intake.h"

namespace jixiao::intake::testing {

using ::jixiao::testing::IsOk;
using ::jixiao::testing::WaitUntil;

Sql SqlOf(const ::jixiao::testing::TestDatabase& database) {
  return [&database](const std::string& sql) { return database.Sql(sql); };
}

std::unique_ptr<PostgresSubmissionStore> MustOpen(const std::string& uri, PostgresStoreOptions options) {
  options.writer.uri = uri;
  auto store = PostgresSubmissionStore::Open(std::move(options));
  EXPECT_THAT(store, IsOk());
  return *std::move(store);
}

PostgresStoreOptions ImpatientOptions() {
  PostgresStoreOptions options;
  options.writer.timeouts.connect = absl::Seconds(2);  // less libpq does not take
  options.writer.timeouts.silence = absl::Seconds(2);
  options.writer.timeouts.lock = absl::Seconds(1);
  options.writer.patience = absl::Seconds(2);
  return options;
}

absl::Status File(SubmissionStore& store, const std::string& request_id, const SubmissionKey& key) {
  return WriteAndWait(store, {key, request_id}, [&](SubmissionTransaction& transaction) {
    return FileReport(transaction, AFiling(request_id, "报告 " + request_id, key)).status();
  });
}

int CountFromEnvironment(const char* name, int usual) {
  const char* const value = std::getenv(name);
  return value == nullptr ? usual : std::atoi(value);
}

StoreLoad::StoreLoad(SubmissionStore& store, int clients, int per_client, std::string name, int fiscal_year)
    : store_(store), last_(absl::Now()) {
  for (int client = 0; client < clients; ++client) {
    threads_.emplace_back([this, client, per_client, name, fiscal_year] {
      for (int i = 0; i < per_client || !is_over_; ++i) {
        SubmissionKey key = AKey("U" + std::to_string(i % 3));
        key.fiscal_year = fiscal_year;
        Insist(name + "-" + std::to_string(client) + "-" + std::to_string(i), key);
      }
    });
  }
}

void StoreLoad::Finish() {
  is_over_ = true;
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

bool StoreLoad::WaitForMore(int count) const {
  const int enough = acknowledged_ + count;
  return WaitUntil([&] { return acknowledged_ >= enough; }, absl::Seconds(30));
}

void StoreLoad::Insist(const std::string& id, const SubmissionKey& key) {
  for (int attempt = 0; attempt < 200; ++attempt) {
    const absl::Status status = File(store_, id, key);
    if (status.ok()) return Acknowledge(id);
    if (status.code() == absl::StatusCode::kResourceExhausted) {
      ++overloaded_;
      absl::SleepFor(absl::Milliseconds(100));
      continue;
    }
    if (status.code() != absl::StatusCode::kUnavailable) break;
    ++(ReasonOf(status) == "STORE_OUTCOME_UNKNOWN" ? unknown_ : unavailable_);
  }
  ++refused_;
}

void StoreLoad::Acknowledge(const std::string& id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const absl::Time now = absl::Now();
  longest_silence_ = std::max(longest_silence_, now - last_);
  last_ = now;
  ledger_.insert(id);
  ++acknowledged_;
}

absl::Duration StoreLoad::longest_silence() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return longest_silence_;
}

std::vector<std::string> StoreLoad::Missing(const Sql& sql) const {
  std::istringstream rows(sql("SELECT request_id FROM requests"));
  std::set<std::string> kept;
  for (std::string row; std::getline(rows, row);) kept.insert(row);
  std::vector<std::string> missing;
  const std::lock_guard<std::mutex> lock(mutex_);
  for (const std::string& id : ledger_) {
    if (!kept.contains(id)) missing.push_back(id);
  }
  return missing;
}

void ExpectWhole(const Sql& sql, int acknowledged) {
  EXPECT_EQ(sql("SELECT count(*), count(DISTINCT (division_code, submission, request_id)) FROM versions"),
            std::to_string(acknowledged) + "|" + std::to_string(acknowledged) + "\n");
  EXPECT_EQ(sql("SELECT count(*) FROM (SELECT submission, count(*) AS n, max(version) AS last FROM versions "
                "GROUP BY division_code, submission) AS s WHERE n <> last"),
            "0\n");
  EXPECT_EQ(sql("SELECT count(*) FROM (SELECT submission, count(*) AS n, max(sequence) AS last FROM events "
                "GROUP BY division_code, submission) AS s WHERE n <> last"),
            "0\n");
  EXPECT_EQ(sql("SELECT count(*) FROM versions LEFT JOIN documents USING (division_code, submission, version) "
                "WHERE report_bytes IS NULL"),
            "0\n");
}

}  // namespace jixiao::intake::testing
