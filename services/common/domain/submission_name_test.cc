#include "common/domain/submission_name.h"

#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"

namespace jixiao {
namespace {

using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;

constexpr auto kDepartment = report::v1::REPORT_KIND_DEPARTMENT;
constexpr auto kProject = report::v1::REPORT_KIND_PROJECT;

TEST(SubmissionNameTest, ReadsBackWhatItWrites) {
  const SubmissionKey department{"430611", "NC-01", 2024, kDepartment, ""};
  const SubmissionKey project{"410100", "A1", 2021, kProject, "0a1b2c3d4e5f"};

  EXPECT_EQ(FormatSubmissionName(department), "submissions/430611.NC-01.2024.department");
  EXPECT_EQ(*ParseSubmissionName(FormatSubmissionName(department), "name"), department);
  EXPECT_EQ(*ParseSubmissionName(FormatSubmissionName(project), "name"), project);
  EXPECT_EQ(*ParseVersionName(FormatVersionName({project, 12}), "name"), (VersionKey{project, 12}));
}

TEST(SubmissionNameTest, NamesVersionsOfEachCollection) {
  const SubmissionKey project{"430611", "NC01", 2024, kProject, "ab12"};
  const std::string name = "disclosures/430611.NC01.2024.project.ab12/versions/3";
  EXPECT_EQ(FormatVersionName({project, 3}, "disclosures/"), name);
  EXPECT_EQ(*ParseVersionName(name, "name", "disclosures/"), (VersionKey{project, 3}));
  EXPECT_THAT(ParseVersionName(name, "name"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(SubmissionNameTest, ReadsLocalNamesWithoutTheirDivision) {
  const SubmissionKey project{"430611", "NC01", 2024, kProject, "ab12"};
  EXPECT_EQ(LocalName(project), "NC01.2024.project.ab12");
  EXPECT_EQ(ParseLocalName("430611", LocalName(project)), project);
  EXPECT_EQ(ParseLocalName("430611", "NC01.2024.department.ab12"), std::nullopt);
  EXPECT_EQ(ParseLocalName("43061", LocalName(project)), std::nullopt);
}

TEST(SubmissionNameTest, ReadsNamesOfUnits) {
  EXPECT_EQ(FormatUnitName({"430611", "NC01"}), "divisions/430611/units/NC01");
  EXPECT_EQ(*ParseUnitName("divisions/430611/units/NC01", "unit"), (UnitKey{"430611", "NC01"}));
  for (const char* name : {"", "divisions/430611", "divisions/43061/units/NC01", "divisions/430611/units/",
                           "divisions/430611/units/N C", "430611/units/NC01"}) {
    EXPECT_THAT(ParseUnitName(name, "unit"), StatusIs(absl::StatusCode::kInvalidArgument)) << name;
  }
}

class MalformedName : public ::testing::TestWithParam<const char*> {};

TEST_P(MalformedName, IsRefused) {
  EXPECT_THAT(ParseSubmissionName(GetParam(), "name"), StatusIs(absl::StatusCode::kInvalidArgument));
}

INSTANTIATE_TEST_SUITE_P(
    SubmissionNameTest, MalformedName,
    ::testing::Values("", "submissions/", "430611.NC01.2024.department", "submissions/43061.NC01.2024.department",
                      "submissions/430611..2024.department", "submissions/430611.NC/01.2024.department",
                      "submissions/430611.农业.2024.department", "submissions/430611.NC01.02024.department",
                      "submissions/430611.NC01.2014.department", "submissions/430611.NC01.2101.department",
                      "submissions/430611.NC01.2024.departments", "submissions/430611.NC01.2024.department.extra",
                      "submissions/430611.NC01.2024.project", "submissions/430611.NC01.2024.project.",
                      "submissions/430611.NC01.2024.department/versions/1"));

TEST(SubmissionNameTest, RefusesVersionsThatAreNoCanonicalNumber) {
  for (const char* version : {"0", "-1", "01", "1x", "", "99999999999"}) {
    const std::string name = "submissions/430611.NC01.2024.department/versions/" + std::string(version);
    EXPECT_THAT(ParseVersionName(name, "name"), StatusIs(absl::StatusCode::kInvalidArgument)) << name;
  }
}

TEST(SubmissionNameTest, BoundsRequestIds) {
  EXPECT_FALSE(IsRequestId("1234567"));
  EXPECT_TRUE(IsRequestId("12345678"));
  EXPECT_TRUE(IsRequestId(std::string(64, 'a')));
  EXPECT_FALSE(IsRequestId(std::string(65, 'a')));
  EXPECT_FALSE(IsRequestId("abc defgh"));
}

}  // namespace
}  // namespace jixiao
