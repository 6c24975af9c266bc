// Decides who may do what to whose reports. Default deny: what no grant allows
// is refused.
#ifndef JIXIAO_INTAKE_CORE_SUBMISSION_AUTHORIZE_H_
#define JIXIAO_INTAKE_CORE_SUBMISSION_AUTHORIZE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "intake/core/submission/season_name.h"

namespace jixiao::intake {

enum class Role {
  kClerk,          // files for one unit
  kBudgetSystem,   // files for the units of its scope; a machine
  kReviewer,       // of a finance bureau
  kSeasonManager,  // keeps roster and seasons
  kAuditor,        // reads everything of its scope and the audit log
};

// What a grant is about.
struct Scope {
  enum class Kind {
    kUnit,      // one unit
    kSubtree,   // a division and everything below it
    kOwnLevel,  // the bodies of the division itself, not those below it
  };
  Kind kind = Kind::kUnit;
  std::string division_code;
  std::string unit_code;  // kUnit only
  int first_fiscal_year = 0;
  int last_fiscal_year = 9999;
};

struct Grant {
  Role role;
  Scope scope;
};

// Who calls, proven.
struct Subject {
  // `person/…`, `system/…`, `service/…`; goes into history and audit log, so
  // never a person's name.
  std::string id;
  std::vector<Grant> grants;
};

enum class Permission {
  kSubmit,        // file a version
  kRead,          // submissions, versions, history, season
  kExplain,       // explain a finding
  kWithdraw,      //
  kReview,        // approve, return, confirm the work assessment
  kReadProgress,  //
  kReadRoster,    //
  kManageRoster,  //
  kManageSeason,  // set, extend
  kReadAuditLog,  //
};

// What is asked for. Without unit: the whole division and everything below it.
struct Resource {
  std::string division_code;
  std::string unit_code;
  int fiscal_year = 0;  // 0: any year
};

inline Resource ResourceOf(const SubmissionKey& key) { return {key.division_code, key.unit_code, key.fiscal_year}; }

// True if `outer` is `inner` or above it. Codes are compared in pairs of digits:
// 431000 does not cover 431100.
bool DivisionCovers(const std::string& outer, const std::string& inner);

bool RoleAllows(Role role, Permission permission);

// OK, PERMISSION_DENIED (reason ROLE_NOT_ALLOWED) if some grant covers
// `resource` and none of them allows `permission`, else NOT_FOUND, as if there
// were no such thing.
absl::Status Authorize(const Subject& subject, Permission permission, const Resource& resource);

// Where `subject` has `permission`: what lists are filtered by, in the store.
std::vector<Scope> ScopesOf(const Subject& subject, Permission permission);

// The same rule as the stores', for the fake and for tests.
bool ScopeCovers(const Scope& scope, const Resource& resource);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SUBMISSION_AUTHORIZE_H_
