// Administrative divisions known to the reader (GB/T 2260): a suggestion for
// the unit's division, which the roster of units decides.
#ifndef JIXIAO_INTAKE_CORE_DIVISIONS_H_
#define JIXIAO_INTAKE_CORE_DIVISIONS_H_

#include <string>
#include <string_view>

namespace jixiao::intake {

// Six-digit code of the most precise division named in `names` (unit name,
// title). A county named only in `document` counts if it belongs to a
// prefecture named in `names`, which heals a misspelt county. Empty if unknown.
std::string DivisionCodeOf(std::string_view names, std::string_view document);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_DIVISIONS_H_
