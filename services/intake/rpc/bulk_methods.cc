// Filing many reports over one stream.
#include <deque>
#include <memory>
#include <mutex>
#include <utility>

#include "common/base/errors.h"
#include "common/rpc/raw_message.h"
#include "common/rpc/server.h"
#include "common/rpc/status_conversion.h"
#include "intake/core/submission/errors.h"
#include "intake/rpc/intake_service.h"
#include "intake/rpc/item_failure.h"

namespace jixiao::intake {
namespace {

// What one stream may have read and not answered: enough for full group commits,
// little enough that a thousand slow clients fit in memory.
constexpr int kMaxItems = 128;
constexpr size_t kMaxBytes = 16 << 20;

using Reactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;

// One stream. Reads while its window has room, answers in order of completion.
// Kept alive by itself until gRPC is done with it, and by items in work.
class BulkStream final : public Reactor, public std::enable_shared_from_this<BulkStream> {
 public:
  // Files the request of one item and calls its second argument once.
  using FileItem = std::function<void(const std::string&, std::function<void(absl::StatusOr<FilingAnswer>)>)>;

  explicit BulkStream(CallRunner& runner) : runner_(runner) {}

  // Ends at once.
  void Refuse(const absl::Status& status) {
    self_ = shared_from_this();
    is_finished_ = true;
    Finish(ToGrpcStatus(status));
  }

  void Begin(Call call, FileItem file_item, OpenStreams& streams) {
    self_ = shared_from_this();
    record_.emplace(runner_.metrics(), std::move(call));
    file_item_ = std::move(file_item);
    ticket_ = streams.Open([weak = weak_from_this()] {
      if (const auto stream = weak.lock()) stream->End();
    });
    const std::lock_guard<std::mutex> lock(mutex_);
    if (ticket_ == nullptr) {
      end_status_ = Overloaded("批量报送的连接过多或服务正在停止，请稍后重试", absl::Seconds(5));
      is_read_done_ = true;
    }
    GoOn();
  }

  void OnReadDone(bool ok) override {
    grpc::ByteBuffer bytes;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      is_reading_ = false;
      if (!ok) {
        is_read_done_ = true;
        return GoOn();
      }
      bytes.Swap(&incoming_);
      ++items_;
      bytes_ += bytes.Length();
    }
    Work(ToBytes(bytes));
    const std::lock_guard<std::mutex> lock(mutex_);
    GoOn();
  }

  void OnWriteDone(bool ok) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_writing_ = false;
    if (!ok) is_broken_ = true;
    GoOn();
  }

  void OnCancel() override {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_broken_ = true;
    GoOn();
  }

  void OnDone() override {
    if (record_.has_value()) record_->Finish(end_status_);
    ticket_.reset();
    self_.reset();
  }

