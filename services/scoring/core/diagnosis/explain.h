// Tells a clerk about a slip: what was probably meant, and what speaks for it.
#ifndef JIXIAO_SCORING_CORE_DIAGNOSIS_EXPLAIN_H_
#define JIXIAO_SCORING_CORE_DIAGNOSIS_EXPLAIN_H_

#include <string>

#include "scoring/core/diagnosis/search.h"

namespace jixiao::scoring {

class Explainer {
 public:
  // All outlive this. `ledger` holds the figures as filed.
  Explainer(const TableView& table, Ledger& ledger, const Grids& grids)
      : table_(table), ledger_(ledger), grids_(grids) {}

  // Cells to change, what was probably done, how sure it is; without `heals`.
  v1::Suggestion Suggest(const Candidate& candidate, v1::Likelihood likelihood);

  // A finding for the slip itself, of the rule that fits its kind.
  Observation RootOf(const Candidate& candidate);

 private:
  std::string NameOf(int fact) const;
  report::v1::Address AddressOf(int fact) const;
  std::string WrittenAs(int fact, int64_t value);
  std::string Filed(int fact);
  std::string CauseText(const Repair& repair);
  std::string OneFigureText(const Repair& repair, int fact, int64_t to);
  std::string Evidence(const Candidate& candidate) const;
  bool IsInGrid(const Repair& repair, Grid::Kind kind) const;
  // The funds or task row whose budget and execution are swapped; -1 if none.
  int RatioOfSwap(const Candidate& candidate) const;

  const TableView& table_;
  Ledger& ledger_;
  const Grids& grids_;
};

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_DIAGNOSIS_EXPLAIN_H_
