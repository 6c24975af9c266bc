#include "intake/core/filing/filing.h"

#include <gmock/gmock.h>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/packed_bytes.h"
#include "common/testing/status_matchers.h"
#include "intake/testing/report_builder.h"
#include "jixiao/intake/v1/filing.pb.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using ::testing::AllOf;
using testing::AReport;
using ::testing::HasSubstr;

absl::StatusOr<report::v1::Report> NoReader(std::string_view) { return absl::UnimplementedError("no documents here"); }

// Reads every document as AReport without its unit's code.
absl::StatusOr<report::v1::Report> CodelessReader(std::string_view) {
  report::v1::Report report = AReport();
  report.mutable_content()->mutable_unit()->clear_code();
  return report;
}

v1::SubmitReportRequest ARequest() {
  v1::SubmitReportRequest request;
  request.set_request_id("request-1");
  *request.mutable_report() = AReport();
  return request;
}

v1::SubmitReportRequest ADocumentRequest() {
  v1::SubmitReportRequest request;
  request.set_request_id("request-1");
  request.mutable_document()->set_media_type("text/plain");
  request.mutable_document()->set_content("一、基本情况");
  return request;
}

std::string BrokenField(const absl::Status& status) { return ViolationsOf(status).field_violations(0).field(); }

TEST(FilingTest, TakesTheReportsBytesAsReceived) {
  // Fields out of order: another serialization than ours, but the one received.
  const std::string content = AReport().content().SerializeAsString();
  std::string report;
  report += "\x1a\x06\x0a\x04test";  // provenance first
  report += "\x0a" + std::string(1, static_cast<char>((content.size() & 0x7F) | 0x80)) +
            std::string(1, static_cast<char>(content.size() >> 7)) + content;
  std::string request = "\x0a\x09request-1\x20\x03";
  request += "\x12" + std::string(1, static_cast<char>((report.size() & 0x7F) | 0x80)) +
             std::string(1, static_cast<char>(report.size() >> 7)) + report;

  const auto filing = ReadSubmitRequest(request, NoReader);

  ASSERT_THAT(filing, IsOk());
  EXPECT_EQ(UnpackBytes(filing->documents.report_bytes).value_or(""), report);
  EXPECT_EQ(filing->original_size_bytes, static_cast<int64_t>(report.size()));
  EXPECT_EQ(filing->report_digest, ContentDigest(report));
  EXPECT_EQ(filing->original_digest, filing->report_digest);
  EXPECT_EQ(filing->request_id, "request-1");
  EXPECT_EQ(filing->base_version, 3);
  EXPECT_EQ(FormatSubmissionName(filing->key), "submissions/430611.NC01.2024.department");
}

TEST(FilingTest, KeepsDocumentAndGivesAProvisionalCode) {
  const auto filing = ReadSubmitRequest(ADocumentRequest().SerializeAsString(), CodelessReader);

  ASSERT_THAT(filing, IsOk());
  EXPECT_EQ(UnpackBytes(filing->documents.original_bytes).value_or(""), "一、基本情况");
  EXPECT_EQ(filing->original_digest, ContentDigest("一、基本情况"));
  EXPECT_NE(filing->report_digest, filing->original_digest);
  EXPECT_EQ(filing->key.unit_code, ProvisionalUnitCode("430611", "云溪县农村工作局"));
}

