// Numbered headings of the narrative, as clerks really write them.
#ifndef JIXIAO_INTAKE_READER_BLOCKS_HEADING_H_
#define JIXIAO_INTAKE_READER_BLOCKS_HEADING_H_

#include <optional>
#include <string>
#include <string_view>

#include "intake/reader/labels/form_labels.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// A top-level heading: `七、存在的问题`, or `7、 存在的问题` where the sections
// before it count to six.
struct Heading {
  int ordinal = 0;
  std::string number;     // as written: `七、`
  std::string text;       // without number
  std::string paragraph;  // what follows the heading in the same line; mostly empty
  report::v1::SectionRole role = report::v1::SECTION_ROLE_UNKNOWN;
};

// Reads `paragraph` as the heading after top-level heading `last_ordinal` (0
// before the first). Sub-headings `(一)`, `1.` and lists are none: `2、` after a
// list item `1、` (`last_item` 1) is an item too.
std::optional<Heading> ReadHeading(std::string_view paragraph, int last_ordinal, int last_item,
                                   const FormLabels& labels);

// 3 for `3、…` and `3.…` in Arabic digits; 0 for other paragraphs.
int ListItemNumber(std::string_view paragraph);

// True if `paragraph` starts with a number of any level or a label with colon,
// so that it cannot be the second half of a sentence.
bool StartsLikeHeading(std::string_view paragraph);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_BLOCKS_HEADING_H_
