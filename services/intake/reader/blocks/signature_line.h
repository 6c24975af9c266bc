// Signature lines: `填表人：… 填报日期：… 联系电话：… 单位负责人签字：…`. They hold
// people's names and numbers and are cut out of the content whole.
#ifndef JIXIAO_INTAKE_READER_BLOCKS_SIGNATURE_LINE_H_
#define JIXIAO_INTAKE_READER_BLOCKS_SIGNATURE_LINE_H_

#include <string_view>

#include "intake/reader/labels/form_labels.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// True if `text` is such a line, filled in or not. `text` need not be trimmed.
bool IsSignatureLine(std::string_view text, const FormLabels& labels);

// Reads a signature line: names and numbers go to the report's contacts, what
// was filled to `signature_blocks`, other text on the line to `unread`.
void ReadSignatureLine(std::string_view text, const report::v1::Address& address, const FormLabels& labels,
                       report::v1::Report& report);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_BLOCKS_SIGNATURE_LINE_H_
