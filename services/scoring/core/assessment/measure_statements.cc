#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <utility>

#include "common/base/text.h"
#include "common/base/words.h"
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
  uint64_t aspects = 0;
  int64_t paired_ppm = 1'000'000;  // of the problems; all if it does not matter
};

TopicStatement WithTopics(Statement statement, const v1::WorkRubric& rubric) {
  TopicStatement out{std::move(statement)};
  int bit = 0;
  for (int i = 0; i < rubric.aspects_size(); ++i) {
    for (const std::string& word : rubric.aspects(i).words()) {
      if (FindWord(out.statement.text, word) != std::string_view::npos) {
        out.words |= uint64_t{1} << bit;
        out.aspects |= uint64_t{1} << i;
      }
      ++bit;
    }
  }
  return out;
}

std::string AspectTitles(uint64_t aspects, const v1::WorkRubric& rubric) {
  std::string titles;
  for (int i = 0; i < rubric.aspects_size(); ++i) {
    if ((aspects >> i & 1) != 0) AddItem(rubric.aspects(i).title(), titles);
  }
  return titles;
}

// The best tier whose counts are reached; the last but one if none is, because
// something was written.
const v1::WorkTier& TierOf(const Count& count, const v1::WorkCriterion& criterion) {
  for (int i = 0; i + 1 < criterion.tiers_size(); ++i) {
    const v1::WorkTier& tier = criterion.tiers(i);
    if (count.statements >= tier.min_count() && std::popcount(count.aspects) >= tier.min_aspect_count() &&
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

void ShowStatements(const std::string& name, const std::vector<TopicStatement>& statements, Measured& out) {
  for (size_t i = 0; i < statements.size(); ++i) {
    if (static_cast<int>(i) == kMostShown) {
      out.Input(name, fmt::format("另有 {} 条", statements.size() - i));
      break;
    }
    const Statement& statement = statements[i].statement;
    out.Input(fmt::format("{} {}", name, i + 1), Shorten(statement.text, 40), &statement.place);
  }
}

bool NamesFigure(const std::string& text) { return !FindMentions(text).empty(); }

bool AllOf(const std::vector<TopicStatement>& statements, bool (*is)(std::string_view)) {
  return std::all_of(statements.begin(), statements.end(),
                     [&](const TopicStatement& s) { return is(s.statement.text); });
}

Measured MeasureProblems(const std::vector<TopicStatement>& problems, const v1::WorkCriterion& criterion,
                         const v1::WorkRubric& rubric) {
  Measured out;
  if (problems.empty()) {
    out.formula = "正文没有写存在的问题，没有可以计分的内容";
    return out;
  }
  ShowStatements("问题", problems, out);
  if (AllOf(problems, LamentsMoneyOnly)) {
    MoneyOnly(criterion, fmt::format("{} 条问题都只是资金不足", problems.size()), out);
    return out;
  }
  Count certain;
  Count possible;
  for (const TopicStatement& problem : problems) {
    ++possible.statements;
    possible.aspects |= problem.aspects;
    if (!NamesCause(problem.statement.text) && !NamesFigure(problem.statement.text)) continue;
    ++certain.statements;
    certain.aspects |= problem.aspects;
  }
  out.formula =
      fmt::format("{} 条问题，其中 {} 条写明原因或附有数据；涉及{}（{} 个方面中的 {} 个）", possible.statements,
                  certain.statements, possible.aspects == 0 ? "的方面不明" : AspectTitles(possible.aspects, rubric),
                  rubric.aspects_size(), std::popcount(possible.aspects));
  Propose(certain, possible, criterion, out);
  return out;
}

// Problems with a suggestion that shares a bit of `bits` with them.
int64_t PairedCount(const WorkTexts& texts, uint64_t TopicStatement::*bits) {
  return std::count_if(texts.problems.begin(), texts.problems.end(), [&](const TopicStatement& problem) {
    return std::any_of(texts.suggestions.begin(), texts.suggestions.end(),
                       [&](const TopicStatement& suggestion) { return (problem.*bits & suggestion.*bits) != 0; });
  });
}

Measured MeasureSuggestions(const WorkTexts& texts, const v1::WorkCriterion& criterion) {
  Measured out;
  const std::vector<TopicStatement>& suggestions = texts.suggestions;
  const int idle = texts.idle_suggestion_count;
  if (suggestions.empty()) {
    out.formula = idle > 0 ? fmt::format("改进措施部分的 {} 条都没有写要做什么，没有可以计分的内容", idle)
                           : "正文没有写改进措施，没有可以计分的内容";
    return out;
  }
  ShowStatements("措施", suggestions, out);
  if (AllOf(suggestions, AsksForMoneyOnly)) {
    MoneyOnly(criterion, fmt::format("{} 条措施都只是增加资金", suggestions.size()), out);
    return out;
  }
  const auto whole = static_cast<int64_t>(texts.problems.size());
  const int64_t sure = PairedCount(texts, &TopicStatement::words);
  const int64_t likely = PairedCount(texts, &TopicStatement::aspects);
  Count certain;
  certain.statements = static_cast<int64_t>(suggestions.size());
  for (const TopicStatement& suggestion : suggestions) certain.aspects |= suggestion.aspects;
  Count possible = certain;
  // Without a problem there is nothing that a measure could answer.
  certain.paired_ppm = whole == 0 ? 0 : MulDiv(1'000'000, sure, whole);
  possible.paired_ppm = whole == 0 ? 0 : MulDiv(1'000'000, likely, whole);
  out.formula = fmt::format("{} 条措施{}；{} 条问题中，{} 条有对应措施", suggestions.size(),
                            idle > 0 ? fmt::format("（另有 {} 条没有写要做什么，不计）", idle) : "", whole,
                            sure == likely ? fmt::format("{}", sure) : fmt::format("{} 至 {}", sure, likely));
  Propose(certain, possible, criterion, out);
  return out;
}

}  // namespace

WorkTexts ReadWorkTexts(const report::v1::ReportContent& content, const v1::WorkRubric& rubric) {
  WorkTexts texts;
  for (Statement& problem : ReadStatements(
           content, {report::v1::SECTION_ROLE_PROBLEMS, report::v1::SECTION_ROLE_PROBLEMS_AND_IMPROVEMENTS})) {
    texts.problems.push_back(WithTopics(std::move(problem), rubric));
  }
  for (Statement& suggestion : ReadStatements(
           content, {report::v1::SECTION_ROLE_IMPROVEMENTS, report::v1::SECTION_ROLE_PROBLEMS_AND_IMPROVEMENTS})) {
    if (NamesDifficultyOnly(suggestion.text)) {
      ++texts.idle_suggestion_count;
    } else {
      texts.suggestions.push_back(WithTopics(std::move(suggestion), rubric));
    }
  }
  return texts;
}

Measured MeasureStatements(const WorkTexts& texts, const v1::WorkCriterion& criterion, const v1::WorkRubric& rubric) {
  return criterion.measure() == v1::WORK_MEASURE_PROBLEMS ? MeasureProblems(texts.problems, criterion, rubric)
                                                          : MeasureSuggestions(texts, criterion);
}

}  // namespace jixiao::scoring
