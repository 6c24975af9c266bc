#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/testing/scored.h"
#include "scoring/testing/small_report.h"

namespace jixiao::scoring {
namespace {

TEST(CheckPersonalDataTest, MasksContactsInItsOwnFinding) {
  report::v1::Report report = testing::SmallReport();
  auto* contact = report.add_contacts();
  contact->set_role(report::v1::CONTACT_ROLE_PREPARER);
  contact->set_text("欧阳明珠");

  const v1::ScoreCard card = testing::Score(report);

  EXPECT_EQ(testing::FindingOf(card, "PII").severity(), v1::SEVERITY_BLOCKS);
  EXPECT_EQ(ScoreCardBytes(card).find("欧阳明珠"), std::string::npos);
}

TEST(CheckPersonalDataTest, NamesThePropertiesThatNameSomebodyInOneFinding) {
  report::v1::Report report = testing::SmallReport();
  EXPECT_THAT(testing::RuleIds(report), ::testing::IsEmpty());
  auto& provenance = *report.mutable_provenance();
  provenance.add_naming_properties()->set_property(report::v1::FILE_PROPERTY_AUTHOR);
  provenance.add_naming_properties()->set_property(report::v1::FILE_PROPERTY_LAST_MODIFIED_BY);

  const v1::ScoreCard card = testing::Score(report);

  EXPECT_THAT(testing::RuleIds(card), ::testing::ElementsAre("PII_METADATA"));
  EXPECT_EQ(card.findings(0).value(), "“作者”“上次修改者”写有人名或其他单位的名称");
  EXPECT_EQ(card.findings(0).places(0).label(), "文件属性");
  EXPECT_EQ(card.findings(0).severity(), v1::SEVERITY_EXPLAIN);
}

}  // namespace
}  // namespace jixiao::scoring
