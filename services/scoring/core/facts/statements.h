// Reads what a section lists: problems, causes, measures. One statement each,
// however it is numbered.
#ifndef JIXIAO_SCORING_CORE_FACTS_STATEMENTS_H_
#define JIXIAO_SCORING_CORE_FACTS_STATEMENTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "jixiao/report/v1/report.pb.h"

namespace jixiao::scoring {

// One entry of a list in the narrative.
struct Statement {
  std::string text;  // with the heading it stands under, numbering left out
  report::v1::Address place;
};

// Statements of all sections with one of `roles`, in document order: entries of
// numbered lists (`1、`, `（一）`, `一是`), or paragraphs if nothing is numbered. A
// heading counts only if nothing stands under it. `无` is no statement.
std::vector<Statement> ReadStatements(const report::v1::ReportContent& content,
                                      const std::vector<report::v1::SectionRole>& roles);

// True if a problem is lack of money and nothing else.
bool LamentsMoneyOnly(std::string_view statement);

// True if a suggestion is more money and nothing else.
bool AsksForMoneyOnly(std::string_view statement);

// True if a problem says where it comes from: `由于`, `导致`, `受…限制`.
bool NamesCause(std::string_view statement);

// True if it says only what is hard, not what will be done about it.
bool NamesDifficultyOnly(std::string_view statement);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_FACTS_STATEMENTS_H_
