#include "intake/core/filing/submission_intake.h"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "common/base/digest.h"
#include "common/base/status_macros.h"
#include "intake/core/change/record_change.h"
#include "intake/core/submission/errors.h"
#include "intake/core/submission/stored_time.h"

namespace jixiao::intake {
namespace {

// What a request id stands for: filing these original bytes.
std::string Fingerprint(const Filing& filing) { return "submit:" + filing.original_digest; }

absl::StatusOr<v1::Receipt> ReceiptOf(SubmissionTransaction& transaction, const VersionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const auto version, transaction.FindVersion(key));
  if (!version.has_value()) return NotFound();
  return version->version.receipt();
}

absl::StatusOr<FilingAnswer> Replay(SubmissionTransaction& transaction, const Filing& filing,
                                    const RequestRecord& request) {
  if (request.fingerprint != Fingerprint(filing)) return RequestIdReused(filing.request_id);
  FilingAnswer answer;
  answer.outcome = FilingOutcome::kReplayed;
  answer.is_identical = request.is_identical;
  JIXIAO_ASSIGN_OR_RETURN(answer.receipt, ReceiptOf(transaction, {filing.key, request.version}));
  return answer;
}

absl::StatusOr<FilingAnswer> RecogniseIdentical(SubmissionTransaction& transaction, const Filing& filing,
                                                const SubmissionRecord& record) {
  FilingAnswer answer;
  answer.outcome = FilingOutcome::kIdentical;
  answer.is_identical = true;
  JIXIAO_ASSIGN_OR_RETURN(answer.receipt, ReceiptOf(transaction, CurrentVersion(record)));
  JIXIAO_RETURN_IF_ERROR(transaction.InsertRequest(
      filing.key,
      {filing.request_id, Fingerprint(filing), record.submission.current_version(), /*is_identical=*/true}));
  return answer;
}

bool IsIdentical(const Filing& filing, const SubmissionRecord& record) {
  return record.submission.report_digest() == filing.report_digest &&
         record.submission.state() != v1::Submission::STATE_WITHDRAWN;
}

v1::Receipt MakeReceipt(const Filing& filing, const Expectation& expectation, const VersionKey& key) {
  v1::Receipt receipt;
  receipt.set_submission_version(FormatVersionName(key));
  receipt.set_request_id(filing.request_id);
  receipt.set_report_digest(filing.report_digest);
  receipt.set_original_digest(filing.original_digest);
  receipt.set_original_size_bytes(filing.original_size_bytes);
  *receipt.mutable_receive_time() = ToTimestamp(filing.receive_time);
  receipt.set_trace_id(filing.trace_id);
  if (expectation.lateness.has_value()) *receipt.mutable_lateness() = *expectation.lateness;
  return receipt;
}

// The submission as it is with a new current version and nothing known of it but
// what is expected.
void StartVersion(const Filing& filing, const Expectation& expectation, SubmissionRecord& record) {
  v1::Submission& submission = record.submission;
  record.key = filing.key;
  submission.set_name(FormatSubmissionName(filing.key));
  submission.set_division_code(filing.key.division_code);
  submission.set_unit_code(filing.key.unit_code);
  submission.set_unit_name(filing.unit_name);
  submission.set_fiscal_year(filing.key.fiscal_year);
  submission.set_kind(filing.key.kind);
  submission.set_current_version(submission.current_version() + 1);
  submission.set_report_digest(filing.report_digest);
  *submission.mutable_receive_time() = ToTimestamp(filing.receive_time);
  submission.clear_return_comments();
  submission.clear_page_path();
  submission.clear_last_problem();
  submission.clear_finding_counts();
  submission.clear_lateness();
  if (expectation.lateness.has_value()) *submission.mutable_lateness() = *expectation.lateness;
}

absl::StatusOr<FilingAnswer> FileNewVersion(SubmissionTransaction& transaction, const Filing& filing,
                                            const FilingPolicy& policy, SubmissionRecord record) {
  JIXIAO_RETURN_IF_ERROR(StateAfter(record.submission.state(), v1::SubmissionEvent::ACTION_SUBMITTED).status());
  JIXIAO_ASSIGN_OR_RETURN(const Expectation expectation, CheckExpected(transaction, filing, record, policy));
  if (record.submission.current_version() > 0) {
    // Nobody reviews a version that was replaced before it was scored.
    JIXIAO_RETURN_IF_ERROR(transaction.DeleteTask(CurrentVersion(record), TaskKind::kScore));
  }
  StartVersion(filing, expectation, record);
  const VersionKey key = CurrentVersion(record);
  FilingAnswer answer;
  answer.receipt = MakeReceipt(filing, expectation, key);

  VersionRecord version;
  version.key = key;
  version.rule_set = expectation.rule_set;
  version.registered_unit_name = expectation.registered_unit_name;
  version.version.set_name(FormatVersionName(key));
  version.version.set_version(key.version);
  *version.version.mutable_receipt() = answer.receipt;
  version.version.set_state(v1::Submission::STATE_ACCEPTED);
  JIXIAO_ASSIGN_OR_RETURN(const v1::SubmissionEvent event,
                          AdvanceSubmission(v1::SubmissionEvent::ACTION_SUBMITTED,
                                            {filing.actor, "", filing.receive_time, filing.request_id}, record));
  JIXIAO_RETURN_IF_ERROR(transaction.PutSubmission(record));
  JIXIAO_RETURN_IF_ERROR(transaction.InsertVersion(version, filing.documents));
  JIXIAO_RETURN_IF_ERROR(RecordEvent(transaction, record, event, filing.request_id));
  JIXIAO_RETURN_IF_ERROR(transaction.InsertRequest(
      filing.key, {filing.request_id, Fingerprint(filing), key.version, /*is_identical=*/false}));
  Task task;
  task.key = key;
  task.kind = TaskKind::kScore;
  task.create_time = filing.receive_time;
  task.not_before = filing.receive_time;
  JIXIAO_RETURN_IF_ERROR(transaction.PutTask(task));
  return answer;
}

}  // namespace

