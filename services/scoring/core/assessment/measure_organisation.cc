#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "common/base/words.h"
#include "common/domain/decimal.h"
#include "scoring/core/assessment/claims.h"
#include "scoring/core/assessment/measures.h"
#include "scoring/core/verdicts/verdict.h"

namespace jixiao::scoring {
namespace {

using report::v1::ReportContent;
using report::v1::WorkEvidence;

std::vector<const WorkEvidence*> EvidenceOf(const ReportContent& content, report::v1::WorkEvidenceKind kind) {
  std::vector<const WorkEvidence*> found;
  for (const WorkEvidence& evidence : content.work_evidence()) {
    if (evidence.kind() == kind) found.push_back(&evidence);
  }
  return found;
}

Measured Unknown(int64_t points_milli, std::string why) {
  Measured out;
  out.high_milli = points_milli;
  out.formula = std::move(why);
  return out;
}

Measured Full(int64_t points_milli, v1::WorkScoreBasis basis, std::string formula) {
  Measured out;
  out.low_milli = out.high_milli = points_milli;
  out.basis = basis;
  out.formula = std::move(formula);
  return out;
}

// A document on record is proof; a sentence of the report is a proposal.
Measured DocumentOrClaim(const ReportContent& content, report::v1::WorkEvidenceKind kind, const ClaimPattern& pattern,
                         std::string_view what, int64_t points) {
  const auto documents = EvidenceOf(content, kind);
  if (!documents.empty()) {
    Measured out =
        Full(points, v1::WORK_SCORE_BASIS_COMPUTED, fmt::format("{}有据可查，得 {} 分", what, FormatPoints(points)));
    for (const WorkEvidence* document : documents) {
      out.Input("佐证材料", document->title().empty() ? std::string(what) : document->title());
    }
    return out;
  }
  if (const auto claim = FindClaim(content, pattern)) {
    Measured out = Full(points, v1::WORK_SCORE_BASIS_PROPOSED,
                        fmt::format("正文写明{}，建议得 {} 分；请核对盖章文件后确认", what, FormatPoints(points)));
    out.Input("正文", claim->text, &claim->place);
    return out;
  }
  return Unknown(points, fmt::format("没有登记佐证材料，正文也没有写明{}；核对盖章文件后计 0 分或 {} 分", what,
                                     FormatPoints(points)));
}

Measured NoticeIssued(const ReportContent& content, int64_t points) {
  static const auto* const kPattern =
      new ClaimPattern{{"印发", "下发", "发布", "制发", "发出", "转发"}, {"自评"}, {"通知"}};
  return DocumentOrClaim(content, report::v1::WORK_EVIDENCE_KIND_NOTICE, *kPattern, "印发了绩效自评通知", points);
}

Measured WorkingGroup(const ReportContent& content, int64_t points) {
  static const auto* const kPattern =
      new ClaimPattern{{"成立", "组建", "组成", "设立"},
                       {"自评", "绩效评价", "绩效管理", "预算绩效", "绩效工作"},
                       {"工作小组", "领导小组", "评价小组", "工作组", "专班", "自评小组"}};
  return DocumentOrClaim(content, report::v1::WORK_EVIDENCE_KIND_WORKING_GROUP, *kPattern, "成立了绩效自评工作小组",
                         points);
}

const std::array<std::pair<report::v1::NoticeItem, std::string_view>, 6>& NoticeItems() {
  static constexpr std::array<std::pair<report::v1::NoticeItem, std::string_view>, 6> kItems = {{
      {report::v1::NOTICE_ITEM_SCOPE, "自评范围"},
      {report::v1::NOTICE_ITEM_BASIS, "自评主要依据"},
      {report::v1::NOTICE_ITEM_CONTENT, "自评主要内容"},
      {report::v1::NOTICE_ITEM_PROCEDURE, "自评程序和步骤"},
      {report::v1::NOTICE_ITEM_REQUIREMENTS, "有关要求"},
      {report::v1::NOTICE_ITEM_ANNEXES, "附件"},
  }};
  return kItems;
}

Measured NoticeComplete(const ReportContent& content, const v1::WorkCriterion& criterion) {
  std::set<int> present;
  for (const WorkEvidence* notice : EvidenceOf(content, report::v1::WORK_EVIDENCE_KIND_NOTICE)) {
    present.insert(notice->notice_items().begin(), notice->notice_items().end());
  }
  const int64_t points = criterion.points_milli();
  if (present.empty()) return Unknown(points, "没有登记通知包含哪些内容，无法逐项核对；以盖章的通知原文为准");
  std::string missing;
  int64_t count = 0;
  for (const auto& [item, title] : NoticeItems()) {
    if (present.contains(item)) continue;
    ++count;
    AddItem(title, missing);
  }
  Measured out = Deduct(criterion, count, "通知内容齐全", fmt::format("通知缺 {} 项", count));
  if (count > 0) out.Input("通知缺少", missing);
  return out;
}

// Sum of the recorded unit counts; empty if none is recorded.
std::optional<int64_t> UnitCount(const ReportContent& content, report::v1::WorkEvidenceKind kind) {
  std::optional<int64_t> sum;
  for (const WorkEvidence* evidence : EvidenceOf(content, kind)) {
    if (evidence->unit_count() >= 0 && evidence->has_unit_count()) sum = sum.value_or(0) + evidence->unit_count();
  }
  return sum;
}

Measured UnitsChecked(const ReportContent& content, const v1::WorkCriterion& criterion) {
  const int64_t points = criterion.points_milli();
  const auto expected = UnitCount(content, report::v1::WORK_EVIDENCE_KIND_UNITS_EXPECTED);
  const auto checked = UnitCount(content, report::v1::WORK_EVIDENCE_KIND_UNITS_CHECKED);
  if (!expected) return Unknown(points, "没有登记应开展自查的单位数，无法计算");
  if (!checked) {
    Measured out = Unknown(points, "没有登记已开展自查的单位数，按全部已查与全部未查之间计");
    out.low_milli = std::max<int64_t>(points - *expected * criterion.step_milli(), 0);
    out.Input("应开展自查的单位", fmt::format("{} 个", *expected));
    return out;
  }
  const int64_t missing = std::max<int64_t>(*expected - *checked, 0);
  Measured out = Deduct(criterion, missing, "各单位都开展了自查", fmt::format("{} 个单位没有自查", missing));
  out.Input("应开展自查的单位", fmt::format("{} 个", *expected));
  out.Input("已开展自查的单位", fmt::format("{} 个", *checked));
  return out;
}

Measured DaysLate(const v1::ScoringContext& context, const v1::WorkCriterion& criterion) {
  const int64_t points = criterion.points_milli();
  if (!context.has_late_working_day_count() || context.late_working_day_count() < 0) {
    return Unknown(points, "没有报送期限和收到日期的记录，不评定是否按时");
  }
  const int64_t days = context.late_working_day_count();
  Measured out = Deduct(criterion, days, "按时报送", fmt::format("逾期 {} 个工作日", days));
  out.Input("逾期工作日", fmt::format("{} 个", days));
  return out;
}

}  // namespace

Measured MeasureOrganisation(const ReportView& view, const v1::ScoringContext& context,
                             const v1::WorkCriterion& criterion) {
  switch (criterion.measure()) {
    case v1::WORK_MEASURE_NOTICE_ISSUED: return NoticeIssued(view.content(), criterion.points_milli());
    case v1::WORK_MEASURE_NOTICE_ITEMS: return NoticeComplete(view.content(), criterion);
    case v1::WORK_MEASURE_WORKING_GROUP: return WorkingGroup(view.content(), criterion.points_milli());
    case v1::WORK_MEASURE_UNITS_CHECKED: return UnitsChecked(view.content(), criterion);
    default: return DaysLate(context, criterion);
  }
}

}  // namespace jixiao::scoring
