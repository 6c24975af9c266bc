#include "publish/http/http_server.h"

#include <fmt/format.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "common/base/errors.h"
#include "common/base/log.h"

namespace jixiao::publish {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

using Request = http::request<http::empty_body>;
using Response = http::response<http::span_body<const char>>;

// On every answer. Only the index holds a form, so only there a form may be sent.
void AddSecurityHeaders(bool has_form, Response& response) {
  response.set("Content-Security-Policy",
               fmt::format("default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
                           "form-action {}; frame-ancestors 'none'",
                           has_form ? "'self'" : "'none'"));
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Referrer-Policy", "no-referrer");
  response.set(http::field::strict_transport_security, "max-age=31536000; includeSubDomains");
  response.set("Cross-Origin-Opener-Policy", "same-origin");
  response.set("Cross-Origin-Resource-Policy", "same-origin");
  response.set("Permissions-Policy", "geolocation=(), camera=(), microphone=()");
}

std::string TextOf(beast::string_view text) { return std::string(text.data(), text.size()); }

// True if `tag` is one of the tags of an If-None-Match header.
bool Matches(const std::string& if_none_match, const std::string& tag) {
  if (if_none_match == "*") return true;
  for (size_t at = if_none_match.find(tag); at != std::string::npos; at = if_none_match.find(tag, at + 1)) {
    const char before = at == 0 ? ',' : if_none_match[at - 1];
    if (before == ',' || before == ' ' || before == '/') return true;
  }
  return false;
}

std::string HostName(std::string host) {
  const size_t colon = host.rfind(':');
  if (colon != std::string::npos && host.find(']', colon) == std::string::npos) host.resize(colon);
  std::transform(host.begin(), host.end(), host.begin(), [](unsigned char c) { return static_cast<char>(tolower(c)); });
  return host;
}

struct Shared {
  HttpServerOptions options;
  HttpHandler* handler;
  HttpMetrics* metrics;
  std::atomic<bool> is_draining{false};
  std::mutex mutex;
  std::condition_variable all_closed;
  std::set<class Session*> sessions;
};

std::chrono::milliseconds Millis(absl::Duration duration) {
  return std::chrono::milliseconds(absl::ToInt64Milliseconds(duration));
}

// One connection: reads a header, answers, reads the next. Everything runs on
// the stream's strand, one operation at a time, so pipelined requests wait their
// turn in the buffer.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, Shared* shared) : stream_(std::move(socket)), shared_(shared) {
    const std::lock_guard<std::mutex> lock(shared_->mutex);
    shared_->sessions.insert(this);
    shared_->metrics->connections().Increment();
  }

  ~Session() {
    shared_->metrics->connections().Decrement();
    const std::lock_guard<std::mutex> lock(shared_->mutex);
    shared_->sessions.erase(this);
    shared_->all_closed.notify_all();
  }

  void Run() {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->Read(); });
  }

  void CloseIfIdle() {
    asio::post(stream_.get_executor(), [self = shared_from_this()] {
      if (self->is_waiting_ && self->buffer_.size() == 0) self->Close();
    });
  }

 private:
  void Read() {
    parser_.emplace();
    parser_->header_limit(static_cast<uint32_t>(shared_->options.max_header_bytes));
    parser_->body_limit(boost::none);  // bodies are refused by their headers, and never read
    stream_.expires_after(Millis(shared_->options.header_timeout));
    is_waiting_ = true;
    http::async_read_header(stream_, buffer_, *parser_,
                            [self = shared_from_this()](error_code error, size_t) { self->OnHeader(error); });
  }

  void OnHeader(error_code error) {
    is_waiting_ = false;
    if (!error) return Answer();
    // Only what can be blamed on the request is answered; a peer that is gone or
    // slow is left.
    if (error == http::error::header_limit) return Refuse(431);
    if (error.category() == http::make_error_code(http::error::bad_method).category() &&
        error != http::error::end_of_stream && error != http::error::partial_message) {
      return Refuse(400);
    }
    Close();
  }

  // What makes a request one that this server does not read on after; 0 if none.
  int Problem(const Request& request) const {
    const auto method = request.method();
    if (method != http::verb::get && method != http::verb::head) return 405;
    const auto count = [&](http::field field) {
      return std::distance(request.equal_range(field).first, request.equal_range(field).second);
    };
    if (count(http::field::transfer_encoding) > 0 || count(http::field::expect) > 0 ||
        count(http::field::upgrade) > 0) {
      return 400;
    }
    if (count(http::field::content_length) > 0 && request[http::field::content_length] != "0") return 400;
    if (request.version() != 11 && request.version() != 10) return 400;
    if (!request.target().starts_with('/') || request.target().size() > 2048) return 400;
    if (request.target().find('#') != beast::string_view::npos) return 400;
    const auto hosts = count(http::field::host);
    if (hosts > 1 || (hosts == 0 && request.version() == 11)) return 400;
    if (request.target() == "/healthz") return 0;
    const std::string host = HostName(TextOf(request[http::field::host]));
    const auto& known = shared_->options.hosts;
    return std::find(known.begin(), known.end(), host) == known.end() ? 400 : 0;
  }

  void Answer() {
    const Request& request = parser_->get();
    if (const int problem = Problem(request); problem != 0) return Refuse(problem);
    const auto begin = std::chrono::steady_clock::now();
    HttpResponse answer =
        shared_->handler->Handle({TextOf(request.target()), TextOf(request[http::field::if_none_match])});
    if (answer.status == 200 && answer.page != nullptr && !request[http::field::if_none_match].empty() &&
        Matches(TextOf(request[http::field::if_none_match]), answer.page->etag)) {
      answer.status = 304;
    }
    const auto end = std::chrono::steady_clock::now();
    shared_->metrics->Answered(answer.route, answer.status,
                               absl::Nanoseconds(std::chrono::nanoseconds(end - begin).count()));
    Send(std::move(answer), request.keep_alive() && !shared_->is_draining, request.method() == http::verb::head);
  }

  void Refuse(int status) {
    HttpResponse answer = shared_->handler->Problem(status == 431 ? 400 : status);
    answer.status = status;
    if (status == 405) answer.headers.emplace_back("Allow", "GET, HEAD");
    shared_->metrics->Answered(answer.route, status, absl::ZeroDuration());
    Send(std::move(answer), false, parser_->is_header_done() && parser_->get().method() == http::verb::head);
  }

  void Send(HttpResponse answer, bool keep_alive, bool is_head) {
    page_ = answer.page;
    response_.emplace(static_cast<http::status>(answer.status), 11);
    response_->set(http::field::date, absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", absl::Now(), absl::UTCTimeZone()));
    AddSecurityHeaders(answer.route == "index", *response_);
    for (const auto& [name, value] : answer.headers) response_->set(name, value);
    const bool has_body = page_ != nullptr && answer.status != 304;
    if (page_ != nullptr && (answer.status == 200 || answer.status == 304)) {
      response_->set(http::field::etag, page_->etag);
    }
    if (has_body) response_->set(http::field::content_type, answer.content_type);
    response_->keep_alive(keep_alive);
    if (answer.status != 304) response_->content_length(has_body ? page_->body.size() : 0);
    if (has_body && !is_head) response_->body() = beast::span<const char>(page_->body.data(), page_->body.size());
    stream_.expires_after(Millis(shared_->options.write_timeout));
    serializer_.emplace(*response_);
    if (is_head) {
      http::async_write_header(
          stream_, *serializer_,
          [self = shared_from_this(), keep_alive](error_code error, size_t) { self->OnSent(error, keep_alive); });
    } else {
      http::async_write(stream_, *serializer_, [self = shared_from_this(), keep_alive](error_code error, size_t) {
        self->OnSent(error, keep_alive);
      });
    }
  }

  void OnSent(error_code error, bool keep_alive) {
    page_.reset();
    if (error || !keep_alive || shared_->is_draining) return Close();
    Read();
  }

  void Close() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
    stream_.close();
  }

  beast::tcp_stream stream_;
  Shared* const shared_;
  beast::flat_buffer buffer_{64 << 10};
  std::optional<http::request_parser<http::empty_body>> parser_;
  std::optional<Response> response_;
  std::optional<http::response_serializer<http::span_body<const char>>> serializer_;
  std::shared_ptr<const Page> page_;
  bool is_waiting_ = false;
};

