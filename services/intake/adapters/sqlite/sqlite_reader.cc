#include "intake/adapters/sqlite/sqlite_reader.h"

#include <iterator>
#include <utility>

#include "common/base/digest.h"
#include "common/base/status_macros.h"
#include "intake/adapters/sqlite/sqlite_rows.h"
#include "intake/core/submission/errors.h"
#include "intake/core/submission/stored_time.h"

namespace jixiao::intake {
namespace {

// The columns are given one order, and one range of the key, so that a page costs
// what is on it.
#define LIST_SUBMISSIONS(index, state_condition)                                              \
  "SELECT " JIXIAO_SUBMISSION_COLUMNS " FROM submissions " index                              \
  " WHERE (division_code, submission) >= (?1, ?2) AND (division_code, submission) < (?3, ?4)" \
  " AND fiscal_year = ?5 AND (?6 = 0 OR kind = ?6) AND " state_condition                      \
  " ORDER BY division_code, submission LIMIT ?8"

}  // namespace

SqliteReader::SqliteReader(std::unique_ptr<SqliteConnection> connection)
    : connection_(std::move(connection)),
      get_submission_(*connection_, "SELECT " JIXIAO_SUBMISSION_COLUMNS " FROM submissions" JIXIAO_WHERE_NAME),
      get_version_(*connection_,
                   "SELECT " JIXIAO_VERSION_COLUMNS " FROM versions" JIXIAO_OF_SUBMISSION " AND version = ?"),
      get_documents_(
          *connection_,
          "SELECT d.report_bytes, d.media_type, d.file_name, d.original_bytes, v.report_digest, "
          "v.original_digest FROM documents d JOIN versions v USING (submission_id, version)" JIXIAO_OF_SUBMISSION
          " AND version = ?"),
      get_score_card_(*connection_,
                      "SELECT score_card_bytes, digest FROM score_cards" JIXIAO_OF_SUBMISSION " AND version = ?"),
      list_submissions_(*connection_, LIST_SUBMISSIONS("", "(?7 = 0 OR state = ?7)")),
      list_waiting_(*connection_, LIST_SUBMISSIONS("INDEXED BY submissions_to_list", "state = ?7 AND state <> 1")),
      next_year_(*connection_, "SELECT min(fiscal_year) FROM submissions WHERE fiscal_year >= ?"),
      list_versions_(*connection_, "SELECT " JIXIAO_VERSION_COLUMNS " FROM versions" JIXIAO_OF_SUBMISSION
                                   " AND version < ? ORDER BY version DESC LIMIT ?"),
      list_events_(*connection_, "SELECT " JIXIAO_EVENT_COLUMNS " FROM events" JIXIAO_OF_SUBMISSION
                                 " AND sequence > ? ORDER BY sequence LIMIT ?"),
      count_states_(*connection_, "SELECT state, count(*) FROM submissions GROUP BY state"),
      count_tasks_(*connection_, "SELECT task, count(*), min(create_time_us) FROM outbox GROUP BY task"),
      get_notes_(*connection_, "SELECT notes FROM review_notes" JIXIAO_OF_SUBMISSION " AND version = ?"),
      list_audit_heads_(*connection_,
                        "SELECT prefecture_code, fiscal_year, sequence, hash FROM audit_heads "
                        "ORDER BY prefecture_code, fiscal_year"),
      read_audit_log_(*connection_,
                      "SELECT sequence, entry, hash FROM audit_entries WHERE prefecture_code = ? AND fiscal_year = ? "
                      "AND sequence > ? ORDER BY sequence LIMIT ?"),
      begin_(*connection_, "BEGIN"),
      commit_(*connection_, "COMMIT"),
      season_(*connection_) {}

absl::StatusOr<std::unique_ptr<SqliteReader>> SqliteReader::Open(const std::string& path, const std::string& vfs) {
  JIXIAO_ASSIGN_OR_RETURN(auto connection, SqliteConnection::Open(path, SqliteConnection::Mode::kReadOnly, vfs));
  return std::unique_ptr<SqliteReader>(new SqliteReader(std::move(connection)));
}

absl::StatusOr<SubmissionRecord> SqliteReader::GetSubmission(const SubmissionKey& key) {
  const std::string local = LocalName(key);
  get_submission_.Start().Bind(key.division_code).Bind(local).Bind(key.fiscal_year);
  const SqliteReset reset(get_submission_);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, get_submission_.Step());
  if (!has_row) return NotFound();
  return SubmissionFromRow(get_submission_);
}

