#include "common/domain/personal_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace jixiao {
namespace {

using Kind = PersonalDataKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Kind> KindsIn(std::string_view text) {
  std::vector<Kind> kinds;
  for (const PersonalData& find : FindPersonalData(text)) kinds.push_back(find.kind);
  return kinds;
}

std::string Masked(std::string_view text) { return MaskPersonalData(text, FindPersonalData(text)); }

TEST(PersonalDataTest, FindsMobilesInEverySpelling) {
  for (const char* text : {"13812345678",
                           "电话13812345678。",
                           "联系：138 1234 5678",
                           "138-1234-5678",
                           "138.1234.5678",
                           "+86 13812345678",
                           "+8613812345678",
                           "86-138-1234-5678",
                           "008613812345678",
                           "１３８１２３４５６７８",
                           "1 3 8 1 2 3 4 5 6 7 8",
                           "138\u200b1234\u200b5678",
                           "138\u30001234\u30005678",
                           "138\n12345678",
                           "一三八一二三四五六七八",
                           "（13812345678）",
                           "13812345678、其他",
                           "13812345678.",
                           "1381234 5678",
                           "013812345678",
                           "138—1234—5678",
                           "138\u202e1234\u202c5678",
                           "wx13812345678号",
                           "幺三八幺二三四五六七八",
                           "38人；13812345678",
                           "12 13812345678"}) {
    EXPECT_THAT(KindsIn(text), ElementsAre(Kind::kTelephone)) << text;
  }
}

TEST(PersonalDataTest, FindsEveryNumberOfAList) {
  EXPECT_THAT(KindsIn("13812345678\n13987654321"), ElementsAre(Kind::kTelephone, Kind::kTelephone));
  EXPECT_THAT(KindsIn("13812345678/13987654321"), ElementsAre(Kind::kTelephone, Kind::kTelephone));
  EXPECT_THAT(KindsIn("138 1234 5678 139 8765 4321"), ElementsAre(Kind::kTelephone, Kind::kTelephone));
  EXPECT_THAT(KindsIn("电话：28287125、28287126"), ElementsAre(Kind::kTelephone, Kind::kTelephone));
}

TEST(PersonalDataTest, FindsLandlines) {
  for (const char* text :
       {"0731-82345678", "073182345678", "（0731）82345678", "0731 8234 5678", "010-62345678",
        "０７３１－８２３４５６７８", "0730—8234567", "联系电话：28287125", "联系电话:2828712", "电 话：28287125",
        "联系\n电话：２８２８７１２５", "Tel: 2828 7125", "座机 28287125", "传真（28287125）",
        "填表人及联系方式：28287125", "电话：二八二八七一二五", "电话：2828-7125"}) {
    EXPECT_THAT(KindsIn(text), ElementsAre(Kind::kTelephone)) << text;
  }
}

TEST(PersonalDataTest, FindsIdentityNumbers) {
  for (const char* text :
       {"11010519491231002X", "11010519491231002x", "身份证：11010519491231002X，", "1101 0519 4912 3100 2X",
        "110105 19491231 002X", "110105 1949 1231 002X", "１１０１０５１９４９１２３１００２Ｘ",
        "110105\u200b19491231\u200b002X", "110105491231002", "身份证号110105491231002", "110105-19491231-002X",
        "110105194912310021", "身份证号码：430611202401010012"}) {
    EXPECT_THAT(KindsIn(text), ElementsAre(Kind::kIdentityNumber)) << text;
    EXPECT_TRUE(BlocksPublication(FindPersonalData(text).at(0).kind));
  }
}

TEST(PersonalDataTest, FindsBankCardsAndAccounts) {
  for (const char* text :
       {"6222021234567890128", "6222 0212 3456 7890 128", "卡号：6222021234567890", "4111111111111111",
        "银行账号：43001234567890123456", "６２２２０２１２３４５６７８９０１２８"}) {
    EXPECT_THAT(KindsIn(text), ElementsAre(Kind::kBankCard)) << text;
  }
}

TEST(PersonalDataTest, FindsPassportsEmailsAndAccounts) {
  EXPECT_THAT(KindsIn("护照E12345678"), ElementsAre(Kind::kPassport));
  EXPECT_THAT(KindsIn("护照 EA1234567，"), ElementsAre(Kind::kPassport));
  EXPECT_THAT(KindsIn("邮箱：lin.yt@163.com"), ElementsAre(Kind::kEmail));
  EXPECT_THAT(KindsIn("lin＠hunan.gov.cn。"), ElementsAre(Kind::kEmail));
  EXPECT_THAT(KindsIn("QQ：123456789"), ElementsAre(Kind::kAccount));
  EXPECT_THAT(KindsIn("微信号：lin_yating88"), ElementsAre(Kind::kAccount));
}

TEST(PersonalDataTest, FindsNamesAfterLabels) {
  EXPECT_EQ(Masked("填表人：林小月"), "填表人：林**");
  EXPECT_EQ(Masked("填 表 人：林小月"), "填 表 人：林**");
  EXPECT_EQ(Masked("填表人:林 小 月 "), "填表人:林 * * ");
  EXPECT_EQ(Masked("填表人：张  三   填报日期："), "填表人：张  *   填报日期：");
  EXPECT_EQ(Masked("联系人张三，电话28287125"), "联系人张*，电话2828****");
  EXPECT_EQ(Masked("项目负责人：欧阳文华"), "项目负责人：欧***");
  EXPECT_EQ(Masked("姓名：阿依古丽"), "姓名：阿***");
  EXPECT_EQ(Masked("联系人：买买提·艾山"), "联系人：买**·**");
  EXPECT_EQ(Masked("经办人：张三、李四"), "经办人：张*、李*");
  EXPECT_EQ(Masked("单位负责人（签字）：王建国"), "单位负责人（签字）：王**");
  EXPECT_EQ(Masked("填表人及联系方式：林小月 28287125"), "填表人及联系方式：林** 2828****");
  EXPECT_EQ(Masked("负责人：王建国局长"), "负责人：王**局长");
  EXPECT_EQ(Masked("审核人：王\u200b建\u200b国"), "审核人：王\u200b*\u200b*");
}

TEST(PersonalDataTest, StopsANameAtTheNextLabel) {
  EXPECT_EQ(Masked("填表人：      填报日期：        联系电话：          单位负责人签字："),
            "填表人：      填报日期：        联系电话：          单位负责人签字：");
  EXPECT_EQ(Masked("填表人：填报日期：2025年3月5日"), "填表人：填报日期：2025年3月5日");
  EXPECT_EQ(Masked("填表人：林小月填报日期：2025年3月5日联系电话：28287125"),
            "填表人：林**填报日期：2025年3月5日联系电话：2828****");
  EXPECT_EQ(Masked("填表人：林小月 填报日期：         联系电话：28287125 单位负责人签字："),
            "填表人：林** 填报日期：         联系电话：2828**** 单位负责人签字：");
}

TEST(PersonalDataTest, LeavesEverythingElseAlone) {
  for (const char* text : {"湘财绩〔2020〕7号",
                           "15994件",
                           "2024年12月31日",
                           "2024-12-31 至 2025-01-15",
                           "430611",
                           "4774760.72 万元",
                           "1353475.8万元，执行率28%",
                           "13812345678元",
                           "13812345678.55",
                           "支出13812345678.00元",
                           "１３８１２３４５６７８万元",
                           "15 100 100 100",
                           "10 10 10 10 10 10 10 10 10",
                           "90.62 90.62 10 100% 10",
                           "20\n15\n100\n100\n100",
                           "统一社会信用代码91430100MA4L1RKT5X",
                           "12430600MB1234567",
                           "项目编码430611240000000012345",
                           "项目编码：4306112024010100",
                           "由主要负责人任组长，各股室负责人为成员",
                           "单位负责人对本单位报告负责",
                           "明确责任人和时限",
                           "项目负责人高度重视",
                           "负责人：区财政局办公室",
                           "联系人员名单",
                           "填表人：",
                           "姓名",
                           "拨打12345热线15994次",
                           "电话回访28287125次",
                           "微信公众号推送120余条",
                           "开展电话抽查 300 户",
                           "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                           "1 + 6 模式",
                           "二〇二四年一月十五日",
                           "附件1.2.3.4.5.6.7.8",
                           "0731",
                           "总额120,000,000.00元",
                           "15000000000元",
                           "财政拨款62220万元",
                           "G4京港澳高速",
                           "增长率-12345678.9%",
                           "2023.07-2024.01",
                           "法定代表人证明",
                           "党员活动1+365治理模式"}) {
    EXPECT_EQ(Masked(text), text);
  }
}

TEST(PersonalDataTest, TellsOrganisationCodesFromIdentityNumbers) {
  // Valid as both: an organisation's, unless a label says otherwise.
  EXPECT_THAT(KindsIn("统一社会信用代码：431119198003150008"), IsEmpty());
  EXPECT_THAT(KindsIn("身份证号：431119198003150008"), ElementsAre(Kind::kIdentityNumber));
  // Right by the outer check only: a person's.
  EXPECT_THAT(KindsIn("431119197301010009"), ElementsAre(Kind::kIdentityNumber));
  EXPECT_THAT(KindsIn("信用代码114306110064375231"), IsEmpty());
}

TEST(PersonalDataTest, CountsFindsInCodePoints) {
  const std::vector<PersonalData> finds = FindPersonalData("电话：１３８ １２３４ ５６７８。");

  ASSERT_EQ(finds.size(), 1u);
  EXPECT_EQ(finds[0].start_char, 3);
  EXPECT_EQ(finds[0].char_count, 13);
}

TEST(PersonalDataTest, MasksSoThatTheKindStaysVisible) {
  EXPECT_EQ(Masked("13812345678"), "138****5678");
  EXPECT_EQ(Masked("138 1234 5678"), "138 **** 5678");
  EXPECT_EQ(Masked("+86-138-1234-5678"), "+86-138-****-5678");
  EXPECT_EQ(Masked("0731-82345678"), "0731-8234****");
  EXPECT_EQ(Masked("身份证11010519491231002X"), "身份证110***************");
  EXPECT_EQ(Masked("lin@163.com"), "l****@163.com");
  EXPECT_EQ(Masked("１３８１２３４５６７８"), "１３８****５６７８");
  EXPECT_EQ(MaskWhole("林小月"), "林**");
  EXPECT_EQ(MaskWhole("28287125"), "2828****");
  EXPECT_EQ(MaskWhole("林小月 13812345678"), "林** 138****5678");
  EXPECT_EQ(MaskWhole(""), "");
}

TEST(PersonalDataTest, FindsNothingInWhatItMasked) {
  for (const char* text : {"填表人：林小月 联系电话：28287125", "手机13812345678，0731-82345678", "lin.yt@163.com",
                           "QQ：123456789", "身份证11010519491231002X"}) {
    for (const PersonalData& find : FindPersonalData(Masked(text))) {
      EXPECT_TRUE(find.kind == Kind::kName || find.kind == Kind::kEmail) << Masked(text);
    }
  }
}

TEST(PersonalDataTest, SurvivesBrokenAndExtremeText) {
  EXPECT_THAT(KindsIn(""), IsEmpty());
  EXPECT_THAT(KindsIn("填表人：\xff\xfe"), IsEmpty());
  EXPECT_THAT(KindsIn("@"), IsEmpty());
  FindPersonalData(std::string(20000, '1'));
  std::string spaced;
  for (int i = 0; i < 10000; ++i) spaced += "138 ";
  FindPersonalData(spaced);
}

// The five real reports where they are at hand: one holds a clerk and her
// telephone, the others nothing but figures.
TEST(PersonalDataTest, FindsOnlyTheClerkInTheRealReports) {
  const char* source = std::getenv("JIXIAO_SOURCE_DIR");
  const std::filesystem::path folder =
      std::filesystem::path(source == nullptr ? "." : source) / ".." / "shared" / "seeds";
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "the real reports in ../shared/seeds are absent";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream in(entry.path());
    std::string line;
    std::vector<Kind> kinds;
    while (std::getline(in, line)) {
      for (const PersonalData& find : FindPersonalData(line)) {
        kinds.push_back(find.kind);
        if (find.kind != Kind::kName && find.kind != Kind::kTelephone) ADD_FAILURE() << line;
      }
    }
    if (entry.path().filename().string().starts_with("002")) {
      EXPECT_THAT(kinds, ElementsAre(Kind::kName, Kind::kTelephone));
    } else {
      EXPECT_THAT(kinds, IsEmpty()) << entry.path();
    }
  }
}

}  // namespace
}  // namespace jixiao
