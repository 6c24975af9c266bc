#include "intake/adapters/postgres/postgres_submission_store.h"

#include <functional>

#include "common/base/status_macros.h"

namespace jixiao::intake {

absl::StatusOr<std::unique_ptr<PostgresSubmissionStore>> PostgresSubmissionStore::Open(PostgresStoreOptions options) {
  std::unique_ptr<PostgresSubmissionStore> store(new PostgresSubmissionStore(std::move(options)));
  const PostgresWriterOptions& writer = store->options_.writer;
  for (int i = 0; i < store->options_.writers; ++i) {
    JIXIAO_ASSIGN_OR_RETURN(auto connection, PostgresWriter::Connect(writer, store->primary_));
    store->writers_.push_back(
        std::make_unique<PostgresWriter>(writer, store->primary_, std::move(connection), store->answers_));
  }
  // Each is opened once now, so that a store that cannot be read is refused.
  std::vector<std::unique_ptr<PostgresReader>> readers;
  for (int i = 0; i < store->options_.readers; ++i) {
    JIXIAO_ASSIGN_OR_RETURN(auto reader, PostgresReader::Open(store->primary_, writer.program));
    readers.push_back(std::move(reader));
  }
  store->readers_.Add(std::move(readers));
  return store;
}

absl::Status PostgresSubmissionStore::Migrate(const std::string& uri, const SchemaSteps& steps,
                                              const MigrationLimits& limits) {
  JIXIAO_ASSIGN_OR_RETURN(auto connection, PostgresPrimary(uri, {}).Connect());
  return MigratePostgres(*connection, steps, limits);
}

PostgresSubmissionStore::PostgresSubmissionStore(PostgresStoreOptions options)
    : options_(std::move(options)), primary_(options_.writer.uri, options_.writer.timeouts) {}

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
  writer.Add({std::move(topic), std::move(work), std::move(done), absl::OkStatus()});
}

// A reader that lost its server, or whose server is no longer the primary, is
// opened again; after a loss the read is done once more.
absl::Status PostgresSubmissionStore::Read(ReadOperation, const ReadWork& work) {
  return readers_.With([&](std::unique_ptr<PostgresReader>& reader) -> absl::Status {
    if (reader != nullptr && !primary_.IsCurrent(reader->connection())) reader = nullptr;
    absl::Status status;
    for (int attempt = 0; attempt < 2; ++attempt) {
      if (reader == nullptr) {
        auto opened = PostgresReader::Open(primary_, options_.writer.program);
        if (!opened.ok()) return UnavailableIfUnfit(opened.status());
        reader = *std::move(opened);
      }
      status = reader->Read(work);
      if (!reader->is_lost()) break;
      reader = nullptr;
    }
    return status;
  });
}

}  // namespace jixiao::intake
