#include "intake/core/filing/filing.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/packed_bytes.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "common/wire/wire_cursor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "intake/core/filing/validate_report.h"
#include "intake/reader/blocks/document_kind.h"
#include "jixiao/intake/v1/filing.pb.h"

namespace jixiao::intake {
namespace {

using report::v1::Report;

// The field `number`; nothing if it is absent or the bytes cannot be read up to it.
std::optional<WireField> Find(std::string_view bytes, int number) {
  WireCursor in(bytes);
  for (WireField field; !in.AtEnd() && in.ReadField(field);) {
    if (field.number == number) return field;
  }
  return std::nullopt;
}

std::string DeterministicBytes(const Report& report) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream out(&stream);
  out.SetSerializationDeterministic(true);
  report.SerializeToCodedStream(&out);
  out.Trim();
  return bytes;
}

// Fills in what the document leaves open; what it states stands. True if the
// unit's code had to be made up.
bool CompleteUnit(const report::v1::Unit& given, report::v1::ReportContent& content) {
  report::v1::Unit& unit = *content.mutable_unit();
  if (!unit.has_name() && given.has_name()) unit.set_name(given.name());
  if (!unit.has_division_code() && given.has_division_code()) unit.set_division_code(given.division_code());
  if (!unit.has_supervising_unit_code() && given.has_supervising_unit_code()) {
    unit.set_supervising_unit_code(given.supervising_unit_code());
  }
  if (!unit.has_code() && given.has_code()) unit.set_code(given.code());
  // Without division and name the report is refused below anyway.
  const bool is_provisional = !unit.has_code() && unit.has_division_code() && unit.has_name();
  if (is_provisional) {
    unit.set_code(ProvisionalUnitCode(unit.division_code(), unit.name()));
  }
  if (content.kind() == report::v1::REPORT_KIND_PROJECT && !content.has_project_name() &&
      content.evaluation_tables_size() > 0) {
    const std::string& name = content.evaluation_tables(0).project_name().as_written();
    if (!name.empty()) content.set_project_name(name);
  }
  return is_provisional;
}

struct Content {
  SubmissionKey key;
  std::string unit_name;
  bool is_unit_provisional = false;
  std::string_view filed_report;  // as it stands in the request; empty if a document was filed
  VersionDocuments read;          // the document, and the report that was read from it

  bool is_document() const { return filed_report.empty(); }
  std::string_view report_bytes() const { return is_document() ? read.report_bytes : filed_report; }
};

SubmissionKey KeyOf(const ReportIdentity& identity) {
  SubmissionKey key;
  key.division_code = identity.division_code;
  key.unit_code = identity.unit_code;
  key.fiscal_year = identity.fiscal_year;
  key.kind = identity.kind;
  if (key.kind == report::v1::REPORT_KIND_PROJECT) key.project = ProjectCode(identity.project_name);
  return key;
}

absl::StatusOr<Content> ReadDocument(std::string_view bytes, const DocumentReader& reader) {
  v1::Document document;
  if (!document.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return InvalidFields({{"document", "报文已损坏，无法读取"}});
  }
  if (!IsDocumentMediaType(document.media_type())) {
    return InvalidFields(
        {{"document.media_type",
          "这种类型的文件不能读取；请提交 Word（.docx）、Excel（.xlsx）或文本格式（text/plain）的报告"}});
  }
  if (static_cast<int64_t>(document.content().size()) > kMaxFiledDocumentBytes) {
    return InvalidFields(
        {{"document.content", fmt::format("文件过大：{} 字节，上限 8 MiB；请在 Word 或 WPS 中压缩图片，或删去"
                                          "扫描件，只保留报告正文和自评表后重新提交",
                                          document.content().size())}});
  }
  if (CodePointCount(document.file_name()) > 200) {
    return InvalidFields({{"document.file_name", "文件名过长，上限 200 字"}});
  }
  JIXIAO_ASSIGN_OR_RETURN(Report report, reader(document.content()));
  Content content;
  content.is_unit_provisional = CompleteUnit(document.unit(), *report.mutable_content());
  content.read.report_bytes = DeterministicBytes(report);
  JIXIAO_ASSIGN_OR_RETURN(const ReportIdentity identity, ValidateReport(content.read.report_bytes, "document"));
  content.key = KeyOf(identity);
  content.unit_name = identity.unit_name;
  // What it is, whatever it was called.
  content.read.media_type = MediaTypeOf(DocumentKindOf(document.content()));
  content.read.file_name = document.file_name();
  content.read.original_bytes = std::move(*document.mutable_content());
  return content;
}

// A request whose bytes and report, if it has one, keep their format.
struct CheckedRequest {
  ReportIdentity identity;
  std::optional<WireField> report;
  std::optional<WireField> document;
};

template <typename Request>
absl::StatusOr<CheckedRequest> CheckRequest(std::string_view bytes) {
  CheckedRequest request;
  request.report = Find(bytes, Request::kReportFieldNumber);
  if (request.report && static_cast<int64_t>(request.report->payload.size()) > kMaxReportBytes) {
    return InvalidFields({{"report", fmt::format("报告过大：{} 字节，上限 1 MiB", request.report->payload.size())}});
  }
  WireLimits limits;
  limits.max_bytes = kMaxRequestBytes;
  JIXIAO_ASSIGN_OR_RETURN(request.identity, ValidateReport(bytes, *Request::descriptor(), "", limits));
  request.document = Find(bytes, Request::kDocumentFieldNumber);
  return request;
}

absl::StatusOr<Content> ReadContent(const CheckedRequest& request, const DocumentReader& reader) {
  if (request.report.has_value() == request.document.has_value()) {
    return InvalidFields({{"filing", "请提交一份报告：report 与 document 二者填其一"}});
  }
  if (request.document) return ReadDocument(request.document->payload, reader);
  Content content;
  content.key = KeyOf(request.identity);
  content.unit_name = request.identity.unit_name;
  content.filed_report = request.report->payload;
  return content;
}

}  // namespace

