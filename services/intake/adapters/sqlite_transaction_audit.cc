// The part of SqliteTransaction that is about the audit log.
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "intake/adapters/sqlite_transaction.h"

namespace jixiao::intake {

SqliteTransaction::AuditStatements::AuditStatements(SqliteConnection& c)
    : find_head(c, "SELECT sequence, hash FROM audit_heads WHERE prefecture_code = ? AND fiscal_year = ?"),
      put_head(c,
               "INSERT OR REPLACE INTO audit_heads (prefecture_code, fiscal_year, sequence, hash) "
               "VALUES (?, ?, ?, ?)"),
      insert_entry(c,
                   "INSERT INTO audit_entries (prefecture_code, fiscal_year, sequence, entry, hash) "
                   "VALUES (?, ?, ?, ?, ?)") {}

absl::StatusOr<AuditHead> SqliteTransaction::FindAuditHead(const AuditShard& shard) {
  audit_.find_head.Start().Bind(shard.prefecture_code).Bind(shard.fiscal_year);
  const SqliteReset reset(audit_.find_head);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, audit_.find_head.Step());
  if (!has_row) return AuditHead();
  return AuditHead{audit_.find_head.Number(0), audit_.find_head.Text(1)};
}

absl::Status SqliteTransaction::InsertAuditRecord(const AuditShard& shard, const StoredAuditRecord& record) {
  JIXIAO_ASSIGN_OR_RETURN(const AuditHead head, FindAuditHead(shard));
  if (record.sequence != head.sequence + 1) {
    return MakeError(absl::StatusCode::kInternal, "STORE_FAILED", "an audit entry does not follow the head");
  }
  JIXIAO_RETURN_IF_ERROR(audit_.insert_entry.Start()
                             .Bind(shard.prefecture_code)
                             .Bind(shard.fiscal_year)
                             .Bind(record.sequence)
                             .BindBlob(record.record.entry())
                             .BindBlob(record.record.hash())
                             .Run());
  return audit_.put_head.Start()
      .Bind(shard.prefecture_code)
      .Bind(shard.fiscal_year)
      .Bind(record.sequence)
      .BindBlob(record.record.hash())
      .Run();
}

}  // namespace jixiao::intake
