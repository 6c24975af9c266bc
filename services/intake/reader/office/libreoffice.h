// Turns files of older kinds into .docx or .xlsx by an installed LibreOffice, in a
// child process of its own: own profile, no network, bounded time, memory and
// output.
#ifndef JIXIAO_INTAKE_READER_OFFICE_LIBREOFFICE_H_
#define JIXIAO_INTAKE_READER_OFFICE_LIBREOFFICE_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "intake/reader/blocks/document_kind.h"

namespace jixiao::intake {

// Path of an installed `soffice`; empty if there is none.
std::string FindLibreOffice();

struct ConversionLimits {
  absl::Duration time = absl::Seconds(40);
  int64_t memory_bytes = int64_t{3} << 30;  // address space, most of it never touched
  int64_t output_bytes = 20 << 20;
};

// `bytes` of `kind`, which NeedsConversion, as .docx or .xlsx. INVALID_ARGUMENT,
// with advice in Chinese, if LibreOffice does not read it, DEADLINE_EXCEEDED if
// it takes too long, INTERNAL if it cannot be started. Blocks; any thread.
absl::StatusOr<std::string> ConvertDocument(const std::string& soffice, std::string_view bytes, DocumentKind kind,
                                            const ConversionLimits& limits = {});

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_OFFICE_LIBREOFFICE_H_
