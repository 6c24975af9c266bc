// For the personal-data rules: numbers that carry their own proof.
#ifndef JIXIAO_COMMON_DOMAIN_PERSON_NUMBERS_H_
#define JIXIAO_COMMON_DOMAIN_PERSON_NUMBERS_H_

#include <string_view>

namespace jixiao {

// What the 18 characters of an identity number (GB 11643) say about themselves.
enum class IdentityCheck {
  kNo,          // not of that form
  kValid,       // region, date and check digit right
  kOnlyLikely,  // region and an adult's date right, check digit wrong: a typing error, or no person at all
};

// `number` is 17 digits and a digit or `X`.
IdentityCheck CheckIdentityNumber18(std::string_view number);

// The old form: region, two-digit year, month, day, three digits.
bool IsIdentityNumber15(std::string_view number);

// 统一社会信用代码 (GB 32100): check character right and, where the code could as
// well be an identity number, the inner check digit (GB 11714) too.
bool IsOrganisationCode(std::string_view code);

// 16 to 19 digits as banks issue them, Luhn right.
bool IsBankCard(std::string_view number);

// 11 digits from 13 to 19, with or without 86, 0086 or 0 in front.
bool IsMobile(std::string_view number);

// Area code and subscriber number, for example `073182345678`.
bool IsLandlineWithArea(std::string_view number);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_DOMAIN_PERSON_NUMBERS_H_
