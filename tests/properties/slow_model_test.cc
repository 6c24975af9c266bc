// The engine's scores against an independent model in Python's decimal
// (slow_model.py), on random reports under every rule set.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "common/base/log.h"
#include "common/testing/child_process.h"
#include "common/testing/temp_dir.h"
#include "properties/random_report.h"
#include "scoring/adapters/load_rule_sets.h"
#include "scoring/core/score_report.h"

namespace jixiao::testing {
namespace {

constexpr int kReports = 100;
constexpr uint64_t kFirstSeed = 1'000;

std::string Json(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  JIXIAO_CHECK(google::protobuf::util::MessageToJsonString(message, &json, options).ok());
  return json;
}

struct Finished {
  int exit_code;
  std::string output;
};

Finished RunSlowModel(const std::string& file) {
  ChildProcess process({"/usr/bin/env", "python3", SourcePath("tests/properties/slow_model.py"), file});
  const int exit_code = process.WaitForExit(absl::Minutes(3)).value_or(-1);
  return {exit_code, process.Output()};
}

class SlowModelTest : public ::testing::Test {
 protected:
  SlowModelTest() : rule_sets_(*scoring::LoadRuleSets(SourcePath("rulesets"))) {
    for (const auto& loaded : rule_sets_.all()) lines_ += "{\"rule_set\":" + Json(loaded.rule_set) + "}\n";
  }

  void Add(const report::v1::Report& report, const scoring::v1::ScoreCard& card) {
    lines_ += "{\"report\":" + Json(report) + ",\"card\":" + Json(card) + "}\n";
  }

  Finished Compare() {
    WriteFile(dir_.File("reports.jsonl"), lines_);
    return RunSlowModel(dir_.File("reports.jsonl"));
  }

  const scoring::RuleSets rule_sets_;
  TempDir dir_;
  std::string lines_;
};

TEST_F(SlowModelTest, AgreesWithEveryRowTotalAndGrade) {
  for (const auto& loaded : rule_sets_.all()) {
    for (uint64_t i = 0; i < kReports; ++i) {
      const auto report = RandomReport(kFirstSeed + i, loaded.rule_set);
      Add(report, ScoreReport(report, "sha256:0", loaded, {}));
    }
  }

  const Finished compared = Compare();

  EXPECT_EQ(compared.exit_code, 0);
  EXPECT_THAT(compared.output, ::testing::HasSubstr(": 0 differences"));
  std::cout << compared.output;
}

TEST_F(SlowModelTest, NoticesAScoreThatIsOffByAThousandth) {
  const auto& loaded = rule_sets_.all().front();
  const auto report = RandomReport(kFirstSeed, loaded.rule_set);
  auto card = ScoreReport(report, "sha256:0", loaded, {});
  auto& row = *card.mutable_tables(0)->mutable_rows(1);
  row.set_supported_low_milli(row.supported_low_milli() + 1);
  Add(report, card);

  const Finished compared = Compare();

  EXPECT_EQ(compared.exit_code, 1);
  EXPECT_THAT(compared.output, ::testing::HasSubstr("rows[1]"));
}

}  // namespace
}  // namespace jixiao::testing
