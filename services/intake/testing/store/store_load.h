// For tests of the PostgreSQL store: clients that file and insist, what was
// acknowledged to them, and whether a database keeps it.
#ifndef JIXIAO_INTAKE_TESTING_STORE_STORE_LOAD_H_
#define JIXIAO_INTAKE_TESTING_STORE_STORE_LOAD_H_

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "common/testing/postgres_server.h"
#include "intake/adapters/postgres/postgres_submission_store.h"
#include "intake/testing/report_builder.h"

namespace jixiao::intake::testing {

// Runs SQL, gives rows as lines.
using Sql = std::function<std::string(const std::string&)>;
Sql SqlOf(const ::jixiao::testing::TestDatabase& database);

std::unique_ptr<PostgresSubmissionStore> MustOpen(const std::string& uri, PostgresStoreOptions options = {});

// One that waits a second or two where the service waits five to twenty.
PostgresStoreOptions ImpatientOptions();

absl::Status File(SubmissionStore& store, const std::string& request_id, const SubmissionKey& key = AKey());

// `name` of the environment as a number, for longer runs; `usual` without it.
int CountFromEnvironment(const char* name, int usual);

// Clients on threads of their own. What was answered UNAVAILABLE they file again
// with the same request id, as callers are told to; what was RESOURCE_EXHAUSTED
// after a pause.
class StoreLoad {
 public:
  // Each files `per_client` reports, and on until Finish. All share three
  // submissions, so that versions are contended for. `name` and `fiscal_year` keep
  // several loads apart.
  StoreLoad(SubmissionStore& store, int clients, int per_client, std::string name = "request", int fiscal_year = 2024);
  ~StoreLoad() { Finish(); }

  void Finish();
  // True if `count` more were acknowledged within half a minute.
  bool WaitForMore(int count) const;

  int acknowledged() const { return acknowledged_; }
  int unknown() const { return unknown_; }          // answers
  int unavailable() const { return unavailable_; }  // other answers
  int overloaded() const { return overloaded_; }    // RESOURCE_EXHAUSTED
  int refused() const { return refused_; }          // given up
  // Between two acknowledgements.
  absl::Duration longest_silence() const;

  // Acknowledged request ids that the database does not know.
  std::vector<std::string> Missing(const Sql& sql) const;

 private:
  void Insist(const std::string& id, const SubmissionKey& key);
  void Acknowledge(const std::string& id);

  SubmissionStore& store_;
  std::atomic<bool> is_over_ = false;
  std::atomic<int> acknowledged_ = 0;
  std::atomic<int> unknown_ = 0;
  std::atomic<int> unavailable_ = 0;
  std::atomic<int> overloaded_ = 0;
  std::atomic<int> refused_ = 0;

  mutable std::mutex mutex_;
  std::set<std::string> ledger_;
  absl::Time last_;
  absl::Duration longest_silence_;
  std::vector<std::thread> threads_;
};

// Nothing is there twice, versions and events have no gaps; `acknowledged` is all
// there is.
void ExpectWhole(const Sql& sql, int acknowledged);

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_STORE_STORE_LOAD_H_
