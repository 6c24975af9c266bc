// Files reports with a running intake, each for another unit.
//
//   bench-filing-load ADDRESS PID TOKEN_FILE RUN SIZE
//
// RUN, a number, sets these units and request ids apart from those of other runs
// on the same store. SIZE is `full` (some 42 KB, all of one year) or `small` (under
// 1 KB, 50,000 of that year and of each of the next). Reads lines from standard input,
//
//   closed IN_FLIGHT SECONDS
//   open PER_SECOND SECONDS
//
// and answers each with one line of JSON.
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "bench/clean_reports.h"
#include "bench/rpc_load.h"
#include "common/base/log.h"
#include "common/rpc/raw_message.h"
#include "common/testing/shipped_divisions.h"
#include "jixiao/intake/v1/filing.pb.h"

namespace jixiao::bench {
namespace {

constexpr uint64_t kReports = 256;
constexpr std::string_view kDivision = "430611";
constexpr std::string_view kUnit = "U00000000000";
constexpr int kFiscalYear = 2024;
constexpr uint64_t kUnitsOfAProvince = 50'000;

std::vector<std::string> CountiesOfHunan(const Divisions& divisions) {
  std::vector<std::string> codes;
  for (const Divisions::Division& division : divisions.all()) {
    const std::string& code = division.code();
    if (code.starts_with("43") && !code.ends_with("00") && !division.has_listed_until()) codes.push_back(code);
  }
  return codes;
}

report::v1::Report SmallReport(const report::v1::Report& report) {
  report::v1::Report small;
  auto& content = *small.mutable_content();
  content.set_fiscal_year(report.content().fiscal_year());
  content.set_kind(report.content().kind());
  content.set_form(report.content().form());
  *content.mutable_unit() = report.content().unit();
  auto& table = *content.add_evaluation_tables();
  table.set_kind(content.kind());
  table.set_money_unit(report.content().evaluation_tables(0).money_unit());
  *table.add_indicators() = report.content().evaluation_tables(0).indicators(0);
  return small;
}

// The field as it stands in a report; years of our time take as many bytes.
std::string FiscalYearField(int fiscal_year) {
  report::v1::ReportContent content;
  content.set_fiscal_year(fiscal_year);
  return content.SerializeAsString();
}

// Reports whose unit, division and year are written over in place: nothing is
// serialized again.
class Requests {
 public:
  Requests(const scoring::v1::RuleSet& rule_set, bool is_small, uint64_t run)
      : counties_(CountiesOfHunan(::jixiao::testing::ShippedDivisions())),
        is_small_(is_small),
        count_(run * 1'000'000'000) {
    for (uint64_t seed = 0; seed < (is_small ? 1 : kReports); ++seed) {
      report::v1::Report report = CleanReport(seed, rule_set);
      if (is_small) report = SmallReport(report);
      report.mutable_content()->mutable_unit()->set_code(std::string(kUnit));
      report.mutable_content()->set_fiscal_year(kFiscalYear);
      std::string request;
      AppendField(intake::v1::SubmitReportRequest::kRequestIdFieldNumber, RequestId(0), request);
      AppendField(intake::v1::SubmitReportRequest::kReportFieldNumber, report.SerializeAsString(), request);
      Template& made = templates_.emplace_back();
      made.request_id_at = request.find(RequestId(0));
      made.unit_at = request.find(kUnit);
      made.division_at = request.find(kDivision);
      const std::string year = FiscalYearField(kFiscalYear);
      made.year_at = request.find(year, made.unit_at);
      const size_t head_size = made.year_at + year.size();
      JIXIAO_CHECK(made.year_at != std::string::npos && made.division_at < made.year_at);
      JIXIAO_CHECK(request.find(kDivision, made.division_at + 1) == std::string::npos);
      made.head = request.substr(0, head_size);
      made.tail = grpc::Slice(request.substr(head_size));
    }
  }

  grpc::ByteBuffer Next() {
    const uint64_t number = ++count_;
    const Template& base = templates_[number % templates_.size()];
    std::string head = base.head;
    head.replace(base.request_id_at, RequestId(number).size(), RequestId(number));
    // Spread, as units of a province come in no order.
    const uint64_t unit = number * 0x9e3779b97f4a7c15 >> 20;
    head.replace(base.unit_at, kUnit.size(), fmt::format("U{:011x}", unit & 0xfffffffffff));
    head.replace(base.division_at, kDivision.size(), counties_[(unit >> 8) % counties_.size()]);
    if (is_small_) {
      const std::string year = FiscalYearField(kFiscalYear + static_cast<int>(filed_++ / kUnitsOfAProvince % 20));
      head.replace(base.year_at, year.size(), year);
    }
    const grpc::Slice parts[] = {grpc::Slice(head), base.tail};
    return {parts, std::size(parts)};
  }

 private:
  // Only the head is written over; the rest is shared by all calls.
  struct Template {
    std::string head;
    grpc::Slice tail;
    size_t request_id_at;
    size_t unit_at;
    size_t division_at;
    size_t year_at;
  };

  static std::string RequestId(uint64_t number) { return fmt::format("bench-{:014}", number); }

  const std::vector<std::string> counties_;
  const bool is_small_;
  std::vector<Template> templates_;
  uint64_t count_;
  uint64_t filed_ = 0;
};

std::string ReadFile(const std::string& path) {
  std::ifstream in(path);
  std::string text;
  in >> text;
  return text;
}

int Run(const std::vector<std::string>& words) {
  if (words.size() != 5) {
    fmt::print(stderr, "usage: bench-filing-load ADDRESS PID TOKEN_FILE RUN full|small\n");
    return 2;
  }
  Requests requests(RuleSetOfHunan(), words[4] == "small", std::stoull(words[3]));
  Load load({.name = "submit_report",
             .address = words[0],
             .pid = std::atoi(words[1].c_str()),
             .method = "/jixiao.intake.v1.IntakeService/SubmitReport",
             .next_request = [&requests] { return requests.Next(); },
             .token = ReadFile(words[2])});
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream in(line);
    std::string how;
    double amount = 0;
    double seconds = 0;
    in >> how >> amount >> seconds;
    fmt::print("{}\n",
               how == "open" ? load.RunOpen(amount, seconds) : load.RunClosed(static_cast<int>(amount), seconds));
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace jixiao::bench

int main(int argc, char** argv) { return jixiao::bench::Run({argv + 1, argv + argc}); }
