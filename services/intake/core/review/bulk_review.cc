#include "intake/core/review/bulk_review.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

#include "absl/strings/numbers.h"
#include "common/base/digest.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "intake/core/change/change_once.h"
#include "intake/core/change/record_change.h"
#include "intake/core/review/findings_to_explain.h"
#include "intake/core/review/submission_review.h"
#include "intake/core/submission/errors.h"
#include "intake/core/submission/stored_time.h"

namespace jixiao::intake {
namespace {

using E = v1::SubmissionEvent;

constexpr size_t kMaxRequestId = 50;  // leaves room for what is put behind it
constexpr size_t kMaxFailures = 100;
constexpr int kPage = 200;
// Writes on their way at once; enough for the store to commit them together.
constexpr size_t kInFlight = 32;

ListFilter FilterOf(const BulkReview& review) {
  ListFilter filter;
  filter.division_prefix = DivisionPrefix(review.division_code);
  filter.fiscal_year = review.fiscal_year;
  filter.state = v1::Submission::STATE_SCORED;
  filter.kind = review.kind;
  filter.scopes = review.scopes;
  return filter;
}

bool IsWithinSupport(const scoring::v1::TableScore& table) {
  return table.has_claimed_milli() && table.has_supported_low_milli() && table.has_supported_high_milli() &&
         table.claimed_milli() >= table.supported_low_milli() && table.claimed_milli() <= table.supported_high_milli();
}

// Whether `record`, scored and in scope, is meant; `before` is when the caller
// asked first.
absl::StatusOr<bool> Matches(SubmissionReads& reads, const BulkReview& review, const SubmissionRecord& record,
                             absl::Time before) {
  const v1::FindingCounts& counts = record.submission.finding_counts();
  if (FromTimestamp(record.submission.update_time()) > before) return false;
  if (review.without_blocking_findings && counts.blocks() > 0) return false;
  if (review.without_unexplained_findings && counts.unexplained() > 0) return false;
  if (!review.within_supported_scores) return true;
  JIXIAO_ASSIGN_OR_RETURN(const std::string bytes, reads.FindScoreCard(CurrentVersion(record)));
  JIXIAO_ASSIGN_OR_RETURN(const scoring::v1::ScoreCard card, ParseScoreCard(bytes));
  return !card.tables().empty() && std::all_of(card.tables().begin(), card.tables().end(), IsWithinSupport);
}

// What matches of one page, by name.
struct MatchPage {
  std::vector<SubmissionRecord> matching;
  std::optional<SubmissionKey> last;  // that was looked at; nothing behind the end
};

absl::StatusOr<MatchPage> ReadMatches(SubmissionReads& reads, const BulkReview& review, absl::Time before,
                                      const std::optional<SubmissionKey>& after) {
  JIXIAO_ASSIGN_OR_RETURN(auto records, reads.Submissions(FilterOf(review), after, kPage));
  MatchPage page;
  if (!records.empty()) page.last = records.back().key;
  for (SubmissionRecord& record : records) {
    JIXIAO_ASSIGN_OR_RETURN(const bool matches, Matches(reads, review, record, before));
    if (matches) page.matching.push_back(std::move(record));
  }
  return page;
}

absl::StatusOr<int> Count(SubmissionStore& store, const BulkReview& review, absl::Time before) {
  return ReadFrom(store, ReadOperation::kBulkReview, [&](SubmissionReads& reads) -> absl::StatusOr<int> {
    int count = 0;
    std::optional<SubmissionKey> after;
    do {
      JIXIAO_ASSIGN_OR_RETURN(const MatchPage page, ReadMatches(reads, review, before, after));
      count += static_cast<int>(page.matching.size());
      after = page.last;
    } while (after.has_value());
    return count;
  });
}

std::string Fingerprint(const BulkReview& review) {
  return "bulk:" + ContentDigest(fmt::format("{} {} {} {} {} {} {} {}\n{}", review.division_code, review.fiscal_year,
                                             static_cast<int>(review.kind), review.without_blocking_findings,
                                             review.without_unexplained_findings, review.within_supported_scores,
                                             static_cast<int>(review.action), review.actor, review.reason));
}

// When the call with this request id was made first; nothing if that is now. The
// moment stands behind the fingerprint of the stored operation.
absl::StatusOr<std::optional<absl::Time>> FirstAsked(SubmissionTransaction& transaction, const BulkReview& review) {
  JIXIAO_ASSIGN_OR_RETURN(const auto operation, transaction.FindOperation(review.division_code, review.request_id));
  if (!operation.has_value()) return std::optional<absl::Time>();
  const std::string prefix = Fingerprint(review) + "@";
  int64_t micros = 0;
  if (!operation->fingerprint.starts_with(prefix) ||
      !absl::SimpleAtoi(operation->fingerprint.substr(prefix.size()), &micros)) {
    return RequestIdReused(review.request_id);
  }
  return std::make_optional(absl::FromUnixMicros(micros));
}

absl::Status Begin(SubmissionTransaction& transaction, const BulkReview& review, absl::Time& start) {
  JIXIAO_ASSIGN_OR_RETURN(const auto earlier, FirstAsked(transaction, review));
  if (earlier.has_value()) {
    start = *earlier;
    return absl::OkStatus();
  }
  return transaction.InsertOperation(
      {review.division_code, review.request_id, fmt::format("{}@{}", Fingerprint(review), absl::ToUnixMicros(start))});
}

// As the single call, unless somebody was there since it was found to match.
absl::Status Decide(SubmissionTransaction& transaction, const ReviewStep& step,
                    const google::protobuf::Timestamp& update_time) {
  JIXIAO_ASSIGN_OR_RETURN(const auto record, transaction.FindSubmission(step.key));
  if (record.has_value() && record->submission.state() == v1::Submission::STATE_SCORED &&
      FromTimestamp(record->submission.update_time()) != FromTimestamp(update_time)) {
    return ChangedMeanwhile();
  }
  return TakeReviewStep(transaction, step);
}

ReviewStep StepFor(const BulkReview& review, const SubmissionRecord& record, absl::Time time) {
  ReviewStep step;
  step.key = record.key;
  step.action = review.action;
  step.version = record.submission.current_version();
  if (review.action == E::ACTION_RETURNED) {
    step.comments.emplace_back().set_text(review.reason);
  } else {
    step.reason = review.reason;
  }
  step.request_id = fmt::format("{}-v{}", review.request_id, step.version);
  step.actor = review.actor;
  step.time = time;
  return step;
}

// Decides up to kInFlight submissions side by side and waits for all of them.
class Batch {
 public:
  Batch(SubmissionStore& store, const Clock& clock, const BulkReview& review)
      : store_(store), clock_(clock), review_(review) {}

