#include "intake/reader/form/divisions.h"

#include <vector>

#include "common/base/text.h"

namespace jixiao::intake {
namespace {

using Division = Divisions::Division;

bool IsProvince(std::string_view code) { return code.ends_with("0000"); }
bool IsCounty(std::string_view code) { return !code.ends_with("00"); }
bool IsPrefecture(std::string_view code) { return !IsProvince(code) && !IsCounty(code); }

// The only one of `named` of a kind, below `prefix`; null if there is none or more
// than one.
const Division* Only(const std::vector<const Division*>& named, bool (*is_kind)(std::string_view),
                     std::string_view prefix) {
  const Division* found = nullptr;
  for (const Division* division : named) {
    if (!is_kind(division->code()) || !division->code().starts_with(prefix)) continue;
    if (found != nullptr) return nullptr;
    found = division;
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
std::string MisspeltCounty(std::string_view names, const Division& prefecture, int year, const Divisions& divisions) {
  const std::string& name = prefecture.name();
  const size_t at = names.find(name);
  if (at == std::string_view::npos) return "";  // called by a former name
  const std::u32string behind = ToCodePoints(names.substr(at + name.size()));
  std::string found;
  for (const Division& county : divisions.all()) {
    if (!county.code().starts_with(prefecture.code().substr(0, 4)) || !IsCounty(county.code())) continue;
    const bool is_listed = year == 0 ? !county.has_listed_until() : divisions.IsListed(county.code(), year);
    if (!is_listed || !BeginsOneOff(behind, ToCodePoints(county.name()))) continue;
    if (!found.empty()) return "";
    found = county.code();
  }
  return found;
}

// True for names that are words of their own, or parts of such, wherever they stand:
// `东区`, `老城区`, `市中区`.
bool IsOrdinaryWord(std::string_view name) {
  constexpr std::u32string_view kOrdinary = U"东南西北中新老旧城市郊矿关";
  std::u32string characters = ToCodePoints(name);
  if (characters.size() <= 2) return true;
  characters.pop_back();
  return characters.find_first_not_of(kOrdinary) == std::u32string::npos;
}

// Without the divisions whose names are ordinary words: they count behind their
// prefecture only.
std::vector<const Division*> WithTellingNames(const std::vector<const Division*>& named) {
  std::vector<const Division*> kept;
  for (const Division* division : named) {
    if (!IsOrdinaryWord(division->name())) kept.push_back(division);
  }
  return kept;
}

}  // namespace

std::string DivisionCodeOf(std::string_view names, int year, const Divisions& divisions) {
  const std::vector<const Division*> named = divisions.NamedIn(names, year);
  const Division* prefecture = Only(named, IsPrefecture, "");
  if (prefecture != nullptr) {
    if (const Division* county = Only(named, IsCounty, prefecture->code().substr(0, 4))) return county->code();
    const std::string county = MisspeltCounty(names, *prefecture, year, divisions);
    return county.empty() ? prefecture->code() : county;
  }
  const Division* province = Only(named, IsProvince, "");
  const std::string prefix = province == nullptr ? "" : province->code().substr(0, 2);
  // A municipality (`北京市`) has its counties like a prefecture.
  const bool is_municipality = province != nullptr && province->name().ends_with("市");
  const Division* county = Only(is_municipality ? named : WithTellingNames(named), IsCounty, prefix);
  if (county != nullptr) return county->code();
  return province == nullptr ? "" : province->code();
}

}  // namespace jixiao::intake
