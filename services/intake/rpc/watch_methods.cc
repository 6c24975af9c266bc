// Watching a submission: as it is now, then each time it changes.
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/rpc/server.h"
#include "common/rpc/status_conversion.h"
#include "intake/rpc/intake_service.h"
#include "intake/rpc/watch_hub.h"

namespace jixiao::intake {
namespace {

// One stream. Holds at most the submission on its way and the latest one behind
// it, however slowly the caller reads. gRPC is never called under the lock: it may
// call back at once.
class WatchStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                          public SubmissionWatcher,
                          public std::enable_shared_from_this<WatchStream> {
 public:
  using Check = std::function<absl::Status()>;

  // Lives until gRPC says OnDone.
  static std::shared_ptr<WatchStream> Make(RpcMetrics& metrics, const Call& call) {
    auto stream = std::make_shared<WatchStream>(metrics, call);
    stream->self_ = stream;
    return stream;
  }
  WatchStream(RpcMetrics& metrics, const Call& call) : record_(metrics, call) {}

  // gRPC says OnDone after the handler that called this has returned, not before.
  void Watch(OpenStreams& streams, WatchHub& hub, const SubmissionKey& key, Check check) {
    ticket_ = streams.Open([weak = weak_from_this()] {
      if (const auto stream = weak.lock()) stream->End(Stopping());
    });
    if (ticket_ == nullptr) return End(Busy());
    check_ = std::move(check);
    key_ = key;
    hub_ = &hub;
    hub.Add(key, self_);
  }

  absl::Status CheckAllowed() override {
    // The context that is checked goes with OnDone, which waits for this.
    const std::lock_guard<std::mutex> lock(mutex_);
    return is_done_ ? absl::CancelledError() : check_();
  }

  void Offer(const v1::Submission& submission) override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (end_.has_value()) return;
      if (latest_.has_value() && latest_->SerializeAsString() == submission.SerializeAsString()) return;
      latest_ = submission;
      has_news_ = true;
    }
    WriteNews();
  }

  void End(const absl::Status& status) override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (end_.has_value()) return;
      end_ = status;
      // The end of the write will see it.
      if (is_writing_) return;
    }
    Finish(ToGrpcStatus(status));
  }

  void OnWriteDone(bool is_written) override {
    std::optional<absl::Status> end;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      is_writing_ = false;
      if (!is_written && !end_.has_value()) end_ = absl::CancelledError("the caller is gone");
      end = end_;
    }
    if (end.has_value()) return Finish(ToGrpcStatus(*end));
    WriteNews();
  }

  void OnCancel() override { End(absl::CancelledError("the caller is gone")); }

  void OnDone() override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      is_done_ = true;
    }
    if (hub_ != nullptr) hub_->Remove(key_, this);
    record_.Finish(end_.value_or(absl::CancelledError()));
    ticket_.reset();
    const std::shared_ptr<WatchStream> last = std::move(self_);
  }

 private:
  static absl::Status Stopping() {
    return MakeError(absl::StatusCode::kUnavailable, "STOPPING", "服务正在停止或重启，请重新连接");
  }
  static absl::Status Busy() {
    return Overloaded("正在跟踪的人过多或服务正在停止，请稍后再试，或者定时查询", absl::Seconds(10));
  }

  void WriteNews() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (is_writing_ || !has_news_ || end_.has_value()) return;
      is_writing_ = true;
      has_news_ = false;
      v1::WatchSubmissionResponse response;
      *response.mutable_submission() = *latest_;
      message_ = ToByteBuffer(response.SerializeAsString());
    }
    StartWrite(&message_);
  }

  CallRecord record_;
  std::shared_ptr<WatchStream> self_;
  std::unique_ptr<OpenStreams::Ticket> ticket_;
  WatchHub* hub_ = nullptr;
  SubmissionKey key_;
  Check check_;
  grpc::ByteBuffer message_;  // the one on its way

  std::mutex mutex_;
  std::optional<v1::Submission> latest_;
  bool has_news_ = false;  // `latest_` was not written yet
  bool is_writing_ = false;
  bool is_done_ = false;
  std::optional<absl::Status> end_;
};

absl::StatusOr<SubmissionKey> WatchedSubmission(const grpc::ByteBuffer& bytes) {
  JIXIAO_ASSIGN_OR_RETURN(const auto request, ReadRequest<v1::WatchSubmissionRequest>(bytes));
  return ParseSubmissionName(request.name(), "name");
}

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* IntakeService::WatchSubmission(Context* context,
                                                                           const grpc::ByteBuffer* request) {
  const absl::StatusOr<Call> call = BeginCall(*context, "WatchSubmission", kLongestStream);
  const auto stream =
      WatchStream::Make(runner_.metrics(), call.ok() ? *call : Call{"WatchSubmission", absl::InfinitePast(), ""});
  const auto key = WatchedSubmission(*request);
  const auto check = [this, context, key]() -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(const Subject caller, parts_.callers.Identify(*context));
    return Authorize(caller, Permission::kRead, ResourceOf(*key));
  };
  absl::Status refusal = call.status();
  if (refusal.ok()) refusal = key.status();
  if (refusal.ok()) refusal = check();
  if (refusal.ok() && parts_.watches == nullptr) {
    refusal = MakeError(absl::StatusCode::kUnimplemented, "NO_WATCHES", "本服务没有开启状态跟踪；请定时查询报送状态");
  }
  if (refusal.ok()) {
    stream->Watch(parts_.streams, *parts_.watches, *key, check);
  } else {
    stream->End(refusal);
  }
  return stream.get();
}

}  // namespace jixiao::intake
