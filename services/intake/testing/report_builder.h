// Builds reports and filings for tests; each `With` sets only what a test is
// about.
#ifndef JIXIAO_INTAKE_TESTING_REPORT_BUILDER_H_
#define JIXIAO_INTAKE_TESTING_REPORT_BUILDER_H_

#include <string>

#include "common/base/digest.h"
#include "common/base/packed_bytes.h"
#include "intake/core/filing/filing.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::intake::testing {

// A small department report of a made-up unit that passes validation.
inline report::v1::Report AReport(const std::string& title = "2024年度部门整体支出绩效自评报告") {
  namespace r = report::v1;
  r::Report report;
  r::ReportContent& content = *report.mutable_content();
  content.mutable_unit()->set_code("NC01");
  content.mutable_unit()->set_name("云溪县农村工作局");
  content.mutable_unit()->set_division_code("430611");
  content.set_fiscal_year(2024);
  content.set_kind(r::REPORT_KIND_DEPARTMENT);
  content.set_form("hunan");
  content.set_title(title);
  r::EvaluationTable& table = *content.add_evaluation_tables();
  table.set_kind(r::REPORT_KIND_DEPARTMENT);
  table.set_money_unit(r::MONEY_UNIT_TEN_THOUSAND_YUAN);
  r::FundRow& total = *table.add_fund_rows();
  total.set_label("年度资金总额");
  total.set_role(r::FUND_ROLE_TOTAL);
  total.mutable_adjusted_budget()->set_as_written("117.98");
  total.mutable_adjusted_budget()->set_amount_fen(117'980'000);
  total.mutable_executed()->set_as_written("116.95");
  total.mutable_executed()->set_amount_fen(116'950'000);
  total.mutable_executed()->mutable_address()->set_label("绩效自评表 · 年度资金总额 · 全年执行数");
  total.mutable_executed()->mutable_address()->set_part(r::PART_EVALUATION_TABLE);
  r::IndicatorRow& row = *table.add_indicators();
  row.set_level1("产出");
  row.set_level2("数量");
  row.mutable_level3()->set_as_written("组织培训场次");
  row.mutable_target()->set_as_written("≥12次");
  row.mutable_actual()->set_as_written("12次");
  row.mutable_weight()->set_as_written("10");
  row.mutable_weight()->set_points_milli(10'000);
  row.mutable_score()->set_as_written("10");
  row.mutable_score()->set_points_milli(10'000);
  return report;
}

inline SubmissionKey AKey(const std::string& unit_code = "NC01") {
  return {"430611", unit_code, 2024, report::v1::REPORT_KIND_DEPARTMENT, ""};
}

// AReport as protobuf, ready to be filed.
inline Filing AFiling(const std::string& request_id = "request-1", const std::string& title = "报告",
                      const SubmissionKey& key = AKey()) {
  Filing filing;
  filing.key = key;
  filing.request_id = request_id;
  filing.unit_name = "云溪县农村工作局";
  const std::string bytes = AReport(title).SerializeAsString();
  filing.documents = {PackBytes(bytes), "", "", ""};
  filing.original_size_bytes = static_cast<int64_t>(bytes.size());
  filing.report_digest = ContentDigest(bytes);
  filing.original_digest = filing.report_digest;
  filing.receive_time = absl::FromUnixSeconds(1'750'000'000);
  filing.trace_id = std::string(32, 'a');
  filing.actor = "anonymous";
  return filing;
}

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_REPORT_BUILDER_H_
