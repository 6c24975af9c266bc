// The properties of an office file that go along wherever the file goes: who
// wrote it, on whose computer.
#ifndef JIXIAO_INTAKE_READER_OFFICE_OFFICE_PROPERTIES_H_
#define JIXIAO_INTAKE_READER_OFFICE_OFFICE_PROPERTIES_H_

#include <vector>

#include "intake/reader/blocks/office_document.h"
#include "intake/reader/office/zip_package.h"

namespace jixiao::intake {

// Those that are filled. Parts that are missing or damaged have none: a report is
// not refused for what stands beside it.
std::vector<OfficeProperty> ReadProperties(const ZipPackage& package);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_OFFICE_OFFICE_PROPERTIES_H_