 private:
  // Takes no more; what was read is answered.
  void End() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (is_read_done_) return;
    is_read_done_ = true;
    end_status_ = MakeError(absl::StatusCode::kUnavailable, "SERVER_STOPPING",
                            "服务正在停止；未答复的报告请用原请求编号在新连接上重发");
    GoOn();
  }

  void Work(std::string message) {
    const size_t size = message.size();
    const auto request = std::make_shared<std::string>(std::move(message));
    // Beside this stream's own window: what all streams and calls hold together.
    const std::shared_ptr<void> room = runner_.bytes().TryTake(static_cast<int64_t>(size));
    const bool is_queued = room != nullptr && runner_.pool().TryPost([self = shared_from_this(), request, size, room] {
      const auto item = FindField(*request, v1::SubmitReportsRequest::kItemFieldNumber);
      if (!item.ok() || !item->has_value()) {
        return self->Answer("", size, InvalidFields({{"item", "报文已损坏，或没有 item"}}));
      }
      const std::string bytes(**item);
      std::string id = RequestIdOf(bytes);
      self->file_item_(bytes,
                       [self, id = std::move(id), size, room = room](absl::StatusOr<FilingAnswer> answer) mutable {
                         self->Answer(id, size, std::move(answer), std::move(room));
                       });
    });
    if (is_queued) return;
    const auto item = FindField(*request, v1::SubmitReportsRequest::kItemFieldNumber);
    const std::string id = item.ok() && item->has_value() ? RequestIdOf(**item) : "";
    Answer(id, size, Overloaded("系统繁忙，请稍后用同一请求编号重发本条", absl::Seconds(1)));
  }

  static std::string RequestIdOf(std::string_view item) {
    const auto id = FindField(item, v1::SubmitReportRequest::kRequestIdFieldNumber);
    return id.ok() && id->has_value() && IsRequestId(**id) ? std::string(**id) : std::string();
  }

  // `room`, if there is any, goes back with it.
  void Answer(const std::string& request_id, size_t size, absl::StatusOr<FilingAnswer> answer,
              std::shared_ptr<void> room = nullptr) {
    v1::SubmitReportsResponse response;
    if (!request_id.empty()) response.set_request_id(request_id);
    if (answer.ok()) {
      *response.mutable_accepted()->mutable_receipt() = std::move(answer->receipt);
      response.mutable_accepted()->set_is_identical(answer->is_identical);
    } else {
      *response.mutable_refused() = ItemFailureOf(answer.status());
    }
    grpc::ByteBuffer bytes = ToByteBuffer(response.SerializeAsString());
    room.reset();
    const std::lock_guard<std::mutex> lock(mutex_);
    --items_;
    bytes_ -= size;
    answers_.push_back(std::move(bytes));
    GoOn();
  }

  // Starts whatever may be started now. Call with the lock.
  void GoOn() {
    if (is_finished_) return;
    if (is_broken_) {
      if (is_writing_) return;
      end_status_ = absl::CancelledError("the stream broke");
      return FinishWith(end_status_);
    }
    if (!is_writing_ && !answers_.empty()) {
      is_writing_ = true;
      outgoing_.Swap(&answers_.front());
      answers_.pop_front();
      StartWrite(&outgoing_);
    }
    const bool has_room = items_ + static_cast<int>(answers_.size()) < kMaxItems && bytes_ < kMaxBytes;
    if (!is_reading_ && !is_read_done_ && has_room) {
      is_reading_ = true;
      StartRead(&incoming_);
    }
    if (is_read_done_ && items_ == 0 && answers_.empty() && !is_writing_) FinishWith(end_status_);
  }

  void FinishWith(const absl::Status& status) {
    is_finished_ = true;
    Finish(ToGrpcStatus(status));
  }

  CallRunner& runner_;
  FileItem file_item_;
  std::optional<CallRecord> record_;
  std::unique_ptr<OpenStreams::Ticket> ticket_;
  std::shared_ptr<BulkStream> self_;

  std::mutex mutex_;
  grpc::ByteBuffer incoming_;
  grpc::ByteBuffer outgoing_;
  std::deque<grpc::ByteBuffer> answers_;
  int items_ = 0;  // read, not yet answered
  size_t bytes_ = 0;
  absl::Status end_status_;
  bool is_reading_ = false;
  bool is_writing_ = false;
  bool is_read_done_ = false;
  bool is_broken_ = false;
  bool is_finished_ = false;
};

}  // namespace

Reactor* IntakeService::SubmitReports(Context* context) {
  const auto stream = std::make_shared<BulkStream>(runner_);
  absl::StatusOr<Call> call = BeginCall(*context, "SubmitReports", kLongestStream);
  if (!call.ok()) {
    stream->Refuse(call.status());
    return stream.get();
  }
  absl::StatusOr<Subject> caller = parts_.callers.Identify(*context);
  if (!caller.ok()) {
    stream->Refuse(caller.status());
    return stream.get();
  }
  stream->Begin(
      *call,
      [this, call = *call, caller = *std::move(caller)](const std::string& request, auto done) {
        FileReportBytes(call, caller, request, std::move(done));
      },
      parts_.streams);
  return stream.get();
}

}  // namespace jixiao::intake
