#include "publish/core/claim.h"

#include <gtest/gtest.h>

namespace jixiao::publish {
namespace {

TEST(ClaimTest, StandsAboveWithinOrBelowTheInterval) {
  const auto compare = [](int64_t claimed) { return CompareClaim(claimed, 92'100, 96'000); };

  EXPECT_EQ(compare(98'000).standing, ClaimStanding::kAbove);
  EXPECT_EQ(compare(98'000).distance_milli, 2'000);
  EXPECT_EQ(compare(96'000).standing, ClaimStanding::kWithin);
  EXPECT_EQ(compare(92'100).standing, ClaimStanding::kWithin);
  EXPECT_EQ(compare(92'000).standing, ClaimStanding::kBelow);
  EXPECT_EQ(compare(92'000).distance_milli, 100);
}

TEST(ClaimTest, IsNotComparedWithWhatIsNotThere) {
  EXPECT_EQ(CompareClaim(98'000, std::nullopt, 96'000).standing, ClaimStanding::kNothingSupported);
  EXPECT_EQ(CompareClaim(std::nullopt, 92'100, 96'000).standing, ClaimStanding::kNotClaimed);
  scoring::v1::TableScore score;
  score.set_claimed_milli(0);
  EXPECT_EQ(ClaimOf(score).standing, ClaimStanding::kNothingSupported);
  score.set_supported_low_milli(1'000);
  score.set_supported_high_milli(2'000);
  EXPECT_EQ(ClaimOf(score).standing, ClaimStanding::kBelow) << "zero is a claim";
}

TEST(ClaimTest, ACriterionIsOpenWhileNothingOrAllOfItMayBeSupported) {
  scoring::v1::WorkCriterionScore criterion;
  EXPECT_EQ(BasisOf(criterion), WorkBasis::kNotStated);
  criterion.set_basis(scoring::v1::WORK_SCORE_BASIS_PROPOSED);
  criterion.set_weight_milli(5'000);
  criterion.set_supported_high_milli(5'000);
  EXPECT_EQ(BasisOf(criterion), WorkBasis::kOpen);
  criterion.set_supported_low_milli(1'000);
  EXPECT_EQ(BasisOf(criterion), WorkBasis::kProposed);
  criterion.set_basis(scoring::v1::WORK_SCORE_BASIS_COMPUTED);
  EXPECT_EQ(BasisOf(criterion), WorkBasis::kComputed);
}

}  // namespace
}  // namespace jixiao::publish
