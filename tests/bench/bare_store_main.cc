// What the bare database does with the same bytes: rows of 42 KB, durable, many to
// a transaction, nothing around them.
//
//   bench-bare-store sqlite PATH
//   bench-bare-store postgresql URI
//
// SQLite: one connection, WAL, synchronous=FULL, 32 KB pages, 64 rows to a
// transaction. PostgreSQL: two connections, each 64 pipelined inserts to a
// transaction, STORAGE EXTERNAL. Reads lines `SECONDS` from standard input and
// answers each with one line of JSON.
#include <fmt/format.h>
#include <libpq-fe.h>
#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "bench/clean_reports.h"
#include "common/base/log.h"

namespace jixiao::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int kRowsPerTransaction = 64;
constexpr uint64_t kReports = 256;

std::vector<std::string> Reports() {
  const scoring::v1::RuleSet rule_set = RuleSetOfHunan();
  std::vector<std::string> reports;
  for (uint64_t seed = 0; seed < kReports; ++seed) {
    reports.push_back(CleanReport(seed, rule_set).SerializeAsString());
  }
  return reports;
}

class BareSqlite {
 public:
  BareSqlite(const std::string& path, const std::vector<std::string>& reports) : reports_(reports) {
    JIXIAO_CHECK(sqlite3_open(path.c_str(), &db_) == SQLITE_OK);
    Run("PRAGMA page_size = 32768; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;"
        "CREATE TABLE rows (id INTEGER PRIMARY KEY, report BLOB NOT NULL)");
    JIXIAO_CHECK(sqlite3_prepare_v2(db_, "INSERT INTO rows (report) VALUES (?)", -1, &insert_, nullptr) == SQLITE_OK);
  }
  ~BareSqlite() {
    sqlite3_finalize(insert_);
    sqlite3_close(db_);
  }

  // Rows that were committed.
  int64_t InsertUntil(SteadyClock::time_point end) {
    int64_t rows = 0;
    for (; SteadyClock::now() < end; rows += kRowsPerTransaction) {
      Run("BEGIN IMMEDIATE");
      for (int i = 0; i < kRowsPerTransaction; ++i) {
        const std::string& report = reports_[next_++ % reports_.size()];
        sqlite3_bind_blob(insert_, 1, report.data(), static_cast<int>(report.size()), SQLITE_STATIC);
        JIXIAO_CHECK(sqlite3_step(insert_) == SQLITE_DONE);
        sqlite3_reset(insert_);
      }
      Run("COMMIT");
    }
    return rows;
  }

 private:
  void Run(const char* sql) { JIXIAO_CHECK(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK); }

  const std::vector<std::string>& reports_;
  sqlite3* db_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  size_t next_ = 0;
};

// One of the two connections.
class BarePostgres {
 public:
  BarePostgres(const std::string& uri, const std::vector<std::string>& reports)
      : reports_(reports), connection_(PQconnectdb(uri.c_str()), PQfinish) {
    JIXIAO_CHECK(PQstatus(connection_.get()) == CONNECTION_OK);
    Run("SET client_min_messages = error");
    Run("SELECT pg_advisory_lock(1)");
    Run("CREATE TABLE IF NOT EXISTS rows (id bigserial PRIMARY KEY, report bytea NOT NULL)");
    Run("ALTER TABLE rows ALTER report SET STORAGE EXTERNAL");
    Run("SELECT pg_advisory_unlock(1)");
    const std::unique_ptr<PGresult, void (*)(PGresult*)> prepared(
        PQprepare(connection_.get(), "insert", "INSERT INTO rows (report) VALUES ($1)", 1, nullptr), PQclear);
    JIXIAO_CHECK(PQresultStatus(prepared.get()) == PGRES_COMMAND_OK);
    JIXIAO_CHECK(PQenterPipelineMode(connection_.get()) == 1);
  }

  int64_t InsertUntil(SteadyClock::time_point end) {
    int64_t rows = 0;
    for (; SteadyClock::now() < end; rows += kRowsPerTransaction) {
      Send("BEGIN");
      for (int i = 0; i < kRowsPerTransaction; ++i) {
        const std::string& report = reports_[next_++ % reports_.size()];
        const char* value = report.data();
        const int size = static_cast<int>(report.size());
        constexpr int kBinary = 1;
        JIXIAO_CHECK(PQsendQueryPrepared(connection_.get(), "insert", 1, &value, &size, &kBinary, 1) == 1);
      }
      Send("COMMIT");
      JIXIAO_CHECK(PQpipelineSync(connection_.get()) == 1);
      TakeResults();
    }
    return rows;
  }

 private:
  void Run(const char* sql) {
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQexec(connection_.get(), sql), PQclear);
    const auto status = PQresultStatus(result.get());
    JIXIAO_CHECK(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
  }
  void Send(const char* sql) {
    JIXIAO_CHECK(PQsendQueryParams(connection_.get(), sql, 0, nullptr, nullptr, nullptr, nullptr, 1) == 1);
  }
  void TakeResults() {
    for (bool is_synced = false; !is_synced;) {
      const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQgetResult(connection_.get()), PQclear);
      if (result == nullptr) continue;  // the end of one statement's results
      const auto status = PQresultStatus(result.get());
      is_synced = status == PGRES_PIPELINE_SYNC;
      JIXIAO_CHECK(is_synced || status == PGRES_COMMAND_OK);
    }
  }

  const std::vector<std::string>& reports_;
  const std::unique_ptr<PGconn, void (*)(PGconn*)> connection_;
  size_t next_ = 0;
};

template <typename Writer>
void Measure(std::vector<std::unique_ptr<Writer>> writers) {
  double seconds = 0;
  while (std::cin >> seconds) {
    const auto started = SteadyClock::now();
    const auto end =
        started + std::chrono::duration_cast<SteadyClock::duration>(std::chrono::duration<double>(seconds));
    std::atomic<int64_t> rows = 0;
    std::vector<std::thread> threads;
    for (const auto& writer : writers) threads.emplace_back([&] { rows += writer->InsertUntil(end); });
    for (std::thread& thread : threads) thread.join();
    const double elapsed = std::chrono::duration<double>(SteadyClock::now() - started).count();
    fmt::print("{{\"rows\":{},\"per_second\":{:.1f}}}\n", rows.load(), static_cast<double>(rows.load()) / elapsed);
    std::fflush(stdout);
  }
}

int Run(const std::vector<std::string>& words) {
  if (words.size() != 2 || (words[0] != "sqlite" && words[0] != "postgresql")) {
    fmt::print(stderr, "usage: bench-bare-store sqlite PATH | postgresql URI\n");
    return 2;
  }
  const std::vector<std::string> reports = Reports();
  if (words[0] == "sqlite") {
    std::vector<std::unique_ptr<BareSqlite>> writers;
    writers.push_back(std::make_unique<BareSqlite>(words[1], reports));
    Measure(std::move(writers));
  } else {
    std::vector<std::unique_ptr<BarePostgres>> writers;
    for (int i = 0; i < 2; ++i) writers.push_back(std::make_unique<BarePostgres>(words[1], reports));
    Measure(std::move(writers));
  }
  return 0;
}

}  // namespace
}  // namespace jixiao::bench

int main(int argc, char** argv) { return jixiao::bench::Run({argv + 1, argv + argc}); }
