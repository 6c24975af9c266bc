#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scoring/testing/scored.h"
#include "scoring/testing/small_report.h"

namespace jixiao::scoring {
namespace {

using report::v1::Report;
using ::testing::Contains;
using testing::FindingOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::RuleIds;
using testing::Saying;
using testing::Score;
using testing::SmallReport;

TEST(TypographyTest, NotesSlipsOnceWithAllPlaces) {
  const auto finding = FindingOf(Score(Saying("调解纠分十起，，例行节约。")), "TYPO");
  EXPECT_EQ(finding.places_size(), 3);
  EXPECT_THAT(finding.expected(), HasSubstr("纠纷"));
}

TEST(TypographyTest, LeavesRightWordsAlone) {
  for (const char* text :
       {"调解纠纷十起。", "的的确确有成效。", "召开党委委员会议。", "情况如下：……", "即使困难也完成了。"}) {
    EXPECT_THAT(RuleIds(Saying(text)), Not(Contains("TYPO"))) << text;
  }
}

TEST(TypographyTest, NotesRemainsThatTheReaderTookOut) {
  Report report = SmallReport();
  report.mutable_provenance()->set_reader("text/1");
  report.mutable_content()->add_signature_blocks()->set_has_date(true);
  EXPECT_THAT(RuleIds(report), IsEmpty());
  auto* change = report.mutable_provenance()->add_changes();
  change->set_kind(report::v1::CHANGE_KIND_BOOKMARK_REMOVED);
  change->set_source_line(16);
  EXPECT_EQ(FindingOf(Score(report), "TEXT_DAMAGE").places(0).source_line(), 16);
  change->set_kind(report::v1::CHANGE_KIND_ROW_ALIGNED);
  EXPECT_THAT(RuleIds(report), Contains("COL_SHIFT"));
  change->set_kind(report::v1::CHANGE_KIND_LINES_JOINED);
  EXPECT_THAT(RuleIds(report), IsEmpty());
}

TEST(TypographyTest, NotesSignaturesOnlyIfAllAreBlank) {
  Report report = SmallReport();
  report.mutable_content()->add_signature_blocks();
  report.mutable_content()->add_signature_blocks();
  EXPECT_EQ(FindingOf(Score(report), "SIGN_BLANK").places_size(), 2);
  report.mutable_content()->mutable_signature_blocks(1)->set_has_date(true);
  EXPECT_THAT(RuleIds(report), Not(Contains("SIGN_BLANK")));
  report.mutable_content()->clear_signature_blocks();
  EXPECT_THAT(RuleIds(report), Not(Contains("SIGN_BLANK")));
  report.mutable_provenance()->set_reader("text/1");
  EXPECT_THAT(RuleIds(report), Contains("SIGN_BLANK"));
}

}  // namespace
}  // namespace jixiao::scoring
