#include "common/identity/subject.h"

#include <fmt/format.h>

#include "common/base/errors.h"

namespace jixiao {
namespace {

constexpr char kNameCharacters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
constexpr std::string_view kKinds[] = {"person/", "system/", "service/"};

absl::Status BadCertificate() {
  return MakeError(absl::StatusCode::kUnauthenticated, "INVALID_CERTIFICATE",
                   "客户端证书中没有唯一的本平台身份标识（SAN URI），请向证书签发部门申请重新签发");
}

}  // namespace

bool IsSubject(std::string_view text) {
  for (const std::string_view kind : kKinds) {
    if (!text.starts_with(kind)) continue;
    text.remove_prefix(kind.size());
    return !text.empty() && text.size() <= 64 && text.find_first_not_of(kNameCharacters) == std::string_view::npos;
  }
  return false;
}

absl::StatusOr<std::string> SubjectOfUris(const std::vector<std::string>& uris, std::string_view trust_domain) {
  const std::string prefix = fmt::format("spiffe://{}/", trust_domain);
  if (uris.size() != 1 || !uris.front().starts_with(prefix)) return BadCertificate();
  std::string subject = uris.front().substr(prefix.size());
  if (!IsSubject(subject)) return BadCertificate();
  return subject;
}

absl::Status NoIdentity() {
  return MakeError(absl::StatusCode::kUnauthenticated, "NO_IDENTITY",
                   "没有出示身份凭证：请登录后携带凭证办理（命令行用 --token-file 指定凭证文件），"
                   "业务系统请使用客户端证书");
}

}  // namespace jixiao
