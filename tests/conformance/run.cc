#include "conformance/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/base/status_macros.h"
#include "scoring/core/score_report.h"

namespace jixiao::conformance {
namespace {

constexpr int kMostTries = 150;

std::string ProfileName(const v1::ReportLabel& label) {
  return fmt::format("{}（{}）", label.rule_set().substr(label.rule_set().rfind('/') + 1),
                     label.report_kind() == report::v1::REPORT_KIND_PROJECT ? "项目" : "部门");
}

std::string DescribeChange(const scoring::v1::SuggestedChange& change) {
  return fmt::format("    {}：{} → {}\n", change.address().label(), change.from(),
                     change.has_to() ? change.to() : "？");
}

std::string DescribeFindings(const Findings& findings) {
  std::string text;
  for (const auto& finding : findings) {
    text += fmt::format("  {}{}：{}，应为 {}\n", finding.caused_by_size() > 0 ? "　" : "", finding.rule_id(),
                        finding.value(), finding.expected());
    for (const auto& suggestion : finding.suggestions()) {
      text += fmt::format("   建议 {} {} {}\n", scoring::v1::Cause_Name(suggestion.cause()),
                          scoring::v1::Likelihood_Name(suggestion.likelihood()), suggestion.text());
      for (const auto& change : suggestion.changes()) text += DescribeChange(change);
    }
  }
  return text;
}

// What was planted and what the checker made of it.
std::string DescribeMiss(const v1::Mistake& mistake, const Outcome& outcome, const v1::ReportLabel& label,
                         const Findings& findings) {
  std::string text = fmt::format("{}  {}{}{}\n", ProfileName(label), outcome.is_detected ? "" : "没有查出 ",
                                 outcome.asks_cause && !outcome.is_cause_right ? "原因不对 " : "",
                                 outcome.asks_cells && !outcome.are_cells_right ? "格子不对" : "");
  for (const auto& change : mistake.changes()) text += DescribeChange(change);
  if (mistake.changes().empty()) {
    for (const auto& place : mistake.places()) text += fmt::format("    {}\n", place.label());
  }
  return text + DescribeFindings(findings);
}

v1::ReportLabel LabelFor(const Profile& profile) {
  v1::ReportLabel label;
  label.set_rule_set(profile.rule_set->rule_set.name());
  label.set_report_kind(profile.kind);
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

absl::Status MakeCleanCases(const Profile& profile, const RunArguments& arguments, const CaseSink& sink) {
  for (int i = 0; i < arguments.count * 5; ++i) {
    JIXIAO_RETURN_IF_ERROR(sink(MakeClean(profile, arguments.seed, static_cast<uint64_t>(i))));
  }
  return absl::OkStatus();
}

// The reports of one kind, spread evenly over the profiles that have it.
absl::Status MakeKindCases(const Kind& kind, const std::vector<Profile>& profiles, const RunArguments& arguments,
                           const CaseSink& sink, Results* results) {
  const std::array<const Kind*, 1> kinds = {&kind};
  auto fitting = ProfilesFor(profiles, kinds);
  // Some forms have no place for it.
  std::erase_if(fitting, [&](const Profile* p) { return !MakeSpoilt(*p, kinds, arguments.seed, 0, nullptr); });
  const int64_t count = static_cast<int64_t>(fitting.size());
  for (int64_t p = 0; p < count; ++p) {
    const Profile& profile = *fitting[static_cast<size_t>(p)];
    const int64_t share = (arguments.count + count - 1 - p) / count;
    Draws draws;
    for (int64_t i = 0; i < share; ++i) {
      const auto made = MakeSpoilt(profile, kinds, arguments.seed, static_cast<uint64_t>(i), &draws);
      if (!made) break;
      JIXIAO_RETURN_IF_ERROR(sink(*made));
    }
    if (results != nullptr && draws.planted > 0) results->AddDraws(kind, draws);
  }
  return absl::OkStatus();
}

absl::Status MakePairCases(const std::vector<Profile>& profiles, const RunArguments& arguments, const CaseSink& sink) {
  Random random(SeedFor(arguments.seed, 0x9A125));
  std::vector<const Kind*> pairable;
  for (const Kind& kind : Kinds()) {
    if (kind.is_pairable) pairable.push_back(&kind);
  }
  for (int i = 0; i < arguments.count * 10; ++i) {
    const std::array<const Kind*, 2> kinds = {random.Pick(pairable), random.Pick(pairable)};
    const auto fitting = ProfilesFor(profiles, kinds);
    if (fitting.empty() || kinds[0] == kinds[1]) continue;
    const auto made =
        MakeSpoilt(*random.Pick(fitting), kinds, arguments.seed ^ 0xABCD, static_cast<uint64_t>(i), nullptr);
    if (made) JIXIAO_RETURN_IF_ERROR(sink(*made));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Findings> CheckByEngine(const report::v1::Report& report, const scoring::LoadedRuleSet& rule_set) {
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

KindResult& Results::OfKind(const std::string& id, const std::string& title) {
  for (KindResult& kind : kinds) {
    if (kind.id == id) return kind;
  }
  kinds.push_back({id, title, {}});
  return kinds.back();
}

void Results::AddDraws(const Kind& kind, const Draws& draws) {
  Draws& sum = OfKind(std::string(kind.id), std::string(kind.title)).tally.draws;
  sum.planted += draws.planted;
  sum.tried += draws.tried;
}

void Results::AddClean(const v1::ReportLabel& label, const Findings& findings) {
  const std::string profile = ProfileName(label);
  auto at = std::find_if(clean.begin(), clean.end(), [&](const CleanResult& c) { return c.profile == profile; });
  if (at == clean.end()) at = clean.insert(clean.end(), CleanResult{profile, 0, 0, 0, {}});
  bool is_serious = false;
  for (const auto& finding : findings) {
    ++at->rules[finding.rule_id()];
    is_serious |= finding.severity() != scoring::v1::SEVERITY_NOTE;
  }
  ++at->count;
  const std::string start = fmt::format("误报  {}", profile);
  const auto same = std::count_if(misses.begin(), misses.end(), [&](const auto& m) { return m.starts_with(start); });
  if (!findings.empty() && same < misses_per_kind) misses.push_back(start + "\n" + DescribeFindings(findings));
  if (is_serious) ++at->with_findings;
  if (!is_serious && !findings.empty()) ++at->with_notes;
}

void Results::Add(const v1::ReportLabel& label, const Findings& findings) {
  ++reports;
  if (label.mistakes().empty()) return AddClean(label, findings);
  bool all = true;
  for (const v1::Mistake& mistake : label.mistakes()) {
    const Outcome outcome = Measure(mistake, findings);
    all &= outcome.is_detected;
    AddMiss(mistake, outcome, label, findings);
    if (label.mistakes_size() > 1) {
      pairs.Add(outcome);
    } else {
      OfKind(mistake.kind(), mistake.title()).tally.Add(outcome);
      single.Add(outcome);
    }
  }
  if (label.mistakes_size() < 2) return;
  ++pair_reports;
  if (all) ++pair_both_detected;
}

void Results::AddMiss(const v1::Mistake& mistake, const Outcome& outcome, const v1::ReportLabel& label,
                      const Findings& findings) {
  const bool is_right = outcome.is_detected && (!outcome.asks_cause || outcome.is_cause_right) &&
                        (!outcome.asks_cells || outcome.are_cells_right);
  if (is_right || misses_per_kind == 0) return;
  const std::string start = fmt::format("{} {}", mistake.kind(), label.mistakes_size() > 1 ? "（两个错误）" : "");
  const auto same = std::count_if(misses.begin(), misses.end(), [&](const auto& m) { return m.starts_with(start); });
  if (same < misses_per_kind) misses.push_back(start + DescribeMiss(mistake, outcome, label, findings));
}

absl::Status MakeCases(const std::vector<Profile>& profiles, const RunArguments& arguments, const CaseSink& sink,
                       Results* results) {
  for (const Profile& profile : profiles) JIXIAO_RETURN_IF_ERROR(MakeCleanCases(profile, arguments, sink));
  for (const Kind& kind : Kinds()) {
    JIXIAO_RETURN_IF_ERROR(MakeKindCases(kind, profiles, arguments, sink, results));
  }
  return MakePairCases(profiles, arguments, sink);
}

absl::StatusOr<Results> Run(const std::vector<Profile>& profiles, const RunArguments& arguments,
                            const Checker& checker) {
  Results results;
  results.seed = arguments.seed;
  results.misses_per_kind = arguments.misses_per_kind;
  const auto check = [&](const Case& made) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(const Findings findings, checker(made.report, *made.profile->rule_set));
    results.Add(made.label, findings);
    return absl::OkStatus();
  };
  JIXIAO_RETURN_IF_ERROR(MakeCases(profiles, arguments, check, &results));
  return results;
}

Results Grade(const v1::Labels& labels, const v1::Answers& answers) {
  std::map<std::string_view, const v1::ReportAnswer*> by_report;
  for (const v1::ReportAnswer& answer : answers.reports()) by_report[answer.report_id()] = &answer;
  Results results;
  results.seed = labels.seed();
  for (const v1::ReportLabel& label : labels.reports()) {
    const auto answer = by_report.find(label.report_id());
    results.Add(label, answer == by_report.end() ? Findings() : answer->second->findings());
  }
  return results;
}

}  // namespace jixiao::conformance
