#include "common/identity/identity_registry.h"

#include <fmt/format.h>

#include <set>

#include "common/base/errors.h"
#include "common/domain/division_code.h"
#include "common/domain/submission_name.h"
#include "common/identity/subject.h"
#include "google/protobuf/io/tokenizer.h"
#include "google/protobuf/text_format.h"

namespace jixiao {
namespace {

using identity::v1::Grant;
using identity::v1::Identity;
using identity::v1::Role;

constexpr size_t kMaxProblemsNamed = 50;

class Collector : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, google::protobuf::io::ColumnNumber column, const std::string& message) override {
    problems.push_back(fmt::format("line {}:{}: {}", line + 1, column + 1, message));
  }
  std::vector<std::string> problems;
};

absl::Status BadRegistry(std::vector<std::string> problems) {
  const size_t count = problems.size();
  if (count > kMaxProblemsNamed) {
    problems.resize(kMaxProblemsNamed);
    problems.push_back(fmt::format("and {} more", count - kMaxProblemsNamed));
  }
  return MakeError(absl::StatusCode::kInvalidArgument, "BAD_REGISTRY", fmt::format("{}", fmt::join(problems, "; ")));
}

bool IsFiling(Role role) { return role == identity::v1::ROLE_CLERK || role == identity::v1::ROLE_BUDGET_SYSTEM; }
bool IsForPersons(Role role) {
  return role == identity::v1::ROLE_CLERK || role == identity::v1::ROLE_REVIEWER ||
         role == identity::v1::ROLE_SEASON_MANAGER;
}

std::string ProblemWithScope(const Grant& grant) {
  switch (grant.scope_case()) {
    case Grant::kUnit:
      return !ParseUnitName(grant.unit(), "unit").ok()
                 ? fmt::format("`{}` is no unit: write divisions/430611/units/NC01", grant.unit())
                 : std::string();
    case Grant::kSubtree:
    case Grant::kOwnLevel: {
      const std::string& code = grant.scope_case() == Grant::kSubtree ? grant.subtree() : grant.own_level();
      return IsDivisionCode(code) ? std::string() : fmt::format("`{}` is no six-digit division code", code);
    }
    case Grant::SCOPE_NOT_SET: break;
  }
  return "it has no scope: write unit, subtree or own_level";
}

void CheckGrant(const Identity& identity, const Grant& grant, int index, std::vector<std::string>& problems) {
  const auto complain = [&](const std::string& problem) {
    problems.push_back(fmt::format("{}: grants[{}]: {}", identity.subject(), index, problem));
  };
  if (const std::string problem = ProblemWithScope(grant); !problem.empty()) complain(problem);
  if (grant.role() == identity::v1::ROLE_UNSPECIFIED) complain("it has no role");
  if (grant.role() == identity::v1::ROLE_CLERK && grant.scope_case() != Grant::kUnit) {
    complain("a clerk files for one unit: write unit, one grant per unit");
  }
  if (IsForPersons(grant.role()) && !IsPerson(identity.subject())) complain("only a person has this role");
  if (grant.role() == identity::v1::ROLE_BUDGET_SYSTEM && IsPerson(identity.subject())) {
    complain("a person is no budget system: write ROLE_CLERK");
  }
  for (const int year : {grant.has_first_fiscal_year() ? grant.first_fiscal_year() : 2015,
                         grant.has_last_fiscal_year() ? grant.last_fiscal_year() : 2100}) {
    if (year < 2015 || year > 2100) complain(fmt::format("{} is no fiscal year from 2015 to 2100", year));
  }
  if (grant.has_first_fiscal_year() && grant.has_last_fiscal_year() &&
      grant.first_fiscal_year() > grant.last_fiscal_year()) {
    complain("its first fiscal year is after its last");
  }
}

void CheckIdentity(const Identity& identity, std::vector<std::string>& problems) {
  bool files = false;
  bool reviews = false;
  for (int i = 0; i < identity.grants_size(); ++i) {
    CheckGrant(identity, identity.grants(i), i, problems);
    files |= IsFiling(identity.grants(i).role());
    reviews |= identity.grants(i).role() == identity::v1::ROLE_REVIEWER;
  }
  if (files && reviews) {
    problems.push_back(fmt::format("{}: nobody reviews who files: write two identities", identity.subject()));
  }
  if (identity.grants_size() == 0 && !identity.is_suspended()) {
    problems.push_back(fmt::format("{}: it has no grant", identity.subject()));
  }
}

}  // namespace

std::vector<std::string> ProblemsWith(const identity::v1::IdentityRegistry& registry) {
  std::vector<std::string> problems;
  std::set<std::string> seen;
  for (int i = 0; i < registry.identities_size(); ++i) {
    const Identity& identity = registry.identities(i);
    if (!IsSubject(identity.subject())) {
      problems.push_back(fmt::format("identities[{}]: `{}` is no subject: write person/…, system/… or service/…", i,
                                     identity.subject()));
      continue;
    }
    if (!seen.insert(identity.subject()).second) {
      problems.push_back(fmt::format("{}: it stands twice", identity.subject()));
    }
    CheckIdentity(identity, problems);
  }
  return problems;
}

absl::StatusOr<IdentityRegistry> IdentityRegistry::Parse(const std::string& textproto) {
  identity::v1::IdentityRegistry message;
  Collector collector;
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&collector);
  if (!parser.ParseFromString(textproto, &message)) return BadRegistry(std::move(collector.problems));
  std::vector<std::string> problems = ProblemsWith(message);
  if (!problems.empty()) return BadRegistry(std::move(problems));
  IdentityRegistry registry;
  for (Identity& identity : *message.mutable_identities()) {
    std::string subject = identity.subject();
    registry.identities_.emplace(std::move(subject), std::move(identity));
  }
  return registry;
}

const Identity* IdentityRegistry::Find(std::string_view subject) const {
  const auto found = identities_.find(subject);
  return found == identities_.end() || found->second.is_suspended() ? nullptr : &found->second;
}

}  // namespace jixiao
