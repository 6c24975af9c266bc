#include "intake/reader/labels/form_labels.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <iterator>

#include "common/base/text.h"

namespace jixiao::intake {
namespace {

using report::v1::CostItem;
using report::v1::FundRole;
using report::v1::MoneyUnit;

bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool HasOneOf(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return Contains(text, part); });
}

std::string_view WithoutSuffix(std::string_view text, std::string_view suffix) {
  if (text.size() > suffix.size() && text.ends_with(suffix)) text.remove_suffix(suffix.size());
  return text;
}

// Without `(万元)`, `(A)`, `(%)` at the end and colons.
std::string_view Bare(std::string_view label) {
  while (label.ends_with(':')) label.remove_suffix(1);
  if (label.ends_with(')')) {
    const size_t open = label.rfind('(');
    if (open != std::string_view::npos && open > 0) label = label.substr(0, open);
  }
  return label;
}

std::optional<int> ChineseDigit(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kDigits = {"〇", "一", "二", "三", "四",
                                                               "五", "六", "七", "八", "九"};
  for (size_t i = 0; i < kDigits.size(); ++i) {
    if (text.starts_with(kDigits[i])) return static_cast<int>(i);
  }
  if (text.starts_with("零") || text.starts_with("○")) return 0;
  return std::nullopt;
}

// The four digits before `year_sign`, a position of 年 in `label`.
std::optional<int> DigitsBefore(std::string_view label, size_t year_sign) {
  if (year_sign >= 4 && std::all_of(label.begin() + year_sign - 4, label.begin() + year_sign, IsDigit)) {
    int year = 0;
    for (const char c : label.substr(year_sign - 4, 4)) year = year * 10 + (c - '0');
    return year;
  }
  constexpr size_t kHanBytes = 3;
  if (year_sign < 4 * kHanBytes) return std::nullopt;
  int year = 0;
  for (size_t at = year_sign - 4 * kHanBytes; at < year_sign; at += kHanBytes) {
    const auto digit = ChineseDigit(label.substr(at));
    if (!digit) return std::nullopt;
    year = year * 10 + *digit;
  }
  return year;
}

// Without `1、`, `(1)`, `其中:` in front.
std::string_view WithoutNumber(std::string_view label) {
  while (true) {
    std::string_view rest = label;
    if (rest.starts_with("其中")) {
      rest.remove_prefix(std::string_view("其中").size());
      if (rest.starts_with(':')) rest.remove_prefix(1);
    } else {
      if (rest.starts_with('(')) rest.remove_prefix(1);
      const size_t digits = rest.find_first_not_of("0123456789");
      if (digits == 0 || digits == std::string_view::npos) return label;
      rest.remove_prefix(digits);
      if (rest.starts_with(')') || rest.starts_with('.')) {
        rest.remove_prefix(1);
      } else if (rest.starts_with("、")) {
        rest.remove_prefix(std::string_view("、").size());
      } else {
        return label;
      }
    }
    label = rest;
  }
}

}  // namespace

std::string LabelOf(std::string_view text) {
  std::string label;
  label.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    size_t length = 1;
    if (byte > 0x20 && byte < 0x7F) {
      label += text[i];
    } else if (byte >= 0xE4 && byte <= 0xE9 && i + 3 <= text.size()) {  // Han: never blank, never folded
      length = 3;
      label.append(text.substr(i, length));
    } else {
      length = std::max<size_t>(Utf8SequenceLength(text.substr(i)), 1);
      label += FoldWidth(RemoveBlanks(text.substr(i, length)));
    }
    i += length;
  }
  return label;
}

bool Contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool IsEllipsis(std::string_view label) {
  while (!label.empty()) {
    const size_t length = label.starts_with('.') ? 1 : label.starts_with("…") ? 3 : label.starts_with("。") ? 3 : 0;
    if (length == 0) return false;
    label.remove_prefix(length);
  }
  return true;
}

bool IsTableCaption(std::string_view label) {
  if (label.empty() || label.size() > 150) return false;
  const std::string_view bare = Bare(label);
  return bare.ends_with("表") && HasOneOf(bare, {"自评", "评价", "数据", "评分", "绩效"}) && !Contains(bare, "。");
}

