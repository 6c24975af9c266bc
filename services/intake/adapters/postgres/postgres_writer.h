// Writes to PostgreSQL on one connection and one thread: what waits shares one
// transaction and one flush (group commit), each work with an outcome of its own.
#ifndef JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_WRITER_H_
#define JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_WRITER_H_

#include <memory>
#include <random>
#include <string>
#include <utility>

#include "intake/adapters/postgres/postgres_connection.h"
#include "intake/adapters/postgres/postgres_primary.h"
#include "intake/adapters/postgres/postgres_steps.h"
#include "intake/adapters/store/commit_queue.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

struct PostgresWriterOptions {
  std::string uri;
  PostgresTimeouts timeouts;
  PostgresStandby standby = PostgresStandby::kAsUriSays;
  int program = static_cast<int>(ReleasedSteps().size());  // steps of the schema that it knows
  CommitQueueLimits limits = {.max_batch = 64, .max_queue = 1024, .max_bytes = 128 << 20U};
  int max_attempts = 8;                        // at a batch that meets conflicts or loses its connection
  absl::Duration patience = absl::Seconds(5);  // with a server that is away
};

class PostgresWriter {
 public:
  // `answers` and `primary` are there until the end.
  PostgresWriter(PostgresWriterOptions options, PostgresPrimary& primary,
                 std::unique_ptr<PostgresConnection> connection, AnswerThread& answers);

  // Connected, found durable, statements prepared.
  static absl::StatusOr<std::unique_ptr<PostgresConnection>> Connect(const PostgresWriterOptions& options,
                                                                     PostgresPrimary& primary);

  void Add(PendingWrite write) { queue_.Add(std::move(write)); }

 private:
  void Commit(WriteBatch& batch);
  void CommitOneByOne(WriteBatch& batch);
  absl::Status Try(WriteBatch& batch, bool& is_commit_sent);
  absl::Status Reconnect();
  void Rollback();
  bool EndHungSessions();
  void Pause(int attempt);

  const PostgresWriterOptions options_;
  PostgresPrimary& primary_;
  std::unique_ptr<PostgresConnection> connection_;  // null while the server is away
  std::mt19937 random_;
  absl::Time contention_end_ = absl::InfinitePast();  // until then locks are not waited for as long as usual
  CommitQueue queue_;                                 // last: its thread uses all others
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_WRITER_H_
