#include "scoring/core/assessment/work_assessment.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "common/base/errors.h"
#include "common/domain/decimal.h"
#include "scoring/core/assessment/measures.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/facts/figures.h"

namespace jixiao::scoring {
namespace {

const v1::WorkCriterion* FindCriterion(const v1::WorkRubric& rubric, const std::string& id) {
  for (const v1::WorkCriterion& criterion : rubric.criteria()) {
    if (criterion.id() == id) return &criterion;
  }
  return nullptr;
}

bool IsWithin(const v1::ConfirmedWorkScore& confirmed, const v1::WorkCriterion& criterion) {
  return confirmed.has_score_milli() && confirmed.score_milli() >= 0 &&
         confirmed.score_milli() <= criterion.points_milli();
}

const v1::ConfirmedWorkScore* ConfirmationOf(const v1::WorkCriterion& criterion, const v1::ScoringContext& context) {
  for (const v1::ConfirmedWorkScore& confirmed : context.confirmed_work_scores()) {
    if (confirmed.criterion_id() == criterion.id() && IsWithin(confirmed, criterion)) return &confirmed;
  }
  return nullptr;
}

Measured Measure(const ReportView& view, const v1::ScoringContext& context, const WorkTexts& texts,
                 const v1::WorkCriterion& criterion) {
  switch (criterion.measure()) {
    case v1::WORK_MEASURE_BODY_PARTS:
    case v1::WORK_MEASURE_ANNEXES: return MeasureCompleteness(view, criterion);
    case v1::WORK_MEASURE_WEIGHTS:
    case v1::WORK_MEASURE_LEVEL3:
    case v1::WORK_MEASURE_CLEAR_INDICATORS:
    case v1::WORK_MEASURE_CORE_INDICATORS:
    case v1::WORK_MEASURE_RELEVANT_INDICATORS: return MeasureIndicators(view, criterion);
    case v1::WORK_MEASURE_PROBLEMS:
    case v1::WORK_MEASURE_SUGGESTIONS: return MeasureStatements(texts, criterion, view.rule_set.work_rubric());
    default: return MeasureOrganisation(view, context, criterion);
  }
}

void Confirm(int64_t score_milli, Measured& measured) {
  const std::string before = IntervalText(measured.low_milli, measured.high_milli);
  measured.formula =
      fmt::format("审核人员确认 {} 分（确认前为 {}）；{}", FormatPoints(score_milli), before, measured.formula);
  measured.low_milli = measured.high_milli = score_milli;
  measured.basis = v1::WORK_SCORE_BASIS_CONFIRMED;
}

void Fill(v1::WorkCriterionScore& score, const v1::WorkCriterion& criterion, Measured measured) {
  score.set_criterion_id(criterion.id());
  score.set_title(criterion.title());
  score.set_weight_milli(criterion.points_milli());
  score.set_supported_low_milli(measured.low_milli);
  score.set_supported_high_milli(measured.high_milli);
  score.set_basis(measured.basis);
  v1::Trace& trace = *score.mutable_trace();
  trace.set_clause(criterion.clause());
  for (v1::TraceInput& input : measured.inputs) *trace.add_inputs() = std::move(input);
  trace.set_formula(std::move(measured.formula));
  if (!measured.rounding.empty()) trace.set_rounding(std::move(measured.rounding));
  trace.set_result(fmt::format("证据支持 {}", IntervalText(measured.low_milli, measured.high_milli)));
}

}  // namespace

absl::Status CheckContext(const v1::ScoringContext& context, const v1::RuleSet& rule_set) {
  std::vector<FieldViolation> violations = ProblemsOf(context.publication());
  if (context.late_working_day_count() < 0) {
    violations.push_back({"context.late_working_day_count", "逾期工作日不能为负数，按时报送的填 0"});
  }
  std::set<std::string> seen;
  for (int i = 0; i < context.confirmed_work_scores_size(); ++i) {
    const v1::ConfirmedWorkScore& confirmed = context.confirmed_work_scores(i);
    const std::string field = fmt::format("context.confirmed_work_scores[{}]", i);
    const v1::WorkCriterion* criterion = FindCriterion(rule_set.work_rubric(), confirmed.criterion_id());
    if (criterion == nullptr) {
      violations.push_back(
          {field + ".criterion_id", fmt::format("评分规则 {} 的考核评分表没有“{}”这一项，请用 rules show 查看各项编号",
                                                rule_set.name(), confirmed.criterion_id())});
      continue;
    }
    if (!seen.insert(criterion->id()).second) {
      violations.push_back({field + ".criterion_id", fmt::format("“{}”确认了两次，请只留一次", criterion->title())});
    }
    if (!IsWithin(confirmed, *criterion)) {
      violations.push_back({field + ".score_milli", fmt::format("“{}”的得分应在 0 至 {} 分之间", criterion->title(),
                                                                FormatPoints(criterion->points_milli()))});
    }
  }
  return violations.empty() ? absl::OkStatus() : InvalidFields(violations);
}

void AssessWork(const ReportView& view, const v1::ScoringContext& context, v1::WorkAssessment& assessment) {
  if (const auto claimed = PointsOf(view.content().work_assessment_sheet().total())) {
    assessment.set_claimed_milli(*claimed);
  }
  if (!view.rule_set.has_work_rubric() || view.content().kind() == report::v1::REPORT_KIND_PROJECT) return;
  const v1::WorkRubric& rubric = view.rule_set.work_rubric();
  const WorkTexts texts = ReadWorkTexts(view.content(), rubric);
  int64_t low = 0;
  int64_t high = 0;
  for (const v1::WorkCriterion& criterion : rubric.criteria()) {
    Measured measured = Measure(view, context, texts, criterion);
    if (const auto* confirmed = ConfirmationOf(criterion, context)) Confirm(confirmed->score_milli(), measured);
    low += measured.low_milli;
    high += measured.high_milli;
    Fill(*assessment.add_criteria(), criterion, std::move(measured));
  }
  assessment.set_supported_low_milli(low);
  assessment.set_supported_high_milli(high);
}

}  // namespace jixiao::scoring
