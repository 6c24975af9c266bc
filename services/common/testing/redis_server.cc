#include "common/testing/redis_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "common/base/log.h"
#include "common/testing/loopback.h"
#include "common/testing/wait_until.h"

namespace jixiao::testing {
namespace {

constexpr char kBinary[] = "/usr/bin/redis-server";

// Speaks the Redis protocol itself: hiredis belongs to common/redis, which is
// what is tested here.
class Connection {
 public:
  explicit Connection(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const sockaddr_in address = Loopback(port);
    is_open_ = connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  }
  ~Connection() { close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  std::string Ask(const std::vector<std::string>& command) {
    std::string request = fmt::format("*{}\r\n", command.size());
    for (const std::string& part : command) request += fmt::format("${}\r\n{}\r\n", part.size(), part);
    if (!is_open_ || send(socket_, request.data(), request.size(), MSG_NOSIGNAL) < 0) return "(closed)";
    return ReadReply();
  }

 private:
  std::string ReadReply() {
    const std::string head = ReadLine();
    if (head.empty()) return "(closed)";
    const std::string rest = head.substr(1);
    const int count = head[0] == '$' || head[0] == '*' ? std::atoi(rest.c_str()) : 0;
    if (count < 0) return "(nil)";
    if (head[0] == '$') {
      const std::string text = ReadBytes(static_cast<size_t>(count));
      ReadBytes(2);
      return text;
    }
    if (head[0] != '*') return rest;
    std::string all;
    for (int i = 0; i < count; ++i) all += ReadReply() + "\n";
    return all;
  }

  std::string ReadLine() {
    std::string line;
    while (true) {
      const std::string byte = ReadBytes(1);
      if (byte.empty()) return "";
      line += byte;
      if (line.ends_with("\r\n")) return line.substr(0, line.size() - 2);
    }
  }

  std::string ReadBytes(size_t count) {
    std::string bytes(count, '\0');
    size_t got = 0;
    while (got < count) {
      const ssize_t part = recv(socket_, bytes.data() + got, count - got, 0);
      if (part <= 0) return "";
      got += static_cast<size_t>(part);
    }
    return bytes;
  }

  const int socket_;
  bool is_open_;
};

}  // namespace

RedisServer::RedisServer() : port_(FreePort()) { Start(); }

void RedisServer::Start() {
  if (access(kBinary, X_OK) != 0) {
    fmt::print(stderr, "{} is missing: install the package redis-server to run this test\n", kBinary);
    std::abort();
  }
  process_ = std::make_unique<ChildProcess>(std::vector<std::string>{kBinary, "--port", std::to_string(port_), "--bind",
                                                                     "127.0.0.1", "--save", "", "--appendonly", "no",
                                                                     "--dir", dir_.path()});
  const bool is_up = WaitUntil([this] { return Command({"PING"}) == "PONG"; });
  if (!is_up) fmt::print(stderr, "redis-server does not start:\n{}\n", process_->Output());
  JIXIAO_CHECK(is_up);
}

void RedisServer::Kill() {
  process_->Signal(SIGKILL);
  JIXIAO_CHECK(process_->WaitForExit() == 128 + SIGKILL);
}

void RedisServer::Restart() { Start(); }

std::string RedisServer::Command(const std::vector<std::string>& command) { return Connection(port_).Ask(command); }

int64_t RedisServer::Info(const std::string& field) {
  const std::string text = Command({"INFO", "all"});
  const size_t found = text.find("\n" + field + ":");
  JIXIAO_CHECK(found != std::string::npos);
  return std::atoll(text.c_str() + found + field.size() + 2);
}

}  // namespace jixiao::testing
