// What the reader could not place, with the reason in a clerk's words.
#ifndef JIXIAO_INTAKE_READER_BLOCKS_UNREAD_H_
#define JIXIAO_INTAKE_READER_BLOCKS_UNREAD_H_

#include <string_view>

#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// Lists `text`, in pieces if it is long; does nothing if it is blank.
void AddUnread(std::string_view text, std::string_view reason, int source_line, report::v1::Provenance& provenance);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_BLOCKS_UNREAD_H_
