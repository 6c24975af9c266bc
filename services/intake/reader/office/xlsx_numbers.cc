#include "intake/reader/office/xlsx_numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "common/base/text.h"

namespace jixiao::intake {
namespace {

// Digits d1 d2 … with `decimals` of them behind the point; may be negative while
// it is worked on.
struct Digits {
  bool is_negative = false;
  std::string digits;
  int decimals = 0;
};

std::optional<Digits> ReadDigits(std::string_view text) {
  Digits number;
  if (text.starts_with('-')) {
    number.is_negative = true;
    text.remove_prefix(1);
  }
  bool has_point = false;
  size_t i = 0;
  for (; i < text.size() && (IsDigit(text[i]) || text[i] == '.'); ++i) {
    if (text[i] == '.') {
      if (has_point) return std::nullopt;
      has_point = true;
      continue;
    }
    number.digits += text[i];
    number.decimals += has_point ? 1 : 0;
  }
  if (number.digits.empty() || number.digits.size() > 30) return std::nullopt;
  if (i == text.size()) return number;
  if (text[i] != 'E' && text[i] != 'e') return std::nullopt;
  std::string_view exponent = text.substr(i + 1);
  const bool is_small = exponent.starts_with('-');
  if (is_small || exponent.starts_with('+')) exponent.remove_prefix(1);
  if (exponent.empty() || exponent.size() > 2 || !std::all_of(exponent.begin(), exponent.end(), IsDigit))
    return std::nullopt;
  int power = 0;
  for (const char c : exponent) power = power * 10 + (c - '0');
  number.decimals += is_small ? power : -power;
  if (number.decimals > 60 || number.decimals < -30) return std::nullopt;
  return number;
}

// Puts the digits in plain form: at least one before the point, none missing.
void Normalise(Digits& number) {
  while (number.decimals < 0) {
    number.digits += '0';
    ++number.decimals;
  }
  const size_t start = number.digits.find_first_not_of('0');
  number.digits.erase(0, start == std::string::npos ? number.digits.size() : start);
  while (number.digits.size() <= static_cast<size_t>(number.decimals)) number.digits.insert(number.digits.begin(), '0');
}

// Cuts the last `count` digits, rounding half up.
void CutDigits(size_t count, Digits& number) {
  if (count == 0 || count > number.digits.size()) return;
  const bool is_up = number.digits[number.digits.size() - count] >= '5';
  number.digits.resize(number.digits.size() - count);
  number.decimals -= static_cast<int>(count);
  if (!is_up) return;
  size_t i = number.digits.size();
  while (i > 0 && number.digits[i - 1] == '9') number.digits[--i] = '0';
  if (i > 0) {
    ++number.digits[i - 1];
  } else {
    number.digits.insert(number.digits.begin(), '1');
  }
}

// A double holds 15 decimal digits; what lies behind is noise of the binary form.
void DropNoise(Digits& number) {
  constexpr size_t kExactDigits = 15;
  const size_t start = number.digits.find_first_not_of('0');
  const size_t significant = start == std::string::npos ? 0 : number.digits.size() - start;
  if (significant > kExactDigits) CutDigits(significant - kExactDigits, number);
  while (number.decimals > 0 && number.digits.ends_with('0')) {
    number.digits.pop_back();
    --number.decimals;
  }
}

// What one section of a format code says.
struct Format {
  std::string prefix;
  std::string suffix;
  std::string date;  // tokens of a date, `yyyy"年"m"月"`; empty for numbers
  bool has_number = false;
  bool is_percent = false;
  bool has_thousands = false;
  bool is_scaled = false;
  int decimals = 0;       // at least
  int most_decimals = 0;  // at most
};

// The section for positive or negative numbers, or zero.
std::string_view SectionOf(std::string_view format, bool is_negative, bool is_zero) {
  std::array<std::string_view, 3> sections;
  size_t count = 0;
  size_t start = 0;
  bool in_quotes = false;
  for (size_t i = 0; i <= format.size() && count < 3; ++i) {
    if (i < format.size() && format[i] == '"') in_quotes = !in_quotes;
    if (i < format.size() && (format[i] != ';' || in_quotes)) continue;
    sections[count++] = format.substr(start, i - start);
    start = i + 1;
  }
  if (is_negative && count > 1) return sections[1];
  if (is_zero && count > 2) return sections[2];
  return sections[0];
}

class FormatReader {
 public:
  explicit FormatReader(std::string_view section) : rest_(section) {}

