// Names of those who call: `person/…`, `system/…`, `service/…`.
#ifndef JIXIAO_COMMON_IDENTITY_SUBJECT_H_
#define JIXIAO_COMMON_IDENTITY_SUBJECT_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace jixiao {

// A kind, a slash, 1 to 64 characters out of `A-Z a-z 0-9 . _ -`.
bool IsSubject(std::string_view text);

inline bool IsPerson(std::string_view subject) { return subject.starts_with("person/"); }
inline bool IsService(std::string_view subject) { return subject.starts_with("service/"); }

// The subject of a verified certificate by its SAN URIs: the one URI has to be
// `spiffe://{trust_domain}/{subject}`. Else UNAUTHENTICATED (reason
// INVALID_CERTIFICATE).
absl::StatusOr<std::string> SubjectOfUris(const std::vector<std::string>& uris, std::string_view trust_domain);

// UNAUTHENTICATED, reason NO_IDENTITY: neither token nor certificate was shown.
absl::Status NoIdentity();

}  // namespace jixiao

#endif  // JIXIAO_COMMON_IDENTITY_SUBJECT_H_
