// What must hold for every document, shown on the example reports: nothing that
// is written gets lost, and nothing that is broken breaks the reader.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/text.h"
#include "intake/reader/form/read_text_report.h"
#include "intake/testing/documents/example_reports.h"
#include "intake/testing/documents/figures.h"
#include "intake/testing/documents/shipped_reader_data.h"

namespace jixiao::intake {
namespace {

using report::v1::Report;
using testing::ExampleReport;

std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

// A Report that can be stored, or an error that tells a clerk what to do.
void ExpectReportOrAdvice(std::string_view document) {
  const auto report = ReadTextReport(document, testing::ShippedReaderData());
  if (report.ok()) {
    EXPECT_GE(report->content().evaluation_tables_size(), 1);
    EXPECT_TRUE(IsCleanUtf8(report->content().title()));
    return;
  }
  EXPECT_EQ(report.status().code(), absl::StatusCode::kInvalidArgument);
  const std::string message(report.status().message());
  EXPECT_TRUE(message.find("请") != std::string::npos) << message;
}

class ExampleReportTest : public ::testing::TestWithParam<ExampleReport> {
 protected:
  void SetUp() override {
    document_ = testing::ReadFile(GetParam().path);
    if (document_.empty()) GTEST_SKIP() << "The report " << GetParam().path << " is not here.";
  }
  // Samples have the seeds' structure, line by line: every line of them is
  // tried, and every seventh of the seeds, so that the suite stays quick.
  size_t Stride() const { return GetParam().is_seed ? 7 : 1; }

