#include "properties/random_report.h"

#include <fmt/format.h>

#include "common/domain/decimal.h"

namespace jixiao::testing {
namespace {

using report::v1::EvaluationTable;
using report::v1::IndicatorRow;
using report::v1::Report;
using report::v1::Value;

constexpr const char* kNames[] = {"培训期数",   "补助发放人数", "支出控制率", "公用经费支出", "群众满意度",
                                  "事故发生数", "道路养护里程", "项目成本",   "覆盖率",       "工作规范性",
                                  "政策知晓率", "投诉次数",     "预算执行率"};
constexpr const char* kUnits[] = {"次",   "人",   "%", "万元",       "元",   "亩",
                                  "万亩", "公里", "",  "个城市社区", "千米", "余次"};
constexpr const char* kOperators[] = {"≥",  "≤",      "=",      ">",      "<", ">=", "<=", "≧",
                                      "＝", "不少于", "不超过", "不低于", "",  "",   ""};
constexpr const char* kTexts[] = {"定性",
                                  "提升",
                                  "显著改善",
                                  "及时",
                                  "有效提升",
                                  "基本完成",
                                  "长期",
                                  "全面落实",
                                  "效果较差",
                                  "未完成",
                                  "完成情况良好，群众反映较好",
                                  "年底前",
                                  "2021年12月完成",
                                  "1-12月",
                                  "11月底完成100%",
                                  "2021年11月30日前",
                                  "2022年3月完成",
                                  "完成",
                                  "得到提升。",
                                  "未有效推进",
                                  "不适用",
                                  "无安全事故",
                                  "本年不涉及。",
                                  "未发生"};
constexpr const char* kEmpty[] = {"", "　", "—", "/", "。", "无", "……", "≥", "一", "--"};

class Writer {
 public:
  Writer(uint64_t seed, const scoring::v1::RuleSet& rule_set)
      : dice_(seed), rule_set_(rule_set), has_addresses_(dice_.Chance(50)) {}

  Report Write() {
    Report report;
    auto& content = *report.mutable_content();
    const auto& applies_to = rule_set_.applies_to();
    content.set_fiscal_year(applies_to.last_fiscal_year());
    content.set_kind(static_cast<report::v1::ReportKind>(applies_to.kinds(0)));
    content.mutable_unit()->set_division_code(applies_to.division_codes(0));
    content.mutable_unit()->set_name("临江县农村事业发展中心");
    WriteNarrative(content);
    WriteBaseData(*content.mutable_base_data_table());
    const int tables = dice_.Below(3) + 1;
    for (int i = 0; i < tables; ++i) WriteTable(content, i);
    return report;
  }

 private:
  // A number as written in the table, sometimes with commas or needless zeros.
  std::string Number(int64_t thousandths) {
    std::string text = FormatScaled(thousandths, 3, dice_.Chance(15) ? 2 : 0);
    const size_t dot = std::min(text.find('.'), text.size());
    if (dice_.Chance(20) && dot > 3 && text[0] != '-') text.insert(dot - 3, ",");
    return text;
  }

  std::string Tiered() {
    const auto& tier = rule_set_.tiers(dice_.Below(rule_set_.tiers_size()));
    const bool exact = dice_.Chance(50) || tier.suggestive_words().empty();
    const auto& words = exact ? tier.words() : tier.suggestive_words();
    if (words.empty()) return "提升";
    return words.Get(dice_.Below(words.size())) + (exact ? "" : "提升");
  }

