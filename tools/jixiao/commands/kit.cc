#include "commands/kit.h"

#include "conformance/run.h"
#include "scoring/adapters/load_rule_sets.h"

namespace jixiao::cli {

int RunKitRun(const KitArguments& arguments, const Output& output) {
  const auto rule_sets = scoring::LoadRuleSets(arguments.rule_sets_folder);
  if (!rule_sets.ok()) {
    output.WriteFailure(arguments.rule_sets_folder, rule_sets.status());
    return kExitBadInput;
  }
  const auto profiles = conformance::ProfilesOf(*rule_sets);
  const conformance::Results results =
      conformance::Run(profiles, {arguments.seed, arguments.count}, conformance::CheckByEngine);
  const conformance::Aims aims;
  output.Write(conformance::PrintResults(results, aims));
  return conformance::MissedAims(results, aims).empty() ? kExitOk : kExitBlocked;
}

}  // namespace jixiao::cli
