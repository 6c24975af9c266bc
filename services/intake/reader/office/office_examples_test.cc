// The same report as text, .docx and .xlsx: all three have to give one Report.
// The office files are made here from the text; libreoffice_test.cc has
// LibreOffice write them; tests/integration/filed_documents_test.cc files all of
// them and compares places, provenance and score cards too.
//
// What may differ, and is left out of the comparison: addresses and lines (they
// name table and row, or sheet and cell), provenance, and a blank cell against a
// cell that a short row of the text form does not have.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/testing/status_matchers.h"
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
using report::v1::Report;

class OfficeExamplesTest : public ::testing::TestWithParam<testing::ExampleReport> {
 protected:
  void SetUp() override {
    document_ = testing::ReadFile(GetParam().path);
    if (document_.empty()) GTEST_SKIP() << "The report " << GetParam().path << " is not here: nothing to compare.";
    const auto report = ReadTextReport(document_, testing::ShippedReaderData());
    ASSERT_THAT(report, IsOk());
    text_report_ = *report;
  }

  std::string document_;
  Report text_report_;
};

TEST_P(OfficeExamplesTest, WordFileGivesTheReportOfTheText) {
  const auto report = ReadDocument(testing::DocxFromText(document_), "", testing::ShippedReaderData());
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(testing::DifferencesOf(text_report_, *report), "");
  EXPECT_EQ(report->provenance().reader(), "docx/1");
}

TEST_P(OfficeExamplesTest, ExcelFileGivesTheReportOfTheText) {
  const auto report = ReadDocument(testing::XlsxFromText(document_), "", testing::ShippedReaderData());
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(testing::DifferencesOf(text_report_, *report), "");
  EXPECT_EQ(report->provenance().reader(), "xlsx/1");
}

INSTANTIATE_TEST_SUITE_P(Examples, OfficeExamplesTest, ::testing::ValuesIn(testing::ExampleReports()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace jixiao::intake
