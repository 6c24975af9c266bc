// What kind of file a document is, told by its bytes: names and media types that
// come with it are claims.
#ifndef JIXIAO_INTAKE_READER_BLOCKS_DOCUMENT_KIND_H_
#define JIXIAO_INTAKE_READER_BLOCKS_DOCUMENT_KIND_H_

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"

namespace jixiao::intake {

// Of a document that is filed or checked; a text has to be smaller still. Word
// files with a few photographs fit, scanned annexes do not.
inline constexpr int64_t kMaxFiledDocumentBytes = 8 << 20;

enum class DocumentKind {
  kText,  // anything that is none of the others
  kDocx,  // and what WPS saves as such
  kXlsx,
  kOldWord,    // .doc, .wps: compound files with a Word stream
  kOldExcel,   // .xls, .et
  kOpenText,   // .odt
  kOpenSheet,  // .ods
  kRichText,   // .rtf, often named .doc
  kEncrypted,  // office file under a password
  kPdf,
  kOfd,
  kImage,
  kWebPage,  // HTML, often named .xls
  kOtherZip,
  kOtherCompound,
};

DocumentKind DocumentKindOf(std::string_view bytes);

// What the kind is stored and sent as; `application/octet-stream` for kinds that
// are never read.
std::string_view MediaTypeOf(DocumentKind kind);

// True for the media types that a request may claim: all of the above, and
// `application/octet-stream` for senders that do not know.
bool IsDocumentMediaType(std::string_view media_type);

// True for kinds that have to be turned into .docx or .xlsx before they are read.
bool NeedsConversion(DocumentKind kind);

// Why a document of `kind` is not read and what the clerk can do; OK for kinds
// that are read, converted or not.
absl::Status CheckReadable(DocumentKind kind);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_BLOCKS_DOCUMENT_KIND_H_
