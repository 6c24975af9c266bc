// What intake does to one filed report before the store has it, step by step, on
// the reports that filing is measured with. Prints one line of JSON for every
// step: p50 and p99 over the reports, each report timed several times and counted
// by its median, in CPU time of the thread.
//
//   bench-filing-times [STEP [TIMES]]   only steps whose name begins with STEP,
//                                       TIMES times each: for a profiler
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/clean_reports.h"
#include "common/base/digest.h"
#include "common/base/packed_bytes.h"
#include "common/wire/wire_check.h"
#include "intake/core/filing/filing.h"
#include "intake/core/filing/validate_report.h"
#include "jixiao/intake/v1/filing.pb.h"

namespace jixiao::bench {
namespace {

struct Work {
  std::string request;
  std::string report;
};

double ThreadMicroseconds() {
  timespec time = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) * 1e-3;
}

struct Choice {
  std::string step;
  size_t times = 25;
} choice;

// Keeps results from being optimised away.
volatile size_t sink;

void Measure(std::string_view step, const std::vector<Work>& works, const std::function<size_t(const Work&)>& work) {
  if (!step.starts_with(choice.step)) return;
  std::vector<double> medians;
  for (const Work& item : works) {
    std::vector<double> times(choice.times);
    for (double& time : times) {
      const double started = ThreadMicroseconds();
      sink = work(item);
      time = ThreadMicroseconds() - started;
    }
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
    medians.push_back(times[times.size() / 2]);
  }
  std::sort(medians.begin(), medians.end());
  fmt::print("{{\"step\":\"{}\",\"reports\":{},\"p50_us\":{:.1f},\"p99_us\":{:.1f}}}\n", step, medians.size(),
             medians[medians.size() / 2], medians[medians.size() * 99 / 100]);
}

absl::StatusOr<report::v1::Report> NoReader(std::string_view) { return absl::UnimplementedError("no documents here"); }

int Run() {
  const auto rule_set = RuleSetOfHunan();
  std::vector<Work> works;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    intake::v1::SubmitReportRequest request;
    request.set_request_id(fmt::format("request-{}", seed));
    *request.mutable_report() = CleanReport(seed, rule_set);
    works.push_back({request.SerializeAsString(), request.report().SerializeAsString()});
  }
  Measure("wire check", works, [](const Work& w) {
    return static_cast<size_t>(CheckWire(w.request, *intake::v1::SubmitReportRequest::descriptor(), "").ok());
  });
  Measure("wire check and format", works, [](const Work& w) {
    return static_cast<size_t>(
        intake::ValidateReport(w.request, *intake::v1::SubmitReportRequest::descriptor(), "", {}).ok());
  });
  Measure("digest", works, [](const Work& w) { return ContentDigest(w.report).size(); });
  Measure("pack", works, [](const Work& w) { return PackBytes(w.report).size(); });
  Measure("request to filing", works,
          [](const Work& w) { return static_cast<size_t>(intake::ReadSubmitRequest(w.request, NoReader).ok()); });
  return 0;
}

}  // namespace
}  // namespace jixiao::bench

int main(int argc, char** argv) {
  if (argc > 1) jixiao::bench::choice.step = argv[1];
  if (argc > 2) jixiao::bench::choice.times = static_cast<size_t>(std::max(std::atoi(argv[2]), 1));
  return jixiao::bench::Run();
}
