#include "intake/core/submission/submission_name.h"

#include <gtest/gtest.h>

namespace jixiao::intake {
namespace {

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

}  // namespace
}  // namespace jixiao::intake
