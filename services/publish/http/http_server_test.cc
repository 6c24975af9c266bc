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
#include <condition_variable>
#include <mutex>
#include <thread>

#include "common/testing/loopback.h"
#include "common/testing/wait_until.h"
#include "publish/http/page_makers.h"

namespace jixiao::publish {
namespace {

using ::jixiao::testing::WaitUntil;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Answers every path with its own name; `/wait` once the gate is open.
class EchoHandler : public HttpHandler {
 public:
  HttpAnswer Handle(const HttpRequest& request) override {
    HttpAnswer answer(Echo(request));
    if (request.target == "/wait") {
      ++waiting_count;
      answer.make = [this, request] {
        std::unique_lock lock(mutex_);
        opened_.wait(lock, [this] { return is_open_; });
        return Echo(request);
      };
    }
    return answer;
  }

  void OpenGate() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    opened_.notify_all();
  }

  HttpResponse Echo(const HttpRequest& request) {
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

  std::atomic<int> waiting_count{0};

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool is_open_ = false;
};

// A raw connection.
class Connection {
 public:
  explicit Connection(int port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    const sockaddr_in address = jixiao::testing::Loopback(port);
    is_open_ = connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
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
  static HttpServerOptions Options() {
    HttpServerOptions options;
    options.listen = "127.0.0.1:0";
    options.hosts = {"jixiao.example"};
    return options;
  }

  // Ends what the test left waiting.
  ~HttpServerTest() override { handler_.OpenGate(); }

  void SetUp() override { Start(Options()); }

  void Start(const HttpServerOptions& options) {
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

  static std::string Request(const std::string& target) {
    return "GET " + target + " HTTP/1.1\r\nHost: jixiao.example\r\n\r\n";
  }
  double OpenConnections() { return metrics_.ValueOf("jixiao_publish_http_connections"); }
  double Answers(const std::string& route, const std::string& code) {
    return metrics_.ValueOf("jixiao_publish_http_requests_total", {{"route", route}, {"code", code}});
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
  HttpServerOptions options = Options();
  options.header_timeout = absl::Milliseconds(300);
  Start(options);
  Connection idle(server_->port());
  Connection drip(server_->port());

  ASSERT_TRUE(drip.Send("GET / HTTP/1.1\r\nX: "));
  while (drip.Send("a")) std::this_thread::sleep_for(std::chrono::milliseconds(20));

  EXPECT_EQ(idle.Receive(), "");
}

TEST_F(HttpServerTest, ClosesAPeerThatDoesNotRead) {
  HttpServerOptions options = Options();
  options.write_timeout = absl::Milliseconds(300);
  Start(options);
  Connection lazy(server_->port());
  ASSERT_TRUE(lazy.Send("GET /big HTTP/1.1\r\nHost: jixiao.example\r\n\r\n"));

  EXPECT_TRUE(WaitUntil([this] { return Answers("page", "200") == 1 && OpenConnections() == 0; }));

  EXPECT_LT(lazy.Receive().size(), 8u << 20);
}

TEST_F(HttpServerTest, FinishesAnswersWhenDraining) {
  Connection slow(server_->port());
  Connection idle(server_->port());
  ASSERT_TRUE(slow.Send(Request("/wait")));
  ASSERT_TRUE(WaitUntil([this] { return handler_.waiting_count == 1; }));

  std::thread drain([this] { server_->Drain(absl::Seconds(30)); });
  EXPECT_TRUE(WaitUntil([this] { return !Connection(server_->port()).is_open(); }));
  handler_.OpenGate();

  EXPECT_THAT(slow.Receive(), HasSubstr("[/wait]"));
  EXPECT_EQ(idle.Receive(), "");
  drain.join();
}

TEST_F(HttpServerTest, WhatHasToBeMadeHoldsNobodyElse) {
  std::vector<std::unique_ptr<Connection>> waiting;
  for (int i = 0; i < 40; ++i) {
    waiting.push_back(std::make_unique<Connection>(server_->port()));
    ASSERT_TRUE(waiting.back()->Send(Request("/wait")));
  }
  ASSERT_TRUE(WaitUntil([this] { return handler_.waiting_count == 40; }));

  EXPECT_THAT(Get("/healthz"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(Get("/a"), HasSubstr("[/a]"));

  handler_.OpenGate();
  for (const auto& connection : waiting) EXPECT_THAT(connection->Receive("[/wait]"), HasSubstr("[/wait]"));
}

TEST_F(HttpServerTest, RefusesWhatCannotBeMadeSoon) {
  std::vector<std::unique_ptr<Connection>> connections;
  for (int i = 0; i < PageMakers::kMostPending + 3; ++i) {
    connections.push_back(std::make_unique<Connection>(server_->port()));
    ASSERT_TRUE(connections.back()->Send(Request("/wait")));
    ASSERT_TRUE(WaitUntil([&] { return handler_.waiting_count == i + 1; }));
  }

  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(connections.back()->Receive(),
                AllOf(StartsWith("HTTP/1.1 503"), HasSubstr("Retry-After: 1\r\n"), HasSubstr("problem")));
    connections.pop_back();
  }
  handler_.OpenGate();
  for (const auto& connection : connections) EXPECT_THAT(connection->Receive("[/wait]"), HasSubstr("[/wait]"));
}

TEST_F(HttpServerTest, TheLongestIdleConnectionGivesWay) {
  HttpServerOptions options = Options();
  options.max_connections = 8;
  Start(options);
  std::vector<std::unique_ptr<Connection>> idle;
  for (int i = 0; i < 8; ++i) {
    idle.push_back(std::make_unique<Connection>(server_->port()));
    ASSERT_TRUE(WaitUntil([&] { return OpenConnections() == i + 1; }));
  }
  // Of these the first has waited least since its answer.
  ASSERT_TRUE(idle[0]->Send(Request("/a")));
  EXPECT_THAT(idle[0]->Receive("[/a]"), HasSubstr("[/a]"));

  std::vector<std::unique_ptr<Connection>> fresh;
  for (int i = 1; i < 8; ++i) {
    fresh.push_back(std::make_unique<Connection>(server_->port()));
    EXPECT_EQ(idle[i]->Receive(), "");
  }

  ASSERT_TRUE(idle[0]->Send(Request("/c")));
  EXPECT_THAT(idle[0]->Receive("[/c]"), HasSubstr("[/c]"));
}

TEST_F(HttpServerTest, AFullServerStillAnswersAboutHealth) {
  HttpServerOptions options = Options();
  options.max_connections = 4;
  Start(options);
  std::vector<std::unique_ptr<Connection>> busy;
  for (int i = 0; i < 4; ++i) {
    busy.push_back(std::make_unique<Connection>(server_->port()));
    ASSERT_TRUE(busy.back()->Send(Request("/wait")));
    ASSERT_TRUE(WaitUntil([&] { return handler_.waiting_count == i + 1; }));
  }

  EXPECT_THAT(Get("/healthz"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(Get("/a"), StartsWith("HTTP/1.1 503"));
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
