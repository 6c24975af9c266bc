#include "scoring/core/view/own_name.h"

#include "common/base/text.h"

namespace jixiao::scoring {

bool IsOneOff(std::u32string_view a, std::u32string_view b) {
  if (a.size() != b.size() || a.size() < 2 || a.back() != b.back()) return false;
  int different = 0;
  for (size_t i = 0; i < a.size(); ++i) different += a[i] != b[i];
  return different == 1;
}

std::string TailOf(std::string_view name, const OwnName& own) {
  for (const std::string_view place : {own.county, own.prefecture}) {
    const size_t at = place.empty() ? std::string_view::npos : name.find(place);
    if (at != std::string_view::npos && place == own.county) return std::string(name.substr(at + place.size()));
    if (at == std::string_view::npos) continue;
    const std::string_view behind = name.substr(at + place.size());
    const std::u32string rest = ToCodePoints(behind);
    const std::u32string county = ToCodePoints(own.county);
    if (!county.empty() && rest.size() >= county.size() &&
        IsOneOff(std::u32string_view(rest).substr(0, county.size()), county)) {
      return ToUtf8(std::u32string_view(rest).substr(county.size()));
    }
    return std::string(behind);
  }
  return std::string(name);
}

OwnName OwnNameOf(const report::v1::Unit& unit, const v1::ScoringContext& context, const Divisions& divisions) {
  OwnName own;
  const std::string& name = context.registered_unit_name().empty() ? unit.name() : context.registered_unit_name();
  own.official = RemoveBlanks(FoldWidth(name));
  const std::string& code = unit.division_code();
  if (code.size() == 6) {
    if (!code.ends_with("00")) own.county = divisions.Name(code);
    if (!code.ends_with("0000")) own.prefecture = divisions.Name(code.substr(0, 4) + "00");
  }
  own.tail = TailOf(own.official, own);
  return own;
}

}  // namespace jixiao::scoring
