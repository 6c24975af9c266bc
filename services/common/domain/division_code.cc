#include "common/domain/division_code.h"

#include "common/base/errors.h"

namespace jixiao {

bool IsDivisionCode(std::string_view text) {
  return text.size() == 6 && text.find_first_not_of("0123456789") == std::string_view::npos && text.front() != '0';
}

std::string DivisionPrefix(std::string_view division_code) {
  while (division_code.size() > 2 && division_code.ends_with("00")) division_code.remove_suffix(2);
  return std::string(division_code);
}

std::string ParentDivision(std::string_view code) {
  if (code.size() != 6 || code.ends_with("0000")) return "";
  const size_t kept = code.ends_with("00") ? 2 : 4;
  return std::string(code.substr(0, kept)) + std::string(6 - kept, '0');
}

std::vector<std::string> DivisionAndAbove(std::string_view division_code) {
  std::vector<std::string> codes = {std::string(division_code)};
  for (std::string above = ParentDivision(division_code); !above.empty(); above = ParentDivision(above)) {
    codes.push_back(above);
  }
  return codes;
}

absl::Status BadDivisionCode() { return InvalidFields({{"division_code", kDivisionCodeAdvice}}); }

}  // namespace jixiao
