#include "common/identity/identity_registry.h"

#include <gmock/gmock.h>

#include "common/identity/subject.h"
#include "common/testing/status_matchers.h"

namespace jixiao {
namespace {

using ::testing::AllOf;
using testing::FailsWith;
using ::testing::HasSubstr;
using testing::IsOk;

std::string ProblemsOf(const std::string& textproto) {
  const auto registry = IdentityRegistry::Parse(textproto);
  EXPECT_THAT(registry, FailsWith(absl::StatusCode::kInvalidArgument, "BAD_REGISTRY"));
  return std::string(registry.status().message());
}

TEST(IdentityRegistryTest, GivesRightsBySubject) {
  const auto registry = IdentityRegistry::Parse(R"pb(
    identities {
      subject: "person/clerk-1"
      grants { role: ROLE_CLERK unit: "divisions/430611/units/NC01" first_fiscal_year: 2024 last_fiscal_year: 2025 }
    }
    identities {
      subject: "system/budget-430600"
      grants { role: ROLE_BUDGET_SYSTEM subtree: "430600" }
    }
    identities { subject: "person/gone" is_suspended: true }
  )pb");

  ASSERT_THAT(registry, IsOk());
  EXPECT_EQ(registry->size(), 3U);
  ASSERT_NE(registry->Find("person/clerk-1"), nullptr);
  EXPECT_EQ(registry->Find("person/clerk-1")->grants(0).unit(), "divisions/430611/units/NC01");
  EXPECT_EQ(registry->Find("person/gone"), nullptr);
  EXPECT_EQ(registry->Find("person/nobody"), nullptr);
}

TEST(IdentityRegistryTest, NamesEveryProblem) {
  EXPECT_THAT(ProblemsOf(R"pb(
                identities {
                  subject: "Zhang"
                  grants { role: ROLE_AUDITOR subtree: "430000" }
                }
                identities { subject: "person/a" }
                identities {
                  subject: "person/a"
                  grants { role: ROLE_AUDITOR subtree: "43" }
                }
                identities {
                  subject: "person/b"
                  grants { subtree: "430000" }
                  grants { role: ROLE_AUDITOR }
                }
                identities {
                  subject: "person/c"
                  grants { role: ROLE_CLERK subtree: "430000" }
                }
                identities {
                  subject: "person/d"
                  grants { role: ROLE_CLERK unit: "430611/NC01" }
                }
                identities {
                  subject: "system/e"
                  grants { role: ROLE_REVIEWER own_level: "430611" }
                }
                identities {
                  subject: "person/f"
                  grants { role: ROLE_BUDGET_SYSTEM subtree: "430611" }
                }
                identities {
                  subject: "person/g"
                  grants { role: ROLE_AUDITOR subtree: "430611" first_fiscal_year: 1999 }
                  grants { role: ROLE_AUDITOR subtree: "430611" first_fiscal_year: 2025 last_fiscal_year: 2024 }
                }
                identities {
                  subject: "person/h"
                  grants { role: ROLE_CLERK unit: "divisions/430611/units/NC01" }
                  grants { role: ROLE_REVIEWER subtree: "430600" }
                }
              )pb"),
              AllOf(HasSubstr("identities[0]: `Zhang`"), HasSubstr("person/a: it has no grant"),
                    HasSubstr("person/a: it stands twice"), HasSubstr("`43` is no six-digit"),
                    HasSubstr("person/b: grants[0]: it has no role"), HasSubstr("person/b: grants[1]: it has no scope"),
                    HasSubstr("person/c: grants[0]: a clerk files for one unit"), HasSubstr("`430611/NC01` is no unit"),
                    AllOf(HasSubstr("system/e: grants[0]: only a person"),
                          HasSubstr("person/f: grants[0]: a person is no budget system"), HasSubstr("1999"),
                          HasSubstr("first fiscal year is after"), HasSubstr("person/h: nobody reviews who files"))));
}

TEST(IdentityRegistryTest, NamesTheLineOfABrokenFile) {
  EXPECT_THAT(ProblemsOf("identities {\n  subjekt: \"person/a\"\n}\n"), HasSubstr("line 2"));
  EXPECT_THAT(ProblemsOf("identities { subject: \"person/a\" subject: \"person/b\" }"), HasSubstr("line 1"));
}

TEST(SubjectTest, IsOneUriOfTheTrustDomain) {
  EXPECT_EQ(*SubjectOfUris({"spiffe://jixiao.example/system/budget-1"}, "jixiao.example"), "system/budget-1");
  const std::vector<std::vector<std::string>> others = {
      {},
      {"spiffe://jixiao.example/system/a", "spiffe://jixiao.example/system/b"},
      {"spiffe://jixiao.example/system/a", "https://example.com"},
      {"spiffe://evil.example/system/a"},
      {"spiffe://jixiao.example.evil/system/a"},
      {"spiffe://jixiao.example/root"},
      {"spiffe://jixiao.example/system/a/b"},
      {"spiffe://jixiao.example/system/"},
      {"https://jixiao.example/system/a"}};
  for (const auto& uris : others) {
    EXPECT_THAT(SubjectOfUris(uris, "jixiao.example"),
                FailsWith(absl::StatusCode::kUnauthenticated, "INVALID_CERTIFICATE"))
        << ::testing::PrintToString(uris);
  }
}

}  // namespace
}  // namespace jixiao