bool IsYearLine(std::string_view label) {
  if (label.starts_with('(') && label.ends_with(')')) label = label.substr(1, label.size() - 2);
  return label.size() <= 18 && YearIn(label) && (label.ends_with("年度") || label.ends_with("年"));
}

std::optional<MoneyUnit> UnitLine(std::string_view label) {
  if (label.starts_with('(') && label.ends_with(')')) label = label.substr(1, label.size() - 2);
  label = label.starts_with("金额") ? label.substr(std::string_view("金额").size()) : label;
  if (label == "单位:万元") return report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN;
  if (label == "单位:元") return report::v1::MONEY_UNIT_YUAN;
  if (label == "单位:亿元") return report::v1::MONEY_UNIT_HUNDRED_MILLION_YUAN;
  return std::nullopt;
}

bool IsAnnexLine(std::string_view label) {
  if (!label.starts_with("附件") && !label.starts_with("附表")) return false;
  const std::string_view rest = label.substr(std::string_view("附件").size());
  return rest.find_first_not_of("0123456789:.-") == std::string_view::npos;
}

bool IsNote(std::string_view label) {
  return label.starts_with("注:") || label.starts_with("备注:") || label.starts_with("说明:") ||
         label.starts_with("填表说明");
}

std::optional<MoneyUnit> UnitInHeading(std::string_view label) {
  if (Contains(label, "亿元")) return report::v1::MONEY_UNIT_HUNDRED_MILLION_YUAN;
  if (Contains(label, "万元")) return report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN;
  if (Contains(label, "(元)")) return report::v1::MONEY_UNIT_YUAN;
  return std::nullopt;
}

std::optional<int> YearIn(std::string_view label) {
  constexpr std::string_view kYear = "年";
  for (size_t at = label.find(kYear); at != std::string_view::npos; at = label.find(kYear, at + 1)) {
    const auto year = DigitsBefore(label, at);
    if (year && *year >= 2015 && *year <= 2100) return year;
  }
  return std::nullopt;
}

PointedLabel SplitPoints(std::string_view label) {
  constexpr std::string_view kPoints = "分";
  // `(50分)` behind the name, or `布置工作10分` without brackets.
  std::string_view rest = label;
  const bool in_brackets = rest.ends_with(')');
  if (in_brackets) rest.remove_suffix(1);
  if (!rest.ends_with(kPoints)) return {std::string(label), std::nullopt};
  rest.remove_suffix(kPoints.size());
  size_t start = rest.size();
  while (start > 0 && (IsDigit(rest[start - 1]) || rest[start - 1] == '.')) --start;
  if (start == rest.size() || !IsDigit(rest[start])) return {std::string(label), std::nullopt};
  std::string points(rest.substr(start));
  rest = rest.substr(0, start);
  if (in_brackets) {
    if (!rest.ends_with('(')) return {std::string(label), std::nullopt};
    rest.remove_suffix(1);
  }
  return {std::string(rest), std::move(points)};
}

FundColumn FundColumnOf(std::string_view label) {
  // `得分(20分*执行率)` is a score.
  if (Bare(label).ends_with("得分")) return FundColumn::kScore;
  if (HasOneOf(label, {"偏差原因", "未完成原因"})) return FundColumn::kReason;
  if (Contains(label, "执行率")) return FundColumn::kRate;
  if (Contains(label, "执行数")) return FundColumn::kExecuted;
  if (Contains(label, "年初预算")) return FundColumn::kInitial;
  if (Contains(label, "预算数")) return FundColumn::kAdjusted;
  label = Bare(label);
  if (label.ends_with("分值") || label == "权重") return FundColumn::kWeight;
  if (label.ends_with("得分")) return FundColumn::kScore;
  return FundColumn::kNone;
}

TaskColumn TaskColumnOf(std::string_view label) {
  if (label == "任务名称") return TaskColumn::kName;
  if (label == "主要内容") return TaskColumn::kDescription;
  if (Contains(label, "执行率")) return TaskColumn::kRate;
  if (Contains(label, "执行数")) return TaskColumn::kExecuted;
  if (Contains(label, "财政资金")) return TaskColumn::kFiscal;
  if (Contains(label, "预算资金") || Contains(label, "预算数")) return TaskColumn::kBudget;
  if (Contains(label, "完成情况")) return TaskColumn::kCompletion;
  return TaskColumn::kNone;
}

