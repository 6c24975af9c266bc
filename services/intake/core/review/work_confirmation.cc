#include "intake/core/review/work_confirmation.h"

#include <algorithm>
#include <set>

#include "common/base/digest.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "intake/core/change/change_once.h"
#include "intake/core/change/record_change.h"
#include "intake/core/review/findings_to_explain.h"

namespace jixiao::intake {
namespace {

using E = v1::SubmissionEvent;
using scoring::v1::WorkCriterionScore;

constexpr size_t kMaxConfirmations = 100;
constexpr int64_t kMostConfirmationCharacters = 500;

const WorkCriterionScore* FindCriterion(const scoring::v1::ScoreCard& card, const std::string& criterion_id) {
  for (const WorkCriterionScore& criterion : card.work_assessment().criteria()) {
    if (criterion.criterion_id() == criterion_id) return &criterion;
  }
  return nullptr;
}

absl::Status CheckAgainstCard(const WorkConfirmations& request, const scoring::v1::ScoreCard& card) {
  Violations violations;
  const PathStep root;
  for (size_t i = 0; i < request.confirmations.size(); ++i) {
    const v1::WorkConfirmation& confirmation = request.confirmations[i];
    const PathStep path = root.At("confirmations", static_cast<int>(i));
    const WorkCriterionScore* const criterion = FindCriterion(card, confirmation.criterion_id());
    if (criterion == nullptr) {
      violations.Add(path / "criterion_id",
                     fmt::format("本版的自评工作考核没有 {} 这一项，请核对编号", confirmation.criterion_id()));
    } else if (criterion->basis() == scoring::v1::WORK_SCORE_BASIS_COMPUTED) {
      violations.Add(path / "criterion_id",
                     fmt::format("“{}”按记录计算，不需要确认；如记录有误，请更正记录", criterion->title()));
    } else if (confirmation.score_milli() > criterion->weight_milli()) {
      violations.Add(path / "score_milli",
                     fmt::format("“{}”满分 {} 分，不能确认为 {} 分", criterion->title(),
                                 FormatPoints(criterion->weight_milli()), FormatPoints(confirmation.score_milli())));
    }
  }
  return violations.ToStatus();
}

void Merge(const std::vector<v1::WorkConfirmation>& fresh, std::vector<v1::WorkConfirmation>& stored) {
  for (const v1::WorkConfirmation& confirmation : fresh) {
    std::erase_if(stored, [&](const auto& each) { return each.criterion_id() == confirmation.criterion_id(); });
    stored.push_back(confirmation);
  }
  std::sort(stored.begin(), stored.end(),
            [](const auto& a, const auto& b) { return a.criterion_id() < b.criterion_id(); });
}

// What the history says: each point, and which card it was confirmed on.
std::string Record(const WorkConfirmations& request, const scoring::v1::ScoreCard& card,
                   const std::string& card_bytes) {
  std::string text;
  for (const v1::WorkConfirmation& confirmation : request.confirmations) {
    const std::string reason(Trim(confirmation.reason()));
    text += fmt::format(
        "{}{} {} 分{}", text.empty() ? "" : "；", FindCriterion(card, confirmation.criterion_id())->title(),
        FormatPoints(confirmation.score_milli()), reason.empty() ? std::string() : fmt::format("（{}）", reason));
  }
  return fmt::format("{}。所依据的评分卡 {}", text, ContentDigest(card_bytes));
}

absl::Status Confirm(SubmissionTransaction& transaction, const WorkConfirmations& request, SubmissionRecord& record) {
  JIXIAO_RETURN_IF_ERROR(StateAfter(record.submission.state(), E::ACTION_WORK_CONFIRMED).status());
  const VersionKey key = CurrentVersion(record);
  JIXIAO_ASSIGN_OR_RETURN(const std::string card_bytes, transaction.FindScoreCard(key));
  JIXIAO_ASSIGN_OR_RETURN(const scoring::v1::ScoreCard card, ParseScoreCard(card_bytes));
  JIXIAO_RETURN_IF_ERROR(CheckAgainstCard(request, card));
  JIXIAO_ASSIGN_OR_RETURN(ReviewNotes notes, transaction.FindReviewNotes(key));
  Merge(request.confirmations, notes.confirmations);
  JIXIAO_RETURN_IF_ERROR(transaction.PutReviewNotes(key, notes));
  const Cause cause = {request.actor, Record(request, card, card_bytes), request.time, request.request_id};
  JIXIAO_RETURN_IF_ERROR(ApplyAction(transaction, E::ACTION_WORK_CONFIRMED, cause, record));
  // Counted again with the next card; nobody decides on the former counts.
  record.submission.clear_finding_counts();
  Task task;
  task.key = key;
  task.kind = TaskKind::kScore;
  task.create_time = request.time;
  task.not_before = request.time;
  return transaction.PutTask(task);
}

std::string Fingerprint(const WorkConfirmations& request) {
  std::string content = std::to_string(request.version);
  for (const v1::WorkConfirmation& confirmation : request.confirmations) {
    content += fmt::format("\n{}={}\n{}", confirmation.criterion_id(), confirmation.score_milli(),
                           ContentDigest(confirmation.reason()));
  }
  return "confirm:" + ContentDigest(content);
}

}  // namespace

absl::Status ValidateWorkConfirmations(const WorkConfirmations& request) {
  Violations violations;
  const PathStep root;
  CheckRequest(request.request_id, request.version, violations);
  if (request.confirmations.empty()) violations.Add(root / "confirmations", "请至少确认一项考核得分");
  if (request.confirmations.size() > kMaxConfirmations) violations.Add(root / "confirmations", "最多 100 项");
  std::set<std::string> seen;
  for (size_t i = 0; i < request.confirmations.size() && i < kMaxConfirmations; ++i) {
    const v1::WorkConfirmation& confirmation = request.confirmations[i];
    const PathStep path = root.At("confirmations", static_cast<int>(i));
    if (confirmation.criterion_id().empty() || !IsCleanUtf8(confirmation.criterion_id()) ||
        confirmation.criterion_id().size() > 100) {
      violations.Add(path / "criterion_id", "请填写考核项编号，例如 ON_TIME，见评分卡");
    } else if (!seen.insert(confirmation.criterion_id()).second) {
      violations.Add(path / "criterion_id", fmt::format("{} 给了两次，请只留一次", confirmation.criterion_id()));
    }
    if (!confirmation.has_score_milli() || confirmation.score_milli() < 0) {
      violations.Add(path / "score_milli", "请填写确认的得分，不能为负数");
    }
    CheckText(path / "reason", confirmation.reason(), kMostConfirmationCharacters, "理由", violations);
  }
  return violations.ToStatus();
}

absl::Status ConfirmWork(SubmissionTransaction& transaction, const WorkConfirmations& request) {
  return ChangeOnce(transaction, {request.key, request.version, request.request_id, Fingerprint(request)},
                    [&](SubmissionRecord& record) { return Confirm(transaction, request, record); });
}

}  // namespace jixiao::intake
