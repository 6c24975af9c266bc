// Decides which properties of an office file name somebody who has no place in a
// public file: a person, or an organisation other than the unit.
#ifndef JIXIAO_INTAKE_READER_BLOCKS_NAMING_PROPERTIES_H_
#define JIXIAO_INTAKE_READER_BLOCKS_NAMING_PROPERTIES_H_

#include <string_view>
#include <vector>

#include "intake/reader/blocks/office_document.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// Adds those of `properties` to `provenance`, without what they say. Names that
// programs and computers put there by themselves, and `unit_name` in full or
// shortened, name nobody.
void NoteNamingProperties(const std::vector<OfficeProperty>& properties, std::string_view unit_name,
                          report::v1::Provenance& provenance);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_BLOCKS_NAMING_PROPERTIES_H_