  std::string document_;
};

INSTANTIATE_TEST_SUITE_P(, ExampleReportTest, ::testing::ValuesIn(testing::ExampleReports()),
                         [](const auto& info) { return info.param.name; });

constexpr std::string_view kMark = "QZX";

void ExpectKept(const std::string& document, size_t line) {
  const auto report = ReadTextReport(document, testing::ShippedReaderData());
  ASSERT_TRUE(report.ok()) << "line " << line + 1 << ": " << report.status();
  EXPECT_NE(report->SerializeAsString().find(kMark), std::string::npos) << "lost in line " << line + 1;
}

// Conservation, shown from outside: a mark put behind any text of any line, and
// so into each paragraph, cell, heading, label and signature, is found again in
// the report: in content, contacts, changes or unread.
TEST_P(ExampleReportTest, KeepsMarkPutBehindAnyText) {
  const std::vector<std::string> lines = Lines(document_);
  for (size_t i = 0; i < lines.size(); i += Stride()) {
    if (Trim(lines[i]).empty()) continue;
    // Behind each cell of a row, or once behind the line.
    for (size_t tab = lines[i].find('\t', 1);; tab = lines[i].find('\t', tab + 1)) {
      std::vector<std::string> marked = lines;
      marked[i].insert(std::min(tab, lines[i].size()), kMark);
      ExpectKept(Joined(marked), i);
      if (tab == std::string::npos) break;
    }
  }
}

TEST_P(ExampleReportTest, KeepsMarkPutInFrontOfAnyText) {
  const std::vector<std::string> lines = Lines(document_);
  for (size_t i = 0; i < lines.size(); i += Stride()) {
    if (Trim(lines[i]).empty()) continue;
    std::vector<std::string> marked = lines;
    marked[i].insert(lines[i].find_first_not_of('\t'), kMark);
    ExpectKept(Joined(marked), i);
  }
}

TEST_P(ExampleReportTest, KeepsLineAddedAnywhere) {
  const std::vector<std::string> lines = Lines(document_);
  for (size_t i = 0; i <= lines.size(); i += Stride()) {
    std::vector<std::string> marked = lines;
    marked.insert(marked.begin() + static_cast<long>(i), std::string(kMark));
    ExpectKept(Joined(marked), i);
  }
}

TEST_P(ExampleReportTest, KeepsCellAddedAnywhere) {
  const std::vector<std::string> lines = Lines(document_);
  for (size_t i = 0; i <= lines.size(); i += Stride()) {
    std::vector<std::string> marked = lines;
    marked.insert(marked.begin() + static_cast<long>(i), "\t" + std::string(kMark));
    ExpectKept(Joined(marked), i);
  }
}

TEST_P(ExampleReportTest, SurvivesTruncation) {
  for (size_t size = 0; size < document_.size(); size += 997) ExpectReportOrAdvice(document_.substr(0, size));
}

TEST_P(ExampleReportTest, SurvivesLossOfLines) {
  const std::vector<std::string> lines = Lines(document_);
  for (size_t start = 0; start < 50; ++start) {
    std::vector<std::string> kept;
    for (size_t i = 0; i < lines.size(); ++i) {
      if (i % 50 != start) kept.push_back(lines[i]);
    }
    ExpectReportOrAdvice(Joined(kept));
  }
}

TEST_P(ExampleReportTest, SurvivesLossOfAllTabsOrAllLineBreaks) {
  ExpectReportOrAdvice(ReplaceAll(document_, "\t", ""));
  ExpectReportOrAdvice(ReplaceAll(document_, "\n", ""));
  ExpectReportOrAdvice(ReplaceAll(document_, "\n", "\t"));
  ExpectReportOrAdvice(ReplaceAll(document_, "\t", "\t\t\t\t"));
}

TEST_P(ExampleReportTest, ReadsWindowsLineEndsAlike) {
  const auto report = ReadTextReport(document_, testing::ShippedReaderData());
  const auto windows =
      ReadTextReport("\xEF\xBB\xBF" + ReplaceAll(document_, "\n", "\r\n"), testing::ShippedReaderData());
  ASSERT_TRUE(report.ok() && windows.ok());
  EXPECT_EQ(windows->content().SerializeAsString(), report->content().SerializeAsString());
  EXPECT_EQ(windows->provenance().changes_size(), report->provenance().changes_size() + 2);
}

TEST_P(ExampleReportTest, ReadsEachCellOnce) {
  // No two values of the tables share a cell.
  const auto report = ReadTextReport(document_, testing::ShippedReaderData());
  ASSERT_TRUE(report.ok());
  for (const auto& table : report->content().evaluation_tables()) {
    std::vector<std::pair<int, int>> cells;
    for (const auto& row : table.indicators()) {
      for (const auto* value :
           {&row.level3(), &row.target(), &row.actual(), &row.weight(), &row.score(), &row.reason()}) {
        if (value->has_address()) cells.emplace_back(value->address().row_index(), value->address().column_index());
      }
    }
    std::sort(cells.begin(), cells.end());
    EXPECT_EQ(std::adjacent_find(cells.begin(), cells.end()), cells.end());
  }
}

TEST(ReadTextReportTest, RefusesWhatIsNoReportWithAdvice) {
  for (const std::string& document :
       {std::string(), std::string("\n\n\t\n"), std::string("\xC4\xFA\xBA\xC3"), std::string("一、基本情况\n无\n"),
        std::string("a\0b", 3), std::string((1 << 20) + 1, 'a')}) {
    const auto report = ReadTextReport(document, testing::ShippedReaderData());
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(report.status().message()), ::testing::HasSubstr("请"));
  }
}

TEST(ReadTextReportTest, ReadsHugeNonsenseInTime) {
  const std::string head = "自评表\n\t三级指标\n\t分值\n\n";
  for (const std::string_view unit :
       {"\t\n", "\tx\n\n", "x\n\n", "填表人：", "<p>", "[bookmark:", "$\\geq", "……\t\t\t\n", "一、\n"}) {
    std::string document = head;
    while (document.size() + unit.size() < 1 << 20) document += unit;
    ExpectReportOrAdvice(document);
  }
}

}  // namespace
}  // namespace jixiao::intake
