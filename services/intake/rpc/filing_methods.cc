// Filing one report, and checking one without filing it.
#include <fmt/format.h>

#include <utility>

#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "common/rpc/raw_message.h"
#include "intake/rpc/intake_service.h"

namespace jixiao::intake {
namespace {

// A code that had to be made up is nobody's: the caller is asked for the unit's.
absl::Status AuthorizeFiling(const Subject& caller, const Filing& filing) {
  absl::Status status = Authorize(caller, Permission::kSubmit, ResourceOf(filing.key));
  if (status.code() != absl::StatusCode::kNotFound || !filing.is_unit_provisional) return status;
  return InvalidFields(
      {{"document.unit.code",
        fmt::format("文件中没有单位代码，按单位名称“{}”在名录中也查不到唯一的单位；请填写单位代码后重新报送",
                    Shorten(filing.unit_name, 60))}});
}

}  // namespace

FilingMetrics::FilingMetrics(Metrics& metrics)
    : outcomes_(metrics, "jixiao_intake_submissions_total", "Filings by how they ended.", "outcome",
                {"new_version", "identical", "replayed", "refused", "failed"}) {}

void FilingMetrics::Count(const absl::StatusOr<FilingAnswer>& answer) {
  if (!answer.ok()) {
    switch (answer.status().code()) {
      case absl::StatusCode::kInvalidArgument:
      case absl::StatusCode::kAlreadyExists:
      case absl::StatusCode::kAborted:
      case absl::StatusCode::kFailedPrecondition: return outcomes_.Increment("refused");
      default: return outcomes_.Increment("failed");
    }
  }
  switch (answer->outcome) {
    case FilingOutcome::kNewVersion: return outcomes_.Increment("new_version");
    case FilingOutcome::kIdentical: return outcomes_.Increment("identical");
    case FilingOutcome::kReplayed: return outcomes_.Increment("replayed");
  }
}

grpc::ServerUnaryReactor* IntakeService::SubmitReport(Context* context, const grpc::ByteBuffer* request,
                                                      grpc::ByteBuffer* response) {
  return runner_.RunAsync(
      context, "SubmitReport",
      [=, this](const Call& call, const CallRunner::Done& done) {
        const absl::StatusOr<Subject> caller = parts_.callers.Identify(*context);
        if (!caller.ok()) return done(caller.status());
        Submit(call, *caller, *request, *response, done);
      },
      request->Length());
}

void IntakeService::Submit(const Call& call, const Subject& caller, const grpc::ByteBuffer& request,
                           grpc::ByteBuffer& response, const CallRunner::Done& done) {
  FileReportBytes(call, caller, ToBytes(request), [&response, done](absl::StatusOr<FilingAnswer> answer) {
    if (!answer.ok()) return done(answer.status());
    v1::SubmitReportResponse message;
    *message.mutable_receipt() = std::move(answer->receipt);
    message.set_is_identical(answer->is_identical);
    response = ToByteBuffer(message.SerializeAsString());
    done(absl::OkStatus());
  });
}

void IntakeService::FileReportBytes(const Call& call, const Subject& caller, const std::string& request,
                                    std::function<void(absl::StatusOr<FilingAnswer>)> done) {
  const absl::Time receive_time = parts_.clock.Now();
  absl::StatusOr<Filing> filing = ReadSubmitRequest(request, parts_.reader);
  absl::Status refusal = filing.ok() ? CompleteUnit(parts_.store, parts_.policy.divisions, *filing) : filing.status();
  if (refusal.ok()) refusal = AuthorizeFiling(caller, *filing);
  if (refusal.ok() && parts_.limits != nullptr) {
    refusal = parts_.limits->Admit(caller, ResourceOf(filing->key), receive_time);
  }
  if (!refusal.ok()) {
    parts_.metrics.Count(refusal);
    return done(refusal);
  }
  filing->receive_time = receive_time;
  filing->trace_id = call.trace_id;
  filing->actor = caller.id;
  filing->is_abandoned = [call, &clock = parts_.clock] {
    return clock.Now() > call.deadline || (call.is_cancelled && call.is_cancelled());
  };
  jixiao::intake::Submit(parts_.store, *std::move(filing), parts_.policy,
                         [this, done = std::move(done), trace_id = call.trace_id](absl::StatusOr<FilingAnswer> answer) {
                           parts_.metrics.Count(answer);
                           if (!answer.ok()) return done(std::move(answer));
                           LogInfo("submission_accepted", {{"submission_version", answer->receipt.submission_version()},
                                                           {"report_digest", answer->receipt.report_digest()},
                                                           {"is_new", answer->outcome == FilingOutcome::kNewVersion},
                                                           {"trace_id", trace_id}});
                           const bool is_new = answer->outcome == FilingOutcome::kNewVersion;
                           done(std::move(answer));
                           if (is_new) parts_.on_task();
                         });
}

grpc::ServerUnaryReactor* IntakeService::CheckReport(Context* context, const grpc::ByteBuffer* request,
                                                     grpc::ByteBuffer* response) {
  return runner_.RunAsync(
      context, "CheckReport",
      [=, this](const Call& call, const CallRunner::Done& done) { Check(call, *request, *response, done); },
      request->Length());
}

void IntakeService::Check(const Call& call, const grpc::ByteBuffer& request, grpc::ByteBuffer& response,
                          const CallRunner::Done& done) {
  absl::StatusOr<CheckDraft> draft = ReadCheckRequest(ToBytes(request), parts_.reader);
  if (!draft.ok()) return done(draft.status());
  std::string message;
  AppendField(v1::CheckReportResponse::kReportFieldNumber, draft->report_bytes, message);
  ScoringCall scoring{.report_bytes = std::move(draft->report_bytes),
                      .report_digest = std::move(draft->report_digest),
                      .rule_set = std::move(draft->rule_set),
                      .context = {},
                      .deadline = call.deadline,
                      .trace_id = call.trace_id};
  parts_.scoring.Score(std::move(scoring), [&response, done, message = std::move(message)](
                                               const absl::StatusOr<std::string>& card) mutable {
    if (!card.ok()) return done(card.status());
    AppendField(v1::CheckReportResponse::kScoreCardFieldNumber, *card, message);
    response = ToByteBuffer(std::move(message));
    done(absl::OkStatus());
  });
}

}  // namespace jixiao::intake