  void WriteCells(IndicatorRow& row) {
    const int kind = dice_.Below(100);
    if (kind < 70) {
      const int64_t divisor = dice_.Chance(50) ? 1'000 : 1;
      const int64_t target = dice_.Chance(8) ? 0 : dice_.Between(1, 400'000) / divisor + 1;
      const std::string unit = dice_.OneOf(kUnits);
      const bool behind = dice_.Chance(10);
      const std::string sign = behind ? "" : dice_.OneOf(kOperators);
      const std::string number = Number(target * 10);
      const std::string after = !behind ? "" : dice_.Chance(50) ? "以上" : "以内";
      row.mutable_target()->set_as_written(sign + number + unit + after);
      const int64_t actual = dice_.Chance(40)   ? target * 10
                             : dice_.Chance(50) ? target * dice_.Between(3, 25)
                                                : dice_.Between(0, 5'000'000);
      const std::string result = Number(actual);
      const std::string result_unit = dice_.Chance(85) ? unit : dice_.OneOf(kUnits);
      row.mutable_actual()->set_as_written(Approximate(result, result_unit));
    } else if (kind < 90) {
      row.mutable_target()->set_as_written(dice_.OneOf(kTexts));
      row.mutable_actual()->set_as_written(dice_.Chance(60)   ? Tiered()
                                           : dice_.Chance(50) ? row.target().as_written()
                                                              : dice_.OneOf(kTexts));
    } else {
      row.mutable_target()->set_as_written(dice_.Chance(50) ? dice_.OneOf(kEmpty) : "0起");
      row.mutable_actual()->set_as_written(dice_.Chance(50) ? dice_.OneOf(kEmpty) : dice_.OneOf(kTexts));
    }
  }

  std::string Approximate(const std::string& number, const std::string& unit) {
    switch (dice_.Below(20)) {
      case 0: return number + "余" + unit;
      case 1: return "约" + number + unit;
      case 2: return "超" + number + unit;
      case 3: return "≥" + number + unit;
      case 4: return "=" + number + unit;
      case 5: return number + unit + "，其中线上3" + unit;
      default: return number + unit;
    }
  }

  void SetPoints(Value& value, int64_t points_milli) {
    value.set_points_milli(points_milli);
    value.set_as_written(FormatPoints(points_milli));
  }

  void WriteIndicator(EvaluationTable& table, int index) {
    auto& row = *table.add_indicators();
    if (dice_.Chance(95) && rule_set_.levels_size() > 0) {
      row.set_level1(rule_set_.levels(dice_.Below(rule_set_.levels_size())).level1());
    } else {
      row.set_level1("成本");
    }
    row.set_level2(dice_.Chance(50) ? "数量" : "质量");
    row.mutable_level3()->set_as_written(fmt::format("{}{}", dice_.OneOf(kNames), index + 1));
    WriteCells(row);
    const int64_t weight = dice_.Chance(80) ? dice_.Between(1, 40) * 500 : dice_.Between(0, 30'000);
    if (dice_.Chance(96)) SetPoints(*row.mutable_weight(), weight);
    const int64_t score = dice_.Chance(60) ? weight : dice_.Between(0, weight + (dice_.Chance(5) ? 2'000 : 0));
    if (dice_.Chance(96)) SetPoints(*row.mutable_score(), score);
    if (dice_.Chance(40))
      row.mutable_reason()->set_as_written(dice_.Chance(50) ? "无偏差" : "资金到位较晚，已调整进度安排");
    if (!has_addresses_) return;
    int column = 0;
    for (Value* value : {row.mutable_level3(), row.mutable_target(), row.mutable_actual(), row.mutable_weight(),
                         row.mutable_score(), row.mutable_reason()}) {
      Place(*value, report::v1::PART_EVALUATION_TABLE, index + 10, column,
            fmt::format("自评表 · {} · 第 {} 列", row.level3().as_written(), column));
      ++column;
    }
  }

  void Place(Value& value, report::v1::Part part, int row, int column, const std::string& label) {
    auto& address = *value.mutable_address();
    address.set_part(part);
    address.set_part_index(table_index_);
    address.set_row_index(row);
    address.set_column_index(column);
    address.set_label(label);
  }

  void SetMoney(Value& value, int64_t fen, const std::string& label) {
    value.set_amount_fen(fen);
    value.set_as_written(FormatScaled(fen, 6));
    if (has_addresses_) Place(value, report::v1::PART_EVALUATION_TABLE, 1, static_cast<int>(label.size()), label);
  }

  void WriteFunds(EvaluationTable& table) {
    const int64_t budget = dice_.Chance(4) ? 0 : dice_.Between(1, 9'000'000) * 10'000;
    const int64_t executed = dice_.Chance(30) ? budget : dice_.Between(0, budget + budget / 50);
    auto& total = *table.add_fund_rows();
    total.set_label("年度资金总额");
    total.set_role(report::v1::FUND_ROLE_TOTAL);
    SetMoney(*total.mutable_initial_budget(), budget, "总额 · 年初预算数");
    if (dice_.Chance(97)) SetMoney(*total.mutable_adjusted_budget(), budget, "总额 · 全年预算数");
    if (dice_.Chance(97)) SetMoney(*total.mutable_executed(), executed, "总额 · 全年执行数");
    if (dice_.Chance(95)) SetPoints(*total.mutable_weight(), rule_set_.execution().weight_milli());
    const int64_t rate = budget == 0 ? 0 : MulDiv(executed, 10'000, budget) * 100 + (dice_.Chance(10) ? 50'000 : 0);
    total.mutable_execution_rate()->set_rate_ppm(rate);
    total.mutable_execution_rate()->set_as_written(FormatRatePercent(rate));
    SetPoints(*total.mutable_score(), MulDiv(rule_set_.execution().weight_milli(), rate, 1'000'000));
    for (const auto role :
         {report::v1::FUND_ROLE_FISCAL, report::v1::FUND_ROLE_CARRY_OVER, report::v1::FUND_ROLE_OTHER}) {
      if (dice_.Chance(30)) continue;
      auto& row = *table.add_fund_rows();
      row.set_role(role);
      row.set_label(fmt::format("其中 {}", static_cast<int>(role)));
      SetMoney(*row.mutable_adjusted_budget(), budget / 3, row.label() + " · 全年预算数");
      SetMoney(*row.mutable_executed(), executed / 3, row.label() + " · 全年执行数");
    }
    for (const auto role : {report::v1::FUND_ROLE_GENERAL_BUDGET, report::v1::FUND_ROLE_GOVERNMENT_FUND}) {
      auto& part = *table.add_by_source();
      part.set_role(role);
      SetMoney(*part.mutable_amount(), dice_.Chance(50) ? executed / 2 : executed / 3, "按收入性质分");
    }
    for (const auto role : {report::v1::FUND_ROLE_BASIC, report::v1::FUND_ROLE_PROJECT}) {
      auto& part = *table.add_by_nature();
      part.set_role(role);
      SetMoney(*part.mutable_amount(), executed / 2, "按支出性质分");
    }
  }

  void WriteTable(report::v1::ReportContent& content, int index) {
    table_index_ = index;
    auto& table = *content.add_evaluation_tables();
    table.set_kind(index == 0 ? content.kind() : report::v1::REPORT_KIND_PROJECT);
    if (table.kind() == report::v1::REPORT_KIND_PROJECT) {
      table.mutable_project_name()->set_as_written(fmt::format("农村公路养护项目{}", index));
    }
    table.set_money_unit(report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN);
    WriteFunds(table);
    const int rows = static_cast<int>(dice_.Between(3, 24));
    int64_t sum = 0;
    for (int i = 0; i < rows; ++i) WriteIndicator(table, i);
    for (const auto& row : table.indicators()) sum += row.score().points_milli();
    SetPoints(*table.mutable_total_weight(), 100'000);
    if (dice_.Chance(95)) SetPoints(*table.mutable_total_score(), sum + (dice_.Chance(20) ? 1'000 : 0));
    if (dice_.Chance(40)) table.mutable_grade()->set_as_written(dice_.Chance(50) ? "优" : "良");
  }

  void WriteNarrative(report::v1::ReportContent& content) {
    for (const auto& required : rule_set_.required_sections()) {
      if (dice_.Chance(10)) continue;
      auto& section = *content.add_sections();
      section.set_role(static_cast<report::v1::SectionRole>(required.roles(0)));
      section.set_heading(required.title());
      // Drawn one after the other: compilers evaluate arguments in any order.
      const std::string spent = FormatScaled(dice_.Between(1, 900'000), 2);
      const std::string reception = FormatScaled(dice_.Between(0, 900), 2);
      const int64_t authorised = dice_.Between(5, 90);
      const int64_t actual = dice_.Between(5, 90);
      const std::string score = FormatScaled(dice_.Between(600, 1'000), 1);
      section.add_paragraphs()->set_text(
          fmt::format("全年支出{}万元，其中公务接待费{}万元，编制{}人，实有{}人，自评得分{}分。", spent, reception,
                      authorised, actual, score));
    }
  }

  void WriteBaseData(report::v1::BaseDataTable& base) {
    base.mutable_authorised_staff()->set_count_milli(dice_.Between(5, 90) * 1'000);
    base.mutable_actual_staff()->set_count_milli(dice_.Between(5, 90) * 1'000);
    for (const auto item : {report::v1::COST_ITEM_THREE_PUBLIC, report::v1::COST_ITEM_RECEPTION}) {
      auto& row = *base.add_cost_rows();
      row.set_item(item);
      SetMoney(*row.mutable_budget(), dice_.Between(0, 900) * 10'000, "基础数据表 · 本年预算数");
      SetMoney(*row.mutable_final(), dice_.Between(0, 900) * 10'000, "基础数据表 · 本年决算数");
    }
  }

  Dice dice_;
  const scoring::v1::RuleSet& rule_set_;
  const bool has_addresses_;
  int table_index_ = 0;
};

}  // namespace

// SplitMix64.
uint64_t Dice::Next() {
  uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

Report RandomReport(uint64_t seed, const scoring::v1::RuleSet& rule_set) { return Writer(seed, rule_set).Write(); }

}  // namespace jixiao::testing
