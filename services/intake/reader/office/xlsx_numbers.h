// Numbers of Excel cells as text. A file stores binary doubles (`0.94499999999999995`)
// and a format; the clerk typed and sees `94.50%`. Everything here works on digits,
// without floating point.
#ifndef JIXIAO_INTAKE_READER_OFFICE_XLSX_NUMBERS_H_
#define JIXIAO_INTAKE_READER_OFFICE_XLSX_NUMBERS_H_

#include <string>
#include <string_view>

namespace jixiao::intake {

// The format code of a built-in number format; empty for General and unknown ones.
std::string_view BuiltInFormat(int id);

struct ShownNumber {
  std::string text;
  bool was_rounded = false;  // a formula's result, to the digits that are shown
  bool is_scaled = false;    // the cell shows the number divided; `text` does not
};

// `stored` as its cell shows it under `format`, but no digit that was typed is
// lost: only results of formulas are rounded to the digits shown. Dates come as
// the format writes them. Text that is no number is returned as it is.
ShownNumber ShowNumber(std::string_view stored, std::string_view format, bool is_formula, bool counts_from_1904);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_OFFICE_XLSX_NUMBERS_H_
