// Loads several handlers in turn, round after round, with 64 calls in flight from
// one thread over four channels: raw bytes, nothing parsed on this side.
//
//   bench-rpc-load ROUNDS SECONDS SCORING_ADDRESS SCORING_PID PEER_ADDRESS PEER_PID
//
// One line of JSON per window.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "bench/clean_reports.h"
#include "bench/rpc_load.h"
#include "common/base/log.h"
#include "common/rpc/raw_message.h"
#include "jixiao/scoring/v1/scoring_service.pb.h"

namespace jixiao::bench {
namespace {

constexpr int kInFlight = 64;
constexpr int kReports = 512;

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

// The first again after the last.
std::function<grpc::ByteBuffer()> InTurn(const std::vector<grpc::ByteBuffer>& requests) {
  return [&requests, next = size_t{0}]() mutable { return requests[next++ % requests.size()]; };
}

int Run(const std::vector<std::string>& words) {
  if (words.size() != 6) {
    fmt::print(stderr, "usage: bench-rpc-load ROUNDS SECONDS SCORING_ADDRESS SCORING_PID PEER_ADDRESS PEER_PID\n");
    return 2;
  }
  const scoring::v1::RuleSet rule_set = RuleSetOfHunan();
  const auto requests = Requests(rule_set, "");
  scoring::v1::ScoreReportRequest points;
  points.set_view(scoring::v1::SCORE_VIEW_POINTS);
  const auto for_points = Requests(rule_set, points.SerializeAsString());
  const std::string peer = "/jixiao.bench.typed.v1.TypedService/";
  const std::string score = "/jixiao.scoring.v1.ScoringService/ScoreReport";
  const int scoring_pid = std::atoi(words[3].c_str());
  const int peer_pid = std::atoi(words[5].c_str());
  const std::vector<LoadTarget> targets = {
      {"score_report, full card", words[2], scoring_pid, score, InTurn(requests), ""},
      {"score_report, all points", words[2], scoring_pid, score, InTurn(for_points), ""},
      {"typed", words[4], peer_pid, peer + "Typed", InTurn(requests), ""},
      {"typed_on_arena", words[4], peer_pid, peer + "TypedOnArena", InTurn(requests), ""},
      {"parse_only", words[4], peer_pid, peer + "ParseOnly", InTurn(requests), ""},
  };
  fmt::print("{{\"requests\":{},\"mean_bytes\":{}}}\n", kReports, requests.front().Length());
  std::vector<std::unique_ptr<Load>> loads;
  for (const LoadTarget& target : targets) loads.push_back(std::make_unique<Load>(target));
  for (int round = 0; round < std::atoi(words[0].c_str()); ++round) {
    for (const auto& load : loads) {
      load->RunClosed(kInFlight, 0.15);
      fmt::print("{}\n", load->RunClosed(kInFlight, std::atof(words[1].c_str())));
      std::fflush(stdout);
    }
  }
  return 0;
}

}  // namespace
}  // namespace jixiao::bench

int main(int argc, char** argv) { return jixiao::bench::Run({argv + 1, argv + argc}); }
