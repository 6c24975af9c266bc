#include "common/domain/person_numbers.h"

#include <algorithm>
#include <array>

namespace jixiao {
namespace {

bool AllDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int NumberOf(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

bool IsProvince(int code) {
  return (code >= 11 && code <= 15) || (code >= 21 && code <= 23) || (code >= 31 && code <= 37) ||
         (code >= 41 && code <= 46) || (code >= 50 && code <= 54) || (code >= 61 && code <= 65) || code == 71 ||
         (code >= 81 && code <= 83) || code == 91;
}

bool IsCalendarDate(int year, int month, int day) {
  constexpr std::array<int, 13> kDays = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= kDays[month] + (month == 2 && is_leap ? 1 : 0);
}

bool HasIdentityCheckDigit(std::string_view number) {
  constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (size_t i = 0; i < kWeights.size(); ++i) sum += kWeights[i] * (number[i] - '0');
  return "10X98765432"[sum % 11] == number[17];
}

// Value of a character in the alphabet of GB 32100, which has no I, O, S, V, Z.
int CodeValue(char c) {
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  const size_t at = kAlphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

// GB 11714, characters 9 to 17 of the code. Letters count 10 to 35.
bool HasInnerCheckDigit(std::string_view code) {
  constexpr std::array<int, 8> kWeights = {3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (size_t i = 0; i < kWeights.size(); ++i) {
    const char c = code[8 + i];
    sum += kWeights[i] * (c >= '0' && c <= '9' ? c - '0' : c - 'A' + 10);
  }
  return "0X987654321"[sum % 11] == code[16];
}

}  // namespace

IdentityCheck CheckIdentityNumber18(std::string_view number) {
  if (number.size() != 18 || !AllDigits(number.substr(0, 17))) return IdentityCheck::kNo;
  if (number[17] != 'X' && !AllDigits(number.substr(17))) return IdentityCheck::kNo;
  const int year = NumberOf(number.substr(6, 4));
  if (!IsProvince(NumberOf(number.substr(0, 2))) || year < 1900 || year > 2099 ||
      !IsCalendarDate(year, NumberOf(number.substr(10, 2)), NumberOf(number.substr(12, 2)))) {
    return IdentityCheck::kNo;
  }
  if (HasIdentityCheckDigit(number)) return IdentityCheck::kValid;
  // Project codes are region, fiscal year and a count; fiscal years begin later.
  return year >= 1920 && year <= 2012 ? IdentityCheck::kOnlyLikely : IdentityCheck::kNo;
}

bool IsIdentityNumber15(std::string_view number) {
  return number.size() == 15 && AllDigits(number) && IsProvince(NumberOf(number.substr(0, 2))) &&
         IsCalendarDate(1900 + NumberOf(number.substr(6, 2)), NumberOf(number.substr(8, 2)),
                        NumberOf(number.substr(10, 2)));
}

bool IsOrganisationCode(std::string_view code) {
  if (code.size() != 18 || !AllDigits(code.substr(2, 6))) return false;
  int sum = 0;
  int weight = 1;
  for (size_t i = 0; i < 17; ++i) {
    const int value = CodeValue(code[i]);
    if (value < 0) return false;
    sum += value * weight;
    weight = weight * 3 % 31;
  }
  if (CodeValue(code[17]) != (31 - sum % 31) % 31) return false;
  return CheckIdentityNumber18(code) != IdentityCheck::kValid || HasInnerCheckDigit(code);
}

bool IsBankCard(std::string_view number) {
  if (number.size() < 16 || number.size() > 19 || !AllDigits(number)) return false;
  // Cards of foreign networks (4, 5) have 16 digits; longer numbers that begin
  // so are codes of Hunan's and Chongqing's divisions.
  const bool is_union_pay = number.starts_with("62");
  if (!is_union_pay && (number.size() != 16 || (number[0] != '4' && number[0] != '5'))) return false;
  int sum = 0;
  for (size_t i = 0; i < number.size(); ++i) {
    int digit = number[number.size() - 1 - i] - '0';
    if (i % 2 == 1 && (digit *= 2) > 9) digit -= 9;
    sum += digit;
  }
  return sum % 10 == 0;
}

bool IsMobile(std::string_view number) {
  if (number.size() == 15 && number.starts_with("0086")) number.remove_prefix(4);
  if (number.size() == 13 && number.starts_with("86")) number.remove_prefix(2);
  if (number.size() == 12 && number.starts_with("0")) number.remove_prefix(1);
  return number.size() == 11 && number[0] == '1' && number[1] >= '3' && AllDigits(number);
}

bool IsLandlineWithArea(std::string_view number) {
  if (!number.starts_with("0") || !AllDigits(number)) return false;
  const bool is_short_area = number.starts_with("010") || number.starts_with("02");
  const size_t area_size = is_short_area ? 3 : 4;
  if (number.size() < area_size + 7 || number.size() > area_size + 8) return false;
  if (is_short_area && number.size() != area_size + 8) return false;
  const char first = number[area_size];
  return number[1] != '0' && (is_short_area || number[1] >= '3') && first >= '2' && first <= '8';
}

}  // namespace jixiao