absl::StatusOr<FilingAnswer> FileReport(SubmissionTransaction& transaction, const Filing& filing,
                                        const FilingPolicy& policy) {
  JIXIAO_ASSIGN_OR_RETURN(const auto request, transaction.FindRequest(filing.key, filing.request_id));
  if (request.has_value()) return Replay(transaction, filing, *request);
  JIXIAO_ASSIGN_OR_RETURN(const auto found, transaction.FindSubmission(filing.key));
  if (found.has_value() && IsIdentical(filing, *found)) return RecogniseIdentical(transaction, filing, *found);
  SubmissionRecord record = found.value_or(SubmissionRecord{});
  const int current = record.submission.current_version();
  if (filing.base_version.has_value() && *filing.base_version != current) {
    return StaleBaseVersion(*filing.base_version, current);
  }
  return FileNewVersion(transaction, filing, policy, std::move(record));
}

void Submit(SubmissionStore& store, Filing filing, FilingPolicy policy,
            std::function<void(absl::StatusOr<FilingAnswer>)> done) {
  struct Attempt {
    Filing filing;
    FilingPolicy policy;
    FilingAnswer answer;
  };
  const auto attempt = std::make_shared<Attempt>();
  attempt->filing = std::move(filing);
  attempt->policy = std::move(policy);
  store.Write(
      WriteTopic{attempt->filing.key, attempt->filing.request_id, attempt->filing.documents.size()},
      [attempt](SubmissionTransaction& transaction) -> absl::Status {
        if (attempt->filing.is_abandoned && attempt->filing.is_abandoned()) return Abandoned();
        JIXIAO_ASSIGN_OR_RETURN(attempt->answer, FileReport(transaction, attempt->filing, attempt->policy));
        return absl::OkStatus();
      },
      [attempt, done = std::move(done)](absl::Status status) {
        if (status.ok()) return done(std::move(attempt->answer));
        done(std::move(status));
      });
}

absl::Status CompleteUnit(SubmissionStore& store, const Divisions& divisions, Filing& filing) {
  if (!filing.is_unit_provisional) return absl::OkStatus();
  std::string code;
  JIXIAO_RETURN_IF_ERROR(WriteAndWait(store, [&](SubmissionTransaction& transaction) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(code, FindUnitCode(transaction, filing, divisions));
    return absl::OkStatus();
  }));
  if (!code.empty()) SetUnitCode(code, filing);
  return absl::OkStatus();
}

}  // namespace jixiao::intake