  Format Read() {
    while (!rest_.empty()) Take();
    // `0.0,` divides by a thousand; so does the trick `0!.0,` by ten thousand.
    format_.is_scaled = commas_at_end_ > 0 || has_fake_point_;
    format_.most_decimals = format_.decimals + optional_;
    if (!IsDate()) format_.date.clear();
    // Fractions and powers are read in plain digits; so is a number under General.
    if (is_odd_ || (!format_.has_number && format_.date.empty())) return {};
    std::erase(format_.prefix, '-');
    return format_;
  }

 private:
  void Take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    if (c == '"') return Literal(rest_.substr(0, rest_.find('"')), true);
    if (c == '[') return Skip(']');
    if (c == '\\' || c == '!') return Escape();
    if (c == '_' || c == '*') return rest_.remove_prefix(std::min<size_t>(1, rest_.size()));
    if (c == '0' || c == '#' || c == '?') return Digit(c);
    if (c == '.') {
      is_behind_point_ = true;
      return;
    }
    if (c == ',') return Comma();
    if (c == '%') {
      format_.is_percent = true;
      return;
    }
    if (std::string_view("ymdhsYMDHS").find(c) != std::string_view::npos) has_date_letter_ = true;
    is_odd_ |= format_.has_number && (c == '/' || c == 'E' || c == 'e');
    format_.date += c;
    if (c == '-' || c == '+' || c == '/' || c == ' ' || (static_cast<unsigned char>(c) & 0x80) != 0) Plain(c);
  }

  void Skip(char end) {
    const size_t at = rest_.find(end);
    // `[$¥-804]` shows its sign.
    if (rest_.starts_with('$')) {
      const std::string_view sign = rest_.substr(1, std::min(rest_.find('-'), at) - 1);
      for (const char c : sign) Plain(c);
    }
    rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + 1);
  }

  void Escape() {
    if (rest_.empty()) return;
    if (rest_.front() == '.' && format_.has_number) has_fake_point_ = true;
    size_t length = 1;
    while (length < rest_.size() && (static_cast<unsigned char>(rest_[length]) & 0xC0) == 0x80) ++length;
    Literal(rest_.substr(0, length), false);
  }

  void Literal(std::string_view text, bool is_quoted) {
    rest_.remove_prefix(std::min(rest_.size(), text.size() + (is_quoted ? 1 : 0)));
    format_.date.append("\"").append(text).append("\"");
    for (const char c : text) Plain(c);
  }

  void Plain(char c) { (format_.has_number ? format_.suffix : format_.prefix) += c; }

  void Digit(char c) {
    format_.has_number = true;
    commas_at_end_ = 0;
    if (is_behind_point_ && c == '0') ++format_.decimals;
    if (is_behind_point_ && c != '0') ++optional_;
  }

  void Comma() {
    ++commas_at_end_;
    format_.has_thousands |= !is_behind_point_ && rest_.find_first_of("0#?") != std::string_view::npos;
  }

  bool IsDate() const { return has_date_letter_ && !format_.has_number; }

  std::string_view rest_;
  Format format_;
  int commas_at_end_ = 0;
  int optional_ = 0;
  bool is_behind_point_ = false;
  bool has_date_letter_ = false;
  bool has_fake_point_ = false;
  bool is_odd_ = false;
};

struct Date {
  int64_t year = 0;
  int month = 0;
  int day = 0;
};

// Days since 1970-01-01 to a date (proleptic Gregorian).
Date DateOf(int64_t days) {
  days += 719468;
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const int64_t day_of_era = days - era * 146097;
  const int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int64_t shifted = (5 * day_of_year + 2) / 153;
  const int month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
          static_cast<int>(day_of_year - (153 * shifted + 2) / 5 + 1)};
}

// Excel counts a 29 February 1900 that never was, as day 60.
std::optional<Date> DateOfSerial(int64_t serial, bool counts_from_1904) {
  constexpr int64_t kLast = 2'958'465;
  if (serial < 1 || serial > kLast) return std::nullopt;
  if (counts_from_1904) return DateOf(serial - 24107);
  if (serial == 60) return Date{1900, 2, 29};
  return DateOf(serial - (serial < 60 ? 25568 : 25569));
}

size_t RunLength(std::string_view text) {
  size_t length = 1;
  while (length < text.size() && (text[length] | 0x20) == (text[0] | 0x20)) ++length;
  return length;
}

