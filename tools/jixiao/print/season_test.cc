#include "print/season.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/shipped_divisions.h"

namespace jixiao::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

intake::v1::SeasonProgress AProgress(const std::string& code, int expected, int filed) {
  intake::v1::SeasonProgress progress;
  progress.set_division_code(code);
  progress.set_expected_count(expected);
  progress.set_filed_count(filed);
  progress.set_missing_count(expected - filed);
  if (expected > 0) {
    progress.set_filed_share_ppm(filed * 1'000'000 / expected);
    progress.set_published_share_ppm(0);
  }
  return progress;
}

TEST(PrintProgressTest, ShowsTheDivisionItsOwnLevelAndItsChildren) {
  intake::v1::SeasonProgress city = AProgress("430600", 8, 4);
  city.set_late_count(1);
  city.add_missing_units("divisions/430611/units/NC01");
  city.add_missing_unit_names("云溪县农村工作局");
  city.add_missing_units("divisions/430611/units/NC02");
  city.add_missing_unit_names("云溪县水利局");
  intake::v1::SeasonProgress unnamed = AProgress("430699", 0, 0);
  unnamed.set_unexpected_count(2);
  city.set_unexpected_count(2);

  EXPECT_EQ(PrintProgress(city, {AProgress("430611", 6, 3), unnamed}, ::jixiao::testing::ShippedDivisions(), 1, {}),
            "区划                 应报  已报  报送率  未报  逾期  退回  已审  已公开  公开率  名录外\n"
            "湖南省岳阳市 430600     8     4     50%     4     1     0     0       0      0%       2\n"
            "本级                    2     1     50%     1     1     0     0       0      0%       0\n"
            "君山区 430611           6     3     50%     3     0     0     0       0      0%       0\n"
            "430699                  0     0       —     0     0     0     0       0       —       2\n"
            "尚未报送（4 份）\n"
            "  云溪县农村工作局  divisions/430611/units/NC01\n"
            "  …另有 1 个单位，用 --missing 调整个数\n");
}

TEST(PrintSeasonTest, ShowsTimesInChinaAndExtensions) {
  intake::v1::Season season;
  season.set_name("seasons/430600.2024.department");
  season.set_rule_set("rulesets/hunan-2024");
  season.mutable_opening_time()->set_seconds(1740758400);
  season.mutable_deadline()->set_seconds(1746028799);
  auto& extension = *season.add_extensions();
  extension.set_unit("divisions/430611/units/NC01");
  extension.mutable_deadline()->set_seconds(1747324799);
  extension.set_reason("机构改革\x1b[31m");
  extension.set_actor("person/manager");

  EXPECT_EQ(PrintSeason(season, {}),
            "seasons/430600.2024.department\n"
            "  开始 2025-03-01 00:00:00  截止 2025-04-30 23:59:59\n"
            "  评分规则 rulesets/hunan-2024\n"
            "  延期 divisions/430611/units/NC01 至 2025-05-15 23:59:59  机构改革\xEF\xBF\xBD[31m  person/manager\n");
  season.set_is_closed(true);
  EXPECT_THAT(PrintSeason(season, {}), HasSubstr("已关闭，不再受理"));
}

TEST(PrintLatenessTest, SaysHowLateAndByWhichDeadline) {
  intake::v1::Lateness lateness;
  lateness.mutable_deadline()->set_seconds(1746028799);
  EXPECT_EQ(PrintLateness(lateness), "按时（期限 2025-04-30 23:59:59）");
  lateness.set_working_days_late(4);
  lateness.set_is_extended(true);
  lateness.set_is_provisional(true);
  EXPECT_EQ(PrintLateness(lateness),
            "逾期 4 个工作日（期限 2025-04-30 23:59:59，已延期，放假安排未公布，暂按周末和法定节日计算）");
}

TEST(PrintRosterUnitsTest, ShowsOpenAndClosedSpans) {
  intake::v1::RosterUnit unit;
  unit.set_name("divisions/430611/units/NC01");
  unit.set_unit_name("云溪县农村工作局");
  unit.set_first_fiscal_year(2020);
  intake::v1::RosterUnit closed = unit;
  closed.set_last_fiscal_year(2023);
  closed.set_expects_department_report(false);
  closed.add_expected_projects("道路");

  const std::string text = PrintRosterUnits({unit, closed}, {});

  EXPECT_THAT(text, HasSubstr("2020—      是"));
  EXPECT_THAT(text, HasSubstr("2020—2023  否"));
}

}  // namespace
}  // namespace jixiao::cli
