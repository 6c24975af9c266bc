#include "publish/core/disclosure_name.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace jixiao::publish
