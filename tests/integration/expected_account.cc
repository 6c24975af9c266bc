#include "integration/expected_account.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "integration/real_reports.h"

namespace jixiao::testing {
namespace {

std::vector<std::string> SplitWords(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

Answer AnswerOf(const std::string& verb, const std::string& rest) {
  Answer answer;
  answer.verb = verb;
  if (verb == "holds") answer.rules = SplitWords(rest);
  if (verb == "not found") answer.reason = rest;
  return answer;
}

// An indented line, which tells more of the line before it.
bool ReadDetail(const std::string& line, Answer& answer) {
  static const std::regex finding("  ([A-Z0-9_]+-[0-9]+) (严重|一般|提示) ([0-9.]+):(.*)");
  static const std::regex unsaid("  unsaid:(.*)");
  static const std::regex list_severity("  the list says: (严重|一般|提示)");
  std::smatch match;
  if (std::regex_match(line, match, finding)) {
    answer.found.push_back({match[1], match[2], match[3], SplitWords(match[4])});
  } else if (std::regex_match(line, match, unsaid)) {
    answer.unsaid = SplitWords(match[1]);
  } else if (std::regex_match(line, match, list_severity)) {
    answer.list_severity = match[1];
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::map<std::string, Answer> ReadAccount() {
  std::map<std::string, Answer> account;
  std::istringstream in(ReadFile(SourceDir() / "tests" / "golden" / "scoring" / "expected_accounting.txt"));
  const std::regex pattern("(S[0-9][ab]? (?:重算|审计意见|通过) [A-Z0-9_]+ [0-9]+) (found|holds|not found): ?(.*)");
  Answer* last = nullptr;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.starts_with("#")) continue;
    std::smatch match;
    if (std::regex_match(line, match, pattern)) {
      const auto [at, is_new] = account.emplace(match[1], AnswerOf(match[2], match[3]));
      EXPECT_TRUE(is_new) << "stands twice: " << line;
      last = &at->second;
    } else if (last == nullptr || !ReadDetail(line, *last)) {
      ADD_FAILURE() << "cannot read: " << line;
    }
  }
  return account;
}

std::vector<ListLine> ReadAuditorsList() {
  std::istringstream in(ReadFile(SeedDir() / "expected.md"));
  std::vector<ListLine> lines;
  std::map<std::string, int> counts;
  std::string seed;
  std::string list;
  const std::regex heading("## (S[0-9][ab]?) .*");
  const std::regex title("\\*\\*(重算|审计意见).*");
  const std::regex entry("- 【(严重|一般|提示|通过)】`([A-Z0-9_]+)` ?(.*)");
  for (std::string line; std::getline(in, line);) {
    std::smatch match;
    if (std::regex_match(line, match, heading)) {
      seed = match[1];
    } else if (std::regex_match(line, match, title)) {
      list = match[1];
    } else if (std::regex_match(line, match, entry)) {
      const std::string key = fmt::format("{} {} {}", seed, match[1] == "通过" ? "通过" : list, match[2].str());
      lines.push_back({fmt::format("{} {}", key, ++counts[key]), match[1], match[3]});
    }
  }
  return lines;
}

std::vector<std::string> FiguresOf(const std::string& text) {
  static const std::regex pattern("([0-9]+)(\\.[0-9]+)?(%?)(?![0-9*])");
  std::vector<std::string> figures;
  for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it) {
    std::string decimals = (*it)[2];
    while (!decimals.empty() && (decimals.back() == '0' || decimals.back() == '.')) decimals.pop_back();
    const std::string figure = (*it)[1].str() + decimals + (*it)[3].str();
    if (std::find(figures.begin(), figures.end(), figure) == figures.end()) figures.push_back(figure);
  }
  return figures;
}

std::string SeverityWord(const scoring::v1::Finding& finding) {
  switch (finding.severity()) {
    case scoring::v1::SEVERITY_BLOCKS: return "严重";
    case scoring::v1::SEVERITY_EXPLAIN: return "一般";
    default: return "提示";
  }
}

std::string FirstPlace(const scoring::v1::Finding& finding) {
  if (finding.places().empty()) return "";
  const auto& place = finding.places(0);
  return fmt::format("{}.{}.{}.{}", static_cast<int>(place.part()), place.part_index(), place.row_index(),
                     place.column_index());
}

std::vector<std::string> FiguresSaid(const scoring::v1::Finding& finding) {
  std::string text = fmt::format("{} {} {}", finding.value(), finding.expected(), finding.difference());
  for (const auto& suggestion : finding.suggestions()) text += fmt::format(" {}", suggestion.text());
  return FiguresOf(text);
}

}  // namespace jixiao::testing
