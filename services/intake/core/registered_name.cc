#include "intake/core/registered_name.h"

#include <algorithm>

#include "common/base/text.h"

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

std::vector<std::string> RosterSpellings(std::string_view filed) {
  std::vector<std::string> spellings = {RemoveBlanks(filed)};
  const std::string narrow = ReplaceAll(ReplaceAll(spellings[0], "（", "("), "）", ")");
  const std::string wide = ReplaceAll(ReplaceAll(spellings[0], "(", "（"), ")", "）");
  for (const std::string& each : {narrow, wide}) {
    if (std::find(spellings.begin(), spellings.end(), each) == spellings.end()) spellings.push_back(each);
  }
  return spellings;
}

}  // namespace jixiao::intake
