#include <gtest/gtest.h>

#include "scoring/core/facts/facts.h"
#include "scoring/core/facts/mentions.h"

namespace jixiao::scoring {
namespace {

// A narrative and what it states.
struct Told {
  explicit Told(std::initializer_list<const char*> paragraphs) {
    auto* section = content.add_sections();
    section->set_heading("一般公共预算支出情况");
    for (const char* text : paragraphs) section->add_paragraphs()->set_text(text);
    passages = ReadPassages(content);
    CollectTextFacts(content, passages, facts);
  }

  const Fact* Find(std::string_view key) const { return facts.Find(key); }

  report::v1::ReportContent content;
  std::vector<Passage> passages;
  Facts facts;
};

Told FactsOf(std::initializer_list<const char*> paragraphs) { return Told(paragraphs); }

int64_t ValueOf(const Told& facts, std::string_view key) {
  const Fact* fact = facts.Find(key);
  return fact == nullptr ? -1 : fact->value;
}

TEST(MentionsTest, FindsFiguresWithUnitsAndWords) {
  const auto mentions = FindMentions("2024年“三公经费”预算0.45 万元，其中：公务接待 0 万元。共100余次。");

  ASSERT_EQ(mentions.size(), 3u);
  EXPECT_EQ(mentions[0].label, "2024年三公经费预算");
  EXPECT_EQ(mentions[0].value_micro, 450'000);
  EXPECT_EQ(mentions[0].unit, "万元");
  EXPECT_EQ(mentions[1].label, "公务接待");
  EXPECT_EQ(mentions[1].sentence, 0);
  EXPECT_TRUE(mentions[2].is_approximate);
  EXPECT_EQ(mentions[2].sentence, 1);
}

TEST(MentionsTest, CountsPositionsInTheOriginal) {
  const auto mentions = FindMentions("“支出” 12 万元");
  ASSERT_EQ(mentions.size(), 1u);
  EXPECT_EQ(mentions[0].start_char, 5);
  EXPECT_EQ(mentions[0].char_count, 5);
}

TEST(TextFactsTest, ReadsSpendingAndItsParts) {
  const Told facts =
      FactsOf({"2024年度单位整体支出合计116.95万元，基本支出52.07万元，其中人员经费支出47.52万元，公用经费4.55万元。"});
  EXPECT_EQ(ValueOf(facts, "text.total.executed"), 116'950'000);
  EXPECT_EQ(ValueOf(facts, "text.basic.executed"), 52'070'000);
  EXPECT_EQ(ValueOf(facts, "text.personnel.executed"), 47'520'000);
  EXPECT_EQ(ValueOf(facts, "text.public_funds.executed"), 4'550'000);
}

TEST(TextFactsTest, KeepsBudgetAndSpendingOfThreePublicApart) {
  const Told facts =
      FactsOf({"“三公经费”预算0.45万元，其中：公务接待0.45万元、因公出国（境）费0万元。“三公经费”实际完成0.21万元，"
               "其中：公务用车运行维护费0万元；公务接待费0万元，比上年增加0.21万元。"});
  EXPECT_EQ(ValueOf(facts, "text.three_public.budget"), 450'000);
  EXPECT_EQ(ValueOf(facts, "text.reception.budget"), 450'000);
  EXPECT_EQ(ValueOf(facts, "text.three_public.executed"), 210'000);
  EXPECT_EQ(ValueOf(facts, "text.reception.executed"), 0);
}

TEST(TextFactsTest, TellsQuotaFromHeadcount) {
  const Told facts = FactsOf({"内设编制数为5人，实有人数3人，退休1人。"});
  EXPECT_EQ(ValueOf(facts, "text.staff.authorised"), 5'000);
  EXPECT_EQ(ValueOf(facts, "text.staff.actual"), 3'000);
}

TEST(TextFactsTest, TakesSubHeadingIntoAccount) {
  const Told facts = FactsOf({"（一）基本支出情况", "1.一般公共预算财政拨款支出558.06万元。", "（二）项目支出情况",
                              "1.一般公共预算财政拨款支出842.95万元。"});
  EXPECT_EQ(ValueOf(facts, "text.general.basic"), 558'060'000);
  EXPECT_EQ(ValueOf(facts, "text.general.project"), 842'950'000);
}

TEST(TextFactsTest, NeverUsesAmbiguousFigureAsProof) {
  const Told facts = FactsOf({"基本支出52.07万元。", "基本支出52.70万元。"});
  ASSERT_NE(facts.Find("text.basic.executed"), nullptr);
  EXPECT_TRUE(facts.Find("text.basic.executed")->is_ambiguous);
}

TEST(TextFactsTest, LeavesChangesAndSharesAlone) {
  const Told facts = FactsOf({"基本支出比上年增加3万元，占总支出的44.52%。上年项目支出8万元。"});
  EXPECT_EQ(facts.Find("text.basic.executed"), nullptr);
  EXPECT_EQ(facts.Find("text.project.executed"), nullptr);
}

}  // namespace
}  // namespace jixiao::scoring
