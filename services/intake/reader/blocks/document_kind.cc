#include "intake/reader/blocks/document_kind.h"

#include <algorithm>
#include <string>

#include "common/base/errors.h"

namespace jixiao::intake {
namespace {

constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kEmptyZip = "PK\x05\x06";
constexpr std::string_view kCompound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

bool Has(std::string_view bytes, std::string_view part) { return bytes.find(part) != std::string_view::npos; }

// Names in the directory of a compound file are UTF-16.
bool HasStream(std::string_view bytes, std::string_view name) {
  std::string wide;
  for (const char c : name) wide.append(1, c).append(1, '\0');
  return Has(bytes, wide.append(2, '\0'));
}

// Entry names stand uncompressed in a zip container.
DocumentKind KindOfZip(std::string_view bytes) {
  if (Has(bytes, "word/document") || Has(bytes, "word/styles.xml")) return DocumentKind::kDocx;
  if (Has(bytes, "xl/workbook")) return DocumentKind::kXlsx;
  const std::string_view front = bytes.substr(0, 200);
  if (Has(front, "application/vnd.oasis.opendocument.text")) return DocumentKind::kOpenText;
  if (Has(front, "application/vnd.oasis.opendocument.spreadsheet")) return DocumentKind::kOpenSheet;
  return Has(bytes, "OFD.xml") ? DocumentKind::kOfd : DocumentKind::kOtherZip;
}

DocumentKind KindOfCompound(std::string_view bytes) {
  if (HasStream(bytes, "EncryptedPackage") || HasStream(bytes, "EncryptionInfo")) return DocumentKind::kEncrypted;
  if (HasStream(bytes, "WordDocument")) return DocumentKind::kOldWord;
  if (HasStream(bytes, "Workbook") || HasStream(bytes, "Book")) return DocumentKind::kOldExcel;
  return DocumentKind::kOtherCompound;
}

bool StartsLikeWebPage(std::string_view bytes) {
  std::string front(bytes.substr(0, 1024));
  std::transform(front.begin(), front.end(), front.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  const size_t start = front.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (start == std::string::npos || (front[start] != '<' && front[start] != 'm')) return false;
  const std::string_view rest = std::string_view(front).substr(start);
  return rest.starts_with("<!doctype html") || rest.starts_with("<html") || rest.starts_with("<?xml") ||
         rest.starts_with("mime-version:");
}

absl::Status Refuse(std::string_view reason, const std::string& message) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason, message);
}

}  // namespace

DocumentKind DocumentKindOf(std::string_view bytes) {
  if (bytes.starts_with(kZip) || bytes.starts_with(kEmptyZip)) return KindOfZip(bytes);
  if (bytes.starts_with(kCompound)) return KindOfCompound(bytes);
  if (bytes.starts_with("{\\rtf")) return DocumentKind::kRichText;
  if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos) return DocumentKind::kPdf;
  if (bytes.starts_with("\x89PNG") || bytes.starts_with("\xFF\xD8\xFF") || bytes.starts_with("GIF8") ||
      bytes.starts_with("II*")) {
    return DocumentKind::kImage;
  }
  return StartsLikeWebPage(bytes) ? DocumentKind::kWebPage : DocumentKind::kText;
}

std::string_view MediaTypeOf(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kText: return "text/plain";
    case DocumentKind::kDocx: return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    case DocumentKind::kXlsx: return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case DocumentKind::kOldWord: return "application/msword";
    case DocumentKind::kOldExcel: return "application/vnd.ms-excel";
    case DocumentKind::kOpenText: return "application/vnd.oasis.opendocument.text";
    case DocumentKind::kOpenSheet: return "application/vnd.oasis.opendocument.spreadsheet";
    case DocumentKind::kRichText: return "application/rtf";
    default: return "application/octet-stream";
  }
}

bool IsDocumentMediaType(std::string_view media_type) {
  for (const DocumentKind kind :
       {DocumentKind::kText, DocumentKind::kDocx, DocumentKind::kXlsx, DocumentKind::kOldWord, DocumentKind::kOldExcel,
        DocumentKind::kOpenText, DocumentKind::kOpenSheet, DocumentKind::kRichText, DocumentKind::kOtherZip}) {
    if (media_type == MediaTypeOf(kind)) return true;
  }
  return false;
}

bool NeedsConversion(DocumentKind kind) {
  return kind == DocumentKind::kOldWord || kind == DocumentKind::kOldExcel || kind == DocumentKind::kOpenText ||
         kind == DocumentKind::kOpenSheet || kind == DocumentKind::kRichText;
}

absl::Status CheckReadable(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kEncrypted:
      return Refuse("DOCUMENT_ENCRYPTED", "文件设有打开密码，系统无法读取；请取消密码，另存后重新提交");
    case DocumentKind::kPdf:
    case DocumentKind::kOfd:
    case DocumentKind::kImage:
      return Refuse("DOCUMENT_KIND_NOT_READ",
                    "这是 PDF、OFD 或图片，表格中的数字无法可靠读出；请提交编制报告时用的 Word（.docx）或 "
                    "Excel（.xlsx）原文件");
    case DocumentKind::kWebPage:
      return Refuse("DOCUMENT_KIND_NOT_READ",
                    "这是网页或 XML 格式的文件，只是扩展名像 Word 或 Excel；请用 Office 或 WPS 打开，另存为 .docx 或 "
                    ".xlsx 后重新提交");
    case DocumentKind::kOtherZip:
      return Refuse("DOCUMENT_KIND_NOT_READ",
                    "这是压缩包，或者是已损坏的 Office 文件；请解压后提交其中的 .docx 或 .xlsx 文件，若本来就是 Office "
                    "文件，请重新打开并另存一次");
    case DocumentKind::kOtherCompound:
      return Refuse("DOCUMENT_KIND_NOT_READ",
                    "认不出这是哪一种 Office 文件；请用 Office 或 WPS 打开，另存为 .docx 或 .xlsx 后重新提交");
    default: return absl::OkStatus();
  }
}

}  // namespace jixiao::intake
