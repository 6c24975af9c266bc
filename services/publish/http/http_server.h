// Serves the public site over HTTP/1.1: GET and HEAD, no bodies, hard deadlines.
// Meant to stand behind a proxy that ends TLS, and strict enough to stand alone.
#ifndef JIXIAO_PUBLISH_HTTP_HTTP_SERVER_H_
#define JIXIAO_PUBLISH_HTTP_HTTP_SERVER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "publish/http/http_message.h"
#include "publish/http/http_metrics.h"

namespace jixiao::publish {

struct HttpServerOptions {
  std::string listen;              // `127.0.0.1:8080`; port 0 picks a free one
  std::vector<std::string> hosts;  // names answered for, lower case, without port
  int threads = 2;
  int maker_threads = 4;  // for answers that ask the cache or are rendered
  // Beyond it the connection that waited longest for a request gives way.
  int max_connections = 1024;
  int max_header_bytes = 8192;
  // From the first wait for a request to the end of its header: an idle
  // connection and a slow drip end alike.
  absl::Duration header_timeout = absl::Seconds(15);
  absl::Duration write_timeout = absl::Seconds(30);
};

// What is wrong with options, in sentences; empty if nothing.
std::vector<std::string> Validate(const HttpServerOptions& options);

class HttpServer {
 public:
  // Serves at once. FAILED_PRECONDITION (reason PORT_TAKEN) with a sentence for
  // the operator if it cannot listen. `handler` and `metrics` outlive it.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Start(const HttpServerOptions& options, HttpHandler* handler,
                                                           HttpMetrics* metrics);

  virtual ~HttpServer() = default;

  virtual int port() const = 0;

  // Stops listening, closes idle connections, lets answers begun be finished, for
  // at most `timeout`; then ends.
  virtual void Drain(absl::Duration timeout) = 0;
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_HTTP_HTTP_SERVER_H_
