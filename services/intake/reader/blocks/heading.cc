#include "intake/reader/blocks/heading.h"

#include <algorithm>
#include <array>

#include "common/base/text.h"

namespace jixiao::intake {
namespace {

constexpr int64_t kLongestHeading = 60;

struct Number {
  int value = 0;
  size_t bytes = 0;  // with the separator behind it
  bool is_chinese = false;
};

// Value of 一 … 九十九 at the front of `text`; `bytes` tells how long it is.
int ChineseNumeral(std::string_view text, size_t& bytes) {
  static constexpr std::array<std::string_view, 9> kDigits = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
  constexpr std::string_view kTen = "十";
  const auto digit = [&]() {
    for (size_t i = 0; i < kDigits.size(); ++i) {
      if (text.substr(bytes).starts_with(kDigits[i])) {
        bytes += kDigits[i].size();
        return static_cast<int>(i) + 1;
      }
    }
    return 0;
  };
  bytes = 0;
  const int first = digit();
  if (!text.substr(bytes).starts_with(kTen)) return first;
  bytes += kTen.size();
  return std::max(first, 1) * 10 + digit();
}

size_t SeparatorLength(std::string_view text) {
  for (const std::string_view separator : {"、", "．", "，", ".", ","}) {
    if (text.starts_with(separator)) return separator.size();
  }
  return 0;
}

std::optional<Number> ReadNumber(std::string_view text) {
  Number number;
  number.value = ChineseNumeral(text, number.bytes);
  number.is_chinese = number.value > 0;
  if (!number.is_chinese) {
    while (number.bytes < text.size() && number.bytes < 2 && text[number.bytes] >= '0' && text[number.bytes] <= '9') {
      number.value = number.value * 10 + (text[number.bytes++] - '0');
    }
  }
  const size_t separator = SeparatorLength(text.substr(number.bytes));
  if (number.value == 0 || separator == 0) return std::nullopt;
  number.bytes += separator;
  return number;
}

// Where a heading that shares its line with text ends.
size_t ClauseEnd(std::string_view text) {
  size_t end = text.size();
  for (const std::string_view sign : {"。", "：", ":", "；"}) end = std::min(end, text.find(sign));
  return end;
}

}  // namespace

int ListItemNumber(std::string_view paragraph) {
  const auto number = ReadNumber(paragraph);
  return number && !number->is_chinese ? number->value : 0;
}

std::optional<Heading> ReadHeading(std::string_view paragraph, int last_ordinal, int last_item,
                                   const FormLabels& labels) {
  const auto number = ReadNumber(paragraph);
  if (!number) return std::nullopt;
  if (!number->is_chinese) {
    const bool is_item = last_item > 0 && number->value == last_item + 1;
    const bool is_sentence = Contains(paragraph, "。") || Contains(paragraph, "，") || Contains(paragraph, "；");
    if (is_item || is_sentence) return std::nullopt;
  }
  const bool is_next = number->value == last_ordinal + 1;
  const std::string_view rest = paragraph.substr(number->bytes);
  const size_t clause = ClauseEnd(rest);
  const bool is_whole = clause == rest.size() || Trim(rest.substr(clause)).size() <= 3;
  const std::string_view text = Trim(is_whole ? rest : rest.substr(0, clause));
  if (text.empty() || CodePointCount(text) > kLongestHeading) return std::nullopt;

  Heading heading;
  heading.ordinal = number->value;
  heading.role = labels.SectionRoleOf(LabelOf(text));
  const bool is_known = heading.role != report::v1::SECTION_ROLE_UNKNOWN;
  // Arabic numbers and headings with text behind them look like list items: only
  // the expected number with a known heading makes a section, and never an item
  // that states a figure (`3.2024年度…支出558.06万元，其中：…`).
  const bool has_digit = text.find_first_of("0123456789") != std::string_view::npos;
  if (!number->is_chinese && (!is_whole || has_digit)) return std::nullopt;
  if ((!number->is_chinese || !is_whole) && !(is_next && is_known && last_ordinal > 0)) return std::nullopt;
  if (!is_next && !is_known) return std::nullopt;
  heading.number = paragraph.substr(0, number->bytes);
  heading.text = text;
  if (!is_whole) heading.paragraph = Trim(rest.substr(clause));
  for (const std::string_view sign : {"。", "：", ":", "；"}) {
    if (heading.paragraph.starts_with(sign))
      heading.paragraph = Trim(std::string_view(heading.paragraph).substr(sign.size()));
  }
  return heading;
}

bool StartsLikeHeading(std::string_view paragraph) {
  if (ReadNumber(paragraph)) return true;
  std::string_view rest = paragraph;
  for (const std::string_view bracket : {"（", "("}) {
    if (!rest.starts_with(bracket)) continue;
    rest.remove_prefix(bracket.size());
    size_t bytes = 0;
    if (ChineseNumeral(rest, bytes) > 0) return true;
    return !rest.empty() && rest.front() >= '0' && rest.front() <= '9';
  }
  // `绩效管理情况：…`
  constexpr size_t kLongestLabel = 60;
  const std::string_view front = paragraph.substr(0, kLongestLabel);
  const size_t colon = std::min(front.find("："), front.find(':'));
  return colon != std::string_view::npos && front.substr(0, colon).find("，") == std::string_view::npos &&
         front.substr(0, colon).find("。") == std::string_view::npos;
}

}  // namespace jixiao::intake
