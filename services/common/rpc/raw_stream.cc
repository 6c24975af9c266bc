#include "common/rpc/raw_stream.h"

#include <grpcpp/generic/generic_stub.h>

#include <condition_variable>
#include <mutex>
#include <utility>

#include "common/rpc/raw_message.h"
#include "common/rpc/status_conversion.h"

namespace jixiao {

// At most one read and one write are under way.
class RawStream::Reactor : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  Reactor(const std::shared_ptr<grpc::Channel>& channel, const MethodPath& method, grpc::ClientContext& context)
      : stub_(channel) {
    stub_.PrepareBidiStreamingCall(&context, method, grpc::StubOptions(), this);
    AddHold();  // reads and writes are started from outside of reactions
    StartCall();
  }

  bool Write(grpc::ByteBuffer message) {
    std::unique_lock<std::mutex> lock(mutex_);
    if (is_write_broken_) return false;
    outgoing_.Swap(&message);
    is_writing_ = true;
    lock.unlock();
    StartWrite(&outgoing_);
    lock.lock();
    changed_.wait(lock, [this] { return !is_writing_; });
    return !is_write_broken_;
  }

  void EndWrites() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (is_write_broken_) return;
    is_write_broken_ = true;
    StartWritesDone();
  }

  bool Read(grpc::ByteBuffer& message) {
    std::unique_lock<std::mutex> lock(mutex_);
    if (is_read_done_) return false;
    is_reading_ = true;
    lock.unlock();
    StartRead(&incoming_);
    lock.lock();
    changed_.wait(lock, [this] { return !is_reading_; });
    if (!is_read_done_) message.Swap(&incoming_);
    return !is_read_done_;
  }

  grpc::Status WaitUntilDone() {
    std::unique_lock<std::mutex> lock(mutex_);
    if (!std::exchange(is_released_, true)) {
      lock.unlock();
      RemoveHold();
      lock.lock();
    }
    changed_.wait(lock, [this] { return is_done_; });
    return status_;
  }

  void OnWriteDone(bool ok) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_writing_ = false;
    if (!ok) is_write_broken_ = true;
    changed_.notify_all();
  }
  void OnReadDone(bool ok) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    is_reading_ = false;
    if (!ok) is_read_done_ = true;
    changed_.notify_all();
  }
  void OnDone(const grpc::Status& status) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    status_ = status;
    is_done_ = true;
    changed_.notify_all();
  }

 private:
  grpc::GenericStub stub_;
  std::mutex mutex_;
  std::condition_variable changed_;
  grpc::ByteBuffer incoming_;
  grpc::ByteBuffer outgoing_;
  grpc::Status status_;
  bool is_writing_ = false;
  bool is_reading_ = false;
  bool is_write_broken_ = false;
  bool is_read_done_ = false;
  bool is_released_ = false;
  bool is_done_ = false;
};

RawStream::RawStream(const std::shared_ptr<grpc::Channel>& channel, const MethodPath& method, const OutboundCall& call)
    : reactor_((Prepare(call, context_), std::make_unique<Reactor>(channel, method, context_))) {}

RawStream::~RawStream() {
  Cancel();
  reactor_->WaitUntilDone();
}

bool RawStream::Write(std::string message) { return reactor_->Write(ToByteBuffer(std::move(message))); }

void RawStream::WritesDone() { reactor_->EndWrites(); }

bool RawStream::Read(std::string& message) {
  grpc::ByteBuffer bytes;
  if (!reactor_->Read(bytes)) return false;
  message = ToBytes(bytes);
  return true;
}

void RawStream::Cancel() { context_.TryCancel(); }

absl::Status RawStream::Finish() { return FromGrpcStatus(reactor_->WaitUntilDone()); }

}  // namespace jixiao
