// Relations of a table, and the slips of the pen behind those that fail.
#ifndef JIXIAO_SCORING_CORE_DIAGNOSIS_DIAGNOSE_H_
#define JIXIAO_SCORING_CORE_DIAGNOSIS_DIAGNOSE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "scoring/core/diagnosis/relations.h"
#include "scoring/core/view/report_view.h"

namespace jixiao::scoring {

// What became of the relations of one table, for the diagnosis.
struct RelationReview {
  std::vector<BoundRelation> bound;
  std::vector<std::string> finding_ids;  // one for each of `bound`; empty if it holds or nobody asked
  std::vector<int64_t> values;           // figures of the facts, units of sentences put right
  bool has_failures = false;
};

// Arithmetic that the rule set states as data.
RelationReview CheckRelations(const ReportView& view, const TableView& table, Findings& findings);

// Looks for the slips behind failed relations, and folds what follows from a
// slip under it. Suggests, never decides. False if it stopped before it had
// looked everywhere.
bool Diagnose(const ReportView& view, const TableView& table, const RelationReview& review, Findings& findings);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_DIAGNOSIS_DIAGNOSE_H_
