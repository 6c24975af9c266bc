#include "intake/adapters/postgres/postgres_connection.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "absl/time/clock.h"
#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/base/store_errors.h"

namespace jixiao::intake {
namespace {

// Only the first line: what follows may quote rows.
std::string FirstLine(const char* text) {
  const std::string_view all(text == nullptr ? "" : text);
  return std::string(all.substr(0, all.find('\n')));
}

std::string StateOf(const PGresult* result) {
  const char* const state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return state == nullptr ? "" : state;
}

// https://www.postgresql.org/docs/15/errcodes-appendix.html
PostgresFailure FailureOf(const std::string& state) {
  // Serialization failure, deadlock, a key that another transaction was faster with.
  if (state == "40001" || state == "40P01" || state == "23505") return PostgresFailure::kConflict;
  // A row that refers to what another transaction has not committed yet, or took back.
  if (state == "23503") return PostgresFailure::kConflict;
  if (state == "55P03" || state == "57014") return PostgresFailure::kBusy;  // lock, statement timeout
  if (state == "53100") return PostgresFailure::kDiskFull;
  // Connections broken, shut down, idle too long, or on a server that turned
  // read-only because it is no longer the primary.
  if (state.empty() || state.starts_with("08") || state.starts_with("57P") || state == "25P03" || state == "25006") {
    return PostgresFailure::kLost;
  }
  return PostgresFailure::kRefused;
}

using UriOptions = std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)>;

// Null, and the problem, if it is no URI.
UriOptions ParseUri(const std::string& uri, std::string& problem) {
  char* error = nullptr;
  UriOptions options(PQconninfoParse(uri.c_str(), &error), PQconninfoFree);
  if (options == nullptr) {
    problem = FirstLine(error);
    PQfreemem(error);
  }
  return options;
}

// Empty parts included.
std::vector<std::string> SplitAtCommas(std::string_view text) {
  std::vector<std::string> parts;
  for (;;) {
    const size_t comma = text.find(',');
    parts.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

std::string MillisOf(absl::Duration duration) { return std::to_string(absl::ToInt64Milliseconds(duration)); }

}  // namespace

absl::Status StoreUnavailable(const std::string& problem) {
  LogWarning("postgres_unavailable", {{"problem", problem}});
  return jixiao::StoreUnavailable();
}

absl::Status UnavailableIfUnfit(const absl::Status& status) {
  if (status.code() != absl::StatusCode::kFailedPrecondition) return status;
  LogError("postgres_unfit", {{"problem", std::string(status.message())}});
  return StoreUnavailable("the server cannot be used");
}

std::vector<PostgresHost> HostsOf(const std::string& uri) {
  std::string ignored;
  const UriOptions options = ParseUri(uri, ignored);
  std::vector<std::string> hosts, addresses, ports;
  for (const PQconninfoOption* option = options.get(); option != nullptr && option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    const std::string_view keyword(option->keyword);
    if (keyword == "host") hosts = SplitAtCommas(option->val);
    if (keyword == "hostaddr") addresses = SplitAtCommas(option->val);
    if (keyword == "port") ports = SplitAtCommas(option->val);
  }
  std::vector<PostgresHost> all(std::max(hosts.size(), addresses.size()));
  for (size_t i = 0; i < all.size(); ++i) {
    if (!hosts.empty()) all[i].host = hosts[std::min(i, hosts.size() - 1)];
    if (!addresses.empty()) all[i].address = addresses[std::min(i, addresses.size() - 1)];
    if (!ports.empty()) all[i].port = ports[std::min(i, ports.size() - 1)];
    // libpq takes an empty part for none.
    if (all[i].port.empty()) all[i].port = "5432";
    if (all[i].host.empty() && all[i].address.empty()) return {};
  }
  return all;
}

std::string PostgresUriProblem(const std::string& uri) {
  std::string problem;
  const UriOptions options = ParseUri(uri, problem);
  if (options == nullptr) return problem;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (std::string_view(option->keyword) == "password" && option->val != nullptr) {
      return "take the password out of the URI and write it into a file only the service can read: ?passfile=PATH";
    }
  }
  return "";
}

PostgresConnection::PostgresConnection(PGconn* handle, const PostgresTimeouts& timeouts)
    : handle_(handle, PQfinish), timeouts_(timeouts) {}

PostgresConnection::~PostgresConnection() = default;

absl::StatusOr<std::unique_ptr<PostgresConnection>> PostgresConnection::Open(const std::string& uri,
                                                                             const PostgresTimeouts& timeouts,
                                                                             const PostgresHost& host) {
  const std::string connect_timeout = std::to_string(absl::ToInt64Seconds(timeouts.connect));
  const std::string user_timeout = MillisOf(timeouts.silence);
  // What the URI says wins over what stands before it, and loses to what follows.
  const std::array<const char*, 11> keys = {"application_name",
                                            "connect_timeout",
                                            "keepalives_idle",
                                            "keepalives_interval",
                                            "keepalives_count",
                                            "tcp_user_timeout",
                                            "dbname",
                                            "host",
                                            "hostaddr",
                                            "port",
                                            nullptr};
  const std::array<const char*, 11> values = {"jixiao-intake",
                                              connect_timeout.c_str(),
                                              "10",
                                              "5",
                                              "3",
                                              user_timeout.c_str(),
                                              uri.c_str(),
                                              host.host.c_str(),
                                              host.address.c_str(),
                                              host.port.c_str(),
                                              nullptr};
  std::unique_ptr<PostgresConnection> connection(
      new PostgresConnection(PQconnectdbParams(keys.data(), values.data(), /*expand_dbname=*/1), timeouts));
  PGconn* const handle = connection->handle_.get();
  if (PQstatus(handle) != CONNECTION_OK) return StoreUnavailable(FirstLine(PQerrorMessage(handle)));
  JIXIAO_RETURN_IF_ERROR(connection->Configure());
  return connection;
}

// A time limit for each way to wait, so that no connection is stuck for good.
absl::Status PostgresConnection::Configure() {
  const auto on_notice = [](void* was_warned, const PGresult* notice) {
    const char* const severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (severity != nullptr && std::string_view(severity) == "WARNING") *static_cast<bool*>(was_warned) = true;
  };
  PQsetNoticeReceiver(handle_.get(), on_notice, &was_warned_);
  return Execute(
      fmt::format("SET client_encoding = 'UTF8'; SET statement_timeout = {}; SET lock_timeout = {}; "
                  "SET idle_in_transaction_session_timeout = {}",
                  MillisOf(timeouts_.statement), MillisOf(timeouts_.lock), MillisOf(timeouts_.idle_in_transaction)));
}

absl::Status PostgresConnection::Execute(const std::string& sql) {
  const PostgresResult result(PQexec(handle_.get(), sql.c_str()));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return absl::OkStatus();
  return ToStatus(result.get());
}

absl::Status PostgresConnection::ExecuteWithin(const std::string& sql, absl::Duration limit) {
  if (PQsendQuery(handle_.get(), sql.c_str()) != 1) return Lost(PQerrorMessage(handle_.get()));
  const absl::Time end = absl::Now() + limit;
  absl::Status failure;
  for (bool is_late = false;;) {
    if (!is_late && absl::IsDeadlineExceeded(WaitForResult(end))) {
      is_late = true;
      Cancel();
    }
    JIXIAO_ASSIGN_OR_RETURN(PGresult * raw, NextResult());
    if (raw == nullptr) return failure;
    const PostgresResult result(raw);
    const ExecStatusType status = PQresultStatus(raw);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) continue;
    failure = ToStatus(raw);
    if (is_lost()) return failure;
    if (is_late) failure = absl::DeadlineExceededError("cancelled");
  }
}

