#include "scoring/core/facts/text_phrases.h"

#include <algorithm>
#include <array>
#include <utility>

#include "common/base/words.h"

namespace jixiao::scoring {
namespace {

bool Strip(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

}  // namespace

bool EndsWithAny(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (text.ends_with(word)) return true;
  }
  return false;
}

std::string_view WithoutFiller(std::string_view label) {
  static constexpr std::array<std::string_view, 17> kFiller = {"为",   "是", "合计", "共计", "共",   "总计",
                                                               "达到", "达", "约",   "总额", "金额", "完成",
                                                               "实际", "计", "大约", "近",   "超过"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view word : kFiller) again |= Strip(label, word);
  }
  return label;
}

std::optional<Quantity> QuantityAtEnd(std::string_view words) {
  static constexpr std::array<std::pair<std::string_view, Quantity>, 29> kNames = {{
      {"整体支出", Quantity::kTotal},
      {"全年支出", Quantity::kTotal},
      {"总支出", Quantity::kTotal},
      {"到位和支出", Quantity::kTotal},
      {"基本支出", Quantity::kBasic},
      {"项目支出", Quantity::kProject},
      {"项目资金支出", Quantity::kProject},
      {"人员支出", Quantity::kPersonnel},
      {"人员经费", Quantity::kPersonnel},
      {"人员经费支出", Quantity::kPersonnel},
      {"公用经费", Quantity::kPublicFunds},
      {"公用支出", Quantity::kPublicFunds},
      {"公用经费支出", Quantity::kPublicFunds},
      {"工资福利支出", Quantity::kWages},
      {"商品和服务支出", Quantity::kGoods},
      {"商品服务支出", Quantity::kGoods},
      {"一般公共预算支出", Quantity::kGeneral},
      {"一般公共预算", Quantity::kGeneral},
      {"政府性基金预算支出", Quantity::kGovernmentFund},
      {"政府性基金支出", Quantity::kGovernmentFund},
      {"政府性基金预算财政拨款支出", Quantity::kGovernmentFund},
      {"政府性基金", Quantity::kGovernmentFund},
      {"国有资本经营预算支出", Quantity::kStateCapital},
      {"固定资产账面净值", Quantity::kFixedAssets},
      {"固定资产净值", Quantity::kFixedAssets},
      {"三公经费", Quantity::kThreePublic},
      {"三公经费支出", Quantity::kThreePublic},
      {"公务接待费", Quantity::kReception},
      {"公务接待费支出", Quantity::kReception},
  }};
  for (const auto& [name, quantity] : kNames) {
    if (words.ends_with(name)) return quantity;
  }
  return std::nullopt;
}

bool IsBare(std::string_view words) {
  Strip(words, "的");
  return words.empty() ||
         EndsWithAny(words, {"年", "年度", "本单位", "我单位", "部门", "整体", "其中", "部门整体", "单位"});
}

std::optional<Qualified> QualifierAtEnd(std::string_view words) {
  // 预算 alone is neither the one of the beginning of the year nor the last one.
  static constexpr std::array<std::pair<std::string_view, Qualifier>, 17> kEnds = {{
      {"年初预算资金", Qualifier::kInitial},
      {"年初预算数", Qualifier::kInitial},
      {"年初预算", Qualifier::kInitial},
      {"年初部门预算", Qualifier::kInitial},
      {"部门预算批复资金", Qualifier::kBudget},
      {"预算批复资金", Qualifier::kBudget},
      {"全年预算数", Qualifier::kBudget},
      {"全年预算", Qualifier::kBudget},
      {"调整后预算数", Qualifier::kBudget},
      {"调整预算数", Qualifier::kBudget},
      {"全年执行数", Qualifier::kExecuted},
      {"预算执行数", Qualifier::kExecuted},
      {"决算数", Qualifier::kExecuted},
      {"支出决算", Qualifier::kExecuted},
      {"预算收入", Qualifier::kIncome},
      {"预算财政拨款收入", Qualifier::kIncome},
      {"实际支出", Qualifier::kExecuted},
  }};
  for (const auto& [end, qualifier] : kEnds) {
    if (!words.ends_with(end)) continue;
    words.remove_suffix(end.size());
    // 一般公共预算收入: the budget is part of the quantity's name.
    if (qualifier == Qualifier::kIncome) words = {words.data(), words.size() + std::string_view("预算").size()};
    Strip(words, "的");
    return Qualified{qualifier, words};
  }
  return std::nullopt;
}

