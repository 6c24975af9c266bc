// A report of a department whose figures all agree, for planting slips into it:
// cells go by short names, texts by their place.
#ifndef JIXIAO_SCORING_TESTING_SAMPLE_LEDGER_H_
#define JIXIAO_SCORING_TESTING_SAMPLE_LEDGER_H_

#include <map>
#include <string>

#include "jixiao/report/v1/report.pb.h"

namespace jixiao::scoring::testing {

class SampleLedger {
 public:
  SampleLedger();
  SampleLedger(const SampleLedger&) = delete;
  SampleLedger& operator=(const SampleLedger&) = delete;

  const report::v1::Report& report() const { return report_; }
  report::v1::Report& report() { return report_; }
  report::v1::EvaluationTable& table() { return *report_.mutable_content()->mutable_evaluation_tables(0); }

  // A cell such as `funds.executed`, `source.general`, `base.office.final`,
  // `rows.0.score`, `total.score`, `staff.actual`.
  report::v1::Value& Cell(const std::string& name) { return *cells_.at(name); }
  const std::map<std::string, report::v1::Value*>& cells() const { return cells_; }

  // Writes `text`, a number with or without `%`, into a cell; blank if empty.
  void Write(const std::string& name, const std::string& text);

  // Replaces `from`, which must be there, by `to` in the narrative.
  void Say(const std::string& from, const std::string& to);

  // The name of the cell at `address`; `text` for a figure of a sentence.
  std::string NameOf(const report::v1::Address& address) const;

 private:
  enum class Kind { kMoney, kRate, kPoints, kCount };

  void Add(const std::string& name, Kind kind, report::v1::Value& value, const std::string& text);
  void AddFunds();
  void AddParts();
  void AddIndicators();
  void AddBaseTable();
  void AddNarrative();

  report::v1::Report report_;
  std::map<std::string, report::v1::Value*> cells_;
  std::map<std::string, Kind> kinds_;
  int next_row_ = 0;
};

}  // namespace jixiao::scoring::testing

#endif  // JIXIAO_SCORING_TESTING_SAMPLE_LEDGER_H_
