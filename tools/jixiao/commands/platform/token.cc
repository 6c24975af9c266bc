#include "commands/platform/token.h"

#include "absl/time/clock.h"
#include "commands/read_file.h"
#include "common/base/errors.h"
#include "common/identity/signing_key.h"
#include "common/identity/subject.h"

namespace jixiao::cli {
namespace {

absl::StatusOr<SigningKey> ReadKey(const std::string& path) {
  const absl::StatusOr<std::string> pem = ReadFile(path);
  if (!pem.ok()) return pem.status();
  return SigningKey::FromPem(*pem);
}

}  // namespace

int RunTokenSign(const TokenArguments& arguments, const Output& output) {
  const absl::StatusOr<SigningKey> key = ReadKey(arguments.key_file);
  if (!key.ok()) {
    output.WriteFailure(arguments.key_file, key.status());
    return kExitBadInput;
  }
  if (!IsSubject(arguments.subject) || IsService(arguments.subject)) {
    output.WriteFailure(arguments.subject,
                        InvalidFields({{"SUBJECT", "应为 person/… 或 system/…；服务用证书，不用凭证"}}));
    return kExitBadInput;
  }
  const absl::Time now = absl::Now();
  output.Write(MakeToken(*key, {.subject = arguments.subject,
                                .issuer = arguments.issuer,
                                .audience = arguments.audience,
                                .issue_time = now,
                                .expire_time = now + absl::Minutes(arguments.minutes)}) +
               "\n");
  return kExitOk;
}

int RunTokenKeys(const TokenArguments& arguments, const Output& output) {
  const absl::StatusOr<SigningKey> key = ReadKey(arguments.key_file);
  if (!key.ok()) {
    output.WriteFailure(arguments.key_file, key.status());
    return kExitBadInput;
  }
  output.Write(MakeKeySet({&*key}) + "\n");
  return kExitOk;
}

}  // namespace jixiao::cli
