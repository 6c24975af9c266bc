// For tests: a TCP server on loopback that says what a script says, for peers that
// drip, flood or lie.
#ifndef JIXIAO_COMMON_TESTING_SCRIPTED_SERVER_H_
#define JIXIAO_COMMON_TESTING_SCRIPTED_SERVER_H_

#include <functional>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

namespace jixiao::testing {

class ScriptedServer {
 public:
  // Runs on a thread of its own for each connection, which is closed when it
  // returns.
  using Script = std::function<void(int socket)>;

  explicit ScriptedServer(Script script);
  // Ends all connections, so that scripts blocked in Say or recv return, and waits
  // for them.
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  int port() const { return port_; }
  int connection_count() const;

  // Sends all of `bytes`. False once the peer is gone.
  static bool Say(int socket, std::string_view bytes);

 private:
  void Accept();

  const Script script_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  bool is_stopping_ = false;
  std::vector<int> sockets_;
  std::vector<std::thread> connections_;
  std::thread acceptor_;
};

}  // namespace jixiao::testing

#endif  // JIXIAO_COMMON_TESTING_SCRIPTED_SERVER_H_
