#include "intake/reader/blocks/naming_properties.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jixiao::intake {
namespace {

bool IsNoted(const std::string& value, std::string_view unit_name = "湖阳市江口区农业农村局") {
  report::v1::Provenance provenance;
  NoteNamingProperties({{report::v1::FILE_PROPERTY_AUTHOR, value}}, unit_name, provenance);
  return provenance.naming_properties_size() > 0;
}

TEST(NamingPropertiesTest, NotesPersonsAndOtherOrganisations) {
  for (const char* value : {"林小月", "linxy", "Lin Xiaoyue", "湖阳市江口区财政局", "某某会计师事务所", "A"}) {
    EXPECT_TRUE(IsNoted(value)) << value;
  }
  EXPECT_TRUE(IsNoted("江口区农业农村局", "")) << "nobody knows whose name it is";
}

TEST(NamingPropertiesTest, LeavesTheUnitItselfAndUnnamedComputersAlone) {
  for (const char* value :
       {"湖阳市江口区农业农村局", "湖阳市 江口区农业农村局办公室", "江口区农业局", "Administrator", "微软用户",
        "Windows 用户", "ＨＰ", "WPS_1602307364", "python-docx", "Microsoft Office User"}) {
    EXPECT_FALSE(IsNoted(value)) << value;
  }
}

TEST(NamingPropertiesTest, KeepsNothingOfWhatAPropertySays) {
  report::v1::Provenance provenance;
  NoteNamingProperties({{report::v1::FILE_PROPERTY_AUTHOR, "林小月"}, {report::v1::FILE_PROPERTY_COMPANY, "某某公司"}},
                       "江口区农业农村局", provenance);
  ASSERT_EQ(provenance.naming_properties_size(), 2);
  EXPECT_EQ(provenance.naming_properties(1).property(), report::v1::FILE_PROPERTY_COMPANY);
  EXPECT_THAT(provenance.SerializeAsString(), ::testing::Not(::testing::HasSubstr("林")));
  EXPECT_THAT(provenance.SerializeAsString(), ::testing::Not(::testing::HasSubstr("某")));
}

}  // namespace
}  // namespace jixiao::intake
