// Numbers of sections and paragraphs: one style per level, no gaps, no start
// over within a section.
#include <fmt/format.h>

#include <array>

#include "common/base/text.h"
#include "common/base/words.h"
#include "scoring/core/checks/checks.h"

namespace jixiao::scoring {
namespace {

using report::v1::Address;

enum class Style { kNone, kHan, kHanInBrackets, kArabic, kArabicInBrackets };

struct Number {
  Style style = Style::kNone;
  int value = 0;
  std::string text;
};

// `十二` to 12; 0 if it is no number up to 99. Consumes what it reads.
int ReadHan(std::u32string_view chars, size_t& at) {
  static constexpr std::u32string_view kDigits = U"一二三四五六七八九";
  int value = 0;
  bool ten = false;
  for (; at < chars.size(); ++at) {
    const size_t digit = kDigits.find(chars[at]);
    if (chars[at] == U'十' && !ten) {
      value = (value == 0 ? 1 : value) * 10;
      ten = true;
    } else if (digit != std::u32string_view::npos && (value == 0 || (ten && value % 10 == 0))) {
      value += static_cast<int>(digit) + 1;
    } else {
      break;
    }
  }
  return value;
}

int ReadArabic(std::u32string_view chars, size_t& at) {
  int value = 0;
  for (size_t digits = 0; at < chars.size() && chars[at] >= U'0' && chars[at] <= U'9' && digits < 2; ++at, ++digits) {
    value = value * 10 + static_cast<int>(chars[at] - U'0');
  }
  return value;
}

// Number at the front of `text`: `一、`, `（一）`, `1、`, `1.`, `(1)`.
Number ReadNumber(std::string_view text) {
  constexpr size_t kLongest = 24;
  size_t cut = std::min(text.size(), kLongest);
  while (cut < text.size() && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) ++cut;
  const std::u32string chars = ToCodePoints(Trim(text.substr(0, cut)));
  if (chars.empty()) return {};
  const bool bracket = chars[0] == U'（' || chars[0] == U'(';
  size_t at = bracket ? 1 : 0;
  Number number;
  number.value = ReadHan(chars, at);
  const bool han = number.value > 0;
  if (!han) number.value = ReadArabic(chars, at);
  if (number.value == 0 || at >= chars.size()) return {};
  const char32_t end = chars[at];
  const bool closes = end == U'）' || end == U')';
  const bool stops = end == U'、' || end == U'．' || (end == U'.' && !han);
  // `1.5` is a figure.
  const bool decimal = !han && at + 1 < chars.size() && chars[at + 1] >= U'0' && chars[at + 1] <= U'9';
  if (bracket ? !closes : (!stops || decimal)) return {};
  number.style =
      bracket ? (han ? Style::kHanInBrackets : Style::kArabicInBrackets) : (han ? Style::kHan : Style::kArabic);
  number.text = ToUtf8(std::u32string_view(chars).substr(0, at + 1));
  return number;
}

class NumberingCheck {
 public:
  explicit NumberingCheck(const TextView& text) : content_(text.view.content()) {}

  void Run(Findings& findings) {
    CheckSections();
    for (int s = 0; s < content_.sections_size(); ++s) {
      if (content_.sections(s).role() != report::v1::SECTION_ROLE_UNKNOWN && content_.sections(s).has_number()) {
        CheckParagraphs(s);
      }
    }
    if (places_.empty()) return;
    findings.Add({.rule_id = "SECTION_NUMBERING",
                  .places = std::move(places_),
                  .value = std::move(value_),
                  .expected = "各级标题依次用“一、”“（一）”“1.”“（1）”，同级编号样式一致、前后相连"});
  }

 private:
  void Problem(Address place, const std::string& what) {
    if (places_.size() >= kMostPlaces) return;
    AddItem(what, value_, "；");
    places_.push_back(std::move(place));
  }

  Address HeadingPlace(int index) const {
    const auto& section = content_.sections(index);
    Address address;
    address.set_label(fmt::format("正文 {}{}", section.number(), section.heading()));
    address.set_part(report::v1::PART_SECTION);
    address.set_part_index(index);
    if (section.has_source_line()) address.set_source_line(section.source_line());
    return address;
  }

  void CheckSections() {
    Number before;
    for (int s = 0; s < content_.sections_size(); ++s) {
      if (!content_.sections(s).has_number()) continue;
      const Number number = ReadNumber(content_.sections(s).number());
      if (number.style == Style::kNone) continue;
      if (before.style != Style::kNone && number.style != before.style && before.style == Style::kHan) {
        Problem(HeadingPlace(s), fmt::format("“{}”之后写成“{}”", before.text, number.text));
        before.value = number.value;
        continue;  // compared with the style that the report began with
      }
      if (before.style != Style::kNone && number.value != before.value + 1) {
        Problem(HeadingPlace(s), fmt::format("“{}”之后是“{}”", before.text, number.text));
      }
      before = number;
    }
  }

  void CheckParagraphs(int s) {
    const auto& section = content_.sections(s);
    int brackets = 0;        // last number of `（一）`
    int small_brackets = 0;  // last number of `(1)`
    for (int p = 0; p < section.paragraphs_size(); ++p) {
      const Number number = ReadNumber(section.paragraphs(p).text());
      if (number.style == Style::kHanInBrackets) {
        if (number.value == 1 && brackets > 0) {
          Problem(ParagraphAddress(section, s, p),
                  fmt::format("“{}”中在“（一）”之下又从“（一）”编起", section.heading()));
          return;
        }
        brackets = number.value;
      } else if (number.style == Style::kArabicInBrackets) {
        if (small_brackets == 0 && brackets > 0 && number.value == brackets + 1) {
          Problem(ParagraphAddress(section, s, p),
                  fmt::format("“{}”中同级编号写成“{}”", section.heading(), number.text));
        }
        small_brackets = number.value;
      }
    }
  }

  const report::v1::ReportContent& content_;
  std::vector<Address> places_;
  std::string value_;
};

}  // namespace

void CheckSectionNumbering(const TextView& text, Findings& findings) {
  if (findings.Checks("SECTION_NUMBERING")) NumberingCheck(text).Run(findings);
}

}  // namespace jixiao::scoring
