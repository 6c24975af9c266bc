#include "intake/core/submission/submission_name.h"

#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"

namespace jixiao::intake {
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

TEST(SubmissionNameTest, GivesOneUnitOneProvisionalCode) {
  const std::string code = ProvisionalUnitCode("430611", "云溪县农村工作局");

  EXPECT_TRUE(IsUnitCode(code));
  EXPECT_EQ(code.front(), 'P');
  EXPECT_EQ(code.size(), 11U);
  EXPECT_EQ(ProvisionalUnitCode("430611", "云溪县 农村工作局　"), code);
  EXPECT_NE(ProvisionalUnitCode("430612", "云溪县农村工作局"), code);
  EXPECT_NE(ProvisionalUnitCode("430611", "云溪县农业工作局"), code);
}

TEST(SubmissionNameTest, GivesEveryProjectNameAValidCode) {
  EXPECT_TRUE(IsUnitCode(ProjectCode("高标准农田建设（二期）")));
  EXPECT_EQ(ProjectCode("高标准农田建设(二期)"), ProjectCode("高标准农田建设（二期）"));
}

TEST(SubmissionNameTest, BoundsRequestIds) {
  EXPECT_FALSE(IsRequestId("1234567"));
  EXPECT_TRUE(IsRequestId("12345678"));
  EXPECT_TRUE(IsRequestId(std::string(64, 'a')));
  EXPECT_FALSE(IsRequestId(std::string(65, 'a')));
  EXPECT_FALSE(IsRequestId("abc defgh"));
}

TEST(SubmissionNameTest, FindsWhatStandsBelowADivision) {
  EXPECT_EQ(DivisionPrefix("430000"), "43");
  EXPECT_EQ(DivisionPrefix("430600"), "4306");
  EXPECT_EQ(DivisionPrefix("430611"), "430611");
}

}  // namespace
}  // namespace jixiao::intake