// If it does not get through, whoever waits for the result gives up in time.
void PostgresConnection::Cancel() {
  const std::unique_ptr<PGcancel, void (*)(PGcancel*)> cancel(PQgetCancel(handle_.get()), PQfreeCancel);
  std::array<char, 256> problem = {};
  PQcancel(cancel.get(), problem.data(), static_cast<int>(problem.size()));
}

absl::StatusOr<std::string> PostgresConnection::QueryText(const std::string& sql) {
  const PostgresResult result(PQexec(handle_.get(), sql.c_str()));
  if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) return ToStatus(result.get());
  return result.rows() == 0 ? std::string() : std::string(PQgetvalue(result.get(), 0, 0));
}

absl::Status PostgresConnection::StartPipeline(const std::vector<const PostgresStatement*>& statements) {
  if (PQenterPipelineMode(handle_.get()) != 1) return Lost("no pipeline");
  for (const PostgresStatement* statement : statements) {
    if (PQsendPrepare(handle_.get(), statement->name, statement->sql, 0, nullptr) != 1) return Lost("no statement");
  }
  return Finish().status();
}

void PostgresConnection::Send(const PostgresStatement& statement, const PostgresParams& params) {
  if (PQsendQueryPrepared(handle_.get(), statement.name, params.count(), params.values(), params.lengths(),
                          params.formats(), /*resultFormat=*/1) != 1) {
    has_send_failed_ = true;
  }
}

