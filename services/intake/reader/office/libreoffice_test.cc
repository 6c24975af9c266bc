// Files as LibreOffice writes them, and the conversion of older kinds. Skipped
// where no LibreOffice is installed.
#include "intake/reader/office/libreoffice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "common/base/errors.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "intake/reader/form/read_text_report.h"
#include "intake/reader/office/read_document.h"
#include "intake/testing/documents/example_reports.h"
#include "intake/testing/documents/figures.h"
#include "intake/testing/documents/office_files.h"
#include "intake/testing/documents/same_report.h"
#include "intake/testing/documents/shipped_reader_data.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::IsOk;
using ::jixiao::testing::TempDir;
using ::testing::HasSubstr;

// `bytes`, a file with ending `from`, as LibreOffice writes it with ending `to`.
std::string Written(const TempDir& folder, const std::string& bytes, const std::string& from, const std::string& to) {
  ::jixiao::testing::WriteFile(folder.File("report." + from), bytes);
  const std::string command = FindLibreOffice() + " --headless --norestore -env:UserInstallation=file://" +
                              folder.File("profile") + " --convert-to " + to + " --outdir " + folder.path() + " " +
                              folder.File("report." + from) + " >/dev/null 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0);
  return ::jixiao::testing::ReadFile(folder.File("report." + to));
}

class LibreOfficeTest : public ::testing::TestWithParam<testing::ExampleReport> {
 protected:
  void SetUp() override {
    if (FindLibreOffice().empty()) GTEST_SKIP() << "LibreOffice is not installed: its files are not tried.";
    text_ = testing::ReadFile(GetParam().path);
    if (text_.empty()) GTEST_SKIP() << "The report " << GetParam().path << " is not here: nothing to compare.";
    const auto report = ReadTextReport(text_, testing::ShippedReaderData());
    ASSERT_THAT(report, IsOk());
    expected_ = *report;
  }

  void ExpectSame(const std::string& bytes, const std::string& reader) {
    const auto report = ReadDocument(bytes, FindLibreOffice(), testing::ShippedReaderData());
    ASSERT_THAT(report, IsOk());
    EXPECT_EQ(testing::DifferencesOf(expected_, *report), "");
    EXPECT_EQ(report->provenance().reader(), reader);
  }

  std::string text_;
  report::v1::Report expected_;
  TempDir folder_;
};

TEST_P(LibreOfficeTest, ItsWordFilesGiveTheReportOfTheText) {
  const std::string open = Written(folder_, testing::DocxFromText(text_), "docx", "odt");
  ExpectSame(Written(folder_, open, "odt", "docx"), "docx/1");
}

TEST_P(LibreOfficeTest, ItsExcelFilesGiveTheReportOfTheText) {
  const std::string open = Written(folder_, testing::XlsxFromText(text_), "xlsx", "ods");
  ExpectSame(Written(folder_, open, "ods", "xlsx"), "xlsx/1");
}

INSTANTIATE_TEST_SUITE_P(Examples, LibreOfficeTest, ::testing::ValuesIn(testing::ExampleReports()),
                         [](const auto& info) { return info.param.name; });

// Two reports are enough: what differs is the converter's work.
class ConvertedTest : public LibreOfficeTest {};

TEST_P(ConvertedTest, OldWordFilesAreConverted) {
  ExpectSame(Written(folder_, testing::DocxFromText(text_), "docx", "doc"), "docx/1 (converted)");
}

TEST_P(ConvertedTest, OldExcelFilesAreConverted) {
  ExpectSame(Written(folder_, testing::XlsxFromText(text_), "xlsx", "xls"), "xlsx/1 (converted)");
}

std::vector<testing::ExampleReport> TwoSamples() {
  const std::vector<testing::ExampleReport> all = testing::ExampleReports();
  return {all[5], all[6]};
}

INSTANTIATE_TEST_SUITE_P(TwoSamples, ConvertedTest, ::testing::ValuesIn(TwoSamples()),
                         [](const auto& info) { return info.param.name; });

