// Streaming the audit log. The messages are made page by page, each after the
// one before has gone out, so a slow reader costs one page and no thread.
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/rpc/status_conversion.h"
#include "intake/rpc/intake_service.h"

namespace jixiao::intake {
namespace {

using Response = v1::ReadAuditLogResponse;
// Gives the next message, none behind the last one.
using Source = std::function<absl::StatusOr<std::optional<Response>>()>;

constexpr int kPage = 500;  // entries in a message, some 200 KB
constexpr char kAllShards[] = "auditlogs/-";

// Sends what a source gives; deletes itself. Finish is called once: by a task on
// the pool, or by the reaction to the write before, of which there is one at a
// time.
class AuditStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  AuditStream(WorkPool& pool, CallRecord record) : pool_(pool), record_(std::move(record)) {}

  // Ends early once `streams` is told to end all.
  absl::Status Open(OpenStreams& streams, Source source) {
    source_ = std::move(source);
    ticket_ = streams.Open([is_ending = is_ending_] { is_ending->store(true); });
    return ticket_ == nullptr ? Busy() : absl::OkStatus();
  }

  void Next() {
    if (pool_.TryPost([this] { SendNext(); })) return;
    End(Busy());
  }

  void End(absl::Status status) {
    status_ = std::move(status);
    Finish(ToGrpcStatus(status_));
  }

  void OnWriteDone(bool ok) override { ok ? Next() : End(absl::CancelledError("the reader went away")); }
  void OnDone() override {
    record_.Finish(status_);
    delete this;
  }

 private:
  static absl::Status Busy() { return Overloaded("系统繁忙，请稍后从已读到的序号继续", absl::Seconds(1)); }

  void SendNext() {
    if (is_ending_->load()) {
      return End(MakeError(absl::StatusCode::kUnavailable, "STOPPING", "服务正在停止，请稍后从已读到的序号继续"));
    }
    absl::StatusOr<std::optional<Response>> next = source_();
    if (!next.ok()) return End(next.status());
    if (!next->has_value()) return End(absl::OkStatus());
    response_ = ToByteBuffer((*next)->SerializeAsString());
    StartWrite(&response_);
  }

  WorkPool& pool_;
  CallRecord record_;
  Source source_;
  std::unique_ptr<OpenStreams::Ticket> ticket_;
  const std::shared_ptr<std::atomic<bool>> is_ending_ = std::make_shared<std::atomic<bool>>(false);
  grpc::ByteBuffer response_;
  absl::Status status_;
};

v1::AuditCheckpoint CheckpointOf(const AuditShard& shard, const AuditHead& head) {
  v1::AuditCheckpoint checkpoint;
  checkpoint.set_name(FormatAuditLogName(shard));
  checkpoint.set_sequence(head.sequence);
  if (!head.hash.empty()) checkpoint.set_hash(head.hash);
  return checkpoint;
}

// A page of a log, and its head at the same moment.
struct LogPage {
  AuditHead head;
  std::vector<StoredAuditRecord> records;
};

absl::StatusOr<LogPage> ReadLogPage(SubmissionReads& reads, const AuditShard& shard, int64_t after) {
  LogPage page;
  JIXIAO_ASSIGN_OR_RETURN(page.head, reads.FindAuditHead(shard));
  JIXIAO_ASSIGN_OR_RETURN(page.records, reads.AuditLog(shard, after, kPage));
  return page;
}

// The entries of one shard behind `after`, the head with the last of them.
Source EntriesOf(SubmissionStore& store, const AuditShard& shard, int64_t after) {
  return [&store, shard, last = after, is_done = false]() mutable -> absl::StatusOr<std::optional<Response>> {
    if (is_done) return std::optional<Response>();
    Response response;
    const auto read = [&](SubmissionReads& reads) { return ReadLogPage(reads, shard, last); };
    JIXIAO_ASSIGN_OR_RETURN(LogPage page, ReadFrom(store, ReadOperation::kAuditLog, read));
    for (StoredAuditRecord& stored : page.records) {
      last = stored.sequence;
      *response.add_records() = std::move(stored.record);
    }
    if (page.records.empty() || last == page.head.sequence) {
      is_done = true;
      *response.mutable_head() = CheckpointOf(shard, page.head);
    }
    return response;
  };
}

// The heads of what `caller` may read.
Source HeadsFor(SubmissionStore& store, const Subject& caller) {
  return [&store, caller, next = size_t{0}, heads = std::vector<std::pair<AuditShard, AuditHead>>(),
          is_read = false]() mutable -> absl::StatusOr<std::optional<Response>> {
    if (!is_read) {
      JIXIAO_ASSIGN_OR_RETURN(
          heads, ReadFrom(store, ReadOperation::kAuditLog, [](SubmissionReads& reads) { return reads.AuditHeads(); }));
      is_read = true;
    }
    while (next < heads.size()) {
      const auto& [shard, head] = heads[next++];
      if (!Authorize(caller, Permission::kReadAuditLog, {shard.prefecture_code, "", shard.fiscal_year}).ok()) continue;
      Response response;
      *response.mutable_head() = CheckpointOf(shard, head);
      return response;
    }
    return std::optional<Response>();
  };
}

absl::StatusOr<Source> SourceFor(SubmissionStore& store, const absl::StatusOr<Subject>& caller,
                                 const grpc::ByteBuffer& bytes) {
  JIXIAO_RETURN_IF_ERROR(caller.status());
  JIXIAO_ASSIGN_OR_RETURN(const auto request, ReadRequest<v1::ReadAuditLogRequest>(bytes));
  if (request.name() == kAllShards) return HeadsFor(store, *caller);
  JIXIAO_ASSIGN_OR_RETURN(const AuditShard shard, ParseAuditLogName(request.name(), "name"));
  if (request.after_sequence() < 0) return InvalidFields({{"after_sequence", "序号不能为负数"}});
  JIXIAO_RETURN_IF_ERROR(Authorize(*caller, Permission::kReadAuditLog, {shard.prefecture_code, "", shard.fiscal_year}));
  return EntriesOf(store, shard, request.after_sequence());
}

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* IntakeService::ReadAuditLog(Context* context,
                                                                        const grpc::ByteBuffer* request) {
  absl::StatusOr<Call> call = BeginCall(*context, "ReadAuditLog");
  absl::StatusOr<Source> source =
      call.ok() ? SourceFor(parts_.store, parts_.callers.Identify(*context), *request) : call.status();
  Call recorded = call.ok() ? *std::move(call) : Call{"ReadAuditLog", absl::InfinitePast(), ""};
  auto* stream = new AuditStream(runner_.pool(), CallRecord(runner_.metrics(), std::move(recorded)));
  absl::Status opened = source.status();
  if (opened.ok()) opened = stream->Open(parts_.streams, *std::move(source));
  if (opened.ok()) {
    stream->Next();
  } else {
    stream->End(std::move(opened));
  }
  return stream;
}

}  // namespace jixiao::intake
