#include "publish/render/summary_view.h"

#include <fmt/format.h>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "publish/core/claim.h"
#include "publish/core/open_findings.h"
#include "publish/render/display_text.h"
#include "publish/render/score_bar.h"

namespace jixiao::publish {
namespace {

using scoring::v1::TableScore;

constexpr int64_t kFullPoints = 100'000;

// One sentence that says what the two figures mean for each other.
std::string VerdictSentence(const TableScore& score) {
  const Claim claim = ClaimOf(score);
  if (claim.standing == ClaimStanding::kNothingSupported) return "报告中的材料不足以核算得分。";
  const std::string interval = IntervalText(score.supported_low_milli(), score.supported_high_milli());
  const std::string claimed = FormatPoints(score.claimed_milli());
  if (claim.standing == ClaimStanding::kNotClaimed) {
    return fmt::format("单位没有填写自评总分。按评分规则逐项核算，报告中的材料能够支持 {} 分。", interval);
  }
  if (claim.standing == ClaimStanding::kWithin) {
    return fmt::format("单位自评 {} 分，在报告材料能够支持的 {} 分之内。", claimed, interval);
  }
  return fmt::format("单位自评 {} 分，按评分规则逐项核算，报告中的材料能够支持 {} 分，自评至少{} {} 分。", claimed,
                     interval, claim.standing == ClaimStanding::kAbove ? "高出" : "偏低",
                     FormatPoints(claim.distance_milli));
}

// What the points are out of; the form says 100, some tables add up to less.
std::string FullText(int64_t weight_milli) {
  if (weight_milli == kFullPoints) return "满分 100 分。";
  return fmt::format("表内各项分值合计 {} 分，不是 100 分。", FormatPoints(weight_milli));
}

std::string GradeText(const TableScore& score) {
  if (!score.has_supported_low_grade() || !score.has_supported_high_grade()) return "";
  if (score.supported_low_grade() == score.supported_high_grade()) return score.supported_low_grade();
  return score.supported_low_grade() + "至" + score.supported_high_grade();
}

void AddMoney(const report::v1::EvaluationTable& table, View& summary) {
  for (const report::v1::FundRow& row : table.fund_rows()) {
    if (row.role() != report::v1::FUND_ROLE_TOTAL) continue;
    const std::string unit = MoneyUnitText(table.money_unit());
    const auto fact = [&](std::string_view name, const report::v1::Value& value, const std::string& suffix) {
      const std::string text(Trim(value.as_written()));
      if (text.empty()) return;
      View& shown = summary.Add("FACT");
      shown.Set("NAME", name);
      const bool has_digit = text.find_first_of("0123456789") != std::string::npos;
      shown.Set("TEXT", has_digit && !suffix.empty() ? fmt::format("{} {}", text, suffix) : text);
    };
    fact("全年预算数", row.adjusted_budget(), unit);
    fact("全年执行数", row.executed(), unit);
    fact("填报执行率", row.execution_rate(),
         row.execution_rate().as_written().find('%') == std::string::npos ? "%" : "");
    return;
  }
}

// What was open when it was approved all the same; empty if nothing was.
std::string_view OpenText(OpenFindings open) {
  switch (open) {
    case OpenFindings::kBlocking: return "本报告存在未更正的严重问题，经审核同意公开。";
    case OpenFindings::kUnexplained: return "本报告有问题没有更正，单位也没有说明，经审核同意公开。";
    case OpenFindings::kNone: break;
  }
  return "";
}

}  // namespace

void AddSummary(const v1::Disclosure& disclosure, const FindingOrder& findings, View& page) {
  View& summary = page.Include("SUMMARY", "summary");
  if (!disclosure.score_card().tables().empty()) {
    const TableScore& score = disclosure.score_card().tables(0);
    summary.Set("CLAIMED", score.has_claimed_milli() ? FormatPoints(score.claimed_milli()) : "未填写");
    if (score.has_claimed_milli()) summary.Add("CLAIMED_UNIT");
    const bool has_interval = ClaimOf(score).standing != ClaimStanding::kNothingSupported;
    summary.Set("INTERVAL",
                has_interval ? IntervalText(score.supported_low_milli(), score.supported_high_milli()) : "无法核算");
    if (has_interval) summary.Add("INTERVAL_UNIT");
    if (score.has_weight_milli()) summary.AddText("FULL", FullText(score.weight_milli()));
    const std::string claimed_grade = score.has_claimed_grade() ? score.claimed_grade() : score.grade();
    if (!claimed_grade.empty()) summary.AddText("CLAIMED_GRADE", claimed_grade);
    if (const std::string grade = GradeText(score); !grade.empty()) summary.AddText("GRADE", grade);
    const std::string verdict = VerdictSentence(score);
    summary.Set("VERDICT", verdict);
    if (score.has_claimed_milli() && score.has_recomputed_milli() &&
        score.claimed_milli() != score.recomputed_milli()) {
      summary.AddText("RECOMPUTED",
                      fmt::format("表中各项得分相加为 {} 分，与填报的总分 {} 分不一致。",
                                  FormatPoints(score.recomputed_milli()), FormatPoints(score.claimed_milli())));
    }
    if (has_interval) AddScoreBar(score, verdict, summary);
  }
  if (!disclosure.content().evaluation_tables().empty()) AddMoney(disclosure.content().evaluation_tables(0), summary);
  for (const scoring::v1::Severity severity : kSeveritiesByWeight) {
    const SeverityText text = TextOf(severity);
    View& count = summary.Add("COUNT");
    count.Set("CLASS", text.css_class);
    count.Set("SIGN", text.sign);
    count.Set("TITLE", text.title);
    count.Set("NUMBER", std::to_string(findings.Count(severity)));
    count.Set("MEANING", text.meaning);
  }
  if (Trim(disclosure.approval_reason()).empty()) return;
  View& approval = summary.Add("APPROVAL");
  approval.Set("TEXT", Trim(disclosure.approval_reason()));
  if (const auto open = OpenText(OpenFindingsOf(disclosure, findings)); !open.empty()) approval.AddText("OPEN", open);
}

}  // namespace jixiao::publish
