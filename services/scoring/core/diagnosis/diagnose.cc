// Turns slips that were found into what a clerk reads: one story for each slip,
// with the complaints that follow from it folded under it.
#include "scoring/core/diagnosis/diagnose.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "scoring/core/diagnosis/explain.h"
#include "scoring/core/diagnosis/search.h"

namespace jixiao::scoring {
namespace {

class Folder {
 public:
  // `finding_ids` has one for each relation of `filed`, empty if it has none.
  Folder(const TableView& table, const std::vector<std::string>& finding_ids, Ledger& filed, const Grids& grids,
         const Diagnosis& diagnosis, Findings& findings)
      : finding_ids_(finding_ids),
        filed_(filed),
        explainer_(table, filed, grids),
        diagnosis_(diagnosis),
        findings_(findings) {}

  void Run() {
    AssignRelations();
    for (size_t i = 0; i < diagnosis_.slips.size(); ++i) Tell(i);
    FoldShared();
    for (const FoundSlip& hint : diagnosis_.hints) TellHint(hint);
  }

 private:
  const std::string& FindingOf(int relation) const { return finding_ids_[static_cast<size_t>(relation)]; }

  // Which slips each failed relation follows from, in the order found. One that
  // holds only when an earlier slip is mended, too, follows from both.
  void AssignRelations() {
    std::set<int> touched_before;
    std::vector<std::vector<int>> touched;
    for (size_t i = 0; i < diagnosis_.slips.size(); ++i) {
      const Candidate& slip = diagnosis_.slips[i].best;
      touched.push_back(RelationsOf(slip.repair));
      for (const int relation : slip.effect.healed) {
        if (FindingOf(relation).empty() || causes_.contains(relation)) continue;
        std::vector<size_t>& causes = causes_[relation];
        if (!filed_.WouldHold(relation, slip.repair.changes)) {
          for (size_t j = 0; j < i; ++j) {
            if (std::binary_search(touched[j].begin(), touched[j].end(), relation)) causes.push_back(j);
          }
        }
        causes.push_back(i);
      }
    }
  }

  std::vector<int> RelationsOf(const Repair& repair) const {
    std::set<int> relations;
    for (const Change& change : repair.changes) {
      for (const int relation : filed_.RelationsOf(change.fact)) relations.insert(relation);
    }
    return {relations.begin(), relations.end()};
  }

  // Findings that vanish with slip `i`, alone or together with another.
  std::vector<std::string> HealedBy(size_t i) const {
    std::vector<std::string> ids;
    for (const auto& [relation, causes] : causes_) {
      if (std::find(causes.begin(), causes.end(), i) != causes.end()) ids.push_back(FindingOf(relation));
    }
    return ids;
  }

  static bool IsMoved(v1::Cause cause) { return cause == v1::CAUSE_CELLS_SWAPPED || cause == v1::CAUSE_CELLS_SHIFTED; }

  // The finding that tells of slip `i`: one of its own where several complaints
  // follow from it, else the one complaint itself.
  void Tell(size_t i) {
    const FoundSlip& slip = diagnosis_.slips[i];
    const std::vector<std::string> healed = HealedBy(i);
    if (healed.empty()) return TellWithEarlier(i);
    const bool is_tied = slip.likelihood == v1::LIKELIHOOD_TIED;
    const bool has_story = healed.size() > 1 || slip.best.repair.changes.size() > 1 || IsMoved(slip.best.repair.cause);
    std::string root = has_story && !is_tied ? AddRoot(slip, healed) : "";
    if (root.empty()) root = healed.front();
    roots_.resize(i + 1);
    roots_[i] = root;
    AddSuggestions(slip, healed, root);
  }

  std::string AddRoot(const FoundSlip& slip, const std::vector<std::string>& healed) {
    v1::Finding* root = findings_.Add(explainer_.RootOf(slip.best));
    if (root == nullptr) return "";
    std::string id = root->id();
    v1::Severity severity = v1::SEVERITY_NOTE;
    for (const std::string& healed_id : healed) severity = std::min(severity, findings_.Find(healed_id)->severity());
    // A root weighs what the gravest complaint below it weighs.
    findings_.Find(id)->set_severity(severity);
    return id;
  }

