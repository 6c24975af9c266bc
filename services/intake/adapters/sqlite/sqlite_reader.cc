#include "intake/adapters/sqlite/sqlite_reader.h"

#include <utility>

#include "common/base/status_macros.h"

namespace jixiao::intake {

absl::StatusOr<std::unique_ptr<SqliteReader>> SqliteReader::Open(const std::string& path, const std::string& vfs) {
  JIXIAO_ASSIGN_OR_RETURN(auto connection, SqliteConnection::Open(path, SqliteConnection::Mode::kReadOnly, vfs));
  return std::unique_ptr<SqliteReader>(new SqliteReader(std::move(connection)));
}

SqliteReader::SqliteReader(std::unique_ptr<SqliteConnection> connection)
    : connection_(std::move(connection)),
      reads_(*connection_),
      begin_(*connection_, "BEGIN"),
      commit_(*connection_, "COMMIT") {}

absl::Status SqliteReader::Read(ReadOperation, const SubmissionStore::ReadWork& work) {
  const SqliteSnapshot snapshot(begin_, commit_);
  JIXIAO_RETURN_IF_ERROR(snapshot.status());
  reads_.StartWork();
  return work(reads_);
}

}  // namespace jixiao::intake
