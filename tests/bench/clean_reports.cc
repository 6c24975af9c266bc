#include "bench/clean_reports.h"

#include <fmt/format.h>

#include <cstdlib>

#include "common/base/log.h"
#include "common/domain/decimal.h"
#include "properties/random_report.h"
#include "scoring/adapters/load_rule_sets.h"

namespace jixiao::bench {
namespace {

using jixiao::testing::Dice;
using report::v1::Value;

struct Level {
  const char* level1;
  const char* level2;
  int rows;
  int64_t weight_milli;  // of one row
  const char* names[4];
  const char* unit;
};

constexpr Level kLevels[] = {
    {"产出",
     "数量",
     20,
     1'000,
     {"组织网格员业务培训", "完成老旧小区改造", "开展安全生产检查", "新建文化活动场所"},
     "次"},
    {"产出", "质量", 20, 1'500, {"项目验收合格率", "补助资金发放准确率", "设备完好率", "信息采集完整率"}, "%"},
    {"效益", "社会效益", 12, 2'500, {"带动就业人数", "服务群众人次", "受益社区数量", "志愿者参与人数"}, "人"},
    {"满意度", "服务对象满意度", 8, 1'250, {"居民满意度", "企业满意度", "服务对象满意度", "干部职工满意度"}, "%"},
};

class Writer {
 public:
  Writer(uint64_t seed, const scoring::v1::RuleSet& rule_set) : dice_(seed), rule_set_(rule_set) {}

  report::v1::Report Write() {
    auto& content = *report_.mutable_content();
    content.set_fiscal_year(2024);
    content.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
    content.set_form("hunan");
    content.mutable_unit()->set_code("430611NC01");
    content.mutable_unit()->set_name("岳阳市君山区农村综合服务中心");
    content.mutable_unit()->set_division_code("430611");
    for (const auto& required : rule_set_.required_sections()) AddSection(required);
    content.mutable_base_data_table();
    content.mutable_work_assessment_sheet();
    auto& table = *content.add_evaluation_tables();
    table.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
    table.set_money_unit(report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN);
    AddFunds(table);
    for (const Level& level : kLevels) {
      for (int i = 0; i < level.rows; ++i) AddRow(level, table);
    }
    SetPoints(*table.mutable_total_weight(), 100'000, "总分 · 分值");
    SetPoints(*table.mutable_total_score(), 100'000, "总分 · 得分");
    return std::move(report_);
  }

 private:
  void AddSection(const scoring::v1::RequiredSection& required) {
    auto& section = *report_.mutable_content()->add_sections();
    section.set_role(static_cast<report::v1::SectionRole>(required.roles(0)));
    section.set_heading(required.title());
    section.add_paragraphs()->set_text(
        "我单位按照年初确定的工作任务安排支出，资金使用符合预算批复的用途，支付手续齐全，会计核算规范。"
        "各项工作按进度推进，服务窗口全年对外开放，办事流程公开，群众办事更加便捷。");
  }

  void Place(Value& value, const std::string& label) {
    auto& address = *value.mutable_address();
    address.set_label("部门整体支出绩效自评表 · " + label);
    address.set_part(report::v1::PART_EVALUATION_TABLE);
    address.set_part_index(0);
    address.set_row_index(row_);
    address.set_column_index(column_++);
    address.set_source_line(200 + row_);
  }

  void SetText(Value& value, const std::string& text, const std::string& label) {
    value.set_as_written(text);
    Place(value, label);
  }

  void SetPoints(Value& value, int64_t points_milli, const std::string& label) {
    value.set_points_milli(points_milli);
    SetText(value, FormatPoints(points_milli), label);
  }

  void SetMoney(Value& value, int64_t fen, const std::string& label) {
    value.set_amount_fen(fen);
    SetText(value, FormatScaled(fen, 6), label);
  }

  void AddFunds(report::v1::EvaluationTable& table) {
    const int64_t money = dice_.Between(10'000, 900'000) * 10'000;
    auto& funds = *table.add_fund_rows();
    funds.set_label("年度资金总额");
    funds.set_role(report::v1::FUND_ROLE_TOTAL);
    SetMoney(*funds.mutable_initial_budget(), money, "年度资金总额 · 年初预算数");
    SetMoney(*funds.mutable_adjusted_budget(), money, "年度资金总额 · 全年预算数");
    SetMoney(*funds.mutable_executed(), money, "年度资金总额 · 全年执行数");
    SetPoints(*funds.mutable_weight(), 10'000, "年度资金总额 · 分值");
    funds.mutable_execution_rate()->set_rate_ppm(1'000'000);
    SetText(*funds.mutable_execution_rate(), "100%", "年度资金总额 · 执行率");
    SetPoints(*funds.mutable_score(), 10'000, "年度资金总额 · 得分");
    auto& source = *table.add_by_source();
    source.set_label("一般公共预算");
    source.set_role(report::v1::FUND_ROLE_GENERAL_BUDGET);
    SetMoney(*source.mutable_amount(), money, "按收入性质分 · 一般公共预算");
    auto& nature = *table.add_by_nature();
    nature.set_label("基本支出");
    nature.set_role(report::v1::FUND_ROLE_BASIC);
    SetMoney(*nature.mutable_amount(), money, "按支出性质分 · 基本支出");
  }

  void AddRow(const Level& level, report::v1::EvaluationTable& table) {
    ++row_;
    column_ = 0;
    auto& row = *table.add_indicators();
    row.set_level1(level.level1);
    row.set_level2(level.level2);
    const std::string name = fmt::format("{}（第{}项）", level.names[row_ % 4], row_);
    SetText(*row.mutable_level3(), name, name);
    const bool is_rate = std::string_view(level.unit) == "%";
    const int64_t target = is_rate ? dice_.Between(85, 98) : dice_.Between(10, 4'000);
    const int64_t actual = is_rate ? dice_.Between(target, 100) : dice_.Between(target, target + target / 5);
    SetText(*row.mutable_target(), fmt::format("≥{}{}", target, level.unit), name + " · 年度指标值");
    SetText(*row.mutable_actual(), fmt::format("{}{}", actual, level.unit), name + " · 实际完成值");
    SetPoints(*row.mutable_weight(), level.weight_milli, name + " · 分值");
    SetPoints(*row.mutable_score(), level.weight_milli, name + " · 得分");
    SetText(*row.mutable_reason(), "", name + " · 偏差原因分析及改进措施");
  }

  Dice dice_;
  const scoring::v1::RuleSet& rule_set_;
  report::v1::Report report_;
  int row_ = 0;
  int column_ = 0;
};

}  // namespace

scoring::v1::RuleSet RuleSetOfHunan() {
  const char* dir = std::getenv("JIXIAO_SOURCE_DIR");
  const auto loaded = scoring::LoadRuleSets(std::string(dir == nullptr ? "." : dir) + "/rulesets");
  JIXIAO_CHECK(loaded.ok());
  const auto hunan = loaded->Find("rulesets/hunan-2024");
  JIXIAO_CHECK(hunan.ok());
  return (*hunan)->rule_set;
}

report::v1::Report CleanReport(uint64_t seed, const scoring::v1::RuleSet& rule_set) {
  return Writer(seed, rule_set).Write();
}

}  // namespace jixiao::bench
