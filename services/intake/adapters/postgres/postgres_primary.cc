#include "intake/adapters/postgres/postgres_primary.h"

#include <fmt/format.h>

#include "absl/strings/str_split.h"
#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

namespace jixiao::intake {
namespace {

// Identifier and timeline, apart by a space; empty on a standby. The name of the
// current file of the log begins with the timeline, from the promotion on; what
// the control file says follows with a checkpoint.
constexpr char kWhere[] =
    "SELECT CASE WHEN pg_is_in_recovery() THEN '' ELSE (SELECT system_identifier FROM pg_control_system()) || ' ' || "
    "left(pg_walfile_name(pg_current_wal_lsn()), 8) END";

}  // namespace

bool NeedsStandby(PostgresStandby standby, const std::string& uri) {
  if (standby != PostgresStandby::kAsUriSays) return standby == PostgresStandby::kRequired;
  return HostsOf(uri).size() > 1;
}

PostgresPrimary::PostgresPrimary(std::string uri, PostgresTimeouts timeouts)
    : uri_(std::move(uri)), timeouts_(timeouts), hosts_(HostsOf(uri_)) {
  if (hosts_.size() < 2) hosts_ = {PostgresHost()};
}

absl::StatusOr<std::unique_ptr<PostgresConnection>> PostgresPrimary::Connect() {
  absl::StatusOr<std::unique_ptr<PostgresConnection>> best = absl::UnavailableError("");
  for (const PostgresHost& host : hosts_) {
    absl::StatusOr<std::unique_ptr<PostgresConnection>> found = ConnectTo(host);
    if (!best.ok()) {
      // What cannot be mended by waiting tells more.
      if (found.ok() || best.status().code() == absl::StatusCode::kUnavailable) best = std::move(found);
      continue;
    }
    if (!found.ok()) continue;
    LogError("postgres_two_primaries",
             {{"timeline", (*best)->timeline()}, {"other_timeline", (*found)->timeline()}, {"other_port", host.port}});
    if ((*found)->timeline() > (*best)->timeline()) best = std::move(found);
  }
  return best;
}

absl::StatusOr<std::unique_ptr<PostgresConnection>> PostgresPrimary::ConnectTo(const PostgresHost& host) {
  JIXIAO_ASSIGN_OR_RETURN(auto connection, PostgresConnection::Open(uri_, timeouts_, host));
  JIXIAO_ASSIGN_OR_RETURN(const std::string where, connection->QueryText(kWhere));
  // Comes and goes with a failover, so it is worth another try.
  if (where.empty()) return StoreUnavailable("the server is a standby");
  const std::pair<std::string, std::string> parts = absl::StrSplit(where, absl::MaxSplits(' ', 1));
  const int64_t timeline = std::stoll(parts.second, nullptr, 16);
  JIXIAO_RETURN_IF_ERROR(Admit(parts.first, timeline));
  connection->set_timeline(timeline);
  return connection;
}

absl::Status PostgresPrimary::Admit(const std::string& system, int64_t timeline) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!system_.empty() && system != system_) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "STORE_REPLACED",
                     fmt::format("the server holds database {}, and this program began on {}; if that is meant, "
                                 "restart it",
                                 system, system_));
  }
  if (timeline < timeline_) {
    return StoreUnavailable(
        fmt::format("the server is on timeline {} and was replaced: {} was seen; stop it", timeline, timeline_));
  }
  system_ = system;
  timeline_ = timeline;
  return absl::OkStatus();
}

bool PostgresPrimary::IsCurrent(const PostgresConnection& connection) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return connection.timeline() >= timeline_;
}

}  // namespace jixiao::intake