std::string ShowDate(const Date& date, std::string_view tokens) {
  const bool has_time = tokens.find_first_of("hHsS") != std::string_view::npos;
  const bool has_name = tokens.find("mmm") != std::string_view::npos || tokens.find("ddd") != std::string_view::npos;
  if (has_time || has_name) return fmt::format("{}年{}月{}日", date.year, date.month, date.day);
  std::string out;
  while (!tokens.empty()) {
    const char c = static_cast<char>(tokens.front() | 0x20);
    size_t length = 1;
    if (tokens.front() == '"') {
      const size_t end = std::min(tokens.find('"', 1), tokens.size());
      out += tokens.substr(1, end - 1);
      length = std::min(end + 1, tokens.size());
    } else if (c == 'y') {
      length = RunLength(tokens);
      out += length > 2 ? fmt::format("{}", date.year) : fmt::format("{:02}", date.year % 100);
    } else if (c == 'm' || c == 'd') {
      length = RunLength(tokens);
      const int part = c == 'm' ? date.month : date.day;
      out += length > 1 ? fmt::format("{:02}", part) : fmt::format("{}", part);
    } else if (tokens.front() != '@') {
      out += tokens.front();
    }
    tokens.remove_prefix(length);
  }
  return out;
}

std::string Plainly(const Digits& number, bool has_thousands) {
  std::string whole = number.digits.substr(0, number.digits.size() - static_cast<size_t>(number.decimals));
  const std::string fraction = number.digits.substr(whole.size());
  if (has_thousands) {
    for (size_t i = whole.size(); i > 3; i -= 3) whole.insert(whole.begin() + static_cast<std::ptrdiff_t>(i - 3), ',');
  }
  return fraction.empty() ? whole : fmt::format("{}.{}", whole, fraction);
}

}  // namespace

std::string_view BuiltInFormat(int id) {
  switch (id) {
    case 1: return "0";
    case 2: return "0.00";
    case 3:
    case 37:
    case 38: return "#,##0";
    case 4:
    case 39:
    case 40: return "#,##0.00";
    case 9: return "0%";
    case 10: return "0.00%";
    case 14: return "yyyy/m/d";
    case 15:
    case 16:
    case 17:
    case 22: return "yyyy/m/d h:mm";
    case 27:
    case 36:
    case 50:
    case 52:
    case 55:
    case 57: return "yyyy\"年\"m\"月\"";
    case 28:
    case 29:
    case 51:
    case 53:
    case 54:
    case 56:
    case 58: return "m\"月\"d\"日\"";
    case 30: return "m/d/yy";
    case 31: return "yyyy\"年\"m\"月\"d\"日\"";
    case 41:
    case 42: return "#,##0";
    case 43:
    case 44: return "#,##0.00";
    default: return "";
  }
}

ShownNumber ShowNumber(std::string_view stored, std::string_view format, bool is_formula, bool counts_from_1904) {
  auto number = ReadDigits(stored);
  if (!number) return {.text = std::string(stored)};
  Normalise(*number);
  DropNoise(*number);
  const bool is_zero = number->digits.find_first_not_of('0') == std::string::npos;
  const Format shown = FormatReader(SectionOf(format, number->is_negative, is_zero)).Read();
  if (!shown.date.empty() && !number->is_negative) {
    int64_t serial = 0;
    for (const char c :
         std::string_view(number->digits).substr(0, number->digits.size() - static_cast<size_t>(number->decimals))) {
      if (serial < 100'000'000) serial = serial * 10 + (c - '0');
    }
    if (const auto date = DateOfSerial(serial, counts_from_1904)) return {.text = ShowDate(*date, shown.date)};
    return {.text = Plainly(*number, false)};
  }
  ShownNumber out;
  out.is_scaled = shown.is_scaled;
  if (shown.is_percent) {
    number->decimals -= 2;
    Normalise(*number);
  }
  const bool has_decimals = shown.has_number && !shown.is_scaled;
  if (is_formula && has_decimals && number->decimals > shown.most_decimals) {
    CutDigits(static_cast<size_t>(number->decimals - shown.most_decimals), *number);
    Normalise(*number);
    out.was_rounded = true;
  }
  while (has_decimals && number->decimals < shown.decimals) {
    number->digits += '0';
    ++number->decimals;
  }
  out.text = shown.is_scaled ? "" : shown.prefix;
  if (number->is_negative && !is_zero) out.text += "-";
  out.text += Plainly(*number, shown.has_thousands);
  if (shown.is_percent) out.text += "%";
  if (!shown.is_scaled) out.text += shown.suffix;
  return out;
}

}  // namespace jixiao::intake
