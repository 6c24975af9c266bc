// For any service: codes of administrative divisions (GB/T 2260), listed or not.
#ifndef JIXIAO_COMMON_DOMAIN_DIVISION_CODE_H_
#define JIXIAO_COMMON_DOMAIN_DIVISION_CODE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace jixiao {

// True for six digits of which the first is not 0. Whether such a division exists is
// for Divisions to say.
bool IsDivisionCode(std::string_view text);

// First two, four or six digits of `division_code`: what the codes of the division and of
// everything below it begin with. `430600` gives `4306`. Digits count in pairs: `431000`
// is not above `431100`.
std::string DivisionPrefix(std::string_view division_code);

// Code of the division that `code` belongs to: `430600` for `430611`, `430000` for
// `430600`, empty for a province.
std::string ParentDivision(std::string_view code);

// Division, prefecture, province, as far as they differ: `430611`, `430600`, `430000`.
std::vector<std::string> DivisionAndAbove(std::string_view division_code);

// What a request with a broken code is told.
inline constexpr char kDivisionCodeAdvice[] = "行政区划代码应为六位数字，例如 430611";

// INVALID_ARGUMENT with that advice on `division_code`.
absl::Status BadDivisionCode();

}  // namespace jixiao

#endif  // JIXIAO_COMMON_DOMAIN_DIVISION_CODE_H_
