// What scoring one report costs, step by step, on the reports of the conformance
// kit: clean ones, and ones with planted mistakes that have to be diagnosed.
// Prints one line of JSON for every step: p50 and p99 over the reports, each
// report timed five times and counted by its median, in CPU time of the thread.
//
//   bench-score-times [STEP [TIMES]]    only steps whose name begins with STEP,
//                                       TIMES times each: for a profiler
#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cstdlib>
#include <functional>

#include "bench/clean_reports.h"
#include "common/base/digest.h"
#include "common/base/log.h"
#include "common/wire/wire_check.h"
#include "conformance/run.h"
#include "google/protobuf/arena.h"
#include "scoring/adapters/load_rule_sets.h"
#include "scoring/core/diagnosis/relations.h"
#include "scoring/core/facts/facts.h"
#include "scoring/core/score_report.h"
#include "scoring/core/verdicts/score_table.h"

namespace jixiao::bench {
namespace {

constexpr uint64_t kSeed = 20'260'101;

struct Work {
  report::v1::Report report;
  std::string bytes;
  const scoring::LoadedRuleSet* rule_set;
};

double ThreadMicroseconds() {
  timespec time = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) * 1e-3;
}

double Median(std::vector<double> times) {
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

// What the command line asks for.
struct Choice {
  std::string step;
  size_t times = 5;
} choice;

// Keeps results from being optimised away.
volatile size_t sink;

void Measure(const std::string& step, const std::vector<Work>& reports,
             const std::function<size_t(const Work&)>& work) {
  if (!step.starts_with(choice.step)) return;
  std::vector<double> medians;
  for (const Work& report : reports) {
    std::vector<double> times(choice.times);
    for (double& time : times) {
      const double started = ThreadMicroseconds();
      sink = work(report);
      time = ThreadMicroseconds() - started;
    }
    medians.push_back(Median(std::move(times)));
  }
  std::sort(medians.begin(), medians.end());
  const auto at = [&](double share) {
    return medians[static_cast<size_t>(share * static_cast<double>(medians.size() - 1))];
  };
  fmt::print("{{\"step\":\"{}\",\"reports\":{},\"p50_us\":{:.1f},\"p99_us\":{:.1f},\"max_us\":{:.1f}}}\n", step,
             reports.size(), at(0.5), at(0.99), medians.back());
}

size_t ReadAllCells(const Work& work) {
  size_t count = 0;
  for (const auto& table : work.report.content().evaluation_tables()) {
    for (const auto& indicator : scoring::ReadIndicators(table)) count += indicator.target.unit.size() + 1;
  }
  return count;
}

size_t CollectAllFacts(const Work& work) {
  const auto& content = work.report.content();
  const auto passages = scoring::ReadPassages(content);
  size_t count = 0;
  for (int i = 0; i < content.evaluation_tables_size(); ++i) {
    count += static_cast<size_t>(
        scoring::CollectFacts(content, passages, i, work.rule_set->rule_set.total_points_milli()).size());
  }
  return count;
}

size_t CompareAllRelations(const Work& work) {
  const auto& content = work.report.content();
  const auto passages = scoring::ReadPassages(content);
  size_t holding = 0;
  for (int i = 0; i < content.evaluation_tables_size(); ++i) {
    const scoring::v1::RuleSet& rule_set = work.rule_set->rule_set;
    const auto facts = scoring::CollectFacts(content, passages, i, rule_set.total_points_milli());
    const auto& values = facts.values();
    for (const auto& bound : BindRelations(rule_set, work.rule_set->relation_keys, facts)) {
      holding += Compare(bound, values).outcome == scoring::Outcome::kHolds;
    }
  }
  return holding;
}

size_t Score(const Work& work) {
  return static_cast<size_t>(scoring::ScoreReport(work.report, "sha256:0", *work.rule_set, {}).findings_size());
}

void MeasureSteps(const std::string& kind, const std::vector<Work>& reports) {
  Measure(kind + ": wire check", reports, [](const Work& w) {
    return static_cast<size_t>(CheckWire(w.bytes, *report::v1::Report::descriptor(), "report").ok());
  });
  Measure(kind + ": digest", reports, [](const Work& w) { return ContentDigest(w.bytes).size(); });
  Measure(kind + ": parse on an arena", reports, [](const Work& w) {
    google::protobuf::ArenaOptions options;
    options.start_block_size = 64 << 10;
    google::protobuf::Arena arena(options);
    return static_cast<size_t>(
        google::protobuf::Arena::CreateMessage<report::v1::Report>(&arena)->ParseFromString(w.bytes));
  });
  Measure(kind + ": value parser, all cells", reports, ReadAllCells);
  Measure(kind + ": passages and facts", reports, CollectAllFacts);
  Measure(kind + ": passages, facts and relations", reports, CompareAllRelations);
  Measure(kind + ": score", reports, Score);
  Measure(kind + ": score and serialize", reports, [](const Work& w) {
    return scoring::ScoreCardBytes(scoring::ScoreReport(w.report, "sha256:0", *w.rule_set, {})).size();
  });
}

int Run() {
  const char* dir = std::getenv("JIXIAO_SOURCE_DIR");
  const auto loaded = scoring::LoadRuleSets(std::string(dir == nullptr ? "." : dir) + "/rulesets");
  JIXIAO_CHECK(loaded.ok());
  std::vector<Work> plain;
  const auto hunan = loaded->Find("rulesets/hunan-2024");
  JIXIAO_CHECK(hunan.ok());
  for (uint64_t seed = 0; seed < 200; ++seed) {
    report::v1::Report report = CleanReport(seed, (*hunan)->rule_set);
    std::string bytes = report.SerializeAsString();
    plain.push_back({std::move(report), std::move(bytes), *hunan});
  }
  MeasureSteps("42 KB, 60 rows", plain);
  if (!choice.step.empty() && !choice.step.starts_with("kit")) return 0;
  std::vector<Work> clean;
  std::vector<Work> spoilt;
  const auto profiles = conformance::ProfilesOf(*loaded);
  conformance::RunArguments arguments;
  arguments.seed = kSeed;
  arguments.count = 12;
  const absl::Status made = conformance::MakeCases(
      profiles, arguments,
      [&](const conformance::Case& c) {
        auto& list = c.label.mistakes().empty() ? clean : spoilt;
        list.push_back({c.report, c.report.SerializeAsString(), c.profile->rule_set});
        return absl::OkStatus();
      },
      nullptr);
  JIXIAO_CHECK(made.ok());
  MeasureSteps("kit, clean", clean);
  Measure("kit, with mistakes: score and diagnose", spoilt, Score);
  return 0;
}

}  // namespace
}  // namespace jixiao::bench

int main(int argc, char** argv) {
  if (argc > 1) jixiao::bench::choice.step = argv[1];
  if (argc > 2) jixiao::bench::choice.times = static_cast<size_t>(std::max(std::atoi(argv[2]), 1));
  return jixiao::bench::Run();
}
