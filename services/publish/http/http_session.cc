#include "publish/http/http_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <utility>

namespace jixiao::publish {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

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

std::chrono::milliseconds Millis(absl::Duration duration) {
  return std::chrono::milliseconds(absl::ToInt64Milliseconds(duration));
}

absl::Duration SteadyNow() { return absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch()); }

}  // namespace

void HttpSession::Start(tcp::socket socket, bool is_for_health, HttpShared* shared) {
  const std::shared_ptr<HttpSession> session(new HttpSession(std::move(socket), is_for_health, shared));
  shared->sessions.Add(session);
  asio::dispatch(session->stream_.get_executor(), [session] { session->Read(); });
}

HttpSession::HttpSession(tcp::socket socket, bool is_for_health, HttpShared* shared)
    : stream_(std::move(socket)), is_for_health_(is_for_health), shared_(shared) {
  shared_->metrics->connections().Increment();
}

HttpSession::~HttpSession() {
  shared_->metrics->connections().Decrement();
  shared_->sessions.Remove(this);
}

void HttpSession::CloseIfWaiting() {
  asio::post(stream_.get_executor(), [self = shared_from_this()] {
    if (self->is_waiting_) self->Close();
  });
}

void HttpSession::CloseIfIdle() {
  asio::post(stream_.get_executor(), [self = shared_from_this()] {
    if (self->is_waiting_ && self->buffer_.size() == 0) self->Close();
  });
}

void HttpSession::Read() {
  parser_.emplace();
  parser_->header_limit(static_cast<uint32_t>(shared_->options.max_header_bytes));
  parser_->body_limit(boost::none);  // bodies are refused by their headers, and never read
  stream_.expires_after(Millis(shared_->options.header_timeout));
  is_waiting_ = true;
  shared_->sessions.StartWaiting(this);
  http::async_read_header(stream_, buffer_, *parser_,
                          [self = shared_from_this()](error_code error, size_t) { self->OnHeader(error); });
}

void HttpSession::OnHeader(error_code error) {
  is_waiting_ = false;
  shared_->sessions.StopWaiting(this);
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
int HttpSession::Problem(const Request& request) const {
  const auto method = request.method();
  if (method != http::verb::get && method != http::verb::head) return 405;
  const auto count = [&](http::field field) {
    return std::distance(request.equal_range(field).first, request.equal_range(field).second);
  };
  if (count(http::field::transfer_encoding) > 0 || count(http::field::expect) > 0 || count(http::field::upgrade) > 0) {
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

void HttpSession::Answer() {
  const Request& request = parser_->get();
  if (const int problem = Problem(request); problem != 0) return Refuse(problem);
  if (is_for_health_ && request.target() != "/healthz") return Refuse(503);
  begin_ = SteadyNow();
  HttpAnswer answer = shared_->handler->Handle({TextOf(request.target()), TextOf(request[http::field::if_none_match])});
  answer.make ? AnswerLater(std::move(answer.make)) : Finish(std::move(answer.response));
}

void HttpSession::AnswerLater(std::function<HttpResponse()> make) {
  stream_.expires_never();  // the peer waits for us
  // The guard: without it the threads of a server that drains would run out of work
  // and end before the answer is there.
  const bool is_taken = shared_->makers.TryRun(
      [self = shared_from_this(), guard = asio::make_work_guard(stream_.get_executor()), make = std::move(make)] {
        asio::post(self->stream_.get_executor(),
                   [self, answer = make()]() mutable { self->Finish(std::move(answer)); });
      });
  if (!is_taken) Refuse(503);
}

void HttpSession::Finish(HttpResponse answer) {
  const Request& request = parser_->get();
  if (answer.status == 200 && answer.page != nullptr && !request[http::field::if_none_match].empty() &&
      Matches(TextOf(request[http::field::if_none_match]), answer.page->etag)) {
    answer.status = 304;
  }
  shared_->metrics->Answered(answer.route, answer.status, SteadyNow() - begin_);
  Send(std::move(answer), request.keep_alive() && !shared_->is_draining, request.method() == http::verb::head);
}

void HttpSession::Refuse(int status) {
  HttpResponse answer = shared_->handler->Problem(status == 431 ? 400 : status);
  answer.status = status;
  if (status == 405) answer.headers.emplace_back("Allow", "GET, HEAD");
  if (status == 503) answer.headers.emplace_back("Retry-After", "1");
  shared_->metrics->Answered(answer.route, status, absl::ZeroDuration());
  Send(std::move(answer), false, parser_->is_header_done() && parser_->get().method() == http::verb::head);
}

void HttpSession::Send(HttpResponse answer, bool keep_alive, bool is_head) {
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
    http::async_write_header(stream_, *serializer_, [self = shared_from_this(), keep_alive](error_code error, size_t) {
      self->OnSent(error, keep_alive);
    });
  } else {
    http::async_write(stream_, *serializer_, [self = shared_from_this(), keep_alive](error_code error, size_t) {
      self->OnSent(error, keep_alive);
    });
  }
}

void HttpSession::OnSent(error_code error, bool keep_alive) {
  page_.reset();
  if (error || !keep_alive || shared_->is_draining) return Close();
  Read();
}

void HttpSession::Close() {
  error_code ignored;
  stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
  stream_.close();
}

}  // namespace jixiao::publish
