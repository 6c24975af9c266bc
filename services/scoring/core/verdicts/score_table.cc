#include "scoring/core/verdicts/score_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "common/domain/decimal.h"
#include "scoring/core/facts/figures.h"
#include "scoring/core/verdicts/execution.h"

namespace jixiao::scoring {
namespace {

v1::LevelScore& LevelOf(const std::string& level1, v1::TableScore& score) {
  for (v1::LevelScore& level : *score.mutable_levels()) {
    if (level.level1() == level1) return level;
  }
  v1::LevelScore& level = *score.add_levels();
  level.set_level1(level1);
  return level;
}

void AddRow(const v1::RowScore& row, v1::LevelScore& level) {
  level.set_weight_milli(level.weight_milli() + row.weight_milli());
  level.set_claimed_milli(level.claimed_milli() + row.claimed_milli());
  level.set_supported_low_milli(level.supported_low_milli() + row.supported_low_milli());
  level.set_supported_high_milli(level.supported_high_milli() + row.supported_high_milli());
}

// True if `row` counts to no level: the execution rate as its own row of the
// table, or as an indicator that stands outside the rule set's levels.
bool IsExecutionRow(const report::v1::EvaluationTable& table, const v1::RowScore& row, const v1::RuleSet& rule_set) {
  if (!row.has_indicator_index()) return true;
  const auto& indicator = table.indicators(row.indicator_index());
  return IsExecutionIndicator(indicator, rule_set.execution()) && RuleOfLevel(indicator.level1(), rule_set) == nullptr;
}

void ScoreLevels(const report::v1::EvaluationTable& table, const v1::RuleSet& rule_set, v1::TableScore& score) {
  for (const v1::LevelRule& rule : rule_set.levels()) {
    LevelOf(rule.level1(), score).set_rule_weight_milli(rule.weight_milli());
  }
  for (const v1::RowScore& row : score.rows()) {
    if (IsExecutionRow(table, row, rule_set)) continue;
    const std::string& level1 = table.indicators(row.indicator_index()).level1();
    const v1::LevelRule* rule = RuleOfLevel(level1, rule_set);
    AddRow(row, LevelOf(rule == nullptr ? level1 : rule->level1(), score));
  }
}

// Rows that do not apply are dropped and the others count for the whole: what
// is supported is rescaled to the weight of all rows.
void RescaleToWeight(const v1::TableScore& score, v1::LevelScore& sum, std::string& formula) {
  int64_t dropped = 0;
  for (const v1::RowScore& row : score.rows()) {
    if (row.verdict() == v1::VERDICT_NOT_APPLICABLE) dropped += row.weight_milli();
  }
  const int64_t kept = sum.weight_milli() - dropped;
  if (dropped <= 0 || kept <= 0) return;
  const auto rescaled = [&](int64_t points) { return MulDivToStep(points, sum.weight_milli(), kept, 10); };
  sum.set_supported_low_milli(rescaled(sum.supported_low_milli()));
  sum.set_supported_high_milli(rescaled(sum.supported_high_milli()));
  formula += fmt::format("；不适用的指标共 {} 分不计，证据支持的得分 × {} ÷ {}", FormatPoints(dropped),
                         FormatPoints(sum.weight_milli()), FormatPoints(kept));
}

void SetGrades(const v1::RuleSet& rule_set, v1::TableScore& score) {
  if (rule_set.grade_bands().empty()) return;
  if (score.has_claimed_milli()) score.set_grade(GradeOf(score.claimed_milli(), rule_set));
  score.set_supported_low_grade(GradeOf(score.supported_low_milli(), rule_set));
  score.set_supported_high_grade(GradeOf(score.supported_high_milli(), rule_set));
}

void ScoreTotals(const report::v1::EvaluationTable& table, const v1::RuleSet& rule_set, v1::TableScore& score) {
  v1::LevelScore sum;
  v1::LevelScore execution;
  for (const v1::RowScore& row : score.rows()) {
    AddRow(row, sum);
    if (IsExecutionRow(table, row, rule_set) && row.has_weight_milli()) AddRow(row, execution);
  }
  std::string terms;
  const auto add = [&](std::string_view name, const v1::LevelScore& part) {
    if (!part.has_weight_milli()) return;
    terms += fmt::format("{}{} {}", terms.empty() ? "" : " + ", name, FormatPoints(part.claimed_milli()));
  };
  add("预算执行率", execution);
  for (const v1::LevelScore& level : score.levels()) add(level.level1(), level);
  std::string formula = fmt::format("{} = {}", terms, FormatPoints(sum.claimed_milli()));
  RescaleToWeight(score, sum, formula);
  score.set_weight_milli(sum.weight_milli());
  score.set_recomputed_milli(sum.claimed_milli());
  score.set_supported_low_milli(sum.supported_low_milli());
  score.set_supported_high_milli(sum.supported_high_milli());
  if (const auto claimed = PointsOf(table.total_score())) score.set_claimed_milli(*claimed);
  SetGrades(rule_set, score);
  if (!table.grade().as_written().empty()) score.set_claimed_grade(table.grade().as_written());

  v1::Trace& trace = *score.mutable_trace();
  trace.set_clause(ClauseOf(rule_set, v1::SCORING_TOPIC_TOTAL));
  AddInput(trace, "总分（填报）", table.total_score());
  trace.set_formula(formula);
  trace.set_result(fmt::format("各行得分合计 {} 分；证据支持 {}", FormatPoints(sum.claimed_milli()),
                               IntervalText(sum.supported_low_milli(), sum.supported_high_milli())));
}

// Of the few rows and totals that are written with their texts in any case.
void DropTexts(v1::TableScore& score) {
  score.clear_title();
  score.clear_trace();
  for (v1::RowScore& row : *score.mutable_rows()) {
    row.clear_label();
    row.clear_trace();
  }
}

}  // namespace

std::vector<ReadIndicator> ReadIndicators(const report::v1::EvaluationTable& table) {
  std::vector<ReadIndicator> indicators;
  indicators.reserve(static_cast<size_t>(table.indicators_size()));
  for (const auto& row : table.indicators()) indicators.emplace_back(row);
  return indicators;
}

void ScoreTable(const report::v1::EvaluationTable& table, int table_index, const std::vector<ReadIndicator>& indicators,
                const v1::RuleSet& rule_set, Detail detail, v1::TableScore& score) {
  score.set_table_index(table_index);
  score.set_title(TableTitle(table));
  *score.add_rows() = ScoreExecution(table, rule_set);
  for (size_t i = 0; i < indicators.size(); ++i) {
    const int index = static_cast<int>(i);
    v1::RowScore& row = *score.add_rows();
    if (IsExecutionIndicator(indicators[i].row, rule_set.execution()) &&
        ScoreExecutionIndicator(table, indicators[i], index, rule_set, row)) {
      continue;
    }
    ScoreIndicator(indicators[i], index, rule_set, detail, row);
  }
  ScoreLevels(table, rule_set, score);
  ScoreTotals(table, rule_set, score);
  if (detail == Detail::kPoints) DropTexts(score);
}

std::string TableTitle(const report::v1::EvaluationTable& table) {
  if (table.kind() != report::v1::REPORT_KIND_PROJECT) return "部门整体支出绩效自评表";
  const std::string& project = table.project_name().as_written();
  return project.empty() ? "项目支出绩效自评表" : fmt::format("项目支出绩效自评表（{}）", project);
}

const v1::LevelRule* RuleOfLevel(std::string_view level1, const v1::RuleSet& rule_set) {
  for (const v1::LevelRule& rule : rule_set.levels()) {
    if (rule.level1() == level1) return &rule;
    for (const std::string& included : rule.includes()) {
      if (included == level1) return &rule;
    }
  }
  return nullptr;
}

std::string GradeOf(int64_t points_milli, const v1::RuleSet& rule_set) {
  if (rule_set.grade_bands().empty()) return "";
  for (const v1::GradeBand& band : rule_set.grade_bands()) {
    if (points_milli >= band.lower_milli()) return band.grade();
  }
  return rule_set.grade_bands().rbegin()->grade();
}

}  // namespace jixiao::scoring