absl::Status PostgresConnection::WaitForResult(absl::Time end) {
  while (PQisBusy(handle_.get()) != 0) {
    pollfd waiting = {PQsocket(handle_.get()), POLLIN, 0};
    const int64_t left = absl::ToInt64Milliseconds(end - absl::Now());
    if (left <= 0) return absl::DeadlineExceededError("no answer in time");
    poll(&waiting, 1, static_cast<int>(left));
    if (waiting.revents != 0 && PQconsumeInput(handle_.get()) != 1) return Lost(PQerrorMessage(handle_.get()));
  }
  return absl::OkStatus();
}

// The next result, null between statements. Waits no longer than the server may
// stay silent: a machine that went away answers nothing at all.
absl::StatusOr<PGresult*> PostgresConnection::NextResult() {
  const absl::Status waited = WaitForResult(absl::Now() + timeouts_.silence);
  if (absl::IsDeadlineExceeded(waited)) return Lost("no answer in time");
  if (!waited.ok()) return waited;
  return PQgetResult(handle_.get());
}

absl::StatusOr<std::vector<PostgresResult>> PostgresConnection::Finish() {
  if (has_send_failed_ || is_lost()) return Lost("not sent");
  failure_ = PostgresFailure::kNone;
  was_warned_ = false;
  if (PQpipelineSync(handle_.get()) != 1) return Lost(PQerrorMessage(handle_.get()));
  std::vector<PostgresResult> results;
  absl::Status first_failure;
  bool was_null = false;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(PGresult * raw, NextResult());
    if (raw == nullptr) {
      // One null ends a statement; a second one says that nothing will come.
      if (was_null || PQstatus(handle_.get()) != CONNECTION_OK) return Lost(PQerrorMessage(handle_.get()));
      was_null = true;
      continue;
    }
    was_null = false;
    PostgresResult result(raw);
    switch (PQresultStatus(raw)) {
      case PGRES_PIPELINE_SYNC: {
        if (!first_failure.ok()) return first_failure;
        return results;
      }
      case PGRES_TUPLES_OK:
      case PGRES_COMMAND_OK: results.push_back(std::move(result)); break;
      case PGRES_PIPELINE_ABORTED: break;
      default:
        if (first_failure.ok()) first_failure = ToStatus(raw);
        if (is_lost()) return first_failure;
    }
  }
}

absl::StatusOr<PostgresResult> PostgresConnection::Query(const PostgresStatement& statement,
                                                         const PostgresParams& params) {
  Send(statement, params);
  JIXIAO_ASSIGN_OR_RETURN(std::vector<PostgresResult> results, Finish());
  return std::move(results.back());
}

absl::Status PostgresConnection::Lost(const std::string& problem) {
  failure_ = PostgresFailure::kLost;
  return StoreUnavailable(FirstLine(problem.c_str()));
}

absl::Status PostgresConnection::ToStatus(const PGresult* result) {
  const std::string state = StateOf(result);
  const std::string problem = fmt::format("{} {}", state, FirstLine(PQresultErrorMessage(result)));
  failure_ = PQstatus(handle_.get()) == CONNECTION_OK ? FailureOf(state) : PostgresFailure::kLost;
  switch (failure_) {
    case PostgresFailure::kConflict:
      LogWarning("postgres_conflict", {{"problem", problem}});
      // Class 23 that stays after all retries is a mistake of the caller's.
      return state.starts_with("40") ? StoreUnavailable(problem) : StoreFailed();
    case PostgresFailure::kBusy:
    case PostgresFailure::kLost: return StoreUnavailable(problem);
    case PostgresFailure::kDiskFull: LogError("postgres_disk_full", {{"problem", problem}}); return StoreFull();
    default: break;
  }
  LogError("postgres_refused", {{"problem", problem}});
  return StoreFailed();
}

}  // namespace jixiao::intake
