#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "scoring/core/facts/facts.h"
#include "scoring/core/facts/mentions.h"
#include "scoring/core/facts/passages.h"

namespace jixiao::scoring {
namespace {

// A narrative of 2024 and what it states.
struct Told {
  explicit Told(const std::vector<std::string>& paragraphs) {
    content.set_fiscal_year(2024);
    auto* section = content.add_sections();
    section->set_heading("一般公共预算支出情况");
    for (const std::string& text : paragraphs) section->add_paragraphs()->set_text(text);
    passages = ReadPassages(content);
    CollectTextFacts(content, passages, facts);
  }

  const Fact* Find(std::string_view key) const { return facts.Find(key); }

  report::v1::ReportContent content;
  std::vector<Passage> passages;
  Facts facts;
};

Told FactsOf(const std::vector<std::string>& paragraphs) { return Told(paragraphs); }

int64_t ValueOf(const Told& facts, std::string_view key) {
  const Fact* fact = facts.Find(key);
  return fact == nullptr ? -1 : fact->value;
}

constexpr int64_t kAbsent = -1;

struct SentenceCase {
  const char* text;
  const char* key;
  int64_t value;
};

std::ostream& operator<<(std::ostream& out, const SentenceCase& c) { return out << c.text << " " << c.key; }

class SentenceTest : public ::testing::TestWithParam<SentenceCase> {};

TEST_P(SentenceTest, StatesWhatItSays) {
  const Told told({GetParam().text});
  EXPECT_EQ(ValueOf(told, GetParam().key), GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(
    Units, SentenceTest,
    ::testing::Values(SentenceCase{"全年支出1.2亿元。", "text.total.executed", 12'000'000'000},
                      SentenceCase{"全年支出1,169,500元。", "text.total.executed", 116'950'000},
                      SentenceCase{"全年支出 １１６．９５ 万元。", "text.total.executed", 116'950'000},
                      SentenceCase{"全年支出116.95万美元。", "text.total.executed", kAbsent},
                      SentenceCase{"全年支出116.95%。", "text.total.executed", kAbsent},
                      SentenceCase{"全年支出99999999999999999亿元。", "text.total.executed", kAbsent}));

INSTANTIATE_TEST_SUITE_P(
    Qualifiers, SentenceTest,
    ::testing::Values(SentenceCase{"年初预算数为120.54万元，全年预算数117.98万元，全年执行数116.95万元。",
                                   "text.total.initial", 120'540'000},
                      SentenceCase{"年初预算数为120.54万元，全年预算数117.98万元，全年执行数116.95万元。",
                                   "text.total.budget", 117'980'000},
                      SentenceCase{"年初预算数为120.54万元，全年预算数117.98万元，全年执行数116.95万元。",
                                   "text.total.executed", 116'950'000},
                      SentenceCase{"项目支出年初预算50万元，全年执行数40.6万元。", "text.project.initial", 50'000'000},
                      SentenceCase{"项目支出年初预算50万元，全年执行数40.6万元。", "text.project.executed", 40'600'000},
                      SentenceCase{"项目支出年初预算50万元，全年执行数40.6万元。", "text.total.executed", kAbsent},
                      // Parts of a budget are no spending.
                      SentenceCase{"全年预算数117.98万元，其中：基本支出53万元，项目支出64.98万元。",
                                   "text.basic.budget", 53'000'000},
                      SentenceCase{"全年预算数117.98万元，其中：基本支出53万元，项目支出64.98万元。",
                                   "text.basic.executed", kAbsent},
                      SentenceCase{"全年支出116.95万元，其中：基本支出52.07万元。", "text.basic.executed", 52'070'000},
                      SentenceCase{"全年预算数117.98万元，全年支出116.95万元，其中：基本支出52.07万元。",
                                   "text.basic.executed", 52'070'000},
                      // 预算 alone may be either budget.
                      SentenceCase{"基本支出预算52.07万元。", "text.basic.executed", kAbsent},
                      SentenceCase{"一般公共预算收入为90.62万元。", "text.general.income", 90'620'000},
                      SentenceCase{"一般公共预算收入为90.62万元。", "text.general.executed", kAbsent}));

INSTANTIATE_TEST_SUITE_P(
    Years, SentenceTest,
    ::testing::Values(SentenceCase{"2023年基本支出48万元。", "text.basic.prior", 48'000'000},
                      SentenceCase{"2023年基本支出48万元。", "text.basic.executed", kAbsent},
                      SentenceCase{"2023年，我单位基本支出48万元。", "text.basic.prior", 48'000'000},
                      SentenceCase{"1.2023年基本支出48万元。", "text.basic.prior", 48'000'000},
                      SentenceCase{"2024年基本支出52万元，2023年基本支出48万元。", "text.basic.executed", 52'000'000},
                      SentenceCase{"上年项目支出8万元。", "text.project.prior", 8'000'000},
                      SentenceCase{"去年项目支出8万元。", "text.project.executed", kAbsent},
                      SentenceCase{"2025年项目支出90万元。", "text.project.executed", kAbsent},
                      SentenceCase{"2022年基本支出40万元。", "text.basic.prior", kAbsent},
                      SentenceCase{"本中心2019年成立，实有人数4人。", "text.staff.actual", 4'000},
                      SentenceCase{"2023年末实有人数4人。", "text.staff.actual", kAbsent},
                      SentenceCase{"2023年基本支出48万元。项目支出8万元。", "text.project.executed", 8'000'000}));

INSTANTIATE_TEST_SUITE_P(
    Changes, SentenceTest,
    ::testing::Values(
        SentenceCase{"公务接待费0.5万元。“三公经费”实际支出0.5万元，其中公务接待费0.5万元，比上年减少0.21万元。",
                     "text.reception.change", -210'000},
        SentenceCase{"项目支出64万元，同比增长5%。", "text.project.change_rate", 50'000},
        SentenceCase{"项目支出64万元，比上年增加3万元，增长5%。", "text.project.change_rate", 50'000},
        SentenceCase{"项目支出64万元，比上年增加3万元，增长5%。", "text.project.change", 3'000'000},
        SentenceCase{"项目支出64万元，比2023年增加3万元。", "text.project.executed", 64'000'000},
        SentenceCase{"项目支出64万元，比2023年增加3万元。", "text.project.change", 3'000'000},
        SentenceCase{"项目支出比上年减少3万元。", "text.project.change", -3'000'000},
        SentenceCase{"项目支出比上年减少3万元。", "text.project.executed", kAbsent},
        SentenceCase{"追加项目支出3万元。", "text.project.executed", kAbsent}));

INSTANTIATE_TEST_SUITE_P(
    SharesAndRates, SentenceTest,
    ::testing::Values(SentenceCase{"基本支出52.07万元，占总支出的44.52%。", "text.basic.share", 445'200},
                      SentenceCase{"基本支出52.07万元，占总支出的44.52%。", "text.basic.rate", kAbsent},
                      SentenceCase{"公用经费4.55万元，占基本支出的8.74%。", "text.public_funds.share_of_basic", 87'400},
                      SentenceCase{"基本支出52.07万元，占收入的44.52%。", "text.basic.share", kAbsent},
                      SentenceCase{"基本支出52.07万元，预算执行率为98.2%。", "text.basic.rate", 982'000},
                      SentenceCase{"基本支出52.07万元，预算执行率为98.2%。", "text.basic.share", kAbsent},
                      SentenceCase{"部门整体预算执行率为94.5%。", "text.total.rate", 945'000},
                      SentenceCase{"基本支出预算执行率为98.2%。", "text.basic.rate", 982'000},
                      SentenceCase{"基本支出预算执行率为98.2%。", "text.total.rate", kAbsent},
                      SentenceCase{"预算执行率目标为95%。", "text.total.rate", kAbsent},
                      SentenceCase{"上年预算执行率为95%。", "text.total.rate", kAbsent},
                      SentenceCase{"计划执行率为95%。", "text.total.rate", kAbsent}));

INSTANTIATE_TEST_SUITE_P(
    Staff, SentenceTest,
    ::testing::Values(SentenceCase{"核定编制35人，其中行政编制16人，事业编制19人。", "text.staff.authorised", 35'000},
                      SentenceCase{"核定编制35人，其中行政编制16人，事业编制19人。", "text.staff.administrative",
                                   16'000},
                      SentenceCase{"核定编制35人，其中行政编制16人，事业编制19人。", "text.staff.institution", 19'000},
                      SentenceCase{"在职人员6名，退休人员3名。", "text.staff.actual", 6'000},
                      SentenceCase{"在职人员6名，退休人员3名。", "text.staff.retired", 3'000},
                      SentenceCase{"工勤编制2人。", "text.staff.authorised", kAbsent},
                      SentenceCase{"临聘在职人员2人。", "text.staff.actual", kAbsent},
                      SentenceCase{"培训在职人员50人次。", "text.staff.actual", kAbsent}));

INSTANTIATE_TEST_SUITE_P(
    Points, SentenceTest,
    ::testing::Values(SentenceCase{"产出指标得分为30分。", "text.level_score.output", 30'000},
                      SentenceCase{"一级指标效益指标：总分值20分，总得分19分。", "text.level_score.benefit", 19'000},
                      SentenceCase{"一级指标效益指标：总分值20分，总得分19分。", "text.level_weight.benefit", 20'000},
                      SentenceCase{"社会效益指标得分10分。", "text.level_score.benefit", kAbsent},
                      SentenceCase{"数量指标得分15分。", "text.level_score.output", kAbsent},
                      SentenceCase{"产出指标扣2分。", "text.level_score.output", kAbsent},
                      SentenceCase{"自评得分98.5分。", "text.self_score", 98'500},
                      SentenceCase{"满分100分。", "text.self_score", kAbsent},
                      SentenceCase{"自评工作考核得分98分。", "text.work_score", 98'000}));

INSTANTIATE_TEST_SUITE_P(
    Lists, SentenceTest,
    ::testing::Values(SentenceCase{"中心下设3个科室：综合科、业务科、财务科。", "text.lists.0.listed", 3'000},
                      SentenceCase{"中心下设3个科室：综合科、业务科和财务科。", "text.lists.0.listed", 3'000},
                      SentenceCase{"中心下设4个科室：综合科、业务科、财务科。", "text.lists.0.listed", 3'000},
                      SentenceCase{"中心下设四个科室：综合科、业务科、财务科。", "text.lists.0.stated", 4'000},
                      SentenceCase{"中心下设十二个科室：综合科、业务科、财务科。", "text.lists.0.stated", 12'000},
                      SentenceCase{"内设两个股室：党建和群团股、财务股。", "text.lists.0.listed", 2'000},
                      SentenceCase{"内设3个股室：综合股（含档案、保密）、财务股、业务股。", "text.lists.0.listed",
                                   3'000},
                      SentenceCase{"完成3项工作：一是培训、宣传到位；二是整改到位。", "text.lists.0.stated", kAbsent},
                      SentenceCase{"支出3万元：办公费、差旅费。", "text.lists.0.stated", kAbsent},
                      SentenceCase{"落实第三项：培训、宣传。", "text.lists.0.stated", kAbsent}));

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

TEST(TextFactsTest, ReadsSpendingBehindTheBudgetOfThreePublic) {
  const Told facts = FactsOf({"“三公经费”预算20.99万元，实际完成18.11万元，其中：公务接待费2.4万元。"});
  EXPECT_EQ(ValueOf(facts, "text.three_public.budget"), 20'990'000);
  EXPECT_EQ(ValueOf(facts, "text.three_public.executed"), 18'110'000);
  EXPECT_EQ(ValueOf(facts, "text.reception.executed"), 2'400'000);
  const Told other = FactsOf({"“三公经费”预算20.99万元。道路维修实际完成18.11万元。"});
  EXPECT_EQ(ValueOf(other, "text.three_public.executed"), kAbsent);
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

TEST(TextFactsTest, KeepsApproximateFiguresWithoutProof) {
  for (const char* text : {"基本支出约52万元。", "基本支出50余万元。", "基本支出近52万元。", "基本支出52万元左右。",
                           "基本支出超过52万元。", "基本支出50至52万元。", "基本支出50～52万元。"}) {
    const Told told({text});
    ASSERT_NE(told.Find("text.basic.executed"), nullptr) << text;
    EXPECT_TRUE(told.Find("text.basic.executed")->is_approximate) << text;
  }
  EXPECT_FALSE(Told({"基本支出达到52万元。"}).Find("text.basic.executed")->is_approximate);
}

TEST(TextFactsTest, TakesOpenListForApproximateAndFarOnesForAmbiguous) {
  EXPECT_TRUE(Told({"下设3个科室：综合科、业务科等。"}).Find("text.lists.0.listed")->is_approximate);
  EXPECT_TRUE(Told({"下设9个科室：综合科、业务科。"}).Find("text.lists.0.listed")->is_ambiguous);
  EXPECT_TRUE(Told({"下设4个科室：综合科、业务科。"}).Find("text.lists.0.listed")->is_proof());
}

TEST(TextFactsTest, KeepsUnitYearAndPrecision) {
  const Told told({"2023年基本支出48.50万元。"});
  const Fact& fact = *told.Find("text.basic.prior");
  EXPECT_EQ(fact.unit, "万元");
  EXPECT_EQ(fact.year, 2023);
  EXPECT_EQ(fact.decimals, 2);
  EXPECT_EQ(fact.step, 10'000);
  EXPECT_EQ(fact.address().start_char(), 9);
  EXPECT_EQ(fact.address().char_count(), 7);
}

TEST(TextFactsTest, TellsPurchaseFromRunningCosts) {
  const Told both({"三公经费实际支出5万元，其中：公务用车购置费3万元，公务用车运行维护费2万元。"});
  EXPECT_EQ(ValueOf(both, "text.vehicle_purchase.executed"), 3'000'000);
  EXPECT_EQ(ValueOf(both, "text.vehicle_running.executed"), 2'000'000);
  EXPECT_EQ(ValueOf(both, "text.vehicles.executed"), -1);
}

TEST(PassagesTest, ReadsEveryCellThatReflectionFinds) {
  report::v1::ReportContent content;
  int cells = 0;
  const auto fill = [&](auto&& self, google::protobuf::Message& message) -> void {
    if (message.GetDescriptor() == report::v1::Value::descriptor()) {
      static_cast<report::v1::Value&>(message).set_as_written("一段写在表格里的话");
      ++cells;
      return;
    }
    const auto* reflection = message.GetReflection();
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const auto* field = message.GetDescriptor()->field(i);
      if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
      self(self, field->is_repeated() ? *reflection->AddMessage(&message, field)
                                      : *reflection->MutableMessage(&message, field));
    }
  };
  fill(fill, content);
  ASSERT_GT(cells, 40);
  const std::vector<Passage> passages = ReadPassages(content);
  EXPECT_EQ(std::count_if(passages.begin(), passages.end(), [](const Passage& p) { return p.cell != nullptr; }), cells);
}

TEST(PassagesTest, LeavesFiguresOutButNotTelephoneNumbers) {
  report::v1::ReportContent content;
  auto& base = *content.mutable_base_data_table();
  base.mutable_actual_staff()->set_as_written("1,234,567");
  base.mutable_actual_staff()->set_count_milli(1);
  base.mutable_authorised_staff()->set_as_written("13800000000");
  base.mutable_authorised_staff()->set_count_milli(1);
  const std::vector<Passage> passages = ReadPassages(content);
  ASSERT_EQ(passages.size(), 1u);
  EXPECT_EQ(passages[0].text, "13800000000");
}

TEST(MentionsTest, CountsTensOfThousandsAsPartOfTheNumber) {
  const Mentions mentions = FindMentions("录入18万余条，发放3.5万册，投入20万元");
  ASSERT_EQ(mentions.size(), 3u);
  EXPECT_EQ(mentions[0].value_micro, 180'000'000'000);
  EXPECT_EQ(mentions[0].unit, "条");
  EXPECT_TRUE(mentions[0].is_approximate);
  EXPECT_EQ(mentions[1].value_micro, 35'000'000'000);
  EXPECT_EQ(mentions[2].value_micro, 20'000'000);
}

TEST(MentionsTest, TakesNoYearsOrdinalsAndNumbersOfDocuments) {
  EXPECT_TRUE(FindMentions("2024年5月1日，第3次会议，财预〔2024〕15号文件，1、概况。").empty());
}

TEST(MentionsTest, SurvivesBrokenTexts) {
  const std::string sentence = "“支出” 12.5 万元，其中：三个：甲、乙。";
  for (size_t cut = 0; cut <= sentence.size(); ++cut) {
    const std::string text = sentence.substr(cut) + sentence.substr(0, cut);
    for (const Mention& mention : FindMentions(text)) {
      EXPECT_LE(mention.start_char + mention.char_count, static_cast<int64_t>(text.size()));
    }
  }
}

}  // namespace
}  // namespace jixiao::scoring
