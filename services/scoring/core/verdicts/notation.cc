#include "scoring/core/verdicts/notation.h"

#include <array>
#include <optional>
#include <utility>

#include "common/base/text.h"
#include "common/domain/decimal.h"

namespace jixiao::scoring {
namespace {

constexpr int kMicroScale = 6;
constexpr int64_t kMaxUnitChars = 16;
constexpr int64_t kMaxMicro = 1'000'000'000'000'000'000;

template <size_t N>
bool IsAnyOf(std::string_view text, const std::array<std::string_view, N>& words) {
  for (const std::string_view word : words) {
    if (text == word) return true;
  }
  return false;
}

template <size_t N>
bool HasAnyOf(std::string_view text, const std::array<std::string_view, N>& words) {
  for (const std::string_view word : words) {
    if (text.find(word) != std::string_view::npos) return true;
  }
  return false;
}

// Compared in place where the prefix is a constant, which a call would not be.
[[gnu::always_inline]] inline bool Consume(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

[[gnu::always_inline]] inline bool ConsumeEnd(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

// A sentence behind the number is no unit, nor is another number.
bool IsUnit(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (IsDigit(text[i]) || text[i] == ',') return false;
    if (text[i] == '\xE3' && (text.substr(i).starts_with("。") || text.substr(i).starts_with("、"))) return false;
  }
  return CodePointCount(text) <= kMaxUnitChars;
}

bool IsPlaceholder(std::string_view text) {
  if (IsDigit(text.front())) return false;
  // `一` alone is a dash read by OCR.
  if (text == "一" || text == "XX" || text == "**") return true;
  while (!text.empty()) {
    if (!Consume(text, "—") && !Consume(text, "–") && !Consume(text, "-") && !Consume(text, "/") &&
        !Consume(text, "。") && !Consume(text, "…") && !Consume(text, ".") && !Consume(text, "_")) {
      return false;
    }
  }
  return true;
}

// A date's leading digits must never be taken for a quantity: `11月底完成100%`
// is not 11, `2021年12月完成` is not 2021.
bool LooksLikeDate(std::string_view text) {
  static constexpr std::array<std::string_view, 6> kWhole = {"年底前", "全年", "长期", "年内", "年底", "当年"};
  if (IsAnyOf(text, kWhole)) return true;
  size_t digits = 0;
  while (digits < text.size() && IsDigit(text[digits])) ++digits;
  if (digits == 0) return false;
  const std::string_view rest = text.substr(digits);
  if (digits == 4 && rest.starts_with("年")) return true;
  if (digits <= 2 && rest.starts_with("月")) return true;
  if (digits == 4 && rest.size() >= 2 && (rest[0] == '.' || rest[0] == '-' || rest[0] == '/')) {
    const std::string_view month = rest.substr(1);
    size_t month_digits = 0;
    while (month_digits < month.size() && IsDigit(month[month_digits])) ++month_digits;
    if (month_digits >= 1 && month_digits <= 2 && month.size() > month_digits &&
        (month[month_digits] == '-' || month[month_digits] == '.' || month[month_digits] == '/')) {
      return true;
    }
  }
  // `1-12月`
  const size_t dash = rest.find_first_of("-~");
  return digits <= 2 && dash == 0 && rest.find("月") != std::string_view::npos;
}

Operator ConsumeOperator(std::string_view& text) {
  static constexpr std::array<std::pair<std::string_view, Operator>, 25> kPrefixes = {{
      {">=", Operator::kAtLeast},       {"=>", Operator::kAtLeast},      {"<=", Operator::kAtMost},
      {"=<", Operator::kAtMost},        {"≥", Operator::kAtLeast},       {"≤", Operator::kAtMost},
      {"=", Operator::kEqual},          {">", Operator::kMoreThan},      {"<", Operator::kLessThan},
      {"》", Operator::kAtLeast},       {"不少于", Operator::kAtLeast},  {"不低于", Operator::kAtLeast},
      {"至少", Operator::kAtLeast},     {"不小于", Operator::kAtLeast},  {"达到", Operator::kAtLeast},
      {"大于等于", Operator::kAtLeast}, {"大于", Operator::kMoreThan},   {"不高于", Operator::kAtMost},
      {"不超过", Operator::kAtMost},    {"不超", Operator::kAtMost},     {"不大于", Operator::kAtMost},
      {"不多于", Operator::kAtMost},    {"小于等于", Operator::kAtMost}, {"小于", Operator::kLessThan},
      {"低于", Operator::kLessThan},
  }};
  if (IsDigit(text.front())) return Operator::kNone;
  for (const auto& [prefix, op] : kPrefixes) {
    if (text.front() == prefix.front() && Consume(text, prefix)) return op;
  }
  return Operator::kNone;
}

// Operators behind the number: `95%以上`, `120万元以内`.
Operator ConsumeOperatorAtEnd(std::string_view& text) {
  if (ConsumeEnd(text, "及以上") || ConsumeEnd(text, "以上")) return Operator::kAtLeast;
  if (ConsumeEnd(text, "及以下") || ConsumeEnd(text, "以下") || ConsumeEnd(text, "以内")) return Operator::kAtMost;
  return Operator::kNone;
}

Precision ConsumePrecision(std::string_view& text) {
  if (Consume(text, "约") || Consume(text, "近")) return Precision::kAbout;
  if (Consume(text, "超过") || Consume(text, "超") || Consume(text, "逾")) return Precision::kAtLeastThis;
  return Precision::kExact;
}

// Multiplier in front of the unit, as a power of ten.
int ConsumeMultiplier(std::string_view& unit, Precision& precision) {
  const auto more = [&] {
    if (!Consume(unit, "余") && !Consume(unit, "多")) return;
    if (precision == Precision::kExact) precision = Precision::kAtLeastThis;
  };
  more();
  int power = 0;
  if (Consume(unit, "万")) {
    power = 4;
  } else if (Consume(unit, "亿")) {
    power = 8;
  } else if (unit != "千米" && !unit.starts_with("千克") && Consume(unit, "千")) {
    power = 3;
  }
  more();
  return power;
}

// The number, its multiplier and its unit; empty if there is anything else.
std::optional<Notation> ReadNumber(std::string_view text, Operator op) {
  Notation out;
  out.shape = CellShape::kNumber;
  out.op = op;
  out.precision = ConsumePrecision(text);
  const size_t length = DecimalPrefixLength(text);
  if (length == 0) return std::nullopt;
  const std::optional<Decimal> number = ParseDecimal(text.substr(0, length));
  if (!number) return std::nullopt;
  std::string_view unit = text.substr(length);
  const Operator behind = ConsumeOperatorAtEnd(unit);
  if (behind != Operator::kNone) {
    if (op != Operator::kNone) return std::nullopt;
    out.op = behind;
  }
  if (unit == "百分比" || unit == "个百分点") unit = "%";
  const int power = ConsumeMultiplier(unit, out.precision);
  if (!IsUnit(unit)) return std::nullopt;
  const std::optional<int64_t> value = Rescale(*number, kMicroScale + power);
  // Leaves room to double it; no budget unit counts 10^12 of anything.
  if (!value || *value > kMaxMicro || *value < -kMaxMicro) return std::nullopt;
  out.value_micro = *value;
  out.unit = unit;
  return out;
}

}  // namespace

Notation ReadNotation(std::string_view as_written) {
  const std::string folded = FoldAndRemoveBlanks(as_written);
  std::string_view text = folded;
  Notation out;
  if (text.empty()) return out;
  // Placeholders are marks of the original text: folding leaves them alone.
  if (IsPlaceholder(text)) {
    out.shape = CellShape::kPlaceholder;
    return out;
  }
  if (text == "无") {
    out.shape = CellShape::kNone;
    return out;
  }
  if (text == "定性" || text == "定性指标") {
    out.shape = CellShape::kQualitative;
    return out;
  }
  const Operator op = ConsumeOperator(text);
  if (text.empty()) {
    out.shape = CellShape::kOperatorOnly;
    out.op = op;
    return out;
  }
  if (LooksLikeDate(text)) {
    out.shape = CellShape::kDate;
    out.op = op;
    return out;
  }
  if (auto number = ReadNumber(text, op)) return *number;
  out.shape = CellShape::kText;
  return out;
}

bool IsEmptyLike(CellShape shape) {
  return shape == CellShape::kBlank || shape == CellShape::kPlaceholder || shape == CellShape::kNone;
}

bool SaysInapplicable(std::string_view as_written) {
  static constexpr std::array<std::string_view, 6> kWords = {"不适用",       "不涉及",       "本年不涉及",
                                                             "本年度不涉及", "不涉及该指标", "无此项业务"};
  const std::string written = RemoveBlanks(as_written);
  std::string_view text = written;
  ConsumeEnd(text, "。");
  return IsAnyOf(text, kWords);
}

bool RulesOutEvents(std::string_view words) {
  static constexpr std::array<std::string_view, 8> kDenials = {"无",   "零",   "不发生", "未发生",
                                                               "杜绝", "避免", "没有",   "未出现"};
  static constexpr std::array<std::string_view, 16> kEvents = {"事故", "事件", "投诉", "上访",  "信访", "违规",
                                                               "违纪", "违法", "舆情", "案件",  "差错", "浪费",
                                                               "泄密", "火灾", "发生", "零记录"};
  return HasAnyOf(words, kDenials) && HasAnyOf(words, kEvents);
}

bool HasNegation(std::string_view words) {
  static constexpr std::array<std::string_view, 5> kNegations = {"未", "没", "无", "缺", "非"};
  if (HasAnyOf(words, kNegations)) return true;
  // 不断 is no denial.
  for (size_t at = words.find("不"); at != std::string_view::npos; at = words.find("不", at + 1)) {
    if (!words.substr(at).starts_with("不断")) return true;
  }
  return false;
}

bool UnitsAgree(std::string_view a, std::string_view b) {
  if (a == b) return true;
  return !a.empty() && !b.empty() && (a.starts_with(b) || b.starts_with(a));
}

bool LessIsBetter(std::string_view indicator_name) {
  static constexpr std::array<std::string_view, 15> kWords = {"控制率", "变动率", "调整率",   "结转",     "结余率",
                                                              "受害率", "成灾率", "变质比例", "事件发生", "事故",
                                                              "发生率", "成本",   "支出",     "投诉",     "在预算"};
  return HasAnyOf(indicator_name, kWords);
}

}  // namespace jixiao::scoring
