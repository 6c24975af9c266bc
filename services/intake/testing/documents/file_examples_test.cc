// Files every example report, as the command line does: what the reader makes of
// a document has to pass intake's own checks.
#include <gmock/gmock.h>

#include "common/base/packed_bytes.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "intake/core/filing/filing.h"
#include "intake/reader/form/read_text_report.h"
#include "intake/testing/documents/example_reports.h"
#include "intake/testing/documents/shipped_reader_data.h"
#include "jixiao/intake/v1/filing.pb.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::IsOk;

class FileExamplesTest : public ::testing::TestWithParam<testing::ExampleReport> {
 protected:
  // The request as the command line sends it; empty if there is no such file.
  static v1::SubmitReportRequest RequestFor(const testing::ExampleReport& example) {
    v1::SubmitReportRequest request;
    request.set_request_id("request-1");
    request.mutable_document()->set_media_type("text/plain");
    request.mutable_document()->set_content(::jixiao::testing::ReadFile(example.path));
    return request;
  }
};

TEST_P(FileExamplesTest, PassesIntakesOwnChecks) {
  v1::SubmitReportRequest request = RequestFor(GetParam());
  if (request.document().content().empty()) GTEST_SKIP() << "not here: " << GetParam().path;
  request.mutable_document()->mutable_unit()->set_code("NC0001");
  request.mutable_document()->mutable_unit()->set_division_code("430611");

  const auto filing = ReadSubmitRequest(request.SerializeAsString(), [](std::string_view document) {
    return ReadTextReport(document, testing::ShippedReaderData());
  });

  ASSERT_THAT(filing, IsOk());
  EXPECT_EQ(filing->key.unit_code, "NC0001");
  EXPECT_EQ(UnpackBytes(filing->documents.original_bytes).value_or(""), request.document().content());
}

INSTANTIATE_TEST_SUITE_P(Examples, FileExamplesTest, ::testing::ValuesIn(testing::ExampleReports()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace jixiao::intake
