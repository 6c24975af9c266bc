// A season from roster to progress: what is late costs points, what nobody
// expects is refused with what is expected instead.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "common/testing/temp_dir.h"
#include "e2e/platform.h"

namespace jixiao::testing {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kSeason[] = "seasons/430000.2024.department";

// `YYYY-MM-DD`, `days` from now.
std::string Day(int days) {
  return absl::FormatTime("%Y-%m-%d", absl::Now() + days * absl::Hours(24), absl::FixedTimeZone(8 * 3600));
}

class SeasonTest : public ::testing::Test {
 protected:
  ~SeasonTest() override { EXPECT_THAT(platform_.Stop(), Each(0)) << platform_.Logs(); }

  void SetSeason(const std::string& deadline) {
    const Finished set = platform_.Jixiao(
        {"season", "set", kSeason, "--rule-set", "rulesets/hunan-2024", "--opens", Day(-100), "--deadline", deadline});
    ASSERT_EQ(set.exit_code, 0) << set.output;
  }
  Finished Submit(const Sample& sample, const std::string& unit) {
    return platform_.Jixiao({"submit", sample.path, "--unit", unit, "--division", sample.division_code, "--wait"});
  }

  Platform platform_;
  const std::string roster_ = SourcePath("tests/testdata/samples/roster.csv");
};

TEST_F(SeasonTest, LateReportLosesPointsOfTheWorkAssessment) {
  const Sample sample = Samples()[2];
  ASSERT_EQ(platform_.Jixiao({"roster", "import", roster_}).exit_code, 0);
  SetSeason(Day(-30));

  const Finished late = Submit(sample, sample.unit_code);

  EXPECT_EQ(late.exit_code, 0) << late.output;
  EXPECT_THAT(late.output, HasSubstr("报送时限：逾期"));
  const std::string name = "submissions/" + sample.division_code + "." + sample.unit_code + ".2024.department";
  const std::string card = platform_.JixiaoJson({"show", name});
  EXPECT_THAT(card, AllOf(HasSubstr("\"LATE-"), HasSubstr("\"lateWorkingDayCount\""),
                          HasSubstr("\"registeredUnitName\":\"芦淞区瑞亭街道办事处\"")));
  EXPECT_THAT(platform_.Jixiao({"show", name, "--trace"}).output, HasSubstr("逾期"));

  const Finished extended = platform_.Jixiao({"season", "extend", kSeason, "divisions/430203/units/NC0003",
                                              "--deadline", Day(10), "--reason", "财务人员变动，账务移交未完成"});
  EXPECT_THAT(extended.output, HasSubstr("财务人员变动"));
  TempDir dir;
  WriteFile(dir.File("again.txt"), ReadFile(sample.path) + "补充说明。\n");
  Sample again = sample;
  again.path = dir.File("again.txt");
  EXPECT_THAT(Submit(again, sample.unit_code).output, AllOf(HasSubstr("报送时限：按时"), HasSubstr("已延期")));
  EXPECT_THAT(platform_.JixiaoJson({"show", name}), Not(HasSubstr("\"LATE-")));
}

TEST_F(SeasonTest, RosterSeasonAndProgressFitTogether) {
  const Sample sample = Samples()[1];
  EXPECT_THAT(platform_.Jixiao({"roster", "import", roster_, "--preview"}).output,
              HasSubstr("可以导入 7 条，其中新增 7 条；尚未写入"));
  EXPECT_THAT(platform_.Jixiao({"roster", "list", "430000"}).output, HasSubstr("名录中没有单位"));
  ASSERT_EQ(platform_.Jixiao({"roster", "import", roster_}).exit_code, 0);
  SetSeason(Day(30));

  const Finished wrong = Submit(sample, "NC0011");
  EXPECT_EQ(wrong.exit_code, 3);
  EXPECT_THAT(wrong.output, AllOf(HasSubstr("单位不对"), HasSubstr("NC0002")));
  const Finished right = Submit(sample, sample.unit_code);
  EXPECT_THAT(right.output, HasSubstr("报送时限：按时"));

  EXPECT_THAT(platform_.Jixiao({"roster", "list", "430611"}).output, HasSubstr("君山区芦苇湿地管护站"));
  const Finished progress = platform_.Jixiao({"progress", "430600", "2024"});
  EXPECT_EQ(progress.exit_code, 0) << progress.output;
  EXPECT_THAT(progress.output, AllOf(HasSubstr("君山区 430611"), HasSubstr("尚未报送（3 份）"),
                                     HasSubstr("岳阳市渔政信息中心"), HasSubstr("33.33%")));
  const std::string json = platform_.JixiaoJson({"progress", "430600", "2024"});
  EXPECT_EQ(JsonField(json, "expectedCount"), "4");
  EXPECT_EQ(JsonField(json, "filedCount"), "1");
  EXPECT_EQ(JsonField(json, "filedSharePpm"), "250000");
}

TEST_F(SeasonTest, ImportNamesProblemsByLineAndColumn) {
  TempDir dir;
  WriteFile(dir.File("roster.csv"),
            "区划代码,单位代码,单位名称,起始年度\n430611,NC01,水利局,2024\n4306,NC 2,教育局,24\n");

  const Finished refused = platform_.Jixiao({"roster", "import", dir.File("roster.csv")});

  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_THAT(refused.output,
              AllOf(HasSubstr("第 3 行“区划代码”"), HasSubstr("第 3 行“单位代码”"), HasSubstr("第 3 行“起始年度”")));
}

}  // namespace
}  // namespace jixiao::testing
