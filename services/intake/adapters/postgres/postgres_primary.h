// Finds the server of a replicated database that is written to, and keeps away
// from one that was replaced and does not know it.
#ifndef JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_PRIMARY_H_
#define JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_PRIMARY_H_

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "intake/adapters/postgres/postgres_connection.h"

namespace jixiao::intake {

// Whether a COMMIT has to wait for a second server.
enum class PostgresStandby {
  kAsUriSays,  // if the URI names more than one server
  kRequired,   // for example behind one address that moves
  kOptional,   // a failover may lose the last receipts
};

bool NeedsStandby(PostgresStandby standby, const std::string& uri);

// Thread-safe. A standby that is promoted begins a new timeline with the next
// number. The one it replaced stays on the former, comes back when the network
// does, and takes writes as ever. So each server that the URI names is asked, the
// highest timeline wins, and none below the highest ever seen here is used.
//
// This is known to one process and as long as it lives; what makes sure that the
// former primary acknowledges nothing is that its COMMIT waits for a standby.
class PostgresPrimary {
 public:
  PostgresPrimary(std::string uri, PostgresTimeouts timeouts);

  // UNAVAILABLE if none is there; FAILED_PRECONDITION if it is another database
  // than the one that was there before.
  absl::StatusOr<std::unique_ptr<PostgresConnection>> Connect();

  // True if the URI names several servers.
  bool has_choice() const { return hosts_.size() > 1; }

  // False if a later primary was seen since.
  bool IsCurrent(const PostgresConnection& connection) const;

 private:
  absl::StatusOr<std::unique_ptr<PostgresConnection>> ConnectTo(const PostgresHost& host);
  absl::Status Admit(const std::string& system, int64_t timeline);

  const std::string uri_;
  const PostgresTimeouts timeouts_;
  std::vector<PostgresHost> hosts_;  // one that is empty: as the URI says

  mutable std::mutex mutex_;
  std::string system_;    // identifier of the database; empty before the first
  int64_t timeline_ = 0;  // highest seen
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_PRIMARY_H_