class BeastServer : public HttpServer {
 public:
  BeastServer(const HttpServerOptions& options, HttpHandler* handler, HttpMetrics* metrics)
      : context_(options.threads), acceptor_(asio::make_strand(context_)), retry_(acceptor_.get_executor()) {
    shared_.options = options;
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
    // A session that ends takes the mutex, so none may end while it is held here.
    std::vector<std::shared_ptr<Session>> open;
    {
      const std::lock_guard<std::mutex> lock(shared_.mutex);
      for (Session* session : shared_.sessions) open.push_back(session->weak_from_this().lock());
    }
    for (const std::shared_ptr<Session>& session : open) {
      if (session != nullptr) session->CloseIfIdle();
    }
    open.clear();
    {
      std::unique_lock<std::mutex> lock(shared_.mutex);
      shared_.all_closed.wait_for(lock, Millis(timeout), [this] { return shared_.sessions.empty(); });
    }
    context_.stop();
    for (std::thread& thread : threads_) thread.join();
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
      if (HasRoom()) std::make_shared<Session>(std::move(socket), &shared_)->Run();
      Accept();
    });
  }

  bool HasRoom() {
    const std::lock_guard<std::mutex> lock(shared_.mutex);
    return static_cast<int>(shared_.sessions.size()) < shared_.options.max_connections;
  }

  Shared shared_;
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
