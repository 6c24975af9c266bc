// The division that a report names: a suggestion for the unit's division, which the
// roster of units decides.
#ifndef JIXIAO_INTAKE_READER_FORM_DIVISIONS_H_
#define JIXIAO_INTAKE_READER_FORM_DIVISIONS_H_

#include <string>
#include <string_view>

#include "common/domain/divisions.h"

namespace jixiao::intake {

// Six-digit code of the most precise division named in `names` (unit name, title),
// as divisions are called in `year`; 0 for today. A county one character off, right
// behind its prefecture, counts: clerks write 芦凇区 for 芦淞区. Empty if unknown, or
// if two divisions fit.
std::string DivisionCodeOf(std::string_view names, int year, const Divisions& divisions);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_FORM_DIVISIONS_H_
