// For any service: page sizes and page tokens of lists. A token is opaque to callers and
// holds the place to go on from and the filter it belongs to.
#ifndef JIXIAO_COMMON_DOMAIN_PAGE_TOKEN_H_
#define JIXIAO_COMMON_DOMAIN_PAGE_TOKEN_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jixiao {

// `asked` within [1, cap]; `standard` if it is absent or 0. INVALID_ARGUMENT if
// it is negative.
absl::StatusOr<int> PageSize(int asked, int standard, int cap);

// Hex of filter digest and place: no secret, but nothing to build on either.
std::string MakePageToken(std::string_view filter, std::string_view place);

// The place; empty for an empty token. INVALID_ARGUMENT if the token is broken
// or from a list with another filter.
absl::StatusOr<std::string> ReadPageToken(std::string_view token, std::string_view filter);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_DOMAIN_PAGE_TOKEN_H_
