// For tests: a primary and its standbys on loopback, each behind lines that can
// be cut, and the hand that promotes.
#ifndef JIXIAO_COMMON_TESTING_POSTGRES_CLUSTER_H_
#define JIXIAO_COMMON_TESTING_POSTGRES_CLUSTER_H_

#include <memory>
#include <string>
#include <vector>

#include "common/testing/cutting_proxy.h"
#include "common/testing/postgres_server.h"

namespace jixiao::testing {

enum class Replication {
  kSynchronous,  // COMMIT waits for one of the standbys
  kAsynchronous,
};

class PostgresCluster {
 public:
  static constexpr char kDatabase[] = "intake";

  // `size` servers that follow number 0.
  explicit PostgresCluster(int size);

  // A new database on number 0, asynchronously replicated.
  void MakeDatabase();
  // From here on, whoever is the primary.
  void Replicate(Replication replication);

  PostgresServer& server(int number) { return *nodes_[static_cast<size_t>(number)].server; }
  // Between clients and the server, and between other servers and it.
  CuttingProxy& client_line(int number) { return *nodes_[static_cast<size_t>(number)].client_line; }
  CuttingProxy& replication_line(int number) { return *nodes_[static_cast<size_t>(number)].replication_line; }

  // Names all servers by their client lines, in order.
  std::string Uri() const;
  static std::string UriOf(const std::vector<int>& ports);

  // Waits until no standby hears `lost` any more, promotes the one that has most,
  // waits until it is a primary and lets the others follow it; gives its number.
  int FailOver(int lost);

  // Runs SQL in the database.
  std::string Sql(int number, const std::string& sql) { return server(number).Sql(kDatabase, sql); }

 private:
  struct Node {
    int port = 0;
    // Lines outlive what uses them.
    std::unique_ptr<CuttingProxy> client_line, replication_line;
    std::unique_ptr<PostgresServer> server;
  };

  static std::vector<std::string> SettingsOf(size_t number);
  void Follow(int standby, int primary);

  std::vector<Node> nodes_;
};

}  // namespace jixiao::testing

#endif  // JIXIAO_COMMON_TESTING_POSTGRES_CLUSTER_H_
