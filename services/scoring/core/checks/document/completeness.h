// What a report has to contain and does not, for findings and for the work
// assessment.
#ifndef JIXIAO_SCORING_CORE_CHECKS_DOCUMENT_COMPLETENESS_H_
#define JIXIAO_SCORING_CORE_CHECKS_DOCUMENT_COMPLETENESS_H_

#include <string>
#include <vector>

#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/ruleset.pb.h"

namespace jixiao::scoring {

// An annex that is missing or incomplete.
struct MissingAnnex {
  std::string title;
  std::string what;  // `没有该表`, or which projects have no table
};

// Titles of required sections that the narrative does not have.
std::vector<std::string> MissingSections(const report::v1::ReportContent& content, const v1::RuleSet& rule_set);

// Required annexes that are missing; project tables count as one annex.
std::vector<MissingAnnex> MissingAnnexes(const report::v1::ReportContent& content, const v1::RuleSet& rule_set);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_CHECKS_DOCUMENT_COMPLETENESS_H_
