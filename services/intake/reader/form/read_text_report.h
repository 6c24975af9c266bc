// Reads the text form of a self-evaluation report into a Report, by headings
// and labels, never by line numbers.
#ifndef JIXIAO_INTAKE_READER_FORM_READ_TEXT_REPORT_H_
#define JIXIAO_INTAKE_READER_FORM_READ_TEXT_REPORT_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "intake/reader/labels/reader_data.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// Reads `document`: UTF-8 text, paragraphs, tables as tab-led lines (one cell a
// line) or as tab-separated rows with `<p>` residue. `content.unit.code` is left
// absent; `division_code` is filled if the text names a known division.
// INVALID_ARGUMENT if it is not clean UTF-8, too large (1 MiB), another document
// (WRONG_FORM), an old form (OLD_FORM) or holds no evaluation table at all
// (NO_EVALUATION_TABLE), with what to file instead; everything else that cannot be placed is listed in
// `provenance.unread`.
absl::StatusOr<report::v1::Report> ReadTextReport(std::string_view document, const ReaderData& data);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_FORM_READ_TEXT_REPORT_H_
