#include "intake/adapters/sqlite_reader.h"

#include <utility>

#include "common/base/digest.h"
#include "common/base/status_macros.h"
#include "intake/adapters/sqlite_rows.h"
#include "intake/core/errors.h"

namespace jixiao::intake {
namespace {

#define WHERE_SUBMISSION " WHERE division_code = ? AND submission = ?"

// First text behind all that begin with `prefix`, which is ASCII.
std::string EndOfPrefix(const std::string& prefix) { return prefix + "\x7f"; }

}  // namespace

SqliteReader::SqliteReader(std::unique_ptr<SqliteConnection> connection)
    : connection_(std::move(connection)),
      get_submission_(*connection_, "SELECT " JIXIAO_SUBMISSION_COLUMNS " FROM submissions" WHERE_SUBMISSION),
      get_version_(*connection_, "SELECT " JIXIAO_VERSION_COLUMNS " FROM versions" WHERE_SUBMISSION " AND version = ?"),
      get_documents_(*connection_,
                     "SELECT d.report_bytes, d.media_type, d.file_name, d.original_bytes, v.report_digest, "
                     "v.original_digest FROM documents d JOIN versions v USING (division_code, submission, version) "
                     "WHERE d.division_code = ? AND d.submission = ? AND d.version = ?"),
      get_score_card_(*connection_,
                      "SELECT score_card_bytes, digest FROM score_cards" WHERE_SUBMISSION " AND version = ?"),
      list_submissions_(*connection_, "SELECT " JIXIAO_SUBMISSION_COLUMNS
                                      " FROM submissions WHERE division_code >= ?1 AND division_code < ?2"
                                      " AND (division_code, submission) > (?3, ?4)"
                                      " AND (?5 = 0 OR fiscal_year = ?5) AND (?6 = 0 OR state = ?6)"
                                      " ORDER BY division_code, submission LIMIT ?7"),
      list_versions_(*connection_, "SELECT " JIXIAO_VERSION_COLUMNS " FROM versions" WHERE_SUBMISSION
                                   " AND version < ? ORDER BY version DESC LIMIT ?"),
      list_events_(*connection_, "SELECT " JIXIAO_EVENT_COLUMNS " FROM events" WHERE_SUBMISSION
                                 " AND sequence > ? ORDER BY sequence LIMIT ?"),
      count_states_(*connection_, "SELECT state, count(*) FROM submissions GROUP BY state"),
      count_tasks_(*connection_, "SELECT task, count(*), min(create_time_us) FROM outbox GROUP BY task") {}

absl::StatusOr<std::unique_ptr<SqliteReader>> SqliteReader::Open(const std::string& path, const std::string& vfs) {
  JIXIAO_ASSIGN_OR_RETURN(auto connection, SqliteConnection::Open(path, SqliteConnection::Mode::kReadOnly, vfs));
  return std::unique_ptr<SqliteReader>(new SqliteReader(std::move(connection)));
}

absl::StatusOr<SubmissionRecord> SqliteReader::GetSubmission(const SubmissionKey& key) {
  const std::string local = LocalName(key);
  get_submission_.Start().Bind(key.division_code).Bind(local);
  const SqliteReset reset(get_submission_);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, get_submission_.Step());
  if (!has_row) return NoSuchSubmission(FormatSubmissionName(key));
  return SubmissionFromRow(get_submission_);
}

absl::StatusOr<VersionRecord> SqliteReader::GetVersion(const VersionKey& key) {
  const std::string local = LocalName(key.submission);
  get_version_.Start().Bind(key.submission.division_code).Bind(local).Bind(key.version);
  const SqliteReset reset(get_version_);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, get_version_.Step());
  if (!has_row) return NoSuchVersion(FormatVersionName(key));
  return VersionFromRow(key.submission, get_version_);
}

