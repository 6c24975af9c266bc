// For any service: finds personal data in Chinese text, by rules that can be
// explained: numbers with check digits, telephones, names after labels.
#ifndef JIXIAO_COMMON_DOMAIN_PERSONAL_DATA_H_
#define JIXIAO_COMMON_DOMAIN_PERSONAL_DATA_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jixiao {

// Version of the rules below; stored with everything that was masked by them.
inline constexpr std::string_view kPersonalDataRulesVersion = "1";

enum class PersonalDataKind {
  kName,            // a person's name after a label
  kTelephone,       // mobile, or landline after a label or with area code
  kIdentityNumber,  // 18 or 15 digits, date right; check digit right or mistyped
  kBankCard,        // 16 to 19 digits, Luhn right; any account number after its label
  kPassport,
  kEmail,
  kAccount,  // QQ, WeChat after a label
};

// A find, counted in code points of the text searched.
struct PersonalData {
  PersonalDataKind kind;
  int64_t start_char;
  int64_t char_count;
};

// For people: `电话号码`.
std::string_view PersonalDataTitle(PersonalDataKind kind);

// True for kinds that stop publication until a person decides.
bool BlocksPublication(PersonalDataKind kind);

// Finds in order, not overlapping. Full-width digits, blanks between digits and
// zero-width characters do not hide anything; amounts, dates, document numbers
// and organisation codes are not taken for numbers of persons.
std::vector<PersonalData> FindPersonalData(std::string_view text);

// `text` with every find masked: `138****5678`, `林**`, `2828****`.
std::string MaskPersonalData(std::string_view text, const std::vector<PersonalData>& finds);

// For a field that is personal by its label: the whole text masked likewise.
std::string MaskWhole(std::string_view text);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_DOMAIN_PERSONAL_DATA_H_
