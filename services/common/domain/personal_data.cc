#include "common/domain/personal_data.h"

#include <algorithm>
#include <array>
#include <optional>

#include "common/base/text.h"
#include "common/domain/digit_chain.h"
#include "common/domain/person_labels.h"
#include "common/domain/person_numbers.h"
#include "common/domain/personal_data_hints.h"
#include "common/domain/scan_copy.h"

namespace jixiao {
namespace {

using Kind = PersonalDataKind;

// Collects the finds of one text. Rules run from the surest to the weakest;
// what one has taken, or knows to be nobody's, no later one touches.
class Finder {
 public:
  explicit Finder(std::string_view text) : copy_(MakeScanCopy(text)), taken_(copy_.size(), false) {}

  std::vector<PersonalData> Find() && {
    KeepCodes();
    FindLongNumbers();
    FindPassports();
    const std::vector<DigitChain> chains = DigitChains(copy_, taken_);
    FindIdentityAndBank(chains);
    FindTelephonesAfterLabels();
    FindTelephones(chains);
    FindEmails();
    FindAccounts();
    FindNames();
    std::sort(finds_.begin(), finds_.end(),
              [](const PersonalData& a, const PersonalData& b) { return a.start_char < b.start_char; });
    return std::move(finds_);
  }

 private:
  char32_t At(size_t i) const { return i < copy_.size() ? copy_[i].c : 0; }
  char32_t Before(size_t i) const { return i > 0 ? copy_[i - 1].c : 0; }
  bool IsAlnum(size_t i) const { return IsDigit(At(i)) || IsLetter(At(i)); }

  bool IsFree(size_t begin, size_t end) const {
    for (size_t i = begin; i < end; ++i) {
      if (taken_[i]) return false;
    }
    return true;
  }

  void Keep(size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) taken_[i] = true;
  }

  void Take(Kind kind, size_t begin, size_t end) {
    if (begin >= end || !IsFree(begin, end)) return;
    Keep(begin, end);
    const int64_t start = copy_[begin].index;
    finds_.push_back({kind, start, copy_[end - 1].index + 1 - start});
  }

  // Digits, and X for both cases, of [begin, end); separators left out.
  std::string Digits(size_t begin, size_t end) const {
    std::string digits;
    for (size_t i = begin; i < end; ++i) {
      const char32_t c = At(i);
      if (IsDigit(c)) digits += static_cast<char>(c);
      if (c == 'x' || c == 'X') digits += 'X';
    }
    return digits;
  }

  // True if a label found by `label_at` ends within `reach` characters before `at`.
  template <typename LabelAt>
  bool HasLabelBefore(size_t at, size_t reach, LabelAt label_at) const {
    for (size_t i = at >= reach + 6 ? at - reach - 6 : 0; i < at; ++i) {
      const size_t length = label_at(copy_, i);
      if (length > 0 && i + length <= at && i + length + reach >= at) return true;
    }
    return false;
  }

  bool IsFraction(size_t begin, size_t end) const {
    return (Before(begin) == '.' && begin >= 2 && IsDigit(At(begin - 2))) || (At(end) == '.' && IsDigit(At(end + 1)));
  }

  // 元, 万元, 亿: money however many digits it has.
  bool IsMoney(size_t end) const { return At(end) == U'元' || At(end) == U'万' || At(end) == U'亿' || At(end) == '%'; }

  bool IsCounted(size_t end) const {
    constexpr std::u32string_view kCounters = U"次个件人起条份户名场家台";
    return IsMoney(end) || kCounters.find(At(end)) != std::u32string_view::npos;
  }

  void KeepCodes();
  void FindLongNumbers();
  void FindPassports();
  void FindIdentityAndBank(const std::vector<DigitChain>& chains);
  void FindTelephonesAfterLabels();
  void FindTelephones(const std::vector<DigitChain>& chains);
  void FindEmails();
  void FindAccounts();
  void FindNames();
  size_t NameEnd(size_t at) const;
  std::optional<size_t> NameAfterColon(size_t at) const;
  bool IsBareName(size_t at, size_t end) const;
  void TakeNames(size_t at, bool has_colon);

