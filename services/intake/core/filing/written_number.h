// Decides whether a parsed number can be what a cell says. Intake reads cells
// only this far: what a number means is for scoring.
#ifndef JIXIAO_INTAKE_CORE_FILING_WRITTEN_NUMBER_H_
#define JIXIAO_INTAKE_CORE_FILING_WRITTEN_NUMBER_H_

#include <cstdint>
#include <string_view>

#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {

// The number of a Value.
struct ReadNumber {
  report::v1::Value::NumberCase scale = report::v1::Value::NUMBER_NOT_SET;
  int64_t units = 0;
};

// False if no reading of `as_written` gives `number`. A cell may hold several
// numbers, approximations and multipliers; one of them has to fit. `money_unit` is
// the unit of bare money figures; unspecified: any. Figures in Chinese numerals
// alone are taken on trust. True if there is no number.
bool NumberFitsText(ReadNumber number, std::string_view as_written, report::v1::MoneyUnit money_unit);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_FILING_WRITTEN_NUMBER_H_
