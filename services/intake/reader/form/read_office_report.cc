#include "intake/reader/form/read_office_report.h"

#include <utility>

#include "common/base/status_macros.h"
#include "intake/reader/blocks/naming_properties.h"
#include "intake/reader/blocks/office_blocks.h"
#include "intake/reader/form/read_blocks.h"

namespace jixiao::intake {

absl::StatusOr<report::v1::Report> ReadOfficeReport(const OfficeDocument& document, const ReaderData& data) {
  report::v1::Report report;
  report::v1::Provenance& provenance = *report.mutable_provenance();
  provenance = document.provenance;
  OfficeBlocks office = SplitOfficeBlocks(document, data.labels, provenance);
  JoinCutSentences(office.blocks, data.labels, provenance);
  JIXIAO_RETURN_IF_ERROR(ReadBlocks(std::move(office.blocks), data, report));
  NoteNamingProperties(document.properties, report.content().unit().name(), provenance);
  NamePlaces(office.places, report);
  return report;
}

}  // namespace jixiao::intake
