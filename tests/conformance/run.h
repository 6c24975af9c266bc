// Runs a checker over clean and spoilt reports and counts how it did.
#ifndef JIXIAO_CONFORMANCE_RUN_H_
#define JIXIAO_CONFORMANCE_RUN_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "conformance/measure.h"
#include "conformance/plant.h"

namespace jixiao::conformance {

// Bumped whenever the same seed gives other reports.
inline constexpr std::string_view kKitVersion = "1";

// A checker: findings for a report by a rule set.
using Checker = std::function<absl::StatusOr<Findings>(const report::v1::Report&, const scoring::LoadedRuleSet&)>;

// The engine that ships with the project.
absl::StatusOr<Findings> CheckByEngine(const report::v1::Report& report, const scoring::LoadedRuleSet& rule_set);

// One report with its label.
struct Case {
  report::v1::Report report;
  v1::ReportLabel label;
  const Profile* profile = nullptr;
};

// A clean report, number `index` of `seed`.
Case MakeClean(const Profile& profile, uint64_t seed, uint64_t index);

// Tries that a kind needed until a mistake was planted that is one.
struct Draws {
  int64_t planted = 0;
  int64_t tried = 0;
};

// A report with mistakes of `kinds`, one each, in this order; empty if none can
// be planted.
std::optional<Case> MakeSpoilt(const Profile& profile, std::span<const Kind* const> kinds, uint64_t seed,
                               uint64_t index, Draws* draws);

// Counts of one kind.
struct Tally {
  int64_t count = 0;
  int64_t detected = 0;
  int64_t asks_cause = 0;
  int64_t cause_right = 0;
  int64_t asks_cells = 0;
  int64_t cells_right = 0;
  int64_t undecidable = 0;
  int64_t ties = 0;
  Draws draws;

  void Add(const Outcome& outcome);
};

struct KindResult {
  std::string id;
  std::string title;
  Tally tally;
};

struct CleanResult {
  std::string profile;
  int64_t count = 0;
  int64_t with_findings = 0;  // blocks or explain
  int64_t with_notes = 0;     // nothing but notes
  std::map<std::string, int64_t> rules;
};

struct Results {
  uint64_t seed = 0;
  std::vector<CleanResult> clean;
  std::vector<KindResult> kinds;
  Tally single;
  Tally pairs;
  int64_t pair_reports = 0;
  int64_t pair_both_detected = 0;
  int64_t reports = 0;
  // Mistakes that were answered wrongly, in words; at most `misses_per_kind` of
  // each kind.
  int misses_per_kind = 0;
  std::vector<std::string> misses;

  // Counts one report.
  void Add(const v1::ReportLabel& label, const Findings& findings);
  void AddDraws(const Kind& kind, const Draws& draws);

 private:
  KindResult& OfKind(const std::string& id, const std::string& title);
  void AddClean(const v1::ReportLabel& label, const Findings& findings);
  void AddMiss(const v1::Mistake& mistake, const Outcome& outcome, const v1::ReportLabel& label,
               const Findings& findings);
};

struct RunArguments {
  uint64_t seed = 1;
  // Spoilt reports of each kind; clean reports and pairs are counted from it.
  int count = 60;
  // Wrong answers of each kind to be told in full.
  int misses_per_kind = 0;
};

// Gets one report after the other; an error stops.
using CaseSink = std::function<absl::Status(const Case&)>;

// Makes all reports of a run: clean ones, each kind singly, pairs. `results`
// learns how often a kind had to be drawn again; null if nobody asks.
absl::Status MakeCases(const std::vector<Profile>& profiles, const RunArguments& arguments, const CaseSink& sink,
                       Results* results);

absl::StatusOr<Results> Run(const std::vector<Profile>& profiles, const RunArguments& arguments,
                            const Checker& checker);

// Counts what somebody else's checker answered; a report without an answer
// counts as one without findings.
Results Grade(const v1::Labels& labels, const v1::Answers& answers);

// What the kit asks for, in 1/1000.
struct Aims {
  int64_t detected = 990;
  int64_t cause = 950;
  int64_t cells = 950;
  int64_t false_alarms = 10;
};

// Aims that `results` miss, one sentence each; empty if all are met.
std::vector<std::string> MissedAims(const Results& results, const Aims& aims);

// Tables for people.
std::string PrintResults(const Results& results, const Aims& aims);

}  // namespace jixiao::conformance

#endif  // JIXIAO_CONFORMANCE_RUN_H_
