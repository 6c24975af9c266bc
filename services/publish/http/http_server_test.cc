#include "publish/http/http_server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace jixiao::publish {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Answers every path with its own name; `/slow` takes its time.
class EchoHandler : public HttpHandler {
 public:
  HttpResponse Handle(const HttpRequest& request) override {
    if (request.target == "/slow") {
      is_slow_begun = true;
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
    }
    HttpResponse response;
    response.route = request.target == "/" ? "index" : "page";
    response.page = MakePage(request.target == "/big" ? std::string(8 << 20, 'x') : "[" + request.target + "]");
    response.headers.emplace_back("Cache-Control", "public, max-age=60");
    return response;
  }
  HttpResponse Problem(int status) override {
    HttpResponse response;
    response.status = status;
    response.page = MakePage("problem");
    return response;
  }

  std::atomic<bool> is_slow_begun{false};
};

// A raw connection.
class Connection {
 public:
  explicit Connection(int port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_open_ = connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
    const timeval timeout = {5, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
  }
  ~Connection() { close(socket_); }

  bool is_open() const { return is_open_; }

  bool Send(const std::string& bytes) {
    return send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
  }

  // Everything until the server closes, `until` is there, or five seconds pass.
  std::string Receive(const std::string& until = "") {
    std::string received;
    char buffer[65536];
    for (;;) {
      const ssize_t size = recv(socket_, buffer, sizeof(buffer), 0);
      if (size < 0) return received + "<timeout>";
      if (size == 0) return received;
      received.append(buffer, static_cast<size_t>(size));
      if (!until.empty() && received.find(until) != std::string::npos) return received;
    }
  }

 private:
  const int socket_;
  bool is_open_ = false;
};

class HttpServerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    HttpServerOptions options;
    options.listen = "127.0.0.1:0";
    options.hosts = {"jixiao.example"};
    options.header_timeout = absl::Milliseconds(600);
    options.write_timeout = absl::Milliseconds(600);
    auto started = HttpServer::Start(options, &handler_, &http_metrics_);
    ASSERT_TRUE(started.ok()) << started.status();
    server_ = *std::move(started);
  }

  std::string Ask(const std::string& request) {
    Connection connection(server_->port());
    connection.Send(request);
    return connection.Receive();
  }
  std::string Get(const std::string& target, const std::string& more = "") {
    return Ask("GET " + target + " HTTP/1.1\r\nHost: jixiao.example\r\nConnection: close\r\n" + more + "\r\n");
  }

  EchoHandler handler_;
  Metrics metrics_;
  HttpMetrics http_metrics_{metrics_};
  std::unique_ptr<HttpServer> server_;
};

TEST_F(HttpServerTest, AnswersWithTheSecurityHeaders) {
  const std::string answer = Get("/a");

  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\n\r\n[/a]"));
  for (const char* header :
       {"Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri "
        "'none'; form-action 'none'; frame-ancestors 'none'\r\n",
        "X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: no-referrer\r\n",
        "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n",
        "Cross-Origin-Opener-Policy: same-origin\r\n", "Cross-Origin-Resource-Policy: same-origin\r\n",
        "Permissions-Policy: geolocation=(), camera=(), microphone=()\r\n", "Cache-Control: public, max-age=60\r\n"}) {
    EXPECT_THAT(answer, HasSubstr(header));
  }
  EXPECT_THAT(Get("/"), HasSubstr("form-action 'self'"));
  EXPECT_THAT(answer, Not(HasSubstr("Server:")));
}

TEST_F(HttpServerTest, AnswersHeadWithoutABody) {
  const std::string answer = Ask("HEAD /a HTTP/1.1\r\nHost: jixiao.example\r\nConnection: close\r\n\r\n");

  EXPECT_THAT(answer, HasSubstr("Content-Length: 4\r\n"));
  EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
}