  void Run(const std::vector<SubmissionRecord>& records, size_t begin, size_t end, BulkOutcome& outcome) {
    std::vector<absl::Status> answers(end - begin);
    open_ = end - begin;
    for (size_t i = begin; i < end; ++i) {
      const auto step = std::make_shared<ReviewStep>(StepFor(review_, records[i], clock_.Now()));
      store_.Write(
          WriteTopic{step->key, step->request_id},
          [step, update_time = records[i].submission.update_time()](SubmissionTransaction& transaction) {
            return Decide(transaction, *step, update_time);
          },
          [this, &answer = answers[i - begin]](absl::Status status) {
            // Notified under the lock: after the last one this may be gone.
            const std::lock_guard<std::mutex> lock(mutex_);
            answer = std::move(status);
            --open_;
            answered_.notify_all();
          });
    }
    std::unique_lock<std::mutex> lock(mutex_);
    answered_.wait(lock, [this] { return open_ == 0; });
    for (size_t i = 0; i < answers.size(); ++i) Add(records[begin + i], answers[i], outcome);
  }

 private:
  static void Add(const SubmissionRecord& record, const absl::Status& answer, BulkOutcome& outcome) {
    if (answer.ok()) {
      ++outcome.changed;
      return;
    }
    ++outcome.failed;
    if (outcome.failures.size() < kMaxFailures) outcome.failures.emplace_back(record.submission.name(), answer);
  }

  SubmissionStore& store_;
  const Clock& clock_;
  const BulkReview& review_;
  std::mutex mutex_;
  std::condition_variable answered_;
  size_t open_ = 0;
};

}  // namespace

absl::Status ValidateBulkReview(const BulkReview& review) {
  Violations violations;
  const PathStep root;
  if (!IsDivisionCode(review.division_code)) {
    violations.Add(root / "division_code", kDivisionCodeAdvice);
  }
  if (!IsFiscalYear(review.fiscal_year)) violations.Add(root / "fiscal_year", "请填写年度，例如 2024");
  if (!IsRequestId(review.request_id) || review.request_id.size() > kMaxRequestId) {
    violations.Add(root / "request_id", "请求编号必填，应为 8 至 50 位字母、数字、短横线或下划线，例如 UUID");
  }
  if (review.action != E::ACTION_APPROVED && review.action != E::ACTION_RETURNED) {
    violations.Add(root / "decision", "请选择审核通过或退回");
  }
  if (CheckText(root / "reason", review.reason, kMostReasonCharacters, "理由或意见", violations) &&
      review.action == E::ACTION_RETURNED && !review.is_preview && Trim(review.reason).empty()) {
    violations.Add(root / "reason", "批量退回时应写明意见，说明需要修改什么");
  }
  return violations.ToStatus();
}

absl::StatusOr<int> CountMatches(SubmissionStore& store, const BulkReview& review) {
  return Count(store, review, absl::InfiniteFuture());
}

absl::StatusOr<BulkOutcome> ReviewAll(SubmissionStore& store, const Clock& clock, const BulkReview& review,
                                      absl::Time until) {
  std::optional<absl::Time> earlier;
  JIXIAO_RETURN_IF_ERROR(WriteAndWait(store, [&](SubmissionTransaction& transaction) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(earlier, FirstAsked(transaction, review));
    return absl::OkStatus();
  }));
  absl::Time start = earlier.value_or(clock.Now());
  BulkOutcome outcome;
  JIXIAO_ASSIGN_OR_RETURN(outcome.matched, Count(store, review, start));
  if (!earlier.has_value()) {
    if (review.expected_count.has_value() && *review.expected_count != outcome.matched) {
      return PreviewOutdated(*review.expected_count, outcome.matched);
    }
    JIXIAO_RETURN_IF_ERROR(
        WriteAndWait(store, [&](SubmissionTransaction& transaction) { return Begin(transaction, review, start); }));
  }
  Batch batch(store, clock, review);
  // Each page is of the moment before its decisions: what changes others meanwhile
  // is seen, and decided on by nobody.
  std::optional<SubmissionKey> after;
  do {
    JIXIAO_ASSIGN_OR_RETURN(const MatchPage page,
                            ReadFrom(store, ReadOperation::kBulkReview,
                                     [&](SubmissionReads& reads) { return ReadMatches(reads, review, start, after); }));
    const std::vector<SubmissionRecord>& records = page.matching;
    for (size_t begin = 0; begin < records.size() && clock.Now() < until; begin += kInFlight) {
      batch.Run(records, begin, std::min(begin + kInFlight, records.size()), outcome);
    }
    after = page.last;
  } while (after.has_value() && clock.Now() < until);
  outcome.remaining = std::max(0, outcome.matched - outcome.changed - outcome.failed);
  return outcome;
}

}  // namespace jixiao::intake
