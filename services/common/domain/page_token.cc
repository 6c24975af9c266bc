#include "common/domain/page_token.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "common/base/digest.h"
#include "common/base/errors.h"

namespace jixiao {
namespace {

constexpr size_t kFilterDigits = 8;

std::string FilterDigest(std::string_view filter) {
  return ContentDigest(filter).substr(std::string_view("sha256:").size(), kFilterDigits);
}

bool IsHex(std::string_view text) {
  return text.size() % 2 == 0 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

absl::StatusOr<int> PageSize(int asked, int standard, int cap) {
  if (asked < 0) return InvalidFields({{"page_size", "每页条数不能为负数"}});
  return asked == 0 ? standard : std::min(asked, cap);
}

std::string MakePageToken(std::string_view filter, std::string_view place) {
  return FilterDigest(filter) + HexOf(place);
}

absl::StatusOr<std::string> ReadPageToken(std::string_view token, std::string_view filter) {
  if (token.empty()) return std::string();
  if (token.size() <= kFilterDigits || token.size() > 1024 || !IsHex(token) ||
      token.substr(0, kFilterDigits) != FilterDigest(filter)) {
    return InvalidFields({{"page_token", "翻页标记无效，或与本次查询条件不符，请从第一页重新查询"}});
  }
  const std::string_view place = token.substr(kFilterDigits);
  return absl::HexStringToBytes(absl::string_view(place.data(), place.size()));
}

}  // namespace jixiao
