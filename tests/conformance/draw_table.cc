#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "common/domain/decimal.h"
#include "conformance/book.h"

namespace jixiao::conformance {
namespace {

using scoring::v1::RuleSet;

constexpr std::string_view kTierWords = "达成预期指标";
constexpr std::string_view kSecondTierWords = "部分达成预期指标并具有一定效果";

constexpr std::array<std::string_view, 6> kReasons = {
    "汛期施工窗口缩短，剩余工作量转入下年第一季度实施，已重新排定工期。",
    "年中职责调整后部分任务移交，移交前的工作量已办结，下年按新职责核定目标。",
    "供应商交货比合同晚，已按约定追究责任，并提前启动下一批采购。",
    "年初目标测算偏高，实际需求比预计少，下年据实调低指标值。",
    "参训人员临时抽调防汛值守，已安排补训，并在计划中预留机动时间。",
    "部分点位需先完成权属核实，核实手续办完后立即补做。"};

// What is managed, and the word that says it is managed well; each level takes
// its own.
struct Managed {
  std::string_view name;
  std::string_view target;
};
constexpr std::array<Managed, 4> kDecisions = {
    {{"立项依据充分性", "充分"}, {"绩效目标合理性", "合理"}, {"绩效指标明确性", "明确"}, {"预算编制科学性", "科学"}}};
constexpr std::array<Managed, 2> kLastingLevel = {{{"人才队伍建设", "健全"}, {"制度机制建设", "健全"}}};
constexpr std::array<Managed, 8> kManaged = {{{"工作任务科学性", "科学"},
                                              {"预算编制完整性", "完整"},
                                              {"资金使用合规性", "合规"},
                                              {"资产管理规范性", "规范"},
                                              {"内控制度有效性", "有效"},
                                              {"会计信息真实性", "真实"},
                                              {"预决算信息公开性", "按时公开"},
                                              {"收支管理规范性", "规范"}}};

class TableMaker {
 public:
  TableMaker(const RuleSet& rule_set, const Book& book, const ProjectBook* project, Random& random)
      : rule_set_(rule_set),
        book_(book),
        funds_(project == nullptr ? book.Total() : project->funds),
        is_project_(project != nullptr),
        owner_(project == nullptr ? "" : project->name),
        random_(random) {
    Shuffled(book.domain->deeds, deeds_);
    Shuffled(book.domain->qualities, qualities_);
    Shuffled(book.domain->benefits, benefits_);
    Shuffled(book.domain->lastings, lastings_);
  }

  TableBook Make() {
    table_.funds = funds_;
    DrawExecution();
    for (const auto& level : rule_set_.levels()) AddLevel(level.level1(), level.weight_milli());
    int64_t total = table_.execution_score;
    for (const IndicatorBook& row : table_.indicators) total += row.score;
    table_.total_score = total;
    table_.grade = GradeIn(rule_set_, total);
    return std::move(table_);
  }

 private:
  template <typename List, typename Out>
  void Shuffled(const List& list, Out& out) {
    out.assign(list.begin(), list.end());
    random_.Shuffle(out);
  }

  template <typename List>
  typename List::value_type TakeFrom(List& list) {
    auto taken = list.back();
    list.pop_back();
    return taken;
  }

