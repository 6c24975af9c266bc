#include "intake/core/filing/report_rules.h"

#include <utility>

#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake {
namespace {

namespace r = report::v1;

constexpr int64_t kMaxText = 20'000;
constexpr int64_t kMaxLabel = 200;
constexpr int64_t kMaxRemoved = 2'000;

FieldRule Required(std::string_view field) { return {.field = field, .if_missing = kMissing}; }

FieldRule AtMost(int64_t items, std::string_view field) { return {.field = field, .max_items = items}; }

FieldRule Text(int64_t characters, std::string_view field) { return {.field = field, .max_characters = characters}; }

FieldRule RequiredText(int64_t characters, std::string_view field) {
  return {.field = field, .if_missing = kMissing, .max_characters = characters};
}

FieldRule Within(int64_t limit, std::string_view field) {
  return {.field = field, .min = -limit, .max = limit, .if_out_of_range = "数值超出允许范围"};
}

FieldRule Position(std::string_view field) {
  return {.field = field, .min = 0, .if_out_of_range = "位置序号不能为负数"};
}

FieldRule Money(std::string_view field) { return {.field = field, .mark = kInUnitOfTable}; }

template <typename Message>
MessageRules Of(const std::vector<FieldRule>& fields) {
  return {.type = Message::descriptor(), .fields = fields};
}

template <typename Message>
MessageRules Visited(ReportVisit visit_as, const std::vector<FieldRule>& fields) {
  return {.type = Message::descriptor(), .visit_as = visit_as, .fields = fields};
}

void AddTables(std::vector<MessageRules>& rules) {
  rules.push_back(Visited<r::BaseDataTable>(kVisitBaseData, {AtMost(200, "cost_rows"), AtMost(100, "other_values")}));
  rules.push_back(
      Of<r::CostRow>({Required("label"), Required("item"), Money("prior_final"), Money("budget"), Money("final")}));
  rules.push_back(Of<r::LabelledValue>({Required("label"), Required("value")}));
  rules.push_back(Visited<r::EvaluationTable>(
      kVisitTable, {Required("kind"), Required("money_unit"), AtMost(50, "fund_rows"), AtMost(20, "by_source"),
                    AtMost(20, "by_nature"), AtMost(100, "tasks"), AtMost(300, "indicators"),
                    AtMost(20, "level_headers"), AtMost(50, "notes")}));
  rules.push_back(Of<r::FundRow>(
      {Required("label"), Required("role"), Money("initial_budget"), Money("adjusted_budget"), Money("executed")}));
  rules.push_back(Of<r::FundPart>(
      {Required("label"), Required("role"), {.field = "amount", .if_missing = kMissing, .mark = kInUnitOfTable}}));
  rules.push_back(Of<r::TaskRow>(
      {Required("name"), Money("budget"), Money("budget_fiscal"), Money("executed"), Money("executed_fiscal")}));
  rules.push_back(Of<r::IndicatorRow>({Required("level1"), Required("level3")}));
  rules.push_back(Of<r::LevelHeader>({Required("level1"), Required("points")}));
  rules.push_back(Of<r::WorkAssessmentSheet>({AtMost(100, "rows")}));
}

void AddValues(std::vector<MessageRules>& rules) {
  MessageRules value =
      Visited<r::Value>(kVisitValue, {RequiredText(kMaxText, "as_written"), Within(1'000'000'000'000'000, "amount_fen"),
                                      Within(1'000'000'000, "points_milli"), Within(1'000'000'000'000, "rate_ppm"),
                                      Within(1'000'000'000'000'000, "count_milli")});
  value.leave_if = {"amount_fen", "points_milli", "rate_ppm", "count_milli"};
  rules.push_back(std::move(value));
  rules.push_back(Of<r::Address>({RequiredText(kMaxLabel, "label"), Required("part"), Position("part_index"),
                                  Position("row_index"), Position("column_index"), Position("start_char"),
                                  Position("char_count"), Position("source_line")}));
}

void AddProvenance(std::vector<MessageRules>& rules) {
  rules.push_back(Of<r::Provenance>({Required("reader"), AtMost(200, "tables"), AtMost(10, "naming_properties")}));
  rules.push_back(Of<r::Change>({Required("kind"), Text(kMaxRemoved, "before"), Text(kMaxLabel, "place")}));
  rules.push_back(Of<r::Unread>({RequiredText(kMaxRemoved, "text"), Text(kMaxLabel, "place")}));
  rules.push_back(Of<r::NamingProperty>({Required("property")}));
}

}  // namespace

std::vector<MessageRules> ReportRules() {
  std::vector<MessageRules> rules;
  rules.push_back(
      Of<r::Report>({{.field = "content", .if_missing = "必填项缺失：报告没有正文"}, AtMost(50, "contacts")}));
  rules.push_back(Of<r::Contact>({Required("role"), RequiredText(kMaxLabel, "text")}));
  // Whose report it is, is looked at as a whole.
  rules.push_back(Visited<r::ReportContent>(
      kVisitContent, {Text(kMaxLabel, "project_name"),
                      AtMost(200, "sections"),
                      {.field = "evaluation_tables", .if_missing = "至少应有一张绩效自评表", .max_items = 50},
                      AtMost(50, "signature_blocks"),
                      AtMost(50, "work_evidence")}));
  rules.push_back(Of<r::Section>({Required("role")}));
  rules.push_back(Of<r::Paragraph>({RequiredText(kMaxText, "text")}));
  rules.push_back(Of<r::SignatureBlock>(
      {Required("has_preparer"), Required("has_date"), Required("has_telephone"), Required("has_signature")}));
  rules.push_back(Of<r::WorkEvidence>(
      {Required("kind"), {.field = "unit_count", .min = 0, .if_out_of_range = "单位数不能为负数"}}));
  AddTables(rules);
  AddValues(rules);
  AddProvenance(rules);
  return rules;
}

MessageShapes& ReportShapes() {
  static auto* const shapes = new MessageShapes(ReportRules());
  return *shapes;
}

}  // namespace jixiao::intake
