// Tells a clerk's way of writing a unit's name from the name of another unit.
#ifndef JIXIAO_INTAKE_CORE_FILING_REGISTERED_NAME_H_
#define JIXIAO_INTAKE_CORE_FILING_REGISTERED_NAME_H_

#include <string>
#include <string_view>
#include <vector>

#include "common/domain/divisions.h"

namespace jixiao::intake {

// True if `filed` may be meant for `registered`: the same but for blanks, width,
// what stands in brackets, places in front of it (`岳阳市君山区水利局`, `水利局`) and
// one character wrong, missing or too many. Scoring points at such slips; only
// the name of somebody else is refused.
bool MayBeSameUnit(std::string_view registered, std::string_view filed);

// Ways in which `filed` may stand on the roster of a division, to look it up:
// without blanks, with and without the names of its prefecture and province in
// front, with brackets of either width. As filed first.
std::vector<std::string> RosterSpellings(std::string_view filed, const std::string& division_code,
                                         const Divisions& divisions);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_FILING_REGISTERED_NAME_H_
