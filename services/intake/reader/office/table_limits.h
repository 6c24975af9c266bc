// What a table of an office file may hold at most, and what a clerk is told beyond.
#ifndef JIXIAO_INTAKE_READER_OFFICE_TABLE_LIMITS_H_
#define JIXIAO_INTAKE_READER_OFFICE_TABLE_LIMITS_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"

namespace jixiao::intake {

inline constexpr int kMostColumns = 100;
inline constexpr size_t kMostRows = 2'000;

// INVALID_ARGUMENT, DOCUMENT_TOO_COMPLEX. `what` is a clause: `表格嵌套过深`.
absl::Status TooComplex(const std::string& what);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_READER_OFFICE_TABLE_LIMITS_H_
