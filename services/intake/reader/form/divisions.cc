#include "intake/reader/form/divisions.h"

#include "common/base/text.h"
#include "common/domain/division_names.h"

namespace jixiao::intake {
namespace {

bool IsProvince(std::string_view code) { return code.ends_with("0000"); }
bool IsCounty(std::string_view code) { return !code.ends_with("00"); }
bool IsPrefecture(std::string_view code) { return !IsProvince(code) && !IsCounty(code); }

// Code of the only division of a kind, below `prefix`, that `fits`; empty if
// there is none or more than one.
template <typename IsKind, typename Fits>
std::string_view Only(IsKind is_kind, std::string_view prefix, Fits fits) {
  std::string_view found;
  for (const Division& division : KnownDivisions()) {
    if (!is_kind(division.code) || !division.code.starts_with(prefix) || !fits(division.name)) continue;
    if (!found.empty()) return "";
    found = division.code;
  }
  return found;
}

// True if `text` begins with `name` but for one character.
bool BeginsOneOff(std::u32string_view text, std::u32string_view name) {
  if (text.size() < name.size() || name.size() < 3) return false;
  int different = 0;
  for (size_t i = 0; i < name.size(); ++i) different += text[i] != name[i];
  return different == 1;
}

// The county whose name stands one character off behind its prefecture's.
std::string_view MisspeltCounty(std::string_view names, std::string_view prefecture) {
  const std::string_view name = DivisionName(prefecture);
  const std::u32string behind = ToCodePoints(names.substr(names.find(name) + name.size()));
  return Only(IsCounty, prefecture.substr(0, 4),
              [&](std::string_view county) { return BeginsOneOff(behind, ToCodePoints(county)); });
}

}  // namespace

std::string DivisionCodeOf(std::string_view names) {
  const auto named = [&](std::string_view name) { return names.find(name) != std::string_view::npos; };
  const std::string_view prefecture = Only(IsPrefecture, "", named);
  const std::string_view prefix = prefecture.substr(0, prefecture.empty() ? 0 : 4);
  if (const auto county = Only(IsCounty, prefix, named); !county.empty()) return std::string(county);
  if (prefecture.empty()) return std::string(Only(IsProvince, "", named));
  const std::string_view county = MisspeltCounty(names, prefecture);
  return std::string(county.empty() ? prefecture : county);
}

}  // namespace jixiao::intake
