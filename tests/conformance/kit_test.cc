// Holds the kit itself to its promises: same seed same bytes, clean is clean,
// labels tell exactly what was changed, and a blind or noisy checker is found
// out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <functional>
#include <map>
#include <set>

#include "common/base/text.h"
#include "conformance/run.h"
#include "intake/core/filing/validate_report.h"
#include "scoring/adapters/load_rule_sets.h"

namespace jixiao::conformance {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

const std::vector<Profile>& Profiles() {
  static const std::vector<Profile>* const profiles = [] {
    const char* root = std::getenv("JIXIAO_SOURCE_DIR");
    auto* sets = new scoring::RuleSets(*scoring::LoadRuleSets(std::string(root == nullptr ? "." : root) + "/rulesets"));
    return new std::vector<Profile>(ProfilesOf(*sets));
  }();
  return *profiles;
}

std::string NameOf(const Profile& profile) { return profile.rule_set->rule_set.name(); }

TEST(GeneratorTest, SameSeedGivesTheSameBytesAndAnotherSeedOthers) {
  for (const Profile& profile : Profiles()) {
    const std::string once = MakeClean(profile, 7, 3).report.SerializeAsString();
    EXPECT_EQ(once, MakeClean(profile, 7, 3).report.SerializeAsString()) << NameOf(profile);
    EXPECT_NE(once, MakeClean(profile, 8, 3).report.SerializeAsString()) << NameOf(profile);
    EXPECT_NE(once, MakeClean(profile, 7, 4).report.SerializeAsString()) << NameOf(profile);
  }
}

TEST(GeneratorTest, ReportsMayBeFiledAsTheyAre) {
  for (const Profile& profile : Profiles()) {
    for (uint64_t i = 0; i < 20; ++i) {
      const report::v1::Report report = MakeClean(profile, 11, i).report;
      const absl::Status valid = intake::ValidateReport(report.SerializeAsString(), "report").status();
      EXPECT_TRUE(valid.ok()) << NameOf(profile) << ": " << valid.message();
    }
  }
}

TEST(GeneratorTest, EverythingThatMustAgreeDoes) {
  for (const Profile& profile : Profiles()) {
    for (uint64_t i = 0; i < 20; ++i) {
      const Generated made = Generate(profile, SeedFor(13, i));
      const std::vector<Comparison> comparisons = Compare(made.draft, profile.rule_set->rule_set);
      EXPECT_GE(comparisons.size(), 2u) << NameOf(profile);
      for (const Comparison& comparison : comparisons) {
        EXPECT_TRUE(comparison.holds) << NameOf(profile) << " " << comparison.rule_id << " "
                                      << made.draft.at(comparison.figures[0]).key;
      }
    }
  }
}

TEST(GeneratorTest, SentencesHoldTheFiguresThatAreKept) {
  for (const Profile& profile : Profiles()) {
    const Generated made = Generate(profile, 17);
    for (size_t i = 0; i < made.draft.figures().size(); ++i) {
      const Figure& figure = made.draft.figures()[i];
      if (figure.cell != nullptr) continue;
      const auto& paragraph = made.draft.report().content().sections(figure.section).paragraphs(figure.paragraph);
      const std::u32string chars = ToCodePoints(paragraph.text());
      EXPECT_EQ(ToUtf8(std::u32string_view(chars).substr(static_cast<size_t>(figure.start_char),
                                                         static_cast<size_t>(CodePointCount(figure.text)))),
                figure.text);
    }
  }
}

// Text of every cell and paragraph with its place.
std::map<std::string, std::string> Texts(const report::v1::Report& report) {
  std::map<std::string, std::string> texts;
  const auto key = [](const report::v1::Address& a) {
    return fmt::format("{}/{}/{}/{}", a.part(), a.part_index(), a.row_index(), a.column_index());
  };
  const std::function<void(const google::protobuf::Message&)> walk = [&](const google::protobuf::Message& message) {
    if (message.GetDescriptor() == report::v1::Value::descriptor()) {
      const auto& value = static_cast<const report::v1::Value&>(message);
      texts[key(value.address())] = value.as_written();
      return;
    }
    std::vector<const google::protobuf::FieldDescriptor*> fields;
    message.GetReflection()->ListFields(message, &fields);
    for (const auto* field : fields) {
      if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
      if (!field->is_repeated()) {
        walk(message.GetReflection()->GetMessage(message, field));
        continue;
      }
      for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
        walk(message.GetReflection()->GetRepeatedMessage(message, field, i));
      }
    }
  };
  walk(report);
  for (int s = 0; s < report.content().sections_size(); ++s) {
    for (int p = 0; p < report.content().sections(s).paragraphs_size(); ++p) {
      report::v1::Address address;
      address.set_part(report::v1::PART_SECTION);
      address.set_part_index(s);
      address.set_row_index(p);
      texts[key(address)] = report.content().sections(s).paragraphs(p).text();
    }
  }
  return texts;
}