IndicatorColumn IndicatorColumnOf(std::string_view label) {
  if (label == "一级指标") return IndicatorColumn::kLevel1;
  if (label == "二级指标") return IndicatorColumn::kLevel2;
  if (IsOneOf(label, {"三级指标", "指标名称"})) return IndicatorColumn::kLevel3;
  if (HasOneOf(label, {"原因", "偏差"})) return IndicatorColumn::kReason;
  if (Contains(label, "核心")) return IndicatorColumn::kCore;
  if (Contains(label, "得分系数")) return IndicatorColumn::kCoefficient;
  if (IsOneOf(Bare(label), {"性质", "指标性质", "指标方向"})) return IndicatorColumn::kNature;
  if (HasOneOf(label, {"审核得分", "复核得分", "复核分"})) return IndicatorColumn::kReviewScore;
  if (HasOneOf(label, {"年初值", "年初指标值"})) return IndicatorColumn::kInitialTarget;
  if (HasOneOf(label, {"完成率", "系数", "标准"})) return IndicatorColumn::kNone;
  if (HasOneOf(label, {"完成值", "实际值", "完成情况"})) return IndicatorColumn::kActual;
  if (HasOneOf(label, {"指标值", "目标值", "调整值"})) return IndicatorColumn::kTarget;
  label = Bare(label);
  if (IsOneOf(label, {"度量单位", "计量单位", "单位", "指标单位"})) return IndicatorColumn::kMeasureUnit;
  if (label.ends_with("分值") || label.ends_with("权重")) return IndicatorColumn::kWeight;
  if (label.ends_with("得分")) return IndicatorColumn::kScore;
  return IndicatorColumn::kNone;
}

HeadField HeadFieldOf(std::string_view label) {
  while (label.ends_with(':')) label.remove_suffix(1);
  if (label.ends_with("预算部门名称") || label.ends_with("预算单位名称") ||
      IsOneOf(label,
              {"部门(单位)名称", "部门名称", "单位名称", "部门单位名称", "实施单位", "项目单位", "资金使用单位"})) {
    return label.size() <= 60 ? HeadField::kUnitName : HeadField::kNone;
  }
  if (IsOneOf(label, {"项目支出名称", "项目名称"})) return HeadField::kProjectName;
  if (IsOneOf(label, {"主管部门", "项目主管部门", "主管预算部门"})) return HeadField::kSupervisingDepartment;
  if (IsOneOf(label, {"自评得分", "自评总分"})) return HeadField::kTotalScore;
  if (IsOneOf(label, {"自评结果", "自评等级", "评价等级"})) return HeadField::kGrade;
  if (IsOneOf(label, {"年度总体目标", "年度绩效目标"})) return HeadField::kExpectedGoals;
  if (IsOneOf(label, {"年度总体目标完成情况", "年度绩效目标完成情况"})) return HeadField::kActualGoals;
  return HeadField::kNone;
}

bool IsExpectedGoalsHeading(std::string_view label) {
  return IsOneOf(label, {"预期目标", "年初设定目标", "年度预期目标", "预期总目标"});
}

bool IsActualGoalsHeading(std::string_view label) {
  return IsOneOf(label, {"实际完成情况", "目标实际完成情况", "全年实际完成情况", "年度实际完成情况"});
}

bool IsSideLabel(std::string_view label) {
  const std::string unpointed = SplitPoints(label).name;  // `预算执行情况(万元)(20分)`
  std::string_view bare = unpointed;
  for (const std::string_view unit : {"(万元)", "(元)", "(亿元)"}) bare = WithoutSuffix(bare, unit);
  return IsOneOf(
      bare, {"绩效指标", "年度绩效指标", "指标", "年度总体目标", "总体目标", "年度绩效目标", "年度预算申请", "项目资金",
             "项目资金情况", "资金构成", "预算情况", "预算执行情况", "年度主要任务", "年度预算执行情况"});
}

bool IsBaseSideLabel(std::string_view label) {
  std::string name;
  std::copy_if(label.begin(), label.end(), std::back_inserter(name), [](char c) { return !IsDigit(c); });
  return IsOneOf(name, {"财政供养人员情况(人)", "财政供养人员情况", "经费控制情况(万元)", "经费控制情况(元)",
                        "经费控制情况", "楼堂馆所控制情况(年完工项目)", "楼堂馆所控制情况", "厉行节约保障措施"});
}

