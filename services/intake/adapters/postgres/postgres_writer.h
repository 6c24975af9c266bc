// Writes to PostgreSQL on one connection and one thread: what waits shares one
// transaction and one flush (group commit), each work with an outcome of its own.
#ifndef JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_WRITER_H_
#define JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_WRITER_H_

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "intake/adapters/postgres/postgres_connection.h"
#include "intake/adapters/postgres/postgres_primary.h"
#include "intake/adapters/postgres/postgres_steps.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

struct PostgresWriterOptions {
  std::string uri;
  PostgresTimeouts timeouts;
  PostgresStandby standby = PostgresStandby::kAsUriSays;
  int program = static_cast<int>(ReleasedSteps().size());  // steps of the schema that it knows
  size_t max_batch = 64;                                   // writes in one transaction
  size_t max_queue = 1024;                                 // writes that wait; more are refused
  size_t max_bytes = 128 << 20U;                           // that writes hold until they are answered; likewise
  int max_attempts = 8;                                    // at a batch that meets conflicts or loses its connection
  absl::Duration patience = absl::Seconds(5);              // with a server that is away
};

class PostgresWriter {
 public:
  struct Pending {
    WriteTopic topic;
    SubmissionStore::Work work;
    SubmissionStore::Done done;
    absl::Status outcome;
  };
  using Batch = std::vector<Pending>;
  using Answer = std::function<void(Batch)>;

  // `answer` gets each batch once, on the writer's thread. `primary` is there
  // until the end.
  PostgresWriter(PostgresWriterOptions options, PostgresPrimary& primary,
                 std::unique_ptr<PostgresConnection> connection, Answer answer);
  // Carries out what waits.
  ~PostgresWriter();

  // Connected, found durable, statements prepared.
  static absl::StatusOr<std::unique_ptr<PostgresConnection>> Connect(const PostgresWriterOptions& options,
                                                                     PostgresPrimary& primary);

  // Takes `pending`, or says why not and leaves it.
  absl::Status Add(Pending& pending);

 private:
  void Loop();
  Batch TakeBatch();
  void Commit(Batch& batch);
  void CommitOneByOne(Batch& batch);
  absl::Status Try(Batch& batch, bool& is_commit_sent);
  absl::Status Reconnect();
  void Rollback();
  bool EndHungSessions();
  void Pause(int attempt);

  const PostgresWriterOptions options_;
  PostgresPrimary& primary_;
  const Answer answer_;
  std::unique_ptr<PostgresConnection> connection_;  // null while the server is away
  std::mt19937 random_;
  absl::Time hurry_end_ = absl::InfinitePast();  // until then locks are not waited for as long as usual

  std::mutex mutex_;
  std::condition_variable work_waits_;
  std::deque<Pending> queue_;
  size_t bytes_in_flight_ = 0;
  bool is_closing_ = false;
  std::thread thread_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_WRITER_H_
