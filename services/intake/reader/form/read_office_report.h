// Reads a Word or Excel file, already taken apart, into a Report: by the same
// headings and labels as the text form.
#ifndef JIXIAO_INTAKE_READER_FORM_READ_OFFICE_REPORT_H_
#define JIXIAO_INTAKE_READER_FORM_READ_OFFICE_REPORT_H_

#include "absl/status/statusor.h"
#include "intake/reader/blocks/office_document.h"
#include "intake/reader/labels/reader_data.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// As ReadTextReport. Addresses name the place in the file behind their label,
// `… · 得分（自评表 · F12）`, instead of a source line; `provenance.tables` says
// which tables were read as what.
absl::StatusOr<report::v1::Report> ReadOfficeReport(const OfficeDocument& document, const ReaderData& data);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_FORM_READ_OFFICE_REPORT_H_
