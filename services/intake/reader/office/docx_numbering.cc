#include "intake/reader/office/docx_numbering.h"

#include <utility>

#include "common/base/status_macros.h"
#include "intake/reader/office/xml_part.h"

namespace jixiao::intake {
namespace {

constexpr std::array<std::string_view, 10> kHan = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

// 1 to 99 as headings count; larger numbers are rare enough for digits.
std::string ChineseCounting(int number) {
  if (number <= 0 || number > 99) return std::to_string(number);
  std::string out;
  const int tens = number / 10;
  if (tens > 1) out += kHan[static_cast<size_t>(tens)];
  if (tens > 0) out += "十";
  if (number % 10 > 0) out += kHan[static_cast<size_t>(number % 10)];
  return out;
}

std::string Roman(int number) {
  if (number <= 0 || number > 99) return std::to_string(number);
  static constexpr std::array<std::pair<int, std::string_view>, 9> kSigns = {
      {{90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}, {100, "C"}}};
  std::string out;
  for (const auto& [value, sign] : kSigns) {
    while (value < 100 && number >= value) {
      out += sign;
      number -= value;
    }
  }
  return out;
}

// ① to ⑳.
std::string Circled(int number) {
  if (number < 1 || number > 20) return std::to_string(number);
  std::string out = "\xE2\x91";
  return out.append(1, static_cast<char>(0xA0 + number - 1));
}

std::string Lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

std::string Letter(int number) {
  return number >= 1 && number <= 26 ? std::string(1, static_cast<char>('A' + number - 1)) : std::to_string(number);
}

}  // namespace

std::string FormatListNumber(std::string_view format, int number) {
  if (format == "bullet" || format == "none") return "";
  if (format.starts_with("chineseCounting") || format.starts_with("japaneseCounting") ||
      format == "taiwaneseCounting" || format == "taiwaneseCountingThousand" || format == "ideographDigital") {
    return ChineseCounting(number);
  }
  if (format == "upperRoman") return Roman(number);
  if (format == "lowerRoman") return Lower(Roman(number));
  if (format == "upperLetter") return Letter(number);
  if (format == "lowerLetter") return Lower(Letter(number));
  if (format.starts_with("decimalEnclosedCircle")) return Circled(number);
  if (format == "decimalZero" && number < 10) return "0" + std::to_string(number);
  return std::to_string(number);
}

absl::StatusOr<DocxNumbering> DocxNumbering::Load(const ZipPackage& package, const std::string& main_part) {
  DocxNumbering numbering;
  const std::string folder = main_part.substr(0, main_part.rfind('/') + 1);
  if (package.Has(folder + "numbering.xml")) {
    JIXIAO_ASSIGN_OR_RETURN(const XmlDocument document, ReadXml(package, folder + "numbering.xml"));
    numbering.ReadLists(document->document_element());
  }
  if (package.Has(folder + "styles.xml")) {
    JIXIAO_ASSIGN_OR_RETURN(const XmlDocument document, ReadXml(package, folder + "styles.xml"));
    numbering.ReadStyles(document->document_element());
  }
  return numbering;
}

void DocxNumbering::ReadLevel(const pugi::xml_node& node, Levels& levels) {
  const auto index = WholeNumber(Attribute(node, "ilvl"));
  if (!index || static_cast<size_t>(*index) >= kLevels) return;
  Level& level = levels[static_cast<size_t>(*index)];
  if (const auto start = WholeNumber(Attribute(Child(node, "start"), "val"))) level.start = *start;
  if (const auto format = Child(node, "numFmt")) level.format = Attribute(format, "val");
  if (const auto text = Child(node, "lvlText")) level.text = Attribute(text, "val");
}

void DocxNumbering::ReadLists(const pugi::xml_node& root) {
  std::map<std::string, Levels> abstracts;
  for (const pugi::xml_node& node : root.children()) {
    if (LocalName(node) != "abstractNum") continue;
    Levels& levels = abstracts[std::string(Attribute(node, "abstractNumId"))];
    for (const pugi::xml_node& level : node.children()) {
      if (LocalName(level) == "lvl") ReadLevel(level, levels);
    }
  }
  for (const pugi::xml_node& node : root.children()) {
    if (LocalName(node) != "num") continue;
    List& list = lists_[std::string(Attribute(node, "numId"))];
    list.abstract_id = Attribute(Child(node, "abstractNumId"), "val");
    list.levels = abstracts[list.abstract_id];
    for (const pugi::xml_node& change : node.children()) {
      if (LocalName(change) != "lvlOverride") continue;
      ReadLevel(Child(change, "lvl"), list.levels);
      const auto index = WholeNumber(Attribute(change, "ilvl"));
      const auto start = WholeNumber(Attribute(Child(change, "startOverride"), "val"));
      if (!index || !start || static_cast<size_t>(*index) >= kLevels) continue;
      list.levels[static_cast<size_t>(*index)].start = *start;
      list.abstract_id += "/" + std::string(Attribute(node, "numId"));  // counts anew
    }
  }
}

void DocxNumbering::ReadStyles(const pugi::xml_node& root) {
  std::map<std::string, std::string> bases;
  for (const pugi::xml_node& node : root.children()) {
    if (LocalName(node) != "style" || Attribute(node, "type") != "paragraph") continue;
    const std::string id(Attribute(node, "styleId"));
    bases[id] = Attribute(Child(node, "basedOn"), "val");
    const pugi::xml_node number = Child(Child(node, "pPr"), "numPr");
    if (!number) continue;
    styles_[id] = {std::string(Attribute(Child(number, "numId"), "val")),
                   WholeNumber(Attribute(Child(number, "ilvl"), "val")).value_or(0)};
  }
  for (const auto& [id, direct_base] : bases) {
    std::string base = direct_base;
    for (int depth = 0; depth < 10 && !base.empty() && !styles_.contains(id); ++depth) {
      if (const auto found = styles_.find(base); found != styles_.end()) styles_[id] = Use(found->second);
      const auto next = bases.find(base);
      base = next == bases.end() ? "" : next->second;
    }
  }
}

std::optional<DocxNumbering::Use> DocxNumbering::UseOf(const pugi::xml_node& properties) const {
  std::optional<Use> use;
  const auto style = styles_.find(std::string(Attribute(Child(properties, "pStyle"), "val")));
  if (style != styles_.end()) use = style->second;
  if (const pugi::xml_node number = Child(properties, "numPr")) {
    if (!use) use.emplace();
    if (const auto id = Child(number, "numId")) use->list_id = Attribute(id, "val");
    if (const auto level = WholeNumber(Attribute(Child(number, "ilvl"), "val"))) use->level = *level;
  }
  // 0 takes a style's number away.
  if (!use || use->list_id.empty() || use->list_id == "0" || static_cast<size_t>(use->level) >= kLevels)
    return std::nullopt;
  return use;
}

std::string DocxNumbering::NumberFor(const pugi::xml_node& properties) {
  const auto use = UseOf(properties);
  const auto found = use ? lists_.find(use->list_id) : lists_.end();
  if (found == lists_.end()) return "";
  const List& list = found->second;
  const auto level = static_cast<size_t>(use->level);
  std::array<int, kLevels>& counters = counters_[list.abstract_id];
  counters[level] = counters[level] == 0 ? list.levels[level].start : counters[level] + 1;
  for (size_t deeper = level + 1; deeper < kLevels; ++deeper) counters[deeper] = 0;
  const std::string& text = list.levels[level].text;
  if (list.levels[level].format == "bullet") return "";
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool is_number = text[i] == '%' && i + 1 < text.size() && text[i + 1] >= '1' && text[i + 1] <= '9';
    if (!is_number) {
      out += text[i];
      continue;
    }
    const auto index = static_cast<size_t>(text[++i] - '1');
    const int count = counters[index] == 0 ? list.levels[index].start : counters[index];
    out += FormatListNumber(list.levels[index].format, count);
  }
  return out;
}

}  // namespace jixiao::intake