  void AddSuggestions(const FoundSlip& slip, const std::vector<std::string>& healed, const std::string& root) {
    v1::Finding& finding = *findings_.Find(root);
    v1::Suggestion& best = *finding.add_suggestions();
    best = explainer_.Suggest(slip.best, slip.likelihood);
    for (const std::string& id : healed) {
      if (id != root) best.add_heals(id);
    }
    const bool is_tied = slip.likelihood == v1::LIKELIHOOD_TIED;
    for (const Candidate& other : slip.others) {
      *finding.add_suggestions() = explainer_.Suggest(other, is_tied ? v1::LIKELIHOOD_TIED : v1::LIKELIHOOD_MEDIUM);
    }
  }

  // Mends only what an earlier slip's repair would leave: part of that story.
  void TellWithEarlier(size_t i) {
    for (size_t j = i; j-- > 0;) {
      if (j >= roots_.size() || roots_[j].empty()) continue;
      *findings_.Find(roots_[j])->add_suggestions() =
          explainer_.Suggest(diagnosis_.slips[i].best, diagnosis_.slips[i].likelihood);
      return;
    }
  }

  void FoldShared() {
    for (const auto& [relation, causes] : causes_) {
      v1::Finding& finding = *findings_.Find(FindingOf(relation));
      for (const size_t cause : causes) {
        if (roots_[cause] != finding.id()) finding.add_caused_by(roots_[cause]);
      }
      // A complaint that tells of its own slip stays a root.
      if (std::find(roots_.begin(), roots_.end(), finding.id()) != roots_.end()) finding.clear_caused_by();
    }
  }

  void TellHint(const FoundSlip& hint) {
    for (const int relation : hint.best.effect.healed) {
      if (FindingOf(relation).empty()) continue;
      AddSuggestions(hint, {}, FindingOf(relation));
      return;
    }
  }

  const std::vector<std::string>& finding_ids_;
  Ledger& filed_;
  Explainer explainer_;
  const Diagnosis& diagnosis_;
  Findings& findings_;
  std::map<int, std::vector<size_t>> causes_;  // slips behind each failed relation
  std::vector<std::string> roots_;             // finding that tells of each slip
};

// With blank cells more relations are bound than were checked, in the same
// order; those have no finding.
std::vector<std::string> FindingsOf(const std::vector<BoundRelation>& relations, const RelationReview& review) {
  std::vector<std::string> ids(relations.size());
  size_t next = 0;
  for (size_t r = 0; r < relations.size() && next < review.bound.size(); ++r) {
    const BoundRelation& checked = review.bound[next];
    if (relations[r].relation != checked.relation || relations[r].row != checked.row) continue;
    ids[r] = review.finding_ids[next++];
  }
  return ids;
}

// Lets the evidence of indicator rows speak for and against other scores.
void AddEvidence(const TableView& table, const ReportView& view, const Facts& facts, Ledger& ledger) {
  const int64_t tolerance = view.rule_set.indicator_tolerance_milli();
  for (const v1::RowScore& row : table.score.rows()) {
    if (!row.has_indicator_index() || !row.has_weight_milli()) continue;
    // Everything from nothing to full marks says nothing.
    if (row.supported_low_milli() <= 0 && row.supported_high_milli() >= row.weight_milli()) continue;
    const int fact = facts.IndexOf(fmt::format("table.rows.{}.score", row.indicator_index()));
    if (fact >= 0) ledger.Support(fact, row.supported_low_milli() - tolerance, row.supported_high_milli() + tolerance);
  }
}

}  // namespace

bool Diagnose(const ReportView& view, const TableView& table, const RelationReview& review, Findings& findings) {
  if (!review.has_failures) return true;
  const Facts facts = WithBlanks(view, table);
  std::vector<BoundRelation> relations = BindRelations(view.rule_set, view.relation_keys, facts);
  const std::vector<std::string> finding_ids = FindingsOf(relations, review);
  Ledger ledger(facts, std::move(relations), review.values);
  if (ledger.Failing().empty()) return true;
  AddEvidence(table, view, facts, ledger);
  const Grids grids(view, table, facts);
  Ledger filed = ledger;
  const Diagnosis diagnosis = SearchSlips(ledger, grids);
  Folder(table, finding_ids, filed, grids, diagnosis, findings).Run();
  return !diagnosis.is_cut_short;
}

}  // namespace jixiao::scoring