bool IsTotalLabel(std::string_view label) {
  while (label.ends_with(':')) label.remove_suffix(1);
  return IsOneOf(label, {"总分", "合计", "总计", "总得分", "总分值", "自评总分"});
}

FundRole FundRoleOf(std::string_view label) {
  if (Contains(label, "总额")) return report::v1::FUND_ROLE_TOTAL;
  if (Contains(label, "非税")) return report::v1::FUND_ROLE_NON_TAX;
  if (Contains(label, "政府性基金")) return report::v1::FUND_ROLE_GOVERNMENT_FUND;
  if (Contains(label, "一般公共预算")) return report::v1::FUND_ROLE_GENERAL_BUDGET;
  if (Contains(label, "结转")) return report::v1::FUND_ROLE_CARRY_OVER;
  if (HasOneOf(label, {"财政拨款", "财政性资金", "财政资金"})) return report::v1::FUND_ROLE_FISCAL;
  if (Contains(label, "其他资金")) return report::v1::FUND_ROLE_OTHER;
  if (Contains(label, "基本支出")) return report::v1::FUND_ROLE_BASIC;
  if (Contains(label, "项目支出")) return report::v1::FUND_ROLE_PROJECT;
  return report::v1::FUND_ROLE_UNKNOWN;
}

CostItem CostItemOf(std::string_view label) {
  label = Bare(WithoutNumber(label));
  if (HasOneOf(label, {"三公"})) return report::v1::COST_ITEM_THREE_PUBLIC;
  if (HasOneOf(label, {"用车购置和", "用车购置及", "用车购置与"})) return report::v1::COST_ITEM_VEHICLES;
  if (IsOneOf(label, {"公车购置", "公务用车购置", "公务用车购置费"})) return report::v1::COST_ITEM_VEHICLE_PURCHASE;
  if (HasOneOf(label, {"公车运行", "用车运行"})) return report::v1::COST_ITEM_VEHICLE_RUNNING;
  if (Contains(label, "出国")) return report::v1::COST_ITEM_ABROAD;
  if (Contains(label, "公务接待")) return report::v1::COST_ITEM_RECEPTION;
  if (label == "项目支出") return report::v1::COST_ITEM_PROJECTS;
  if (label == "公用经费") return report::v1::COST_ITEM_PUBLIC_FUNDS;
  if (label == "办公经费") return report::v1::COST_ITEM_OFFICE;
  if (Contains(label, "差旅费")) return report::v1::COST_ITEM_UTILITIES_TRAVEL;
  if (HasOneOf(label, {"会议费", "培训费"})) return report::v1::COST_ITEM_MEETINGS_TRAINING;
  if (Contains(label, "政府采购")) return report::v1::COST_ITEM_PROCUREMENT;
  if (Contains(label, "基本支出预算调整")) return report::v1::COST_ITEM_BASIC_ADJUSTMENT;
  return report::v1::COST_ITEM_OTHER;
}

std::string CleanFundLabel(std::string_view text) {
  const std::string label = LabelOf(text);
  std::string_view rest = WithoutNumber(label);
  for (const std::string_view group : {"资金来源", "资金结构"}) {
    if (!rest.starts_with(group)) continue;
    rest.remove_prefix(group.size());
    if (rest.starts_with(':')) rest.remove_prefix(1);
    return std::string(WithoutNumber(rest));
  }
  // A number in brackets counts the parts of a group; other prefixes belong to the label.
  if (label.starts_with('(')) return std::string(rest);
  return RemoveBlanks(text);
}

bool IsSharedLevel1(std::string_view name) {
  return IsOneOf(name, {"产出", "效益", "满意度", "成本", "投入管理", "可持续性", "预算执行率", "投入", "过程"});
}

std::string Level1Name(std::string_view label) {
  const std::string_view bare = WithoutSuffix(label, "指标");
  return std::string(IsSharedLevel1(bare) ? bare : label);
}

std::string Level2Name(std::string_view label) { return std::string(WithoutSuffix(label, "指标")); }

std::string_view Level1Of(std::string_view level2) {
  if (IsOneOf(level2, {"数量", "质量", "时效"})) return "产出";
  if (IsOneOf(level2, {"经济效益", "社会效益", "生态效益", "可持续影响"})) return "效益";
  if (level2 == "服务对象满意度") return "满意度";
  return "";
}

}  // namespace jixiao::intake
