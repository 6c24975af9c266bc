// Scores one evaluation table: rows, levels, total, grade.
#ifndef JIXIAO_SCORING_CORE_VERDICTS_SCORE_TABLE_H_
#define JIXIAO_SCORING_CORE_VERDICTS_SCORE_TABLE_H_

#include <string>
#include <string_view>
#include <vector>

#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/ruleset.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "scoring/core/verdicts/verdict.h"

namespace jixiao::scoring {

// Cells of all indicator rows of `table`, read once for scores and checks.
std::vector<ReadIndicator> ReadIndicators(const report::v1::EvaluationTable& table);

// Into the empty `score`, which may live on an arena.
void ScoreTable(const report::v1::EvaluationTable& table, int table_index, const std::vector<ReadIndicator>& indicators,
                const v1::RuleSet& rule_set, Detail detail, v1::TableScore& score);

// `部门整体支出绩效自评表`, or with the project's name for project tables.
std::string TableTitle(const report::v1::EvaluationTable& table);

// The block that `level1` counts to; null if the rule set has none.
const v1::LevelRule* RuleOfLevel(std::string_view level1, const v1::RuleSet& rule_set);

// Grade of `points_milli` by the rule set's bands, read without gaps. Empty if
// the region gives no grades.
std::string GradeOf(int64_t points_milli, const v1::RuleSet& rule_set);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_VERDICTS_SCORE_TABLE_H_