absl::StatusOr<VersionRecord> SqliteReader::GetVersion(const VersionKey& key) {
  const std::string local = LocalName(key.submission);
  get_version_.Start()
      .Bind(key.submission.division_code)
      .Bind(local)
      .Bind(key.submission.fiscal_year)
      .Bind(key.version);
  const SqliteReset reset(get_version_);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, get_version_.Step());
  if (!has_row) return NotFound();
  return VersionFromRow(key.submission, get_version_);
}

absl::StatusOr<VersionDocuments> SqliteReader::GetDocuments(const VersionKey& key) {
  const std::string local = LocalName(key.submission);
  get_documents_.Start()
      .Bind(key.submission.division_code)
      .Bind(local)
      .Bind(key.submission.fiscal_year)
      .Bind(key.version);
  const SqliteReset reset(get_documents_);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, get_documents_.Step());
  if (!has_row) return NotFound();
  return Unpack({get_documents_.Text(0), get_documents_.Text(1), get_documents_.Text(2), get_documents_.Text(3)},
                FormatVersionName(key), get_documents_.Text(4), get_documents_.Text(5));
}

absl::StatusOr<std::string> SqliteReader::GetScoreCard(const VersionKey& key) {
  const std::string local = LocalName(key.submission);
  get_score_card_.Start()
      .Bind(key.submission.division_code)
      .Bind(local)
      .Bind(key.submission.fiscal_year)
      .Bind(key.version);
  const SqliteReset reset(get_score_card_);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, get_score_card_.Step());
  if (!has_row) return std::string();
  std::string bytes = get_score_card_.Text(0);
  if (ContentDigest(bytes) != get_score_card_.Text(1)) return StoredBytesDamaged(FormatVersionName(key));
  return bytes;
}

absl::StatusOr<std::optional<int>> SqliteReader::YearFrom(int fiscal_year) {
  next_year_.Start().Bind(fiscal_year);
  const SqliteReset reset(next_year_);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, next_year_.Step());
  if (!has_row || next_year_.IsNull(0)) return std::optional<int>();
  return std::optional<int>(static_cast<int>(next_year_.Number(0)));
}

// Each year has its own stretch of the key.
absl::Status SqliteReader::ListRange(const NameRange& range, const ListFilter& filter, int limit,
                                     RecordsByName& found) {
  for (int year = range.first_fiscal_year;; ++year) {
    JIXIAO_ASSIGN_OR_RETURN(const std::optional<int> next, YearFrom(year));
    if (!next.has_value() || *next > range.last_fiscal_year) return absl::OkStatus();
    year = *next;
    JIXIAO_RETURN_IF_ERROR(ListYear(range, year, filter, limit, found));
  }
}

absl::Status SqliteReader::ListYear(const NameRange& range, int fiscal_year, const ListFilter& filter, int limit,
                                    RecordsByName& found) {
  const bool is_waiting =
      filter.state != v1::Submission::STATE_UNSPECIFIED && filter.state != v1::Submission::STATE_ACCEPTED;
  SqliteStatement& rows = is_waiting ? list_waiting_ : list_submissions_;
  rows.Start()
      .Bind(range.first.division_code)
      .Bind(range.first.local)
      .Bind(range.end.division_code)
      .Bind(range.end.local)
      .Bind(fiscal_year)
      .Bind(static_cast<int>(filter.kind))
      .Bind(static_cast<int>(filter.state))
      .Bind(limit);
  const SqliteReset reset(rows);
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, rows.Step());
    if (!has_row) return absl::OkStatus();
    NamePlace place{rows.Text(0), rows.Text(1)};
    JIXIAO_ASSIGN_OR_RETURN(SubmissionRecord record, SubmissionFromRow(rows));
    found.emplace(std::move(place), std::move(record));
  }
}

