#include "intake/adapters/postgres/postgres_rows.h"

#include <fmt/format.h>

#include <tuple>
#include <utility>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "intake/core/submission/errors.h"
#include "intake/core/submission/stored_time.h"

namespace jixiao::intake {
namespace {

constexpr int kOpenYear = 9999;

absl::Status Corrupt(const std::string& what) {
  return MakeError(absl::StatusCode::kDataLoss, "STORE_CORRUPT", fmt::format("stored {} does not parse", what));
}

absl::StatusOr<SubmissionKey> KeyOf(const std::string& division_code, const std::string& submission) {
  const std::string name = fmt::format("submissions/{}.{}", division_code, submission);
  absl::StatusOr<SubmissionKey> key = ParseSubmissionName(name, "name");
  return key.ok() ? std::move(key) : Corrupt(name);
}

report::v1::ReportKind KindOf(int64_t number) { return static_cast<report::v1::ReportKind>(number); }

// Comments as one blob: a Submission message with nothing else in it.
std::string CommentsBytes(const v1::Submission& submission) {
  v1::Submission only_comments;
  *only_comments.mutable_return_comments() = submission.return_comments();
  return only_comments.SerializeAsString();
}

// Notes as one blob, likewise.
std::string NotesBytes(const ReviewNotes& notes) {
  v1::Submission only_notes;
  only_notes.mutable_explanations()->Assign(notes.explanations.begin(), notes.explanations.end());
  only_notes.mutable_work_confirmations()->Assign(notes.confirmations.begin(), notes.confirmations.end());
  return only_notes.SerializeAsString();
}

void AddCounts(const v1::Submission& submission, PostgresRows& rows) {
  if (!submission.has_finding_counts()) {
    rows.Null().Null().Null().Null();
    return;
  }
  const v1::FindingCounts& counts = submission.finding_counts();
  rows.Number(counts.blocks()).Number(counts.explain()).Number(counts.note());
  if (counts.has_unexplained()) {
    rows.Number(counts.unexplained());
  } else {
    rows.Null();
  }
}

}  // namespace

PostgresParams ParamsOf(const SubmissionKey& key) {
  PostgresParams params;
  params.Text(key.division_code).Text(LocalName(key));
  return params;
}

PostgresParams ParamsOf(const VersionKey& key) {
  PostgresParams params = ParamsOf(key.submission);
  params.Number(key.version);
  return params;
}

void AddKey(const SubmissionKey& key, PostgresRows& rows) { rows.Text(key.division_code).Text(LocalName(key)); }

void AddKey(const VersionKey& key, PostgresRows& rows) {
  AddKey(key.submission, rows);
  rows.Number(key.version);
}

absl::StatusOr<SubmissionRecord> SubmissionFromRow(const PostgresRow& row) {
  SubmissionRecord record;
  JIXIAO_ASSIGN_OR_RETURN(record.key, KeyOf(row.Text(0), row.Text(1)));
  v1::Submission& submission = record.submission;
  if (!row.IsNull(10) && !submission.ParseFromString(row.Text(10))) return Corrupt("comment");
  submission.set_name(FormatSubmissionName(record.key));
  submission.set_division_code(record.key.division_code);
  submission.set_unit_code(record.key.unit_code);
  submission.set_unit_name(row.Text(2));
  submission.set_fiscal_year(record.key.fiscal_year);
  submission.set_kind(record.key.kind);
  submission.set_current_version(row.Int(3));
  submission.set_state(static_cast<v1::Submission::State>(row.Int(4)));
  *submission.mutable_receive_time() = StoredTimestamp(row.Number(5));
  *submission.mutable_update_time() = StoredTimestamp(row.Number(6));
  submission.set_report_digest(row.Text(7));
  if (!row.IsNull(8)) submission.set_page_path(row.Text(8));
  if (!row.IsNull(9)) submission.set_last_problem(row.Text(9));
  if (!row.IsNull(11)) {
    v1::FindingCounts& counts = *submission.mutable_finding_counts();
    counts.set_blocks(row.Int(11));
    counts.set_explain(row.Int(12));
    counts.set_note(row.Int(13));
    if (!row.IsNull(14)) counts.set_unexplained(row.Int(14));
  }
  if (!row.IsNull(15) && !submission.mutable_lateness()->ParseFromString(row.Text(15))) return Corrupt("lateness");
  record.event_count = row.Number(16);
  return record;
}

void AddSubmission(const SubmissionRecord& record, PostgresRows& rows) {
  const v1::Submission& submission = record.submission;
  AddKey(record.key, rows);
  rows.Text(submission.unit_name()).Number(submission.current_version()).Number(submission.state());
  rows.Number(StoredMicros(submission.receive_time())).Number(StoredMicros(submission.update_time()));
  rows.Text(submission.report_digest());
  rows.OptionalText(submission.has_page_path(), submission.page_path());
  rows.OptionalText(submission.has_last_problem(), submission.last_problem());
  rows.OptionalBytes(submission.return_comments_size() > 0, CommentsBytes(submission));
  AddCounts(submission, rows);
  rows.OptionalBytes(submission.has_lateness(), submission.lateness().SerializeAsString());
  rows.Number(record.event_count).Number(record.key.fiscal_year).Number(record.key.kind);
  rows.Number(submission.lateness().working_days_late());
}

absl::StatusOr<VersionRecord> VersionFromRow(const SubmissionKey& key, const PostgresRow& row) {
  VersionRecord record;
  record.key = {key, row.Int(0)};
  v1::SubmissionVersion& version = record.version;
  version.set_name(FormatVersionName(record.key));
  version.set_version(record.key.version);
  version.set_state(static_cast<v1::Submission::State>(row.Int(1)));
  version.set_is_superseded(row.Flag(2));
  v1::Receipt& receipt = *version.mutable_receipt();
  receipt.set_submission_version(version.name());
  receipt.set_request_id(row.Text(3));
  receipt.set_report_digest(row.Text(4));
  receipt.set_original_digest(row.Text(5));
  receipt.set_original_size_bytes(row.Number(6));
  *receipt.mutable_receive_time() = StoredTimestamp(row.Number(7));
  receipt.set_trace_id(row.Text(8));
  if (!row.IsNull(9) && !receipt.mutable_lateness()->ParseFromString(row.Text(9))) return Corrupt("lateness");
  record.rule_set = row.Text(10);
  record.registered_unit_name = row.Text(11);
  return record;
}

void AddVersion(const VersionRecord& record, PostgresRows& rows) {
  const v1::Receipt& receipt = record.version.receipt();
  AddKey(record.key.submission, rows);
  rows.Number(record.key.version).Number(record.version.state()).Flag(record.version.is_superseded());
  rows.Text(receipt.request_id()).Text(receipt.report_digest()).Text(receipt.original_digest());
  rows.Number(receipt.original_size_bytes()).Number(StoredMicros(receipt.receive_time())).Text(receipt.trace_id());
  rows.OptionalBytes(receipt.has_lateness(), receipt.lateness().SerializeAsString());
  rows.Text(record.rule_set).Text(record.registered_unit_name);
}

v1::SubmissionEvent EventFromRow(const PostgresRow& row) {
  v1::SubmissionEvent event;
  event.set_sequence(row.Number(0));
  event.set_version(row.Int(1));
  event.set_action(static_cast<v1::SubmissionEvent::Action>(row.Int(2)));
  if (!row.IsNull(3)) event.set_from_state(static_cast<v1::Submission::State>(row.Int(3)));
  event.set_to_state(static_cast<v1::Submission::State>(row.Int(4)));
  event.set_actor(row.Text(5));
  if (!row.IsNull(6)) event.set_reason(row.Text(6));
  *event.mutable_event_time() = StoredTimestamp(row.Number(7));
  return event;
}

void AddEvent(const SubmissionKey& key, const v1::SubmissionEvent& event, PostgresRows& rows) {
  AddKey(key, rows);
  rows.Number(event.sequence()).Number(event.version()).Number(event.action());
  if (event.has_from_state()) {
    rows.Number(event.from_state());
  } else {
    rows.Null();
  }
  rows.Number(event.to_state()).Text(event.actor()).OptionalText(event.has_reason(), event.reason());
  rows.Number(StoredMicros(event.event_time()));
}

absl::StatusOr<Task> TaskFromRow(const PostgresRow& row) {
  Task task;
  JIXIAO_ASSIGN_OR_RETURN(task.key.submission, KeyOf(row.Text(0), row.Text(1)));
  task.key.version = row.Int(2);
  task.kind = static_cast<TaskKind>(row.Int(3));
  task.attempts = row.Int(4);
  task.create_time = FromStoredTime(row.Number(5));
  task.not_before = FromStoredTime(row.Number(6));
  task.lease_until = FromStoredTime(row.Number(7));
  task.lease_owner = row.Text(8);
  task.reason = row.Text(9);
  return task;
}

void AddTask(const Task& task, PostgresRows& rows) {
  AddKey(task.key.submission, rows);
  rows.Number(task.key.version).Number(static_cast<int>(task.kind)).Number(task.attempts);
  rows.Number(ToStoredTime(task.create_time))
      .Number(ToStoredTime(task.not_before))
      .Number(ToStoredTime(task.lease_until));
  rows.Text(task.lease_owner).Text(task.reason);
}

absl::StatusOr<ReviewNotes> ReviewNotesFromRow(const PostgresRow& row) {
  v1::Submission notes;
  if (!notes.ParseFromString(row.Text(0))) return Corrupt("note");
  return ReviewNotes{{notes.explanations().begin(), notes.explanations().end()},
                     {notes.work_confirmations().begin(), notes.work_confirmations().end()}};
}

void AddReviewNotes(const VersionKey& key, const ReviewNotes& notes, PostgresRows& rows) {
  AddKey(key.submission, rows);
  rows.Number(key.version).Bytes(NotesBytes(notes));
}

absl::StatusOr<std::string> ScoreCardFromRow(const VersionKey& key, const PostgresRow& row) {
  std::string bytes = row.Text(0);
  if (ContentDigest(bytes) != row.Text(1)) return StoredBytesDamaged(FormatVersionName(key));
  return bytes;
}

bool ComesBefore(const RosterEntry& a, const RosterEntry& b) {
  return std::tuple(a.key, a.unit.first_fiscal_year()) < std::tuple(b.key, b.unit.first_fiscal_year());
}

RosterEntry RosterEntryFromRow(const PostgresRow& row) {
  RosterEntry entry;
  entry.key = {row.Text(0), row.Text(1)};
  v1::RosterUnit& unit = entry.unit;
  unit.set_name(FormatUnitName(entry.key));
  unit.set_first_fiscal_year(row.Int(2));
  if (row.Number(3) != kOpenYear) unit.set_last_fiscal_year(row.Int(3));
  unit.set_unit_name(row.Text(4));
  if (!row.IsNull(5)) unit.set_supervising_unit(row.Text(5));
  unit.set_expects_department_report(row.Flag(6));
  for (const std::string& project : row.Texts(7)) unit.add_expected_projects(project);
  return entry;
}

void AddRosterUnit(const RosterEntry& entry, PostgresRows& rows) {
  const v1::RosterUnit& unit = entry.unit;
  rows.Text(entry.key.division_code).Text(entry.key.unit_code).Number(unit.first_fiscal_year());
  rows.Number(unit.has_last_fiscal_year() ? unit.last_fiscal_year() : kOpenYear).Text(unit.unit_name());
  rows.OptionalText(unit.has_supervising_unit(), unit.supervising_unit()).Flag(unit.expects_department_report());
}

void AddRosterProjects(const RosterEntry& entry, PostgresRows& rows) {
  const v1::RosterUnit& unit = entry.unit;
  for (int i = 0; i < unit.expected_projects_size(); ++i) {
    const std::string& name = unit.expected_projects(i);
    rows.Text(entry.key.division_code).Text(entry.key.unit_code).Number(unit.first_fiscal_year());
    rows.Number(i).Text(ProjectCode(name)).Text(name);
  }
}

std::pair<SeasonKey, v1::Season> SeasonFromRow(const PostgresRow& row) {
  const SeasonKey key{row.Text(0), row.Int(1), KindOf(row.Number(2))};
  v1::Season season;
  season.set_name(FormatSeasonName(key));
  season.set_rule_set(row.Text(3));
  *season.mutable_opening_time() = StoredTimestamp(row.Number(4));
  *season.mutable_deadline() = StoredTimestamp(row.Number(5));
  season.set_is_closed(row.Flag(6));
  return {key, season};
}

void AddSeason(const SeasonKey& key, const v1::Season& season, PostgresRows& rows) {
  rows.Text(key.division_code).Number(key.fiscal_year).Number(key.kind).Text(season.rule_set());
  rows.Number(StoredMicros(season.opening_time())).Number(StoredMicros(season.deadline())).Flag(season.is_closed());
}

ExtensionRecord ExtensionFromRow(const PostgresRow& row) {
  ExtensionRecord record;
  record.unit = {row.Text(0), row.Text(1)};
  record.season = {row.Text(2), row.Int(3), KindOf(row.Number(4))};
  record.extension.set_unit(FormatUnitName(record.unit));
  *record.extension.mutable_deadline() = StoredTimestamp(row.Number(5));
  record.extension.set_reason(row.Text(6));
  record.extension.set_actor(row.Text(7));
  return record;
}

void AddExtension(const ExtensionRecord& record, PostgresRows& rows) {
  rows.Text(record.unit.division_code).Text(record.unit.unit_code).Text(record.season.division_code);
  rows.Number(record.season.fiscal_year).Number(record.season.kind);
  rows.Number(StoredMicros(record.extension.deadline())).Text(record.extension.reason()).Text(record.extension.actor());
}

std::pair<AuditShard, AuditHead> AuditHeadFromRow(const PostgresRow& row) {
  return {{row.Text(0), row.Int(1)}, {row.Number(2), row.Text(3)}};
}

}  // namespace jixiao::intake
