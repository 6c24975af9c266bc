// Loads several handlers in turn, round after round, with 64 calls in flight from
// one thread over four channels: raw bytes, nothing parsed on this side.
//
//   bench-rpc-load ROUNDS SECONDS SCORING_ADDRESS SCORING_PID PEER_ADDRESS PEER_PID
//
// One line of JSON per window.
#include <fmt/format.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "bench/clean_reports.h"
#include "common/base/log.h"
#include "common/rpc/raw_message.h"
#include "jixiao/scoring/v1/scoring_service.pb.h"
#include "scoring/adapters/load_rule_sets.h"

namespace jixiao::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int kInFlight = 64;
constexpr int kChannels = 4;
constexpr int kReports = 512;

struct Target {
  std::string name;
  std::string address;
  int pid = 0;
  std::string method;
  std::vector<grpc::ByteBuffer> requests;
};

// CPU seconds that process `pid` has used.
double CpuSecondsOf(int pid) {
  std::ifstream in(fmt::format("/proc/{}/stat", pid));
  std::string text((std::istreambuf_iterator<char>(in)), {});
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

// One call at a time; starts the next when it is done.
struct Slot {
  grpc::GenericStub* stub = nullptr;
  std::unique_ptr<grpc::ClientContext> context;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> call;
  grpc::ByteBuffer response;
  grpc::Status status;
  SteadyClock::time_point started;
};

class Load {
 public:
  explicit Load(const Target& target) : target_(target) {
    for (int i = 0; i < kChannels; ++i) {
      grpc::ChannelArguments arguments;
      arguments.SetInt("bench.channel", i);  // or they would share one connection
      stubs_.push_back(std::make_unique<grpc::GenericStub>(
          grpc::CreateCustomChannel(target.address, grpc::InsecureChannelCredentials(), arguments)));
    }
  }

  void Run(int round, double seconds) {
    Until(0.15);
    failed_ = 0;
    response_bytes_ = 0;
    latencies_.clear();
    const double cpu = CpuSecondsOf(target_.pid);
    const auto started = SteadyClock::now();
    Until(seconds);
    const double elapsed = std::chrono::duration<double>(SteadyClock::now() - started).count();
    const auto count = static_cast<double>(latencies_.size());
    const double server_cpu = (CpuSecondsOf(target_.pid) - cpu) / count * 1e6;
    std::sort(latencies_.begin(), latencies_.end());
    const auto at = [&](double share) { return latencies_[static_cast<size_t>(share * (count - 1))]; };
    fmt::print(
        "{{\"round\":{},\"target\":\"{}\",\"per_second\":{:.1f},\"p50_ms\":{:.3f},\"p99_ms\":{:.3f},"
        "\"server_cpu_us\":{:.1f},\"response_bytes\":{:.0f},\"failed\":{}}}\n",
        round, target_.name, count / elapsed, at(0.5), at(0.99), server_cpu,
        static_cast<double>(response_bytes_) / count, failed_);
    std::fflush(stdout);
  }

 private:
  // Keeps kInFlight calls going for `seconds`, then waits for the last.
  void Until(double seconds) {
    end_ =
        SteadyClock::now() + std::chrono::duration_cast<SteadyClock::duration>(std::chrono::duration<double>(seconds));
    std::vector<Slot> slots(kInFlight);
    grpc::CompletionQueue queue;
    int running = 0;
    for (size_t i = 0; i < slots.size(); ++i, ++running) {
      slots[i].stub = stubs_[i % kChannels].get();
      Begin(slots[i], queue);
    }
    void* tag = nullptr;
    bool ok = false;
    while (running > 0 && queue.Next(&tag, &ok)) {
      Slot& slot = *static_cast<Slot*>(tag);
      failed_ += !slot.status.ok();
      response_bytes_ += slot.response.Length();
      latencies_.push_back(std::chrono::duration<double, std::milli>(SteadyClock::now() - slot.started).count());
      if (SteadyClock::now() < end_) {
        Begin(slot, queue);
      } else {
        --running;
      }
    }
    queue.Shutdown();
    while (queue.Next(&tag, &ok)) {
    }
  }

  void Begin(Slot& slot, grpc::CompletionQueue& queue) {
    slot.context = std::make_unique<grpc::ClientContext>();
    slot.context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    slot.response.Clear();
    slot.started = SteadyClock::now();
    slot.call = slot.stub->PrepareUnaryCall(slot.context.get(), target_.method,
                                            target_.requests[next_++ % target_.requests.size()], &queue);
    slot.call->StartCall();
    slot.call->Finish(&slot.response, &slot.status, &slot);
  }

  const Target& target_;
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
  SteadyClock::time_point end_;
  std::vector<double> latencies_;  // milliseconds
  size_t next_ = 0;
  size_t response_bytes_ = 0;
  int failed_ = 0;
};

std::vector<grpc::ByteBuffer> Requests(const scoring::v1::RuleSet& rule_set, const std::string& more) {
  std::vector<grpc::ByteBuffer> requests;
  for (uint64_t seed = 0; seed < kReports; ++seed) {
    std::string request;
    AppendField(scoring::v1::ScoreReportRequest::kReportFieldNumber, CleanReport(seed, rule_set).SerializeAsString(),
                request);
    request += more;
    requests.push_back(ToByteBuffer(std::move(request)));
  }
  return requests;
}

int Run(const std::vector<std::string>& words) {
  if (words.size() != 6) {
    fmt::print(stderr, "usage: bench-rpc-load ROUNDS SECONDS SCORING_ADDRESS SCORING_PID PEER_ADDRESS PEER_PID\n");
    return 2;
  }
  const char* dir = std::getenv("JIXIAO_SOURCE_DIR");
  const auto loaded = scoring::LoadRuleSets(std::string(dir == nullptr ? "." : dir) + "/rulesets");
  JIXIAO_CHECK(loaded.ok());
  const auto hunan = loaded->Find("rulesets/hunan-2024");
  JIXIAO_CHECK(hunan.ok());
  const auto requests = Requests((*hunan)->rule_set, "");
  scoring::v1::ScoreReportRequest points;
  points.set_view(scoring::v1::SCORE_VIEW_POINTS);
  const auto for_points = Requests((*hunan)->rule_set, points.SerializeAsString());
  const std::string peer = "/jixiao.bench.typed.v1.TypedService/";
  const std::string score = "/jixiao.scoring.v1.ScoringService/ScoreReport";
  const int scoring_pid = std::atoi(words[3].c_str());
  const int peer_pid = std::atoi(words[5].c_str());
  const std::vector<Target> targets = {
      {"score_report, full card", words[2], scoring_pid, score, requests},
      {"score_report, all points", words[2], scoring_pid, score, for_points},
      {"typed", words[4], peer_pid, peer + "Typed", requests},
      {"typed_on_arena", words[4], peer_pid, peer + "TypedOnArena", requests},
      {"parse_only", words[4], peer_pid, peer + "ParseOnly", requests},
  };
  fmt::print("{{\"requests\":{},\"mean_bytes\":{}}}\n", kReports, requests.front().Length());
  std::vector<std::unique_ptr<Load>> loads;
  for (const Target& target : targets) loads.push_back(std::make_unique<Load>(target));
  for (int round = 0; round < std::atoi(words[0].c_str()); ++round) {
    for (const auto& load : loads) load->Run(round, std::atof(words[1].c_str()));
  }
  return 0;
}

}  // namespace
}  // namespace jixiao::bench

int main(int argc, char** argv) { return jixiao::bench::Run({argv + 1, argv + argc}); }
