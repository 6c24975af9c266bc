// For tests: a real PostgreSQL of one's own, on a free port and a socket, that can
// be stopped, killed and asked behind our back.
#ifndef JIXIAO_COMMON_TESTING_POSTGRES_SERVER_H_
#define JIXIAO_COMMON_TESTING_POSTGRES_SERVER_H_

#include <memory>
#include <string>
#include <vector>

#include "common/testing/child_process.h"

namespace jixiao::testing {

struct PostgresServerOptions {
  std::vector<std::string> settings;  // as in postgresql.conf
  int port = 0;                       // 0: any that is free
  bool is_standby = false;            // of another server of this process, once it is told which
};

class PostgresServer {
 public:
  // Running and answering; `settings` as in postgresql.conf, for example
  // `max_connections=12`. Ends the test with a sentence if PostgreSQL is not
  // installed. Runs as user postgres if the test runs as root.
  explicit PostgresServer(std::vector<std::string> settings = {});
  explicit PostgresServer(PostgresServerOptions options);
  ~PostgresServer();

  // Over the socket, or over TCP, where a proxy fits in between.
  std::string Uri(const std::string& database) const;
  std::string TcpUri(const std::string& database, int port) const;
  int port() const { return port_; }

  // A new database; `from` is what it is copied from.
  void CreateDatabase(const std::string& name, const std::string& from = "template0");

  // Runs SQL with psql: rows as lines, columns separated by `|`.
  std::string Sql(const std::string& database, const std::string& sql);

  // Like `pg_ctl stop -m fast` or `-m immediate`, or a kill -9 of the whole server.
  void Stop();
  void StopImmediately();
  void Kill();
  void Start();
  // True if it died by itself.
  bool IsDead();

  // What it wrote to its log since it was started last.
  std::string Log() const { return process_ == nullptr ? "" : process_->Output(); }

 private:
  void StopBy(int signal);

  TempDir dir_;
  const int port_;
  const std::vector<std::string> settings_;
  std::unique_ptr<ChildProcess> process_;
};

// The server that the tests of an executable share; started when first asked for.
PostgresServer& SharedPostgresServer();

// A database of its own on `server`; goes with the server, as dropping it waits
// for a checkpoint.
class TestDatabase {
 public:
  explicit TestDatabase(PostgresServer& server, const std::string& from = "template0");
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  const std::string& name() const { return name_; }
  std::string Uri() const { return server_.Uri(name_); }
  std::string Sql(const std::string& sql) const { return server_.Sql(name_, sql); }

 private:
  PostgresServer& server_;
  const std::string name_;
};

}  // namespace jixiao::testing

#endif  // JIXIAO_COMMON_TESTING_POSTGRES_SERVER_H_
