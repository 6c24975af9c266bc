#include "intake/core/submission/authorize.h"

#include <algorithm>

#include "common/base/errors.h"
#include "intake/core/submission/errors.h"

namespace jixiao::intake {

bool DivisionCovers(const std::string& outer, const std::string& inner) {
  return inner.starts_with(DivisionPrefix(outer));
}

bool RoleAllows(Role role, Permission permission) {
  using P = Permission;
  switch (role) {
    case Role::kClerk:
      return permission == P::kSubmit || permission == P::kRead || permission == P::kExplain ||
             permission == P::kWithdraw;
    case Role::kBudgetSystem: return permission == P::kSubmit || permission == P::kRead;
    case Role::kReviewer:
      return permission == P::kRead || permission == P::kReview || permission == P::kWithdraw ||
             permission == P::kReadProgress || permission == P::kReadRoster;
    case Role::kSeasonManager:
      return permission == P::kReadProgress || permission == P::kReadRoster || permission == P::kManageRoster ||
             permission == P::kManageSeason;
    case Role::kAuditor:
      return permission == P::kRead || permission == P::kReadProgress || permission == P::kReadRoster ||
             permission == P::kReadAuditLog;
  }
  return false;
}

bool ScopeCovers(const Scope& scope, const Resource& resource) {
  if (resource.fiscal_year != 0 &&
      (resource.fiscal_year < scope.first_fiscal_year || resource.fiscal_year > scope.last_fiscal_year)) {
    return false;
  }
  switch (scope.kind) {
    case Scope::Kind::kUnit:
      return !resource.unit_code.empty() && scope.division_code == resource.division_code &&
             scope.unit_code == resource.unit_code;
    // A whole division is more than its own level.
    case Scope::Kind::kOwnLevel: return !resource.unit_code.empty() && scope.division_code == resource.division_code;
    case Scope::Kind::kSubtree: return DivisionCovers(scope.division_code, resource.division_code);
  }
  return false;
}

absl::Status Authorize(const Subject& subject, Permission permission, const Resource& resource) {
  bool is_in_scope = false;
  for (const Grant& grant : subject.grants) {
    if (!ScopeCovers(grant.scope, resource)) continue;
    if (RoleAllows(grant.role, permission)) return absl::OkStatus();
    is_in_scope = true;
  }
  if (is_in_scope) {
    return MakeError(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED",
                     "您的角色不能办理此项业务；如确需办理，请联系本级财政部门调整权限");
  }
  return NotFound();
}

std::vector<Scope> ScopesOf(const Subject& subject, Permission permission) {
  std::vector<Scope> scopes;
  for (const Grant& grant : subject.grants) {
    if (RoleAllows(grant.role, permission)) scopes.push_back(grant.scope);
  }
  return scopes;
}

}  // namespace jixiao::intake
