// Reads the account that is kept by hand of the auditor's list, and the list.
//
//   S2 审计意见 COL_SWAP 1 found:
//     COL_SWAP-1 严重 3.0.2.3: 1702.51 1576.75 92.61%
//     unsaid: 107.98%
//     the list says: 一般
//   S2 通过 OK 1 holds: BASE_SUM NARR_SUM
//   S9 审计意见 SOMETHING 1 not found: why, in a sentence
//
// A finding stands with its severity, its first place (part, number of the part,
// row, column) and the figures that its text has to say. `unsaid` are figures of
// the list that no finding of the line says; `the list says` is the severity of
// the list where no finding of the line has it.
#ifndef JIXIAO_INTEGRATION_EXPECTED_ACCOUNT_H_
#define JIXIAO_INTEGRATION_EXPECTED_ACCOUNT_H_

#include <map>
#include <string>
#include <vector>

#include "jixiao/scoring/v1/scorecard.pb.h"

namespace jixiao::testing {

struct AccountedFinding {
  std::string id;
  std::string severity;
  std::string place;
  std::vector<std::string> figures;
};

struct Answer {
  std::string verb;                     // found, holds, not found
  std::vector<AccountedFinding> found;  // of `found`
  std::vector<std::string> rules;       // of `holds`
  std::string reason;                   // of `not found`
  std::vector<std::string> unsaid;
  std::string list_severity;
};

// One line of the auditor's list.
struct ListLine {
  std::string key;  // `S2 审计意见 COL_SWAP 1`
  std::string severity;
  std::string text;
};

// By key. Fails the test for lines that cannot be read or stand twice.
std::map<std::string, Answer> ReadAccount();

// In the list's order. Needs the seeds.
std::vector<ListLine> ReadAuditorsList();

// Figures of a text in its order, each once. `90.0` is `90`; the digits of a
// masked number are none.
std::vector<std::string> FiguresOf(const std::string& text);

// As the account writes them.
std::string SeverityWord(const scoring::v1::Finding& finding);
std::string FirstPlace(const scoring::v1::Finding& finding);
std::vector<std::string> FiguresSaid(const scoring::v1::Finding& finding);

}  // namespace jixiao::testing

#endif  // JIXIAO_INTEGRATION_EXPECTED_ACCOUNT_H_
