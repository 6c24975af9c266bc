// Reads submissions from SQLite on a connection that cannot write.
#ifndef JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_READER_H_
#define JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_READER_H_

#include <memory>
#include <string>

#include "common/sqlite/sqlite_statement.h"
#include "intake/adapters/sqlite/sqlite_reads.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

// Used by one thread at a time.
class SqliteReader {
 public:
  static absl::StatusOr<std::unique_ptr<SqliteReader>> Open(const std::string& path, const std::string& vfs);

  // As SubmissionStore::Read.
  absl::Status Read(ReadOperation operation, const SubmissionStore::ReadWork& work);

 private:
  explicit SqliteReader(std::unique_ptr<SqliteConnection> connection);

  const std::unique_ptr<SqliteConnection> connection_;  // before the statements on it
  SqliteReads reads_;
  SqliteStatement begin_, commit_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_SQLITE_SQLITE_READER_H_
