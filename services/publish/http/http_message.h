// A request that has passed the server's checks, and what is answered.
#ifndef JIXIAO_PUBLISH_HTTP_HTTP_MESSAGE_H_
#define JIXIAO_PUBLISH_HTTP_HTTP_MESSAGE_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "publish/http/page_memory.h"

namespace jixiao::publish {

// A GET or HEAD without a body, from a host that this server answers for.
struct HttpRequest {
  std::string target;         // as sent: path and query
  std::string if_none_match;  // empty: none
};

struct HttpResponse {
  int status = 200;
  std::string_view route = "other";  // closed set, for metrics
  std::string content_type = "text/html; charset=utf-8";
  std::shared_ptr<const Page> page;                          // null: no body
  std::vector<std::pair<std::string, std::string>> headers;  // besides those of every answer
};

// What a handler says at once.
struct HttpAnswer {
  HttpAnswer(HttpResponse response) : response(std::move(response)) {}  // NOLINT: an answer that is ready

  HttpResponse response;
  // If set, `response` is not ready: this makes it, on another thread, since it
  // asks the cache or renders.
  std::function<HttpResponse()> make;
};

// Answers requests. Thread-safe; must not throw.
class HttpHandler {
 public:
  virtual ~HttpHandler() = default;

  // Called on the threads that serve all connections: waits for nobody but the
  // store.
  virtual HttpAnswer Handle(const HttpRequest& request) = 0;

  // A page that says why there is nothing else: 400, 404, 405, 500, 503. Ready.
  virtual HttpResponse Problem(int status) = 0;
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_HTTP_HTTP_MESSAGE_H_
