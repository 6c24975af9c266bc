// Decides whether a parsed number can be what a cell says. Intake reads cells
// only this far: what a number means is for scoring.
#ifndef JIXIAO_INTAKE_CORE_WRITTEN_NUMBER_H_
#define JIXIAO_INTAKE_CORE_WRITTEN_NUMBER_H_

#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// False if no reading of `value.as_written` gives the number of `value`. A cell
// may hold several numbers, approximations and multipliers; one of them has to
// fit. `money_unit` is the unit of bare money figures; unspecified: any. Figures
// in Chinese numerals alone are taken on trust. True if `value` has no number.
bool NumberFitsText(const report::v1::Value& value, report::v1::MoneyUnit money_unit);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_WRITTEN_NUMBER_H_
