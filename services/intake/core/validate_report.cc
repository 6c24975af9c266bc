#include "intake/core/validate_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "common/base/text.h"
#include "common/base/wire_check.h"
#include "intake/core/submission_name.h"
#include "intake/core/violations.h"
#include "intake/core/written_number.h"

namespace jixiao::intake {
namespace {

namespace r = report::v1;

bool IsForm(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

// Walks a report along its own structure; each method checks one message.
class ReportWalk {
 public:
  explicit ReportWalk(Violations& violations) : violations_(violations) {}

  void Report(const r::Report& report, const PathStep& at);

 private:
  void Content(const r::ReportContent& content, const PathStep& at);
  void Unit(const r::Unit& unit, const PathStep& at);
  void Section(const r::Section& section, const PathStep& at);
  void BaseData(const r::BaseDataTable& table, const PathStep& at);
  void Table(const r::EvaluationTable& table, const PathStep& at);
  void Fund(const r::FundRow& row, r::MoneyUnit unit, const PathStep& at);
  void Parts(const google::protobuf::RepeatedPtrField<r::FundPart>& parts, std::string_view name, r::MoneyUnit unit,
             const PathStep& at);
  void Task(const r::TaskRow& row, r::MoneyUnit unit, const PathStep& at);
  void Indicator(const r::IndicatorRow& row, const PathStep& at);
  void WorkSheet(const r::WorkAssessmentSheet& sheet, const PathStep& at);
  void Signature(const r::SignatureBlock& block, const PathStep& at);
  void ProvenanceOf(const r::Provenance& provenance, const PathStep& at);

  void Value(const r::Value& value, r::MoneyUnit unit, const PathStep& at);
  void Number(const r::Value& value, const PathStep& at);
  void Address(const r::Address& address, const PathStep& at);
  void Required(bool is_present, const PathStep& at) {
    if (!is_present) violations_.Add(at, "必填项缺失");
  }
  void AtMost(int count, int limit, const PathStep& at) {
    if (count > limit) violations_.Add(at, fmt::format("条目过多：{} 条，上限 {} 条", count, limit));
  }
  void Length(std::string_view text, int64_t limit, const PathStep& at) {
    // Bytes bound characters: the count is only taken where it can matter.
    if (static_cast<int64_t>(text.size()) > limit && CodePointCount(text) > limit) {
      violations_.Add(at, fmt::format("文字过长，上限 {} 字", limit));
    }
  }

  Violations& violations_;
};

constexpr auto kAnyUnit = r::MONEY_UNIT_UNSPECIFIED;
constexpr int64_t kMaxText = 20'000;

// Applies `method` to an optional Value field.
#define VALUE(message, field, unit) \
  if ((message).has_##field()) Value((message).field(), unit, at / #field)

void ReportWalk::Address(const r::Address& address, const PathStep& at) {
  Required(address.has_label(), at / "label");
  Required(address.has_part(), at / "part");
  Length(address.label(), 200, at / "label");
  if (address.part_index() < 0 || address.row_index() < 0 || address.column_index() < 0 || address.start_char() < 0 ||
      address.char_count() < 0 || address.source_line() < 0) {
    violations_.Add(at, "位置序号不能为负数");
  }
}

void ReportWalk::Number(const r::Value& value, const PathStep& at) {
  const auto within = [&](int64_t number, int64_t limit, std::string_view field) {
    if (number < -limit || number > limit) violations_.Add(at / field, "数值超出允许范围");
  };
  switch (value.number_case()) {
    case r::Value::kAmountFen: return within(value.amount_fen(), 1'000'000'000'000'000, "amount_fen");
    case r::Value::kPointsMilli: return within(value.points_milli(), 1'000'000'000, "points_milli");
    case r::Value::kRatePpm: return within(value.rate_ppm(), 1'000'000'000'000, "rate_ppm");
    case r::Value::kCountMilli: return within(value.count_milli(), 1'000'000'000'000'000, "count_milli");
    case r::Value::NUMBER_NOT_SET: return;
  }
}

void ReportWalk::Value(const r::Value& value, r::MoneyUnit unit, const PathStep& at) {
  Required(value.has_as_written(), at / "as_written");
  Length(value.as_written(), kMaxText, at / "as_written");
  if (value.has_address()) Address(value.address(), at / "address");
  Number(value, at);
  if (!NumberFitsText(value, unit)) {
    violations_.Add(
        at, fmt::format("解析出的数值与单元格原文“{}”不一致，请以原文为准重新填报", Shorten(value.as_written(), 40)));
  }
}

void ReportWalk::Unit(const r::Unit& unit, const PathStep& at) {
  const int64_t name_length = CodePointCount(unit.name());
  if (name_length < 2 || name_length > 100) violations_.Add(at / "name", "单位名称必填，应为 2 至 100 个字");
  if (!IsUnitCode(unit.code())) {
    violations_.Add(at / "code", "单位代码必填，应为 1 至 32 位字母、数字或短横线");
  }
  if (!IsDivisionCode(unit.division_code())) {
    violations_.Add(at / "division_code", "行政区划代码必填，应为六位数字，例如 430611");
  }
  if (unit.has_supervising_unit_code() && !IsUnitCode(unit.supervising_unit_code())) {
    violations_.Add(at / "supervising_unit_code", "主管部门代码应为 1 至 32 位字母、数字或短横线");
  }
}

void ReportWalk::Section(const r::Section& section, const PathStep& at) {
  Required(section.has_role(), at / "role");
  for (int i = 0; i < section.paragraphs_size(); ++i) {
    const PathStep paragraph = at.At("paragraphs", i);
    Required(section.paragraphs(i).has_text(), paragraph / "text");
    Length(section.paragraphs(i).text(), kMaxText, paragraph / "text");
  }
}

void ReportWalk::BaseData(const r::BaseDataTable& table, const PathStep& at) {
  const auto unit = table.has_money_unit() ? table.money_unit() : r::MONEY_UNIT_TEN_THOUSAND_YUAN;
  VALUE(table, authorised_staff, kAnyUnit);
  VALUE(table, actual_staff, kAnyUnit);
  VALUE(table, staff_control_rate, kAnyUnit);
  VALUE(table, thrift_measures, kAnyUnit);
  AtMost(table.cost_rows_size(), 200, at / "cost_rows");
  for (int i = 0; i < table.cost_rows_size(); ++i) {
    const r::CostRow& row = table.cost_rows(i);
    const PathStep row_at = at.At("cost_rows", i);
    Required(row.has_label(), row_at / "label");
    Required(row.has_item(), row_at / "item");
    if (row.has_prior_final()) Value(row.prior_final(), unit, row_at / "prior_final");
    if (row.has_budget()) Value(row.budget(), unit, row_at / "budget");
    if (row.has_final()) Value(row.final(), unit, row_at / "final");
  }
  AtMost(table.other_values_size(), 100, at / "other_values");
  for (int i = 0; i < table.other_values_size(); ++i) {
    const PathStep value_at = at.At("other_values", i);
    Required(table.other_values(i).has_label(), value_at / "label");
    Required(table.other_values(i).has_value(), value_at / "value");
    Value(table.other_values(i).value(), kAnyUnit, value_at / "value");
  }
}

void ReportWalk::Fund(const r::FundRow& row, r::MoneyUnit unit, const PathStep& at) {
  Required(row.has_label(), at / "label");
  Required(row.has_role(), at / "role");
  VALUE(row, initial_budget, unit);
  VALUE(row, adjusted_budget, unit);
  VALUE(row, executed, unit);
  VALUE(row, weight, kAnyUnit);
  VALUE(row, execution_rate, kAnyUnit);
  VALUE(row, score, kAnyUnit);
  VALUE(row, reason, kAnyUnit);
}

void ReportWalk::Parts(const google::protobuf::RepeatedPtrField<r::FundPart>& parts, std::string_view name,
                       r::MoneyUnit unit, const PathStep& at) {
  AtMost(parts.size(), 20, at / name);
  for (int i = 0; i < parts.size(); ++i) {
    const PathStep part_at = at.At(name, i);
    Required(parts[i].has_label(), part_at / "label");
    Required(parts[i].has_role(), part_at / "role");
    Required(parts[i].has_amount(), part_at / "amount");
    if (parts[i].has_amount()) Value(parts[i].amount(), unit, part_at / "amount");
  }
}

void ReportWalk::Task(const r::TaskRow& row, r::MoneyUnit unit, const PathStep& at) {
  Required(row.has_name(), at / "name");
  VALUE(row, name, kAnyUnit);
  VALUE(row, description, kAnyUnit);
  VALUE(row, budget, unit);
  VALUE(row, budget_fiscal, unit);
  VALUE(row, completion, kAnyUnit);
  VALUE(row, executed, unit);
  VALUE(row, executed_fiscal, unit);
  VALUE(row, execution_rate, kAnyUnit);
}

void ReportWalk::Indicator(const r::IndicatorRow& row, const PathStep& at) {
  Required(row.has_level1(), at / "level1");
  Required(row.has_level3(), at / "level3");
  VALUE(row, level3, kAnyUnit);
  VALUE(row, target, kAnyUnit);
  VALUE(row, measure_unit, kAnyUnit);
  VALUE(row, actual, kAnyUnit);
  VALUE(row, weight, kAnyUnit);
  VALUE(row, score, kAnyUnit);
  VALUE(row, reason, kAnyUnit);
  VALUE(row, initial_target, kAnyUnit);
  VALUE(row, score_coefficient, kAnyUnit);
  VALUE(row, review_score, kAnyUnit);
  VALUE(row, nature, kAnyUnit);
}

void ReportWalk::Table(const r::EvaluationTable& table, const PathStep& at) {
  const r::MoneyUnit unit = table.money_unit();
  Required(table.has_kind(), at / "kind");
  Required(table.has_money_unit(), at / "money_unit");
  VALUE(table, unit_name, kAnyUnit);
  VALUE(table, project_name, kAnyUnit);
  VALUE(table, supervising_department, kAnyUnit);
  AtMost(table.fund_rows_size(), 50, at / "fund_rows");
  for (int i = 0; i < table.fund_rows_size(); ++i) Fund(table.fund_rows(i), unit, at.At("fund_rows", i));
  Parts(table.by_source(), "by_source", unit, at);
  Parts(table.by_nature(), "by_nature", unit, at);
  AtMost(table.tasks_size(), 100, at / "tasks");
  for (int i = 0; i < table.tasks_size(); ++i) Task(table.tasks(i), unit, at.At("tasks", i));
  VALUE(table, expected_goals, kAnyUnit);
  VALUE(table, actual_goals, kAnyUnit);
  AtMost(table.indicators_size(), 300, at / "indicators");
  for (int i = 0; i < table.indicators_size(); ++i) Indicator(table.indicators(i), at.At("indicators", i));
  AtMost(table.level_headers_size(), 20, at / "level_headers");
  for (int i = 0; i < table.level_headers_size(); ++i) {
    const PathStep header_at = at.At("level_headers", i);
    Required(table.level_headers(i).has_level1(), header_at / "level1");
    Required(table.level_headers(i).has_points(), header_at / "points");
    if (table.level_headers(i).has_points()) Value(table.level_headers(i).points(), kAnyUnit, header_at / "points");
  }
  VALUE(table, total_weight, kAnyUnit);
  VALUE(table, total_score, kAnyUnit);
  VALUE(table, grade, kAnyUnit);
  AtMost(table.notes_size(), 50, at / "notes");
}

void ReportWalk::WorkSheet(const r::WorkAssessmentSheet& sheet, const PathStep& at) {
  AtMost(sheet.rows_size(), 100, at / "rows");
  for (int i = 0; i < sheet.rows_size(); ++i) {
    const PathStep row_at = at.At("rows", i);
    if (sheet.rows(i).has_weight()) Value(sheet.rows(i).weight(), kAnyUnit, row_at / "weight");
    if (sheet.rows(i).has_score()) Value(sheet.rows(i).score(), kAnyUnit, row_at / "score");
  }
  VALUE(sheet, total, kAnyUnit);
}

void ReportWalk::Signature(const r::SignatureBlock& block, const PathStep& at) {
  if (block.has_address()) Address(block.address(), at / "address");
  Required(block.has_has_preparer(), at / "has_preparer");
  Required(block.has_has_date(), at / "has_date");
  Required(block.has_has_telephone(), at / "has_telephone");
  Required(block.has_has_signature(), at / "has_signature");
}

void ReportWalk::Content(const r::ReportContent& content, const PathStep& at) {
  Unit(content.unit(), at / "unit");
  if (!IsFiscalYear(content.fiscal_year())) {
    violations_.Add(at / "fiscal_year", "年度必填，应在 2015 至 2100 之间");
  }
  Required(content.has_kind(), at / "kind");
  if (!IsForm(content.form())) {
    violations_.Add(at / "form", "报告格式必填，应为小写字母组成的代号，例如 hunan 或 zhengzhou");
  }
  if (content.kind() == r::REPORT_KIND_PROJECT && RemoveBlanks(content.project_name()).empty()) {
    violations_.Add(at / "project_name", "项目支出绩效自评必须填写项目名称");
  }
  Length(content.project_name(), 200, at / "project_name");
  AtMost(content.sections_size(), 200, at / "sections");
  for (int i = 0; i < content.sections_size(); ++i) Section(content.sections(i), at.At("sections", i));
  if (content.has_base_data_table()) BaseData(content.base_data_table(), at / "base_data_table");
  if (content.evaluation_tables_size() == 0) {
    violations_.Add(at / "evaluation_tables", "至少应有一张绩效自评表");
  }
  AtMost(content.evaluation_tables_size(), 50, at / "evaluation_tables");
  for (int i = 0; i < content.evaluation_tables_size(); ++i) {
    Table(content.evaluation_tables(i), at.At("evaluation_tables", i));
  }
  if (content.has_work_assessment_sheet()) WorkSheet(content.work_assessment_sheet(), at / "work_assessment_sheet");
  AtMost(content.signature_blocks_size(), 50, at / "signature_blocks");
  for (int i = 0; i < content.signature_blocks_size(); ++i) {
    Signature(content.signature_blocks(i), at.At("signature_blocks", i));
  }
  AtMost(content.work_evidence_size(), 50, at / "work_evidence");
  for (int i = 0; i < content.work_evidence_size(); ++i) {
    Required(content.work_evidence(i).has_kind(), at.At("work_evidence", i) / "kind");
    if (content.work_evidence(i).unit_count() < 0) {
      violations_.Add(at.At("work_evidence", i) / "unit_count", "单位数不能为负数");
    }
  }
}

void ReportWalk::ProvenanceOf(const r::Provenance& provenance, const PathStep& at) {
  Required(provenance.has_reader(), at / "reader");
  for (int i = 0; i < provenance.changes_size(); ++i) {
    Required(provenance.changes(i).has_kind(), at.At("changes", i) / "kind");
    Length(provenance.changes(i).before(), 2000, at.At("changes", i) / "before");
    Length(provenance.changes(i).place(), 200, at.At("changes", i) / "place");
  }
  for (int i = 0; i < provenance.unread_size(); ++i) {
    Required(provenance.unread(i).has_text(), at.At("unread", i) / "text");
    Length(provenance.unread(i).text(), 2000, at.At("unread", i) / "text");
    Length(provenance.unread(i).place(), 200, at.At("unread", i) / "place");
  }
  AtMost(provenance.tables_size(), 200, at / "tables");
  AtMost(provenance.naming_properties_size(), 10, at / "naming_properties");
  for (int i = 0; i < provenance.naming_properties_size(); ++i) {
    Required(provenance.naming_properties(i).has_property(), at.At("naming_properties", i) / "property");
  }
}

void ReportWalk::Report(const r::Report& report, const PathStep& at) {
  if (!report.has_content()) return violations_.Add(at / "content", "必填项缺失：报告没有正文");
  Content(report.content(), at / "content");
  AtMost(report.contacts_size(), 50, at / "contacts");
  for (int i = 0; i < report.contacts_size(); ++i) {
    const PathStep contact_at = at.At("contacts", i);
    Required(report.contacts(i).has_role(), contact_at / "role");
    Required(report.contacts(i).has_text(), contact_at / "text");
    Length(report.contacts(i).text(), 200, contact_at / "text");
    if (report.contacts(i).has_address()) Address(report.contacts(i).address(), contact_at / "address");
  }
  if (report.has_provenance()) ProvenanceOf(report.provenance(), at / "provenance");
}

#undef VALUE

}  // namespace

absl::Status ValidateReport(const r::Report& report, std::string_view root) {
  Violations violations;
  const PathStep at{nullptr, root, -1};
  ReportWalk(violations).Report(report, at);
  return violations.ToStatus();
}

}  // namespace jixiao::intake
