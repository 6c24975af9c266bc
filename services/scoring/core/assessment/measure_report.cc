#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "scoring/core/assessment/measures.h"
#include "scoring/core/checks/document/completeness.h"
#include "scoring/core/facts/figures.h"
#include "scoring/core/verdicts/execution.h"

namespace jixiao::scoring {
namespace {

// Enough to see what is meant; the rest is counted.
constexpr int kMostInputs = 5;

Measured Computed(int64_t milli) {
  Measured out;
  out.low_milli = out.high_milli = milli;
  out.basis = v1::WORK_SCORE_BASIS_COMPUTED;
  return out;
}

Measured Nothing(std::string why) {
  Measured out = Computed(0);
  out.formula = std::move(why);
  return out;
}

// Rows that speak for or against a score: the first ones as inputs, the rest
// as a number.
class RowInputs {
 public:
  RowInputs(std::string name, Measured& out) : name_(std::move(name)), out_(out) {}
  ~RowInputs() {
    if (count_ > kMostInputs) out_.Input(name_, fmt::format("另有 {} 行", count_ - kMostInputs));
  }
  RowInputs(const RowInputs&) = delete;
  RowInputs& operator=(const RowInputs&) = delete;

  void Add(const TableView& table, const ReadIndicator& indicator) {
    if (++count_ > kMostInputs) return;
    const report::v1::Address place = table.PlaceOf(indicator, indicator.row.level3(), "三级指标");
    out_.Input(name_, Shorten(indicator.row.level3().as_written(), 30), &place);
  }
  int count() const { return count_; }

