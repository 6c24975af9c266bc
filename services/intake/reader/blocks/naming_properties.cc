#include "intake/reader/blocks/naming_properties.h"

#include <algorithm>
#include <array>
#include <string>

#include "common/base/text.h"
#include "common/base/words.h"

namespace jixiao::intake {
namespace {

// What stands there on a computer that nobody has given a name.
constexpr std::array<std::string_view, 26> kPlaceholders = {
    "admin", "administrator", "user",     "users",    "pc",       "home",      "china",   "organization", "unknown",
    "hp",    "lenovo",        "dell",     "asus",     "thinkpad", "microsoft", "windows", "kingsoft",     "wps",
    "用户",  "微软用户",      "微软中国", "匿名用户", "未知",     "作者",      "单位",    "管理员"};

// How programs begin that sign what they write.
constexpr std::array<std::string_view, 8> kPrograms = {"microsoftoffice", "windows用户", "windowsuser", "wps_",
                                                       "python-",         "openpyxl",    "apachepoi",   "libreoffice"};

std::string Folded(std::string_view text) {
  std::string folded = RemoveBlanks(FoldWidth(text));
  std::transform(folded.begin(), folded.end(), folded.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return folded;
}

bool NamesSomebody(std::string_view value, const std::string& unit) {
  const bool is_placeholder = std::find(kPlaceholders.begin(), kPlaceholders.end(), value) != kPlaceholders.end();
  if (value.empty() || is_placeholder) return false;
  if (std::any_of(kPrograms.begin(), kPrograms.end(), [&](std::string_view name) { return value.starts_with(name); })) {
    return false;
  }
  if (unit.empty()) return true;
  return value.find(unit) == std::string_view::npos && !IsShortFormOf(ToCodePoints(value), ToCodePoints(unit));
}

}  // namespace

void NoteNamingProperties(const std::vector<OfficeProperty>& properties, std::string_view unit_name,
                          report::v1::Provenance& provenance) {
  const std::string unit = Folded(unit_name);
  for (const OfficeProperty& property : properties) {
    if (!NamesSomebody(Folded(property.value), unit)) continue;
    provenance.add_naming_properties()->set_property(property.property);
  }
}

}  // namespace jixiao::intake
