// For the personal-data rules: a first look that costs next to nothing.
#ifndef JIXIAO_COMMON_DOMAIN_PERSONAL_DATA_HINTS_H_
#define JIXIAO_COMMON_DOMAIN_PERSONAL_DATA_HINTS_H_

#include <string_view>

namespace jixiao {

// False if no rule could find anything in `text`: no seven digits in a row, no
// label of a person, no sign of an address. Most paragraphs hold nothing, and
// this is what they cost.
bool MayHoldPersonalData(std::string_view text);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_DOMAIN_PERSONAL_DATA_HINTS_H_
