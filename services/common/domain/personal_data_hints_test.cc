#include "common/domain/personal_data_hints.h"

#include <gtest/gtest.h>

#include <string>

#include "common/domain/personal_data.h"

namespace jixiao {
namespace {

TEST(PersonalDataHintsTest, PassesOverOrdinaryText) {
  for (const char* text : {"", "本中心执行国家财务制度，账目清楚，核算规范。", "人员经费47.52万元，公用经费4.55万元。",
                           "工作人员表示满意，信息公开，主要目标完成。", "2024年12月31日", "1,234,567.89元",
                           "一是加强培训，二是完善制度，三是严格管理"}) {
    EXPECT_FALSE(MayHoldPersonalData(text)) << text;
  }
}

TEST(PersonalDataHintsTest, PassesOverNothingThatTheRulesFind) {
  const std::string before = "本中心严格执行国家财务制度，账目清楚，核算规范。";
  for (const char* text :
       {"联系人：王小明", "填 表 人：王小明", "姓名：王小明", "户主：王小明", "法人代表：王小明", "电话：2000136",
        "13800000000", "138 0000 0000", "138-0000-0000", "１３８００００００００", "一三八零零零零零零零零",
        "138\xE2\x80\x8B"
        "00000000",
        "a@example.com", "a＠example.com", "QQ：123456", "微信：abc_123", "WeChat：abc_123", "E12345678"}) {
    EXPECT_TRUE(MayHoldPersonalData(before + text)) << text;
    EXPECT_FALSE(FindPersonalData(before + text).empty()) << text;
  }
}

}  // namespace
}  // namespace jixiao
