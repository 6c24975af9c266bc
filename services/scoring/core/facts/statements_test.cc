#include "scoring/core/facts/statements.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jixiao::scoring {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> Texts(const std::vector<std::string>& paragraphs) {
  report::v1::ReportContent content;
  content.add_sections()->set_role(report::v1::SECTION_ROLE_BASIC_INFORMATION);
  auto* section = content.add_sections();
  section->set_role(report::v1::SECTION_ROLE_PROBLEMS);
  for (const std::string& text : paragraphs) section->add_paragraphs()->set_text(text);
  std::vector<std::string> texts;
  for (const Statement& statement : ReadStatements(content, {report::v1::SECTION_ROLE_PROBLEMS})) {
    texts.push_back(statement.text);
  }
  return texts;
}

TEST(ReadStatementsTest, ReadsOneStatementForEachNumber) {
  EXPECT_THAT(Texts({"1、目标编制不细，指标偏少。", "2、资产盘点不及时，账实不符。"}),
              ElementsAre("目标编制不细，指标偏少。", "资产盘点不及时，账实不符。"));
  EXPECT_THAT(Texts({"一是目标编制不细，指标偏少；二是资产盘点不及时，账实不符。"}),
              ElementsAre("目标编制不细，指标偏少；", "资产盘点不及时，账实不符。"));
  EXPECT_THAT(Texts({"（一）目标编制不细，指标偏少。（二）资产盘点不及时，账实不符。"}),
              ElementsAre("目标编制不细，指标偏少。", "资产盘点不及时，账实不符。"));
}

TEST(ReadStatementsTest, TakesParagraphsWhereNothingIsNumbered) {
  EXPECT_THAT(Texts({"存在以下问题：", "目标编制不细，指标偏少。", "资产盘点不及时，账实不符。"}),
              ElementsAre("目标编制不细，指标偏少。", "资产盘点不及时，账实不符。"));
}

TEST(ReadStatementsTest, PutsAHeadingInFrontOfWhatStandsUnderIt) {
  EXPECT_THAT(Texts({"（一）履职效能方面", "一是力量不足，兼职较多；二是配合不够，进度偏慢。", "（二）采购方面",
                     "计划与执行有出入，未及时调整。"}),
              ElementsAre("履职效能方面 力量不足，兼职较多；", "履职效能方面 配合不够，进度偏慢。",
                          "采购方面 计划与执行有出入，未及时调整。"));
}

TEST(ReadStatementsTest, CountsAHeadingWithNothingUnderIt) {
  EXPECT_THAT(Texts({"1、资金不足", "2、人手不足", "3、由于专业性强，业务科室参与不多，指标质量不高。"}),
              ElementsAre("资金不足", "人手不足", "由于专业性强，业务科室参与不多，指标质量不高。"));
}

TEST(ReadStatementsTest, AddsAnExplanationToItsStatement) {
  EXPECT_THAT(Texts({"1、支付进度偏慢，年底集中支付。", "主要原因是验收较晚。"}),
              ElementsAre("支付进度偏慢，年底集中支付。主要原因是验收较晚。"));
}

TEST(ReadStatementsTest, DoesNotTakeFiguresForNumbers) {
  EXPECT_THAT(Texts({"1.5万元结余未及时上缴；2024年应上缴。"}), ElementsAre(HasSubstr("1.5万元结余")));
}

TEST(ReadStatementsTest, FindsNothingInEmptySections) {
  EXPECT_THAT(Texts({"无", "无。", "", "暂无其他问题。"}), IsEmpty());
}

TEST(ReadStatementsTest, PointsAtTheCharactersOfTheStatement) {
  report::v1::ReportContent content;
  auto* section = content.add_sections();
  section->set_role(report::v1::SECTION_ROLE_PROBLEMS);
  section->add_paragraphs()->set_text("一是目标编制不细，指标偏少；二是资产盘点不及时，账实不符。");

  const auto statements = ReadStatements(content, {report::v1::SECTION_ROLE_PROBLEMS});

  ASSERT_EQ(statements.size(), 2U);
  EXPECT_EQ(statements[1].place.start_char(), 16);
  EXPECT_EQ(statements[1].place.char_count(), 13);
}

TEST(StatementWordsTest, TellsLackOfMoneyFromLackOfOrder) {
  EXPECT_TRUE(LamentsMoneyOnly("工作经费不足，难以满足需要。"));
  EXPECT_TRUE(LamentsMoneyOnly("财力有限，资金缺口较大。"));
  EXPECT_FALSE(LamentsMoneyOnly("资金支付进度偏慢。"));
  EXPECT_FALSE(LamentsMoneyOnly("经费不足，且人员配备不到位。"));
  EXPECT_FALSE(LamentsMoneyOnly("缺乏专门的人才。"));
}

TEST(StatementWordsTest, TellsMoreMoneyFromBetterUse) {
  EXPECT_TRUE(AsksForMoneyOnly("加大资金投入。"));
  EXPECT_FALSE(AsksForMoneyOnly("加强资金管理。"));
  EXPECT_FALSE(AsksForMoneyOnly("加强人员培训。"));
}

TEST(StatementWordsTest, TellsMeasuresFromDifficulties) {
  EXPECT_FALSE(NamesDifficultyOnly("加强业务培训，补上薄弱环节。"));
  EXPECT_FALSE(NamesDifficultyOnly("每年盘点资产，核对财务账。"));
  EXPECT_TRUE(NamesDifficultyOnly("绩效工作政策性强，对财务人员是新的挑战。"));
  EXPECT_TRUE(NamesCause("由于验收较晚，支付偏慢。"));
  EXPECT_FALSE(NamesCause("支付偏慢。"));
}

}  // namespace
}  // namespace jixiao::scoring
