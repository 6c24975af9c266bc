#include "common/testing/postgres_cluster.h"

#include <fmt/format.h>

#include <functional>

#include "common/base/log.h"
#include "common/testing/wait_until.h"

namespace jixiao::testing {
namespace {

std::string NameOf(size_t number) { return fmt::format("node{}", number); }

// `127.0.0.1,127.0.0.1` and `5432,5433`.
std::string Joined(size_t count, const std::function<std::string(size_t)>& part) {
  std::string all;
  for (size_t i = 0; i < count; ++i) {
    if (i > 0) all += ",";
    all += part(i);
  }
  return all;
}

}  // namespace

PostgresCluster::PostgresCluster(int size) {
  for (int i = 0; i < size; ++i) {
    Node& node = nodes_.emplace_back();
    node.port = FreePort();
    node.client_line = std::make_unique<CuttingProxy>(node.port);
    node.replication_line = std::make_unique<CuttingProxy>(node.port);
  }
  for (size_t i = 0; i < nodes_.size(); ++i) {
    nodes_[i].server = std::make_unique<PostgresServer>(PostgresServerOptions{SettingsOf(i), nodes_[i].port, i > 0});
  }
  for (int i = 1; i < size; ++i) {
    Follow(i, 0);
  }
  const std::string standbys = fmt::format("{}\n", size - 1);
  JIXIAO_CHECK(WaitUntil([&] {
    return server(0).Sql("postgres", "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'") == standbys;
  }));
}

void PostgresCluster::MakeDatabase() {
  Replicate(Replication::kAsynchronous);
  server(0).Sql("postgres", fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", kDatabase));
  server(0).CreateDatabase(kDatabase);
}

std::vector<std::string> PostgresCluster::SettingsOf(size_t number) {
  return {"cluster_name=" + NameOf(number), "shared_buffers=16MB", "wal_receiver_timeout=1s",
          "wal_receiver_status_interval=200ms", "wal_retrieve_retry_interval=100ms"};
}

void PostgresCluster::Follow(int standby, int primary) {
  server(standby).Sql("postgres",
                      fmt::format("ALTER SYSTEM SET primary_conninfo = 'user=postgres host=127.0.0.1 port={}'",
                                  replication_line(primary).port()));
  server(standby).Sql("postgres", "SELECT pg_reload_conf()");
}

void PostgresCluster::Replicate(Replication replication) {
  const std::string names =
      replication == Replication::kAsynchronous ? "" : "ANY 1 (" + Joined(nodes_.size(), NameOf) + ")";
  for (Node& node : nodes_) {
    node.server->Sql("postgres", "ALTER SYSTEM SET synchronous_standby_names = '" + names + "'");
    node.server->Sql("postgres", "SELECT pg_reload_conf()");
    JIXIAO_CHECK(
        WaitUntil([&] { return node.server->Sql("postgres", "SHOW synchronous_standby_names") == names + "\n"; }));
  }
}

std::string PostgresCluster::Uri() const {
  std::vector<int> ports;
  for (const Node& node : nodes_) ports.push_back(node.client_line->port());
  return UriOf(ports);
}

std::string PostgresCluster::UriOf(const std::vector<int>& ports) {
  const std::string hosts = Joined(ports.size(), [&](size_t i) { return fmt::format("127.0.0.1:{}", ports[i]); });
  return fmt::format("postgresql://postgres@{}/{}", hosts, kDatabase);
}

int PostgresCluster::FailOver(int lost) {
  int best = -1;
  int64_t most = -1;
  for (int i = 0; i < static_cast<int>(nodes_.size()); ++i) {
    if (i == lost) continue;
    JIXIAO_CHECK(WaitUntil(
        [&] { return Sql(i, "SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming'") == "0\n"; }));
    const int64_t received = std::stoll(Sql(i, "SELECT (pg_last_wal_receive_lsn() - '0/0')::bigint"));
    if (received > most) {
      most = received;
      best = i;
    }
  }
  Sql(best, "SELECT pg_promote()");
  for (int i = 0; i < static_cast<int>(nodes_.size()); ++i) {
    if (i != lost && i != best) Follow(i, best);
  }
  return best;
}

}  // namespace jixiao::testing
