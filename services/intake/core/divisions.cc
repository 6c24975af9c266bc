#include "intake/core/divisions.h"

#include <array>

namespace jixiao::intake {
namespace {

struct Division {
  std::string_view code;
  std::string_view name;
};

constexpr std::array<Division, 2> kProvinces = {{{"430000", "湖南省"}, {"410000", "河南省"}}};

constexpr std::array<Division, 31> kPrefectures = {{
    {"430100", "长沙市"},   {"430200", "株洲市"},
    {"430300", "湘潭市"},   {"430400", "衡阳市"},
    {"430500", "邵阳市"},   {"430600", "岳阳市"},
    {"430700", "常德市"},   {"430800", "张家界市"},
    {"430900", "益阳市"},   {"431000", "郴州市"},
    {"431100", "永州市"},   {"431200", "怀化市"},
    {"431300", "娄底市"},   {"433100", "湘西土家族苗族自治州"},
    {"410100", "郑州市"},   {"410200", "开封市"},
    {"410300", "洛阳市"},   {"410400", "平顶山市"},
    {"410500", "安阳市"},   {"410600", "鹤壁市"},
    {"410700", "新乡市"},   {"410800", "焦作市"},
    {"410900", "濮阳市"},   {"411000", "许昌市"},
    {"411100", "漯河市"},   {"411200", "三门峡市"},
    {"411300", "南阳市"},   {"411400", "商丘市"},
    {"411500", "信阳市"},   {"411600", "周口市"},
    {"411700", "驻马店市"},
}};

constexpr std::array<Division, 4> kCounties = {{
    {"430406", "雁峰区"},
    {"430611", "君山区"},
    {"430203", "芦淞区"},
    {"410106", "上街区"},
}};

template <size_t kCount>
std::string_view Find(const std::array<Division, kCount>& divisions, std::string_view text, std::string_view prefix) {
  for (const Division& division : divisions) {
    if (division.code.starts_with(prefix) && text.find(division.name) != std::string_view::npos) return division.code;
  }
  return "";
}

}  // namespace

std::string DivisionCodeOf(std::string_view names, std::string_view document) {
  const std::string_view prefecture = Find(kPrefectures, names, "");
  const std::string_view prefix = prefecture.substr(0, prefecture.empty() ? 0 : 4);
  if (const auto county = Find(kCounties, names, prefix); !county.empty()) return std::string(county);
  if (prefecture.empty()) return std::string(Find(kProvinces, names, ""));
  const std::string_view county = Find(kCounties, document, prefix);
  return std::string(county.empty() ? prefecture : county);
}

}  // namespace jixiao::intake