  void DrawExecution() {
    const auto& rule = rule_set_.execution();
    const int64_t rate = MulDiv(funds_.executed, 1'000'000, funds_.adjusted);
    if (rule.has_reason_below_ppm() && rate < rule.reason_below_ppm()) {
      table_.execution_reason = "部分合同款项按约定在下年验收后支付，已列入下年第一季度用款计划。";
    }
    const int64_t score = ProRata(rule.weight_milli(), funds_.executed, funds_.adjusted);
    if (rule.indicator_names().empty()) {
      table_.execution_weight = rule.weight_milli();
      table_.execution_score = score;
    } else if (rule.weight_milli() > 0) {
      IndicatorBook& row = table_.indicators.emplace_back();
      row.level1 = "预算执行率";
      row.level2 = "预算执行率";
      row.name = rule.indicator_names(0);
      row.target = "100%";
      row.measure = "%";
      row.actual = FormatRatePercent(MulDiv(funds_.executed, 10'000, funds_.adjusted) * 100);
      row.target = "≥" + row.actual;
      row.weight = rule.weight_milli();
      row.score = score;
      row.reason = score < row.weight ? "部分合同款项按约定在下年支付。" : "";
      row.is_execution = true;
      row.coefficient = row.actual;
    }
  }

  void AddLevel(const std::string& level1, int64_t weight) {
    const size_t first = table_.indicators.size();
    level1_ = level1;
    if (level1 == "产出") {
      AddOutputs();
    } else if (level1 == "效益") {
      AddBenefits();
    } else if (level1 == "绩效") {
      AddOutputs();
      AddBenefits();
    } else if (level1 == "满意度") {
      AddSatisfaction("服务对象满意度");
      if (random_.Chance(25)) AddSatisfaction("服务对象满意度");
    } else if (level1 == "成本") {
      AddCost();
    } else {
      AddManaged();
    }
    ShareWeight(first, weight);
  }

  void AddOutputs() {
    const int64_t count = random_.Between(2, is_project_ ? 3 : 4);
    for (int64_t i = 0; i < count; ++i) AddDeed();
    const int64_t qualities = random_.Between(1, 3);
    for (int64_t i = 0; i < qualities; ++i) AddQuality();
    AddTimely();
    if (!HasLevel("成本")) AddCost();
  }

  void AddBenefits() {
    AddQualitative("经济效益", TakeFrom(benefits_));
    AddQualitative("社会效益", TakeFrom(benefits_));
    if (random_.Chance(40)) AddQualitative("社会效益", TakeFrom(benefits_));
    if (random_.Chance(50)) AddQualitative("生态效益", TakeFrom(lastings_));
    AddQualitative("可持续影响", TakeFrom(lastings_));
    if (!HasLevel("满意度")) AddSatisfaction("满意度");
  }

  bool HasLevel(std::string_view level1) const {
    return std::any_of(rule_set_.levels().begin(), rule_set_.levels().end(),
                       [&](const auto& level) { return level.level1() == level1; });
  }

  IndicatorBook& Add(std::string_view level2, std::string_view name) {
    IndicatorBook& row = table_.indicators.emplace_back();
    row.level1 = level1_;
    row.level2 = level2;
    // A project's rows are its own, not the department's once more.
    row.name = owner_ + std::string(name);
    return row;
  }

  // Operator, number and unit of a target; the result in the same unit.
  void Fill(IndicatorBook& row, std::string_view op, int64_t target, int64_t actual, std::string_view measure) {
    row.is_numeric = true;
    row.target_centi = target;
    row.actual_centi = actual;
    row.measure = measure;
    row.is_ceiling = op == "≤";
    row.is_missed = row.is_ceiling ? actual > target : actual < target;
    row.target = fmt::format("{}{}{}", op, FormatScaled(target, 2), measure);
    row.actual = fmt::format("{}{}", FormatScaled(actual, 2), measure);
  }

  void AddDeed() {
    const Deed deed = TakeFrom(deeds_);
    IndicatorBook& row = Add("数量", deed.name);
    const int64_t target = random_.Between(deed.low, deed.high);
    int64_t actual = target + random_.Below(target / 5 + 1);
    if (random_.Chance(8)) actual = std::max<int64_t>(1, MulDiv(target, random_.Between(700, 960), 1'000));
    Fill(row, random_.Chance(85) || actual != target ? "≥" : "=", target * 100, actual * 100, deed.measure);
  }

  void AddQuality() {
    IndicatorBook& row = Add("质量", TakeFrom(qualities_));
    const int64_t target = random_.Between(90, 100) * 100;
    int64_t actual = std::min<int64_t>(10'000, target + random_.Between(0, 99) * 10);
    if (random_.Chance(6)) actual = target - random_.Between(1, 60) * 10;
    Fill(row, target == 10'000 && actual == target ? "=" : "≥", target, actual, "%");
  }

  void AddTimely() {
    if (random_.Chance(30)) return AddQualitative("时效", "年度任务完成时间");
    IndicatorBook& row = Add("时效", "年度任务按期完成率");
    const int64_t target = random_.Between(90, 100) * 100;
    Fill(row, "≥", target, std::min<int64_t>(10'000, target + random_.Between(0, 5) * 100), "%");
  }

  void AddCost() {
    IndicatorBook& row = Add("成本", is_project_ ? "总成本" : "部门总成本");
    const int64_t spent = funds_.executed / 10'000;
    Fill(row, "≤", funds_.adjusted / 10'000, spent, "万元");
    if (!random_.Chance(30)) return;
    IndicatorBook& price = Add("成本", "宣传资料印制成本");
    const int64_t ceiling = random_.Between(20, 90) * 10;
    Fill(price, "≤", ceiling, ceiling - random_.Between(0, 10) * 5, "元/份");
  }

  void AddSatisfaction(std::string_view level2) {
    const bool is_first = table_.indicators.empty() || table_.indicators.back().level2 != level2;
    IndicatorBook& row = Add(level2, is_first ? fmt::format("{}满意度", book_.domain->served) : "基层单位满意度");
    const int64_t target = random_.Between(85, 95) * 100;
    Fill(row, "≥", target, std::min<int64_t>(9'960, target + random_.Between(0, 40) * 10), "%");
  }

  void AddQualitative(std::string_view level2, std::string_view name) {
    static constexpr std::array<std::string_view, 6> kTargets = {"有所提升", "持续改善", "明显增强",
                                                                 "逐步提高", "成效明显", "稳步推进"};
    IndicatorBook& row = Add(level2, name);
    row.measure = "定性指标";
    row.target = level2 == "时效" ? fmt::format("{}年12月底前", book_.year) : random_.Pick(kTargets);
    row.is_missed = random_.Chance(7);
    row.actual = row.is_missed ? kSecondTierWords : kTierWords;
  }

  void AddManaged() {
    const std::string level2 = level1_ == "投入管理" ? "预算和财务管理" : level1_ + "情况";
    std::span<const Managed> rows = kManaged;
    if (level1_ == "决策") rows = kDecisions;
    if (level1_ == "可持续性") rows = kLastingLevel;
    for (const Managed& managed : rows) {
      IndicatorBook& row = Add(level2, managed.name);
      row.measure = "定性指标";
      row.target = managed.target;
      row.actual = kTierWords;
    }
  }

  // Splits `weight` over the rows of one level, in steps of half a point, and
  // scores them.
  void ShareWeight(size_t first, int64_t weight) {
    const size_t count = table_.indicators.size() - first;
    if (count == 0) return;
    constexpr int64_t kHalf = 500;
    const int64_t rows = static_cast<int64_t>(count);
    const int64_t floor = std::max<int64_t>(kHalf, weight / rows / 2 / 1'000 * 1'000);
    int64_t left = weight - floor * rows;
    for (size_t i = first; i < table_.indicators.size(); ++i) table_.indicators[i].weight = floor;
    const int64_t step = left % 1'000 == 0 ? 1'000 : kHalf;
    while (left >= step) {
      table_.indicators[first + static_cast<size_t>(random_.Below(rows))].weight += step;
      left -= step;
    }
    table_.indicators[first].weight += left;
    for (size_t i = first; i < table_.indicators.size(); ++i) Score(table_.indicators[i]);
  }

  void Score(IndicatorBook& row) {
    row.score = row.weight;
    if (IsHandGiven()) return ScoreByCoefficient(row);
    if (!row.is_missed) {
      row.reason = random_.Chance(50) ? "无偏差" : "";
      return;
    }
    row.reason = random_.Pick(kReasons);
    if (row.is_numeric) {
      row.score = FormulaScore(row, rule_set_.quantitative_formula());
    } else {
      // Inside the second tier, to 1/10 point.
      const auto& tier = rule_set_.tiers(1);
      const int64_t low = (MulDiv(row.weight, tier.lower_ppm(), 1'000'000) + 99) / 100;
      const int64_t high = MulDiv(row.weight, tier.upper_ppm(), 1'000'000) / 100;
      row.score = std::max(low, high - 1) * 100;
      if (high - low > 2) row.score = random_.Between(low, high - 1) * 100;
    }
  }

  bool IsHandGiven() const { return rule_set_.quantitative_formula() == scoring::v1::QUANTITATIVE_FORMULA_HAND_GIVEN; }

  // The unit states what share of the weight it earned, and why not all.
  void ScoreByCoefficient(IndicatorBook& row) {
    int64_t percent = 100;
    if (row.is_missed) {
      percent = row.is_numeric ? MulDiv(row.actual_centi, 100, row.target_centi) - 1 : 70;
      row.reason = random_.Pick(kReasons);
    }
    row.score = MulDiv(MulDiv(row.weight, percent, 100), 1, 10) * 10;
    row.coefficient = fmt::format("{}%", percent);
  }

  const RuleSet& rule_set_;
  const Book& book_;
  const Funds funds_;
  const bool is_project_;
  const std::string owner_;
  Random& random_;
  TableBook table_;
  std::string level1_;
  std::vector<Deed> deeds_;
  std::vector<std::string_view> qualities_;
  std::vector<std::string_view> benefits_;
  std::vector<std::string_view> lastings_;
};

}  // namespace

TableBook DrawTable(const RuleSet& rule_set, const Book& book, const ProjectBook* project, Random& random) {
  return TableMaker(rule_set, book, project, random).Make();
}

int64_t ProRata(int64_t weight_milli, int64_t part, int64_t whole) {
  return std::min(MulDiv(weight_milli / 10, part, whole) * 10, weight_milli);
}

int64_t FormulaScore(const IndicatorBook& row, scoring::v1::QuantitativeFormula formula) {
  const auto to_centi = [](int64_t milli) { return MulDiv(milli, 1, 10) * 10; };
  if (!row.is_ceiling) return to_centi(MulDiv(row.weight, row.actual_centi, row.target_centi));
  if (formula != scoring::v1::QUANTITATIVE_FORMULA_LINEAR) {
    return to_centi(MulDiv(row.weight, row.target_centi, row.actual_centi));
  }
  const int64_t left = std::max<int64_t>(0, 2 * row.target_centi - row.actual_centi);
  return to_centi(MulDiv(row.weight, left, row.target_centi));
}

std::string GradeIn(const RuleSet& rule_set, int64_t points_milli) {
  for (const auto& band : rule_set.grade_bands()) {
    if (points_milli >= band.lower_milli()) return band.grade();
  }
  return rule_set.grade_bands_size() > 0 ? rule_set.grade_bands().rbegin()->grade() : "";
}

}  // namespace jixiao::conformance
