// Reads submissions from PostgreSQL on a connection of its own.
#ifndef JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_READER_H_
#define JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_READER_H_

#include <memory>

#include "intake/adapters/postgres/postgres_connection.h"
#include "intake/adapters/postgres/postgres_primary.h"
#include "intake/adapters/postgres/postgres_reads.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

// Used by one thread at a time. Once is_lost(), all reads fail.
class PostgresReader {
 public:
  // `program` as UsePostgresSchema takes it, and fails.
  static absl::StatusOr<std::unique_ptr<PostgresReader>> Open(PostgresPrimary& primary, int program);

  bool is_lost() const { return connection_->is_lost(); }
  const PostgresConnection& connection() const { return *connection_; }

  // As SubmissionStore::Read.
  absl::Status Read(const SubmissionStore::ReadWork& work);

 private:
  explicit PostgresReader(std::unique_ptr<PostgresConnection> connection)
      : connection_(std::move(connection)), reads_(*connection_) {}

  const std::unique_ptr<PostgresConnection> connection_;
  PostgresReads reads_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_READER_H_
