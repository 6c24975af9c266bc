// The checks: each looks at one report and says what it observes. Adding one
// means one function here, one line in RunChecks, one entry in the catalogue.
#ifndef JIXIAO_SCORING_CORE_CHECKS_CHECKS_H_
#define JIXIAO_SCORING_CORE_CHECKS_CHECKS_H_

#include <vector>

#include "common/base/errors.h"
#include "scoring/core/view/report_view.h"
#include "scoring/core/view/text_view.h"

namespace jixiao::scoring {

// Changes of budget during the year.
void CheckBudgetChange(const ReportView& view, const TableView& table, Findings& findings);

// Scores of the execution rate that no relation reaches.
void CheckExecutionScores(const ReportView& view, const TableView& table, Findings& findings);

// Weights, levels, caps, grade.
void CheckWeights(const ReportView& view, const TableView& table, Findings& findings);

// Targets and results of indicators, read as they are written.
void CheckIndicatorValues(const ReportView& view, const TableView& table, Findings& findings);

// Points given and taken: by formula, by tier, with reasons.
void CheckIndicatorScores(const ReportView& view, const TableView& table, Findings& findings);

// What only some forms demand: reasons for a low rate, short texts, scores that
// are a coefficient times the weight, indicators that do not apply.
void CheckRegionRules(const ReportView& view, const TableView& table, Findings& findings);

// Sections and annexes that must be there.
void CheckCompleteness(const ReportView& view, Findings& findings);

// Names, telephones and numbers of persons; who the file itself says wrote it.
void CheckPersonalData(const ReportView& view, Findings& findings);

// Terms of publication, by the dates of the context.
void CheckPublication(const ReportView& view, Findings& findings);

// Dates that are none or contradict each other, by field.
std::vector<FieldViolation> ProblemsOf(const v1::Publication& publication);

// Goals against their results, item by item.
void CheckGoals(const ReportView& view, const TableView& table, Findings& findings);

// Indicators answered in words.
void CheckQualitative(const ReportView& view, const TableView& table, Findings& findings);

// Targets that cannot be what was meant, results that answer something else.
void CheckTargets(const TableView& table, Findings& findings);

// The indicators of a table as a set.
void CheckIndicatorSet(const ReportView& view, const TableView& table, Findings& findings);

// Projects listed in the base data table.
void CheckProjectRows(const ReportView& view, Findings& findings);

// What is looked for in texts, all words found in one pass; CheckTexts runs all.
void CheckTemplateResidue(const TextView& text, Findings& findings);
void CheckForeignUnit(const TextView& text, Findings& findings);
void CheckUnitName(const TextView& text, Findings& findings);
void CheckIdentity(const TextView& text, Findings& findings);
void CheckStatements(const TextView& text, Findings& findings);
void CheckProblemList(const TextView& text, Findings& findings);
void CheckSectionNumbering(const TextView& text, Findings& findings);
void CheckTypography(const TextView& text, Findings& findings);
void CheckTexts(const ReportView& view, Findings& findings);

// Rates and counts in sentences against the tables.
void CheckNarrative(const ReportView& view, const TableView& table, Findings& findings);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_CHECKS_CHECKS_H_
