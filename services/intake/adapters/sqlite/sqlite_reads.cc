#include "intake/adapters/sqlite/sqlite_reads.h"

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

SqliteReads::SqliteReads(SqliteConnection& c)
    : find_id_(c,
               "SELECT submission_id FROM submissions WHERE division_code = ? AND submission = ? AND fiscal_year = ?"),
      find_submission_(c, "SELECT " JIXIAO_SUBMISSION_COLUMNS " FROM submissions WHERE submission_id = ?"),
      list_submissions_(c, LIST_SUBMISSIONS("", "(?7 = 0 OR state = ?7)")),
      list_waiting_(c, LIST_SUBMISSIONS("INDEXED BY submissions_to_list", "state = ?7 AND state <> 1")),
      next_year_(c, "SELECT min(fiscal_year) FROM submissions WHERE fiscal_year >= ?"),
      find_version_(c, "SELECT " JIXIAO_VERSION_COLUMNS " FROM versions" JIXIAO_WHERE_VERSION),
      list_versions_(c, "SELECT " JIXIAO_VERSION_COLUMNS
                        " FROM versions WHERE submission_id = ? AND version < ? ORDER BY version DESC LIMIT ?"),
      find_documents_(
          c,
          "SELECT d.report_bytes, d.media_type, d.file_name, d.original_bytes, v.report_digest, "
          "v.original_digest FROM documents d JOIN versions v USING (submission_id, version)" JIXIAO_WHERE_VERSION),
      find_score_card_(c, "SELECT score_card_bytes, digest FROM score_cards" JIXIAO_WHERE_VERSION),
      find_notes_(c, "SELECT notes FROM review_notes" JIXIAO_WHERE_VERSION),
      list_events_(c, "SELECT " JIXIAO_EVENT_COLUMNS
                      " FROM events WHERE submission_id = ? AND sequence > ? ORDER BY sequence LIMIT ?"),
      count_states_(c, "SELECT state, count(*) FROM submissions GROUP BY state"),
      count_tasks_(c, "SELECT task, count(*), min(create_time_us) FROM outbox GROUP BY task"),
      season_(c),
      audit_(c) {}

void SqliteReads::StartWork() { id_.reset(); }

// Most of a work is about one submission.
absl::StatusOr<int64_t> SqliteReads::IdOf(const SubmissionKey& key) {
  if (id_.has_value() && id_->first == key) return id_->second;
  const std::string local = LocalName(key);
  find_id_.Start().Bind(key.division_code).Bind(local).Bind(key.fiscal_year);
  const SqliteReset reset(find_id_);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, find_id_.Step());
  id_ = {key, has_row ? find_id_.Number(0) : kNoId};
  return id_->second;
}

absl::StatusOr<std::optional<SubmissionRecord>> SqliteReads::FindSubmission(const SubmissionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key));
  if (id == kNoId) return std::optional<SubmissionRecord>();
  find_submission_.Start().Bind(id);
  const SqliteReset reset(find_submission_);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, find_submission_.Step());
  if (!has_row) return std::optional<SubmissionRecord>();
  JIXIAO_ASSIGN_OR_RETURN(SubmissionRecord record, SubmissionFromRow(find_submission_));
  return std::optional<SubmissionRecord>(std::move(record));
}

absl::StatusOr<std::optional<int>> SqliteReads::YearFrom(int fiscal_year) {
  next_year_.Start().Bind(fiscal_year);
  const SqliteReset reset(next_year_);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, next_year_.Step());
  if (!has_row || next_year_.IsNull(0)) return std::optional<int>();
  return std::optional<int>(static_cast<int>(next_year_.Number(0)));
}

// Each year has its own stretch of the key.
absl::Status SqliteReads::ListRange(const NameRange& range, const ListFilter& filter, int limit, RecordsByName& found) {
  for (int year = range.first_fiscal_year;; ++year) {
    JIXIAO_ASSIGN_OR_RETURN(const std::optional<int> next, YearFrom(year));
    if (!next.has_value() || *next > range.last_fiscal_year) return absl::OkStatus();
    year = *next;
    JIXIAO_RETURN_IF_ERROR(ListYear(range, year, filter, limit, found));
  }
}

absl::Status SqliteReads::ListYear(const NameRange& range, int fiscal_year, const ListFilter& filter, int limit,
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
absl::StatusOr<std::vector<SubmissionRecord>> SqliteReads::Submissions(const ListFilter& filter,
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

absl::StatusOr<std::optional<VersionRecord>> SqliteReads::FindVersion(const VersionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key.submission));
  find_version_.Start().Bind(id);
  find_version_.Bind(key.version);
  const SqliteReset reset(find_version_);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, find_version_.Step());
  if (!has_row) return std::optional<VersionRecord>();
  JIXIAO_ASSIGN_OR_RETURN(VersionRecord record, VersionFromRow(key.submission, find_version_));
  return std::optional<VersionRecord>(std::move(record));
}

absl::StatusOr<std::vector<VersionRecord>> SqliteReads::Versions(const SubmissionKey& key, int before, int limit) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key));
  list_versions_.Start().Bind(id).Bind(before).Bind(limit);
  std::vector<VersionRecord> records;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, list_versions_.Step());
    if (!has_row) return records;
    JIXIAO_ASSIGN_OR_RETURN(VersionRecord record, VersionFromRow(key, list_versions_));
    records.push_back(std::move(record));
  }
}

absl::StatusOr<std::optional<VersionDocuments>> SqliteReads::FindDocuments(const VersionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key.submission));
  SqliteStatement& row = find_documents_.Start().Bind(id).Bind(key.version);
  const SqliteReset reset(row);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, row.Step());
  if (!has_row) return std::optional<VersionDocuments>();
  return Unpack({row.Text(0), row.Text(1), row.Text(2), row.Text(3)}, FormatVersionName(key), row.Text(4), row.Text(5));
}

absl::StatusOr<std::string> SqliteReads::FindScoreCard(const VersionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key.submission));
  SqliteStatement& row = find_score_card_.Start().Bind(id).Bind(key.version);
  const SqliteReset reset(row);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, row.Step());
  if (!has_row) return std::string();
  std::string bytes = row.Text(0);
  if (ContentDigest(bytes) != row.Text(1)) return StoredBytesDamaged(FormatVersionName(key));
  return bytes;
}

absl::StatusOr<ReviewNotes> SqliteReads::FindReviewNotes(const VersionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key.submission));
  SqliteStatement& row = find_notes_.Start().Bind(id).Bind(key.version);
  const SqliteReset reset(row);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, row.Step());
  return has_row ? NotesFromBytes(row.Text(0)) : ReviewNotes();
}

absl::StatusOr<std::vector<v1::SubmissionEvent>> SqliteReads::Events(const SubmissionKey& key, int64_t after,
                                                                     int limit) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key));
  list_events_.Start().Bind(id).Bind(after).Bind(limit);
  std::vector<v1::SubmissionEvent> events;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, list_events_.Step());
    if (!has_row) return events;
    events.push_back(EventFromRow(list_events_));
  }
}

absl::StatusOr<StoreStatistics> SqliteReads::Statistics() {
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

#undef LIST_SUBMISSIONS

}  // namespace jixiao::intake
