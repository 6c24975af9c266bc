// Mistakes in indicator rows: targets, results, points, reasons.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/domain/decimal.h"
#include "conformance/plant.h"

namespace jixiao::conformance {
namespace {

using report::v1::EvaluationTable;
using report::v1::IndicatorRow;

// One indicator row with what the book says about it.
struct Row {
  int table = 0;
  int index = 0;
  IndicatorRow* row = nullptr;
  const IndicatorBook* truth = nullptr;
};

// A row whose truth satisfies `wanted`; its `row` is null if there is none.
template <typename Wanted>
Row PickRow(Planting& planting, Wanted wanted) {
  std::vector<Row> rows;
  auto& tables = *planting.content().mutable_evaluation_tables();
  for (int t = 0; t < tables.size(); ++t) {
    const TableBook& book = planting.TableOf(t);
    for (int i = 0; i < tables[t].indicators_size(); ++i) {
      const IndicatorBook& truth = book.indicators[static_cast<size_t>(i)];
      if (wanted(truth) && !truth.is_execution) rows.push_back({t, i, tables[t].mutable_indicators(i), &truth});
    }
  }
  return rows.empty() ? Row{} : planting.random().Pick(rows);
}

int FigureOf(Planting& planting, const Row& row, const char* column) {
  return planting.draft().CellOf(fmt::format("table.rows.{}.{}", column, row.index), row.table);
}

// Gives the row other points; total, sentence and grade follow.
void GivePoints(Planting& planting, const Row& row, int64_t points_milli) {
  const int figure = FigureOf(planting, row, "score");
  planting.Place(row.row->score().address());
  planting.draft().Set(figure, FormatPoints(points_milli));
  planting.FollowTotal(row.table);
}

bool IsAny(const IndicatorBook&) { return true; }
bool IsMet(const IndicatorBook& row) { return !row.is_missed && row.weight >= 1'000; }
bool IsMetNumber(const IndicatorBook& row) { return IsMet(row) && row.is_numeric; }
bool IsMissedNumber(const IndicatorBook& row) { return row.is_missed && row.is_numeric; }

bool WeightSumOff(Planting& planting) {
  const Row row = PickRow(planting, IsAny);
  const int figure = row.row == nullptr ? -1 : FigureOf(planting, row, "weight");
  if (figure < 0) return false;
  const int64_t weight = planting.draft().at(figure).number + 1'000 * planting.random().Between(1, 5);
  planting.draft().Set(figure, FormatPoints(weight));
  planting.draft().Set(FigureOf(planting, row, "score"), FormatPoints(weight));
  planting.FollowTotal(row.table);
  report::v1::Address whole;
  whole.set_label("自评表");
  whole.set_part(report::v1::PART_EVALUATION_TABLE);
  whole.set_part_index(row.table);
  planting.Place(whole);
  return planting.Expect({"WEIGHT_TOTAL", "LEVEL_WEIGHT", "LEVEL_PROFILE"});
}

bool ZeroWeight(Planting& planting) {
  const Row row = PickRow(planting, IsAny);
  if (row.row == nullptr) return false;
  planting.draft().Set(FigureOf(planting, row, "weight"), "0");
  planting.draft().Set(FigureOf(planting, row, "score"), "0");
  planting.FollowTotal(row.table);
  planting.Place(row.row->weight().address());
  return planting.Expect({"ZERO_WEIGHT"});
}

bool ScoreAboveWeight(Planting& planting) {
  const Row row = PickRow(planting, IsMet);
  if (row.row == nullptr) return false;
  GivePoints(planting, row, row.truth->weight + 500 * planting.random().Between(1, 4));
  return planting.Expect({"OVER_WEIGHT"});
}

bool TargetBlank(Planting& planting) {
  const Row row = PickRow(planting, IsMet);
  if (row.row == nullptr) return false;
  planting.ChangeCell(*row.row->mutable_target(), "");
  return planting.Expect({"TARGET_BLANK"});
}

bool TargetOperatorOnly(Planting& planting) {
  const Row row = PickRow(planting, IsMetNumber);
  if (row.row == nullptr) return false;
  planting.ChangeCell(*row.row->mutable_target(), row.truth->is_ceiling ? "≤" : "≥");
  return planting.Expect({"TARGET_INCOMPLETE"});
}

bool TargetNoOperator(Planting& planting) {
  const Row row = PickRow(planting, [](const IndicatorBook& r) { return IsMetNumber(r) && !r.is_ceiling; });
  if (row.row == nullptr) return false;
  planting.ChangeCell(*row.row->mutable_target(), FormatScaled(row.truth->target_centi, 2) + row.truth->measure);
  return planting.Expect({"TARGET_NO_OP"});
}

bool OperatorReversed(Planting& planting) {
  const Row row = PickRow(planting, [](const IndicatorBook& r) { return IsMetNumber(r) && r.is_ceiling; });
  if (row.row == nullptr) return false;
  planting.ChangeCell(*row.row->mutable_target(), "≥" + FormatScaled(row.truth->target_centi, 2) + row.truth->measure);
  return planting.Expect({"OP_DIRECTION"});
}

// The target copied into the result, operator and all.
bool ActualHasOperator(Planting& planting) {
  const Row row =
      PickRow(planting, [](const IndicatorBook& r) { return IsMetNumber(r) && !r.target.starts_with("="); });
  if (row.row == nullptr) return false;
  planting.ChangeCell(*row.row->mutable_actual(), row.truth->target);
  return planting.Expect({"ACTUAL_HAS_OP"});
}

bool ActualEmpty(Planting& planting) {
  static constexpr std::array<const char*, 6> kEmpty = {"", "。", "无", "——", "/", "……"};
  const Row row = PickRow(planting, IsMet);
  if (row.row == nullptr) return false;
  planting.ChangeCell(*row.row->mutable_actual(), planting.random().Pick(kEmpty));
  return planting.Expect({"FULL_EMPTY_ACTUAL"});
}

bool ActualUnitMissing(Planting& planting) {
  const Row row = PickRow(planting, IsMetNumber);
  // A column of its own may state the unit.
  if (row.row == nullptr || row.row->has_measure_unit()) return false;
  planting.ChangeCell(*row.row->mutable_actual(), FormatScaled(row.truth->actual_centi, 2));
  return planting.Expect({"UNIT_MISSING"});
}

bool OverCompletion(Planting& planting) {
  const Row row = PickRow(planting, [](const IndicatorBook& r) {
    return IsMetNumber(r) && r.target.starts_with("≥") && r.measure != "%" && r.level2 == "数量";
  });
  if (row.row == nullptr) return false;
  const int64_t actual = MulDiv(row.truth->target_centi, planting.random().Between(140, 900), 10'000) * 100;
  planting.ChangeCell(*row.row->mutable_actual(), FormatScaled(actual, 2) + row.truth->measure);
  return planting.Expect({"OVER_130"});
}

bool NoReason(Planting& planting) {
  const Row row = PickRow(planting, [](const IndicatorBook& r) { return r.is_missed; });
  if (row.row == nullptr) return false;
  planting.Place(row.row->score().address());
  planting.ChangeCell(*row.row->mutable_reason(), planting.random().Chance(50) ? "" : "/");
  return planting.Expect({"DEDUCT_NO_REASON"});
}

bool NoDeviation(Planting& planting) {
  static constexpr std::array<const char*, 3> kWords = {"无偏差", "无偏离", "没有偏差"};
  const Row row = PickRow(planting, [](const IndicatorBook& r) { return r.is_missed; });
  if (row.row == nullptr) return false;
  planting.Place(row.row->score().address());
  planting.ChangeCell(*row.row->mutable_reason(), planting.random().Pick(kWords));
  return planting.Expect({"DEDUCT_NODEV"});
}

bool MetButDeducted(Planting& planting) {
  const Row row = PickRow(planting, IsMetNumber);
  if (row.row == nullptr) return false;
  row.row->mutable_reason()->set_as_written("工作中还有可以改进的地方，下年继续完善。");
  GivePoints(planting, row, row.truth->weight - 500 * planting.random().Between(1, 2));
  return planting.Expect({"MET_BUT_DEDUCTED", "COEFF_SCORE"});
}

bool WrongFormulaScore(Planting& planting) {
  const Row row = PickRow(planting, IsMissedNumber);
  if (row.row == nullptr) return false;
  int64_t points = row.truth->score - 100 * planting.random().Between(2, 9);
  if (planting.random().Chance(50)) points = std::min(row.truth->score + 300, row.truth->weight - 10);
  if (points < 0 || std::abs(points - row.truth->score) <= planting.rule_set().indicator_tolerance_milli())
    return false;
  GivePoints(planting, row, points);
  // Nobody can say what a miss is worth where the formula is silent.
  const auto formula = planting.rule_set().quantitative_formula();
  const bool is_open = formula == scoring::v1::QUANTITATIVE_FORMULA_HAND_GIVEN ||
                       (row.truth->is_ceiling && formula == scoring::v1::QUANTITATIVE_FORMULA_PLAIN);
  return !is_open && planting.Expect({"QUANT_SCORE"});
}

// Words of the second tier with points of the first.
bool WrongTierScore(Planting& planting) {
  const Row row = PickRow(planting, [](const IndicatorBook& r) { return r.is_missed && !r.is_numeric; });
  if (row.row == nullptr) return false;
  GivePoints(planting, row, row.truth->weight - MulDiv(row.truth->weight, 1, 2'000) * 100 - 10);
  return planting.Expect({"QUAL_TIER"});
}

bool WrongGrade(Planting& planting) {
  EvaluationTable& table = *planting.content().mutable_evaluation_tables(0);
  if (!table.has_grade()) return false;
  for (const auto& band : planting.rule_set().grade_bands()) {
    if (band.grade() == table.grade().as_written()) continue;
    planting.ChangeCell(*table.mutable_grade(), band.grade());
    return planting.Expect({"GRADE_BAND"});
  }
  return false;
}

}  // namespace

std::vector<Kind> IndicatorKinds() {
  return {
      {"WEIGHT_SUM_OFF", "分值合计不是 100", WeightSumOff, {"WEIGHT_TOTAL"}, false, true},
      {"ZERO_WEIGHT", "指标分值为 0", ZeroWeight, {"ZERO_WEIGHT"}, false, false},
      {"SCORE_ABOVE_WEIGHT", "得分超过分值", ScoreAboveWeight, {"OVER_WEIGHT"}, false, true},
      {"TARGET_BLANK", "指标值空白", TargetBlank, {"TARGET_BLANK"}, false, true},
      {"TARGET_OPERATOR_ONLY", "指标值只有符号", TargetOperatorOnly, {"TARGET_INCOMPLETE"}, false, true},
      {"TARGET_NO_OPERATOR", "指标值没有符号", TargetNoOperator, {"TARGET_NO_OP"}, false, false},
      {"OPERATOR_REVERSED", "成本指标写成不少于", OperatorReversed, {"OP_DIRECTION"}, false, false},
      {"ACTUAL_HAS_OPERATOR", "完成值带符号", ActualHasOperator, {"ACTUAL_HAS_OP"}, false, true},
      {"ACTUAL_EMPTY", "完成值没有内容却得满分", ActualEmpty, {"FULL_EMPTY_ACTUAL"}, false, true},
      {"ACTUAL_UNIT_MISSING", "完成值缺单位", ActualUnitMissing, {"UNIT_MISSING"}, false, false},
      {"OVER_COMPLETION", "完成值远超指标值", OverCompletion, {"OVER_130"}, false, false},
      {"NO_REASON", "扣分没有原因", NoReason, {"DEDUCT_NO_REASON"}, false, true},
      {"NO_DEVIATION", "扣分却写无偏差", NoDeviation, {"DEDUCT_NODEV"}, false, true},
      {"MET_BUT_DEDUCTED", "达标却扣分", MetButDeducted, {"MET_BUT_DEDUCTED"}, false, true},
      {"WRONG_FORMULA_SCORE", "定量得分不按公式", WrongFormulaScore, {"QUANT_SCORE"}, false, true},
      {"WRONG_TIER_SCORE", "定性得分不在档内", WrongTierScore, {"QUAL_TIER"}, false, false},
      {"WRONG_GRADE", "等级与得分不符", WrongGrade, {"GRADE_BAND"}, true, false},
  };
}

}  // namespace jixiao::conformance
