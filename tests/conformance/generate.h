// Generates clean reports: every figure agrees, every required part is there.
#ifndef JIXIAO_CONFORMANCE_GENERATE_H_
#define JIXIAO_CONFORMANCE_GENERATE_H_

#include <cstdint>
#include <vector>

#include "conformance/book.h"
#include "conformance/draft.h"
#include "scoring/core/rules/rule_sets.h"

namespace jixiao::conformance {

// A kind of report that one rule set scores.
struct Profile {
  const scoring::LoadedRuleSet* rule_set = nullptr;
  report::v1::ReportKind kind = report::v1::REPORT_KIND_DEPARTMENT;
  // Where its units sit: only places that `rule_set` is the one for.
  std::vector<Seat> seats;
};

// All of them, in the order of the rule sets.
std::vector<Profile> ProfilesOf(const scoring::RuleSets& rule_sets);

// A report and the truth behind it.
struct Generated {
  Draft draft;
  Book book;
};

// The same profile and seed give the same bytes on any machine.
Generated Generate(const Profile& profile, uint64_t seed);

}  // namespace jixiao::conformance

#endif  // JIXIAO_CONFORMANCE_GENERATE_H_
