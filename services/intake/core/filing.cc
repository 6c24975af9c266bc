#include "intake/core/filing.h"

#include <fmt/format.h>

#include <memory>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/packed_bytes.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "common/base/wire_check.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/wire_format_lite.h"
#include "intake/core/document_kind.h"
#include "intake/core/validate_report.h"
#include "jixiao/intake/v1/intake_service.pb.h"

namespace jixiao::intake {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;
using report::v1::Report;

// Payload of the length-delimited field `number`; nothing if it is absent.
// `bytes` has passed CheckWire, so the field occurs at most once.
std::optional<std::string_view> Slice(std::string_view bytes, int number) {
  CodedInputStream in(reinterpret_cast<const uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
  while (const uint32_t tag = in.ReadTag()) {
    uint32_t length = 0;
    if (WireFormatLite::GetTagFieldNumber(tag) != number) {
      if (!WireFormatLite::SkipField(&in, tag)) return std::nullopt;
    } else if (in.ReadVarint32(&length)) {
      return bytes.substr(static_cast<size_t>(in.CurrentPosition()), length);
    }
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
  VersionDocuments documents;
  bool is_unit_provisional = false;
};

SubmissionKey KeyOf(const report::v1::ReportContent& content) {
  SubmissionKey key;
  key.division_code = content.unit().division_code();
  key.unit_code = content.unit().code();
  key.fiscal_year = content.fiscal_year();
  key.kind = content.kind();
  if (key.kind == report::v1::REPORT_KIND_PROJECT) key.project = ProjectCode(content.project_name());
  return key;
}

// Memory for one report at a time, kept by each thread.
google::protobuf::ArenaOptions ThreadsOwnBlock() {
  constexpr size_t kBlockBytes = 256 << 10;
  thread_local const std::unique_ptr<char[]> block(new char[kBlockBytes]);
  google::protobuf::ArenaOptions options;
  options.initial_block = block.get();
  options.initial_block_size = kBlockBytes;
  return options;
}

// `bytes` has passed CheckWire as part of its request.
absl::StatusOr<Content> ReadReport(std::string_view bytes) {
  if (static_cast<int64_t>(bytes.size()) > kMaxReportBytes) {
    return InvalidFields({{"report", fmt::format("报告过大：{} 字节，上限 1 MiB", bytes.size())}});
  }
  google::protobuf::Arena arena(ThreadsOwnBlock());
  auto& report = *google::protobuf::Arena::CreateMessage<Report>(&arena);
  if (!report.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return InvalidFields({{"report", "报文已损坏，无法读取"}});
  }
  JIXIAO_RETURN_IF_ERROR(ValidateReport(report, "report"));
  Content content;
  content.key = KeyOf(report.content());
  content.unit_name = report.content().unit().name();
  content.documents.report_bytes = bytes;
  return content;
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
  content.key = KeyOf(report.content());
  content.unit_name = report.content().unit().name();
  content.documents.report_bytes = DeterministicBytes(report);
  JIXIAO_RETURN_IF_ERROR(CheckWire(content.documents.report_bytes, *Report::descriptor(), "document"));
  JIXIAO_RETURN_IF_ERROR(ValidateReport(report, "document"));
  // What it is, whatever it was called.
  content.documents.media_type = MediaTypeOf(DocumentKindOf(document.content()));
  content.documents.file_name = document.file_name();
  content.documents.original_bytes = std::move(*document.mutable_content());
  return content;
}

absl::StatusOr<Content> ReadContent(std::string_view request_bytes, int report_field, int document_field,
                                    const DocumentReader& reader) {
  const auto report = Slice(request_bytes, report_field);
  const auto document = Slice(request_bytes, document_field);
  if (report.has_value() == document.has_value()) {
    return InvalidFields({{"filing", "请提交一份报告：report 与 document 二者填其一"}});
  }
  return report.has_value() ? ReadReport(*report) : ReadDocument(*document, reader);
}

absl::Status CheckRequestWire(std::string_view bytes, const google::protobuf::Descriptor& type) {
  WireLimits limits;
  limits.max_bytes = kMaxRequestBytes;
  return CheckWire(bytes, type, "", limits);
}

// Reads the few scalars of the request without parsing the report again.
struct SubmitHeader {
  std::string request_id;
  std::optional<int> base_version;
};

SubmitHeader ReadSubmitHeader(std::string_view bytes) {
  SubmitHeader header;
  CodedInputStream in(reinterpret_cast<const uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
  while (const uint32_t tag = in.ReadTag()) {
    const int number = WireFormatLite::GetTagFieldNumber(tag);
    uint64_t value = 0;
    if (number == v1::SubmitReportRequest::kBaseVersionFieldNumber && in.ReadVarint64(&value)) {
      header.base_version = static_cast<int>(value);
    } else if (number != v1::SubmitReportRequest::kBaseVersionFieldNumber && !WireFormatLite::SkipField(&in, tag)) {
      break;
    }
  }
  header.request_id = Slice(bytes, v1::SubmitReportRequest::kRequestIdFieldNumber).value_or("");
  return header;
}

}  // namespace

absl::StatusOr<Filing> ReadSubmitRequest(std::string_view request_bytes, const DocumentReader& reader) {
  JIXIAO_RETURN_IF_ERROR(CheckRequestWire(request_bytes, *v1::SubmitReportRequest::descriptor()));
  const SubmitHeader header = ReadSubmitHeader(request_bytes);
  if (!IsRequestId(header.request_id)) {
    return InvalidFields({{"request_id", "请求编号必填，应为 8 至 64 位字母、数字、短横线或下划线，例如 UUID"}});
  }
  if (header.base_version.value_or(0) < 0) return InvalidFields({{"base_version", "依据版本不能为负数"}});
  JIXIAO_ASSIGN_OR_RETURN(Content content, ReadContent(request_bytes, v1::SubmitReportRequest::kReportFieldNumber,
                                                       v1::SubmitReportRequest::kDocumentFieldNumber, reader));
  Filing filing;
  filing.key = std::move(content.key);
  filing.request_id = header.request_id;
  filing.base_version = header.base_version;
  filing.unit_name = std::move(content.unit_name);
  filing.is_unit_provisional = content.is_unit_provisional;
  const VersionDocuments& documents = content.documents;
  const bool is_document = !documents.media_type.empty();
  filing.report_digest = ContentDigest(documents.report_bytes);
  filing.original_digest = is_document ? ContentDigest(documents.original_bytes) : filing.report_digest;
  filing.original_size_bytes =
      static_cast<int64_t>(is_document ? documents.original_bytes.size() : documents.report_bytes.size());
  filing.documents = Pack(std::move(content.documents));
  return filing;
}

absl::StatusOr<CheckDraft> ReadCheckRequest(std::string_view request_bytes, const DocumentReader& reader) {
  JIXIAO_RETURN_IF_ERROR(CheckRequestWire(request_bytes, *v1::CheckReportRequest::descriptor()));
  JIXIAO_ASSIGN_OR_RETURN(Content content, ReadContent(request_bytes, v1::CheckReportRequest::kReportFieldNumber,
                                                       v1::CheckReportRequest::kDocumentFieldNumber, reader));
  CheckDraft draft;
  draft.report_bytes = std::move(content.documents.report_bytes);
  draft.report_digest = ContentDigest(draft.report_bytes);
  draft.rule_set = Slice(request_bytes, v1::CheckReportRequest::kRuleSetFieldNumber).value_or("");
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
