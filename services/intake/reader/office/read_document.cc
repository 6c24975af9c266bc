#include "intake/reader/office/read_document.h"

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "intake/reader/blocks/document_kind.h"
#include "intake/reader/form/read_office_report.h"
#include "intake/reader/form/read_text_report.h"
#include "intake/reader/office/libreoffice.h"
#include "intake/reader/office/read_docx.h"
#include "intake/reader/office/read_xlsx.h"

namespace jixiao::intake {
namespace {

absl::StatusOr<report::v1::Report> ReadOffice(std::string_view bytes, DocumentKind kind, const ReaderData& data) {
  JIXIAO_ASSIGN_OR_RETURN(const OfficeDocument document,
                          kind == DocumentKind::kXlsx ? ReadXlsx(bytes) : ReadDocx(bytes));
  return ReadOfficeReport(document, data);
}

}  // namespace

absl::StatusOr<report::v1::Report> ReadDocument(std::string_view bytes, const std::string& soffice,
                                                const ReaderData& data) {
  const DocumentKind kind = DocumentKindOf(bytes);
  if (kind == DocumentKind::kText) return ReadTextReport(bytes, data);
  JIXIAO_RETURN_IF_ERROR(CheckReadable(kind));
  if (bytes.size() > kMaxDocumentBytes) {
    return MakeError(absl::StatusCode::kInvalidArgument, "DOCUMENT_TOO_LARGE",
                     "文件超过 20 MB，请删去图片、扫描件等附件内容，只保留报告正文和自评表后重新提交");
  }
  if (!NeedsConversion(kind)) return ReadOffice(bytes, kind, data);
  if (soffice.empty()) {
    return MakeError(absl::StatusCode::kInvalidArgument, "DOCUMENT_KIND_NOT_READ",
                     "这是旧版格式（.doc、.wps、.xls 等）的文件，本系统没有安装转换程序；请用 Office 或 WPS 打开文件，"
                     "选择“另存为”，保存类型选 .docx（文字）或 .xlsx（表格）后重新提交");
  }
  JIXIAO_ASSIGN_OR_RETURN(const std::string converted, ConvertDocument(soffice, bytes, kind));
  JIXIAO_ASSIGN_OR_RETURN(report::v1::Report report, ReadOffice(converted, DocumentKindOf(converted), data));
  report.mutable_provenance()->set_reader(report.provenance().reader() + kConvertedSuffix);
  return report;
}

}  // namespace jixiao::intake
