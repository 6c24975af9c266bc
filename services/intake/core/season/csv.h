// Reads comma-separated values as RFC 4180 has them: cells in double quotes may
// hold commas, line feeds and doubled quotes. Knows nothing of what cells mean.
#ifndef JIXIAO_INTAKE_CORE_SEASON_CSV_H_
#define JIXIAO_INTAKE_CORE_SEASON_CSV_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace jixiao::intake {

struct CsvRow {
  int line = 0;  // where it begins, from 1
  std::vector<std::string> cells;
};

// Rows of `text`, blank ones left out; CRLF, LF and CR end a row alike.
// INVALID_ARGUMENT (field violation on the line) if a quoted cell does not end or
// something stands behind its closing quote.
absl::StatusOr<std::vector<CsvRow>> ParseCsv(std::string_view text);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SEASON_CSV_H_
