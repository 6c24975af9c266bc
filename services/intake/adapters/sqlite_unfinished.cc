// Replaced as schema version 2 lands; nothing calls these before.
#include "intake/adapters/sqlite_submission_store.h"

namespace jixiao::intake {
namespace {

absl::Status NotYet() { return absl::UnimplementedError("schema version 2"); }

}  // namespace

absl::StatusOr<std::string> SqliteTransaction::FindScoreCard(const VersionKey&) { return std::string(); }
absl::StatusOr<ReviewNotes> SqliteTransaction::FindReviewNotes(const VersionKey&) { return ReviewNotes(); }
absl::Status SqliteTransaction::PutReviewNotes(const VersionKey&, const ReviewNotes&) { return NotYet(); }
absl::StatusOr<std::optional<RosterEntry>> SqliteTransaction::FindRosterUnit(const UnitKey&, int) { return NotYet(); }
absl::StatusOr<std::vector<RosterEntry>> SqliteTransaction::RosterHistory(const UnitKey&) { return NotYet(); }
absl::StatusOr<std::vector<RosterEntry>> SqliteTransaction::FindRosterUnitsByName(const std::string&,
                                                                                  const std::string&, int) {
  return NotYet();
}
absl::Status SqliteTransaction::PutRosterUnit(const RosterEntry&) { return NotYet(); }
absl::StatusOr<std::optional<v1::Season>> SqliteTransaction::FindSeason(const SeasonKey&) { return NotYet(); }
absl::Status SqliteTransaction::PutSeason(const SeasonKey&, const v1::Season&) { return NotYet(); }
absl::StatusOr<std::optional<ExtensionRecord>> SqliteTransaction::FindExtension(const SeasonKey&, const UnitKey&) {
  return NotYet();
}
absl::Status SqliteTransaction::PutExtension(const ExtensionRecord&) { return NotYet(); }
absl::StatusOr<bool> SqliteTransaction::HasFilings(const SeasonKey&) { return NotYet(); }
absl::StatusOr<std::optional<OperationRecord>> SqliteTransaction::FindOperation(const std::string&,
                                                                                const std::string&) {
  return NotYet();
}
absl::Status SqliteTransaction::InsertOperation(const OperationRecord&) { return NotYet(); }
absl::StatusOr<AuditHead> SqliteTransaction::FindAuditHead(const AuditShard&) { return NotYet(); }
absl::Status SqliteTransaction::InsertAuditRecord(const AuditShard&, const StoredAuditRecord&) { return NotYet(); }
absl::StatusOr<ReviewNotes> SqliteSubmissionStore::GetReviewNotes(const VersionKey&) { return ReviewNotes(); }
absl::StatusOr<v1::Season> SqliteSubmissionStore::GetSeason(const SeasonKey&) { return NotYet(); }
absl::StatusOr<std::vector<RosterEntry>> SqliteSubmissionStore::ListRosterUnits(const std::string&, int,
                                                                                const std::optional<RosterEntry>&,
                                                                                int) {
  return NotYet();
}
absl::StatusOr<std::vector<DivisionProgress>> SqliteSubmissionStore::CountProgress(const std::string&, int,
                                                                                   report::v1::ReportKind) {
  return NotYet();
}
absl::StatusOr<std::vector<UnitKey>> SqliteSubmissionStore::ListMissingUnits(const std::string&, int,
                                                                             report::v1::ReportKind, int) {
  return NotYet();
}
absl::StatusOr<std::vector<std::pair<AuditShard, AuditHead>>> SqliteSubmissionStore::ListAuditHeads() {
  return NotYet();
}
absl::StatusOr<std::vector<StoredAuditRecord>> SqliteSubmissionStore::ReadAuditLog(const AuditShard&, int64_t, int) {
  return NotYet();
}

}  // namespace jixiao::intake
