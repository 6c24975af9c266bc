// Prints a digest of every score card of the samples and of random reports under
// every rule set, for ./dev check reproducible: the output must be the same from
// every build, on every machine, under every locale, by any number of threads.
//
//   card-digests [THREADS]
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <locale>
#include <map>
#include <sstream>
#include <thread>

#include "common/base/digest.h"
#include "common/base/log.h"
#include "intake/reader/form/read_text_report.h"
#include "intake/testing/documents/shipped_reader_data.h"
#include "properties/random_report.h"
#include "scoring/adapters/load_rule_sets.h"
#include "scoring/core/score_report.h"

namespace jixiao {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kReportsPerRuleSet = 100;

struct Work {
  std::string name;
  report::v1::Report report;
  const scoring::LoadedRuleSet* rule_set;
  std::string digest;
};

void AddSamples(const fs::path& folder, const scoring::RuleSets& rule_sets, std::vector<Work>& work) {
  std::map<std::string, std::string> documents;  // in the order of their names
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    documents[entry.path().filename().string()] = text.str();
  }
  for (const auto& [name, document] : documents) {
    const auto report = intake::ReadTextReport(document, intake::testing::ShippedReaderData());
    JIXIAO_CHECK(report.ok());
    const auto rule_set = rule_sets.FindFor(report->content());
    JIXIAO_CHECK(rule_set.ok());
    work.push_back({name, *report, *rule_set, ""});
  }
}

std::string Digest(const Work& work) {
  const std::string digest = ContentDigest(work.report.SerializeAsString());
  return ContentDigest(scoring::ScoreCardBytes(scoring::ScoreReport(work.report, digest, *work.rule_set, {})));
}

int Run(size_t thread_count) {
  const char* dir = std::getenv("JIXIAO_SOURCE_DIR");
  const fs::path root = dir == nullptr ? fs::path(".") : fs::path(dir);
  const auto rule_sets = scoring::LoadRuleSets((root / "rulesets").string());
  JIXIAO_CHECK(rule_sets.ok());
  std::vector<Work> work;
  AddSamples(root / "tests" / "testdata" / "samples", *rule_sets, work);
  for (const auto& rule_set : rule_sets->all()) {
    for (uint64_t seed = 0; seed < kReportsPerRuleSet; ++seed) {
      work.push_back({rule_set.rule_set.name() + " " + std::to_string(seed),
                      testing::RandomReport(seed, rule_set.rule_set), &rule_set, ""});
    }
  }
  std::vector<std::thread> threads;
  for (size_t t = 0; t < thread_count; ++t) {
    threads.emplace_back([&, t] {
      for (size_t i = t; i < work.size(); i += thread_count) work[i].digest = Digest(work[i]);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Work& done : work) std::printf("%s  %s\n", done.digest.c_str(), done.name.c_str());
  return 0;
}

}  // namespace
}  // namespace jixiao

int main(int argc, char** argv) {
  // Whatever the environment says, as a careless library or host might.
  std::setlocale(LC_ALL, "");
  try {
    std::locale::global(std::locale(""));
  } catch (const std::runtime_error&) {
    std::fprintf(stderr, "the locale of the environment is not installed\n");
    return 2;
  }
  const int threads = argc > 1 ? std::atoi(argv[1]) : 1;
  return jixiao::Run(static_cast<size_t>(threads < 1 ? 1 : threads));
}
