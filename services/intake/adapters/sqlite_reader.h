// Reads submissions from SQLite on a connection that cannot write.
#ifndef JIXIAO_INTAKE_ADAPTERS_SQLITE_READER_H_
#define JIXIAO_INTAKE_ADAPTERS_SQLITE_READER_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "intake/adapters/sqlite_connection.h"
#include "intake/core/submission_store.h"

namespace jixiao::intake {

// Used by one thread at a time; methods as in SubmissionStore.
class SqliteReader {
 public:
  static absl::StatusOr<std::unique_ptr<SqliteReader>> Open(const std::string& path, const std::string& vfs);

  absl::StatusOr<SubmissionRecord> GetSubmission(const SubmissionKey& key);
  absl::StatusOr<VersionRecord> GetVersion(const VersionKey& key);
  absl::StatusOr<VersionDocuments> GetDocuments(const VersionKey& key);
  absl::StatusOr<std::string> GetScoreCard(const VersionKey& key);
  absl::StatusOr<std::vector<SubmissionRecord>> ListSubmissions(const ListFilter& filter,
                                                                const std::optional<SubmissionKey>& after, int limit);
  absl::StatusOr<std::vector<VersionRecord>> ListVersions(const SubmissionKey& key, int before, int limit);
  absl::StatusOr<std::vector<v1::SubmissionEvent>> ListEvents(const SubmissionKey& key, int64_t after, int limit);
  absl::StatusOr<StoreStatistics> Statistics();

 private:
  explicit SqliteReader(std::unique_ptr<SqliteConnection> connection);

  std::unique_ptr<SqliteConnection> connection_;  // before the statements on it
  SqliteStatement get_submission_, get_version_, get_documents_, get_score_card_;
  SqliteStatement list_submissions_, list_versions_, list_events_, count_states_, count_tasks_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_SQLITE_READER_H_
