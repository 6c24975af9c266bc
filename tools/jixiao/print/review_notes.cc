#include "print/review_notes.h"

#include <fmt/format.h>

#include "common/domain/decimal.h"
#include "print/words.h"

namespace jixiao::cli {
namespace {

using intake::v1::Submission;
using scoring::v1::Finding;
using scoring::v1::ScoreCard;

const Finding* FindFinding(const ScoreCard& card, const std::string& id) {
  for (const Finding& finding : card.findings()) {
    if (finding.id() == id) return &finding;
  }
  return nullptr;
}

const intake::v1::FindingExplanation* FindExplanation(const Submission& submission, const std::string& id) {
  for (const auto& explanation : submission.explanations()) {
    if (explanation.finding_id() == id) return &explanation;
  }
  return nullptr;
}

std::string PlaceOf(const Finding& finding) {
  return finding.places().empty() ? std::string() : Place(finding.places(0));
}

// `EXEC_SCORE-1  执行率得分偏高`.
std::string Heading(const Style& style, const std::string& id, const Finding* finding) {
  const std::string title = finding == nullptr ? std::string() : "  " + SafeText(finding->title());
  return Bold(style, SafeText(id)) + title;
}

std::string CriterionTitle(const ScoreCard& card, const std::string& id) {
  for (const auto& criterion : card.work_assessment().criteria()) {
    if (criterion.criterion_id() == id) return SafeText(criterion.title());
  }
  return SafeText(id);
}

}  // namespace

std::string PrintComment(const intake::v1::ReviewComment& comment, const ScoreCard& card, const Style& style) {
  std::string out = fmt::format("  退回意见：{}\n", Wrap(SafeText(comment.text()), 12, style.width));
  if (comment.has_finding_id()) {
    const Finding* const finding = FindFinding(card, comment.finding_id());
    out += fmt::format("    针对  {}\n", Heading(style, comment.finding_id(), finding));
    const std::string place = finding == nullptr ? std::string() : PlaceOf(*finding);
    if (!place.empty()) out += Faint(style, fmt::format("          {}", place)) + "\n";
  }
  if (comment.has_address()) out += fmt::format("    位置  {}\n", Place(comment.address()));
  return out;
}

std::string PrintExplanations(const Submission& submission, const std::vector<std::string>& to_explain,
                              const Style& style) {
  constexpr size_t kMost = 10;
  std::string out;
  std::vector<std::string> waiting;
  for (const std::string& id : to_explain) {
    if (FindExplanation(submission, id) == nullptr) waiting.push_back(id);
  }
  for (size_t i = 0; i < waiting.size() && i < kMost; ++i) {
    const Finding* const finding = FindFinding(submission.score_card(), waiting[i]);
    out += fmt::format("  待说明：{}\n", Heading(style, waiting[i], finding));
    const std::string place = finding == nullptr ? std::string() : PlaceOf(*finding);
    if (!place.empty()) out += Faint(style, fmt::format("          {}", place)) + "\n";
  }
  if (waiting.size() > kMost) {
    out += fmt::format("  另有 {} 项待说明，用 jixiao explain {} 查看\n", waiting.size() - kMost, submission.name());
  }
  for (const auto& explanation : submission.explanations()) {
    const Finding* const finding = FindFinding(submission.score_card(), explanation.finding_id());
    out += fmt::format("  已说明：{}\n", Heading(style, explanation.finding_id(), finding));
    out += fmt::format("          {}\n", Wrap(SafeText(explanation.text()), 10, style.width));
  }
  for (const auto& confirmation : submission.work_confirmations()) {
    out += fmt::format("  考核得分已确认：{} {} 分\n",
                       CriterionTitle(submission.score_card(), confirmation.criterion_id()),
                       FormatPoints(confirmation.score_milli()));
  }
  return out;
}

std::string PrintToExplain(const Submission& submission, const std::vector<std::string>& to_explain,
                           const Style& style) {
  if (to_explain.empty()) return "没有需要说明的问题。\n";
  std::string out;
  for (const std::string& id : to_explain) {
    const Finding* const finding = FindFinding(submission.score_card(), id);
    if (finding == nullptr) continue;
    out += Heading(style, id, finding) + "\n";
    const auto line = [&](const char* name, const std::string& text) {
      if (!text.empty()) out += fmt::format("    {}  {}\n", name, Wrap(SafeText(text), 10, style.width));
    };
    line("位置", PlaceOf(*finding));
    line("填报", finding->value());
    line("应为", finding->expected());
    line("办法", finding->how_to_fix());
    const auto* const explanation = FindExplanation(submission, id);
    line("说明", explanation == nullptr ? "（待填写）" : explanation->text());
  }
  return out;
}

std::string PrintExplanationKinds(const scoring::v1::ExplanationKinds& kinds, const Style& style) {
  std::string out = "审核时通常认可的说明：\n";
  for (const auto& kind : kinds.kinds()) {
    out += fmt::format("\n{}  {}\n", Bold(style, SafeText(kind.title())), Faint(style, SafeText(kind.id())));
    out += fmt::format("  适用  {}\n", Wrap(SafeText(kind.applies_when()), 8, style.width));
    std::string names;
    for (const std::string& name : kind.must_name()) names += (names.empty() ? "" : "、") + SafeText(name);
    out += fmt::format("  写明  {}\n", Wrap(names, 8, style.width));
    out += fmt::format("  例如  {}\n", Wrap(SafeText(kind.example()), 8, style.width));
  }
  std::string refused;
  for (const std::string& text : kinds.refused_texts()) refused += fmt::format("“{}”", SafeText(text));
  out += fmt::format("\n不能代替说明：{}等没有写明事实的话。说明随报告公开，不要写个人姓名、电话。\n", refused);
  return out;
}

}  // namespace jixiao::cli
