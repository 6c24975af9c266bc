// Keeps submissions in PostgreSQL, which several instances may share.
#ifndef JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_SUBMISSION_STORE_H_
#define JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_SUBMISSION_STORE_H_

#include <memory>
#include <string>
#include <vector>

#include "intake/adapters/postgres/postgres_migration.h"
#include "intake/adapters/postgres/postgres_primary.h"
#include "intake/adapters/postgres/postgres_reader.h"
#include "intake/adapters/postgres/postgres_writer.h"
#include "intake/adapters/store/answer_thread.h"
#include "intake/adapters/store/reader_pool.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

struct PostgresStoreOptions {
  PostgresWriterOptions writer;
  int writers = 2;
  int readers = 4;
};

// Thread-safe. Writes about one prefecture and year go through one writer, in
// order; `done` is called in the order of its commits.
//
// Besides what the port says, a write is answered UNAVAILABLE if the server was
// away too long, or was lost while it was committing: then the change may be
// stored, and the same request id finds out.
class PostgresSubmissionStore : public SubmissionStore {
 public:
  // FAILED_PRECONDITION with a sentence for the operator if a COMMIT there is not
  // durable, if a failover would lose it, or if the schema is not one that this
  // program can use;
  // UNAVAILABLE if nobody answers.
  static absl::StatusOr<std::unique_ptr<PostgresSubmissionStore>> Open(PostgresStoreOptions options);

  // Brings the schema at `uri` up to date, as MigratePostgres does.
  static absl::Status Migrate(const std::string& uri, const SchemaSteps& steps = ReleasedSteps(),
                              const MigrationLimits& limits = {});

  // Carries out what waits, then closes.
  ~PostgresSubmissionStore() override = default;

  using SubmissionStore::Write;
  void Write(WriteTopic topic, Work work, Done done) override;
  absl::Status Read(ReadOperation operation, const ReadWork& work) override;

 private:
  explicit PostgresSubmissionStore(PostgresStoreOptions options);

  PostgresWriter& WriterFor(const WriteTopic& topic);

  const PostgresStoreOptions options_;
  PostgresPrimary primary_;
  ReaderPool<PostgresReader> readers_;  // null: to be opened again
  AnswerThread answers_;
  std::vector<std::unique_ptr<PostgresWriter>> writers_;  // last: their threads use all others
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_SUBMISSION_STORE_H_