TEST(FilingTest, KeepsTheKindThatTheBytesSayAndNotTheClaimedOne) {
  v1::SubmitReportRequest request = ADocumentRequest();
  request.mutable_document()->set_media_type("application/octet-stream");
  request.mutable_document()->set_content("PK\x03\x04 xl/workbook.xml");
  const auto filing = ReadSubmitRequest(request.SerializeAsString(), CodelessReader);
  ASSERT_THAT(filing, IsOk());
  EXPECT_EQ(filing->documents.media_type, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

  request.mutable_document()->set_media_type("image/png");
  EXPECT_EQ(BrokenField(ReadSubmitRequest(request.SerializeAsString(), CodelessReader).status()),
            "document.media_type");
}

TEST(FilingTest, TakesTheUnitThatComesWithADocument) {
  v1::SubmitReportRequest request = ADocumentRequest();
  request.mutable_document()->mutable_unit()->set_code("NC77");
  request.mutable_document()->mutable_unit()->set_division_code("430000");

  const auto filing = ReadSubmitRequest(request.SerializeAsString(), CodelessReader);

  ASSERT_THAT(filing, IsOk());
  EXPECT_EQ(filing->key.unit_code, "NC77");
  EXPECT_EQ(filing->key.division_code, "430611") << "what the document states stands";
}

TEST(FilingTest, ReadsTheSameDocumentToTheSameBytes) {
  const std::string request = ADocumentRequest().SerializeAsString();

  EXPECT_EQ(ReadSubmitRequest(request, CodelessReader)->report_digest,
            ReadSubmitRequest(request, CodelessReader)->report_digest);
}

TEST(FilingTest, WantsAReportFiledAsProtobufToNameItsUnit) {
  v1::SubmitReportRequest request = ARequest();
  request.mutable_report()->mutable_content()->mutable_unit()->clear_code();

  EXPECT_EQ(BrokenField(ReadSubmitRequest(request.SerializeAsString(), NoReader).status()), "report.content.unit.code");
}

TEST(FilingTest, RefusesRequestsWithoutExactlyOneReport) {
  v1::SubmitReportRequest none;
  none.set_request_id("request-1");
  const std::string both = ARequest().SerializeAsString() + "\x1a\x00";

  EXPECT_EQ(BrokenField(ReadSubmitRequest(none.SerializeAsString(), NoReader).status()), "filing");
  EXPECT_EQ(
      BrokenField(ReadSubmitRequest(std::string(both.data(), both.size()) + std::string(1, '\0'), NoReader).status()),
      "filing");
}

TEST(FilingTest, RefusesU0000AnywhereInTheText) {
  v1::SubmitReportRequest request = ARequest();
  request.mutable_report()->mutable_content()->set_title(std::string("标\0题", 7));

  EXPECT_EQ(BrokenField(ReadSubmitRequest(request.SerializeAsString(), NoReader).status()), "report.content.title");
}

TEST(FilingTest, RefusesOddRequestIdsAndNegativeBaseVersions) {
  v1::SubmitReportRequest request = ARequest();
  request.set_request_id("short");
  EXPECT_EQ(BrokenField(ReadSubmitRequest(request.SerializeAsString(), NoReader).status()), "request_id");
  request = ARequest();
  request.set_base_version(-1);
  EXPECT_EQ(BrokenField(ReadSubmitRequest(request.SerializeAsString(), NoReader).status()), "base_version");
}

TEST(FilingTest, BoundsTheSize) {
  v1::SubmitReportRequest request = ADocumentRequest();
  request.mutable_document()->set_content(std::string(8 << 20, 'a'));
  EXPECT_THAT(ReadSubmitRequest(request.SerializeAsString(), CodelessReader), IsOk());
  request.mutable_document()->set_content(std::string((8 << 20) + 1, 'a'));
  const absl::Status refusal = ReadSubmitRequest(request.SerializeAsString(), CodelessReader).status();
  EXPECT_EQ(BrokenField(refusal), "document.content");
  EXPECT_THAT(ViolationsOf(refusal).field_violations(0).description(),
              AllOf(HasSubstr("8388609 字节，上限 8 MiB"), HasSubstr("压缩图片")));
}

TEST(FilingTest, BoundsReportsMoreThanDocuments) {
  v1::SubmitReportRequest request = ARequest();
  auto& content = *request.mutable_report()->mutable_content();
  while (request.report().ByteSizeLong() <= 1 << 20) content.add_sections()->set_heading(std::string(30'000, 'a'));
  EXPECT_EQ(BrokenField(ReadSubmitRequest(request.SerializeAsString(), NoReader).status()), "report");
}

TEST(FilingTest, RefusesDocumentsItCannotRead) {
  v1::SubmitReportRequest request = ADocumentRequest();
  request.mutable_document()->set_media_type("application/pdf");

  EXPECT_EQ(BrokenField(ReadSubmitRequest(request.SerializeAsString(), CodelessReader).status()),
            "document.media_type");
}

TEST(FilingTest, ReadsACheckLikeAFiling) {
  v1::CheckReportRequest request;
  *request.mutable_report() = AReport();
  request.set_rule_set("rulesets/hunan-2024");

  const auto draft = ReadCheckRequest(request.SerializeAsString(), NoReader);

  ASSERT_THAT(draft, IsOk());
  EXPECT_EQ(draft->report_bytes, AReport().SerializeAsString());
  EXPECT_EQ(draft->rule_set, "rulesets/hunan-2024");
}

}  // namespace
}  // namespace jixiao::intake
