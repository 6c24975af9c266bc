#include "common/domain/divisions.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "common/base/errors.h"
#include "common/testing/shipped_divisions.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace jixiao {
namespace {

using ::jixiao::testing::ShippedDivisions;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kSources[] = R"(
    sources { title: "2010" as_of: "2010-12-31" }
    sources { title: "2020" as_of: "2020-12-31" })";

std::string DivisionProblems(const std::string& text) {
  std::string all;
  const auto violations = ViolationsOf(Divisions::Parse(text).status());
  for (const auto& violation : violations.field_violations()) {
    all += violation.field() + ": " + violation.description() + "\n";
  }
  return all;
}

// Of a list of divisions, each given as the fields of its entry.
std::string ProblemsOf(const std::vector<std::string>& entries) {
  std::string text = kSources;
  for (const std::string& entry : entries) text += "divisions { " + entry + " }\n";
  return DivisionProblems(text);
}

std::vector<std::string> CodesOf(const std::vector<const Divisions::Division*>& divisions) {
  std::vector<std::string> codes;
  for (const auto* division : divisions) codes.push_back(division->code());
  return codes;
}

TEST(DivisionsTest, NamesPlacesFromTheProvinceDown) {
  EXPECT_EQ(ShippedDivisions().Name("430611"), "君山区");
  EXPECT_EQ(ShippedDivisions().FullName("430611"), "湖南省岳阳市君山区");
  EXPECT_EQ(ShippedDivisions().FullName("430000"), "湖南省");
  EXPECT_EQ(ShippedDivisions().FullName("110101"), "北京市东城区");
  EXPECT_EQ(ShippedDivisions().FullName("419001"), "河南省济源市");
  EXPECT_EQ(ShippedDivisions().FullName("430699"), "湖南省岳阳市") << "as far as it is known";
  EXPECT_EQ(ShippedDivisions().FullName("990000"), "990000");
  EXPECT_EQ(ShippedDivisions().Name("43"), "");
}

TEST(DivisionsTest, KnowsNothingWithoutAFile) {
  EXPECT_EQ(Divisions().Name("430611"), "");
  EXPECT_EQ(Divisions().FullName("430611"), "430611");
  EXPECT_THAT(Divisions().NamedIn("君山区", 2024), IsEmpty());
}

TEST(DivisionsTest, KnowsWhichYearListsACode) {
  EXPECT_TRUE(ShippedDivisions().IsListed("430124", 2016)) << "宁乡县, a city since 2017";
  EXPECT_FALSE(ShippedDivisions().IsListed("430124", 2017));
  EXPECT_FALSE(ShippedDivisions().IsListed("430182", 2016));
  EXPECT_TRUE(ShippedDivisions().IsListed("430182", 2030)) << "the newest list counts until a newer one comes";
  EXPECT_FALSE(ShippedDivisions().IsListed("430699", 2024));
}

TEST(DivisionsTest, FindsPresentAndFormerNames) {
  EXPECT_THAT(CodesOf(ShippedDivisions().FindByName("襄阳市")), ElementsAre("420600"));
  EXPECT_THAT(CodesOf(ShippedDivisions().FindByName("襄樊市")), ElementsAre("420600"));
  EXPECT_THAT(CodesOf(ShippedDivisions().FindByName("普陀区")), ElementsAre("310107", "330903"));
  EXPECT_THAT(ShippedDivisions().FindByName("襄"), IsEmpty());
}

TEST(DivisionsTest, FindsNamesInTextsAsOfTheirYear) {
  const std::string text = "襄樊市财政局关于君山区的函";
  EXPECT_THAT(CodesOf(ShippedDivisions().NamedIn(text, 2009)), ElementsAre("420600", "430611"));
  EXPECT_THAT(CodesOf(ShippedDivisions().NamedIn(text, 2012)), ElementsAre("430611"));
  EXPECT_THAT(CodesOf(ShippedDivisions().NamedIn(text, 0)), ElementsAre("430611"));
  EXPECT_THAT(CodesOf(ShippedDivisions().NamedIn("宁乡市", 2016)), ElementsAre("430182"))
      << "a report of 2016 is written in 2017";
  EXPECT_THAT(ShippedDivisions().NamedIn("君山\xE5", 0), IsEmpty());
}

// The Ministry of Civil Affairs' count at the end of 2024: 2,846 counties; by province
// as the statistical yearbook has them.
TEST(DivisionsTest, HasTheCountiesOfEveryProvince) {
  const std::map<std::string, int> published = {
      {"11", 16},  {"12", 16},  {"13", 167}, {"14", 117}, {"15", 103}, {"21", 100}, {"22", 60},  {"23", 121},
      {"31", 16},  {"32", 95},  {"33", 90},  {"34", 104}, {"35", 84},  {"36", 100}, {"37", 136}, {"41", 157},
      {"42", 103}, {"43", 122}, {"44", 122}, {"45", 111}, {"46", 25},  {"50", 38},  {"51", 183}, {"52", 88},
      {"53", 129}, {"54", 74},  {"61", 107}, {"62", 86},  {"63", 44},  {"64", 22},  {"65", 110}};
  std::map<std::string, int> counted;
  int provinces = 0;
  int prefectures = 0;
  for (const auto& division : ShippedDivisions().all()) {
    const std::string& code = division.code();
    if (division.has_listed_until()) continue;
    if (code.ends_with("0000")) {
      ++provinces;
    } else if (code.ends_with("00")) {
      ++prefectures;
    } else {
      ++counted[code.substr(0, 2)];
    }
  }
  EXPECT_EQ(counted, published);
  EXPECT_EQ(provinces, 34);
  EXPECT_EQ(prefectures, 333);
}