int ChangeSign(std::string_view label) {
  const bool compares = HasAny(label, {"同比", "环比"}) ||
                        (HasAny(label, {"比", "较"}) && HasAny(label, {"上年", "去年", "上一年", "年度", "年"}));
  if (!compares) return 0;
  if (EndsWithAny(WithoutFiller(label), {"增加", "增长", "上升", "提高", "增加了", "增长了", "上升了"})) return 1;
  if (EndsWithAny(WithoutFiller(label),
                  {"减少", "下降", "降低", "压减", "节约", "减少了", "下降了", "降低了", "压减了"})) {
    return -1;
  }
  return 0;
}

std::string_view WordsBeforeChange(std::string_view label) {
  size_t at = label.size();
  for (const std::string_view word : {"比", "较", "同比", "环比"}) at = std::min(at, label.find(word));
  return label.substr(0, at);
}

bool IsLastYear(std::string_view label) { return HasAny(label, {"上年", "去年", "上一年"}); }

bool IsBalance(std::string_view label) { return HasAny(label, {"结余", "结转"}); }

std::optional<Qualifier> ShareOf(std::string_view label) {
  const size_t at = label.rfind("占");
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view whole = label.substr(at);
  if (HasAny(whole,
             {"占总支出", "占支出总额", "占全部支出", "占整体支出", "占部门整体支出", "占全年支出", "占全年总支出"})) {
    return Qualifier::kShare;
  }
  if (whole.starts_with("占基本支出")) return Qualifier::kShareOfBasic;
  return std::nullopt;
}

std::optional<FactKey> StaffKey(std::string_view label) {
  static const FactKey kAuthorised = *FindKey("text.staff.authorised");
  static const FactKey kActual = *FindKey("text.staff.actual");
  static const FactKey kRetired = *FindKey("text.staff.retired");
  static const FactKey kAdministrative = *FindKey("text.staff.administrative");
  static const FactKey kInstitution = *FindKey("text.staff.institution");
  const std::string_view name = WithoutFiller(label);
  if (EndsWithAny(name, {"退休", "退休人员", "退休人数", "退休职工"})) return kRetired;
  if (EndsWithAny(name, {"行政编制", "行政编制数"})) return kAdministrative;
  if (EndsWithAny(name, {"事业编制", "事业编制数"})) return kInstitution;
  // Other groups of persons, and parts of the staff.
  if (HasAny(name, {"行政", "事业", "退休", "离休", "临聘", "工勤", "聘用", "合同制", "临时", "遗属"}))
    return std::nullopt;
  if (EndsWithAny(name, {"编制", "编制数", "编制人数"})) return kAuthorised;
  if (EndsWithAny(
          name, {"实有人数", "实有", "在职人数", "在职人员", "在职工作人员", "在职职工", "实有人员", "在编在岗人员"})) {
    return kActual;
  }
  return std::nullopt;
}

std::string_view LevelIn(std::string_view words) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kLevels = {
      {{"产出指标", "产出"},
       {"效益指标", "效益"},
       {"满意度指标", "满意度"},
       {"成本指标", "成本"},
       {"投入管理指标", "投入管理"},
       {"可持续性指标", "可持续性"},
       {"一级指标预算执行率", "预算执行率"}}};
  std::string_view found;
  size_t found_at = 0;
  for (const auto& [name, level1] : kLevels) {
    const size_t at = words.rfind(name);
    if (at == std::string_view::npos || (!found.empty() && at < found_at)) continue;
    if (EndsWithAny(words.substr(0, at), {"经济", "社会", "生态", "环境", "对象", "公众", "群众"})) continue;
    found = level1;
    found_at = at;
  }
  return found;
}

}  // namespace jixiao::scoring
