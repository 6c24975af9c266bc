#include "intake/core/review/finding_explanation.h"

#include <algorithm>
#include <set>

#include "common/base/digest.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "common/domain/personal_data.h"
#include "intake/core/change/change_once.h"
#include "intake/core/change/record_change.h"
#include "intake/core/review/findings_to_explain.h"
#include "intake/core/submission/stored_time.h"

namespace jixiao::intake {
namespace {

using E = v1::SubmissionEvent;

constexpr int64_t kMinChars = 4;
constexpr int64_t kMaxChars = 500;

// `……` and `1234` explain nothing.
bool SaysSomething(std::string_view text) {
  const std::u32string code_points = ToCodePoints(text);
  return std::count_if(code_points.begin(), code_points.end(), IsHan) >= kMinChars;
}

void CheckExplanationText(const PathStep& path, const std::string& text, Violations& violations) {
  if (!CheckText(path, text, kMaxChars, "说明", violations)) return;
  const std::string_view trimmed = Trim(text);
  if (CodePointCount(trimmed) < kMinChars || !SaysSomething(trimmed)) {
    violations.Add(path,
                   "说明过于简单，应为 4 至 500 字，写清原因、依据和金额或数量，例如“年中追加防汛经费 12 万元，"
                   "见某号文件”");
  }
  for (const PersonalData& find : FindPersonalData(text)) {
    violations.Add(path, fmt::format("说明将随报告公开，第 {} 字起像是{}，请删去，改写为单位或职务",
                                     find.start_char + 1, PersonalDataTitle(find.kind)));
  }
}

void Put(v1::FindingExplanation explanation, std::vector<v1::FindingExplanation>& explanations) {
  const auto place = std::lower_bound(
      explanations.begin(), explanations.end(), explanation.finding_id(),
      [](const v1::FindingExplanation& each, const std::string& id) { return each.finding_id() < id; });
  if (place != explanations.end() && place->finding_id() == explanation.finding_id()) {
    *place = std::move(explanation);
  } else {
    explanations.insert(place, std::move(explanation));
  }
}

absl::Status Explain(SubmissionTransaction& transaction, const Explanation& explanation, SubmissionRecord& record) {
  // The state first: before SCORED there is no card to look in.
  JIXIAO_RETURN_IF_ERROR(StateAfter(record.submission.state(), E::ACTION_FINDING_EXPLAINED).status());
  const VersionKey key = CurrentVersion(record);
  JIXIAO_ASSIGN_OR_RETURN(const std::string card_bytes, transaction.FindScoreCard(key));
  JIXIAO_ASSIGN_OR_RETURN(const scoring::v1::ScoreCard card, ParseScoreCard(card_bytes));
  JIXIAO_RETURN_IF_ERROR(CheckNeedsExplanation(card, explanation.finding_id));

  JIXIAO_ASSIGN_OR_RETURN(ReviewNotes notes, transaction.FindReviewNotes(key));
  v1::FindingExplanation note;
  note.set_finding_id(explanation.finding_id);
  note.set_text(std::string(Trim(explanation.text)));
  note.set_actor(explanation.actor);
  *note.mutable_explain_time() = ToTimestamp(explanation.time);
  const std::string reason = fmt::format("{}：{}", note.finding_id(), note.text());
  Put(std::move(note), notes.explanations);
  JIXIAO_RETURN_IF_ERROR(transaction.PutReviewNotes(key, notes));

  std::vector<std::string> to_explain;
  for (const scoring::v1::Finding* finding : FindingsToExplain(card)) to_explain.push_back(finding->id());
  record.submission.mutable_finding_counts()->set_unexplained(KeepExplanationsOf(to_explain, notes));
  return ApplyAction(transaction, E::ACTION_FINDING_EXPLAINED,
                     {explanation.actor, reason, explanation.time, explanation.request_id}, record);
}

}  // namespace

absl::Status ValidateExplanation(const Explanation& explanation) {
  Violations violations;
  const PathStep root;
  CheckRequest(explanation.request_id, explanation.version, violations);
  if (explanation.finding_id.empty() || explanation.finding_id.size() > 100) {
    violations.Add(root / "finding_id", "请填写要说明的问题编号，例如 EXEC_SCORE-1，见检查发现");
  }
  CheckExplanationText(root / "explanation", explanation.text, violations);
  return violations.ToStatus();
}

absl::Status ExplainFinding(SubmissionTransaction& transaction, const Explanation& explanation) {
  const std::string content = fmt::format("{}\n{}\n{}", explanation.version, explanation.finding_id, explanation.text);
  return ChangeOnce(transaction,
                    {explanation.key, explanation.version, explanation.request_id, "explain:" + ContentDigest(content)},
                    [&](SubmissionRecord& record) { return Explain(transaction, explanation, record); });
}

int KeepExplanationsOf(const std::vector<std::string>& to_explain, ReviewNotes& notes) {
  const std::set<std::string> needed(to_explain.begin(), to_explain.end());
  std::erase_if(notes.explanations,
                [&](const v1::FindingExplanation& each) { return !needed.contains(each.finding_id()); });
  return static_cast<int>(needed.size() - notes.explanations.size());
}

}  // namespace jixiao::intake
