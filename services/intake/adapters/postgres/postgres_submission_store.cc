#include "intake/adapters/postgres/postgres_submission_store.h"

#include <functional>

#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

namespace jixiao::intake {

absl::StatusOr<std::unique_ptr<PostgresSubmissionStore>> PostgresSubmissionStore::Open(PostgresStoreOptions options) {
  std::unique_ptr<PostgresSubmissionStore> store(new PostgresSubmissionStore(std::move(options)));
  const PostgresWriterOptions& writer = store->options_.writer;
  for (int i = 0; i < store->options_.writers; ++i) {
    JIXIAO_ASSIGN_OR_RETURN(auto connection, PostgresWriter::Connect(writer, store->primary_));
    store->writers_.push_back(std::make_unique<PostgresWriter>(
        writer, store->primary_, std::move(connection), [store = store.get()](PostgresWriter::Batch batch) {
          const std::lock_guard<std::mutex> lock(store->answers_mutex_);
          store->answers_.push_back(std::move(batch));
          store->answers_wait_.notify_one();
        }));
  }
  for (int i = 0; i < store->options_.readers; ++i) {
    JIXIAO_ASSIGN_OR_RETURN(auto reader, PostgresReader::Open(store->primary_, writer.program));
    store->free_readers_.push_back(std::move(reader));
  }
  return store;
}

absl::Status PostgresSubmissionStore::Migrate(const std::string& uri, const SchemaSteps& steps,
                                              const MigrationLimits& limits) {
  JIXIAO_ASSIGN_OR_RETURN(auto connection, PostgresPrimary(uri, {}).Connect());
  return MigratePostgres(*connection, steps, limits);
}

PostgresSubmissionStore::PostgresSubmissionStore(PostgresStoreOptions options)
    : options_(std::move(options)),
      primary_(options_.writer.uri, options_.writer.timeouts),
      answer_thread_([this] { AnswerLoop(); }) {}

PostgresSubmissionStore::~PostgresSubmissionStore() {
  writers_.clear();
  {
    const std::lock_guard<std::mutex> lock(answers_mutex_);
    is_answering_done_ = true;
    answers_wait_.notify_all();
  }
  answer_thread_.join();
}

// Changes of one prefecture and year meet in one audit chain, so they would only
// wait for each other on two connections.
PostgresWriter& PostgresSubmissionStore::WriterFor(const WriteTopic& topic) {
  if (!topic.submission.has_value()) return *writers_.front();
  const AuditShard shard = ShardOf(topic.submission->division_code, topic.submission->fiscal_year);
  const size_t number = std::hash<std::string>()(shard.prefecture_code) + static_cast<size_t>(shard.fiscal_year);
  return *writers_[number % writers_.size()];
}

void PostgresSubmissionStore::Write(WriteTopic topic, Work work, Done done) {
  PostgresWriter& writer = WriterFor(topic);
  PostgresWriter::Pending pending{std::move(topic), std::move(work), std::move(done), absl::OkStatus()};
  absl::Status refusal = writer.Add(pending);
  if (!refusal.ok()) pending.done(std::move(refusal));
}

void PostgresSubmissionStore::AnswerLoop() {
  for (;;) {
    std::deque<PostgresWriter::Batch> ready;
    {
      std::unique_lock<std::mutex> lock(answers_mutex_);
      answers_wait_.wait(lock, [this] { return is_answering_done_ || !answers_.empty(); });
      if (answers_.empty()) return;
      ready.swap(answers_);
    }
    for (PostgresWriter::Batch& batch : ready) {
      const LogTogether lines;
      for (PostgresWriter::Pending& pending : batch) pending.done(std::move(pending.outcome));
    }
  }
}

std::unique_ptr<PostgresReader> PostgresSubmissionStore::TakeReader() {
  std::unique_lock<std::mutex> lock(readers_mutex_);
  reader_free_.wait(lock, [this] { return !free_readers_.empty(); });
  std::unique_ptr<PostgresReader> reader = std::move(free_readers_.back());
  free_readers_.pop_back();
  return reader;
}

void PostgresSubmissionStore::GiveBack(std::unique_ptr<PostgresReader> reader) {
  const std::lock_guard<std::mutex> lock(readers_mutex_);
  free_readers_.push_back(std::move(reader));
  reader_free_.notify_one();
}

// A reader that lost its server, or whose server is no longer the primary, is
// opened again; after a loss the read is done once more.
absl::Status PostgresSubmissionStore::Read(ReadOperation, const ReadWork& work) {
  std::unique_ptr<PostgresReader> reader = TakeReader();
  if (reader != nullptr && !primary_.IsCurrent(reader->connection())) reader = nullptr;
  absl::Status status;
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (reader == nullptr) {
      absl::StatusOr<std::unique_ptr<PostgresReader>> opened = PostgresReader::Open(primary_, options_.writer.program);
      if (!opened.ok()) {
        status = UnavailableIfUnfit(opened.status());
        break;
      }
      reader = *std::move(opened);
    }
    status = reader->Read(work);
    if (!reader->is_lost()) break;
    reader = nullptr;
  }
  GiveBack(std::move(reader));
  return status;
}

}  // namespace jixiao::intake