// A stand-in for soffice: a shell script.
class ConverterTest : public ::testing::Test {
 protected:
  std::string Script(const std::string& commands) {
    const std::string path = folder_.File("soffice");
    ::jixiao::testing::WriteFile(path, "#!/bin/sh\n" + commands + "\n");
    EXPECT_EQ(std::system(("chmod +x " + path).c_str()), 0);
    return path;
  }

  TempDir folder_;
};

TEST_F(ConverterTest, GivesBackWhatTheProgramWrote) {
  const auto bytes =
      ConvertDocument(Script("mkdir out && cat in.doc in.doc > out/in.docx"), "ab", DocumentKind::kOldWord);
  ASSERT_THAT(bytes, IsOk());
  EXPECT_EQ(*bytes, "abab");
}

TEST_F(ConverterTest, TellsTheClerkWhatToDoIfNothingCameOut) {
  for (const std::string commands : {"exit 0", "exit 7", "mkdir out && : > out/in.xlsx", "kill -9 $$"}) {
    const auto bytes = ConvertDocument(Script(commands), "ab", DocumentKind::kOldExcel);
    EXPECT_EQ(ReasonOf(bytes.status()), "CONVERSION_FAILED");
    EXPECT_THAT(std::string(bytes.status().message()), HasSubstr("另存为"));
  }
}

TEST_F(ConverterTest, KillsAProgramThatHangsWithItsChildren) {
  ConversionLimits limits;
  limits.time = absl::Milliseconds(300);
  const std::string mark = folder_.File("late");
  const auto bytes =
      ConvertDocument(Script("(sleep 2; echo x > " + mark + ") & sleep 60"), "ab", DocumentKind::kOldWord, limits);
  EXPECT_EQ(ReasonOf(bytes.status()), "CONVERSION_TOO_SLOW");
  EXPECT_EQ(bytes.status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(std::system("sleep 2.3"), 0);
  EXPECT_EQ(::jixiao::testing::ReadFile(mark), "");
}

TEST_F(ConverterTest, GivesTheProgramNoNetworkAndNoEnvironment) {
  ASSERT_EQ(setenv("JIXIAO_PLANTED", "secret", 1), 0);
  const auto bytes = ConvertDocument(
      Script(
          "mkdir out; (env; python3 -c 'import socket; socket.socket(socket.AF_INET)' 2>&1; python3 -c 'import socket; "
          "socket.socket(socket.AF_UNIX); print(\"local\")') > out/in.docx"),
      "ab", DocumentKind::kOldWord);
  ASSERT_THAT(bytes, IsOk());
  EXPECT_THAT(*bytes, HasSubstr("Permission denied"));
  EXPECT_THAT(*bytes, HasSubstr("local"));
  EXPECT_THAT(*bytes, ::testing::Not(HasSubstr("secret")));
}

TEST_F(ConverterTest, BoundsWhatTheProgramWrites) {
  ConversionLimits limits;
  limits.output_bytes = 1 << 20;
  const auto bytes = ConvertDocument(Script("mkdir out && head -c 3000000 /dev/zero > out/in.docx"), "ab",
                                     DocumentKind::kOldWord, limits);
  EXPECT_EQ(ReasonOf(bytes.status()), "CONVERSION_FAILED");
}

TEST_F(ConverterTest, LeavesNothingBehind) {
  const TempDir own;
  ASSERT_EQ(setenv("TMPDIR", own.path().c_str(), 1), 0);
  EXPECT_THAT(ConvertDocument(Script("mkdir out && cp in.doc out/in.docx"), "ab", DocumentKind::kOldWord), IsOk());
  EXPECT_EQ(std::system(("test -z \"$(ls " + own.path() + ")\"").c_str()), 0);
  unsetenv("TMPDIR");
}

TEST_F(ConverterTest, SaysSoIfTheProgramIsNotThere) {
  EXPECT_FALSE(ConvertDocument(folder_.File("nothing"), "ab", DocumentKind::kOldWord).ok());
}

}  // namespace
}  // namespace jixiao::intake