  ScanCopy copy_;
  std::vector<bool> taken_;
  std::vector<PersonalData> finds_;
};

// Organisation codes, digests and other long tokens are nobody's.
void Finder::KeepCodes() {
  for (size_t i = 0; i < copy_.size();) {
    size_t end = i;
    std::string token;
    bool has_letter = false;
    while (end < copy_.size() && IsAlnum(end) && (end == i || !copy_[end].follows_blank)) {
      const char c = static_cast<char>(copy_[end].c);
      has_letter |= IsLetter(copy_[end].c);
      token += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      ++end;
    }
    if (token.size() == 18 && IsOrganisationCode(token) && !HasLabelBefore(i, 4, IdentityLabelAt)) Keep(i, end);
    if (token.size() > 24 && has_letter) Keep(i, end);
    i = end == i ? i + 1 : end;
  }
}

// After a label that says so, any long number is what the label says.
void Finder::FindLongNumbers() {
  for (size_t i = 0; i < copy_.size(); ++i) {
    size_t length = IdentityLabelAt(copy_, i);
    const bool is_identity = length > 0;
    if (!is_identity) length = BankLabelAt(copy_, i);
    if (length == 0) continue;
    size_t begin = i + length;
    while (begin < copy_.size() && begin < i + length + 4 && !IsDigit(At(begin))) ++begin;
    size_t end = begin;
    while (IsDigit(At(end)) || (is_identity && end > begin && (At(end) == 'x' || At(end) == 'X')) ||
           (At(end) == '-' && IsDigit(At(end + 1)))) {
      ++end;
    }
    const size_t digits = Digits(begin, end).size();
    if (is_identity ? digits >= 15 && digits <= 18 : digits >= 12 && digits <= 22) {
      Take(is_identity ? Kind::kIdentityNumber : Kind::kBankCard, begin, end);
    }
    i += length - 1;
  }
}

// Passports and permits: one letter of the issued series, or E and a letter.
void Finder::FindPassports() {
  constexpr std::u32string_view kSeries = U"EeGgDdSsPpHhMmCc";
  for (size_t i = 0; i < copy_.size(); ++i) {
    if (kSeries.find(At(i)) == std::u32string_view::npos || (i > 0 && IsAlnum(i - 1) && !copy_[i].follows_blank)) {
      continue;
    }
    const bool has_two_letters = (At(i) == 'E' || At(i) == 'e') && IsLetter(At(i + 1));
    const size_t begin = i + (has_two_letters ? 2 : 1);
    size_t end = begin;
    while (IsDigit(At(end)) && !copy_[end].follows_blank) ++end;
    if (end - begin == (has_two_letters ? 7u : 8u) && !IsLetter(At(end)) && !HasLabelBefore(i, 3, CodeLabelAt)) {
      Take(Kind::kPassport, i, end);
    }
  }
}

void Finder::FindIdentityAndBank(const std::vector<DigitChain>& chains) {
  for (const DigitChain& chain : chains) {
    ForEachNumber(chain, [&](size_t begin, size_t end) {
      if (!IsFree(begin, end) || IsFraction(begin, end)) return false;
      std::string digits = Digits(begin, end);
      if (digits.size() == 17 && (At(end) == 'x' || At(end) == 'X') && !IsAlnum(end + 1)) {
        ++end;
        digits += 'X';
      }
      if (IsLetter(Before(begin)) || IsLetter(At(end)) || IsMoney(end)) return false;
      const bool is_coded = HasLabelBefore(begin, 3, CodeLabelAt);
      const IdentityCheck check = CheckIdentityNumber18(digits);
      if (check == IdentityCheck::kValid ||
          (!is_coded && (check == IdentityCheck::kOnlyLikely || IsIdentityNumber15(digits)))) {
        Take(Kind::kIdentityNumber, begin, end);
        return true;
      }
      if (!is_coded && IsBankCard(digits)) {
        Take(Kind::kBankCard, begin, end);
        return true;
      }
      return false;
    });
  }
}

// `联系电话：28287125`, also several in a row and behind a name.
void Finder::FindTelephonesAfterLabels() {
  for (size_t i = 0; i < copy_.size(); ++i) {
    const size_t length = TelephoneLabelAt(copy_, i);
    if (length == 0) continue;
    const size_t reach = StandsAt(copy_, i, U"联系方式") ? 12 : 5;
    size_t at = i + length;
    size_t skipped = 0;
    while (at < copy_.size() && skipped <= reach) {
      if (!IsDigit(At(at))) {
        if (skipped > 0 && NameStopsAt(copy_, at) && TelephoneLabelAt(copy_, at) == 0) break;
        ++at;
        ++skipped;
        continue;
      }
      size_t end = at;
      while (IsDigit(At(end)) || (At(end) == '-' && IsDigit(At(end + 1)) && end > at)) ++end;
      const size_t digits = Digits(at, end).size();
      if (digits < 7 || digits > 15 || IsCounted(end) || IsFraction(at, end)) break;
      Take(Kind::kTelephone, at, end);
      at = end;
      skipped = reach - 3;  // one separator, then the next number
    }
    i += length - 1;
  }
}

void Finder::FindTelephones(const std::vector<DigitChain>& chains) {
  for (const DigitChain& chain : chains) {
    ForEachNumber(chain, [&](size_t begin, size_t end) {
      if (!IsFree(begin, end) || IsFraction(begin, end) || IsMoney(end)) return false;
      const std::string digits = Digits(begin, end);
      if (!IsMobile(digits) && !IsLandlineWithArea(digits)) return false;
      if (IsLandlineWithArea(digits) && (IsLetter(Before(begin)) || HasLabelBefore(begin, 3, CodeLabelAt)))
        return false;
      Take(Kind::kTelephone, begin, end);
      return true;
    });
  }
  // 138.1234.5678: two points make no number.
  for (size_t i = 0; i + 12 < copy_.size(); ++i) {
    if (At(i + 3) != '.' || At(i + 8) != '.' || IsDigit(Before(i)) || IsDigit(At(i + 13))) continue;
    const std::string digits = Digits(i, i + 13);
    if (digits.size() == 11 && IsMobile(digits)) Take(Kind::kTelephone, i, i + 13);
  }
}

void Finder::FindEmails() {
  const auto is_local = [&](size_t i) {
    return IsAlnum(i) || At(i) == '.' || At(i) == '_' || At(i) == '-' || At(i) == '+';
  };
  for (size_t i = 1; i + 2 < copy_.size(); ++i) {
    if (At(i) != '@') continue;
    size_t begin = i;
    while (begin > 0 && is_local(begin - 1) && !copy_[begin].follows_blank) --begin;
    size_t end = i + 1;
    size_t last_point = 0;
    while (end < copy_.size() && (IsAlnum(end) || At(end) == '-' || (At(end) == '.' && IsAlnum(end + 1))) &&
           (end == i + 1 || !copy_[end].follows_blank)) {
      if (At(end) == '.') last_point = end;
      ++end;
    }
    if (begin < i && last_point > i + 1 && end - last_point > 2) Take(Kind::kEmail, begin, end);
  }
}

void Finder::FindAccounts() {
  for (size_t i = 0; i < copy_.size(); ++i) {
    const size_t length = AccountLabelAt(copy_, i);
    if (length == 0) continue;
    size_t begin = i + length;
    while (begin < copy_.size() && begin < i + length + 3 &&
           (At(begin) == ':' || At(begin) == U'号' || At(begin) == U'群'))
      ++begin;
    size_t end = begin;
    while (end < copy_.size() && (IsAlnum(end) || At(end) == '_' || At(end) == '-')) ++end;
    const bool is_word = end - begin < 6 && !IsDigit(At(begin));  // `微信APP`
    if (end - begin >= 5 && end - begin <= 20 && !is_word) Take(Kind::kAccount, begin, end);
    i += length - 1;
  }
}

// End of the Han characters at `at` that may be one name: up to a blank, a label
// or a title; `林 雅 婷` and `张  三` are one name.
size_t Finder::NameEnd(size_t at) const {
  const auto is_name_char = [&](size_t i) { return IsHan(At(i)) || At(i) == U'·' || At(i) == U'•' || At(i) == U'・'; };
  size_t end = at;
  bool are_single = true;
  while (end < copy_.size() && is_name_char(end) && !NameStopsAt(copy_, end)) {
    if (end > at && copy_[end].follows_blank) {
      const bool is_single = !is_name_char(end + 1) || copy_[end + 1].follows_blank || NameStopsAt(copy_, end + 1);
      const bool after_surname =
          end == at + 1 && SurnameAt(copy_, at) == 1 && end + 2 <= copy_.size() &&
          (!is_name_char(end + 2) || copy_[end + 2].follows_blank || NameStopsAt(copy_, end + 2));
      if (!(are_single && is_single && end - at < 4) && !after_surname) break;
    } else if (end > at) {
      are_single = false;
    }
    ++end;
  }
  return end;
}

// After a colon nearly anything is a name; offices and sentences are not.
std::optional<size_t> Finder::NameAfterColon(size_t at) const {
  const size_t end = NameEnd(at);
  const size_t length = end - at;
  const size_t surname = SurnameAt(copy_, at);
  if (length < 2) return std::nullopt;
  if (surname > 0 && length <= surname + 2) return end;
  bool is_foreign = false;
  for (size_t i = at; i < end; ++i) is_foreign |= !IsHan(copy_[i].c);
  if (is_foreign && length <= 20) return end;
  if (EndsLikeOffice(copy_, at, end)) return std::nullopt;
  if (length <= 6) return end;
  if (surname > 0) return at + surname + 2;
  return std::nullopt;
}

// Without a colon only a surname and one or two characters, then an end.
bool Finder::IsBareName(size_t at, size_t end) const {
  const size_t surname = SurnameAt(copy_, at);
  const size_t length = end - at;
  if (surname == 0 || length < surname + 1 || length > surname + 2) return false;
  return end == copy_.size() || copy_[end].follows_blank || !IsHan(At(end)) || NameStopsAt(copy_, end);
}

void Finder::TakeNames(size_t at, bool has_colon) {
  for (;;) {
    size_t end = NameEnd(at);
    if (!IsBareName(at, end)) {
      const std::optional<size_t> name = has_colon ? NameAfterColon(at) : std::nullopt;
      if (!name) return;
      end = *name;
    }
    Take(Kind::kName, at, end);
    const char32_t next = At(end);
    if (next != U'、' && next != '/' && next != ',' && next != U'，') return;
    at = end + 1;
    has_colon = false;  // what follows a list sign must look like a name
    if (at >= copy_.size()) return;
  }
}

void Finder::FindNames() {
  for (size_t i = 0; i < copy_.size(); ++i) {
    const size_t length = NameLabelAt(copy_, i);
    if (length == 0) continue;
    const AfterLabel after = SkipLabelTail(copy_, i + length);
    const bool follows_blank = after.at < copy_.size() && copy_[after.at].follows_blank;
    // 负责人 and 审核人 without colon or blank are words of a sentence.
    const bool is_contact = StandsAt(copy_, i, U"联系人") || StandsAt(copy_, i, U"经办人") ||
                            StandsAt(copy_, i, U"填表人") || StandsAt(copy_, i, U"填报人");
    if (after.at < copy_.size() && (after.has_colon || follows_blank || is_contact))
      TakeNames(after.at, after.has_colon);
    i += length - 1;
  }
}

}  // namespace

std::string_view PersonalDataTitle(PersonalDataKind kind) {
  switch (kind) {
    case PersonalDataKind::kIdentityNumber: return "身份证号码";
    case PersonalDataKind::kBankCard: return "银行账号";
    case PersonalDataKind::kPassport: return "护照或通行证号码";
    case PersonalDataKind::kTelephone: return "电话号码";
    case PersonalDataKind::kName: return "姓名";
    case PersonalDataKind::kEmail: return "电子邮箱";
    case PersonalDataKind::kAccount: return "社交账号";
  }
  return "个人信息";
}

bool BlocksPublication(PersonalDataKind kind) {
  return kind == Kind::kIdentityNumber || kind == Kind::kBankCard || kind == Kind::kPassport;
}

std::vector<PersonalData> FindPersonalData(std::string_view text) {
  if (!MayHoldPersonalData(text)) return {};
  return Finder(text).Find();
}

}  // namespace jixiao
