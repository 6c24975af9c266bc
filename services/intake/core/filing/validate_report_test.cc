#include "intake/core/filing/validate_report.h"

#include <gmock/gmock.h>

#include <functional>

#include "common/base/errors.h"
#include "common/testing/status_matchers.h"
#include "google/protobuf/unknown_field_set.h"
#include "intake/core/filing/written_number.h"
#include "intake/testing/report_builder.h"

namespace jixiao::intake {
namespace {

namespace r = report::v1;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using testing::AReport;
using ::testing::ElementsAre;

// Paths of what is wrong with AReport after `change`.
std::vector<std::string> BrokenFields(const std::function<void(r::Report&)>& change) {
  r::Report report = AReport();
  change(report);
  std::vector<std::string> fields;
  const auto violations = ViolationsOf(ValidateReport(report.SerializeAsString(), "report").status());
  for (const auto& violation : violations.field_violations()) {
    fields.push_back(violation.field());
    EXPECT_NE(violation.description(), "");
  }
  return fields;
}

constexpr auto kWan = r::MONEY_UNIT_TEN_THOUSAND_YUAN;

r::EvaluationTable& TableOf(r::Report& report) { return *report.mutable_content()->mutable_evaluation_tables(0); }

TEST(ValidateReportTest, AcceptsAWellFormedReport) {
  EXPECT_THAT(ValidateReport(AReport().SerializeAsString(), "report"), IsOk());
}

TEST(ValidateReportTest, WantsContent) {
  EXPECT_THAT(BrokenFields([](r::Report& report) { report.clear_content(); }), ElementsAre("report.content"));
}

TEST(ValidateReportTest, NamesEveryMissingPartOfTheIdentityAtOnce) {
  EXPECT_THAT(BrokenFields([](r::Report& report) {
                report.mutable_content()->clear_unit();
                report.mutable_content()->clear_fiscal_year();
                report.mutable_content()->clear_kind();
                report.mutable_content()->clear_form();
              }),
              ElementsAre("report.content.unit.name", "report.content.unit.code", "report.content.unit.division_code",
                          "report.content.fiscal_year", "report.content.kind", "report.content.form"));
}

TEST(ValidateReportTest, BoundsTheFiscalYear) {
  for (const int year : {2015, 2100}) {
    EXPECT_THAT(BrokenFields([&](r::Report& report) { report.mutable_content()->set_fiscal_year(year); }),
                ElementsAre());
  }
  for (const int year : {2014, 2101, -1}) {
    EXPECT_THAT(BrokenFields([&](r::Report& report) { report.mutable_content()->set_fiscal_year(year); }),
                ElementsAre("report.content.fiscal_year"));
  }
}

TEST(ValidateReportTest, WantsAProjectToHaveAName) {
  EXPECT_THAT(BrokenFields([](r::Report& report) { report.mutable_content()->set_kind(r::REPORT_KIND_PROJECT); }),
              ElementsAre("report.content.project_name"));
}

TEST(ValidateReportTest, WantsATable) {
  EXPECT_THAT(BrokenFields([](r::Report& report) { report.mutable_content()->clear_evaluation_tables(); }),
              ElementsAre("report.content.evaluation_tables"));
}

TEST(ValidateReportTest, BoundsTheNumberOfRows) {
  const auto with_rows = [](int count) {
    return BrokenFields([count](r::Report& report) {
      r::IndicatorRow row = TableOf(report).indicators(0);
      TableOf(report).clear_indicators();
      for (int i = 0; i < count; ++i) *TableOf(report).add_indicators() = row;
    });
  };

  EXPECT_THAT(with_rows(0), ElementsAre());
  EXPECT_THAT(with_rows(300), ElementsAre());
  EXPECT_THAT(with_rows(301), ElementsAre("report.content.evaluation_tables[0].indicators"));
}

TEST(ValidateReportTest, NamesTheCellWhoseNumberContradictsItsText) {
  EXPECT_THAT(BrokenFields([](r::Report& report) {
                TableOf(report).mutable_fund_rows(0)->mutable_executed()->set_amount_fen(11'695'000'000);
              }),
              ElementsAre("report.content.evaluation_tables[0].fund_rows[0].executed"));
}

TEST(ValidateReportTest, WantsTextInEveryValue) {
  EXPECT_THAT(BrokenFields([](r::Report& report) {
                r::Value& value = *TableOf(report).mutable_indicators(0)->mutable_target();
                value.clear_as_written();
              }),
              ElementsAre("report.content.evaluation_tables[0].indicators[0].target.as_written"));
}

std::string InField(int number, const std::string& payload) {
  google::protobuf::UnknownFieldSet fields;
  fields.AddLengthDelimited(number, payload);
  std::string bytes;
  EXPECT_TRUE(fields.SerializeToString(&bytes));
  return bytes;
}

TEST(ValidateReportTest, ReadsMoneyInTheUnitThatStandsBehindItOnTheWire) {
  r::Report report = AReport();
  TableOf(report).clear_money_unit();
  const std::string table = TableOf(report).SerializeAsString();
  report.mutable_content()->clear_evaluation_tables();
  const std::string head = report.content().SerializeAsString();
  const auto with_unit = [&](r::MoneyUnit unit) {
    r::EvaluationTable rest;
    rest.set_money_unit(unit);
    return ValidateReport(InField(1, head + InField(9, table + rest.SerializeAsString())), "report").status();
  };

  EXPECT_THAT(with_unit(kWan), IsOk());
  EXPECT_THAT(ViolationsOf(with_unit(r::MONEY_UNIT_YUAN)).field_violations(0).field(),
              "report.content.evaluation_tables[0].fund_rows[0].adjusted_budget");
}

TEST(ValidateReportTest, TakesEveryNumberUpToItsBounds) {
  const auto with_points = [](const std::string& text, int64_t milli) {
    return BrokenFields([&](r::Report& report) {
      TableOf(report).mutable_indicators(0)->mutable_weight()->set_as_written(text);
      TableOf(report).mutable_indicators(0)->mutable_weight()->set_points_milli(milli);
    });
  };
  const std::string field = "report.content.evaluation_tables[0].indicators[0].weight.points_milli";

  EXPECT_THAT(with_points("1000000", 1'000'000'000), ElementsAre());
  EXPECT_THAT(with_points("-1000000", -1'000'000'000), ElementsAre());
  EXPECT_THAT(with_points("1000000.001", 1'000'000'001), ElementsAre(field));
  EXPECT_THAT(with_points("-1000000.001", -1'000'000'001), ElementsAre(field));
}

TEST(ValidateReportTest, NamesThePositionThatIsNegative) {
  EXPECT_THAT(BrokenFields([](r::Report& report) {
                TableOf(report).mutable_fund_rows(0)->mutable_executed()->mutable_address()->set_row_index(-1);
              }),
              ElementsAre("report.content.evaluation_tables[0].fund_rows[0].executed.address.row_index"));
}

TEST(ValidateReportTest, TellsOfBrokenTextAndBrokenRulesInOneAnswer) {
  EXPECT_THAT(BrokenFields([](r::Report& report) {
                report.mutable_content()->set_title("\xFF");
                TableOf(report).clear_money_unit();
              }),
              ElementsAre("report.content.title", "report.content.evaluation_tables[0].money_unit"));
}

TEST(ValidateReportTest, StopsAtAHundredViolations) {
  EXPECT_EQ(BrokenFields([](r::Report& report) {
              for (int i = 0; i < 150; ++i) report.mutable_content()->add_sections();
            }).size(),
            100u);
}

TEST(ValidateReportTest, SaysWhoseReportItIs) {
  const std::string bytes = AReport().SerializeAsString();
  const auto identity = ValidateReport(bytes, "report");

  ASSERT_THAT(identity, IsOk());
  EXPECT_EQ(identity->unit_code, "NC01");
  EXPECT_EQ(identity->unit_name, "云溪县农村工作局");
  EXPECT_EQ(identity->division_code, "430611");
  EXPECT_EQ(identity->fiscal_year, 2024);
  EXPECT_EQ(identity->kind, r::REPORT_KIND_DEPARTMENT);
  EXPECT_EQ(identity->project_name, "");
}

TEST(ValidateReportTest, BoundsContacts) {
  EXPECT_THAT(BrokenFields([](r::Report& report) {
                for (int i = 0; i < 51; ++i) {
                  report.add_contacts()->set_role(r::CONTACT_ROLE_OTHER);
                  report.mutable_contacts(i)->set_text("某");
                }
              }),
              ElementsAre("report.contacts"));
}

bool MoneyFits(std::string_view text, int64_t fen, r::MoneyUnit unit) {
  return NumberFitsText({r::Value::kAmountFen, fen}, text, unit);
}

TEST(WrittenNumberTest, ReadsMoneyInTheUnitOfTheTableOrOfTheText) {
  EXPECT_TRUE(MoneyFits("1,576.75", 1'576'750'000, kWan));
  EXPECT_TRUE(MoneyFits("1576.75万元", 1'576'750'000, r::MONEY_UNIT_YUAN));
  EXPECT_TRUE(MoneyFits("854000元", 85'400'000, kWan));
  EXPECT_TRUE(MoneyFits("2.6亿元", 26'000'000'000, kWan));
  EXPECT_TRUE(MoneyFits("-3.5", -3'500'000, kWan));
  EXPECT_TRUE(MoneyFits("约－3.5万元", -3'500'000, kWan));
  EXPECT_FALSE(MoneyFits("1576.75", 157'675, kWan));
  EXPECT_FALSE(MoneyFits("", 0, kWan));
  EXPECT_FALSE(MoneyFits("无", 0, kWan));
}

TEST(WrittenNumberTest, ReadsRatesPointsAndCounts) {
  const ReadNumber rate{r::Value::kRatePpm, 944'700};
  EXPECT_TRUE(NumberFitsText(rate, "94.47%", kWan));
  EXPECT_TRUE(NumberFitsText(rate, "94.47", kWan));
  EXPECT_FALSE(NumberFitsText(rate, "94.48%", kWan));

  const ReadNumber points{r::Value::kPointsMilli, 9'910};
  EXPECT_TRUE(NumberFitsText(points, "9.91分", kWan));
  EXPECT_FALSE(NumberFitsText(points, "99.1", kWan));

  const ReadNumber count{r::Value::kCountMilli, 12'000'000};
  EXPECT_TRUE(NumberFitsText(count, "≥１.2万亩", kWan));
  EXPECT_TRUE(NumberFitsText(count, "三期", kWan)) << "Chinese numerals are taken on trust";
}

}  // namespace
}  // namespace jixiao::intake