// Ranges come by their first name, so the list is full when the next one begins
// behind its end.
absl::StatusOr<std::vector<SubmissionRecord>> SqliteReader::ListSubmissions(const ListFilter& filter,
                                                                            const std::optional<SubmissionKey>& after,
                                                                            int limit) {
  const auto wanted = static_cast<size_t>(limit);
  RecordsByName found;
  for (const NameRange& range : RangesOf(filter, after)) {
    if (found.size() >= wanted && std::next(found.begin(), limit - 1)->first < range.first) break;
    JIXIAO_RETURN_IF_ERROR(ListRange(range, filter, limit, found));
    while (found.size() > wanted) found.erase(std::prev(found.end()));
  }
  std::vector<SubmissionRecord> records;
  for (auto& [place, record] : found) records.push_back(std::move(record));
  return records;
}

absl::StatusOr<std::vector<VersionRecord>> SqliteReader::ListVersions(const SubmissionKey& key, int before, int limit) {
  const std::string local = LocalName(key);
  list_versions_.Start().Bind(key.division_code).Bind(local).Bind(key.fiscal_year).Bind(before).Bind(limit);
  std::vector<VersionRecord> records;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, list_versions_.Step());
    if (!has_row) return records;
    JIXIAO_ASSIGN_OR_RETURN(VersionRecord record, VersionFromRow(key, list_versions_));
    records.push_back(std::move(record));
  }
}

absl::StatusOr<std::vector<v1::SubmissionEvent>> SqliteReader::ListEvents(const SubmissionKey& key, int64_t after,
                                                                          int limit) {
  const std::string local = LocalName(key);
  list_events_.Start().Bind(key.division_code).Bind(local).Bind(key.fiscal_year).Bind(after).Bind(limit);
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

absl::StatusOr<ReviewNotes> SqliteReader::GetReviewNotes(const VersionKey& key) {
  const std::string local = LocalName(key.submission);
  get_notes_.Start().Bind(key.submission.division_code).Bind(local).Bind(key.submission.fiscal_year).Bind(key.version);
  const SqliteReset reset(get_notes_);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, get_notes_.Step());
  return has_row ? NotesFromBytes(get_notes_.Text(0)) : ReviewNotes();
}

absl::StatusOr<std::vector<std::pair<AuditShard, AuditHead>>> SqliteReader::ListAuditHeads() {
  list_audit_heads_.Start();
  std::vector<std::pair<AuditShard, AuditHead>> heads;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, list_audit_heads_.Step());
    if (!has_row) return heads;
    heads.push_back({{list_audit_heads_.Text(0), static_cast<int>(list_audit_heads_.Number(1))},
                     {list_audit_heads_.Number(2), list_audit_heads_.Text(3)}});
  }
}

absl::StatusOr<std::vector<StoredAuditRecord>> SqliteReader::ReadAuditLog(const AuditShard& shard, int64_t after,
                                                                          int limit) {
  read_audit_log_.Start().Bind(shard.prefecture_code).Bind(shard.fiscal_year).Bind(after).Bind(limit);
  std::vector<StoredAuditRecord> records;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, read_audit_log_.Step());
    if (!has_row) return records;
    StoredAuditRecord& stored = records.emplace_back();
    stored.sequence = read_audit_log_.Number(0);
    stored.record.set_entry(read_audit_log_.Text(1));
    stored.record.set_hash(read_audit_log_.Text(2));
  }
}

#undef LIST_SUBMISSIONS

}  // namespace jixiao::intake
