// For any service: names of administrative divisions.
#ifndef JIXIAO_COMMON_DOMAIN_DIVISION_NAMES_H_
#define JIXIAO_COMMON_DOMAIN_DIVISION_NAMES_H_

#include <string>
#include <string_view>

namespace jixiao {

// `君山区` for `430611`; empty if the code is not known here.
std::string_view DivisionName(std::string_view code);

// `湖南省岳阳市君山区` for `430611`: the known names from the province down; the
// code itself if none is known.
std::string DivisionFullName(std::string_view code);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_DOMAIN_DIVISION_NAMES_H_
