// One connection to the public site: reads a header, answers, reads the next.
#ifndef JIXIAO_PUBLISH_HTTP_HTTP_SESSION_H_
#define JIXIAO_PUBLISH_HTTP_HTTP_SESSION_H_

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <memory>
#include <optional>
#include <string>

#include "publish/http/http_message.h"
#include "publish/http/http_metrics.h"
#include "publish/http/http_server.h"
#include "publish/http/open_sessions.h"
#include "publish/http/page_makers.h"

namespace jixiao::publish {

// What all connections of a server share.
struct HttpShared {
  explicit HttpShared(const HttpServerOptions& options)
      : options(options), sessions(static_cast<size_t>(options.max_connections)), makers(options.maker_threads) {}

  const HttpServerOptions options;
  HttpHandler* handler = nullptr;
  HttpMetrics* metrics = nullptr;
  std::atomic<bool> is_draining{false};
  OpenSessions sessions;
  PageMakers makers;
};

// Everything runs on the stream's strand, one operation at a time, so pipelined
// requests wait their turn in the buffer. Lives as long as an operation of its own
// is under way.
class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  // Begins to read. `is_for_health`: everything but /healthz is refused, for want
  // of room.
  static void Start(boost::asio::ip::tcp::socket socket, bool is_for_health, HttpShared* shared);
  ~HttpSession();

  // From any thread. Closes it if it waits for a request; only if nothing of that
  // request is there; not if an answer is being made or sent.
  void CloseIfWaiting();
  void CloseIfIdle();

 private:
  using Request = boost::beast::http::request<boost::beast::http::empty_body>;
  using Body = boost::beast::http::span_body<const char>;

  HttpSession(boost::asio::ip::tcp::socket socket, bool is_for_health, HttpShared* shared);

  void Read();
  void OnHeader(boost::system::error_code error);
  int Problem(const Request& request) const;
  void Answer();
  void AnswerLater(std::function<HttpResponse()> make);
  void Finish(HttpResponse answer);
  void Refuse(int status);
  void Send(HttpResponse answer, bool keep_alive, bool is_head);
  void OnSent(boost::system::error_code error, bool keep_alive);
  void Close();

  boost::beast::tcp_stream stream_;
  const bool is_for_health_;
  HttpShared* const shared_;
  boost::beast::flat_buffer buffer_{64 << 10};
  std::optional<boost::beast::http::request_parser<boost::beast::http::empty_body>> parser_;
  std::optional<boost::beast::http::response<Body>> response_;
  std::optional<boost::beast::http::response_serializer<Body>> serializer_;
  std::shared_ptr<const Page> page_;
  absl::Duration begin_;  // of the answer, on the steady clock
  bool is_waiting_ = false;
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_HTTP_HTTP_SESSION_H_
