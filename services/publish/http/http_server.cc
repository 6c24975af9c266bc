#include "publish/http/http_server.h"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <chrono>
#include <thread>

#include "common/base/errors.h"
#include "publish/http/http_session.h"

namespace jixiao::publish {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

class BeastServer : public HttpServer {
 public:
  BeastServer(const HttpServerOptions& options, HttpHandler* handler, HttpMetrics* metrics)
      : shared_(options),
        context_(options.threads),
        acceptor_(asio::make_strand(context_)),
        retry_(acceptor_.get_executor()) {
    shared_.handler = handler;
    shared_.metrics = metrics;
  }

  ~BeastServer() override { Drain(absl::ZeroDuration()); }

  absl::Status Listen() {
    const size_t colon = shared_.options.listen.rfind(':');
    error_code error;
    const auto address = asio::ip::make_address(shared_.options.listen.substr(0, colon), error);
    if (error) return absl::InvalidArgumentError("malformed address");
    const tcp::endpoint endpoint(address, static_cast<uint16_t>(std::stoi(shared_.options.listen.substr(colon + 1))));
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      return MakeError(absl::StatusCode::kFailedPrecondition, "PORT_TAKEN",
                       fmt::format("cannot listen on {}: {}", shared_.options.listen, error.message()));
    }
    port_ = acceptor_.local_endpoint().port();
    Accept();
    for (int i = 0; i < shared_.options.threads; ++i) threads_.emplace_back([this] { context_.run(); });
    return absl::OkStatus();
  }

  int port() const override { return port_; }

  void Drain(absl::Duration timeout) override {
    if (shared_.is_draining.exchange(true)) return;
    asio::post(acceptor_.get_executor(), [this] {
      error_code ignored;
      acceptor_.close(ignored);
      retry_.cancel();
    });
    for (const std::shared_ptr<HttpSession>& session : shared_.sessions.All()) session->CloseIfIdle();
    shared_.sessions.AwaitNone(timeout);
    context_.stop();
    for (std::thread& thread : threads_) thread.join();
    shared_.makers.Stop();
  }

 private:
  void Accept() {
    acceptor_.async_accept(asio::make_strand(context_), [this](error_code error, tcp::socket socket) {
      if (shared_.is_draining || error == asio::error::operation_aborted) return;
      if (error) {
        // Out of descriptors: try again when some may be free. An accept loop that
        // ends here would never serve again.
        retry_.expires_after(std::chrono::milliseconds(100));
        retry_.async_wait([this](error_code) {
          if (!shared_.is_draining) Accept();
        });
        return;
      }
      const OpenSessions::Room room = shared_.sessions.MakeRoom();
      if (room != OpenSessions::Room::kNone) {
        HttpSession::Start(std::move(socket), room == OpenSessions::Room::kHealthOnly, &shared_);
      }
      Accept();
    });
  }

  HttpShared shared_;
  asio::io_context context_;
  tcp::acceptor acceptor_;
  asio::steady_timer retry_;
  std::vector<std::thread> threads_;
  int port_ = 0;
};

}  // namespace

std::vector<std::string> Validate(const HttpServerOptions& options) {
  std::vector<std::string> problems;
  const size_t colon = options.listen.rfind(':');
  error_code error;
  if (colon == std::string::npos) {
    problems.push_back(fmt::format("--http_listen={} is no address: write 127.0.0.1:8080", options.listen));
  } else {
    asio::ip::make_address(options.listen.substr(0, colon), error);
    const std::string port = options.listen.substr(colon + 1);
    if (error || port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string::npos ||
        std::stoi(port) > 65535) {
      problems.push_back(fmt::format("--http_listen={} is no address: write 127.0.0.1:8080", options.listen));
    }
  }
  if (options.hosts.empty())
    problems.push_back("--public_host is empty: name the hosts that the public site answers for");
  return problems;
}

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Start(const HttpServerOptions& options, HttpHandler* handler,
                                                              HttpMetrics* metrics) {
  auto server = std::make_unique<BeastServer>(options, handler, metrics);
  if (const absl::Status listening = server->Listen(); !listening.ok()) return listening;
  return server;
}

}  // namespace jixiao::publish
