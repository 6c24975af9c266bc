// Translates calls of IntakeService to core and back. The bytes of a report go
// in and out as they are.
#ifndef JIXIAO_INTAKE_RPC_INTAKE_SERVICE_H_
#define JIXIAO_INTAKE_RPC_INTAKE_SERVICE_H_

#include <grpcpp/grpcpp.h>

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/base/status_macros.h"
#include "common/rpc/raw_message.h"
#include "common/rpc/work/call_runner.h"
#include "common/rpc/work/open_streams.h"
#include "common/telemetry/metrics.h"
#include "intake/core/filing/filing.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/core/filing/submit_limits.h"
#include "intake/core/review/submission_review.h"
#include "intake/core/submission/submission_store.h"
#include "intake/core/tasks/scoring_client.h"
#include "intake/rpc/callers.h"
#include "intake/rpc/read_request.h"
#include "intake/rpc/watch_hub.h"
#include "jixiao/intake/v1/intake_service.grpc.pb.h"

namespace jixiao::intake {

// Streams open at one time: bulk filings, watchers and readers of the audit log.
inline constexpr size_t kMaxStreams = 1000;

// DATA_LOSS if the bytes are no report.
absl::StatusOr<report::v1::Report> ParseStoredReport(const std::string& bytes);

// A submission with score card, notes and next step; NOT_FOUND if there is none.
absl::StatusOr<v1::Submission> ReadSubmission(SubmissionReads& reads, const SubmissionKey& key);

// All methods of the contract.
std::vector<std::string> IntakeMethods();

// `jixiao_intake_submissions_total{outcome}`: how filings ended.
class FilingMetrics {
 public:
  explicit FilingMetrics(Metrics& metrics);
  void Count(const absl::StatusOr<FilingAnswer>& answer);

 private:
  LabelledCounter outcomes_;
};

// The generated classes that make up a service, one for each method.
template <template <typename> typename... Methods>
struct MethodChain {
  using Type = v1::IntakeService::Service;
};
template <template <typename> typename First, template <typename> typename... Rest>
struct MethodChain<First, Rest...> {
  using Type = First<typename MethodChain<Rest...>::Type>;
};

// All handlers get bytes and give bytes: those of reports and documents as they
// are, the others parsed here (ReadRequest), within their own, smaller limit.
using Methods = v1::IntakeService;
using IntakeServiceBase =
    MethodChain<Methods::WithRawCallbackMethod_SubmitReport, Methods::WithRawCallbackMethod_SubmitReports,
                Methods::WithRawCallbackMethod_CheckReport, Methods::WithRawCallbackMethod_GetVersion,
                Methods::WithRawCallbackMethod_GetSubmission, Methods::WithRawCallbackMethod_ListSubmissions,
                Methods::WithRawCallbackMethod_ListVersions, Methods::WithRawCallbackMethod_CompareVersions,
                Methods::WithRawCallbackMethod_ListEvents, Methods::WithRawCallbackMethod_WatchSubmission,
                Methods::WithRawCallbackMethod_ApproveSubmission, Methods::WithRawCallbackMethod_ReturnSubmission,
                Methods::WithRawCallbackMethod_WithdrawSubmission, Methods::WithRawCallbackMethod_ExplainFinding,
                Methods::WithRawCallbackMethod_ReviewSubmissions, Methods::WithRawCallbackMethod_ConfirmWorkAssessment,
                Methods::WithRawCallbackMethod_ImportRoster, Methods::WithRawCallbackMethod_ListRosterUnits,
                Methods::WithRawCallbackMethod_SetSeason, Methods::WithRawCallbackMethod_GetSeason,
                Methods::WithRawCallbackMethod_ExtendDeadline, Methods::WithRawCallbackMethod_GetSeasonProgress,
                Methods::WithRawCallbackMethod_ReadAuditLog>::Type;

class IntakeService final : public IntakeServiceBase {
 public:
  struct Parts {
    SubmissionStore& store;
    ScoringClient& scoring;
    const Callers& callers;
    const Clock& clock;
    DocumentReader reader;
    FilingMetrics& metrics;
    OpenStreams& streams;
    // Called when a task was stored, on any thread.
    std::function<void()> on_task;
    FilingPolicy policy = {};
    // Null: submissions cannot be watched.
    WatchHub* watches = nullptr;
    SubmitLimits* limits = nullptr;  // null: none
  };

