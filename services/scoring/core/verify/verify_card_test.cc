#include "scoring/core/verify/verify_card.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/digest.h"
#include "common/testing/status_matchers.h"
#include "scoring/core/score_report.h"
#include "scoring/testing/rule_files.h"

namespace jixiao::scoring {
namespace {

using jixiao::testing::IsOk;

const RuleSets& Sets() {
  static const RuleSets* const sets = new RuleSets(
      *RuleSets::Create({testing::ShippedRuleSet("hunan-2024"), testing::ShippedRuleSet("zhengzhou-2021")}));
  return *sets;
}

// The same rules after an edit that changes no score: what is pinned is their text.
RuleSets EditedSets() {
  const std::string text = testing::ReadRuleFile("hunan-2024/ruleset.textproto") + "\n# edited\n";
  return *RuleSets::Create({*ParseRuleSet(text, testing::ShippedRuleTexts())});
}

// Two rows and an execution rate: enough for a card with rows to tamper with.
std::string ReportBytes() {
  report::v1::Report report;
  auto& content = *report.mutable_content();
  content.set_fiscal_year(2024);
  content.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  content.mutable_unit()->set_division_code("430611");
  auto& table = *content.add_evaluation_tables();
  table.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  for (int i = 0; i < 2; ++i) {
    auto& row = *table.add_indicators();
    row.set_level1("产出");
    row.mutable_level3()->set_as_written("培训期数");
    row.mutable_target()->set_as_written("≥10期");
    row.mutable_actual()->set_as_written("9期");
    row.mutable_weight()->set_points_milli(10'000);
    row.mutable_score()->set_points_milli(9'000);
  }
  return report.SerializeAsString();
}

v1::ScoreCard CardOf(const std::string& report_bytes, const v1::ScoringContext& context = {}) {
  report::v1::Report report;
  EXPECT_TRUE(report.ParseFromString(report_bytes));
  return ScoreReport(report, ContentDigest(report_bytes), **Sets().Find("rulesets/hunan-2024"), context);
}

VerifiedCard Verify(const std::string& report, const v1::ScoreCard& card, const std::string& context = "") {
  const auto verified = VerifyCard(report, ScoreCardBytes(card), context, Sets());
  EXPECT_THAT(verified, IsOk());
  return verified.ok() ? *verified : VerifiedCard{Verification::kOtherBytes, {}};
}

TEST(VerifyCardTest, DerivesTheSameBytesAgain) {
  EXPECT_EQ(Verify(ReportBytes(), CardOf(ReportBytes())).verification, Verification::kIdentical);
}

TEST(VerifyCardTest, NamesTheFirstFieldThatWasTamperedWith) {
  v1::ScoreCard card = CardOf(ReportBytes());
  card.mutable_tables(0)->mutable_rows(2)->set_supported_low_milli(10'000);
  card.mutable_tables(0)->set_supported_low_milli(19'000);

  const VerifiedCard verified = Verify(ReportBytes(), card);

  EXPECT_EQ(verified.verification, Verification::kDifferent);
  EXPECT_EQ(verified.difference.path, "tables[0].rows[2].supported_low_milli");
  EXPECT_EQ(verified.difference.stored, "10000");
  EXPECT_EQ(verified.difference.derived, "9000");
}

TEST(VerifyCardTest, NoticesARemovedFinding) {
  v1::ScoreCard card = CardOf(ReportBytes());
  ASSERT_GT(card.findings_size(), 0);
  card.mutable_findings()->RemoveLast();

  const VerifiedCard verified = Verify(ReportBytes(), card);

  EXPECT_EQ(verified.verification, Verification::kDifferent);
  EXPECT_THAT(verified.difference.path, ::testing::StartsWith("findings["));
  EXPECT_EQ(verified.difference.stored, "");
}

TEST(VerifyCardTest, NoticesBytesThatSomebodySerializedAgain) {
  // The same fields in another order: equal values, other bytes.
  v1::ScoreCard card = CardOf(ReportBytes());
  v1::ScoreCard head;
  head.set_report_digest(card.report_digest());
  card.clear_report_digest();
  const std::string reordered = ScoreCardBytes(card) + ScoreCardBytes(head);

  const auto verified = VerifyCard(ReportBytes(), reordered, "", Sets());

  ASSERT_THAT(verified, IsOk());
  EXPECT_EQ(verified->verification, Verification::kOtherBytes);
}

TEST(VerifyCardTest, TellsAnotherReportFromAnotherScore) {
  report::v1::Report other;
  ASSERT_TRUE(other.ParseFromString(ReportBytes()));
  other.mutable_content()->set_title("另一份");

  const VerifiedCard verified = Verify(other.SerializeAsString(), CardOf(ReportBytes()));

  EXPECT_EQ(verified.verification, Verification::kOtherReport);
  EXPECT_EQ(verified.difference.stored, ContentDigest(ReportBytes()));
}

TEST(VerifyCardTest, RefusesToJudgeByAnotherRuleSetOrEngine) {
  v1::ScoreCard card = CardOf(ReportBytes());
  card.set_rule_set_digest(ContentDigest("the rules of another day"));
  EXPECT_EQ(Verify(ReportBytes(), card).verification, Verification::kRuleSetNotLoaded);
  card = CardOf(ReportBytes());
  card.set_rule_set("rulesets/none");
  EXPECT_EQ(Verify(ReportBytes(), card).verification, Verification::kRuleSetNotLoaded);
  card = CardOf(ReportBytes());
  card.set_engine_version("0");
  EXPECT_EQ(Verify(ReportBytes(), card).verification, Verification::kOtherEngine);
}

TEST(VerifyCardTest, TakesTheContextThatTheCardNames) {
  v1::ScoringContext context;
  context.set_late_working_day_count(2);
  const v1::ScoreCard card = CardOf(ReportBytes(), context);
  v1::ScoringContext other;
  other.set_late_working_day_count(3);

  EXPECT_EQ(Verify(ReportBytes(), card).verification, Verification::kIdentical);
  EXPECT_EQ(Verify(ReportBytes(), card, context.SerializeAsString()).verification, Verification::kIdentical);
  EXPECT_EQ(Verify(ReportBytes(), card, other.SerializeAsString()).verification, Verification::kDifferent);
}

TEST(VerifyCardTest, NoticesAChangeOfEachOfTheFourThingsThatPinACard) {
  v1::ScoringContext context;
  context.set_late_working_day_count(2);
  const v1::ScoreCard card = CardOf(ReportBytes(), context);
  ASSERT_EQ(Verify(ReportBytes(), card).verification, Verification::kIdentical);

  report::v1::Report report;
  ASSERT_TRUE(report.ParseFromString(ReportBytes()));
  report.mutable_content()->set_title("另一份");
  EXPECT_EQ(Verify(report.SerializeAsString(), card).difference.path, "report_digest");

  const auto by_edited_rules = VerifyCard(ReportBytes(), ScoreCardBytes(card), "", EditedSets());
  ASSERT_THAT(by_edited_rules, IsOk());
  EXPECT_EQ(by_edited_rules->difference.path, "rule_set_digest");

  v1::ScoreCard of_other_engine = card;
  of_other_engine.set_engine_version("0");
  EXPECT_EQ(Verify(ReportBytes(), of_other_engine).difference.path, "engine_version");

  context.set_late_working_day_count(3);
  const VerifiedCard in_other_context = Verify(ReportBytes(), card, context.SerializeAsString());
  EXPECT_EQ(in_other_context.verification, Verification::kDifferent);
  EXPECT_NE(in_other_context.difference.stored, in_other_context.difference.derived);
}

TEST(VerifyCardTest, RefusesBytesThatAreNoCard) {
  EXPECT_FALSE(VerifyCard(ReportBytes(), "\xff\xff", "", Sets()).ok());
  EXPECT_FALSE(VerifyCard("\xff\xff", ScoreCardBytes(CardOf(ReportBytes())), "", Sets()).ok());
}

}  // namespace
}  // namespace jixiao::scoring
