// Rules as data: what evaluating them costs once a report's cells are read.
//
//   bench-rules cases FILE          the work as JSON, a line each
//   bench-rules outputs FILE        our answers as JSON, a line each
//   bench-rules time scores|by_name|trace SECONDS    evaluations per second, one
//                                   thread
//
// `scores`: interval of every row, totals, grades, flags, 30 relations compared.
// `by_name`: the same, and facts of relations are looked up by their keys first.
// `trace`: as `by_name`, and all is written out as the score card says it: every
// formula, input, clause and rounding step; claims, totals and grades are then
// judged by what is written, as the checks do.
#include <fmt/format.h>
#include <time.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "bench/rule_cases.h"
#include "common/base/log.h"
#include "google/protobuf/arena.h"
#include "scoring/adapters/load_rule_sets.h"
#include "scoring/core/diagnosis/relations.h"
#include "scoring/core/verdicts/claim.h"
#include "scoring/core/verdicts/score_table.h"
#include "scoring/core/verdicts/verdict.h"

namespace jixiao::bench {
namespace {

using scoring::Claim;
using scoring::RowOutcome;

// What rules say about one case, without texts.
struct Evaluation {
  std::array<RowOutcome, kRows> rows;
  std::array<Claim, kRows> claims;
  int64_t low = 0;
  int64_t high = 0;
  std::string low_grade;
  std::string high_grade;
  std::array<bool, kEqualities> equal;
};

Evaluation Evaluate(const RuleCase& c, const scoring::v1::RuleSet& rule_set) {
  Evaluation evaluation;
  for (size_t i = 0; i < kRows; ++i) {
    const scoring::ReadIndicator& indicator = c.indicators[i];
    RowOutcome& outcome = evaluation.rows[i];
    outcome = DecideIndicator(indicator, rule_set);
    evaluation.low += outcome.low_milli;
    evaluation.high += outcome.high_milli;
    evaluation.claims[i] = scoring::JudgeClaim(
        {outcome.verdict, outcome.low_milli, outcome.high_milli, *indicator.weight_milli, *indicator.claimed_milli},
        rule_set);
  }
  evaluation.low_grade = scoring::GradeOf(evaluation.low, rule_set);
  evaluation.high_grade = scoring::GradeOf(evaluation.high, rule_set);
  return evaluation;
}

void CompareRelations(const RuleCase& c, const std::vector<scoring::BoundRelation>& relations, Evaluation& evaluation) {
  const auto& values = c.facts.values();
  for (size_t i = 0; i < relations.size() && i < kEqualities; ++i) {
    evaluation.equal[i] = Compare(relations[i], values).outcome == scoring::Outcome::kHolds;
  }
}

int FlagOf(Claim claim) {
  switch (claim) {
    case Claim::kMetButDeducted: return 1;
    case Claim::kOffFormula: return 2;
    case Claim::kOffTier: return 3;
    default: return 0;
  }
}

std::string Json(const Evaluation& evaluation) {
  std::string rows;
  std::string flags;
  std::string equal;
  for (size_t i = 0; i < kRows; ++i) {
    const char* comma = i == 0 ? "" : ",";
    rows += fmt::format("{}[{},{}]", comma, evaluation.rows[i].low_milli, evaluation.rows[i].high_milli);
    flags += fmt::format("{}{}", comma, FlagOf(evaluation.claims[i]));
  }
  for (size_t i = 0; i < kEqualities; ++i) equal += fmt::format("{}{}", i == 0 ? "" : ",", evaluation.equal[i]);
  return fmt::format(R"({{"rows":[{}],"low":{},"high":{},"grades":["{}","{}"],"flags":[{}],"equal":[{}]}})", rows,
                     evaluation.low, evaluation.high, evaluation.low_grade, evaluation.high_grade, flags, equal);
}

void WriteLines(const std::string& path, const std::vector<std::string>& lines) {
  std::ofstream out(path, std::ios::binary);
  for (const std::string& line : lines) out << line << '\n';
  JIXIAO_CHECK(out.good());
}

Evaluation EvaluateAll(const RuleCase& c, const scoring::LoadedRuleSet& rule_set, bool by_name) {
  Evaluation evaluation = Evaluate(c, rule_set.rule_set);
  if (by_name) {
    CompareRelations(c, BindRelations(rule_set.rule_set, rule_set.relation_keys, c.facts), evaluation);
  } else {
    CompareRelations(c, c.relations, evaluation);
  }
  return evaluation;
}

// The same with every step written out, as the score card has it, and judged by
// what is written; on an arena, as the service makes it.
Evaluation Trace(const RuleCase& c, const scoring::LoadedRuleSet& loaded, google::protobuf::Arena& arena) {
  const scoring::v1::RuleSet& rule_set = loaded.rule_set;
  auto& score = *google::protobuf::Arena::CreateMessage<scoring::v1::TableScore>(&arena);
  Evaluation evaluation;
  for (size_t i = 0; i < kRows; ++i) {
    scoring::v1::RowScore& row = *score.add_rows();
    ScoreIndicator(c.indicators[i], static_cast<int>(i), rule_set, scoring::Detail::kFull, row);
    evaluation.low += row.supported_low_milli();
    evaluation.high += row.supported_high_milli();
    evaluation.claims[i] = scoring::JudgeClaim(
        {row.verdict(), row.supported_low_milli(), row.supported_high_milli(), row.weight_milli(), row.claimed_milli()},
        rule_set);
  }
  score.set_supported_low_milli(evaluation.low);
  score.set_supported_high_milli(evaluation.high);
  score.set_supported_low_grade(scoring::GradeOf(evaluation.low, rule_set));
  score.set_supported_high_grade(scoring::GradeOf(evaluation.high, rule_set));
  CompareRelations(c, BindRelations(rule_set, loaded.relation_keys, c.facts), evaluation);
  return evaluation;
}

double CpuSeconds() {
  timespec time = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

int Time(const std::vector<std::unique_ptr<RuleCase>>& cases, const scoring::LoadedRuleSet& rule_set,
         const std::string& mode, double seconds) {
  using Clock = std::chrono::steady_clock;
  const bool with_trace = mode == "trace";
  const bool by_name = mode != "scores";
  int64_t checksum = 0;
  const auto run = [&](const RuleCase& c) {
    const auto sum = [&](const Evaluation& evaluation) { checksum += evaluation.low + evaluation.equal[0]; };
    if (!with_trace) return sum(EvaluateAll(c, rule_set, by_name));
    static thread_local std::string block(256 << 10, '\0');
    google::protobuf::ArenaOptions options;
    options.initial_block = block.data();
    options.initial_block_size = block.size();
    google::protobuf::Arena arena(options);
    sum(Trace(c, rule_set, arena));
  };
  for (const auto& c : cases) run(*c);
  int64_t count = 0;
  const double cpu_before = CpuSeconds();
  const auto started = Clock::now();
  double elapsed = 0;
  while (elapsed < seconds) {
    for (const auto& c : cases) run(*c);
    count += kCases;
    elapsed = std::chrono::duration<double>(Clock::now() - started).count();
  }
  fmt::print("{{\"per_second\":{:.1f},\"cpu_us\":{:.4f},\"checksum\":{}}}\n", static_cast<double>(count) / elapsed,
             (CpuSeconds() - cpu_before) * 1e6 / static_cast<double>(count), checksum);
  return 0;
}

int Run(const std::vector<std::string>& words) {
  const char* dir = std::getenv("JIXIAO_SOURCE_DIR");
  const auto loaded = scoring::LoadRuleSets(std::string(dir == nullptr ? "." : dir) + "/rulesets");
  JIXIAO_CHECK(loaded.ok());
  const auto hunan = loaded->Find("rulesets/hunan-2024");
  JIXIAO_CHECK(hunan.ok());
  const scoring::LoadedRuleSet rule_set = RuleSetOfCases((*hunan)->rule_set);
  const auto cases = MakeRuleCases(rule_set);
  if (words.size() == 2 && (words[0] == "cases" || words[0] == "outputs")) {
    std::vector<std::string> lines;
    for (const auto& c : cases) lines.push_back(words[0] == "cases" ? c->json : Json(EvaluateAll(*c, rule_set, true)));
    WriteLines(words[1], lines);
    return 0;
  }
  if (words.size() == 3 && words[0] == "time") {
    return Time(cases, rule_set, words[1], std::atof(words[2].c_str()));
  }
  fmt::print(stderr, "usage: bench-rules cases FILE | outputs FILE | time scores|by_name|trace SECONDS\n");
  return 2;
}

}  // namespace
}  // namespace jixiao::bench

int main(int argc, char** argv) { return jixiao::bench::Run({argv + 1, argv + argc}); }
