// Reads a document of any kind into a Report: told by its bytes, never by its
// name.
#ifndef JIXIAO_INTAKE_READER_OFFICE_READ_DOCUMENT_H_
#define JIXIAO_INTAKE_READER_OFFICE_READ_DOCUMENT_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "intake/reader/labels/reader_data.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// No reader takes a larger file.
inline constexpr size_t kMaxDocumentBytes = 20 << 20;

// Behind the reader's name if the file was converted first.
inline constexpr char kConvertedSuffix[] = " (converted)";

// Text, .docx and .xlsx; files of older kinds through the LibreOffice at
// `soffice` (FindLibreOffice), refused if that is empty. INVALID_ARGUMENT with the
// sentence that tells the clerk what to do for everything else.
absl::StatusOr<report::v1::Report> ReadDocument(std::string_view bytes, const std::string& soffice,
                                                const ReaderData& data);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_OFFICE_READ_DOCUMENT_H_
