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

// A folder it can reach, and a death with us: changing the user forgets what the
// parent asked for.
std::vector<std::string> AsOwner(const std::string& folder, std::vector<std::string> command) {
  std::vector<std::string> all = {"/usr/bin/env", "--chdir=" + folder};
  if (geteuid() == 0) {
    for (const char* part :
         {"/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--pdeathsig=QUIT", "--"}) {
      all.push_back(part);
    }
  }
  all.insert(all.end(), command.begin(), command.end());
  return all;
}

// All servers are copies of one, which is what makes a standby of any of them, and
// quicker. Two of them are never mixed up: each has a folder of its own.
const std::string& Original() {
  static const TempDir dir;
  static const std::string data = [] {
    if (geteuid() == 0) OutputOf({"/usr/bin/chown", kOwner, dir.path()});
    OutputOf(
        AsOwner(dir.path(), {Program("initdb"), "--pgdata=" + dir.File("data"), std::string("--username=") + kOwner,
                             "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"}));
    return dir.File("data");
  }();
  return data;
}

}  // namespace

PostgresServer::PostgresServer(std::vector<std::string> settings)
    : PostgresServer(PostgresServerOptions{std::move(settings), 0, false}) {}

PostgresServer::PostgresServer(PostgresServerOptions options)
    : port_(options.port == 0 ? FreePort() : options.port), settings_(std::move(options.settings)) {
  OutputOf({"/usr/bin/cp", "--archive", Original(), dir_.File("data")});
  // The server refuses to run as root.
  if (geteuid() == 0) OutputOf({"/usr/bin/chown", kOwner, dir_.path()});
  if (options.is_standby) OutputOf(AsOwner(dir_.path(), {"/usr/bin/touch", dir_.File("data/standby.signal")}));
  Start();
}

PostgresServer::~PostgresServer() {
  if (process_ == nullptr) return;
  process_->Signal(SIGQUIT);
  process_->WaitForExit();
}

void PostgresServer::Start() {
  std::vector<std::string> command = {Program("postgres"), "-D", dir_.File("data"),    "-k", dir_.path(), "-h",
                                      "127.0.0.1",         "-p", std::to_string(port_)};
  for (const std::string& setting : settings_) {
    command.push_back("-c");
    command.push_back(setting);
  }
  process_ = std::make_unique<ChildProcess>(AsOwner(dir_.path(), command));
  const bool is_up = WaitUntil(
      [&] {
        // After a kill it refuses to start as long as one of its children lives.
        if (process_->WaitForExit(absl::ZeroDuration()).has_value()) {
          process_ = std::make_unique<ChildProcess>(AsOwner(dir_.path(), command));
        }
        ChildProcess probe({Program("pg_isready"), "-q", "-h", dir_.path(), "-p", std::to_string(port_)});
        return probe.WaitForExit() == 0;
      },
      absl::Seconds(60));
  if (!is_up) fmt::print(stderr, "PostgreSQL does not start:\n{}\n", process_->Output());
  JIXIAO_CHECK(is_up);
}

void PostgresServer::Stop() { StopBy(SIGINT); }

void PostgresServer::StopImmediately() { StopBy(SIGQUIT); }

void PostgresServer::Kill() { StopBy(SIGKILL); }

void PostgresServer::StopBy(int signal) {
  process_->Signal(signal);
  JIXIAO_CHECK(process_->WaitForExit().has_value());
  process_.reset();
}

bool PostgresServer::IsDead() { return process_->WaitForExit(absl::ZeroDuration()).has_value(); }

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
