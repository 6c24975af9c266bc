#include "intake/adapters/postgres/postgres_reader.h"

#include <utility>

#include "common/base/status_macros.h"
#include "intake/adapters/postgres/postgres_schema.h"
#include "intake/adapters/postgres/postgres_statements.h"

namespace jixiao::intake {

absl::StatusOr<std::unique_ptr<PostgresReader>> PostgresReader::Open(PostgresPrimary& primary, int program) {
  JIXIAO_ASSIGN_OR_RETURN(auto connection, primary.Connect());
  JIXIAO_RETURN_IF_ERROR(UsePostgresSchema(*connection, program));
  JIXIAO_RETURN_IF_ERROR(connection->Execute("SET default_transaction_read_only = on"));
  JIXIAO_RETURN_IF_ERROR(connection->StartPipeline(sql::ReaderStatements()));
  return std::unique_ptr<PostgresReader>(new PostgresReader(std::move(connection)));
}

absl::Status PostgresReader::Read(const SubmissionStore::ReadWork& work) {
  connection_->Send(sql::kBeginRead);  // goes with the first question
  absl::Status status = work(reads_);
  if (is_lost()) return status;
  connection_->Send(sql::kCommit);  // rolls back if a statement failed
  const absl::Status ended = connection_->Finish().status();
  return status.ok() ? ended : status;
}

}  // namespace jixiao::intake
