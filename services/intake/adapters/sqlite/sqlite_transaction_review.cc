// The part of SqliteTransaction that is about scores and what people say about a
// version.
#include "common/base/digest.h"
#include "common/base/status_macros.h"
#include "intake/adapters/sqlite/sqlite_rows.h"
#include "intake/adapters/sqlite/sqlite_transaction.h"
#include "intake/core/submission/errors.h"

namespace jixiao::intake {

SqliteTransaction::ReviewStatements::ReviewStatements(SqliteConnection& c)
    : find_score_card(c, "SELECT score_card_bytes, digest FROM score_cards WHERE submission_id = ? AND version = ?"),
      find_notes(c, "SELECT notes FROM review_notes WHERE submission_id = ? AND version = ?"),
      put_notes(c, "INSERT OR REPLACE INTO review_notes (submission_id, version, notes) VALUES (?, ?, ?)") {}

absl::StatusOr<std::string> SqliteTransaction::FindScoreCard(const VersionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key.submission));
  SqliteStatement& row = review_.find_score_card;
  row.Start().Bind(id).Bind(key.version);
  const SqliteReset reset(row);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, row.Step());
  if (!has_row) return std::string();
  std::string bytes = row.Text(0);
  if (ContentDigest(bytes) != row.Text(1)) return StoredBytesDamaged(FormatVersionName(key));
  return bytes;
}

absl::StatusOr<ReviewNotes> SqliteTransaction::FindReviewNotes(const VersionKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key.submission));
  SqliteStatement& row = review_.find_notes;
  row.Start().Bind(id).Bind(key.version);
  const SqliteReset reset(row);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, row.Step());
  return has_row ? NotesFromBytes(row.Text(0)) : ReviewNotes();
}

absl::Status SqliteTransaction::PutReviewNotes(const VersionKey& key, const ReviewNotes& notes) {
  JIXIAO_ASSIGN_OR_RETURN(const int64_t id, IdOf(key.submission));
  const std::string bytes = NotesBytes(notes);
  SqliteStatement& put = review_.put_notes;
  return put.Start().Bind(id).Bind(key.version).BindBlob(bytes).Run();
}

}  // namespace jixiao::intake
