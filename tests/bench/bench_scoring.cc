// What scoring costs: value parser, facts, whole score without diagnosis, on the
// five samples. Reports per second and core: 1 / time.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "common/base/digest.h"
#include "common/base/log.h"
#include "common/base/wire_check.h"
#include "intake/core/read_text_report.h"
#include "scoring/adapters/load_rule_sets.h"
#include "scoring/core/facts/facts.h"
#include "scoring/core/score_report.h"
#include "scoring/core/verdicts/notation.h"

namespace jixiao {
namespace {

namespace fs = std::filesystem;

std::string SourceDir() {
  const char* dir = std::getenv("JIXIAO_SOURCE_DIR");
  return dir == nullptr ? "." : dir;
}

struct Sample {
  std::string document;
  report::v1::Report report;
  std::string bytes;
  const scoring::LoadedRuleSet* rule_set;
};

const std::vector<Sample>& Samples() {
  static const std::vector<Sample>* const samples = [] {
    auto* sets = new scoring::RuleSets(*scoring::LoadRuleSets(SourceDir() + "/rulesets"));
    auto* all = new std::vector<Sample>;
    for (const auto& entry : fs::directory_iterator(SourceDir() + "/tests/testdata/samples")) {
      if (entry.path().extension() != ".txt") continue;
      std::ifstream in(entry.path(), std::ios::binary);
      std::ostringstream text;
      text << in.rdbuf();
      auto report = intake::ReadTextReport(text.str());
      JIXIAO_CHECK(report.ok());
      const auto rule_set = sets->FindFor(report->content());
      JIXIAO_CHECK(rule_set.ok());
      all->push_back({text.str(), *report, report->SerializeAsString(), *rule_set});
    }
    JIXIAO_CHECK(all->size() == 5);
    return all;
  }();
  return *samples;
}

// Runs `work` over the samples in turn; one iteration is one report.
template <typename Work>
void ForEach(benchmark::State& state, Work work) {
  size_t i = 0;
  for (auto _ : state) work(Samples()[i++ % Samples().size()]);
  state.SetItemsProcessed(state.iterations());
}

void BM_ReadDocument(benchmark::State& state) {
  ForEach(state, [](const Sample& s) { benchmark::DoNotOptimize(intake::ReadTextReport(s.document)); });
}
BENCHMARK(BM_ReadDocument);

void BM_CheckWire(benchmark::State& state) {
  ForEach(state, [](const Sample& s) {
    benchmark::DoNotOptimize(CheckWire(s.bytes, *report::v1::Report::descriptor(), "report"));
  });
}
BENCHMARK(BM_CheckWire);

void BM_Digest(benchmark::State& state) {
  ForEach(state, [](const Sample& s) { benchmark::DoNotOptimize(ContentDigest(s.bytes)); });
}
BENCHMARK(BM_Digest);

void BM_ParseReport(benchmark::State& state) {
  ForEach(state, [](const Sample& s) {
    report::v1::Report report;
    benchmark::DoNotOptimize(report.ParseFromString(s.bytes));
  });
}
BENCHMARK(BM_ParseReport);

void BM_ReadNotation(benchmark::State& state) {
  constexpr const char* kCells[] = {"≥1次", "100余次", "≤120.54万元", "提升", "11月底完成100%", "无", "95%", "定性"};
  size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(scoring::ReadNotation(kCells[i++ % std::size(kCells)]));
}
BENCHMARK(BM_ReadNotation);

void BM_Facts(benchmark::State& state) {
  ForEach(state, [](const Sample& s) {
    const auto passages = scoring::ReadPassages(s.report.content());
    benchmark::DoNotOptimize(scoring::CollectFacts(s.report.content(), passages, 0, 100'000));
  });
}
BENCHMARK(BM_Facts);

void BM_ScoreReport(benchmark::State& state) {
  ForEach(state, [](const Sample& s) {
    benchmark::DoNotOptimize(scoring::ScoreReport(s.report, "sha256:0", *s.rule_set, {}));
  });
}
BENCHMARK(BM_ScoreReport);

void BM_ScoreReportToBytes(benchmark::State& state) {
  ForEach(state, [](const Sample& s) {
    benchmark::DoNotOptimize(scoring::ScoreCardBytes(scoring::ScoreReport(s.report, "sha256:0", *s.rule_set, {})));
  });
}
BENCHMARK(BM_ScoreReportToBytes);

}  // namespace
}  // namespace jixiao

BENCHMARK_MAIN();
