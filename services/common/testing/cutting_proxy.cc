#include "common/testing/cutting_proxy.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "absl/time/clock.h"
#include "common/base/log.h"
#include "common/testing/loopback.h"

namespace jixiao::testing {
namespace {

constexpr int64_t kMostAtOnce = 65536;

// Empty at the end of the connection.
std::string Receive(int socket, int64_t most = kMostAtOnce) {
  std::string bytes(static_cast<size_t>(most), '\0');
  const ssize_t size = recv(socket, bytes.data(), bytes.size(), 0);
  bytes.resize(size > 0 ? static_cast<size_t>(size) : 0);
  return bytes;
}

bool SendAll(int socket, const std::string& bytes) {
  size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t part = send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (part <= 0) return false;
    sent += static_cast<size_t>(part);
  }
  return true;
}

}  // namespace

CuttingProxy::CuttingProxy(int target_port)
    : target_port_(target_port), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = Loopback(0);
  JIXIAO_CHECK(bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
  JIXIAO_CHECK(listen(listener_, 16) == 0);
  socklen_t size = sizeof(address);
  JIXIAO_CHECK(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { Accept(); });
}

CuttingProxy::~CuttingProxy() {
  is_closing_ = true;
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  for (std::thread& thread : threads_) thread.join();
  close(listener_);
}

void CuttingProxy::CutOnce(Moment moment, std::string request, std::string reply) {
  const std::lock_guard<std::mutex> lock(mutex_);
  is_armed_ = true;
  moment_ = moment;
  request_ = std::move(request);
  reply_ = std::move(reply);
}

bool CuttingProxy::IsCut(const std::string& bytes) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!is_armed_ || bytes.find(request_) == std::string::npos) return false;
  is_armed_ = false;
  return true;
}

void CuttingProxy::Accept() {
  for (;;) {
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    threads_.emplace_back([this, client] { Serve(client); });
  }
}

bool CuttingProxy::WaitForLine() {
  if (is_blocked_ && !is_closing_) ++held_;
  while (is_blocked_ && !is_closing_) absl::SleepFor(absl::Milliseconds(5));
  return !is_closing_;
}

void CuttingProxy::Serve(int client) {
  const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(target_port_);
  bool is_open = WaitForLine() && connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  while (is_open) {
    const int64_t allowance = allowance_;
    const bool is_limited = allowance < std::numeric_limits<int64_t>::max();
    const int64_t allowed = std::min(allowance, kMostAtOnce);
    pollfd waiting[2] = {{client, static_cast<short>((allowed > 0 ? POLLIN : 0) | POLLRDHUP), 0}, {server, POLLIN, 0}};
    // Often, where the allowance may be raised.
    if (poll(waiting, 2, is_limited ? 5 : 100) == 0) {
      if (is_closing_) break;
      continue;
    }
    // What a client that is gone had still to send must not use up what is allowed.
    if (is_limited && (waiting[0].revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0) break;
    if (!WaitForLine()) break;
    if (waiting[1].revents != 0) {
      const std::string bytes = Receive(server);
      is_open = !bytes.empty() && SendAll(client, bytes);
    } else {
      const std::string bytes = Receive(client, std::max<int64_t>(allowed, 1));
      if (bytes.empty()) break;
      if (is_limited) allowance_ -= static_cast<int64_t>(bytes.size());
      if (IsCut(bytes)) {
        std::string answer;
        if (moment_ == Moment::kAfter) {
          SendAll(server, bytes);
          while (answer.find(reply_) == std::string::npos) {
            const std::string part = Receive(server);
            if (part.empty()) break;
            answer += part;
          }
        }
        ++cuts_;
        break;
      }
      is_open = SendAll(server, bytes);
    }
  }
  close(client);
  close(server);
}

}  // namespace jixiao::testing
