#include "bench/rpc_load.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "common/base/log.h"

namespace jixiao::bench {
namespace {

constexpr int kChannels = 4;

std::chrono::steady_clock::duration Seconds(double seconds) {
  return std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(seconds));
}

}  // namespace

// One call at a time.
struct Load::Slot {
  std::unique_ptr<grpc::ClientContext> context;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> call;
  grpc::GenericStub* stub = nullptr;
  grpc::ByteBuffer response;
  grpc::Status status;
  SteadyClock::time_point due;
};

double CpuSecondsOf(int pid) {
  std::ifstream in(fmt::format("/proc/{}/stat", pid));
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  // utime and stime are the 12th and 13th field behind the name in brackets.
  size_t at = text.rfind(')');
  if (at == std::string::npos) return 0;
  double ticks = 0;
  for (int field = 1; field <= 13; ++field) {
    at = text.find(' ', at + 1);
    if (field >= 12) ticks += std::atof(text.c_str() + at);
  }
  return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

Load::Load(LoadTarget target) : target_(std::move(target)) {
  for (int i = 0; i < kChannels; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetInt("bench.channel", i);  // or they would share one connection
    stubs_.push_back(std::make_unique<grpc::GenericStub>(
        grpc::CreateCustomChannel(target_.address, grpc::InsecureChannelCredentials(), arguments)));
  }
}

Load::~Load() {
  queue_.Shutdown();
  Drain();
}

void Load::Begin(Slot& slot, SteadyClock::time_point due) {
  slot.context = std::make_unique<grpc::ClientContext>();
  slot.context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  if (!target_.token.empty()) slot.context->AddMetadata("authorization", "Bearer " + target_.token);
  slot.response.Clear();
  slot.due = due;
  slot.call = slot.stub->PrepareUnaryCall(slot.context.get(), target_.method, target_.next_request(), &queue_);
  slot.call->StartCall();
  slot.call->Finish(&slot.response, &slot.status, &slot);
}

void Load::Take(Slot& slot) {
  if (!slot.status.ok()) {
    if (failed_++ == 0) first_failure_ = slot.status.error_message();
  }
  response_bytes_ += slot.response.Length();
  latencies_.push_back(std::chrono::duration<double, std::milli>(SteadyClock::now() - slot.due).count());
}

void Load::Drain() {
  void* tag = nullptr;
  bool is_ok = false;
  while (free_.size() < slots_.size() && queue_.Next(&tag, &is_ok)) {
    Slot& slot = *static_cast<Slot*>(tag);
    Take(slot);
    free_.push_back(&slot);
  }
}

std::string Load::Measured(double cpu_before, SteadyClock::time_point started) {
  const double elapsed = std::chrono::duration<double>(SteadyClock::now() - started).count();
  const double server_cpu = CpuSecondsOf(target_.pid) - cpu_before;
  const auto count = static_cast<double>(latencies_.size());
  std::sort(latencies_.begin(), latencies_.end());
  const auto at = [&](double share) {
    return latencies_.empty() ? 0 : latencies_[static_cast<size_t>(share * (count - 1))];
  };
  std::string line = fmt::format(
      R"({{"target":"{}","count":{:.0f},"per_second":{:.1f},"p50_ms":{:.3f},"p99_ms":{:.3f},"max_ms":{:.3f},)"
      R"("server_cpu_us":{:.1f},"response_bytes":{:.0f},"failed":{},"first_failure":{}}})",
      target_.name, count, count / elapsed, at(0.5), at(0.99), at(1), server_cpu / count * 1e6,
      static_cast<double>(response_bytes_) / count, failed_, JsonQuote(first_failure_));
  latencies_.clear();
  response_bytes_ = 0;
  failed_ = 0;
  first_failure_.clear();
  return line;
}

std::string Load::RunClosed(int in_flight, double seconds) {
  while (slots_.size() < static_cast<size_t>(in_flight)) {
    slots_.push_back(std::make_unique<Slot>());
    slots_.back()->stub = stubs_[slots_.size() % stubs_.size()].get();
    free_.push_back(slots_.back().get());
  }
  const double cpu = CpuSecondsOf(target_.pid);
  const auto started = SteadyClock::now();
  const auto end = started + Seconds(seconds);
  for (int i = 0; i < in_flight; ++i) {
    Begin(*free_.back(), started);
    free_.pop_back();
  }
  void* tag = nullptr;
  bool is_ok = false;
  while (SteadyClock::now() < end && queue_.Next(&tag, &is_ok)) {
    Slot& slot = *static_cast<Slot*>(tag);
    Take(slot);
    Begin(slot, SteadyClock::now());
  }
  Drain();
  return Measured(cpu, started);
}

std::string Load::RunOpen(double per_second, double seconds) {
  const double cpu = CpuSecondsOf(target_.pid);
  const auto started = SteadyClock::now();
  const auto total = static_cast<int64_t>(per_second * seconds);
  for (int64_t i = 0; i < total; ++i) {
    const auto due = started + Seconds(static_cast<double>(i) / per_second);
    void* tag = nullptr;
    bool is_ok = false;
    // Answers are taken while the next call is not due.
    while (queue_.AsyncNext(&tag, &is_ok, std::chrono::system_clock::now() + (due - SteadyClock::now())) ==
           grpc::CompletionQueue::GOT_EVENT) {
      Take(*static_cast<Slot*>(tag));
      free_.push_back(static_cast<Slot*>(tag));
    }
    if (free_.empty()) {
      slots_.push_back(std::make_unique<Slot>());
      slots_.back()->stub = stubs_[slots_.size() % stubs_.size()].get();
      free_.push_back(slots_.back().get());
    }
    Slot& slot = *free_.back();
    free_.pop_back();
    Begin(slot, due);
  }
  Drain();
  return Measured(cpu, started);
}

}  // namespace jixiao::bench
