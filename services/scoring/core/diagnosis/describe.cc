#include "scoring/core/diagnosis/describe.h"

#include <fmt/format.h>

#include <cstdlib>

#include "common/base/text.h"
#include "common/domain/decimal.h"

namespace jixiao::scoring {
namespace {

using report::v1::Address;
using report::v1::EvaluationTable;

// A sum over a whole column points at the column's total, not at every cell.
constexpr size_t kMostPlaces = 6;

int DecimalsOf(FactScale scale) { return scale == FactScale::kFen ? 6 : 3; }

std::string AsWritten(int index, const TableView& table, FactScale scale) {
  const Fact& fact = table.facts.at(index);
  return fact.as_written.empty() ? FormatFigure(fact.value, scale) : std::string(fact.as_written);
}

// `727.8 + 848.95 = 1576.75万元`.
std::string SumText(const FactIndexes& side, const std::vector<int64_t>& values, FactScale scale) {
  std::string sum = FormatFigure(SumOf(side, values), scale);
  if (side.size() <= 1) return sum;
  if (side.size() > kMostPlaces) return sum + "（合计）";
  std::string text;
  for (const int index : side) {
    text += (text.empty() ? "" : " + ") + FormatScaled(values[static_cast<size_t>(index)], DecimalsOf(scale));
  }
  return fmt::format("{} = {}", text, sum);
}

// As the clerk wrote it if it is one figure.
std::string Operand(const FactIndexes& side, const std::vector<int64_t>& values, const TableView& table,
                    FactScale scale) {
  if (side.size() == 1) return AsWritten(side.front(), table, scale);
  return FormatFigure(SumOf(side, values), scale);
}

class Describer {
 public:
  Describer(const BoundRelation& bound, const std::vector<int64_t>& values, const TableView& table)
      : bound_(bound), values_(values), table_(table), compared_(Compare(bound, values)) {
    observation_.rule_id = compared_.outcome == Outcome::kRounding ? std::string_view(relation().rounding_rule_id())
                                                                   : std::string_view(relation().rule_id());
  }

  Observation Describe() {
    if (bound_.is_ratio()) {
      DescribeRatio();
    } else if (relation().comparison() == v1::COMPARISON_AT_MOST) {
      DescribeBound();
    } else {
      DescribeSum();
    }
    // Reports filed without addresses still learn which relation failed.
    if (observation_.places.empty()) observation_.places.push_back(table_.Place({}, Title(relation().left_title())));
    return std::move(observation_);
  }

 private:
  const v1::Relation& relation() const { return *bound_.relation; }
  std::string Title(const std::string& title) const { return TitleOf(bound_, title, table_.table); }
  std::string Figure(int64_t value) const { return FormatFigure(value, bound_.unit); }

  void AddPlaces(const FactIndexes& side, const std::string& title) {
    if (side.size() > kMostPlaces) return;
    for (const int index : side) {
      Address filed = table_.facts.at(index).address();
      if (filed.has_label()) {
        observation_.places.push_back(std::move(filed));
      } else if (side.size() == 1 && bound_.row >= 0) {
        observation_.places.push_back(table_.Place({}, title));
      }
    }
  }

  void DescribeRatio() {
    const FactScale operands = ScaleOfKey(table_.facts.KeyAt(bound_.left.front())).value_or(FactScale::kFen);
    observation_.places.push_back(PlaceOf(bound_.stated, Title(relation().stated_title()), table_));
    AddPlaces(bound_.right, Title(relation().right_title()));
    AddPlaces(bound_.left, Title(relation().left_title()));
    const std::string left = Operand(bound_.left, values_, table_, operands);
    const std::string right = Operand(bound_.right, values_, table_, operands);
    const int64_t apart = compared_.filed - compared_.expected;
    if (bound_.scale < 0) {
      observation_.value = AsWritten(bound_.stated, table_, bound_.unit);
      observation_.expected = fmt::format("{} ÷ {} = {}", left, right, Figure(compared_.expected));
      observation_.difference = FormatScaled(MulDiv(std::abs(apart), 1, 100), 2) + " 个百分点";
      return;
    }
    const int64_t scale = values_[static_cast<size_t>(bound_.scale)];
    observation_.value = Figure(compared_.filed);
    observation_.expected =
        fmt::format("按比例 {} × {} ÷ {} = {}", FormatPoints(scale), left, right, Figure(compared_.expected));
    if (relation().has_cap_ppm()) {
      observation_.expected += fmt::format("（最高 {}）", Figure(MulDiv(scale, relation().cap_ppm(), 1'000'000)));
    }
    observation_.difference = fmt::format("{} {}", apart > 0 ? "多" : "少", Figure(std::abs(apart)));
  }

