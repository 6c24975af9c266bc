// Puts relations and figures into a clerk's words.
#ifndef JIXIAO_SCORING_CORE_DIAGNOSIS_DESCRIBE_H_
#define JIXIAO_SCORING_CORE_DIAGNOSIS_DESCRIBE_H_

#include <string>
#include <string_view>
#include <vector>

#include "scoring/core/diagnosis/relations.h"
#include "scoring/core/view/report_view.h"

namespace jixiao::scoring {

// `1576.75万元`, `9.91 分`, `92.61%`, `35`.
std::string FormatFigure(int64_t value, FactScale scale);

// Label of the row that `bound` stands for, `任务：机关运行` for a task; empty
// for relations of the whole table.
std::string RowLabel(const BoundRelation& bound, const report::v1::EvaluationTable& table);

// What a slip of the pen did to one figure: `“1401.1”漏了一位数字，原数应为“1401.01”`;
// empty for other causes.
std::string SlipText(v1::Cause cause, const std::string& from, const std::string& meant);

// A title of the relation with the row's label in it.
std::string TitleOf(const BoundRelation& bound, const std::string& title, const report::v1::EvaluationTable& table);

// What a finding says about a relation that fails between `values`.
Observation Describe(const BoundRelation& bound, const std::vector<int64_t>& values, const TableView& table);

// Place of the fact at `index`; made of `title` for reports that were filed
// without addresses.
report::v1::Address PlaceOf(int index, const std::string& title, const TableView& table);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_DIAGNOSIS_DESCRIBE_H_
