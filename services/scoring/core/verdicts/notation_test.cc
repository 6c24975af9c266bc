#include "scoring/core/verdicts/notation.h"

#include <gtest/gtest.h>

#include <ostream>

namespace jixiao::scoring {

void PrintTo(CellShape shape, std::ostream* out) { *out << "shape " << static_cast<int>(shape); }
void PrintTo(Operator op, std::ostream* out) { *out << "operator " << static_cast<int>(op); }

namespace {

struct NumberCase {
  const char* text;
  Operator op;
  int64_t value_micro;
  const char* unit;
  Precision precision = Precision::kExact;
};

class NumberNotationTest : public testing::TestWithParam<NumberCase> {};

TEST_P(NumberNotationTest, IsRead) {
  const NumberCase& expected = GetParam();

  const Notation read = ReadNotation(expected.text);

  EXPECT_EQ(read.shape, CellShape::kNumber) << expected.text;
  EXPECT_EQ(read.op, expected.op) << expected.text;
  EXPECT_EQ(read.value_micro, expected.value_micro) << expected.text;
  EXPECT_EQ(read.unit, expected.unit) << expected.text;
  EXPECT_EQ(read.precision, expected.precision) << expected.text;
}

constexpr int64_t kOne = 1'000'000;

INSTANTIATE_TEST_SUITE_P(
    Catalogue, NumberNotationTest,
    testing::Values(
        NumberCase{"≥1次", Operator::kAtLeast, kOne, "次"}, NumberCase{"≧98％", Operator::kAtLeast, 98 * kOne, "%"},
        NumberCase{">=100%", Operator::kAtLeast, 100 * kOne, "%"},
        NumberCase{"═100%", Operator::kEqual, 100 * kOne, "%"}, NumberCase{"﹦100%", Operator::kEqual, 100 * kOne, "%"},
        NumberCase{"＝94.5%", Operator::kEqual, 94'500'000, "%"},
        NumberCase{"》12亩", Operator::kAtLeast, 12 * kOne, "亩"},
        NumberCase{"≤120.54万元", Operator::kAtMost, 1'205'400 * kOne, "元"},
        NumberCase{"2.6亿元", Operator::kNone, 260'000'000 * kOne, "元"},
        NumberCase{"1.2万亩", Operator::kNone, 12'000 * kOne, "亩"},
        NumberCase{"120,000.00", Operator::kNone, 120'000 * kOne, ""},
        NumberCase{"0.565km", Operator::kNone, 565'000, "km"}, NumberCase{"100.00%", Operator::kNone, 100 * kOne, "%"},
        NumberCase{"≥98百分比", Operator::kAtLeast, 98 * kOne, "%"},
        NumberCase{"95%以上", Operator::kAtLeast, 95 * kOne, "%"},
        NumberCase{"50万元以内", Operator::kAtMost, 500'000 * kOne, "元"},
        NumberCase{"不少于12种", Operator::kAtLeast, 12 * kOne, "种"},
        NumberCase{"100余次", Operator::kNone, 100 * kOne, "次", Precision::kAtLeastThis},
        NumberCase{"18万余条", Operator::kNone, 180'000 * kOne, "条", Precision::kAtLeastThis},
        NumberCase{"超78次", Operator::kNone, 78 * kOne, "次", Precision::kAtLeastThis},
        NumberCase{"约290人", Operator::kNone, 290 * kOne, "人", Precision::kAbout},
        NumberCase{"≥41个城市社区", Operator::kAtLeast, 41 * kOne, "个城市社区"},
        NumberCase{"0起", Operator::kNone, 0, "起"}, NumberCase{"５０ 人", Operator::kNone, 50 * kOne, "人"}),
    [](const auto& info) { return "Case" + std::to_string(info.index); });

struct ShapeCase {
  const char* text;
  CellShape shape;
};

class ShapeNotationTest : public testing::TestWithParam<ShapeCase> {};

TEST_P(ShapeNotationTest, IsToldApart) {
  EXPECT_EQ(ReadNotation(GetParam().text).shape, GetParam().shape) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Catalogue, ShapeNotationTest,
    testing::Values(ShapeCase{"", CellShape::kBlank}, ShapeCase{"\u3000", CellShape::kBlank},
                    ShapeCase{"——", CellShape::kPlaceholder}, ShapeCase{"- -", CellShape::kPlaceholder},
                    ShapeCase{"/", CellShape::kPlaceholder}, ShapeCase{"。", CellShape::kPlaceholder},
                    ShapeCase{"……", CellShape::kPlaceholder}, ShapeCase{"......", CellShape::kPlaceholder},
                    ShapeCase{"一", CellShape::kPlaceholder}, ShapeCase{"无", CellShape::kNone},
                    ShapeCase{"定性", CellShape::kQualitative}, ShapeCase{"≥", CellShape::kOperatorOnly},
                    ShapeCase{"年底前", CellShape::kDate}, ShapeCase{"11月底完成100%", CellShape::kDate},
                    ShapeCase{"2021年12月完成", CellShape::kDate}, ShapeCase{"2023.07-2024.01", CellShape::kDate},
                    ShapeCase{"1-12月", CellShape::kDate}, ShapeCase{"长期", CellShape::kDate},
                    ShapeCase{"提升", CellShape::kText}, ShapeCase{"人口信息等累计18万余条", CellShape::kText},
                    ShapeCase{"万分之六", CellShape::kText}, ShapeCase{"14、20m不等", CellShape::kText},
                    ShapeCase{"854万(高标准农田建设400万元,示范建设295万元)", CellShape::kText},
                    ShapeCase{"290$290%", CellShape::kText},
                    ShapeCase{"共计缴费15135,组织民兵培训1次", CellShape::kText}),
    [](const auto& info) { return "Case" + std::to_string(info.index); });

TEST(NotationTest, ComparesUnitsByTheirBeginning) {
  EXPECT_TRUE(UnitsAgree("个", "个城市社区"));
  EXPECT_TRUE(UnitsAgree("", ""));
  EXPECT_FALSE(UnitsAgree("", "人"));
  EXPECT_FALSE(UnitsAgree("次", "人次"));
}

TEST(NotationTest, TakesDirectionFromTheName) {
  EXPECT_TRUE(LessIsBetter("财政供养人员控制率"));
  EXPECT_FALSE(LessIsBetter("群众满意度"));
}

}  // namespace
}  // namespace jixiao::scoring
