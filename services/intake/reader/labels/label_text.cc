#include "intake/reader/labels/label_text.h"

#include <algorithm>
#include <array>

#include "common/base/text.h"

namespace jixiao::intake {
namespace {

using report::v1::MoneyUnit;

std::optional<int> ChineseDigit(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kDigits = {"〇", "一", "二", "三", "四",
                                                               "五", "六", "七", "八", "九"};
  for (size_t i = 0; i < kDigits.size(); ++i) {
    if (text.starts_with(kDigits[i])) return static_cast<int>(i);
  }
  if (text.starts_with("零") || text.starts_with("○")) return 0;
  return std::nullopt;
}

// The four digits before `year_sign`, a position of 年 in `label`.
std::optional<int> DigitsBefore(std::string_view label, size_t year_sign) {
  if (year_sign >= 4 && std::all_of(label.begin() + year_sign - 4, label.begin() + year_sign, IsDigit)) {
    int year = 0;
    for (const char c : label.substr(year_sign - 4, 4)) year = year * 10 + (c - '0');
    return year;
  }
  constexpr size_t kHanBytes = 3;
  if (year_sign < 4 * kHanBytes) return std::nullopt;
  int year = 0;
  for (size_t at = year_sign - 4 * kHanBytes; at < year_sign; at += kHanBytes) {
    const auto digit = ChineseDigit(label.substr(at));
    if (!digit) return std::nullopt;
    year = year * 10 + *digit;
  }
  return year;
}

}  // namespace

std::string LabelOf(std::string_view text) {
  std::string label;
  label.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    size_t length = 1;
    if (byte > 0x20 && byte < 0x7F) {
      label += text[i];
    } else if (byte >= 0xE4 && byte <= 0xE9 && i + 3 <= text.size()) {  // Han: never blank, never folded
      length = 3;
      label.append(text.substr(i, length));
    } else {
      length = std::max<size_t>(Utf8SequenceLength(text.substr(i)), 1);
      label += FoldWidth(RemoveBlanks(text.substr(i, length)));
    }
    i += length;
  }
  return label;
}

bool Contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool IsEllipsis(std::string_view label) {
  while (!label.empty()) {
    const size_t length = label.starts_with('.') ? 1 : label.starts_with("…") ? 3 : label.starts_with("。") ? 3 : 0;
    if (length == 0) return false;
    label.remove_prefix(length);
  }
  return true;
}

bool IsYearLine(std::string_view label) {
  if (label.starts_with('(') && label.ends_with(')')) label = label.substr(1, label.size() - 2);
  return label.size() <= 18 && YearIn(label) && (label.ends_with("年度") || label.ends_with("年"));
}

std::optional<MoneyUnit> UnitLine(std::string_view label) {
  if (label.starts_with('(') && label.ends_with(')')) label = label.substr(1, label.size() - 2);
  label = label.starts_with("金额") ? label.substr(std::string_view("金额").size()) : label;
  if (label == "单位:万元") return report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN;
  if (label == "单位:元") return report::v1::MONEY_UNIT_YUAN;
  if (label == "单位:亿元") return report::v1::MONEY_UNIT_HUNDRED_MILLION_YUAN;
  return std::nullopt;
}

std::optional<MoneyUnit> UnitInHeading(std::string_view label) {
  if (Contains(label, "亿元")) return report::v1::MONEY_UNIT_HUNDRED_MILLION_YUAN;
  if (Contains(label, "万元")) return report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN;
  if (Contains(label, "(元)")) return report::v1::MONEY_UNIT_YUAN;
  return std::nullopt;
}

std::optional<int> YearIn(std::string_view label) {
  constexpr std::string_view kYear = "年";
  for (size_t at = label.find(kYear); at != std::string_view::npos; at = label.find(kYear, at + 1)) {
    const auto year = DigitsBefore(label, at);
    if (year && *year >= 2015 && *year <= 2100) return year;
  }
  return std::nullopt;
}

PointedLabel SplitPoints(std::string_view label) {
  constexpr std::string_view kPoints = "分";
  // `(50分)` behind the name, or `布置工作10分` without brackets.
  std::string_view rest = label;
  const bool in_brackets = rest.ends_with(')');
  if (in_brackets) rest.remove_suffix(1);
  if (!rest.ends_with(kPoints)) return {std::string(label), std::nullopt};
  rest.remove_suffix(kPoints.size());
  size_t start = rest.size();
  while (start > 0 && (IsDigit(rest[start - 1]) || rest[start - 1] == '.')) --start;
  if (start == rest.size() || !IsDigit(rest[start])) return {std::string(label), std::nullopt};
  std::string points(rest.substr(start));
  rest = rest.substr(0, start);
  if (in_brackets) {
    if (!rest.ends_with('(')) return {std::string(label), std::nullopt};
    rest.remove_suffix(1);
  }
  return {std::string(rest), std::move(points)};
}

std::string_view WithoutColon(std::string_view label) {
  while (label.ends_with(':')) label.remove_suffix(1);
  return label;
}

std::string_view WithoutBrackets(std::string_view label) {
  label = WithoutColon(label);
  if (!label.ends_with(')')) return label;
  const size_t open = label.rfind('(');
  return open == std::string_view::npos || open == 0 ? label : label.substr(0, open);
}

std::string_view WithoutNumber(std::string_view label) {
  while (true) {
    std::string_view rest = label;
    if (rest.starts_with("其中")) {
      rest.remove_prefix(std::string_view("其中").size());
      if (rest.starts_with(':')) rest.remove_prefix(1);
    } else {
      if (rest.starts_with('(')) rest.remove_prefix(1);
      const size_t digits = rest.find_first_not_of("0123456789");
      if (digits == 0 || digits == std::string_view::npos) return label;
      rest.remove_prefix(digits);
      if (rest.starts_with(')') || rest.starts_with('.')) {
        rest.remove_prefix(1);
      } else if (rest.starts_with("、")) {
        rest.remove_prefix(std::string_view("、").size());
      } else {
        return label;
      }
    }
    label = rest;
  }
}

std::string_view WithoutSuffix(std::string_view text, std::string_view suffix) {
  if (text.size() > suffix.size() && text.ends_with(suffix)) text.remove_suffix(suffix.size());
  return text;
}

}  // namespace jixiao::intake