TEST(DivisionsTest, DigestFollowsTheContentAndNotTheLayout) {
  const std::string text = std::string(kSources) + "divisions { code: \"430000\" name: \"湖南省\" }";
  const auto digest = [](const std::string& list) { return Divisions::Parse(list)->digest(); };
  EXPECT_EQ(digest("# a remark\n" + text), digest(text));
  EXPECT_NE(digest(text + "divisions { code: \"440000\" name: \"广东省\" }"), digest(text));
}

TEST(DivisionsLintTest, RefusesCodesThatCannotBe) {
  const std::string hunan = "code: '430000' name: '湖南省'";
  EXPECT_EQ(ProblemsOf({hunan}), "");
  EXPECT_THAT(ProblemsOf({"code: '4300' name: '湖南省'"}), HasSubstr("divisions[4300]: is no division code"));
  EXPECT_THAT(ProblemsOf({"code: '43000a' name: '湖南省'"}), HasSubstr("is no division code"));
  EXPECT_THAT(ProblemsOf({"code: '000000' name: '全国'"}), HasSubstr("is no division code"));
  EXPECT_THAT(ProblemsOf({hunan, hunan}), HasSubstr("stands twice"));
  EXPECT_THAT(ProblemsOf({"code: '440000' name: '广东省'", hunan}), HasSubstr("stands behind 440000"));
  EXPECT_THAT(ProblemsOf({"code: '430000'"}), HasSubstr("has no name"));
}

TEST(DivisionsLintTest, RefusesDivisionsThatBelongNowhere) {
  const std::string hunan = "code: '430000' name: '湖南省'";
  EXPECT_THAT(ProblemsOf({hunan, "code: '430611' name: '君山区'"}),
              HasSubstr("belongs to 430600, which is not listed"));
  EXPECT_THAT(ProblemsOf({"code: '430600' name: '岳阳市'"}), HasSubstr("belongs to 430000"));
  EXPECT_EQ(ProblemsOf({"code: '110000' name: '北京市'", "code: '110101' name: '东城区'"}), "");
  EXPECT_EQ(ProblemsOf({hunan, "code: '439001' name: '某市'"}), "");
  EXPECT_THAT(ProblemsOf({hunan, "code: '430101' name: '某区'"}), HasSubstr("belongs to 430100"));
}

TEST(DivisionsLintTest, RefusesYearsThatCannotBe) {
  const auto with = [](const std::string& fields) { return ProblemsOf({"code: '430000' name: '湖南省' " + fields}); };
  EXPECT_EQ(with("listed_from: 2011 listed_until: 2019"), "");
  EXPECT_THAT(with("listed_from: 2021"), HasSubstr("the lists go from 2010 to 2020"));
  EXPECT_THAT(with("listed_until: 2009"), HasSubstr("the lists go from 2010 to 2020"));
  EXPECT_THAT(with("listed_from: 2015 listed_until: 2014"), HasSubstr("listed from 2015 until 2014"));
  EXPECT_EQ(with("former_names { name: '甲' listed_until: 2012 } former_names { name: '乙' listed_until: 2014 }"), "");
  EXPECT_THAT(with("former_names { name: '甲' listed_until: 2014 } former_names { name: '乙' listed_until: 2012 }"),
              HasSubstr("`乙` until 2012 does not fit"));
  EXPECT_THAT(with("former_names { name: '甲' listed_until: 2020 }"), HasSubstr("`甲` until 2020 does not fit"));
  EXPECT_THAT(with("former_names { listed_until: 2012 }"), HasSubstr("a former name is empty"));
}

TEST(DivisionsLintTest, RefusesAListOfNothing) {
  EXPECT_THAT(DivisionProblems(""), HasSubstr("divisions: there are none"));
  EXPECT_THAT(DivisionProblems("divisions { code: '430000' name: '湖南省' }"), HasSubstr("sources: names no list"));
  EXPECT_THAT(DivisionProblems("divisions {\n  cod: 1\n}"), HasSubstr("2:"));
}

TEST(DivisionsTest, NamesTheFileItCannotUse) {
  const ::jixiao::testing::TempDir dir;
  const absl::Status missing = Divisions::Load(dir.File("divisions.textproto")).status();
  EXPECT_EQ(ReasonOf(missing), "DIVISIONS_UNREADABLE");
  EXPECT_THAT(std::string(missing.message()), HasSubstr(dir.File("divisions.textproto")));
  ::jixiao::testing::WriteFile(dir.File("divisions.textproto"), "divisions { code: '43' }");
  const absl::Status damaged = Divisions::Load(dir.File("divisions.textproto")).status();
  EXPECT_EQ(ReasonOf(damaged), "BAD_DIVISIONS");
  EXPECT_THAT(std::string(damaged.message()), HasSubstr("divisions[43]: is no division code"));
}

}  // namespace
}  // namespace jixiao