std::set<std::string> PlacesOf(const v1::Mistake& mistake) {
  std::set<std::string> places;
  for (const auto* changes : {&mistake.changes(), &mistake.consequences()}) {
    for (const auto& change : *changes) {
      const auto& a = change.address();
      places.insert(fmt::format("{}/{}/{}/{}", a.part(), a.part_index(), a.row_index(), a.column_index()));
    }
  }
  return places;
}

TEST(PlantingTest, ChangesExactlyTheLabelledCells) {
  int planted = 0;
  for (const Profile& profile : Profiles()) {
    for (const auto& kinds : {FigureKinds(), BlockKinds()}) {
      for (const Kind& kind : kinds) {
        if (!Applies(kind, profile)) continue;
        for (uint64_t seed = 0; seed < 30; ++seed) {
          Generated made = Generate(profile, seed);
          const auto before = Texts(made.draft.report());
          Random random(seed);
          Planting planting(profile, made, random);
          if (!kind.plant(planting)) continue;
          std::set<std::string> changed;
          for (const auto& [place, text] : Texts(made.draft.report())) {
            if (before.at(place) != text) changed.insert(place);
          }
          EXPECT_EQ(changed, PlacesOf(planting.mistake())) << kind.id;
          ++planted;
          break;
        }
      }
    }
  }
  EXPECT_GT(planted, 25);
}

TEST(PlantingTest, ThereAreAtLeastTwentyFiveKindsAndEachIsPlantedSomewhere) {
  int planted = 0;
  for (const Kind& kind : Kinds()) {
    const std::array<const Kind*, 1> kinds = {&kind};
    for (const Profile& profile : Profiles()) {
      if (!Applies(kind, profile) || !MakeSpoilt(profile, kinds, 5, 0, nullptr)) continue;
      ++planted;
      break;
    }
  }
  EXPECT_GE(planted, 25);
}

TEST(PlantingTest, ASlipThatBreaksNothingIsDrawnAgain) {
  const Kind harmless{"HARMLESS", "", [](Planting& planting) { return planting.ExpectBroken({}); }, {}, false, false};
  const std::array<const Kind*, 1> kinds = {&harmless};
  Draws draws;
  EXPECT_FALSE(MakeSpoilt(Profiles()[0], kinds, 1, 0, &draws));
  EXPECT_EQ(draws.planted, 0);
  EXPECT_GT(draws.tried, 1);
}

TEST(RunTest, FindsABlindedCheckerOut) {
  const auto blinded = [](const report::v1::Report& report,
                          const scoring::LoadedRuleSet& rule_set) -> absl::StatusOr<Findings> {
    scoring::LoadedRuleSet without = rule_set;
    auto* rules = without.rule_set.mutable_rules();
    rules->erase(std::remove_if(rules->begin(), rules->end(), [](const auto& r) { return r.id() == "EXEC_RATE"; }),
                 rules->end());
    return CheckByEngine(report, without);
  };
  const auto detected = [&](const Checker& checker) {
    const auto results = conformance::Run(Profiles(), {3, 4, 0}, checker);
    for (const KindResult& kind : results->kinds) {
      if (kind.id == "WRONG_RATE") return kind.tally.detected * 100 / kind.tally.count;
    }
    return int64_t{-1};
  };
  EXPECT_EQ(detected(CheckByEngine), 100);
  EXPECT_EQ(detected(blinded), 0);
}

TEST(RunTest, FindsANoisyCheckerOut) {
  const auto noisy = [](const report::v1::Report&, const scoring::LoadedRuleSet&) -> absl::StatusOr<Findings> {
    Findings findings;
    findings.Add()->set_severity(scoring::v1::SEVERITY_EXPLAIN);
    return findings;
  };
  const auto results = conformance::Run(Profiles(), {3, 1, 0}, noisy);
  ASSERT_TRUE(results.ok());
  EXPECT_EQ(results->single.detected, 0);
  EXPECT_EQ(results->clean[0].with_findings, results->clean[0].count);
  EXPECT_THAT(MissedAims(*results, Aims{}), Not(IsEmpty()));
}

