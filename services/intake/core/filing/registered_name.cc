#include "intake/core/filing/registered_name.h"

#include <algorithm>

#include "common/base/text.h"
#include "intake/core/submission/season_name.h"

namespace jixiao::intake {
namespace {

// Folded, without blanks and without brackets and what they hold.
std::u32string Plain(std::string_view name) {
  std::u32string plain;
  int depth = 0;
  for (const char32_t c : ToCodePoints(RemoveBlanks(FoldWidth(name)))) {
    if (c == U'(') ++depth;
    if (depth == 0) plain += c;
    if (c == U')' && depth > 0) --depth;
  }
  return plain;
}

// True if one of both becomes the other by changing, leaving out or adding at
// most one character.
bool IsOneSlipApart(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  size_t same = 0;
  while (same < a.size() && a[same] == b[same]) ++same;
  const size_t skipped = a.size() == b.size() ? 1 : 0;
  return a.substr(std::min(same + skipped, a.size())) == b.substr(std::min(same + 1, b.size()));
}

// True if `whole` is `tail`, but for one slip, behind a place or body that ends
// as such do: `岳阳市君山区` in front of `水利局`.
bool IsTail(std::u32string_view tail, std::u32string_view whole) {
  constexpr std::u32string_view kEndsOfPlaces = U"省市区县州盟旗镇乡";
  if (tail.size() < 3) return false;
  for (size_t at = 1; at + 2 < whole.size(); ++at) {
    if (kEndsOfPlaces.find(whole[at - 1]) == std::u32string_view::npos) continue;
    if (IsOneSlipApart(tail, whole.substr(at))) return true;
  }
  return false;
}

}  // namespace

bool MayBeSameUnit(std::string_view registered, std::string_view filed) {
  const std::u32string a = Plain(registered);
  const std::u32string b = Plain(filed);
  return IsOneSlipApart(a, b) || IsTail(a, b) || IsTail(b, a);
}

std::vector<std::string> RosterSpellings(std::string_view filed, const std::string& division_code,
                                         const Divisions& divisions) {
  std::vector<std::string> spellings;
  const auto add = [&](const std::string& each) {
    if (std::find(spellings.begin(), spellings.end(), each) == spellings.end()) spellings.push_back(each);
  };
  const std::string name = RemoveBlanks(filed);
  add(name);
  const std::vector<std::string> above = DivisionAndAbove(division_code);
  std::string short_name = name;
  for (size_t i = above.size(); i-- > 1;) {
    const std::string_view place = divisions.Name(above[i]);
    if (!place.empty() && short_name.starts_with(place)) add(short_name = short_name.substr(place.size()));
  }
  std::string long_name = short_name;
  for (size_t i = 1; i < above.size(); ++i) {
    const std::string_view place = divisions.Name(above[i]);
    if (!place.empty()) add(long_name.insert(0, place));
  }
  for (const std::string& each : std::vector<std::string>(spellings)) {
    add(ReplaceAll(ReplaceAll(each, "（", "("), "）", ")"));
    add(ReplaceAll(ReplaceAll(each, "(", "（"), ")", "）"));
  }
  return spellings;
}

}  // namespace jixiao::intake
