// Whole outputs against reviewed files in tests/golden/jixiao/<case>/.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "common/testing/temp_dir.h"
#include "google/protobuf/text_format.h"
#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "print/checked_report.h"

namespace jixiao::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string CasePath(const std::string& name, const std::string& file) {
  return jixiao::testing::SourcePath("tests/golden/jixiao/" + name + "/" + file);
}

template <typename Message>
Message ReadMessage(const std::string& path) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(jixiao::testing::ReadFile(path), &message)) << path;
  return message;
}

std::string Print(const std::string& name, bool with_trace, const Style& style) {
  return PrintCheckedReport("报告.txt", ReadMessage<report::v1::Report>(CasePath(name, "report.textproto")),
                            ReadMessage<scoring::v1::ScoreCard>(CasePath(name, "card.textproto")), with_trace, style);
}

void ExpectGolden(const std::string& name, const std::string& file, const std::string& actual) {
  const std::string golden = CasePath(name, file);
  if (std::getenv("JIXIAO_UPDATE_GOLDENS") != nullptr) jixiao::testing::WriteFile(golden, actual);
  if (jixiao::testing::ReadFile(golden) == actual) return;
  const std::string written = ::testing::TempDir() + name + "." + file;
  jixiao::testing::WriteFile(written, actual);
  ADD_FAILURE() << "differs from the reviewed output; look at the difference, then take it over:\n  diff " << golden
                << " " << written << "\n  cp " << written << " " << golden << "\n"
                << actual;
}

TEST(CheckedReportTest, ShowsRootsFirstWithFollowersUnderThem) {
  ExpectGolden("check_with_roots", "expected.txt", Print("check_with_roots", false, {}));
}

TEST(CheckedReportTest, ShowsTheTraceOfEveryFigureOnRequest) {
  ExpectGolden("check_with_roots", "expected_trace.txt", Print("check_with_roots", true, {}));
}

TEST(CheckedReportTest, WrapsToTheTerminal) {
  ExpectGolden("check_with_roots", "expected_narrow.txt", Print("check_with_roots", false, {.width = 60}));
}

TEST(CheckedReportTest, SaysThatACleanReportCanBeFiled) {
  ExpectGolden("check_clean", "expected.txt", Print("check_clean", true, {}));
}

TEST(CheckedReportTest, PrintsNoContacts) {
  EXPECT_THAT(Print("check_with_roots", true, {}), Not(HasSubstr("不应打印的姓名")));
}

TEST(CheckedReportTest, ColoursOnlyWhenAsked) {
  EXPECT_THAT(Print("check_with_roots", true, {}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(Print("check_with_roots", false, {.colour = true}), HasSubstr("\x1b[1;31m【严重】\x1b[0m"));
}

TEST(CheckedReportTest, LetsNoEscapeSequenceOfTheReportThrough) {
  EXPECT_THAT(Print("check_with_roots", true, {.colour = true}), Not(HasSubstr("\x1b[31m卫生")));
}

}  // namespace
}  // namespace jixiao::cli
