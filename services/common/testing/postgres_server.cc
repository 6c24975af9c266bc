#include "common/testing/postgres_server.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "common/base/log.h"
#include "common/testing/wait_until.h"

namespace jixiao::testing {
namespace {

constexpr char kVersions[] = "/usr/lib/postgresql";
constexpr char kOwner[] = "postgres";

// Folder of the newest version's programs.
std::string Programs() {
  std::vector<std::string> found;
  std::error_code none;
  for (const auto& version : std::filesystem::directory_iterator(kVersions, none)) {
    if (access((version.path() / "bin/initdb").c_str(), X_OK) == 0) found.push_back(version.path() / "bin");
  }
  if (found.empty()) {
    fmt::print(stderr, "{} holds no server: install the package postgresql to run this test\n", kVersions);
    std::abort();
  }
  return *std::max_element(found.begin(), found.end());
}

std::string Program(const char* name) { return Programs() + "/" + name; }

std::string OutputOf(std::vector<std::string> command) {
  ChildProcess process(std::move(command));
  const std::optional<int> code = process.WaitForExit(absl::Seconds(60));
  if (code != 0) fmt::print(stderr, "{}\n", process.Output());
  JIXIAO_CHECK(code == 0);
  return process.Output();
}

}  // namespace

PostgresServer::PostgresServer(std::vector<std::string> settings) : port_(FreePort()), settings_(std::move(settings)) {
  // The server refuses to run as root.
  if (geteuid() == 0) OutputOf({"/usr/bin/chown", kOwner, dir_.path()});
  OutputOf(AsOwner({Program("initdb"), "--pgdata=" + dir_.File("data"), std::string("--username=") + kOwner,
                    "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"}));
  Start();
}

PostgresServer::~PostgresServer() {
  if (process_ == nullptr) return;
  process_->Signal(SIGQUIT);
  process_->WaitForExit();
}

// A folder it can reach, and a death with us: changing the user forgets what the
// parent asked for.
std::vector<std::string> PostgresServer::AsOwner(std::vector<std::string> command) const {
  std::vector<std::string> all = {"/usr/bin/env", "--chdir=" + dir_.path()};
  if (geteuid() == 0) {
    for (const char* part :
         {"/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--pdeathsig=QUIT", "--"}) {
      all.push_back(part);
    }
  }
  all.insert(all.end(), command.begin(), command.end());
  return all;
}

void PostgresServer::Start() {
  std::vector<std::string> command = {Program("postgres"), "-D", dir_.File("data"),    "-k", dir_.path(), "-h",
                                      "127.0.0.1",         "-p", std::to_string(port_)};
  for (const std::string& setting : settings_) {
    command.push_back("-c");
    command.push_back(setting);
  }
  process_ = std::make_unique<ChildProcess>(AsOwner(command));
  const bool is_up = WaitUntil(
      [&] {
        // After a kill it refuses to start as long as one of its children lives.
        if (process_->WaitForExit(absl::ZeroDuration()).has_value()) {
          process_ = std::make_unique<ChildProcess>(AsOwner(command));
        }
        ChildProcess probe({Program("pg_isready"), "-q", "-h", dir_.path(), "-p", std::to_string(port_)});
        return probe.WaitForExit() == 0;
      },
      absl::Seconds(60));
  if (!is_up) fmt::print(stderr, "PostgreSQL does not start:\n{}\n", process_->Output());
  JIXIAO_CHECK(is_up);
}

void PostgresServer::Stop() {
  process_->Signal(SIGINT);
  JIXIAO_CHECK(process_->WaitForExit().has_value());
  process_.reset();
}

void PostgresServer::Kill() {
  process_->Signal(SIGKILL);
  JIXIAO_CHECK(process_->WaitForExit().has_value());
  process_.reset();
}

std::string PostgresServer::Uri(const std::string& database) const {
  return fmt::format("postgresql://{}@/{}?host={}&port={}", kOwner, database, dir_.path(), port_);
}

std::string PostgresServer::TcpUri(const std::string& database, int port) const {
  return fmt::format("postgresql://{}@127.0.0.1:{}/{}", kOwner, port, database);
}

std::string PostgresServer::Sql(const std::string& database, const std::string& sql) {
  return OutputOf({Program("psql"), "--no-psqlrc", "--tuples-only", "--no-align", "--quiet", "-v", "ON_ERROR_STOP=1",
                   "--dbname=" + Uri(database), "--command=" + sql});
}

void PostgresServer::CreateDatabase(const std::string& name, const std::string& from) {
  Sql("postgres", fmt::format("CREATE DATABASE {} TEMPLATE {}", name, from));
}

PostgresServer& SharedPostgresServer() {
  static PostgresServer server;
  return server;
}

TestDatabase::TestDatabase(PostgresServer& server, const std::string& from)
    : server_(server), name_([] {
        static std::atomic<int> count = 0;
        return fmt::format("test_{}", ++count);
      }()) {
  server_.CreateDatabase(name_, from);
}

}  // namespace jixiao::testing
