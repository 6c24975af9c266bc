#include "intake/reader/labels/form_labels.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "common/base/errors.h"
#include "common/testing/shipped_divisions.h"
#include "common/testing/temp_dir.h"

namespace jixiao::intake {
namespace {

using ::testing::HasSubstr;

const std::string& ShippedPath() {
  static const std::string path = ::jixiao::testing::ShippedRuleSets() + "/forms/labels.textproto";
  return path;
}

FormLabels Shipped() { return FormLabels::Load(ShippedPath()).value(); }

std::string TextOf(const forms::v1::FormLabels& words) {
  std::string text;
  google::protobuf::TextFormat::PrintToString(words, &text);
  return text;
}

TEST(FormLabelsTest, TheFirstEntryThatFitsDecides) {
  const FormLabels labels = Shipped();

  EXPECT_EQ(labels.FundColumnOf("得分(20分*执行率)"), forms::v1::FUND_COLUMN_SCORE);
  EXPECT_EQ(labels.FundColumnOf("预算执行率(B/A)"), forms::v1::FUND_COLUMN_RATE);
  EXPECT_EQ(labels.FundColumnOf("年初预算数(万元):"), forms::v1::FUND_COLUMN_INITIAL);
  EXPECT_EQ(labels.FundColumnOf("全年预算数(A)"), forms::v1::FUND_COLUMN_ADJUSTED);
  EXPECT_EQ(labels.IndicatorColumnOf("完成率"), forms::v1::INDICATOR_COLUMN_UNSPECIFIED);
  EXPECT_EQ(labels.IndicatorColumnOf("实际完成值"), forms::v1::INDICATOR_COLUMN_ACTUAL);
  EXPECT_EQ(labels.IndicatorColumnOf("指标值"), forms::v1::INDICATOR_COLUMN_TARGET);
  EXPECT_EQ(labels.SectionRoleOf("存在的问题及改进措施"), report::v1::SECTION_ROLE_PROBLEMS_AND_IMPROVEMENTS);
  EXPECT_EQ(labels.SectionRoleOf("存在的问题"), report::v1::SECTION_ROLE_PROBLEMS);
  EXPECT_EQ(labels.CostItemOf("(2)公务用车购置费"), report::v1::COST_ITEM_VEHICLE_PURCHASE);
  EXPECT_EQ(labels.CostItemOf("别的"), report::v1::COST_ITEM_OTHER);
  EXPECT_TRUE(labels.IsSideLabel("预算执行情况(万元)(20分)"));
  EXPECT_FALSE(labels.IsSideLabel(""));
  EXPECT_TRUE(labels.IsAnnexLine("附件1:"));
  EXPECT_FALSE(labels.IsAnnexLine("附件清单"));
  EXPECT_EQ(labels.Level1Of("社会效益"), "效益");
}

TEST(FormLabelsTest, EveryListOfWordsHasToHold) {
  forms::v1::Words words;
  words.add_ends("表");
  words.add_has("自评");
  words.add_has("评价");
  words.add_lacks("。");
  words.set_longest(6);

  EXPECT_TRUE(Fits(words, "绩效评价表"));
  EXPECT_FALSE(Fits(words, "绩效表")) << "has neither word";
  EXPECT_FALSE(Fits(words, "评价表说明")) << "ends otherwise";
  EXPECT_FALSE(Fits(words, "评。价自评表")) << "has what it must lack";
  EXPECT_FALSE(Fits(words, "单位绩效自评表")) << "seven characters";
  EXPECT_FALSE(Fits(words, ""));
  EXPECT_FALSE(Fits(words, "绩效评价表(万元)"));
  words.set_without_brackets(true);
  EXPECT_TRUE(Fits(words, "绩效评价表(万元):"));
}

TEST(FormLabelsTest, TriesLongerSignatureLabelsFirst) {
  const FormLabels labels = Shipped();
  size_t before = 1000;
  for (const FormLabels::SignatureWord& word : labels.signature_words()) {
    EXPECT_LE(word.text.size(), before) << word.text;
    before = word.text.size();
  }
  EXPECT_TRUE(labels.MayStartSignature("填表人：某某"));
  EXPECT_FALSE(labels.MayStartSignature("本单位"));
  EXPECT_FALSE(labels.MayStartSignature(""));
}

TEST(FormLabelsTest, RefusesAFileWithoutAnyOneOfItsLists) {
  const forms::v1::FormLabels whole = Shipped().words();
  for (int i = 0; i < whole.GetDescriptor()->field_count(); ++i) {
    const auto& field = *whole.GetDescriptor()->field(i);
    forms::v1::FormLabels less = whole;
    less.GetReflection()->ClearField(&less, &field);
    const absl::Status refused = FormLabels::Parse(TextOf(less)).status();
    ASSERT_EQ(refused.code(), absl::StatusCode::kInvalidArgument) << field.name();
    EXPECT_EQ(ViolationsOf(refused).field_violations(0).field(), field.name());
  }
  EXPECT_TRUE(FormLabels::Parse(TextOf(whole)).ok());
}

TEST(FormLabelsTest, RefusesAnEntryThatNoWordDescribes) {
  forms::v1::FormLabels words = Shipped().words();
  words.mutable_fund_roles(1)->mutable_words()->Clear();
  words.mutable_head_fields(0)->clear_words();
  words.mutable_other_tables(0)->clear_instead();

  const auto problems = ViolationsOf(FormLabels::Parse(TextOf(words)).status()).field_violations();

  ASSERT_EQ(problems.size(), 3);
  EXPECT_EQ(problems[0].field(), "head_fields[0].words");
  EXPECT_EQ(problems[1].field(), "fund_roles[1].words");
  EXPECT_EQ(problems[2].field(), "other_tables[0].instead");
}

TEST(FormLabelsTest, NamesTheFileAndThePlaceOfAnError) {
  const ::jixiao::testing::TempDir dir;
  const std::string path = dir.File("labels.textproto");
  const absl::Status missing = FormLabels::Load(path).status();
  EXPECT_EQ(ReasonOf(missing), "LABELS_UNREADABLE");
  EXPECT_THAT(std::string(missing.message()), HasSubstr(path));

  ::jixiao::testing::WriteFile(path, "fund_columns {\n  means: FUND_COLUMN_NONSENSE\n}\n");
  const absl::Status damaged = FormLabels::Load(path).status();
  EXPECT_EQ(ReasonOf(damaged), "BAD_LABELS");
  EXPECT_THAT(std::string(damaged.message()), HasSubstr(path));
  EXPECT_THAT(std::string(damaged.message()), HasSubstr("FUND_COLUMN_NONSENSE"));
}

}  // namespace
}  // namespace jixiao::intake
