#include <fmt/format.h>

#include "common/base/words.h"
#include "common/domain/decimal.h"
#include "scoring/core/assessment/work_assessment.h"
#include "scoring/core/facts/figures.h"

namespace jixiao::scoring {
namespace {

using report::v1::WorkAssessmentSheet;

report::v1::Address PlaceOf(const report::v1::Value& value, std::string_view label) {
  if (value.address().has_label()) return value.address();
  report::v1::Address address;
  address.set_label(fmt::format("自评工作考核评分表 · {}", label));
  address.set_part(report::v1::PART_WORK_ASSESSMENT_SHEET);
  return address;
}

report::v1::Address PlaceOfTotal(const WorkAssessmentSheet& sheet) { return PlaceOf(sheet.total(), "合计"); }

// The scores of the sheet's rows.
struct Rows {
  int64_t sum = 0;
  int filled = 0;
  std::string blank;
  int blank_count = 0;
};

Rows ReadRows(const WorkAssessmentSheet& sheet) {
  Rows rows;
  for (const auto& row : sheet.rows()) {
    if (const auto score = PointsOf(row.score())) {
      rows.sum += *score;
      ++rows.filled;
      continue;
    }
    ++rows.blank_count;
    AddItem(row.criterion(), rows.blank);
  }
  return rows;
}

void CheckCaps(const WorkAssessmentSheet& sheet, Findings& findings) {
  for (const auto& row : sheet.rows()) {
    const auto weight = PointsOf(row.weight());
    const auto score = PointsOf(row.score());
    if (!weight || !score || *score <= *weight) continue;
    findings.Add(ScoreAboveWeight(PlaceOf(row.score(), row.criterion() + " · 得分"), *score, *weight));
  }
}

void CheckRows(const WorkAssessmentSheet& sheet, int64_t total, Findings& findings) {
  const Rows rows = ReadRows(sheet);
  if (rows.filled == 0 || rows.blank_count > 0) {
    const std::string what = rows.filled > 0 ? fmt::format("{} 项得分未填：{}", rows.blank_count, rows.blank)
                             : rows.blank_count > 0 ? fmt::format("只填了合计 {} 分，{} 项考核内容的得分都没有填",
                                                                  FormatPoints(total), rows.blank_count)
                                                    : fmt::format("只填了合计 {} 分", FormatPoints(total));
    findings.Add({.rule_id = "WORK_SCORE_ROWS_BLANK",
                  .places = {PlaceOfTotal(sheet)},
                  .value = what,
                  .expected = "逐项填写得分，合计等于各项之和"});
  }
  // What is blank may still make up a difference, but never a surplus.
  if (rows.filled == 0 || rows.sum == total || (rows.blank_count > 0 && rows.sum < total)) return;
  findings.Add({.rule_id = "WORK_SUM",
                .places = {PlaceOfTotal(sheet)},
                .value = fmt::format("合计 {} 分", FormatPoints(total)),
                .expected = fmt::format("各项得分相加为 {} 分", FormatPoints(rows.sum)),
                .difference = fmt::format("{} 分", FormatPoints(total - rows.sum))});
}

// Only what was computed or confirmed counts against a claim: a proposal is for
// the reviewer to decide.
void CheckClaim(const WorkAssessmentSheet& sheet, const v1::WorkAssessment& assessment, Findings& findings) {
  int64_t bound = 0;
  std::string lost;
  for (const v1::WorkCriterionScore& criterion : assessment.criteria()) {
    const bool is_sure = criterion.basis() != v1::WORK_SCORE_BASIS_PROPOSED;
    const int64_t most = is_sure ? criterion.supported_high_milli() : criterion.weight_milli();
    bound += most;
    if (most == criterion.weight_milli()) continue;
    AddItem(fmt::format("{} {} 分", criterion.title(), FormatPoints(criterion.weight_milli() - most)), lost);
  }
  if (assessment.criteria().empty() || assessment.claimed_milli() <= bound) return;
  findings.Add({.rule_id = "WORK_SCORE_ABOVE",
                .places = {PlaceOfTotal(sheet)},
                .value = fmt::format("合计 {} 分", FormatPoints(assessment.claimed_milli())),
                .expected = lost.empty() ? fmt::format("不超过满分 {} 分", FormatPoints(bound))
                                         : fmt::format("最高 {} 分，应扣：{}", FormatPoints(bound), lost),
                .difference = fmt::format("高出 {} 分", FormatPoints(assessment.claimed_milli() - bound))});
}

void CheckLateness(const v1::ScoringContext& context, Findings& findings) {
  if (context.late_working_day_count() <= 0) return;
  findings.Add({.rule_id = "LATE",
                .places = {DocumentPlace("报送时间")},
                .value = fmt::format("逾期 {} 个工作日", context.late_working_day_count()),
                .expected = "在规定期限内报送",
                .difference = fmt::format("{} 个工作日", context.late_working_day_count())});
}

}  // namespace

void CheckWork(const ReportView& view, const v1::ScoringContext& context, const v1::WorkAssessment& assessment,
               Findings& findings) {
  CheckLateness(context, findings);
  const WorkAssessmentSheet& sheet = view.content().work_assessment_sheet();
  CheckCaps(sheet, findings);
  if (!assessment.has_claimed_milli()) return;
  CheckRows(sheet, assessment.claimed_milli(), findings);
  CheckClaim(sheet, assessment, findings);
}

}  // namespace jixiao::scoring
