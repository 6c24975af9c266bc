// For any service: names of administrative divisions.
#ifndef JIXIAO_COMMON_DOMAIN_DIVISION_NAMES_H_
#define JIXIAO_COMMON_DOMAIN_DIVISION_NAMES_H_

#include <span>
#include <string>
#include <string_view>

namespace jixiao {

// A division of GB/T 2260. `430000` is a province, `430600` a prefecture,
// `430611` a county.
struct Division {
  std::string_view code;
  std::string_view name;
};

// All that are known here, by code.
std::span<const Division> KnownDivisions();

// `君山区` for `430611`; empty if the code is not known here.
std::string_view DivisionName(std::string_view code);

// `湖南省岳阳市君山区` for `430611`: the known names from the province down; the
// code itself if none is known.
std::string DivisionFullName(std::string_view code);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_DOMAIN_DIVISION_NAMES_H_
