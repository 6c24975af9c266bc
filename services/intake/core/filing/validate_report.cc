#include "intake/core/filing/validate_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>

#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "common/wire/wire_cursor.h"
#include "intake/core/filing/report_rules.h"
#include "intake/core/filing/written_number.h"
#include "intake/core/submission/submission_name.h"

namespace jixiao::intake {
namespace {

namespace r = report::v1;

constexpr size_t kMaxViolations = 100;  // enough to mend a file in one go

bool IsForm(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

r::MoneyUnit MoneyUnitIn(std::string_view table, int number, r::MoneyUnit otherwise) {
  WireCursor in(table);
  for (WireField field; !in.AtEnd() && in.ReadField(field);) {
    if (field.number != number) continue;
    const int unit = static_cast<int>(field.value);
    return r::MoneyUnit_IsValid(unit) ? static_cast<r::MoneyUnit>(unit) : otherwise;
  }
  return otherwise;
}

// What the content says about itself, beside the identity.
struct ContentHeader {
  std::string_view form;
  std::optional<std::string_view> supervising_unit_code;
};

void ReadUnit(std::string_view unit, ReportIdentity& identity, ContentHeader& header) {
  WireCursor in(unit);
  for (WireField field; !in.AtEnd() && in.ReadField(field);) {
    switch (field.number) {
      case r::Unit::kCodeFieldNumber: identity.unit_code = field.payload; break;
      case r::Unit::kNameFieldNumber: identity.unit_name = field.payload; break;
      case r::Unit::kDivisionCodeFieldNumber: identity.division_code = field.payload; break;
      case r::Unit::kSupervisingUnitCodeFieldNumber: header.supervising_unit_code = field.payload; break;
      default: break;
    }
  }
}

ContentHeader ReadContent(std::string_view content, ReportIdentity& identity) {
  ContentHeader header;
  WireCursor in(content);
  for (WireField field; !in.AtEnd() && in.ReadField(field);) {
    switch (field.number) {
      case r::ReportContent::kUnitFieldNumber: ReadUnit(field.payload, identity, header); break;
      case r::ReportContent::kFiscalYearFieldNumber: identity.fiscal_year = static_cast<int32_t>(field.value); break;
      case r::ReportContent::kKindFieldNumber:
        identity.kind = static_cast<r::ReportKind>(static_cast<int>(field.value));
        break;
      case r::ReportContent::kProjectNameFieldNumber: identity.project_name = field.payload; break;
      case r::ReportContent::kFormFieldNumber: header.form = field.payload; break;
      default: break;
    }
  }
  return header;
}

// The rules that are no table: identities, and numbers against their text.
class ReportVisitor : public WireVisitor {
 public:
  void Enter(const WireVisit& visit) override;
  void Leave(const WireVisit& visit, WireViolations& violations) override;

  const ReportIdentity& identity() const { return identity_; }

 private:
  void LeaveContent(const WireVisit& visit, WireViolations& violations);
  void LeaveValue(const WireVisit& visit, WireViolations& violations) const;

  ReportIdentity identity_;
  r::MoneyUnit unit_of_table_ = r::MONEY_UNIT_UNSPECIFIED;
};

void ReportVisitor::Enter(const WireVisit& visit) {
  if (visit.visit_as == kVisitTable) {
    unit_of_table_ = MoneyUnitIn(visit.payload, r::EvaluationTable::kMoneyUnitFieldNumber, r::MONEY_UNIT_UNSPECIFIED);
  } else if (visit.visit_as == kVisitBaseData) {
    unit_of_table_ =
        MoneyUnitIn(visit.payload, r::BaseDataTable::kMoneyUnitFieldNumber, r::MONEY_UNIT_TEN_THOUSAND_YUAN);
  }
}

void ReportVisitor::Leave(const WireVisit& visit, WireViolations& violations) {
  if (visit.visit_as == kVisitValue) LeaveValue(visit, violations);
  if (visit.visit_as == kVisitContent) LeaveContent(visit, violations);
}

void ReportVisitor::LeaveValue(const WireVisit& visit, WireViolations& violations) const {
  std::string_view as_written;
  ReadNumber number;
  WireCursor in(visit.payload);
  for (WireField field; !in.AtEnd() && in.ReadField(field);) {
    if (field.number == r::Value::kAsWrittenFieldNumber) as_written = field.payload;
    // One of several: the last one counts, as for a parser.
    if (field.number >= r::Value::kAmountFenFieldNumber) {
      number = {static_cast<r::Value::NumberCase>(field.number), static_cast<int64_t>(field.value)};
    }
  }
  const r::MoneyUnit unit = visit.mark == kInUnitOfTable ? unit_of_table_ : r::MONEY_UNIT_UNSPECIFIED;
  if (NumberFitsText(number, as_written, unit)) return;
  violations.Add(visit.place, "",
                 fmt::format("解析出的数值与单元格原文“{}”不一致，请以原文为准重新填报", Shorten(as_written, 40)));
}

void ReportVisitor::LeaveContent(const WireVisit& visit, WireViolations& violations) {
  const ContentHeader header = ReadContent(visit.payload, identity_);
  const auto refuse_unless = [&](bool is_right, std::string_view field, const char* description) {
    if (!is_right) violations.Add(visit.place, field, description);
  };
  const int64_t name_length = CodePointCount(identity_.unit_name);
  refuse_unless(name_length >= 2 && name_length <= 100, "unit.name", "单位名称必填，应为 2 至 100 个字");
  refuse_unless(IsUnitCode(identity_.unit_code), "unit.code", "单位代码必填，应为 1 至 32 位字母、数字或短横线");
  refuse_unless(IsDivisionCode(identity_.division_code), "unit.division_code", kDivisionCodeAdvice);
  refuse_unless(!header.supervising_unit_code || IsUnitCode(*header.supervising_unit_code),
                "unit.supervising_unit_code", "主管部门代码应为 1 至 32 位字母、数字或短横线");
  refuse_unless(IsFiscalYear(identity_.fiscal_year), "fiscal_year", "年度必填，应在 2015 至 2100 之间");
  refuse_unless(identity_.kind != r::REPORT_KIND_UNSPECIFIED, "kind", kMissing);
  refuse_unless(IsForm(header.form), "form", "报告格式必填，应为小写字母组成的代号，例如 hunan 或 zhengzhou");
  refuse_unless(identity_.kind != r::REPORT_KIND_PROJECT || !RemoveBlanks(identity_.project_name).empty(),
                "project_name", "项目支出绩效自评必须填写项目名称");
}

}  // namespace

absl::StatusOr<ReportIdentity> ValidateReport(std::string_view bytes, const google::protobuf::Descriptor& type,
                                              std::string_view root, WireLimits limits) {
  limits.max_violations = kMaxViolations;
  ReportVisitor visitor;
  JIXIAO_RETURN_IF_ERROR(CheckWire(bytes, type, ReportShapes(), visitor, root, limits));
  return visitor.identity();
}

absl::StatusOr<ReportIdentity> ValidateReport(std::string_view bytes, std::string_view root) {
  return ValidateReport(bytes, *r::Report::descriptor(), root, {});
}

}  // namespace jixiao::intake
