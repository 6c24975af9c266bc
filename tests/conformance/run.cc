#include "conformance/run.h"

#include <fmt/format.h>

#include <algorithm>

#include "scoring/core/score_report.h"

namespace jixiao::conformance {
namespace {

constexpr int kMostTries = 400;

std::string ProfileName(const Profile& profile) {
  return fmt::format("{}（{}）", profile.rule_set->rule_set.name().substr(9),
                     profile.kind == report::v1::REPORT_KIND_PROJECT ? "项目" : "部门");
}

v1::ReportLabel LabelFor(const Profile& profile) {
  v1::ReportLabel label;
  label.set_rule_set(profile.rule_set->rule_set.name());
  return label;
}

std::vector<const Profile*> ProfilesFor(const std::vector<Profile>& profiles, std::span<const Kind* const> kinds) {
  std::vector<const Profile*> fitting;
  for (const Profile& profile : profiles) {
    const bool all = std::all_of(kinds.begin(), kinds.end(), [&](const Kind* kind) { return Applies(*kind, profile); });
    if (all) fitting.push_back(&profile);
  }
  return fitting;
}

CleanResult RunClean(const Profile& profile, const RunArguments& arguments, int64_t count, const Checker& checker) {
  CleanResult result;
  result.profile = ProfileName(profile);
  for (int64_t i = 0; i < count; ++i) {
    const Case made = MakeClean(profile, arguments.seed, static_cast<uint64_t>(i));
    const Findings findings = checker(made.report, *profile.rule_set);
    bool is_serious = false;
    for (const auto& finding : findings) {
      ++result.rules[finding.rule_id()];
      is_serious |= finding.severity() != scoring::v1::SEVERITY_NOTE;
    }
    ++result.count;
    if (is_serious) ++result.with_findings;
    if (!is_serious && !findings.empty()) ++result.with_notes;
  }
  return result;
}

KindResult RunKind(const Kind& kind, const std::vector<Profile>& profiles, const RunArguments& arguments,
                   const Checker& checker) {
  KindResult result;
  result.kind = &kind;
  const std::array<const Kind*, 1> kinds = {&kind};
  const auto fitting = ProfilesFor(profiles, kinds);
  for (size_t p = 0; p < fitting.size(); ++p) {
    const int64_t share = (arguments.count + static_cast<int64_t>(fitting.size()) - 1 - static_cast<int64_t>(p)) /
                          static_cast<int64_t>(fitting.size());
    Draws draws;
    for (int64_t i = 0; i < share; ++i) {
      const auto made = MakeSpoilt(*fitting[p], kinds, arguments.seed, static_cast<uint64_t>(i), &draws);
      if (!made) break;  // this form has no place for it
      const Findings findings = checker(made->report, *fitting[p]->rule_set);
      result.tally.Add(Measure(made->label.mistakes(0), findings));
    }
    if (draws.planted == 0) continue;
    result.rule_sets.push_back(ProfileName(*fitting[p]));
    result.tally.draws.planted += draws.planted;
    result.tally.draws.tried += draws.tried;
  }
  return result;
}

void RunPairs(const std::vector<Profile>& profiles, const RunArguments& arguments, const Checker& checker,
              Results& results) {
  Random random(SeedFor(arguments.seed, 0x9A125));
  std::vector<const Kind*> pairable;
  for (const Kind& kind : Kinds()) {
    if (kind.is_pairable) pairable.push_back(&kind);
  }
  const int64_t wanted = int64_t{arguments.count} * 10;
  for (int64_t i = 0; i < wanted; ++i) {
    const std::array<const Kind*, 2> kinds = {random.Pick(pairable), random.Pick(pairable)};
    const auto fitting = ProfilesFor(profiles, kinds);
    if (fitting.empty() || kinds[0] == kinds[1]) continue;
    const Profile& profile = *random.Pick(fitting);
    const auto made = MakeSpoilt(profile, kinds, arguments.seed ^ 0xABCD, static_cast<uint64_t>(i), nullptr);
    if (!made) continue;
    const Findings findings = checker(made->report, *profile.rule_set);
    bool both = true;
    for (const auto& mistake : made->label.mistakes()) {
      const Outcome outcome = Measure(mistake, findings);
      results.pairs.Add(outcome);
      both &= outcome.is_detected;
    }
    ++results.pair_reports;
    if (both) ++results.pair_both_detected;
  }
}

}  // namespace

Findings CheckByEngine(const report::v1::Report& report, const scoring::LoadedRuleSet& rule_set) {
  return std::move(*scoring::ScoreReport(report, "sha256:0", rule_set, {}).mutable_findings());
}

Case MakeClean(const Profile& profile, uint64_t seed, uint64_t index) {
  Generated made = Generate(profile, SeedFor(seed, index));
  Case out;
  out.report = std::move(made.draft.report());
  out.label = LabelFor(profile);
  out.profile = &profile;
  return out;
}

std::optional<Case> MakeSpoilt(const Profile& profile, std::span<const Kind* const> kinds, uint64_t seed,
                               uint64_t index, Draws* draws) {
  uint64_t kind_seed = seed;
  for (const Kind* kind : kinds) {
    for (const char c : kind->id) kind_seed = SeedFor(kind_seed, static_cast<unsigned char>(c));
  }
  for (int attempt = 0; attempt < kMostTries; ++attempt) {
    const uint64_t report_seed = SeedFor(SeedFor(kind_seed, index), static_cast<uint64_t>(attempt));
    Generated made = Generate(profile, report_seed);
    Random random(SeedFor(report_seed, 1));
    Case out;
    out.label = LabelFor(profile);
    out.profile = &profile;
    bool planted = true;
    if (draws != nullptr) ++draws->tried;
    for (const Kind* kind : kinds) {
      Planting planting(profile, made, random);
      planted = kind->plant(planting);
      if (!planted) break;
      planting.mistake().set_kind(std::string(kind->id));
      planting.mistake().set_title(std::string(kind->title));
      *out.label.add_mistakes() = std::move(planting.mistake());
    }
    if (!planted) continue;
    if (draws != nullptr) ++draws->planted;
    out.report = std::move(made.draft.report());
    return out;
  }
  return std::nullopt;
}

void Tally::Add(const Outcome& outcome) {
  ++count;
  detected += outcome.is_detected;
  asks_cause += outcome.asks_cause;
  cause_right += outcome.asks_cause && outcome.is_cause_right;
  asks_cells += outcome.asks_cells;
  cells_right += outcome.asks_cells && outcome.are_cells_right;
  undecidable += outcome.is_undecidable;
  ties += outcome.is_tie;
}

void Tally::Add(const Tally& other) {
  count += other.count;
  detected += other.detected;
  asks_cause += other.asks_cause;
  cause_right += other.cause_right;
  asks_cells += other.asks_cells;
  cells_right += other.cells_right;
  undecidable += other.undecidable;
  ties += other.ties;
}

Results Run(const std::vector<Profile>& profiles, const RunArguments& arguments, const Checker& checker) {
  Results results;
  results.seed = arguments.seed;
  for (const Profile& profile : profiles) {
    results.clean.push_back(RunClean(profile, arguments, int64_t{arguments.count} * 5, checker));
    results.reports += results.clean.back().count;
  }
  for (const Kind& kind : Kinds()) {
    results.kinds.push_back(RunKind(kind, profiles, arguments, checker));
    results.single.Add(results.kinds.back().tally);
  }
  RunPairs(profiles, arguments, checker, results);
  results.reports += results.single.count + results.pair_reports;
  return results;
}

}  // namespace jixiao::conformance