TEST_F(HttpServerTest, AnswersNotModifiedForAKnownTag) {
  const std::string tag = MakePage("[/a]")->etag;

  for (const std::string& header : {tag, "W/" + tag, "\"x\", " + tag, std::string("*")}) {
    const std::string answer = Get("/a", "If-None-Match: " + header + "\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 304 ")) << header;
    EXPECT_THAT(answer, HasSubstr("ETag: " + tag));
    EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
  }
  EXPECT_THAT(Get("/a", "If-None-Match: \"other\"\r\n"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(HttpServerTest, RefusesMalformedRequests) {
  const std::string host = "Host: jixiao.example\r\n";
  const std::pair<std::string, std::string> cases[] = {
      {"GET / HTTP/1.1\r\n\r\n", "no host"},
      {"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", "foreign host"},
      {"GET / HTTP/1.1\r\n" + host + host + "\r\n", "two hosts"},
      {"GET / HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nhello", "body"},
      {"GET / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "chunked"},
      {"GET / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc", "both lengths"},
      {"GET / HTTP/1.1\r\n" + host + "Content-Length: 0\r\nContent-Length: 4\r\n\r\nabcd", "two lengths"},
      {"GET / HTTP/1.1\r\n" + host + "Content-Length: +4\r\n\r\nabcd", "signed length"},
      {"GET / HTTP/1.1\r\n" + host + "Bad\x01Name: x\r\n\r\n", "control character in a name"},
      {"GET / HTTP/1.1\r\n" + host + "X: a" + std::string(1, '\0') + "b\r\n\r\n", "NUL in a value"},
      {"GET / HTTP/1.1\r\nHost : jixiao.example\r\n\r\n", "blank before the colon"},
      {"GET / HTTP/1.1\r\n" + host + " folded: x\r\n\r\n", "folded header"},
      {"GET  / HTTP/1.1\r\n" + host + "\r\n", "two blanks"},
      {"GET / HTTP/2.0\r\n" + host + "\r\n", "other version"},
      {"GET http://jixiao.example/ HTTP/1.1\r\n" + host + "\r\n", "absolute address"},
      {"GET /#a HTTP/1.1\r\n" + host + "\r\n", "fragment"},
      {"GET /" + std::string(3000, 'a') + " HTTP/1.1\r\n" + host + "\r\n", "long target"},
      {"GET / HTTP/1.1\r\n" + host + "Expect: 100-continue\r\n\r\n", "expect"},
      {"GET / HTTP/1.1\r\n" + host + "Upgrade: h2c\r\nConnection: upgrade\r\n\r\n", "upgrade"},
      {"\x16\x03\x01\x02\x05\x01\r\n\r\n", "TLS"},
      {"hello\r\n\r\n", "no HTTP"},
  };
  for (const auto& [request, what] : cases) {
    const std::string answer = Ask(request);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 ")) << what;
    EXPECT_THAT(answer, HasSubstr("Connection: close")) << what;
    EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff")) << what;
    EXPECT_THAT(answer, Not(HasSubstr("[/"))) << what;
  }
  EXPECT_THAT(Ask("GET / HTTP/1.1\r\n" + host + "X: " + std::string(9000, 'a') + "\r\n\r\n"),
              StartsWith("HTTP/1.1 431 "));
}

TEST_F(HttpServerTest, RefusesOtherMethods) {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH"}) {
    const std::string answer =
        Ask(std::string(method) + " / HTTP/1.1\r\nHost: jixiao.example\r\nContent-Length: 1\r\n\r\nx");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 405 ")) << method;
    EXPECT_THAT(answer, HasSubstr("Allow: GET, HEAD\r\n")) << method;
  }
}

TEST_F(HttpServerTest, AnswersPipelinedRequestsInOrder) {
  Connection connection(server_->port());
  std::string requests;
  for (const char* target : {"/1", "/2", "/3"}) {
    requests += std::string("GET ") + target + " HTTP/1.1\r\nHost: jixiao.example\r\n\r\n";
  }
  ASSERT_TRUE(connection.Send(requests));

  const std::string answers = connection.Receive("[/3]");

  const size_t first = answers.find("[/1]");
  const size_t second = answers.find("[/2]");
  EXPECT_LT(first, second);
  EXPECT_LT(second, answers.find("[/3]"));
  EXPECT_NE(answers.find("[/3]"), std::string::npos);
}

TEST_F(HttpServerTest, ClosesASlowDripAndAnIdleConnection) {
  const auto begin = std::chrono::steady_clock::now();
  Connection idle(server_->port());
  Connection drip(server_->port());
  bool is_closed = false;
  for (int i = 0; i < 40 && !is_closed; ++i) {
    is_closed = !drip.Send(i == 0 ? "GET / HTTP/1.1\r\nX: " : "a");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_TRUE(is_closed);
  EXPECT_EQ(idle.Receive(), "");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(4));
}

TEST_F(HttpServerTest, ClosesAPeerThatDoesNotRead) {
  Connection lazy(server_->port());
  ASSERT_TRUE(lazy.Send("GET /big HTTP/1.1\r\nHost: jixiao.example\r\n\r\n"));
  std::this_thread::sleep_for(std::chrono::milliseconds(1200));

  EXPECT_LT(lazy.Receive().size(), 8u << 20);
}

TEST_F(HttpServerTest, FinishesAnswersWhenDraining) {
  Connection slow(server_->port());
  Connection idle(server_->port());
  ASSERT_TRUE(slow.Send("GET /slow HTTP/1.1\r\nHost: jixiao.example\r\n\r\n"));
  while (!handler_.is_slow_begun) std::this_thread::yield();

  server_->Drain(absl::Seconds(5));

  EXPECT_THAT(slow.Receive(), HasSubstr("[/slow]"));
  EXPECT_EQ(idle.Receive(), "");
  EXPECT_FALSE(Connection(server_->port()).is_open());
}

TEST_F(HttpServerTest, CountsRequestsByRouteAndCode) {
  Get("/a");
  Get("/a", "If-None-Match: *\r\n");

  EXPECT_EQ(metrics_.ValueOf("jixiao_publish_http_requests_total", {{"route", "page"}, {"code", "200"}}), 1);
  EXPECT_EQ(metrics_.ValueOf("jixiao_publish_http_requests_total", {{"route", "page"}, {"code", "304"}}), 1);
}

TEST_F(HttpServerTest, SaysThatThePortIsTaken) {
  HttpServerOptions options;
  options.listen = "127.0.0.1:" + std::to_string(server_->port());
  options.hosts = {"x"};

  const auto second = HttpServer::Start(options, &handler_, &http_metrics_);

  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(PageMemoryTest, ForgetsThePagesUnreadForLongest) {
  PageMemory memory(3000);
  for (const char* key : {"a", "b"}) memory.Set(key, MakePage(std::string(1000, 'x')));
  ASSERT_NE(memory.Get("a"), nullptr);
  memory.Set("c", MakePage(std::string(1500, 'x')));

  EXPECT_NE(memory.Get("a"), nullptr);
  EXPECT_EQ(memory.Get("b"), nullptr);
  EXPECT_LE(memory.bytes(), 3000);
  memory.Set("big", MakePage(std::string(5000, 'x')));
  EXPECT_EQ(memory.Get("big"), nullptr);
}

}  // namespace
}  // namespace jixiao::publish
