#include "publish/core/summary_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "publish/core/display_text.h"

namespace jixiao::publish {
namespace {

using scoring::v1::TableScore;

constexpr scoring::v1::Severity kSeverities[] = {scoring::v1::SEVERITY_BLOCKS, scoring::v1::SEVERITY_EXPLAIN,
                                                 scoring::v1::SEVERITY_NOTE};

constexpr int64_t kFullPoints = 100'000;

bool HasInterval(const TableScore& score) {
  return score.has_supported_low_milli() && score.has_supported_high_milli();
}

// One sentence that says what the two figures mean for each other.
std::string Verdict(const TableScore& score) {
  if (!HasInterval(score)) return "报告中的材料不足以核算得分。";
  const std::string interval = IntervalText(score.supported_low_milli(), score.supported_high_milli());
  if (!score.has_claimed_milli())
    return fmt::format("单位没有填写自评总分。按评分规则逐项核算，报告中的材料能够支持 {} 分。", interval);
  const int64_t over_high = score.claimed_milli() - score.supported_high_milli();
  const int64_t under_low = score.supported_low_milli() - score.claimed_milli();
  if (over_high > 0) {
    return fmt::format("单位自评 {} 分，按评分规则逐项核算，报告中的材料能够支持 {} 分，自评至少高出 {} 分。",
                       FormatPoints(score.claimed_milli()), interval, FormatPoints(over_high));
  }
  if (under_low > 0) {
    return fmt::format("单位自评 {} 分，按评分规则逐项核算，报告中的材料能够支持 {} 分，自评至少偏低 {} 分。",
                       FormatPoints(score.claimed_milli()), interval, FormatPoints(under_low));
  }
  return fmt::format("单位自评 {} 分，在报告材料能够支持的 {} 分之内。", FormatPoints(score.claimed_milli()), interval);
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

// Geometry of the score bar, in units of its view box: 640 wide, the scale from
// kLeft to kRight.
constexpr int64_t kLeft = 24;
constexpr int64_t kRight = 616;

class ScoreBar {
 public:
  explicit ScoreBar(const TableScore& score) : score_(score) {
    // Always from 0, so that two pages can be compared at a glance.
    to_ = (std::max({kFullPoints, score.claimed_milli(), score.supported_high_milli()}) + 9'999) / 10'000 * 10'000;
  }

  void AddTo(View& view) const {
    View& bar = view.Add("BAR");
    const int64_t low = X(score_.supported_low_milli());
    const int64_t high = std::max(X(score_.supported_high_milli()), low + 4);
    bar.Set("LOW_X", std::to_string(low));
    bar.Set("WIDTH", std::to_string(high - low));
    bar.Set("MIDDLE_X", std::to_string(std::clamp<int64_t>((low + high) / 2, kLeft + 70, kRight - 70)));
    bar.Set("INTERVAL", IntervalText(score_.supported_low_milli(), score_.supported_high_milli()));
    bar.Set("DESCRIPTION", Verdict(score_));
    if (score_.has_claimed_milli()) {
      View& claim = bar.Add("CLAIM");
      const int64_t x = X(score_.claimed_milli());
      claim.Set("X", std::to_string(x));
      claim.Set("LEFT", std::to_string(x - 7));
      claim.Set("RIGHT", std::to_string(x + 7));
      claim.Set("TEXT_X", std::to_string(std::clamp<int64_t>(x, kLeft + 50, kRight - 50)));
      claim.Set("POINTS", FormatPoints(score_.claimed_milli()));
    }
    const int64_t step = std::max<int64_t>(to_ / 100'000, 1) * 10'000;
    for (int64_t tick = 0; tick <= to_; tick += step) {
      View& shown = bar.Add("TICK");
      shown.Set("X", std::to_string(X(tick)));
      shown.Set("TEXT", FormatPoints(tick));
    }
  }

 private:
  int64_t X(int64_t milli) const { return kLeft + MulDiv(std::clamp<int64_t>(milli, 0, to_), kRight - kLeft, to_); }

  const TableScore& score_;
  int64_t to_ = 0;
};

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

std::string_view LikelihoodText(scoring::v1::Likelihood likelihood) {
  switch (likelihood) {
    case scoring::v1::LIKELIHOOD_HIGH: return "很可能的原因";
    case scoring::v1::LIKELIHOOD_TIED: return "并列的可能原因";
    default: return "可能的原因";
  }
}

// Text of the unit by finding id.
using Explanations = std::map<std::string, std::string>;

void FillItem(const NumberedFinding& numbered, const Explanations& explanations, View& item) {
  const scoring::v1::Finding& finding = *numbered.finding;
  item.Set("NUMBER", std::to_string(numbered.number));
  for (const report::v1::Address& place : finding.places()) item.AddText("PLACE", place.label());
  const auto fact = [&](const char* part, const std::string& text) {
    if (!Trim(text).empty()) item.AddText(part, text);
  };
  fact("VALUE", finding.value());
  fact("EXPECTED", finding.expected());
  fact("DIFFERENCE", finding.difference());
  if (const auto found = explanations.find(finding.id()); found != explanations.end()) {
    fact("EXPLANATION", found->second);
  }
  for (const scoring::v1::Suggestion& suggestion : finding.suggestions()) {
    View& shown = item.Add("SUGGESTION");
    shown.Set("TEXT", suggestion.text());
    shown.Set("LIKELIHOOD", LikelihoodText(suggestion.likelihood()));
    for (const scoring::v1::SuggestedChange& change : suggestion.changes()) {
      View& cell = shown.Add("CHANGE");
      cell.Set("PLACE", change.address().label());
      cell.Set("FROM", change.from());
      cell.Set("TO", change.to());
    }
  }
}

// What was still open when a reviewer let it go public all the same; empty if
// nothing was.
std::string OpenText(const v1::Disclosure& disclosure, const FindingOrder& findings) {
  if (findings.Count(scoring::v1::SEVERITY_BLOCKS) > 0) return "本报告存在未更正的严重问题，经审核同意公开。";
  const std::vector<NumberedFinding>& roots = findings.Roots(scoring::v1::SEVERITY_EXPLAIN);
  const bool is_explained = std::all_of(roots.begin(), roots.end(), [&](const NumberedFinding& root) {
    return std::any_of(disclosure.explanations().begin(), disclosure.explanations().end(),
                       [&](const auto& each) { return each.finding_id() == root.finding->id(); });
  });
  return is_explained ? std::string() : "本报告有问题没有更正，单位也没有说明，经审核同意公开。";
}

using Findings = std::vector<NumberedFinding>;

// One card a rule: each of its findings as an item, the explanation once.
void AddCards(const Findings& findings, const Explanations& explanations, const char* part, View& view) {
  for (auto first = findings.begin(); first != findings.end();) {
    const auto last = std::find_if(first, findings.end(), [&](const NumberedFinding& other) {
      return other.finding->rule_id() != first->finding->rule_id();
    });
    const scoring::v1::Finding& finding = *first->finding;
    const SeverityText severity = TextOf(finding.severity());
    View& card = view.Include(part, "finding");
    card.Set("NUMBER", std::to_string(first->number));
    card.Set("CLASS", severity.css_class);
    card.Set("SIGN", severity.sign);
    card.Set("SEVERITY", severity.title);
    card.Set("TITLE", finding.title().empty() ? finding.rule_id() : finding.title());
    if (last - first > 1) card.AddText("TIMES", std::to_string(last - first));
    Findings dependants;
    for (auto it = first; it != last; ++it) {
      FillItem(*it, explanations, card.Add("ITEM"));
      dependants.insert(dependants.end(), it->dependants.begin(), it->dependants.end());
    }
    const auto fact = [&](const char* name, const std::string& text) {
      if (!Trim(text).empty()) card.AddText(name, text);
    };
    fact("WHY", finding.why());
    fact("FIX", finding.how_to_fix());
    fact("CLAUSE", finding.clause());
    if (!dependants.empty()) {
      View& folded = card.Add("FOLDED");
      folded.Set("COUNT", std::to_string(dependants.size()));
      AddCards(dependants, explanations, "DEPENDANT", folded);
    }
    first = last;
  }
}

}  // namespace

void AddSummary(const v1::Disclosure& disclosure, const FindingOrder& findings, View& page) {
  View& summary = page.Include("SUMMARY", "summary");
  if (!disclosure.score_card().tables().empty()) {
    const TableScore& score = disclosure.score_card().tables(0);
    summary.Set("CLAIMED", score.has_claimed_milli() ? FormatPoints(score.claimed_milli()) : "未填写");
    if (score.has_claimed_milli()) summary.Add("CLAIMED_UNIT");
    summary.Set("INTERVAL", HasInterval(score) ? IntervalText(score.supported_low_milli(), score.supported_high_milli())
                                               : "无法核算");
    if (HasInterval(score)) summary.Add("INTERVAL_UNIT");
    if (score.has_weight_milli()) summary.AddText("FULL", FullText(score.weight_milli()));
    const std::string claimed_grade = score.has_claimed_grade() ? score.claimed_grade() : score.grade();
    if (!claimed_grade.empty()) summary.AddText("CLAIMED_GRADE", claimed_grade);
    if (const std::string grade = GradeText(score); !grade.empty()) summary.AddText("GRADE", grade);
    summary.Set("VERDICT", Verdict(score));
    if (score.has_claimed_milli() && score.has_recomputed_milli() &&
        score.claimed_milli() != score.recomputed_milli()) {
      summary.AddText("RECOMPUTED",
                      fmt::format("表中各项得分相加为 {} 分，与填报的总分 {} 分不一致。",
                                  FormatPoints(score.recomputed_milli()), FormatPoints(score.claimed_milli())));
    }
    if (HasInterval(score)) ScoreBar(score).AddTo(summary);
  }
  if (!disclosure.content().evaluation_tables().empty()) AddMoney(disclosure.content().evaluation_tables(0), summary);
  for (const scoring::v1::Severity severity : kSeverities) {
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
  if (const std::string open = OpenText(disclosure, findings); !open.empty()) approval.AddText("OPEN", open);
}

void AddFindings(const v1::Disclosure& disclosure, const FindingOrder& findings, View& page) {
  Explanations explanations;
  for (const auto& each : disclosure.explanations()) explanations.emplace(each.finding_id(), each.text());
  View& view = page.Include("FINDINGS", "findings");
  bool is_empty = true;
  for (const scoring::v1::Severity severity : kSeverities) {
    const std::vector<NumberedFinding>& roots = findings.Roots(severity);
    if (roots.empty()) continue;
    is_empty = false;
    const SeverityText text = TextOf(severity);
    View& group = view.Add("GROUP");
    group.Set("TITLE", text.title);
    group.Set("SIGN", text.sign);
    group.Set("CLASS", text.css_class);
    group.Set("MEANING", text.meaning);
    AddCards(roots, explanations, "FINDING", group);
  }
  if (is_empty) view.Add("NONE");
}

}  // namespace jixiao::publish
