// For the personal-data rules: the words that announce a person, a telephone or
// an account, and the names that may follow.
#ifndef JIXIAO_COMMON_DOMAIN_PERSON_LABELS_H_
#define JIXIAO_COMMON_DOMAIN_PERSON_LABELS_H_

#include <cstddef>

#include "common/domain/scan_copy.h"

namespace jixiao {

// Characters of the label that stands at `at`; 0 if none.
size_t NameLabelAt(const ScanCopy& copy, size_t at);
size_t TelephoneLabelAt(const ScanCopy& copy, size_t at);
size_t BankLabelAt(const ScanCopy& copy, size_t at);
size_t IdentityLabelAt(const ScanCopy& copy, size_t at);
size_t AccountLabelAt(const ScanCopy& copy, size_t at);
// Codes that are nobody's: 项目编码, 文号, 发票号.
size_t CodeLabelAt(const ScanCopy& copy, size_t at);

// True if a name ends here because the next label or a title begins.
bool NameStopsAt(const ScanCopy& copy, size_t at);

// Where the value after a name label begins, and how sure the label is.
struct AfterLabel {
  size_t at;
  bool has_colon;
};
AfterLabel SkipLabelTail(const ScanCopy& copy, size_t at);

// Characters of the surname at `at`: 1, 2 for compound surnames, 0 if none.
size_t SurnameAt(const ScanCopy& copy, size_t at);

// True if the characters [at, end) end like an office: 财政所, 办公室.
bool EndsLikeOffice(const ScanCopy& copy, size_t at, size_t end);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_DOMAIN_PERSON_LABELS_H_