  // All of `parts` and `runner` outlive this.
  IntakeService(Parts parts, CallRunner& runner) : parts_(std::move(parts)), runner_(runner) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* SubmitReport(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  Reactor* CheckReport(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  Reactor* GetVersion(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  Reactor* GetSubmission(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  Reactor* ListSubmissions(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  Reactor* ListVersions(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  Reactor* CompareVersions(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  Reactor* ListEvents(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  Reactor* ApproveSubmission(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  Reactor* ReturnSubmission(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  Reactor* WithdrawSubmission(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;

  Reactor* ExplainFinding(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  Reactor* ReviewSubmissions(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  Reactor* ConfirmWorkAssessment(Context* context, const grpc::ByteBuffer* request,
                                 grpc::ByteBuffer* response) override;
  Reactor* ImportRoster(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  Reactor* ListRosterUnits(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  Reactor* SetSeason(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  Reactor* GetSeason(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  Reactor* ExtendDeadline(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  Reactor* GetSeasonProgress(Context* context, const grpc::ByteBuffer* request, grpc::ByteBuffer* response) override;
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* SubmitReports(Context* context) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchSubmission(Context* context,
                                                              const grpc::ByteBuffer* request) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* ReadAuditLog(Context* context, const grpc::ByteBuffer* request) override;

 private:
  // Runs `work` on the parsed request of a caller who proved who he is.
  template <typename Request, typename Response>
  Reactor* RunParsed(Context* context, const char* method, const grpc::ByteBuffer* request, grpc::ByteBuffer* response,
                     std::function<absl::Status(const Call&, const Subject&, const Request&, Response&)> work) {
    return runner_.Run(context, method, [=, this, work = std::move(work)](const Call& call) -> absl::Status {
      JIXIAO_ASSIGN_OR_RETURN(const Subject caller, parts_.callers.Identify(*context));
      JIXIAO_ASSIGN_OR_RETURN(const Request asked, ReadRequest<Request>(*request));
      Response answer;
      JIXIAO_RETURN_IF_ERROR(work(call, caller, asked, answer));
      *response = ToByteBuffer(answer.SerializeAsString());
      return absl::OkStatus();
    });
  }

  // Files one SubmitReportRequest; `done` is called once, on any thread.
  void FileReportBytes(const Call& call, const Subject& caller, const std::string& request,
                       std::function<void(absl::StatusOr<FilingAnswer>)> done);
  void Submit(const Call& call, const Subject& caller, const grpc::ByteBuffer& request, grpc::ByteBuffer& response,
              const CallRunner::Done& done);
  void Check(const Call& call, const grpc::ByteBuffer& request, grpc::ByteBuffer& response,
             const CallRunner::Done& done);
  absl::Status Version(const Subject& caller, const grpc::ByteBuffer& request, grpc::ByteBuffer& response);
  absl::Status Submissions(const Subject& caller, const v1::ListSubmissionsRequest& request,
                           v1::ListSubmissionsResponse& response);
  absl::Status Versions(const Subject& caller, const v1::ListVersionsRequest& request,
                        v1::ListVersionsResponse& response);
  absl::Status Compare(const Subject& caller, const v1::CompareVersionsRequest& request,
                       v1::CompareVersionsResponse& response);
  absl::Status Events(const Subject& caller, const v1::ListEventsRequest& request, v1::ListEventsResponse& response);

  absl::Status RosterUnits(const Subject& caller, const v1::ListRosterUnitsRequest& request,
                           v1::ListRosterUnitsResponse& response);

  // The submission with score card and next step, as GetSubmission gives it.
  absl::StatusOr<v1::Submission> StoredSubmission(const SubmissionKey& key);

  // Comments are about findings and places that are there.
  absl::Status CheckComments(const ReviewStep& step);
  absl::Status ReviewMany(const Call& call, const Subject& caller, const v1::ReviewSubmissionsRequest& request,
                          v1::ReviewSubmissionsResponse& response);

  // Takes a review step and answers with the submission as it is then.
  template <typename Request, typename Response>
  Reactor* Review(Context* context, const char* method, const grpc::ByteBuffer* request, grpc::ByteBuffer* response,
                  v1::SubmissionEvent::Action action);

  const Parts parts_;
  CallRunner& runner_;
  // One at a time: such a call holds a thread of the pool for seconds.
  std::mutex reviewing_many_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_RPC_INTAKE_SERVICE_H_
