// Documents that are no self-evaluation report are refused by their name; those
// that are, with all their oddities, are not.
#include "intake/reader/form/wrong_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/base/errors.h"
#include "intake/reader/form/read_text_report.h"
#include "intake/testing/documents/shipped_reader_data.h"
#include "intake/testing/documents/tab_led.h"

namespace jixiao::intake {
namespace {

using ::testing::HasSubstr;
using testing::TabLed;

const std::vector<std::string> kSelfEvaluation = {"一级指标",   "二级指标", "三级指标", "年度指标值",
                                                  "实际完成值", "分值",     "得分"};
const std::vector<std::string> kIndicatorRow = {"产出指标", "数量指标", "培训", "≥2次", "3次", "10", "10"};
const std::vector<std::string> kGoals = {"一级指标", "二级指标", "三级指标", "指标值"};
const std::vector<std::string> kGoalRow = {"产出指标", "数量指标", "培训", "≥2次"};

absl::Status Refusal(const std::string& document) {
  return ReadTextReport(document, testing::ShippedReaderData()).status();
}

TEST(WrongDocumentTest, NamesTheGoalsOfTheBeginningOfTheYear) {
  const absl::Status status = Refusal("2024年度项目支出绩效目标申报表\n" + TabLed({kGoals, kGoalRow}));
  EXPECT_EQ(ReasonOf(status), "WRONG_FORM");
  EXPECT_THAT(std::string(status.message()), HasSubstr("绩效目标申报表"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("请报送"));
}

TEST(WrongDocumentTest, NamesTheMonitoringForm) {
  const absl::Status status = Refusal("2024年度项目绩效运行监控表\n" +
                                      TabLed({{"一级指标", "二级指标", "三级指标", "年度指标值", "1-7月完成情况"},
                                              {"产出指标", "数量指标", "培训", "≥2次", "1次"}}));
  EXPECT_EQ(ReasonOf(status), "WRONG_FORM");
  EXPECT_THAT(std::string(status.message()), HasSubstr("监控"));
}

TEST(WrongDocumentTest, NamesFinalAccounts) {
  const absl::Status status =
      Refusal("2024年度部门决算公开\n" + TabLed({{"项目", "行次", "金额"}, {"收入支出决算总表", "1", "100"}}));
  EXPECT_EQ(ReasonOf(status), "WRONG_FORM");
  EXPECT_THAT(std::string(status.message()), HasSubstr("决算"));
}

TEST(WrongDocumentTest, NamesOldForm) {
  const absl::Status status =
      Refusal("2020年度部门整体支出绩效自评表\n" +
              TabLed({{"一级指标", "二级指标", "指标内容", "完成情况"}, {"产出", "数量", "培训", "3次"}}));
  EXPECT_EQ(ReasonOf(status), "OLD_FORM");
  EXPECT_THAT(std::string(status.message()), HasSubstr("三级"));
}

TEST(WrongDocumentTest, NamesWhatIsThereWhenTheTableIsMissing) {
  const absl::Status text = Refusal("2024年度某单位部门整体支出绩效自评报告\n一、基本情况\n本单位有职工五人。\n");
  EXPECT_EQ(ReasonOf(text), "NO_EVALUATION_TABLE");
  EXPECT_THAT(std::string(text.message()), HasSubstr("只有文字"));
  const absl::Status base = Refusal(
      "2024年度部门整体支出绩效评价基础数据表\n" +
      TabLed({{"经费控制情况（万元）", "2023年决算数", "2024年预算数", "2024年决算数"}, {"三公经费", "1", "1", "1"}}));
  EXPECT_EQ(ReasonOf(base), "NO_EVALUATION_TABLE");
  EXPECT_THAT(std::string(base.message()), HasSubstr("基础数据表"));
}

TEST(WrongDocumentTest, LeavesSelfEvaluationsAlone) {
  for (const char* title :
       {"2024年度部门整体支出绩效自评表", "项目支出绩效目标自评表", "2024年度绩效目标表完成情况自评", ""}) {
    EXPECT_TRUE(Refusal(std::string(title) + "\n" + TabLed({kSelfEvaluation, kIndicatorRow})).ok()) << title;
  }
  EXPECT_TRUE(Refusal("一、绩效目标申报表已于年初报送，绩效运行监控已于七月完成。\n2024年度部门整体支出绩效自评表\n" +
                      TabLed({kSelfEvaluation, kIndicatorRow}))
                  .ok());
}

TEST(WrongDocumentTest, LeavesTablesWithoutScoresToScoring) {
  EXPECT_TRUE(Refusal("2024年度部门整体支出绩效自评表\n" +
                      TabLed({{"一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"},
                              {"产出指标", "数量指标", "培训", "≥2次", "3次"}}))
                  .ok());
}

}  // namespace
}  // namespace jixiao::intake
