// Measures single criteria of the work rubric: from recorded evidence where
// there is any, else as a proposal that shows what it rests on. What cannot be
// known from the report stays an interval that says why.
#ifndef JIXIAO_SCORING_CORE_ASSESSMENT_MEASURES_H_
#define JIXIAO_SCORING_CORE_ASSESSMENT_MEASURES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/scoring/v1/ruleset.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"
#include "scoring/core/facts/statements.h"
#include "scoring/core/view/report_view.h"

namespace jixiao::scoring {

// What one criterion comes to.
struct Measured {
  int64_t low_milli = 0;
  int64_t high_milli = 0;
  v1::WorkScoreBasis basis = v1::WORK_SCORE_BASIS_PROPOSED;
  std::string formula;   // in Chinese, with the numbers in it
  std::string rounding;  // empty if nothing was rounded
  std::vector<v1::TraceInput> inputs;

  void Input(std::string name, std::string as_written, const report::v1::Address* address = nullptr);
};

// How notice, working group, own checks and filing went.
Measured MeasureOrganisation(const ReportView& view, const v1::ScoringContext& context,
                             const v1::WorkCriterion& criterion);

// Sections and annexes that are there.
Measured MeasureCompleteness(const ReportView& view, const v1::WorkCriterion& criterion);

// Weights, depth and quality of the indicators of all tables.
Measured MeasureIndicators(const ReportView& view, const v1::WorkCriterion& criterion);

// A statement and the words of the rubric's aspects that stand in it, one bit
// each in the rubric's order.
struct TopicStatement {
  Statement statement;
  uint64_t words = 0;
  uint64_t aspects = 0;
};

// What the report lists as problems and as suggestions.
struct WorkTexts {
  std::vector<TopicStatement> problems;
  std::vector<TopicStatement> suggestions;
  int idle_suggestion_count = 0;  // entries that say only what is hard
};

WorkTexts ReadWorkTexts(const report::v1::ReportContent& content, const v1::WorkRubric& rubric);

// Problems and suggestions.
Measured MeasureStatements(const WorkTexts& texts, const v1::WorkCriterion& criterion, const v1::WorkRubric& rubric);

// All points less a step for each of `count`, not below 0.
Measured Deduct(const v1::WorkCriterion& criterion, int64_t count, std::string_view nothing_lost,
                std::string_view what_is_lost);

// Points of `part` in `whole`, to 0.01, half up. `whole` is positive.
int64_t ProRataPoints(int64_t points_milli, int64_t part, int64_t whole);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_ASSESSMENT_MEASURES_H_
