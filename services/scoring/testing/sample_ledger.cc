#include "scoring/testing/sample_ledger.h"

#include <fmt/format.h>

#include "common/base/log.h"
#include "common/base/text.h"
#include "common/domain/decimal.h"

namespace jixiao::scoring::testing {
namespace {

using report::v1::CostItem;
using report::v1::Value;

}  // namespace

SampleLedger::SampleLedger() {
  auto& content = *report_.mutable_content();
  content.set_fiscal_year(2024);
  content.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  content.mutable_unit()->set_division_code("430611");
  content.mutable_unit()->set_name("某某服务中心");
  content.mutable_work_assessment_sheet();
  auto& table = *content.add_evaluation_tables();
  table.set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  table.set_money_unit(report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN);
  AddFunds();
  AddParts();
  AddIndicators();
  AddBaseTable();
  AddNarrative();
}

void SampleLedger::Add(const std::string& name, Kind kind, Value& value, const std::string& text) {
  const bool is_base = name.starts_with("base.") || name.starts_with("staff.");
  cells_[name] = &value;
  kinds_[name] = kind;
  auto& address = *value.mutable_address();
  address.set_label((is_base ? "基础数据表 · " : "自评表 · ") + name);
  address.set_part(is_base ? report::v1::PART_BASE_DATA_TABLE : report::v1::PART_EVALUATION_TABLE);
  if (!is_base) address.set_part_index(0);
  address.set_row_index(next_row_++);
  address.set_column_index(1);
  Write(name, text);
}

void SampleLedger::Write(const std::string& name, const std::string& text) {
  Value& value = Cell(name);
  value.set_as_written(text);
  value.clear_number();
  if (text.empty()) return;
  const bool is_negative = text.front() == '-';
  const auto number = ParseDecimal(text.substr(0, text.find('%')));
  JIXIAO_CHECK(number.has_value() && (number->coefficient < 0) == is_negative);
  switch (kinds_.at(name)) {
    case Kind::kMoney: value.set_amount_fen(*Rescale(*number, 6)); break;
    case Kind::kRate: value.set_rate_ppm(*Rescale(*number, 4)); break;
    case Kind::kPoints: value.set_points_milli(*Rescale(*number, 3)); break;
    case Kind::kCount: value.set_count_milli(*Rescale(*number, 3)); break;
  }
}

void SampleLedger::AddFunds() {
  auto& total = *table().add_fund_rows();
  total.set_label("年度资金总额");
  total.set_role(report::v1::FUND_ROLE_TOTAL);
  Add("funds.initial", Kind::kMoney, *total.mutable_initial_budget(), "480.36");
  Add("funds.adjusted", Kind::kMoney, *total.mutable_adjusted_budget(), "512.36");
  Add("funds.executed", Kind::kMoney, *total.mutable_executed(), "487.53");
  Add("funds.rate", Kind::kRate, *total.mutable_execution_rate(), "95.15%");
  Add("funds.weight", Kind::kPoints, *total.mutable_weight(), "10");
  Add("funds.score", Kind::kPoints, *total.mutable_score(), "9.52");
}

void SampleLedger::AddParts() {
  const auto part = [&](report::v1::FundPart& row, report::v1::FundRole role, const std::string& name,
                        const std::string& text) {
    row.set_role(role);
    row.set_label(name);
    Add(name, Kind::kMoney, *row.mutable_amount(), text);
  };
  // Pointers into repeated fields stay: elements are allocated one by one.
  part(*table().add_by_source(), report::v1::FUND_ROLE_GENERAL_BUDGET, "source.general", "471.28");
  part(*table().add_by_source(), report::v1::FUND_ROLE_GOVERNMENT_FUND, "source.government_fund", "10.25");
  part(*table().add_by_source(), report::v1::FUND_ROLE_OTHER, "source.other", "6");
  part(*table().add_by_nature(), report::v1::FUND_ROLE_BASIC, "nature.basic", "312.47");
  part(*table().add_by_nature(), report::v1::FUND_ROLE_PROJECT, "nature.project", "175.06");
}

void SampleLedger::AddIndicators() {
  struct Row {
    const char* level1;
    const char* weight;
    const char* score;
  };
  const Row rows[] = {{"产出", "20", "20"}, {"产出", "15", "15"},   {"产出", "15", "14.5"},
                      {"效益", "20", "20"}, {"效益", "10", "9.25"}, {"满意度", "10", "10"}};
  int n = 0;
  for (const Row& row : rows) {
    auto& indicator = *table().add_indicators();
    indicator.set_level1(row.level1);
    indicator.mutable_level3()->set_as_written(fmt::format("指标{}", n + 1));
    indicator.mutable_target()->set_as_written("≥90%");
    indicator.mutable_actual()->set_as_written("95%");
    indicator.mutable_reason()->set_as_written("外部因素影响，已制定改进措施");
    Add(fmt::format("rows.{}.weight", n), Kind::kPoints, *indicator.mutable_weight(), row.weight);
    Add(fmt::format("rows.{}.score", n), Kind::kPoints, *indicator.mutable_score(), row.score);
    ++n;
  }
  Add("total.weight", Kind::kPoints, *table().mutable_total_weight(), "100");
  Add("total.score", Kind::kPoints, *table().mutable_total_score(), "98.27");
}

void SampleLedger::AddBaseTable() {
  auto& base = *report_.mutable_content()->mutable_base_data_table();
  base.set_money_unit(report::v1::MONEY_UNIT_TEN_THOUSAND_YUAN);
  Add("staff.authorised", Kind::kCount, *base.mutable_authorised_staff(), "36");
  Add("staff.actual", Kind::kCount, *base.mutable_actual_staff(), "34");
  Add("staff.rate", Kind::kRate, *base.mutable_staff_control_rate(), "94.44%");
  struct Row {
    const char* name;
    CostItem item;
    const char* prior;
    const char* budget;
    const char* final;
  };
  const Row rows[] = {{"three_public", report::v1::COST_ITEM_THREE_PUBLIC, "3.26", "3", "2.41"},
                      {"vehicles", report::v1::COST_ITEM_VEHICLES, "2.12", "1.8", "1.56"},
                      {"reception", report::v1::COST_ITEM_RECEPTION, "1.14", "1.2", "0.85"},
                      {"projects", report::v1::COST_ITEM_PROJECTS, "160.4", "150.9", "175.06"},
                      {"project1", report::v1::COST_ITEM_PROJECT, "100.3", "90.55", "112.66"},
                      {"project2", report::v1::COST_ITEM_PROJECT, "60.1", "60.35", "62.4"},
                      {"public_funds", report::v1::COST_ITEM_PUBLIC_FUNDS, "44.81", "46.2", "43.97"},
                      {"office", report::v1::COST_ITEM_OFFICE, "31.52", "33", "30.86"},
                      {"utilities", report::v1::COST_ITEM_UTILITIES_TRAVEL, "9.14", "8.7", "9.05"},
                      {"meetings", report::v1::COST_ITEM_MEETINGS_TRAINING, "4.15", "4.5", "4.06"}};
  for (const Row& row : rows) {
    auto& cost = *base.add_cost_rows();
    cost.set_label(row.name);
    cost.set_item(row.item);
    const std::string prefix = fmt::format("base.{}.", row.name);
    Add(prefix + "prior", Kind::kMoney, *cost.mutable_prior_final(), row.prior);
    Add(prefix + "budget", Kind::kMoney, *cost.mutable_budget(), row.budget);
    Add(prefix + "final", Kind::kMoney, *cost.mutable_final(), row.final);
  }
}

void SampleLedger::AddNarrative() {
  auto& section = *report_.mutable_content()->add_sections();
  section.set_heading("部门整体支出绩效情况");
  section.set_role(report::v1::SECTION_ROLE_PERFORMANCE);
  for (const char* text :
       {"2024年部门整体支出487.53万元，其中：基本支出312.47万元，项目支出175.06万元。",
        "基本支出312.47万元，其中：人员经费268.5万元，公用经费43.97万元。",
        "三公经费预算3万元，其中：公务用车1.8万元，公务接待费1.2万元。",
        "三公经费实际支出2.41万元，其中：公务用车1.56万元，公务接待费0.85万元。", "对照打分得出结果为98.27分。"}) {
    section.add_paragraphs()->set_text(text);
  }
}

void SampleLedger::Say(const std::string& from, const std::string& to) {
  for (auto& paragraph : *report_.mutable_content()->mutable_sections(0)->mutable_paragraphs()) {
    if (paragraph.text().find(from) == std::string::npos) continue;
    paragraph.set_text(ReplaceAll(paragraph.text(), from, to));
    return;
  }
  JIXIAO_CHECK(false && "the narrative does not say so");
}

std::string SampleLedger::NameOf(const report::v1::Address& address) const {
  if (address.part() == report::v1::PART_SECTION) return "text";
  const size_t at = address.label().rfind(" · ");
  return at == std::string::npos ? address.label() : address.label().substr(at + std::string(" · ").size());
}

}  // namespace jixiao::scoring::testing
