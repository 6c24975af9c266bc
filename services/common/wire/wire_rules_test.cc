#include "common/wire/wire_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/errors.h"
#include "common/wire/wire_check.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao {
namespace {

using report::v1::Section;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Writes down where it was led to; has something to say of paragraphs that end in `!`.
class Diary : public WireVisitor {
 public:
  void Enter(const WireVisit& visit) override { lines.push_back("enter " + visit.place.ToString()); }
  void Leave(const WireVisit& visit, WireViolations& violations) override {
    lines.push_back("leave " + visit.place.ToString());
    marks.push_back(visit.mark);
    if (visit.payload.ends_with('!')) violations.Add(visit.place, "text", "太响了");
  }

  std::vector<std::string> lines;
  std::vector<int> marks;
};

MessageShapes& Shapes() {
  static auto* const shapes =
      new MessageShapes({{.type = Section::descriptor(),
                          .fields = {{.field = "role", .if_missing = "缺项"},
                                     {.field = "number", .max_characters = 2},
                                     {.field = "paragraphs", .if_missing = "没有段落", .max_items = 2, .mark = 7},
                                     {.field = "source_line", .min = 1, .max = 9, .if_out_of_range = "行号不对"}}},
                         {.type = report::v1::Paragraph::descriptor(), .visit_as = 1}});
  return *shapes;
}

absl::Status Check(std::string_view bytes, Diary& diary, size_t max_violations = 20) {
  WireLimits limits;
  limits.max_violations = max_violations;
  return CheckWire(bytes, *Section::descriptor(), Shapes(), diary, "section", limits);
}

// `field: description` of everything wrong.
std::vector<std::string> Wrongs(std::string_view bytes, size_t max_violations = 20) {
  Diary diary;
  std::vector<std::string> wrongs;
  const auto violations = ViolationsOf(Check(bytes, diary, max_violations));
  for (const auto& violation : violations.field_violations()) {
    wrongs.push_back(violation.field() + ": " + violation.description());
  }
  return wrongs;
}

Section ASection() {
  Section section;
  section.set_role(report::v1::SECTION_ROLE_GOALS);
  section.add_paragraphs()->set_text("一");
  return section;
}

TEST(WireRulesTest, TakesWhatKeepsTheRules) { EXPECT_THAT(Wrongs(ASection().SerializeAsString()), IsEmpty()); }

TEST(WireRulesTest, WantsWhatIsRequired) {
  EXPECT_THAT(Wrongs(""), ElementsAre("section.role: 缺项", "section.paragraphs: 没有段落"));
}

TEST(WireRulesTest, CountsItems) {
  Section section = ASection();
  section.add_paragraphs();
  EXPECT_THAT(Wrongs(section.SerializeAsString()), IsEmpty());
  section.add_paragraphs();
  EXPECT_THAT(Wrongs(section.SerializeAsString()), ElementsAre("section.paragraphs: 条目过多：3 条，上限 2 条"));
}

TEST(WireRulesTest, CountsCharactersAndNotBytes) {
  Section section = ASection();
  section.set_number("七、");
  EXPECT_THAT(Wrongs(section.SerializeAsString()), IsEmpty());
  section.set_number("十七、");
  EXPECT_THAT(Wrongs(section.SerializeAsString()), ElementsAre("section.number: 文字过长，上限 2 字"));
}

TEST(WireRulesTest, BoundsNumbersAsAParserReadsThem) {
  for (const int line : {1, 9}) {
    Section section = ASection();
    section.set_source_line(line);
    EXPECT_THAT(Wrongs(section.SerializeAsString()), IsEmpty());
  }
  for (const int line : {0, 10, -1}) {
    Section section = ASection();
    section.set_source_line(line);
    EXPECT_THAT(Wrongs(section.SerializeAsString()), ElementsAre("section.source_line: 行号不对"));
  }
  // 2^32 + 5 is 5 to a parser, 2^31 negative.
  const std::string bytes = ASection().SerializeAsString();
  EXPECT_THAT(Wrongs(bytes + "\x28\x85\x80\x80\x80\x10"), IsEmpty());
  EXPECT_THAT(Wrongs(bytes + "\x28\x80\x80\x80\x80\x08"), ElementsAre("section.source_line: 行号不对"));
}

TEST(WireRulesTest, LeadsTheVisitorToItsMessages) {
  Section section = ASection();
  section.add_paragraphs()->set_text("二!");
  Diary diary;

  const auto violations = ViolationsOf(Check(section.SerializeAsString(), diary));

  EXPECT_THAT(diary.lines, ElementsAre("enter section.paragraphs[0]", "leave section.paragraphs[0]",
                                       "enter section.paragraphs[1]", "leave section.paragraphs[1]"));
  EXPECT_THAT(diary.marks, ElementsAre(7, 7));
  ASSERT_EQ(violations.field_violations_size(), 1);
  EXPECT_EQ(violations.field_violations(0).field(), "section.paragraphs[1].text");
}

TEST(WireRulesTest, LetsTheVisitorLeaveOnlyWhatHasOneOfSomeFields) {
  MessageShapes shapes(
      {{.type = report::v1::Paragraph::descriptor(), .visit_as = 1, .leave_if = {"source_line"}, .fields = {}}});
  Section section = ASection();
  section.add_paragraphs()->set_source_line(3);
  Diary diary;

  EXPECT_TRUE(CheckWire(section.SerializeAsString(), *Section::descriptor(), shapes, diary, "section", {}).ok());

  EXPECT_THAT(diary.lines,
              ElementsAre("enter section.paragraphs[0]", "enter section.paragraphs[1]", "leave section.paragraphs[1]"));
}

TEST(WireRulesTest, SparesTheVisitorWhatIsBroken) {
  Section section = ASection();
  section.mutable_paragraphs(0)->set_text("\xFF");
  section.add_paragraphs()->set_text("二");
  Diary diary;

  EXPECT_FALSE(Check(section.SerializeAsString(), diary).ok());

  EXPECT_THAT(diary.lines,
              ElementsAre("enter section.paragraphs[0]", "enter section.paragraphs[1]", "leave section.paragraphs[1]"));
}

TEST(WireRulesTest, TellsNoMoreThanItMay) {
  Section section;
  for (int i = 0; i < 3; ++i) section.add_paragraphs()->set_text("!");
  EXPECT_EQ(Wrongs(section.SerializeAsString()).size(), 5u);
  EXPECT_EQ(Wrongs(section.SerializeAsString(), 2).size(), 2u);
}

TEST(WireRulesDeathTest, AcceptsNoRuleForAFieldThatIsNotThere) {
  const auto shapes_with = [](FieldRule rule) {
    return MessageShapes({{.type = Section::descriptor(), .fields = {rule}}});
  };
  EXPECT_DEATH(shapes_with({.field = "paragraph"}), "field");
  EXPECT_DEATH(shapes_with({.field = "number", .min = 0}), "has_range");
  EXPECT_DEATH(shapes_with({.field = "role", .max_characters = 1}), "max_characters");
  EXPECT_DEATH(shapes_with({.field = "role", .max_items = 1}), "max_items");
}

}  // namespace
}  // namespace jixiao
