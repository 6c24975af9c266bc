#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "scoring/core/assessment/measures.h"
#include "scoring/core/facts/mentions.h"
#include "scoring/core/facts/statements.h"
#include "scoring/core/verdicts/verdict.h"

namespace jixiao::scoring {
namespace {

constexpr int kMostShown = 6;

// What is counted in a list of statements.
struct Count {
  int64_t statements = 0;
  std::set<int> aspects;
  int64_t paired_ppm = 1'000'000;  // of the problems; all if it does not matter
};

std::set<int> AspectsOf(const std::string& text, const v1::WorkRubric& rubric) {
  std::set<int> aspects;
  for (int i = 0; i < rubric.aspects_size(); ++i) {
    for (const std::string& word : rubric.aspects(i).words()) {
      if (text.find(word) == std::string::npos) continue;
      aspects.insert(i);
      break;
    }
  }
  return aspects;
}

std::string AspectTitles(const std::set<int>& aspects, const v1::WorkRubric& rubric) {
  std::string titles;
  for (const int i : aspects) titles += (titles.empty() ? "" : "、") + rubric.aspects(i).title();
  return titles;
}

// The best tier whose counts are reached; the last but one if none is, because
// something was written.
const v1::WorkTier& TierOf(const Count& count, const v1::WorkCriterion& criterion) {
  for (int i = 0; i + 1 < criterion.tiers_size(); ++i) {
    const v1::WorkTier& tier = criterion.tiers(i);
    if (count.statements >= tier.min_count() && static_cast<int>(count.aspects.size()) >= tier.min_aspect_count() &&
        count.paired_ppm >= tier.min_paired_ppm()) {
      return tier;
    }
  }
  return criterion.tiers(criterion.tiers_size() - 2);
}

void Propose(const Count& certain, const Count& possible, const v1::WorkCriterion& criterion, Measured& out) {
  const v1::WorkTier& low = TierOf(certain, criterion);
  const v1::WorkTier& high = TierOf(possible, criterion);
  out.low_milli = std::min(low.lower_milli(), high.lower_milli());
  out.high_milli = std::max(low.upper_milli(), high.upper_milli());
  out.formula += low.title() == high.title() ? fmt::format("；接近“{}”", high.title())
                                             : fmt::format("；介于“{}”与“{}”之间", low.title(), high.title());
  out.formula += fmt::format("，建议 {}，由审核人员确认", IntervalText(out.low_milli, out.high_milli));
}

void MoneyOnly(const v1::WorkCriterion& criterion, std::string_view what, Measured& out) {
  const v1::WorkTier& tier = *criterion.tiers().rbegin();
  out.low_milli = tier.lower_milli();
  out.high_milli = tier.upper_milli();
  out.formula = fmt::format("{}，属于“{}”，建议 {}，由审核人员确认", what, tier.title(),
                            IntervalText(out.low_milli, out.high_milli));
}

void ShowStatements(const std::string& name, const std::vector<Statement>& statements, Measured& out) {
  for (size_t i = 0; i < statements.size(); ++i) {
    if (static_cast<int>(i) == kMostShown) {
      out.Input(name, fmt::format("另有 {} 条", statements.size() - i));
      break;
    }
    out.Input(fmt::format("{} {}", name, i + 1), Shorten(statements[i].text, 40), &statements[i].place);
  }
}

bool HasFigure(const Statement& statement) { return !FindMentions(statement.text).empty(); }

std::vector<Statement> Problems(const ReportView& view) {
  return ReadStatements(view.content(),
                        {report::v1::SECTION_ROLE_PROBLEMS, report::v1::SECTION_ROLE_PROBLEMS_AND_IMPROVEMENTS});
}

// Entries of the list of measures, and how many of them say no measure.
std::vector<Statement> Suggestions(const ReportView& view, int& others) {
  std::vector<Statement> suggestions = ReadStatements(
      view.content(), {report::v1::SECTION_ROLE_IMPROVEMENTS, report::v1::SECTION_ROLE_PROBLEMS_AND_IMPROVEMENTS});
  const auto end = std::stable_partition(suggestions.begin(), suggestions.end(),
                                         [](const Statement& s) { return !NamesDifficultyOnly(s.text); });
  others = static_cast<int>(suggestions.end() - end);
  suggestions.erase(end, suggestions.end());
  return suggestions;
}

Measured MeasureProblems(const ReportView& view, const v1::WorkCriterion& criterion, const v1::WorkRubric& rubric) {
  Measured out;
  const std::vector<Statement> problems = Problems(view);
  if (problems.empty()) {
    out.formula = "正文没有写存在的问题，没有可以计分的内容";
    return out;
  }
  ShowStatements("问题", problems, out);
  if (std::all_of(problems.begin(), problems.end(), [](const auto& p) { return LamentsMoneyOnly(p.text); })) {
    MoneyOnly(criterion, fmt::format("{} 条问题都只是资金不足", problems.size()), out);
    return out;
  }
  Count certain;
  Count possible;
  for (const Statement& problem : problems) {
    const std::set<int> aspects = AspectsOf(problem.text, rubric);
    ++possible.statements;
    possible.aspects.insert(aspects.begin(), aspects.end());
    if (!NamesCause(problem.text) && !HasFigure(problem)) continue;
    ++certain.statements;
    certain.aspects.insert(aspects.begin(), aspects.end());
  }
  out.formula =
      fmt::format("{} 条问题，其中 {} 条写明原因或附有数据；涉及{}（{} 个方面中的 {} 个）", possible.statements,
                  certain.statements, possible.aspects.empty() ? "的方面不明" : AspectTitles(possible.aspects, rubric),
                  rubric.aspects_size(), possible.aspects.size());
  Propose(certain, possible, criterion, out);
  return out;
}

// A word of one aspect in both texts.
bool ShareWord(const std::string& a, const std::string& b, const v1::WorkRubric& rubric) {
  for (const v1::WorkAspect& aspect : rubric.aspects()) {
    for (const std::string& word : aspect.words()) {
      if (a.find(word) != std::string::npos && b.find(word) != std::string::npos) return true;
    }
  }
  return false;
}

bool ShareAspect(const std::string& a, const std::string& b, const v1::WorkRubric& rubric) {
  const std::set<int> of_a = AspectsOf(a, rubric);
  const std::set<int> of_b = AspectsOf(b, rubric);
  return std::any_of(of_a.begin(), of_a.end(), [&](int aspect) { return of_b.contains(aspect); });
}

template <typename Matches>
int64_t PairedCount(const std::vector<Statement>& problems, const std::vector<Statement>& suggestions,
                    const v1::WorkRubric& rubric, Matches matches) {
  return std::count_if(problems.begin(), problems.end(), [&](const Statement& problem) {
    return std::any_of(suggestions.begin(), suggestions.end(),
                       [&](const Statement& suggestion) { return matches(problem.text, suggestion.text, rubric); });
  });
}

Measured MeasureSuggestions(const ReportView& view, const v1::WorkCriterion& criterion, const v1::WorkRubric& rubric) {
  Measured out;
  int others = 0;
  const std::vector<Statement> suggestions = Suggestions(view, others);
  if (suggestions.empty()) {
    out.formula = others > 0 ? fmt::format("改进措施部分的 {} 条都没有写要做什么，没有可以计分的内容", others)
                             : "正文没有写改进措施，没有可以计分的内容";
    return out;
  }
  ShowStatements("措施", suggestions, out);
  if (std::all_of(suggestions.begin(), suggestions.end(), [](const auto& s) { return AsksForMoneyOnly(s.text); })) {
    MoneyOnly(criterion, fmt::format("{} 条措施都只是增加资金", suggestions.size()), out);
    return out;
  }
  const std::vector<Statement> problems = Problems(view);
  const auto whole = static_cast<int64_t>(problems.size());
  const int64_t sure = PairedCount(problems, suggestions, rubric, ShareWord);
  const int64_t likely = PairedCount(problems, suggestions, rubric, ShareAspect);
  Count certain;
  certain.statements = static_cast<int64_t>(suggestions.size());
  for (const Statement& suggestion : suggestions) certain.aspects.merge(AspectsOf(suggestion.text, rubric));
  Count possible = certain;
  // Without a problem there is nothing that a measure could answer.
  certain.paired_ppm = whole == 0 ? 0 : MulDiv(1'000'000, sure, whole);
  possible.paired_ppm = whole == 0 ? 0 : MulDiv(1'000'000, likely, whole);
  out.formula = fmt::format("{} 条措施{}；{} 条问题中，{} 条有对应措施", suggestions.size(),
                            others > 0 ? fmt::format("（另有 {} 条没有写要做什么，不计）", others) : "", whole,
                            sure == likely ? fmt::format("{}", sure) : fmt::format("{} 至 {}", sure, likely));
  Propose(certain, possible, criterion, out);
  return out;
}

}  // namespace

Measured MeasureStatements(const ReportView& view, const v1::WorkCriterion& criterion, const v1::WorkRubric& rubric) {
  return criterion.measure() == v1::WORK_MEASURE_PROBLEMS ? MeasureProblems(view, criterion, rubric)
                                                          : MeasureSuggestions(view, criterion, rubric);
}

}  // namespace jixiao::scoring