 private:
  std::string name_;
  Measured& out_;
  int count_ = 0;
};

std::string ProRataText(int64_t points, int64_t part, int64_t whole) {
  return fmt::format("{} × {} ÷ {} = {}", FormatPoints(points), part, whole,
                     FormatScaled(MulDiv(points * 1000, part, whole), 6));
}

// Weights of one table that are as the rule set has them.
int ConformingWeights(const ReportView& view, const TableView& table, Measured& out) {
  int conforming = 0;
  const auto* total = TotalRow(table.table);
  const auto weight = total == nullptr ? std::nullopt : PointsOf(total->weight());
  if (weight == view.rule_set.execution().weight_milli()) {
    ++conforming;
  } else {
    out.Input("权重不符",
              fmt::format("{}：预算执行率 {}", table.score.title(), weight ? FormatPoints(*weight) + " 分" : "未填"));
  }
  for (const v1::LevelScore& level : table.score.levels()) {
    if (!level.has_rule_weight_milli()) continue;
    if (level.weight_milli() == level.rule_weight_milli()) {
      ++conforming;
      continue;
    }
    out.Input("权重不符", fmt::format("{}：{} {} 分，应为 {} 分", table.score.title(), level.level1(),
                                      FormatPoints(level.weight_milli()), FormatPoints(level.rule_weight_milli())));
  }
  return conforming;
}

Measured Weights(const ReportView& view, int64_t points) {
  if (view.tables.empty()) return Nothing("没有自评表，无从核对权重");
  if (view.rule_set.levels_adjustable()) {
    Measured out = Computed(points);
    out.formula = "一级指标权重可以调整，不扣分";
    return out;
  }
  Measured out = Computed(0);
  const int64_t whole = static_cast<int64_t>(view.tables.size()) * (view.rule_set.levels_size() + 1);
  int64_t conforming = 0;
  for (const TableView& table : view.tables) conforming += ConformingWeights(view, table, out);
  out.low_milli = out.high_milli = ProRataPoints(points, conforming, whole);
  out.formula = fmt::format("执行率和各一级指标共 {} 项权重，{} 项符合：{}", whole, conforming,
                            ProRataText(points, conforming, whole));
  out.rounding = "四舍五入到小数点后两位";
  return out;
}

int64_t IndicatorCount(const ReportView& view) {
  int64_t count = 0;
  for (const TableView& table : view.tables) count += static_cast<int64_t>(table.indicators.size());
  return count;
}

// Nothing but a mark. What begins with a Chinese character is a name.
bool IsVague(const std::string& level3) {
  const bool is_name = level3.size() > 3 && IsHan(FrontCodePoint(level3));
  return !is_name && IsEmptyLike(ReadNotation(level3).shape);
}

Measured Level3(const ReportView& view, int64_t points) {
  Measured out = Computed(points);
  const int64_t whole = IndicatorCount(view);
  RowInputs vague("没有细化", out);
  for (const TableView& table : view.tables) {
    for (const ReadIndicator& indicator : table.indicators) {
      if (IsVague(indicator.row.level3().as_written())) vague.Add(table, indicator);
    }
  }
  const int64_t detailed = whole - vague.count();
  out.formula = fmt::format("{} 项指标，{} 项细化到三级", whole, detailed);
  if (detailed < whole) {
    // The manual leaves the deduction to the reviewer.
    out.basis = detailed == 0 ? v1::WORK_SCORE_BASIS_COMPUTED : v1::WORK_SCORE_BASIS_PROPOSED;
    out.low_milli = out.high_milli = ProRataPoints(points, detailed, whole);
    out.formula += fmt::format("：{}，由审核人员酌定", ProRataText(points, detailed, whole));
    out.rounding = "四舍五入到小数点后两位";
  }
  return out;
}

Measured Clear(const ReportView& view, int64_t points) {
  Measured out;
  int64_t measurable = 0;
  const int64_t whole = IndicatorCount(view);
  int blank = 0;
  {
    RowInputs unclear("无法衡量", out);
    for (const TableView& table : view.tables) {
      for (const ReadIndicator& indicator : table.indicators) {
        const CellShape shape = indicator.target.shape;
        if (shape == CellShape::kNumber || shape == CellShape::kDate) ++measurable;
        if (IsEmptyLike(shape) || shape == CellShape::kOperatorOnly) unclear.Add(table, indicator);
      }
    }
    blank = unclear.count();
  }
  out.low_milli = ProRataPoints(points, measurable, whole);
  out.high_milli = ProRataPoints(points, whole - blank, whole);
  out.formula =
      fmt::format("{} 项指标：{} 项指标值可以量化，{} 项是文字表述，{} 项没有指标值；文字表述的由审核人员判断", whole,
                  measurable, whole - measurable - blank, blank);
  out.rounding = "按项数比例，四舍五入到小数点后两位";
  return out;
}

Measured Core(const ReportView& view, int64_t points) {
  Measured out;
  const int64_t whole = IndicatorCount(view);
  int idle = 0;
  {
    RowInputs rows("重复或没有分值", out);
    for (const TableView& table : view.tables) {
      std::set<std::string_view> names;
      for (const ReadIndicator& indicator : table.indicators) {
        const bool is_new = names.insert(Trim(indicator.row.level3().as_written())).second;
        if (!is_new || PointsOf(indicator.row.weight()).value_or(0) <= 0) rows.Add(table, indicator);
      }
    }
    idle = rows.count();
  }
  out.high_milli = ProRataPoints(points, whole - idle, whole);
  out.formula = fmt::format("{} 项指标，{} 项重复或没有分值；是否突出核心须由审核人员判断，最高 {} 分", whole, idle,
                            FormatPoints(out.high_milli));
  return out;
}

bool HasLevel(const TableView& table, std::string_view level1) {
  return std::any_of(table.indicators.begin(), table.indicators.end(), [&](const ReadIndicator& indicator) {
    return indicator.row.level1() == level1 && PointsOf(indicator.row.weight()).value_or(0) > 0;
  });
}

Measured Relevant(const ReportView& view, int64_t points) {
  Measured out;
  int64_t covering = 0;
  for (const TableView& table : view.tables) {
    const bool has_output = HasLevel(table, "产出");
    const bool has_benefit = HasLevel(table, "效益");
    covering += has_output && has_benefit ? 1 : 0;
    if (!has_output) out.Input("没有产出指标", table.score.title());
    if (!has_benefit) out.Input("没有效益指标", table.score.title());
  }
  const auto whole = static_cast<int64_t>(view.tables.size());
  out.high_milli = ProRataPoints(points, covering, whole);
  out.formula = fmt::format("{} 张自评表，{} 张兼有产出和效益指标；指标与支出是否密切相关须由审核人员判断，最高 {} 分",
                            whole, covering, FormatPoints(out.high_milli));
  return out;
}

}  // namespace

Measured MeasureCompleteness(const ReportView& view, const v1::WorkCriterion& criterion) {
  if (criterion.measure() == v1::WORK_MEASURE_BODY_PARTS) {
    const std::vector<std::string> missing = MissingSections(view.content(), view.rule_set);
    Measured out = Deduct(criterion, static_cast<int64_t>(missing.size()), "正文各部分齐全",
                          fmt::format("正文缺 {} 个部分", missing.size()));
    for (const std::string& title : missing) out.Input("正文缺少", title);
    return out;
  }
  const std::vector<MissingAnnex> missing = MissingAnnexes(view.content(), view.rule_set);
  Measured out = Deduct(criterion, static_cast<int64_t>(missing.size()), "附件齐全",
                        fmt::format("附件缺 {} 个部分", missing.size()));
  for (const MissingAnnex& annex : missing) out.Input("附件不全", fmt::format("{}：{}", annex.title, annex.what));
  return out;
}

Measured MeasureIndicators(const ReportView& view, const v1::WorkCriterion& criterion) {
  const int64_t points = criterion.points_milli();
  if (criterion.measure() == v1::WORK_MEASURE_WEIGHTS) return Weights(view, points);
  if (IndicatorCount(view) == 0) return Nothing("自评表没有指标");
  switch (criterion.measure()) {
    case v1::WORK_MEASURE_LEVEL3: return Level3(view, points);
    case v1::WORK_MEASURE_CLEAR_INDICATORS: return Clear(view, points);
    case v1::WORK_MEASURE_CORE_INDICATORS: return Core(view, points);
    default: return Relevant(view, points);
  }
}

}  // namespace jixiao::scoring
