// Targets that cannot be what was meant, and results that answer another
// question.
#include <fmt/format.h>

#include <algorithm>

#include "common/base/text.h"
#include "common/base/words.h"
#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/facts/figures.h"
#include "scoring/core/facts/mentions.h"
#include "scoring/core/verdicts/execution.h"

namespace jixiao::scoring {
namespace {

constexpr int64_t kPercent = 1'000'000;  // of a notation

bool IsCost(const report::v1::IndicatorRow& row) {
  return row.level2().find("成本") != std::string::npos || row.level1() == "成本";
}

// `成本 ≥ 50 万元` or `满意度 ≤ 90%`.
void CheckDirection(const TableView& table, const ReadIndicator& indicator, Findings& findings) {
  const std::string& name = indicator.row.level3().as_written();
  const Operator op = indicator.target.op;
  if (indicator.target.shape != CellShape::kNumber || op == Operator::kNone || op == Operator::kEqual) return;
  const bool at_least = op == Operator::kAtLeast || op == Operator::kMoreThan;
  const auto saves = [&] { return HasAny(name, {"节约", "节省", "降低", "下降", "压减", "收入", "率"}); };
  const auto wants_more = [&] {
    return HasAny(name, {"满意度", "合格率", "完成率", "达标率", "覆盖率", "及时率"}) &&
           !HasAny(name, {"不", "未", "超"});
  };
  const bool wrong_floor = at_least && indicator.target.unit.starts_with("元") && IsCost(indicator.row) && !saves();
  const bool wrong_ceiling = !at_least && indicator.target.unit == "%" && wants_more();
  if (!wrong_floor && !wrong_ceiling) return;
  findings.Add({.rule_id = "OP_DIRECTION",
                .places = {table.PlaceOf(indicator, indicator.row.target(), "年度指标值")},
                .value = fmt::format("“{}”", Shorten(indicator.row.target().as_written(), 20)),
                .expected = wrong_floor ? "成本指标是上限，用“≤”" : "越高越好的指标是下限，用“≥”"});
}

// `290%` for a rate is most likely `≥90%` with the sign read as a 2.
void CheckReadOperator(const TableView& table, const ReadIndicator& indicator, Findings& findings) {
  const std::string& name = indicator.row.level3().as_written();
  const Notation& target = indicator.target;
  if (target.shape != CellShape::kNumber || target.unit != "%" || target.op != Operator::kNone) return;
  const int64_t rest = target.value_micro - 200 * kPercent;
  if (rest < 50 * kPercent || rest >= 100 * kPercent || !HasAny(name, {"率", "满意度"})) return;
  if (indicator.actual.shape != CellShape::kNumber || indicator.actual.value_micro > 100 * kPercent) return;
  const std::string meant = "≥" + FormatScaled(rest, 6) + "%";
  v1::Finding* finding = findings.Add({.rule_id = "OCR_OPERATOR",
                                       .places = {table.PlaceOf(indicator, indicator.row.target(), "年度指标值")},
                                       .value = fmt::format("“{}”", indicator.row.target().as_written()),
                                       .expected = fmt::format("可能是“{}”", meant)});
  if (finding == nullptr) return;
  Suggest(finding->places(0), indicator.row.target().as_written(), meant, "扫描件识别时“≥”常被读成“2”，请对照原件",
          *finding);
}

// The name of the indicator as its target.
void CheckRepeatedName(const TableView& table, const ReadIndicator& indicator, Findings& findings) {
  const std::string_view name = Trim(indicator.row.level3().as_written());
  if (name.size() < 12 || name != Trim(indicator.row.target().as_written())) return;
  findings.Add({.rule_id = "TARGET_IS_NAME",
                .places = {table.PlaceOf(indicator, indicator.row.target(), "年度指标值")},
                .value = fmt::format("指标值与三级指标同为“{}”", Shorten(name, 20)),
                .expected = "写明要达到的数量或程度"});
}

// The year's spending as the result of something counted in percent.
void CheckMoneyForRate(const TableView& table, const ReadIndicator& indicator, Findings& findings) {
  const Notation& actual = indicator.actual;
  if (indicator.target.shape != CellShape::kNumber || indicator.target.unit != "%") return;
  if (actual.shape != CellShape::kNumber || !(actual.unit.empty() || actual.unit == "元")) return;
  const auto* total = TotalRow(table.table);
  if (total == nullptr || actual.value_micro <= 0) return;
  for (const auto* money : {&total->executed(), &total->adjusted_budget(), &total->initial_budget()}) {
    if (money->as_written() != indicator.row.actual().as_written() || !FenOf(*money)) continue;
    // A total of 100 万元 and a result of 100 are no proof.
    if (actual.value_micro <= 100 * kPercent && actual.unit.empty()) continue;
    findings.Add({.rule_id = "VALUE_NONSENSE",
                  .places = {table.PlaceOf(indicator, indicator.row.actual(), "实际完成值")},
                  .value = fmt::format("指标值“{}”，实际完成值“{}”是年度资金总额", indicator.row.target().as_written(),
                                       indicator.row.actual().as_written()),
                  .expected = "与指标值同一口径的比率"});
    return;
  }
}

// A target that was passed many times over: `≥10000` and `…累计18万余条`.
void CheckLowTarget(const TableView& table, const ReadIndicator& indicator, Findings& findings) {
  constexpr int64_t kTimes = 3;
  const Notation& target = indicator.target;
  const bool at_least = target.op == Operator::kAtLeast || target.op == Operator::kMoreThan;
  const std::string& written = indicator.row.actual().as_written();
  if (target.shape != CellShape::kNumber || !at_least || target.value_micro <= 0 || target.unit == "%") return;
  if (indicator.actual.shape != CellShape::kText || written.size() > 120) return;
  const Mentions mentions = FindMentions(written);
  if (mentions.size() != 1) return;
  const Mention& actual = mentions[0];
  if (actual.value_micro / kTimes < target.value_micro) return;
  if (!target.unit.empty() && !UnitsAgree(target.unit, actual.unit)) return;
  const bool stock = HasAny(indicator.row.level3().as_written(), {"累计"}) || HasAny(written, {"累计"});
  findings.Add(
      {.rule_id = "TARGET_TOO_LOW",
       .places = {table.PlaceOf(indicator, indicator.row.target(), "年度指标值"),
                  table.PlaceOf(indicator, indicator.row.actual(), "实际完成值")},
       .value = fmt::format("指标值“{}”，实际完成值“{}”", indicator.row.target().as_written(), Shorten(written, 20)),
       .expected = stock ? "按当年新增数设定目标；累计数是历年的存量" : "按往年完成情况设定目标",
       .difference = fmt::format("约为目标的 {} 倍", actual.value_micro / target.value_micro)});
}

// `度量单位` with something that is no unit, one finding for the table.
void CheckMeasureUnits(const TableView& table, Findings& findings) {
  std::vector<report::v1::Address> places;
  QuotationList list;
  for (const ReadIndicator& indicator : table.indicators) {
    if (indicator.row.measure_unit().as_written().empty()) continue;
    const std::string unit = RemoveBlanks(FoldWidth(indicator.row.measure_unit().as_written()));
    const bool figure = unit.find_first_of("0123456789") != std::string::npos;
    if (!figure && !HasAny(unit, {"≥", "≤"})) continue;
    // `100亩` counts in hundreds.
    if (figure && !HasAny(unit, {"≥", "≤", "%"})) continue;
    if (places.size() < kMostPlaces) {
      places.push_back(table.PlaceOf(indicator, indicator.row.measure_unit(), "度量单位"));
    }
    list.Add(fmt::format("{}：{}", Shorten(indicator.row.level3().as_written(), 12), unit));
  }
  if (places.empty()) return;
  findings.Add({.rule_id = "UNIT_COLUMN",
                .places = std::move(places),
                .value = "度量单位栏写的是数值：" + list.Text(),
                .expected = "计量单位，例如“%”“个”"});
}

// A reason that is none: spending less than the ceiling is what was wanted.
void CheckCostReason(const TableView& table, const ReadIndicator& indicator, const v1::RowScore& score,
                     Findings& findings) {
  if (score.verdict() != v1::VERDICT_MET || score.claimed_milli() >= score.weight_milli()) return;
  const std::string reason = RemoveBlanks(indicator.row.reason().as_written());
  if (!IsCost(indicator.row) || !score.has_claimed_milli() ||
      !HasAny(reason, {"预算减少", "预算调减", "压减", "节约", "减少支出", "支出减少"})) {
    return;
  }
  findings.Add({.rule_id = "COST_DEDUCT",
                .places = {table.PlaceOf(indicator, indicator.row.reason(), "偏差原因")},
                .value = fmt::format("实际“{}”没有超过“{}”，扣 {} 分的原因写“{}”",
                                     Shorten(indicator.row.actual().as_written(), 20),
                                     Shorten(indicator.row.target().as_written(), 20),
                                     FormatPoints(score.weight_milli() - score.claimed_milli()), Shorten(reason, 20)),
                .expected = "花费低于上限不是偏差，不扣分"});
}

}  // namespace

void CheckTargets(const TableView& table, Findings& findings) {
  for (size_t i = 0; i < table.indicators.size(); ++i) {
    const ReadIndicator& indicator = table.indicators[i];
    CheckRepeatedName(table, indicator, findings);
    if (PointsOrZero(indicator.row.weight()) <= 0) continue;
    CheckDirection(table, indicator, findings);
    CheckReadOperator(table, indicator, findings);
    CheckMoneyForRate(table, indicator, findings);
    CheckLowTarget(table, indicator, findings);
    CheckCostReason(table, indicator, table.score.rows(static_cast<int>(i) + 1), findings);
  }
  CheckMeasureUnits(table, findings);
}

}  // namespace jixiao::scoring