absl::StatusOr<VersionDocuments> SqliteReader::GetDocuments(const VersionKey& key) {
  const std::string local = LocalName(key.submission);
  get_documents_.Start().Bind(key.submission.division_code).Bind(local).Bind(key.version);
  const SqliteReset reset(get_documents_);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, get_documents_.Step());
  if (!has_row) return NoSuchVersion(FormatVersionName(key));
  VersionDocuments documents{get_documents_.Text(0), get_documents_.Text(1), get_documents_.Text(2),
                             get_documents_.Text(3)};
  const std::string& original = documents.media_type.empty() ? documents.report_bytes : documents.original_bytes;
  if (ContentDigest(documents.report_bytes) != get_documents_.Text(4) ||
      (!documents.media_type.empty() && ContentDigest(original) != get_documents_.Text(5))) {
    return StoredBytesDamaged(FormatVersionName(key));
  }
  return documents;
}

absl::StatusOr<std::string> SqliteReader::GetScoreCard(const VersionKey& key) {
  const std::string local = LocalName(key.submission);
  get_score_card_.Start().Bind(key.submission.division_code).Bind(local).Bind(key.version);
  const SqliteReset reset(get_score_card_);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, get_score_card_.Step());
  if (!has_row) return std::string();
  std::string bytes = get_score_card_.Text(0);
  if (ContentDigest(bytes) != get_score_card_.Text(1)) return StoredBytesDamaged(FormatVersionName(key));
  return bytes;
}

absl::StatusOr<std::vector<SubmissionRecord>> SqliteReader::ListSubmissions(const ListFilter& filter,
                                                                            const std::optional<SubmissionKey>& after,
                                                                            int limit) {
  const std::string end = EndOfPrefix(filter.division_prefix);
  const std::string after_division = after.has_value() ? after->division_code : std::string();
  const std::string after_local = after.has_value() ? LocalName(*after) : std::string();
  list_submissions_.Start()
      .Bind(filter.division_prefix)
      .Bind(end)
      .Bind(after_division)
      .Bind(after_local)
      .Bind(filter.fiscal_year)
      .Bind(static_cast<int>(filter.state))
      .Bind(limit);
  const SqliteReset reset(list_submissions_);
  std::vector<SubmissionRecord> records;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, list_submissions_.Step());
    if (!has_row) return records;
    JIXIAO_ASSIGN_OR_RETURN(SubmissionRecord record, SubmissionFromRow(list_submissions_));
    records.push_back(std::move(record));
  }
}

absl::StatusOr<std::vector<VersionRecord>> SqliteReader::ListVersions(const SubmissionKey& key, int before, int limit) {
  const std::string local = LocalName(key);
  list_versions_.Start().Bind(key.division_code).Bind(local).Bind(before).Bind(limit);
  std::vector<VersionRecord> records;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, list_versions_.Step());
    if (!has_row) return records;
    records.push_back(VersionFromRow(key, list_versions_));
  }
}

absl::StatusOr<std::vector<v1::SubmissionEvent>> SqliteReader::ListEvents(const SubmissionKey& key, int64_t after,
                                                                          int limit) {
  const std::string local = LocalName(key);
  list_events_.Start().Bind(key.division_code).Bind(local).Bind(after).Bind(limit);
  std::vector<v1::SubmissionEvent> events;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, list_events_.Step());
    if (!has_row) return events;
    events.push_back(EventFromRow(list_events_));
  }
}

absl::StatusOr<StoreStatistics> SqliteReader::Statistics() {
  StoreStatistics statistics;
  count_states_.Start();
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, count_states_.Step());
    if (!has_row) break;
    statistics.submissions_by_state.emplace_back(static_cast<v1::Submission::State>(count_states_.Number(0)),
                                                 count_states_.Number(1));
  }
  count_tasks_.Start();
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, count_tasks_.Step());
    if (!has_row) break;
    statistics.backlogs.push_back({static_cast<TaskKind>(count_tasks_.Number(0)), count_tasks_.Number(1),
                                   FromStoredTime(count_tasks_.Number(2))});
  }
  return statistics;
}

#undef WHERE_SUBMISSION

}  // namespace jixiao::intake
