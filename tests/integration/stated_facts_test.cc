// Every figure that a person took out of the narratives of the five example
// reports must be a fact under the right key: in the samples, and in the real
// reports where ../shared/seeds is present, whose list must not hold a figure
// that is missing here.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "intake/reader/form/read_text_report.h"
#include "intake/testing/documents/example_reports.h"
#include "intake/testing/documents/figures.h"
#include "intake/testing/documents/shipped_reader_data.h"
#include "scoring/core/facts/facts.h"

namespace jixiao {
namespace {

using intake::testing::ExampleReport;
using intake::testing::Figure;
using scoring::Fact;
using scoring::Facts;

struct StatedFigure {
  int report;
  const char* label;  // in expected.md
  const char* value;
  const char* key;
  bool is_proof = true;
};

constexpr bool kNoProof = false;
// Compared by the words around it (check_narrative.cc), not by a key.
constexpr const char* kByWords = "";

constexpr StatedFigure kStated[] = {
    {0, "一般公共预算收入", "90.62", "text.general.income"},
    {0, "一般公共预算支出", "90.62", "text.general.executed"},
    {0, "基本支出", "52.07", "text.basic.executed"},
    {0, "人员支出", "52.07", "text.personnel.executed"},
    {0, "项目支出", "38.55", "text.project.executed"},
    {0, "政府性基金", "0", "text.government_fund.executed"},
    {0, "在职", "6", "text.staff.actual"},
    {0, "退休", "3", "text.staff.retired"},
    {1, "整体支出", "116.95", "text.total.executed"},
    {1, "基本支出", "52.07", "text.basic.executed"},
    {1, "人员支出", "47.52", "text.personnel.executed"},
    {1, "公用支出", "4.55", "text.public_funds.executed"},
    {1, "项目支出", "64.88", "text.project.executed"},
    {1, "基本支出占比", "44.52%", "text.basic.share"},
    {1, "人员占基本", "91.26%", "text.personnel.share_of_basic"},
    {1, "公用占基本", "8.74%", "text.public_funds.share_of_basic"},
    {1, "项目占比", "55.48%", "text.project.share"},
    {1, "三公预算", "0.45", "text.three_public.budget"},
    {1, "三公实际", "0.21", "text.three_public.executed"},
    {1, "公务用车", "0", "text.vehicles.executed"},
    {1, "公务接待费(narrative)", "0", "text.reception.executed"},
    {1, "公务接待(table)", "0.21", "base.reception.final"},
    {1, "自评得分(narrative)", "99", "text.self_score"},
    {1, "考核评分表合计", "98", "sheet.total"},
    {1, "编制", "4", "text.staff.authorised"},
    {1, "实有", "4", "text.staff.actual"},
    {1, "固定资产净值", "4.29", "text.fixed_assets.executed"},
    {2, "基本支出年初", "515.72", "text.basic.initial"},
    {2, "基本支出(一般公共预算)", "558.06", "text.general.basic"},
    {2, "人员经费", "515.03", "text.personnel.executed"},
    {2, "公用经费", "43.03", "text.public_funds.executed"},
    {2, "项目年初", "15.77", "text.project.initial"},
    {2, "项目支出(一般公共预算)", "842.95", "text.general.project"},
    {2, "政府性基金", "6", "text.government_fund.executed"},
    {2, "实有人数", "35", "text.staff.actual"},
    {2, "行政编制", "16", "text.staff.administrative"},
    {2, "事业编制", "19", "text.staff.institution"},
    {3, "全年支出", "67.46", "text.total.executed"},
    {3, "工资福利", "49.35", "text.wages.executed"},
    {3, "商品服务", "18.11", "text.goods.executed"},
    {3, "基本支出", "53.06", "text.basic.executed"},
    {3, "公用经费", "3.71", "text.public_funds.executed"},
    {3, "项目支出", "14.4", "text.project.executed"},
    {3, "三公预算(narrative)", "0", "text.three_public.budget"},
    {3, "三公预算(table)", "0.9", "base.three_public.budget"},
    {3, "三公实际", "0", "text.three_public.executed"},
    {3, "编制(narrative)", "5", "text.staff.authorised"},
    {3, "实有(narrative)", "3", "text.staff.actual"},
    {3, "退休", "1", "text.staff.retired"},
    {3, "考核评分表合计", "98", "sheet.total"},
    {4, "批复(written 万元, is 元)", "4774760.72", "text.total.budget"},
    {4, "支出(written 万元, is 元)", "4510555.8", "text.total.executed"},
    {4, "执行率", "94.5%", "text.total.rate"},
    {4, "基本支出(written 万元, is 元)", "1353475.8", "text.basic.executed"},
    {4, "基本支出\"执行率\"", "28%", "text.basic.rate"},
    {4, "项目支出(written 万元, is 元)", "3157080", "text.project.executed"},
    {4, "项目支出\"执行率\"", "66%", "text.project.rate"},
    // Stated per level 1: 21, 1 and 2.
    {4, "三级指标数", "21", "text.indicators.level3", kNoProof},
    {4, "广场(narrative)", "12", kByWords},
    {4, "广场(table)", "2", kByWords},
};

std::string Written(const Fact& fact, scoring::FactScale scale) {
  switch (scale) {
    case scoring::FactScale::kFen: return FormatScaled(fact.value, 6);
    case scoring::FactScale::kRatePpm: return FormatScaled(fact.value, 4) + "%";
    default: return FormatScaled(fact.value, 3);
  }
}

class StatedFactsTest : public ::testing::TestWithParam<ExampleReport> {
 protected:
  void SetUp() override {
    const std::string document = intake::testing::ReadFile(GetParam().path);
    if (document.empty()) {
      ASSERT_TRUE(GetParam().is_seed) << GetParam().path;
      GTEST_SKIP() << "NOT CHECKED: the real report is not here: " << GetParam().path;
    }
    auto report = intake::ReadTextReport(document, intake::testing::ShippedReaderData());
    ASSERT_TRUE(report.ok()) << report.status();
    report_ = *std::move(report);
    passages_ = scoring::ReadPassages(report_.content());
    facts_ = scoring::CollectFacts(report_.content(), passages_, 0, 100'000);
  }

  report::v1::Report report_;
  std::vector<scoring::Passage> passages_;
  Facts facts_;
};

TEST_P(StatedFactsTest, HoldsEveryStatedFigureUnderItsKey) {
  for (const StatedFigure& stated : kStated) {
    if (stated.report != GetParam().number || stated.key == kByWords) continue;
    const Fact* fact = facts_.Find(stated.key);
    ASSERT_NE(fact, nullptr) << stated.label << " " << stated.key;
    EXPECT_EQ(Written(*fact, *scoring::ScaleOfKey(stated.key)), stated.value) << stated.label << " " << stated.key;
    EXPECT_EQ(fact->is_proof(), stated.is_proof) << stated.label << " " << stated.key;
    EXPECT_TRUE(fact->address().has_label()) << stated.key;
  }
}

TEST_P(StatedFactsTest, PointsAtTheCharactersOfEveryFigure) {
  for (int i = 0; i < facts_.size(); ++i) {
    const Fact& fact = facts_.at(i);
    if (fact.passage == nullptr) continue;
    const report::v1::Address place = fact.address();
    const std::u32string text = ToCodePoints(fact.passage->text);
    const auto span = std::u32string_view(text).substr(static_cast<size_t>(place.start_char()),
                                                       static_cast<size_t>(place.char_count()));
    EXPECT_EQ(RemoveBlanks(FoldWidth(ToUtf8(span))), fact.as_written) << facts_.KeyAt(i);
  }
}

TEST_P(StatedFactsTest, MissesNoFigureOfTheList) {
  const std::string list = intake::testing::ReadFile(intake::testing::SourceDir() + "/../shared/seeds/expected.md");
  if (list.empty()) GTEST_SKIP() << "NOT CHECKED: the list of figures is not here";
  const std::string id = fmt::format("S{}", GetParam().number);
  for (const Figure& figures : intake::testing::ReadFigures(list)) {
    if (figures["id"].text != id && figures["id"].text != id + "a") continue;
    for (const auto& [label, value] : figures["narrative"].pairs) {
      const bool is_known = std::any_of(std::begin(kStated), std::end(kStated), [&](const StatedFigure& stated) {
        return stated.report == GetParam().number && stated.label == label && stated.value == value.text;
      });
      EXPECT_TRUE(is_known) << label << ": " << value.text;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Examples, StatedFactsTest, ::testing::ValuesIn(intake::testing::ExampleReports()),
                         [](const auto& example) { return example.param.name; });

}  // namespace
}  // namespace jixiao
