#include "print/failure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/errors.h"

namespace jixiao::cli {
namespace {

using ::testing::HasSubstr;

TEST(PrintFailureTest, SaysWhatToDoByTheReason) {
  const absl::Status status = MakeError(absl::StatusCode::kAborted, "STALE_BASE_VERSION", "current version is 3");

  EXPECT_EQ(PrintFailure("报告.txt", status, {}),
            "错误  报告.txt：已经有了更新的版本\n"
            "  说明：current version is 3\n"
            "  办法：用 status 查看当前版本，核对后再办理\n");
}

TEST(PrintFailureTest, ListsEveryBrokenField) {
  const absl::Status status = InvalidFields({{"report.content.unit.name", "单位名称空白"}, {"report.x", "太长"}});

  const std::string text = PrintFailure("报告.txt", status, {});

  EXPECT_THAT(text, HasSubstr("  report.content.unit.name：单位名称空白\n"));
  EXPECT_THAT(text, HasSubstr("  report.x：太长\n"));
}

TEST(PrintFailureTest, SaysWhatToDoWhenNobodyAnswers) {
  EXPECT_THAT(PrintFailure("127.0.0.1:1", absl::UnavailableError("connection refused"), {}),
              HasSubstr("办法：查看服务是否已启动"));
}

TEST(FailureJsonTest, CarriesReasonAndFieldsOnOneLine) {
  const absl::Status status = InvalidFields({{"a", "带\"引号\"和\n换行"}});

  EXPECT_EQ(FailureJson("x", status),
            "{\"about\":\"x\",\"error\":{\"code\":\"INVALID_ARGUMENT\",\"reason\":\"INVALID_FIELDS\","
            "\"message\":\"a：带\\\"引号\\\"和\\u000a换行\",\"fieldProblems\":[{\"field\":\"a\","
            "\"description\":\"带\\\"引号\\\"和\\u000a换行\"}]}}\n");
}

}  // namespace
}  // namespace jixiao::cli
