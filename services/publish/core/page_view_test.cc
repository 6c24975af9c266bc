#include "publish/core/page_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "publish/core/disclosure_name.h"
#include "publish/core/display_text.h"
#include "publish/core/finding_order.h"
#include "publish/core/index_view.h"

namespace jixiao::publish {
namespace {

TEST(DisclosureNameTest, ReadsOnlyCanonicalPaths) {
  const auto department = ParsePagePath("/2024/430611/NC01/department/2.json");
  ASSERT_TRUE(department.has_value());
  EXPECT_EQ(department->version, 2);
  EXPECT_EQ(department->format, PageAddress::Format::kJson);
  const auto project = ParsePagePath("/2024/430611/NC01/project/ab12/1");
  ASSERT_TRUE(project.has_value());
  EXPECT_EQ(PagePath({project->submission, project->version}), "/2024/430611/NC01/project/ab12/1");
  for (const char* path :
       {"", "/", "2024/430611/NC01/department", "/2024/43061/NC01/department", "/2024/430611/NC_1/department",
        "/2024/430611/NC01/department/0", "/02024/430611/N/department", "/2024/430611/NC01/department/1/2",
        "/2024/430611/NC01/project", "/2024/430611/NC01/x/1"}) {
    EXPECT_FALSE(ParsePagePath(path).has_value()) << path;
  }
}

TEST(DisclosureNameTest, FormatsWhatItParsed) {
  const auto key = ParseVersionName("submissions/", "submissions/430611.NC01.2024.project.ab12/versions/3", "x");
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(FormatDisclosureName(*key), "disclosures/430611.NC01.2024.project.ab12/versions/3");
  EXPECT_FALSE(ParseVersionName("submissions/", "disclosures/430611.NC01.2024.department/versions/3", "x").ok());
  EXPECT_FALSE(ParseVersionName("submissions/", "submissions/430611.NC01.2024.department/versions/03", "x").ok());
  EXPECT_FALSE(ParseVersionName("submissions/", "submissions/430611.NC01.2024.department", "x").ok());
}

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

TEST(DisplayTextTest, ShowsWhatTurnsTheDirectionAndDropsWhatPrintsNothing) {
  EXPECT_EQ(DisplayText("a\u202Eb\u200Bc\x01"
                        "d\n"),
            "a[U+202E]bcd\n");
  EXPECT_EQ(DisplayText("\xff"), "\uFFFD");
}

TEST(DisplayTextTest, WritesIntervalsWithEqualDecimals) {
  EXPECT_EQ(IntervalText(92100, 96000), "92.1–96.0");
  EXPECT_EQ(IntervalText(96000, 96000), "96");
  EXPECT_EQ(IntervalText(std::nullopt, 96000), "—");
}

TEST(IndexViewTest, ComparesDivisionsInPairsOfDigits) {
  EXPECT_EQ(DivisionPrefix("430000"), "43");
  EXPECT_EQ(DivisionPrefix("431000"), "4310");
  EXPECT_EQ(DivisionPrefix("430611"), "430611");
}

}  // namespace
}  // namespace jixiao::publish
