#include <fmt/format.h>

#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/facts/figures.h"

namespace jixiao::scoring {
namespace {

const v1::LevelScore* FindLevel(const v1::TableScore& score, const std::string& level1) {
  for (const v1::LevelScore& level : score.levels()) {
    if (level.level1() == level1) return &level;
  }
  return nullptr;
}

// What the table's own label promises against what its rows add up to.
void CheckHeaders(const TableView& table, Findings& findings) {
  for (const auto& header : table.table.level_headers()) {
    const auto stated = PointsOf(header.points());
    const v1::LevelScore* level = FindLevel(table.score, header.level1());
    const int64_t sum = level == nullptr ? 0 : level->weight_milli();
    if (!stated || *stated == sum) continue;
    findings.Add({.rule_id = "LEVEL_WEIGHT",
                  .places = {table.Place(header.points(), header.level1() + "指标")},
                  .value = fmt::format("三级指标分值合计 {} 分", FormatPoints(sum)),
                  .expected = fmt::format("表头标明 {} 分", FormatPoints(*stated)),
                  .difference = FormatPoints(sum - *stated) + " 分"});
  }
}

void CheckProfile(const ReportView& view, const TableView& table, Findings& findings) {
  if (view.rule_set.levels_adjustable()) return;
  for (const v1::LevelScore& level : table.score.levels()) {
    if (level.has_rule_weight_milli() && level.weight_milli() == level.rule_weight_milli()) continue;
    const std::string expected = level.has_rule_weight_milli()
                                     ? fmt::format("{} 分", FormatPoints(level.rule_weight_milli()))
                                     : "评分规则没有这个一级指标";
    report::v1::Value none;
    findings.Add({.rule_id = "LEVEL_PROFILE",
                  .places = {table.Place(none, level.level1() + "指标 · 分值")},
                  .value = fmt::format("{} {} 分", level.level1(), FormatPoints(level.weight_milli())),
                  .expected = expected,
                  .difference = level.has_rule_weight_milli()
                                    ? FormatPoints(level.weight_milli() - level.rule_weight_milli()) + " 分"
                                    : ""});
  }
}

void CheckRows(const TableView& table, Findings& findings) {
  for (const ReadIndicator& indicator : table.indicators) {
    const auto weight = PointsOf(indicator.row.weight());
    const auto score = PointsOf(indicator.row.score());
    if (weight && *weight == 0) {
      findings.Add({.rule_id = "ZERO_WEIGHT",
                    .places = {table.PlaceOf(indicator, indicator.row.weight(), "分值")},
                    .value = "分值 0",
                    .expected = "分值大于 0，或删去本行并把分值分到其他指标",
                    .difference = ""});
    }
    if (weight && score && *score > *weight) {
      findings.Add({.rule_id = "OVER_WEIGHT",
                    .places = {table.PlaceOf(indicator, indicator.row.score(), "得分")},
                    .value = FormatPoints(*score) + " 分",
                    .expected = fmt::format("不超过分值 {} 分", FormatPoints(*weight)),
                    .difference = fmt::format("超出 {} 分", FormatPoints(*score - *weight))});
    }
  }
}

void CheckGrade(const TableView& table, Findings& findings) {
  const v1::TableScore& score = table.score;
  if (!score.has_claimed_grade() || !score.has_grade() || score.claimed_grade() == score.grade()) return;
  findings.Add({.rule_id = "GRADE_BAND",
                .places = {table.Place(table.table.grade(), "自评结果")},
                .value = score.claimed_grade(),
                .expected = fmt::format("{} 分对应“{}”", FormatPoints(score.claimed_milli()), score.grade()),
                .difference = ""});
}

}  // namespace

void CheckWeights(const ReportView& view, const TableView& table, Findings& findings) {
  CheckHeaders(table, findings);
  CheckProfile(view, table, findings);
  CheckRows(table, findings);
  CheckGrade(table, findings);
}

}  // namespace jixiao::scoring
