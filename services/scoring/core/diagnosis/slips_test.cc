#include "scoring/core/diagnosis/slips.h"

#include <gtest/gtest.h>

namespace jixiao::scoring {
namespace {

// Slip that made `filed`, in 万元, of `meant`, in fen.
v1::Cause CauseOf(const std::string& filed, int64_t filed_value, int64_t meant) {
  Fact fact;
  fact.as_written = filed;
  fact.value = filed_value;
  const auto slip = FindSlip(ReadFigure(fact, FactScale::kFen), filed_value, meant, FactScale::kFen);
  return slip ? slip->cause : v1::CAUSE_UNSPECIFIED;
}

struct FigureSlip {
  const char* filed;
  int64_t filed_value;
  int64_t meant;
  v1::Cause cause;
};

std::ostream& operator<<(std::ostream& out, const FigureSlip& c) { return out << c.filed << " for " << c.meant; }

class FindSlipTest : public ::testing::TestWithParam<FigureSlip> {};

TEST_P(FindSlipTest, NamesTheSlip) {
  EXPECT_EQ(CauseOf(GetParam().filed, GetParam().filed_value, GetParam().meant), GetParam().cause);
}

INSTANTIATE_TEST_SUITE_P(Slips, FindSlipTest,
                         ::testing::Values(FigureSlip{"478.53", 478'530'000, 487'530'000, v1::CAUSE_DIGITS_EXCHANGED},
                                           FigureSlip{"1401.1", 1'401'100'000, 1'401'010'000, v1::CAUSE_DIGIT_LOST},
                                           FigureSlip{"4711.28", 4'711'280'000, 471'280'000, v1::CAUSE_DIGIT_ADDED},
                                           FigureSlip{"43.37", 43'370'000, 43'970'000, v1::CAUSE_DIGIT_MISTYPED},
                                           FigureSlip{"4875.3", 4'875'300'000, 487'530'000, v1::CAUSE_DECIMAL_POINT},
                                           FigureSlip{"4875300", 4'875'300'000'000, 487'530'000, v1::CAUSE_MONEY_UNIT},
                                           FigureSlip{"-175.06", -175'060'000, 175'060'000, v1::CAUSE_SIGN},
                                           // Two digits differ, or it is the same, or a sign would have been lost.
                                           FigureSlip{"478.53", 478'530'000, 496'530'000, v1::CAUSE_UNSPECIFIED},
                                           FigureSlip{"478.53", 478'530'000, 478'530'000, v1::CAUSE_UNSPECIFIED},
                                           FigureSlip{"175.06", 175'060'000, -175'060'000, v1::CAUSE_UNSPECIFIED}));

TEST(WrittenFigureTest, WritesAsTheClerkDoes) {
  const auto written = [](std::string_view text, int64_t value, int64_t other) {
    Fact fact;
    fact.as_written = text;
    fact.value = value;
    return WriteLike(other, ReadFigure(fact, FactScale::kFen));
  };
  EXPECT_EQ(written("2.96", 2'960'000, 4'000'000), "4");
  EXPECT_EQ(written("94.50", 94'500'000, 4'000'000), "4.00");
  EXPECT_EQ(written("0.45万元", 450'000, 210'000), "0.21万元");
  EXPECT_EQ(written("1,706,500元", 170'650'000, 175'060'000), "1750600元");
  EXPECT_EQ(written("一般公共预算：1401.1", 1'401'100'000, 1'401'010'000), "一般公共预算：1401.01");
}

TEST(ForEachMeantTest, ReachesEverySlipOfOneFigure) {
  Fact fact;
  fact.as_written = "1401.1";
  fact.value = 1'401'100'000;
  bool is_reached = false;
  int count = 0;
  ForEachMeant(ReadFigure(fact, FactScale::kFen), fact.value, FactScale::kFen, [&](int64_t meant, Slip slip) {
    ++count;
    EXPECT_NE(meant, fact.value);
    if (meant == 1'401'010'000) is_reached = slip.cause == v1::CAUSE_DIGIT_LOST;
  });
  EXPECT_TRUE(is_reached);
  EXPECT_LT(count, 300);
}

}  // namespace
}  // namespace jixiao::scoring
