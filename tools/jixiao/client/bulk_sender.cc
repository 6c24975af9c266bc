#include "client/bulk_sender.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "absl/time/clock.h"
#include "client/service_client.h"
#include "common/rpc/raw_message.h"
#include "common/rpc/raw_stream.h"

namespace jixiao::cli {

namespace v1 = intake::v1;

namespace {

constexpr absl::Duration kStreamDuration = absl::Minutes(55);
constexpr absl::Duration kFirstPause = absl::Milliseconds(100);
constexpr absl::Duration kLongestPause = absl::Seconds(5);
constexpr absl::Duration kEndPause = absl::Seconds(5);

bool IsWorthRetrying(absl::StatusCode code) {
  return code == absl::StatusCode::kUnavailable || code == absl::StatusCode::kResourceExhausted ||
         code == absl::StatusCode::kDeadlineExceeded || code == absl::StatusCode::kCancelled ||
         code == absl::StatusCode::kUnknown || code == absl::StatusCode::kInternal;
}

}  // namespace

// A stream with a thread that takes its answers, so that neither side waits for
// the other for ever.
class BulkStreamClient {
 public:
  explicit BulkStreamClient(const std::shared_ptr<grpc::Channel>& channel)
      : stream_(channel, kIntake + "SubmitReports", {.deadline = absl::Now() + kStreamDuration, .trace_id = ""}),
        reader_([this] { ReadAll(); }) {}
  ~BulkStreamClient() {
    stream_.Cancel();
    reader_.join();
  }

  bool Send(const BulkItem& item) {
    std::string message;
    AppendField(v1::SubmitReportsRequest::kItemFieldNumber, item.request, message);
    return stream_.Write(std::move(message));
  }

  // Everything is answered: lets the other side end the stream, but does not wait
  // long for that.
  void EndPolitely() {
    stream_.WritesDone();
    const absl::Time until = absl::Now() + kEndPause;
    for (bool has_ended = false; !has_ended && absl::Now() < until;) Answers(until, has_ended);
  }

  // Answers since the last call, after waiting for one at the longest until
  // `until`. Nothing and `has_ended` once there will be no more.
  std::deque<std::string> Answers(absl::Time until, bool& has_ended) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait_until(lock, absl::ToChronoTime(until), [this] { return has_ended_ || !answers_.empty(); });
    has_ended = has_ended_ && answers_.empty();
    return std::exchange(answers_, {});
  }

  // After `has_ended`: whoever still reads would read from a stream that is gone.
  absl::Status Finish() { return stream_.Finish(); }

 private:
  void ReadAll() {
    for (std::string answer; stream_.Read(answer);) {
      const std::lock_guard<std::mutex> lock(mutex_);
      answers_.push_back(std::move(answer));
      changed_.notify_one();
    }
    const std::lock_guard<std::mutex> lock(mutex_);
    has_ended_ = true;
    changed_.notify_one();
  }

  RawStream stream_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> answers_;
  bool has_ended_ = false;
  std::thread reader_;
};

BulkSender::BulkSender(Options options, Source source, Sink sink)
    : options_(std::move(options)), source_(std::move(source)), sink_(std::move(sink)) {}

std::optional<BulkItem> BulkSender::NextItem() {
  if (!waiting_.empty() && waiting_.begin()->first <= absl::Now()) {
    BulkItem item = std::move(waiting_.begin()->second);
    waiting_.erase(waiting_.begin());
    return item;
  }
  if (is_source_empty_) return std::nullopt;
  std::optional<BulkItem> item = source_();
  if (!item.has_value()) is_source_empty_ = true;
  return item;
}

// False if there is nothing to send now.
bool BulkSender::SendOne(BulkStreamClient& stream) {
  std::optional<BulkItem> item = NextItem();
  if (!item.has_value()) return false;
  // The same report twice in one file is one request: answered once, counted
  // twice. The second waits for the first.
  if (sent_.count(item->request_id) > 0) {
    waiting_.emplace(absl::Now() + kFirstPause, *std::move(item));
    return true;
  }
  const std::string id = item->request_id;
  const bool is_sent = stream.Send(*item);
  sent_.emplace(id, *std::move(item));
  return is_sent;
}

void BulkSender::Take(const v1::SubmitReportsResponse& answer) {
  const auto found = sent_.find(answer.request_id());
  if (found == sent_.end()) return;
  last_answer_ = absl::Now();
  BulkItem item = std::move(found->second);
  sent_.erase(found);
  if (answer.refused().has_retry_delay_ms()) {
    waiting_.emplace(last_answer_ + absl::Milliseconds(answer.refused().retry_delay_ms()), std::move(item));
    return;
  }
  sink_(item, answer);
}

absl::Status BulkSender::RunStream() {
  BulkStreamClient stream(options_.channel);
  for (bool has_ended = false; !has_ended;) {
    while (static_cast<int>(sent_.size()) < options_.window && SendOne(stream)) {
    }
    if (is_source_empty_ && waiting_.empty() && sent_.empty()) {
      stream.EndPolitely();
      return absl::OkStatus();
    }
    const absl::Time retry = waiting_.empty() ? absl::InfiniteFuture() : waiting_.begin()->first;
    const absl::Time until = std::min(retry, absl::Now() + absl::Seconds(1));
    for (const std::string& bytes : stream.Answers(until, has_ended)) {
      v1::SubmitReportsResponse answer;
      if (answer.ParseFromString(bytes)) Take(answer);
    }
    if (absl::Now() > last_answer_ + options_.patience) return absl::UnavailableError("no answer for too long");
  }
  const absl::Status status = stream.Finish();
  return status.ok() ? absl::UnavailableError("the service ended the stream") : status;
}

absl::Status BulkSender::Run() {
  last_answer_ = absl::Now();
  absl::Duration pause = kFirstPause;
  for (;;) {
    const absl::Time before = last_answer_;
    const absl::Status status = RunStream();
    if (status.ok()) return status;
    if (!IsWorthRetrying(status.code()) || absl::Now() > last_answer_ + options_.patience) return status;
    ++broken_streams_;
    // The service may have stored these: their ids make sending them again safe.
    for (auto& [id, item] : sent_) waiting_.emplace(absl::InfinitePast(), std::move(item));
    sent_.clear();
    pause = last_answer_ > before ? kFirstPause : std::min(pause * 2, kLongestPause);
    absl::SleepFor(pause);
  }
}

}  // namespace jixiao::cli
