// Loads a unary call from one thread over four channels: raw bytes, nothing parsed
// on this side.
#ifndef JIXIAO_TESTS_BENCH_RPC_LOAD_H_
#define JIXIAO_TESTS_BENCH_RPC_LOAD_H_

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace jixiao::bench {

struct LoadTarget {
  std::string name;
  std::string address;
  int pid = 0;         // whose CPU time is read
  std::string method;  // with its path
  std::function<grpc::ByteBuffer()> next_request;
  std::string token;  // empty: none
};

// CPU seconds that process `pid` has used.
double CpuSecondsOf(int pid);

class Load {
 public:
  explicit Load(LoadTarget target);
  ~Load();

  // Keeps `in_flight` calls going for `seconds`. One line of JSON.
  std::string RunClosed(int in_flight, double seconds);
  // Starts `per_second` calls evenly, whatever becomes of those before them.
  // Latencies count from the moment when a call was due.
  std::string RunOpen(double per_second, double seconds);

 private:
  using SteadyClock = std::chrono::steady_clock;
  struct Slot;

  void Begin(Slot& slot, SteadyClock::time_point due);
  void Take(Slot& slot);
  void Drain();
  std::string Measured(double cpu_before, SteadyClock::time_point started);

  const LoadTarget target_;
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
  std::vector<std::unique_ptr<Slot>> slots_;
  std::vector<Slot*> free_;
  grpc::CompletionQueue queue_;
  std::vector<double> latencies_;  // milliseconds
  size_t response_bytes_ = 0;
  int64_t failed_ = 0;
  std::string first_failure_;
};

}  // namespace jixiao::bench

#endif  // JIXIAO_TESTS_BENCH_RPC_LOAD_H_
