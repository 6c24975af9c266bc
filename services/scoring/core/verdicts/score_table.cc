#include "scoring/core/verdicts/score_table.h"

#include <fmt/format.h>

#include <algorithm>

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

void ScoreLevels(const report::v1::EvaluationTable& table, const v1::RuleSet& rule_set, v1::TableScore& score) {
  for (const v1::LevelRule& rule : rule_set.levels()) {
    LevelOf(rule.level1(), score).set_rule_weight_milli(rule.weight_milli());
  }
  for (const v1::RowScore& row : score.rows()) {
    if (row.has_indicator_index()) AddRow(row, LevelOf(table.indicators(row.indicator_index()).level1(), score));
  }
}

void ScoreTotals(const report::v1::EvaluationTable& table, const v1::RuleSet& rule_set, v1::TableScore& score) {
  v1::LevelScore sum;
  std::string terms;
  for (const v1::RowScore& row : score.rows()) AddRow(row, sum);
  const v1::RowScore& execution = score.rows(0);
  terms = "预算执行率 " + FormatPoints(execution.claimed_milli());
  for (const v1::LevelScore& level : score.levels()) {
    if (level.has_weight_milli()) terms += fmt::format(" + {} {}", level.level1(), FormatPoints(level.claimed_milli()));
  }
  score.set_weight_milli(sum.weight_milli());
  score.set_recomputed_milli(sum.claimed_milli());
  score.set_supported_low_milli(sum.supported_low_milli());
  score.set_supported_high_milli(sum.supported_high_milli());
  if (const auto claimed = PointsOf(table.total_score())) {
    score.set_claimed_milli(*claimed);
    score.set_grade(GradeOf(*claimed, rule_set));
  }
  score.set_supported_low_grade(GradeOf(sum.supported_low_milli(), rule_set));
  score.set_supported_high_grade(GradeOf(sum.supported_high_milli(), rule_set));
  if (!table.grade().as_written().empty()) score.set_claimed_grade(table.grade().as_written());

  v1::Trace& trace = *score.mutable_trace();
  trace.set_clause(ClauseOf(rule_set, v1::SCORING_TOPIC_TOTAL));
  AddInput(trace, "总分（填报）", table.total_score());
  trace.set_formula(fmt::format("{} = {}", terms, FormatPoints(sum.claimed_milli())));
  trace.set_result(fmt::format("各行得分合计 {} 分；证据支持 {}", FormatPoints(sum.claimed_milli()),
                               IntervalText(sum.supported_low_milli(), sum.supported_high_milli())));
}

}  // namespace

std::vector<ReadIndicator> ReadIndicators(const report::v1::EvaluationTable& table) {
  std::vector<ReadIndicator> indicators;
  indicators.reserve(static_cast<size_t>(table.indicators_size()));
  for (const auto& row : table.indicators()) indicators.emplace_back(row);
  return indicators;
}

v1::TableScore ScoreTable(const report::v1::EvaluationTable& table, int table_index,
                          const std::vector<ReadIndicator>& indicators, const v1::RuleSet& rule_set) {
  v1::TableScore score;
  score.set_table_index(table_index);
  score.set_title(TableTitle(table));
  *score.add_rows() = ScoreExecution(table, rule_set);
  for (size_t i = 0; i < indicators.size(); ++i) {
    ScoreIndicator(indicators[i], static_cast<int>(i), rule_set, *score.add_rows());
  }
  ScoreLevels(table, rule_set, score);
  ScoreTotals(table, rule_set, score);
  return score;
}

std::string TableTitle(const report::v1::EvaluationTable& table) {
  if (table.kind() != report::v1::REPORT_KIND_PROJECT) return "部门整体支出绩效自评表";
  const std::string& project = table.project_name().as_written();
  return project.empty() ? "项目支出绩效自评表" : fmt::format("项目支出绩效自评表（{}）", project);
}

std::string GradeOf(int64_t points_milli, const v1::RuleSet& rule_set) {
  for (const v1::GradeBand& band : rule_set.grade_bands()) {
    if (points_milli >= band.lower_milli()) return band.grade();
  }
  return rule_set.grade_bands().rbegin()->grade();
}

}  // namespace jixiao::scoring