  void DescribeBound() {
    AddPlaces(bound_.left, Title(relation().left_title()));
    AddPlaces(bound_.right, Title(relation().right_title()));
    observation_.value = SumText(bound_.left, values_, bound_.unit);
    observation_.expected =
        fmt::format("不超过{} {}", Title(relation().right_title()), SumText(bound_.right, values_, bound_.unit));
    observation_.difference = "超出 " + Figure(compared_.filed - compared_.expected);
  }

  void DescribeSum() {
    AddPlaces(bound_.left, Title(relation().left_title()));
    AddPlaces(bound_.right, Title(relation().right_title()));
    observation_.value =
        fmt::format("{} {}", Title(relation().left_title()), SumText(bound_.left, values_, bound_.unit));
    observation_.expected =
        fmt::format("{} {}", Title(relation().right_title()), SumText(bound_.right, values_, bound_.unit));
    const int64_t apart = compared_.filed - compared_.expected;
    observation_.difference = fmt::format("{} {}", apart > 0 ? "多" : "少", Figure(std::abs(apart)));
  }

  const BoundRelation& bound_;
  const std::vector<int64_t>& values_;
  const TableView& table_;
  Compared compared_;
  Observation observation_{.rule_id = "", .places = {}, .value = "", .expected = "", .difference = ""};
};

}  // namespace

std::string FormatFigure(int64_t value, FactScale scale) {
  switch (scale) {
    case FactScale::kFen: return FormatWanYuan(value);
    case FactScale::kPointsMilli: return FormatPoints(value) + " 分";
    case FactScale::kCountMilli: return FormatScaled(value, 3);
    case FactScale::kRatePpm: return FormatRatePercent(value);
  }
  return "";
}

std::string SlipText(v1::Cause cause, const std::string& from, const std::string& meant) {
  switch (cause) {
    case v1::CAUSE_DIGITS_EXCHANGED: return fmt::format("“{}”有相邻两位数字颠倒，原数应为“{}”", from, meant);
    case v1::CAUSE_DIGIT_LOST: return fmt::format("“{}”漏了一位数字，原数应为“{}”", from, meant);
    case v1::CAUSE_DIGIT_ADDED: return fmt::format("“{}”多写了一位数字，原数应为“{}”", from, meant);
    case v1::CAUSE_DIGIT_MISTYPED: return fmt::format("“{}”有一位数字写错，原数应为“{}”", from, meant);
    case v1::CAUSE_DECIMAL_POINT: return fmt::format("“{}”的小数点点错了位置，原数应为“{}”", from, meant);
    case v1::CAUSE_MONEY_UNIT: return fmt::format("“{}”用错了单位（元与万元相差一万倍），应为“{}”", from, meant);
    case v1::CAUSE_SIGN: return fmt::format("“{}”的正负号写反，应为“{}”", from, meant);
    default: return "";
  }
}

std::string RowLabel(const BoundRelation& bound, const EvaluationTable& table) {
  if (bound.row < 0) return "";
  const std::string_view rows = bound.relation->for_each();
  if (rows.starts_with("table.fund_rows.") && bound.row < table.fund_rows_size()) {
    return table.fund_rows(bound.row).label();
  }
  if (rows.starts_with("table.tasks.") && bound.row < table.tasks_size()) {
    return "任务：" + table.tasks(bound.row).name().as_written();
  }
  return fmt::format("第 {} 行", bound.row + 1);
}

std::string TitleOf(const BoundRelation& bound, const std::string& title, const EvaluationTable& table) {
  return title.find("{label}") == std::string::npos ? title : ReplaceAll(title, "{label}", RowLabel(bound, table));
}

Observation Describe(const BoundRelation& bound, const std::vector<int64_t>& values, const TableView& table) {
  return Describer(bound, values, table).Describe();
}

Address PlaceOf(int index, const std::string& title, const TableView& table) {
  Address filed = table.facts.at(index).address();
  return filed.has_label() ? filed : table.Place({}, title);
}

}  // namespace jixiao::scoring
