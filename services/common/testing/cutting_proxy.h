// For tests: stands between a client and a server on loopback and can be told to
// cut the connection at a chosen moment, or to let nothing pass any more.
#ifndef JIXIAO_COMMON_TESTING_CUTTING_PROXY_H_
#define JIXIAO_COMMON_TESTING_CUTTING_PROXY_H_

#include <atomic>
#include <cstdint>
#include <limits>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace jixiao::testing {

class CuttingProxy {
 public:
  // Forwards to 127.0.0.1:`target_port`.
  explicit CuttingProxy(int target_port);
  ~CuttingProxy();
  CuttingProxy(const CuttingProxy&) = delete;
  CuttingProxy& operator=(const CuttingProxy&) = delete;

  int port() const { return port_; }

  enum class Moment {
    kBefore,  // the request never reaches the server
    kAfter,   // the server answers `reply`, and nobody hears it
  };
  // The next connection whose client sends `request` is cut.
  void CutOnce(Moment moment, std::string request, std::string reply);
  int cuts() const { return cuts_; }

  // Lets `bytes` more pass from clients to the server, over all connections, and keeps
  // the rest until it is called again; answers pass always. Without it all passes. So
  // a client cannot get further than a test has seen it get.
  void LetPass(int64_t bytes) { allowance_ = bytes; }
  void LetPassMore(int64_t bytes) { allowance_ += bytes; }

  // As a network that is divided: connections stay open and nothing passes, new
  // ones hang. What waited passes when it is mended.
  void Block() { is_blocked_ = true; }
  void Mend() { is_blocked_ = false; }
  // Connections that something was kept back on.
  int held() const { return held_; }

 private:
  void Accept();
  void Serve(int client);
  // Waits while nothing may pass. False at the end of the test.
  bool WaitForLine();
  // True if `bytes` are to be the last.
  bool IsCut(const std::string& bytes);

  const int target_port_;
  int listener_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  bool is_armed_ = false;
  Moment moment_ = Moment::kBefore;
  std::string request_, reply_;
  std::atomic<int> cuts_ = 0;
  std::atomic<bool> is_blocked_ = false;
  std::atomic<bool> is_closing_ = false;
  std::atomic<int> held_ = 0;
  std::atomic<int64_t> allowance_ = std::numeric_limits<int64_t>::max();
  std::list<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace jixiao::testing

#endif  // JIXIAO_COMMON_TESTING_CUTTING_PROXY_H_
