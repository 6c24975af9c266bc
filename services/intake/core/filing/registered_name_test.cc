#include "intake/core/filing/registered_name.h"

#include <gmock/gmock.h>

#include "common/testing/shipped_divisions.h"

namespace jixiao::intake {
namespace {

using ::testing::ElementsAre;

TEST(RegisteredNameTest, TakesAClerksWaysOfWritingTheSameName) {
  for (const char* filed :
       {"君山区水利局", "君山区 水利局", "君山区水利局（本级）", "岳阳市君山区水利局", "水利局", "君山区水力局",
        "君山区水利", "君山区水利利局", "君山去水利局", "湖南省岳阳市君山区水力局"}) {
    EXPECT_TRUE(MayBeSameUnit("君山区水利局", filed)) << filed;
  }
  EXPECT_TRUE(MayBeSameUnit("云溪县农村工作局", "农村工作局"));
}

TEST(RegisteredNameTest, TellsOtherUnitsApart) {
  for (const char* filed : {"君山区教育局", "君山区水利局灌溉站", "华容县教育局", "君山区", "局", "财政所"}) {
    EXPECT_FALSE(MayBeSameUnit("君山区水利局", filed)) << filed;
  }
  EXPECT_FALSE(MayBeSameUnit("教育局", "老干部教育局")) << "what stands in front is no place";
}

TEST(RegisteredNameTest, LooksNamesUpWithAndWithoutThePlacesAbove) {
  EXPECT_THAT(RosterSpellings("君山区 水利局", "430611", ::jixiao::testing::ShippedDivisions()),
              ElementsAre("君山区水利局", "岳阳市君山区水利局", "湖南省岳阳市君山区水利局"));
  EXPECT_THAT(RosterSpellings("湖南省岳阳市君山区水利局", "430611", ::jixiao::testing::ShippedDivisions()),
              ElementsAre("湖南省岳阳市君山区水利局", "岳阳市君山区水利局", "君山区水利局"));
  EXPECT_THAT(RosterSpellings("水利厅", "430000", ::jixiao::testing::ShippedDivisions()), ElementsAre("水利厅"));
}

TEST(RegisteredNameTest, LooksNamesUpWithBracketsOfEitherWidth) {
  EXPECT_THAT(RosterSpellings("水利厅（本级）", "430000", ::jixiao::testing::ShippedDivisions()),
              ElementsAre("水利厅（本级）", "水利厅(本级)"));
  EXPECT_THAT(RosterSpellings("水利厅(本级)", "430000", ::jixiao::testing::ShippedDivisions()),
              ElementsAre("水利厅(本级)", "水利厅（本级）"));
}

}  // namespace
}  // namespace jixiao::intake
