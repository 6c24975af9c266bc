#include "publish/core/finding_order.h"

#include <gtest/gtest.h>

namespace jixiao::publish {
namespace {

scoring::v1::Finding& Add(scoring::v1::ScoreCard& card, const std::string& id, scoring::v1::Severity severity,
                          const std::string& cause = "") {
  scoring::v1::Finding& finding = *card.add_findings();
  finding.set_id(id);
  finding.set_severity(severity);
  if (!cause.empty()) finding.add_caused_by(cause);
  return finding;
}

TEST(FindingOrderTest, FoldsDependantsUnderTheirRoot) {
  scoring::v1::ScoreCard card;
  Add(card, "note", scoring::v1::SEVERITY_NOTE);
  Add(card, "grandchild", scoring::v1::SEVERITY_EXPLAIN, "child");
  Add(card, "child", scoring::v1::SEVERITY_EXPLAIN, "root");
  Add(card, "root", scoring::v1::SEVERITY_BLOCKS);

  const FindingOrder order(card);

  ASSERT_EQ(order.Roots(scoring::v1::SEVERITY_BLOCKS).size(), 1u);
  const NumberedFinding& root = order.Roots(scoring::v1::SEVERITY_BLOCKS)[0];
  EXPECT_EQ(root.number, 1);
  ASSERT_EQ(root.dependants.size(), 2u);
  EXPECT_EQ(root.dependants[0].finding->id(), "grandchild");
  EXPECT_EQ(order.Roots(scoring::v1::SEVERITY_NOTE)[0].number, 4);
  EXPECT_EQ(order.Count(scoring::v1::SEVERITY_EXPLAIN), 2);
}

TEST(FindingOrderTest, LosesNoFindingWhoseCausesAreUnknownOrCircular) {
  scoring::v1::ScoreCard card;
  Add(card, "a", scoring::v1::SEVERITY_EXPLAIN, "b");
  Add(card, "b", scoring::v1::SEVERITY_EXPLAIN, "a");
  Add(card, "c", scoring::v1::SEVERITY_EXPLAIN, "nowhere");
  Add(card, "d", scoring::v1::SEVERITY_EXPLAIN, "d");

  EXPECT_EQ(FindingOrder(card).Roots(scoring::v1::SEVERITY_EXPLAIN).size(), 4u);
}

}  // namespace
}  // namespace jixiao::publish
