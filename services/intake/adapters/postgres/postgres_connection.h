// One connection to PostgreSQL: prepared statements, sent in a pipeline, so that
// any number of them costs one round trip.
#ifndef JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_CONNECTION_H_
#define JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_CONNECTION_H_

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "intake/adapters/postgres/postgres_values.h"

namespace jixiao::intake {

// A statement that every connection prepares when it opens.
struct PostgresStatement {
  const char* name;
  const char* sql;
  const char* columns = "";  // of PostgresRows, if it takes arrays
};

struct PostgresTimeouts {
  absl::Duration connect = absl::Seconds(5);
  absl::Duration statement = absl::Seconds(10);
  absl::Duration lock = absl::Seconds(5);  // more than a batch of another instance
  absl::Duration idle_in_transaction = absl::Seconds(10);
  // Nothing heard from the server for so long: it is taken for lost.
  absl::Duration silence = absl::Seconds(20);
};

// One of the servers that a URI names; empty parts are as the URI says.
struct PostgresHost {
  std::string host;
  std::string address;
  std::string port;
};

// What went wrong, as far as it decides what to do next.
enum class PostgresFailure {
  kNone,
  kConflict,  // with another transaction: do the whole again
  kLost,      // the connection; what was under way may have been done
  kBusy,      // a time limit ran out
  kDiskFull,  //
  kRefused,   // by the database, for good
};

// Used by one thread at a time.
class PostgresConnection {
 public:
  // Connects, to `host` only. UNAVAILABLE if there is no server or it takes no more.
  static absl::StatusOr<std::unique_ptr<PostgresConnection>> Open(const std::string& uri,
                                                                  const PostgresTimeouts& timeouts,
                                                                  const PostgresHost& host = {});
  ~PostgresConnection();
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  // Before the pipeline starts: runs SQL as it stands.
  absl::Status Execute(const std::string& sql);
  // Likewise. What is not done after `limit` is cancelled: DEADLINE_EXCEEDED, and
  // nothing of a transaction that `sql` begins and commits was done.
  absl::Status ExecuteWithin(const std::string& sql, absl::Duration limit);
  // First column of the first row as text; empty if there is none.
  absl::StatusOr<std::string> QueryText(const std::string& sql);

  // Prepares `statements`; from here on only Send, Finish and Query.
  absl::Status StartPipeline(const std::vector<const PostgresStatement*>& statements);

  // Adds an execution to the pipeline. Failures show in Finish.
  void Send(const PostgresStatement& statement, const PostgresParams& params = {});
  // Answers to what was sent since the last Finish, in order. The first failure
  // stops those behind it.
  absl::StatusOr<std::vector<PostgresResult>> Finish();
  // Send and Finish; the answer to the last of what was sent.
  absl::StatusOr<PostgresResult> Query(const PostgresStatement& statement, const PostgresParams& params);

  // True if the server warned during the last Finish. It does so where a COMMIT
  // stopped waiting for its standby and says OK nevertheless.
  bool was_warned() const { return was_warned_; }
  // For a connection whose answer cannot be relied on; not used any more.
  absl::Status Lost(const std::string& problem);

  // Of the server's history, which branches at each promotion; 0: not asked for.
  int64_t timeline() const { return timeline_; }
  void set_timeline(int64_t timeline) { timeline_ = timeline; }
  // True if a COMMIT waits for a standby.
  bool has_standby() const { return has_standby_; }
  void set_has_standby(bool has_standby) { has_standby_ = has_standby; }

  // What the last failed Finish met.
  PostgresFailure failure() const { return failure_; }
  bool is_lost() const { return failure_ == PostgresFailure::kLost; }

 private:
  PostgresConnection(PGconn* handle, const PostgresTimeouts& timeouts);

  absl::Status Configure();
  void Cancel();
  // DEADLINE_EXCEEDED if nothing came until `end`.
  absl::Status WaitForResult(absl::Time end);
  absl::StatusOr<PGresult*> NextResult();
  absl::Status ToStatus(const PGresult* result);

  const std::unique_ptr<PGconn, void (*)(PGconn*)> handle_;
  const PostgresTimeouts timeouts_;
  PostgresFailure failure_ = PostgresFailure::kNone;
  bool has_send_failed_ = false;
  bool was_warned_ = false;
  bool has_standby_ = false;
  int64_t timeline_ = 0;
};

// The servers that `uri` names; none if that is left to libpq.
std::vector<PostgresHost> HostsOf(const std::string& uri);

// What is wrong with `uri`, for the operator; empty if nothing is. A password in
// it is: every user of the machine reads command lines.
std::string PostgresUriProblem(const std::string& uri);

// The sentence of a store that cannot be reached: call it again, in a second.
absl::Status StoreUnavailable(const std::string& problem);

// That sentence also for a server that cannot be used for good, FAILED_PRECONDITION,
// whose own is for the operator and goes to the log. Others stay as they are.
absl::Status UnavailableIfUnfit(const absl::Status& status);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_CONNECTION_H_
