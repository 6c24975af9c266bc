#include "common/testing/test_identities.h"

#include <fmt/format.h>

#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"

namespace jixiao::testing {
namespace {

std::string EverywhereAs(const std::string& subject, const std::string& role) {
  std::string grants;
  for (const char* province : {"410000", "430000"}) {
    grants += fmt::format(" grants {{ role: {} subtree: \"{}\" }}", role, province);
  }
  return fmt::format("identities {{ subject: \"{}\"{} }}\n", subject, grants);
}

std::string OrdinaryRegistry() {
  return EverywhereAs("system/budget", "ROLE_BUDGET_SYSTEM") + EverywhereAs("person/reviewer", "ROLE_REVIEWER") +
         EverywhereAs("person/manager", "ROLE_SEASON_MANAGER") + EverywhereAs("person/auditor", "ROLE_AUDITOR") +
         "identities { subject: \"person/clerk\" grants { role: ROLE_CLERK unit: \"divisions/430611/units/NC01\" } }\n";
}

}  // namespace

TestIdentities::TestIdentities() : TestIdentities(OrdinaryRegistry()) {}

TestIdentities::TestIdentities(const std::string& registry) {
  WriteFile(dir_.File("identities.textproto"), registry);
  WriteFile(dir_.File("jwks.json"), MakeKeySet({&key_}));
}

std::vector<std::string> TestIdentities::Flags() const {
  return {"--plaintext", "--identities=" + dir_.File("identities.textproto"), "--jwks=" + dir_.File("jwks.json")};
}

std::string TestIdentities::Token(const std::string& subject) const {
  return MakeToken(key_, {.subject = subject,
                          .issuer = "jixiao",
                          .audience = "jixiao-intake",
                          .issue_time = absl::Now(),
                          .expire_time = absl::Now() + absl::Hours(1)});
}

std::string TestIdentities::TokenFile(const std::string& subject) const {
  const std::string path = dir_.File(absl::StrReplaceAll(subject, {{"/", "."}}) + ".token");
  WriteFile(path, Token(subject));
  return path;
}

}  // namespace jixiao::testing
