#include "intake/rpc/identity_callers.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "absl/strings/match.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/domain/submission_name.h"
#include "common/identity/subject.h"
#include "common/rpc/work/caller_certificate.h"

namespace jixiao::intake {
namespace {

constexpr char kAuthorization[] = "authorization";
constexpr std::string_view kBearer = "Bearer ";

absl::Status BadHeader(const std::string& sentence) {
  return MakeError(absl::StatusCode::kUnauthenticated, "INVALID_TOKEN", sentence);
}

Role RoleOf(identity::v1::Role role) {
  switch (role) {
    case identity::v1::ROLE_CLERK: return Role::kClerk;
    case identity::v1::ROLE_BUDGET_SYSTEM: return Role::kBudgetSystem;
    case identity::v1::ROLE_REVIEWER: return Role::kReviewer;
    case identity::v1::ROLE_SEASON_MANAGER: return Role::kSeasonManager;
    case identity::v1::ROLE_AUDITOR:
    case identity::v1::ROLE_UNSPECIFIED: break;  // the registry refuses the latter
  }
  return Role::kAuditor;
}

Grant GrantOf(const identity::v1::Grant& granted) {
  Grant grant{.role = RoleOf(granted.role()), .scope = {}};
  if (granted.has_unit()) {
    UnitKey unit = ParseUnitName(granted.unit(), "unit").value_or(UnitKey());  // the registry refuses others
    grant.scope.kind = Scope::Kind::kUnit;
    grant.scope.division_code = std::move(unit.division_code);
    grant.scope.unit_code = std::move(unit.unit_code);
  } else {
    grant.scope.kind = granted.has_subtree() ? Scope::Kind::kSubtree : Scope::Kind::kOwnLevel;
    grant.scope.division_code = granted.has_subtree() ? granted.subtree() : granted.own_level();
  }
  if (granted.has_first_fiscal_year()) grant.scope.first_fiscal_year = granted.first_fiscal_year();
  if (granted.has_last_fiscal_year()) grant.scope.last_fiscal_year = granted.last_fiscal_year();
  return grant;
}

}  // namespace

absl::StatusOr<std::string> IdentityCallers::Prove(const grpc::CallbackServerContext& context) const {
  const auto [first, last] = context.client_metadata().equal_range(kAuthorization);
  if (first == last) return SubjectOfCertificate(context, parts_.trust_domain);
  if (std::next(first) != last) return BadHeader("authorization 出现了不止一次：请只携带一份身份凭证");
  const std::string_view value(first->second.data(), first->second.size());
  if (!absl::StartsWithIgnoreCase(absl::string_view(value.data(), value.size()),
                                  absl::string_view(kBearer.data(), kBearer.size()))) {
    return BadHeader("authorization 的格式应为“Bearer 凭证”");
  }
  if (parts_.tokens == nullptr) return BadHeader("本服务只接受客户端证书：请使用本单位系统的证书办理");
  return parts_.tokens->Verify(value.substr(kBearer.size()));
}

absl::StatusOr<Subject> IdentityCallers::Identify(const grpc::CallbackServerContext& context) const {
  JIXIAO_ASSIGN_OR_RETURN(const std::string id, Prove(context));
  const std::shared_ptr<const IdentityRegistry> registry = parts_.registry->Get();
  const identity::v1::Identity* identity = registry->Find(id);
  if (identity == nullptr) {
    return MakeError(absl::StatusCode::kUnauthenticated, "UNKNOWN_IDENTITY",
                     fmt::format("身份 {} 尚未登记或已停用：请联系本级财政部门开通权限", id));
  }
  Subject subject;
  subject.id = id;
  subject.grants.reserve(identity->grants_size());
  for (const identity::v1::Grant& grant : identity->grants()) subject.grants.push_back(GrantOf(grant));
  return subject;
}

}  // namespace jixiao::intake
