#include "publish/testing/sample_publication.h"

#include <fmt/format.h>

#include "common/base/digest.h"

namespace jixiao::publish::testing {
namespace {

using report::v1::EvaluationTable;
using report::v1::Value;
using scoring::v1::Finding;
using scoring::v1::RowScore;

struct Cell {
  int part_index;
  int row;
  int column;
};

void Place(const std::string& label, Cell cell, report::v1::Address& address) {
  address.set_label(label);
  address.set_part(report::v1::PART_EVALUATION_TABLE);
  address.set_part_index(cell.part_index);
  address.set_row_index(cell.row);
  address.set_column_index(cell.column);
}

void Write(const std::string& text, const std::string& label, Cell cell, Value& value) {
  value.set_as_written(text);
  Place(label, cell, *value.mutable_address());
}

void AddFunds(EvaluationTable& table) {
  const char* rows[][7] = {{"年度资金总额", "51.82", "117.98", "116.95", "10", "99.13%", "10"},
                           {"  其中：当年财政拨款", "51.82", "117.98", "116.95", "", "", ""},
                           {"上年结转资金", "0", "0", "0", "", "", ""}};
  for (int i = 0; i < 3; ++i) {
    report::v1::FundRow& row = *table.add_fund_rows();
    row.set_label(rows[i][0]);
    row.set_role(i == 0   ? report::v1::FUND_ROLE_TOTAL
                 : i == 1 ? report::v1::FUND_ROLE_FISCAL
                          : report::v1::FUND_ROLE_CARRY_OVER);
    Value* values[] = {row.mutable_initial_budget(), row.mutable_adjusted_budget(), row.mutable_executed(),
                       row.mutable_weight(),         row.mutable_execution_rate(),  row.mutable_score()};
    for (int column = 0; column < 6; ++column) {
      Write(rows[i][column + 1], std::string("自评表 · ") + rows[i][0], {0, i, column + 1}, *values[column]);
    }
  }
  table.mutable_fund_rows(0)->mutable_adjusted_budget()->set_amount_fen(11798'00);
  table.mutable_fund_rows(0)->mutable_executed()->set_amount_fen(11695'00);
}

struct IndicatorText {
  const char* level1;
  const char* level2;
  const char* level3;
  const char* target;
  const char* actual;
  const char* weight;
  const char* score;
  const char* reason;
  int64_t low_milli;
  int64_t high_milli;
  scoring::v1::Verdict verdict;
};

const IndicatorText kIndicators[] = {
    {"产出", "数量", "组织网格员培训", "≥4场次", "4场次", "10", "10", "", 10000, 10000, scoring::v1::VERDICT_MET},
    {"产出", "数量", "走访排查隐患", "≥1200人次", "1100人次", "10", "9", "雨季道路中断", 9167, 9167,
     scoring::v1::VERDICT_MISSED},
    {"产出", "质量", "交办事项办结率", "≥95%", "98%", "10", "10", "", 10000, 10000, scoring::v1::VERDICT_MET},
    {"产出", "时效", "平台事件及时处置", "及时", "基本及时", "10", "10", "", 8000, 9000,
     scoring::v1::VERDICT_TIER_SUGGESTED},
    {"产出", "成本", "公用经费控制", "≤4.8万元", "4.55万元", "10", "10", "", 10000, 10000, scoring::v1::VERDICT_MET},
    {"效益", "社会效益", "提升居民安全感", "≥", "有效提升", "15", "15", "", 0, 15000,
     scoring::v1::VERDICT_UNVERIFIABLE},
    {"效益", "可持续影响", "网格队伍稳定率", "≥90%", "", "15", "14", "无偏差", 0, 0, scoring::v1::VERDICT_NO_EVIDENCE},
    {"满意度", "服务对象满意度", "群众满意度", "≥90%", "96%", "10", "10", "", 10000, 10000, scoring::v1::VERDICT_MET},
};

void AddIndicators(EvaluationTable& table) {
  int row_index = 10;
  for (const IndicatorText& text : kIndicators) {
    report::v1::IndicatorRow& row = *table.add_indicators();
    row.set_level1(text.level1);
    row.set_level2(text.level2);
    const std::string label = fmt::format("自评表 · {} · ", text.level3);
    Write(text.level3, label + "三级指标", {0, row_index, 3}, *row.mutable_level3());
    Write(text.target, label + "年度指标值", {0, row_index, 4}, *row.mutable_target());
    Write(text.actual, label + "实际完成值", {0, row_index, 5}, *row.mutable_actual());
    Write(text.weight, label + "分值", {0, row_index, 6}, *row.mutable_weight());
    Write(text.score, label + "得分", {0, row_index, 7}, *row.mutable_score());
    Write(text.reason, label + "偏差原因", {0, row_index, 8}, *row.mutable_reason());
    ++row_index;
  }
  const std::pair<const char*, const char*> headers[] = {{"产出", "50"}, {"效益", "30"}, {"满意度", "10"}};
  for (const auto& [level1, points] : headers) {
    report::v1::LevelHeader& header = *table.add_level_headers();
    header.set_level1(level1);
    header.mutable_points()->set_as_written(points);
  }
}

void AddProjectTable(report::v1::ReportContent& content) {
  EvaluationTable& table = *content.add_evaluation_tables();
  table.set_kind(report::v1::REPORT_KIND_PROJECT);
  table.set_title("项目支出绩效自评表");
  table.mutable_project_name()->set_as_written("治理网格服务专项");
  table.mutable_supervising_department()->set_as_written("清河县委政法委员会");
  table.mutable_unit_name()->set_as_written("清河县网格化服务中心");
  table.set_money_unit(report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN);
  report::v1::FundRow& row = *table.add_fund_rows();
  row.set_label("年度资金总额");
  row.set_role(report::v1::FUND_ROLE_TOTAL);
  row.mutable_adjusted_budget()->set_as_written("50");
  row.mutable_executed()->set_as_written("40.6");
  row.mutable_weight()->set_as_written("10");
  row.mutable_execution_rate()->set_as_written("81.2%");
  row.mutable_score()->set_as_written("8.12");
  report::v1::IndicatorRow& indicator = *table.add_indicators();
  indicator.set_level1("产出");
  indicator.set_level2("数量");
  indicator.mutable_level3()->set_as_written("配发网格终端");
  indicator.mutable_target()->set_as_written("=41台");
  indicator.mutable_actual()->set_as_written("41台");
  indicator.mutable_weight()->set_as_written("90");
  indicator.mutable_score()->set_as_written("90");
  table.mutable_total_weight()->set_as_written("100");
  table.mutable_total_score()->set_as_written("98.12");
}

void AddBaseData(report::v1::ReportContent& content) {
  report::v1::BaseDataTable& table = *content.mutable_base_data_table();
  table.mutable_authorised_staff()->set_as_written("4");
  table.mutable_actual_staff()->set_as_written("4");
  table.mutable_staff_control_rate()->set_as_written("100%");
  const char* rows[][4] = {{"三公经费", "0", "0.45", "0.21"},
                           {"1、公务用车购置和维护经费", "", "", ""},
                           {"3、公务接待", "0", "0.45", "0.21"},
                           {"项目支出", "81.4", "69.76", "64.88"},
                           {"公用经费", "3.5", "4.8", "4.55"}};
  for (const auto& text : rows) {
    report::v1::CostRow& row = *table.add_cost_rows();
    row.set_label(text[0]);
    row.mutable_prior_final()->set_as_written(text[1]);
    row.mutable_budget()->set_as_written(text[2]);
    row.mutable_final()->set_as_written(text[3]);
  }
  table.mutable_thrift_measures()->set_as_written("执行公务接待审批单制度，办公用品集中采购。");
}

void AddNarrative(report::v1::ReportContent& content) {
  content.set_title("2024年度清河县网格化服务中心部门整体支出绩效自评报告");
  const auto add = [&](const char* number, const char* heading, std::initializer_list<std::string> paragraphs) {
    report::v1::Section& section = *content.add_sections();
    section.set_number(number);
    section.set_heading(heading);
    for (const std::string& paragraph : paragraphs) section.add_paragraphs()->set_text(paragraph);
  };
  add("一、", "基本情况",
      {"（一）机构情况",
       "本中心为全额拨款事业单位，内设综合股、联络股、督考股，年末实有 4 人，统一社会信用代码 12430600MB1234567X。"});
  add("二、", "一般公共预算支出情况", {"2024年度支出合计116.95万元，其中基本支出52.07万元，项目支出64.88万元。"});
  add("六、", "部门整体支出绩效情况",
      {"全年组织网格员培训4场次，走访排查1100人次，按照湘财绩〔2020〕7号文件要求完成自评，对照打分得99分。",
       fmt::format("群众可拨打服务电话：0730-8200{}联系网格员，经办人{}（手机{}）负责登记。", "0136", kSampleClerk,
                   kSampleMobile)});
  add("七、", "存在的问题及原因分析", {"绩效指标设置不够细，个别指标缺少可以量化的目标值。"});
}

RowScore& AddRow(const std::string& label, int64_t weight, int64_t claimed, int64_t low, int64_t high,
                 scoring::v1::Verdict verdict, scoring::v1::TableScore& table) {
  RowScore& row = *table.add_rows();
  row.set_label(label);
  row.set_weight_milli(weight);
  row.set_claimed_milli(claimed);
  row.set_supported_low_milli(low);
  row.set_supported_high_milli(high);
  row.set_verdict(verdict);
  return row;
}

void AddScores(scoring::v1::ScoreCard& card) {
  scoring::v1::TableScore& table = *card.add_tables();
  table.set_table_index(0);
  table.set_title("部门整体支出绩效自评表");
  RowScore& execution = AddRow("执行率", 10000, 10000, 9910, 9910, scoring::v1::VERDICT_MISSED, table);
  scoring::v1::Trace& trace = *execution.mutable_trace();
  trace.set_clause("预算执行率得分 = 分值 × 执行率，最高不超过分值（湘财绩〔2020〕7号）");
  scoring::v1::TraceInput& input = *trace.add_inputs();
  input.set_name("全年执行数");
  input.set_as_written("116.95");
  Place("自评表 · 年度资金总额 · 全年执行数", {0, 0, 3}, *input.mutable_address());
  scoring::v1::TraceInput& budget = *trace.add_inputs();
  budget.set_name("全年预算数");
  budget.set_as_written("117.98");
  trace.set_formula("10 × 116.95 ÷ 117.98 = 9.9127");
  trace.set_rounding("四舍五入到 0.01 分");
  trace.set_result("证据支持 9.91 分");
  int index = 0;
  for (const IndicatorText& text : kIndicators) {
    RowScore& row = AddRow(text.level3, std::stoll(text.weight) * 1000, std::stoll(text.score) * 1000, text.low_milli,
                           text.high_milli, text.verdict, table);
    row.set_indicator_index(index++);
    row.mutable_trace()->set_clause("实际完成值达到年度指标值的得满分，未达到的按完成比例计分");
    row.mutable_trace()->set_formula(fmt::format("目标 {}，实际 {}", text.target, text.actual));
  }
  table.set_claimed_milli(99000);
  table.set_recomputed_milli(98000);
  table.set_supported_low_milli(67077);
  table.set_supported_high_milli(83077);
  table.set_weight_milli(100000);
  table.set_grade("优");
  table.set_supported_low_grade("中");
  table.set_supported_high_grade("良");
  scoring::v1::TableScore& project = *card.add_tables();
  project.set_table_index(1);
  project.set_claimed_milli(98120);
  project.set_supported_low_milli(98120);
  project.set_supported_high_milli(98120);
}

// A sheet with a bare total, and what can be said about each criterion.
void AddWork(report::v1::ReportContent& content, scoring::v1::ScoreCard& card) {
  report::v1::WorkAssessmentSheet& sheet = *content.mutable_work_assessment_sheet();
  for (const auto& [criterion, weight] :
       {std::pair("自评通知", "8分"), {"提交报告", "10分"}, {"反映问题情况", "20分"}}) {
    report::v1::WorkAssessmentRow& row = *sheet.add_rows();
    row.set_criterion(criterion);
    row.mutable_weight()->set_as_written(weight);
  }
  sheet.mutable_total()->set_as_written("98");
  scoring::v1::WorkAssessment& work = *card.mutable_work_assessment();
  work.set_claimed_milli(98000);
  work.set_supported_low_milli(41860);
  work.set_supported_high_milli(86000);
  const auto add = [&](const char* title, int64_t weight, int64_t low, int64_t high, scoring::v1::WorkScoreBasis basis,
                       const char* clause, const char* formula) {
    scoring::v1::WorkCriterionScore& criterion = *work.add_criteria();
    criterion.set_title(title);
    criterion.set_weight_milli(weight);
    criterion.set_supported_low_milli(low);
    criterion.set_supported_high_milli(high);
    criterion.set_basis(basis);
    criterion.mutable_trace()->set_clause(clause);
    criterion.mutable_trace()->set_formula(formula);
    return &criterion;
  };
  add("印发自评通知", 2000, 0, 2000, scoring::v1::WORK_SCORE_BASIS_PROPOSED, "印发绩效自评通知的得 2 分，否则不得分",
      "没有登记佐证材料，正文也没有写明印发了绩效自评通知；核对盖章文件后计 0 分或 2 分");
  add("报告附件齐全", 7000, 5000, 5000, scoring::v1::WORK_SCORE_BASIS_COMPUTED,
      "附件内容齐全的得 7 分，每少 1 个部分扣 2 分，最多扣 7 分", "附件缺 1 个部分：7 − 2 × 1 = 5");
  auto* problems = add("反映问题情况", 20000, 10000, 15000, scoring::v1::WORK_SCORE_BASIS_PROPOSED,
                       "归纳问题、分析原因全面的得 20 分，较全面 16—18 分，不全面 13—15 分，过于简单 10—12 分",
                       "1 条问题，其中 0 条写明原因或附有数据，建议 10—15 分，由审核人员确认");
  scoring::v1::TraceInput& input = *problems->mutable_trace()->add_inputs();
  input.set_name("问题 1");
  input.set_as_written("绩效指标设置不够细，个别指标缺少可以量化的目标值。");
  input.mutable_address()->set_label("正文 七、存在的问题及原因分析 · 第 1 段");
  add("按时报送", 10000, 9000, 9000, scoring::v1::WORK_SCORE_BASIS_CONFIRMED, "每推迟 1 个工作日扣 1 分，最多扣 10 分",
      "审核人员确认 9 分（确认前为 8 分）；逾期 2 个工作日：10 − 1 × 2 = 8");
}

Finding& AddFinding(const std::string& rule, const std::string& title, scoring::v1::Severity severity,
                    const std::string& place, Cell cell, scoring::v1::ScoreCard& card) {
  Finding& finding = *card.add_findings();
  finding.set_id(rule + "-1");
  finding.set_rule_id(rule);
  finding.set_title(title);
  finding.set_severity(severity);
  Place(place, cell, *finding.add_places());
  return finding;
}

void AddFindings(scoring::v1::ScoreCard& card) {
  Finding& total = AddFinding("TOTAL_NOT_SUM", "总分与各项得分之和不一致", scoring::v1::SEVERITY_BLOCKS,
                              "部门整体支出绩效自评表 · 总分 · 得分", {0, 30, 7}, card);
  total.set_value("99 分");
  total.set_expected("98 分");
  total.set_difference("多 1 分");
  total.set_why("总分应当等于各项得分之和，两者不一致时无法确认单位的自评结论。");
  total.set_how_to_fix("核对各项得分，改正总分，或者补上漏计的一项。");
  total.set_clause("自评表填报说明第 3 条（湘财绩〔2020〕7号）");
  scoring::v1::Suggestion& suggestion = *total.add_suggestions();
  suggestion.set_text("执行率得分可能按 10 分以外又加了 1 分");
  scoring::v1::SuggestedChange& change = *suggestion.add_changes();
  Place("部门整体支出绩效自评表 · 总分 · 得分", {0, 30, 7}, *change.mutable_address());
  change.set_from("99");
  change.set_to("98");

  Finding& narrative = AddFinding("NARRATIVE_SCORE", "正文所说得分与自评表不一致", scoring::v1::SEVERITY_EXPLAIN,
                                  "正文“六、部门整体支出绩效情况”第 1 段", {0, 31, 7}, card);
  narrative.set_value("99 分");
  narrative.set_expected("98 分");
  narrative.add_caused_by("TOTAL_NOT_SUM-1");

  Finding& execution =
      AddFinding("EXECUTION_SCORE", "预算执行率得分高于按公式计算的分数", scoring::v1::SEVERITY_EXPLAIN,
                 "部门整体支出绩效自评表 · 年度资金总额 · 得分", {0, 0, 6}, card);
  execution.set_value("10 分");
  execution.set_expected("9.91 分");
  execution.set_difference("多 0.09 分");
  execution.set_why("执行率不足 100% 时，得分应按比例计算。");
  execution.set_how_to_fix("将得分改为 9.91 分，或者说明执行率的计算口径。");
  execution.set_clause("预算执行率得分 = 分值 × 执行率");

  Finding& blank = AddFinding("ACTUAL_BLANK", "得分的指标没有填写实际完成值", scoring::v1::SEVERITY_EXPLAIN,
                              "部门整体支出绩效自评表 · 网格队伍稳定率 · 实际完成值", {0, 16, 5}, card);
  blank.set_value("（空白）");
  blank.set_why("没有完成情况就无法核实得分。");
  blank.set_how_to_fix("补填实际完成值。");

  Finding& personal = AddFinding("PERSONAL_DATA", "正文含有个人联系方式", scoring::v1::SEVERITY_NOTE,
                                 "正文“六、部门整体支出绩效情况”第 2 段", {0, 40, 1}, card);
  personal.set_value(fmt::format("经办人{}，手机{}", kSampleClerk, kSampleMobile));
  personal.set_how_to_fix("公开时已遮盖；报送时请只在联系人栏填写。");
}

}  // namespace

Publication SamplePublication(int version) {
  Publication publication;
  publication.key = {{"430611", "NC01", 2024, report::v1::REPORT_KIND_DEPARTMENT, ""}, version};
  report::v1::ReportContent& content = *publication.report.mutable_content();
  content.mutable_unit()->set_name("清河县网格化服务中心");
  content.set_fiscal_year(2024);
  content.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  content.set_form("hunan");
  EvaluationTable& table = *content.add_evaluation_tables();
  table.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  table.set_title("部门整体支出绩效自评表");
  table.mutable_unit_name()->set_as_written("清河县网格化服务中心");
  table.set_money_unit(report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN);
  AddFunds(table);
  const std::pair<const char*, const char*> parts[] = {
      {"一般公共预算", "116.95"}, {"政府性基金拨款", "0"}, {"其他资金", ""}};
  for (const auto& [label, amount] : parts) {
    report::v1::FundPart& part = *table.add_by_source();
    part.set_label(label);
    part.mutable_amount()->set_as_written(amount);
  }
  report::v1::FundPart& nature = *table.add_by_nature();
  nature.set_label("基本支出");
  nature.mutable_amount()->set_as_written("52.07");
  table.mutable_expected_goals()->set_as_written(
      "目标1：完成网格员培训，提高业务能力。\n目标2：排查隐患，化解矛盾纠纷。");
  table.mutable_actual_goals()->set_as_written(
      fmt::format("目标1：完成培训4场次。\n目标2：排查1100人次。联系人：{} 电话：{}", kSampleClerk, kSampleTelephone));
  AddIndicators(table);
  table.mutable_total_weight()->set_as_written("100");
  Write("99", "自评表 · 总分 · 得分", {0, 30, 7}, *table.mutable_total_score());
  AddProjectTable(content);
  AddBaseData(content);
  AddNarrative(content);
  report::v1::Contact& clerk = *publication.report.add_contacts();
  clerk.set_role(report::v1::CONTACT_ROLE_PREPARER);
  clerk.set_text(kSampleClerk);
  report::v1::Contact& telephone = *publication.report.add_contacts();
  telephone.set_role(report::v1::CONTACT_ROLE_TELEPHONE);
  telephone.set_text(kSampleTelephone);
  publication.report_digest = ContentDigest(fmt::format("report {}", version));
  publication.score_card.set_report_digest(publication.report_digest);
  publication.score_card.set_rule_set("rulesets/hunan-2024-department");
  publication.score_card.set_rule_set_digest(ContentDigest("rule set"));
  publication.score_card.set_engine_version("1");
  AddScores(publication.score_card);
  AddWork(content, publication.score_card);
  AddFindings(publication.score_card);
  v1::FindingExplanation& explanation = publication.explanations.emplace_back();
  explanation.set_finding_id("EXECUTION_SCORE-1");
  explanation.set_text(fmt::format(
      "执行率按决算数计算，年末追加的 1.03 万元因跨年支付未计入，已与国库核对。核对人：{}。", kSampleClerk));
  publication.approval_reason = fmt::format(
      "总分差 1 分系笔误，单位已书面说明（联系人：{}，{}），同意先行公开并限期更正。", kSampleClerk, kSampleTelephone);
  return publication;
}

}  // namespace jixiao::publish::testing
