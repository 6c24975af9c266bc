#include "scoring/core/verdicts/deadline.h"

#include <array>
#include <tuple>
#include <utility>

#include "common/base/text.h"

namespace jixiao::scoring {
namespace {

constexpr int64_t kLongestRest = 12;

bool ConsumePrefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// Up to `most` digits followed by `sign`; nothing is consumed otherwise.
std::optional<int> ConsumeNumber(std::string_view& text, size_t most, std::string_view sign) {
  size_t digits = 0;
  int number = 0;
  while (digits < text.size() && digits <= most && text[digits] >= '0' && text[digits] <= '9') {
    number = number * 10 + (text[digits++] - '0');
  }
  if (digits == 0 || digits > most || !text.substr(digits).starts_with(sign)) return std::nullopt;
  text.remove_prefix(digits + sign.size());
  return number;
}

int ConsumeDayOfMonth(std::string_view& text) {
  static constexpr std::array<std::pair<std::string_view, int>, 6> kParts = {
      {{"底", 31}, {"末", 31}, {"下旬", 31}, {"中旬", 20}, {"上旬", 10}, {"初", 10}}};
  if (const auto day = ConsumeNumber(text, 2, "日")) return *day;
  for (const auto& [part, last] : kParts) {
    if (ConsumePrefix(text, part)) return last;
  }
  return 31;
}

// `前完成`, `完成100%`: says that it was done, and nothing else.
bool OnlyCompletes(std::string_view rest) {
  if (CodePointCount(rest) > kLongestRest) return false;
  const size_t all = rest.find("100%");
  for (size_t i = 0; i < rest.size(); ++i) {
    const bool is_digit = rest[i] >= '0' && rest[i] <= '9';
    if (is_digit && (all == std::string_view::npos || i < all || i >= all + 4)) return false;
  }
  static constexpr std::array<std::string_view, 11> kTurns = {"未", "没", "不", "后", "延", "起",
                                                              "至", "到", "-",  "~",  "、"};
  for (const std::string_view turn : kTurns) {
    if (rest.find(turn) != std::string_view::npos) return false;
  }
  return true;
}

}  // namespace

std::optional<Day> ReadDeadline(std::string_view words) {
  Day day;
  if (const auto year = ConsumeNumber(words, 4, "年")) day.year = *year;
  const bool has_year = day.year > 0;
  if (has_year ? ConsumePrefix(words, "底") || ConsumePrefix(words, "末")
               : ConsumePrefix(words, "年底") || ConsumePrefix(words, "年末") || ConsumePrefix(words, "年内")) {
    day.month = 12;
    day.day = 31;
  } else if (const auto month = ConsumeNumber(words, 2, "月")) {
    day.month = *month;
    day.day = ConsumeDayOfMonth(words);
  }
  if (day.month < 1 || day.month > 12 || day.day < 1 || day.day > 31 || !OnlyCompletes(words)) return std::nullopt;
  return day;
}

bool NotAfter(const Day& a, const Day& b) {
  const bool years_count = a.year > 0 && b.year > 0;
  return std::tuple(years_count ? a.year : 0, a.month, a.day) <= std::tuple(years_count ? b.year : 0, b.month, b.day);
}

}  // namespace jixiao::scoring
