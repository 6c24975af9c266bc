// A request that has passed the server's checks, and what is answered.
#ifndef JIXIAO_PUBLISH_HTTP_HTTP_MESSAGE_H_
#define JIXIAO_PUBLISH_HTTP_HTTP_MESSAGE_H_

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

// Answers requests. Thread-safe; must not throw.
class HttpHandler {
 public:
  virtual ~HttpHandler() = default;
  virtual HttpResponse Handle(const HttpRequest& request) = 0;

  // A page that says why there is nothing else: 400, 404, 405, 500, 503.
  virtual HttpResponse Problem(int status) = 0;
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_HTTP_HTTP_MESSAGE_H_