TEST(RunTest, GradesAnswersAsItGradesTheEngine) {
  v1::Labels labels;
  v1::Answers answers;
  const RunArguments arguments{9, 1, 0};
  const auto keep = [&](const Case& made) {
    v1::ReportLabel& label = *labels.add_reports();
    label = made.label;
    label.set_report_id(fmt::format("{}", labels.reports_size()));
    v1::ReportAnswer& answer = *answers.add_reports();
    answer.set_report_id(label.report_id());
    *answer.mutable_findings() = *CheckByEngine(made.report, *made.profile->rule_set);
    return absl::OkStatus();
  };
  ASSERT_TRUE(MakeCases(Profiles(), arguments, keep, nullptr).ok());
  const auto run = conformance::Run(Profiles(), arguments, CheckByEngine);
  const Results graded = Grade(labels, answers);
  EXPECT_EQ(graded.single.detected, run->single.detected);
  EXPECT_EQ(graded.single.cells_right, run->single.cells_right);
  EXPECT_EQ(graded.reports, run->reports);
  EXPECT_EQ(Grade(labels, {}).single.detected, 0);
}

v1::Mistake ExampleMistake() {
  v1::Mistake mistake;
  mistake.add_rule_ids("EXEC_RATE");
  auto& change = *mistake.add_changes();
  change.mutable_address()->set_part(report::v1::PART_EVALUATION_TABLE);
  change.mutable_address()->set_part_index(0);
  change.mutable_address()->set_row_index(2);
  change.mutable_address()->set_column_index(4);
  change.set_from("116.59");
  change.set_to("116.95");
  *mistake.add_places() = change.address();
  mistake.add_causes(scoring::v1::CAUSE_DIGITS_EXCHANGED);
  return mistake;
}

Findings ExampleFindings(const v1::Mistake& mistake) {
  Findings findings;
  auto& finding = *findings.Add();
  finding.set_rule_id("EXEC_RATE");
  *finding.add_places() = mistake.places(0);
  auto& suggestion = *finding.add_suggestions();
  suggestion.set_cause(scoring::v1::CAUSE_DIGITS_EXCHANGED);
  *suggestion.add_changes() = mistake.changes(0);
  return findings;
}

TEST(MeasureTest, RightAnswerIsRight) {
  const v1::Mistake mistake = ExampleMistake();
  const Outcome outcome = Measure(mistake, ExampleFindings(mistake));
  EXPECT_TRUE(outcome.is_detected);
  EXPECT_TRUE(outcome.is_cause_right);
  EXPECT_TRUE(outcome.are_cells_right);
}

TEST(MeasureTest, WrongRulePlaceCauseCellOrValueIsWrong) {
  const v1::Mistake mistake = ExampleMistake();
  Findings other_rule = ExampleFindings(mistake);
  other_rule[0].set_rule_id("PII");
  EXPECT_FALSE(Measure(mistake, other_rule).is_detected);
  Findings other_place = ExampleFindings(mistake);
  other_place[0].mutable_places(0)->set_row_index(3);
  EXPECT_FALSE(Measure(mistake, other_place).is_detected);
  Findings other_cause = ExampleFindings(mistake);
  other_cause[0].mutable_suggestions(0)->set_cause(scoring::v1::CAUSE_SIGN);
  EXPECT_FALSE(Measure(mistake, other_cause).is_cause_right);
  Findings other_value = ExampleFindings(mistake);
  other_value[0].mutable_suggestions(0)->mutable_changes(0)->set_to("116.94");
  EXPECT_TRUE(Measure(mistake, other_value).is_cause_right);
  EXPECT_FALSE(Measure(mistake, other_value).are_cells_right);
  Findings one_more = ExampleFindings(mistake);
  one_more[0].mutable_suggestions(0)->add_changes()->mutable_address()->set_row_index(9);
  EXPECT_FALSE(Measure(mistake, one_more).are_cells_right);
  Findings folded = ExampleFindings(mistake);
  folded[0].add_caused_by("X-1");
  EXPECT_FALSE(Measure(mistake, folded).is_cause_right);
}

TEST(MeasureTest, ATieIsRightOnlyWhereNothingDecides) {
  v1::Mistake mistake = ExampleMistake();
  Findings tie = ExampleFindings(mistake);
  auto& first = *tie[0].mutable_suggestions(0);
  first.set_likelihood(scoring::v1::LIKELIHOOD_TIED);
  *tie[0].add_suggestions() = first;
  tie[0].mutable_suggestions(0)->mutable_changes(0)->mutable_address()->set_row_index(7);
  EXPECT_TRUE(Measure(mistake, tie).is_tie);
  EXPECT_FALSE(Measure(mistake, tie).are_cells_right);
  mistake.set_is_undecidable(true);
  EXPECT_TRUE(Measure(mistake, tie).are_cells_right);
}

}  // namespace
}  // namespace jixiao::conformance
