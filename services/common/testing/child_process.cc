#include "common/testing/child_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "common/base/log.h"
#include "common/testing/loopback.h"
#include "common/testing/wait_until.h"

namespace jixiao::testing {
namespace {

std::optional<int> FindNumber(std::string_view output, std::string_view event, std::string_view key) {
  const size_t line = output.find(fmt::format(R"("event":"{}")", event));
  if (line == std::string_view::npos) return std::nullopt;
  const std::string_view rest = output.substr(line, output.find('\n', line) - line);
  const std::string label = fmt::format(R"("{}":)", key);
  const size_t found = rest.find(label);
  if (found == std::string_view::npos) return std::nullopt;
  return std::atoi(std::string(rest.substr(found + label.size())).c_str());
}

}  // namespace

int FreePort() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = Loopback(0);
  JIXIAO_CHECK(bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
  socklen_t size = sizeof(address);
  JIXIAO_CHECK(getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  close(socket);
  return ntohs(address.sin_port);
}

bool AcceptsConnections(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = Loopback(port);
  const bool accepts = connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  close(socket);
  return accepts;
}

ChildProcess::ChildProcess(std::vector<std::string> argv) {
  std::vector<char*> arguments;
  for (std::string& argument : argv) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  const std::string output = dir_.File("output");
  const int out = open(output.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  JIXIAO_CHECK(out >= 0);
  pid_ = fork();
  JIXIAO_CHECK(pid_ >= 0);
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    execv(arguments[0], arguments.data());
    dprintf(STDERR_FILENO, "cannot run %s: build it first\n", arguments[0]);
    _exit(127);
  }
  close(out);
}

ChildProcess::~ChildProcess() {
  if (exit_code_) return;
  Signal(SIGKILL);
  WaitForExit();
}

void ChildProcess::Signal(int number) {
  if (!exit_code_) kill(pid_, number);
}

std::optional<int> ChildProcess::WaitForExit(absl::Duration timeout) {
  WaitUntil(
      [this] {
        if (exit_code_) return true;
        int status = 0;
        if (waitpid(pid_, &status, WNOHANG) != pid_) return false;
        exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        return true;
      },
      timeout);
  return exit_code_;
}

std::string ChildProcess::Output() const { return ReadFile(dir_.File("output")); }

std::optional<int> ChildProcess::LoggedNumber(std::string_view event, std::string_view key, absl::Duration timeout) {
  std::optional<int> number;
  WaitUntil(
      [&] {
        const bool has_ended = WaitForExit(absl::ZeroDuration()).has_value();
        number = FindNumber(Output(), event, key);
        return number.has_value() || has_ended;
      },
      timeout);
  return number;
}

}  // namespace jixiao::testing
