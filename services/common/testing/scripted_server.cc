#include "common/testing/scripted_server.h"

#include <sys/socket.h>
#include <unistd.h>

#include <utility>

#include "common/base/log.h"
#include "common/testing/loopback.h"

namespace jixiao::testing {

ScriptedServer::ScriptedServer(Script script) : script_(std::move(script)) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof(address);
  JIXIAO_CHECK(bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0 && listen(listener_, 1024) == 0);
  JIXIAO_CHECK(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { Accept(); });
}

ScriptedServer::~ScriptedServer() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
    for (const int socket : sockets_) shutdown(socket, SHUT_RDWR);
  }
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  for (std::thread& connection : connections_) connection.join();
  for (const int socket : sockets_) close(socket);
  close(listener_);
}

int ScriptedServer::connection_count() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(sockets_.size());
}

bool ScriptedServer::Say(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

void ScriptedServer::Accept() {
  for (;;) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const std::lock_guard lock(mutex_);
    sockets_.push_back(socket);
    if (is_stopping_) return;
    connections_.emplace_back([this, socket] {
      script_(socket);
      shutdown(socket, SHUT_RDWR);
    });
  }
}

}  // namespace jixiao::testing
