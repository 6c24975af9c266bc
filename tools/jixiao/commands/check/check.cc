#include "commands/check/check.h"

#include <fmt/format.h>

#include <algorithm>

#include "commands/progress.h"
#include "commands/read_file.h"
#include "common/base/digest.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "intake/reader/office/libreoffice.h"
#include "intake/reader/office/read_document.h"
#include "print/checked_report.h"
#include "print/findings.h"
#include "scoring/adapters/load_rule_sets.h"
#include "scoring/core/assessment/work_assessment.h"
#include "scoring/core/score_report.h"

namespace jixiao::cli {
namespace {

struct Checked {
  report::v1::Report report;
  std::string report_bytes;
  scoring::v1::ScoreCard card;
};

absl::StatusOr<Checked> Check(const CheckArguments& arguments, const std::string& file,
                              const scoring::RuleSets& rule_sets, const intake::ReaderData& data,
                              const scoring::v1::ScoringContext& context) {
  JIXIAO_ASSIGN_OR_RETURN(const std::string document, ReadFile(file, intake::kMaxDocumentBytes));
  Checked checked;
  JIXIAO_ASSIGN_OR_RETURN(checked.report, intake::ReadDocument(document, intake::FindLibreOffice(), data));
  if (!arguments.division_code.empty()) {
    checked.report.mutable_content()->mutable_unit()->set_division_code(arguments.division_code);
  }
  JIXIAO_ASSIGN_OR_RETURN(const scoring::LoadedRuleSet* rule_set, arguments.rule_set.empty()
                                                                      ? rule_sets.FindFor(checked.report.content())
                                                                      : rule_sets.Find(arguments.rule_set));
  JIXIAO_RETURN_IF_ERROR(scoring::CheckContext(context, rule_set->rule_set));
  checked.report_bytes = checked.report.SerializeAsString();
  checked.card = scoring::ScoreReport(checked.report, ContentDigest(checked.report_bytes), *rule_set, context);
  return checked;
}

// What `verify-score` needs later.
absl::Status Keep(const CheckArguments& arguments, const Checked& checked) {
  if (!arguments.report_file.empty()) JIXIAO_RETURN_IF_ERROR(WriteFile(arguments.report_file, checked.report_bytes));
  if (arguments.card_file.empty()) return absl::OkStatus();
  return WriteFile(arguments.card_file, scoring::ScoreCardBytes(checked.card));
}

// Contacts are for the reviewer's eyes, not for pipes and log files.
std::string CheckedJson(const std::string& file, Checked checked) {
  checked.report.clear_contacts();
  return fmt::format("{{\"about\":{},\"report\":{},\"scoreCard\":{}}}\n", JsonQuote(file), ToJson(checked.report),
                     ToJson(checked.card));
}

}  // namespace

int RunCheck(const CheckArguments& arguments, const Output& output) {
  const auto rule_sets = scoring::LoadRuleSets(arguments.rule_sets_folder);
  if (!rule_sets.ok()) {
    output.WriteFailure(arguments.rule_sets_folder, rule_sets.status());
    return kExitBadInput;
  }
  const auto data = intake::ReaderData::Load(arguments.rule_sets_folder);
  if (!data.ok()) {
    output.WriteFailure(arguments.rule_sets_folder, data.status());
    return kExitBadInput;
  }
  const auto filing = ReadFiling(arguments.filing, arguments.rule_sets_folder);
  if (!filing.ok()) {
    output.WriteFailure("jixiao check", filing.status());
    return kExitBadInput;
  }
  if (!filing->note.empty() && !output.as_json()) output.Write(filing->note + "\n");
  int exit_code = kExitOk;
  bool is_first = true;
  Progress progress(arguments.files.size());
  for (const std::string& file : arguments.files) {
    const auto checked = Check(arguments, file, *rule_sets, *data, filing->context);
    progress.Hide();
    if (!checked.ok()) {
      output.WriteFailure(file, checked.status());
      exit_code = std::max<int>(exit_code, kExitBadInput);
    } else {
      if (output.as_json()) {
        output.Write(CheckedJson(file, *checked));
      } else {
        if (!is_first) output.Write("\n" + std::string(78, '=') + "\n\n");
        output.Write(PrintCheckedReport(file, checked->report, checked->card, arguments.with_trace, output.style()));
      }
      if (CountFindings(checked->card).blocks() > 0) exit_code = std::max<int>(exit_code, kExitBlocked);
      if (const absl::Status kept = Keep(arguments, *checked); !kept.ok()) {
        output.WriteFailure(file, kept);
        exit_code = std::max<int>(exit_code, kExitBadInput);
      }
      is_first = false;
    }
    progress.Advance();
  }
  return exit_code;
}

}  // namespace jixiao::cli