absl::StatusOr<Filing> ReadSubmitRequest(std::string_view request_bytes, const DocumentReader& reader) {
  using Request = v1::SubmitReportRequest;
  JIXIAO_ASSIGN_OR_RETURN(const CheckedRequest request, CheckRequest<Request>(request_bytes));
  Filing filing;
  if (const auto request_id = Find(request_bytes, Request::kRequestIdFieldNumber)) {
    filing.request_id = request_id->payload;
  }
  if (!IsRequestId(filing.request_id)) {
    return BadRequestId();
  }
  if (const auto base_version = Find(request_bytes, Request::kBaseVersionFieldNumber)) {
    filing.base_version = static_cast<int32_t>(base_version->value);
  }
  if (filing.base_version.value_or(0) < 0) return InvalidFields({{"base_version", "依据版本不能为负数"}});
  JIXIAO_ASSIGN_OR_RETURN(Content content, ReadContent(request, reader));
  filing.key = std::move(content.key);
  filing.unit_name = std::move(content.unit_name);
  filing.is_unit_provisional = content.is_unit_provisional;
  const std::string_view report = content.report_bytes();
  const std::string_view original = content.is_document() ? content.read.original_bytes : report;
  filing.report_digest = ContentDigest(report);
  filing.original_digest = content.is_document() ? ContentDigest(original) : filing.report_digest;
  filing.original_size_bytes = static_cast<int64_t>(original.size());
  filing.documents = {PackBytes(report), std::move(content.read.media_type), std::move(content.read.file_name),
                      PackBytes(content.read.original_bytes)};
  return filing;
}

absl::StatusOr<CheckDraft> ReadCheckRequest(std::string_view request_bytes, const DocumentReader& reader) {
  using Request = v1::CheckReportRequest;
  JIXIAO_ASSIGN_OR_RETURN(const CheckedRequest request, CheckRequest<Request>(request_bytes));
  JIXIAO_ASSIGN_OR_RETURN(const Content content, ReadContent(request, reader));
  CheckDraft draft;
  draft.report_bytes = content.report_bytes();
  draft.report_digest = ContentDigest(draft.report_bytes);
  if (const auto rule_set = Find(request_bytes, Request::kRuleSetFieldNumber)) draft.rule_set = rule_set->payload;
  return draft;
}

void SetUnitCode(const std::string& code, Filing& filing) {
  Report report;
  // Made by ReadSubmitRequest, so it can be read.
  const auto stored = UnpackBytes(filing.documents.report_bytes);
  if (!stored.ok() || !report.ParseFromString(*stored)) return;
  report.mutable_content()->mutable_unit()->set_code(code);
  const std::string bytes = DeterministicBytes(report);
  filing.documents.report_bytes = PackBytes(bytes);
  filing.report_digest = ContentDigest(bytes);
  filing.key.unit_code = code;
  filing.is_unit_provisional = false;
}

}  // namespace jixiao::intake
