// The part of SqliteTransaction that is about the audit log.
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "intake/adapters/sqlite/sqlite_transaction.h"

namespace jixiao::intake {

SqliteTransaction::AuditStatements::AuditStatements(SqliteConnection& c)
    : start_head(c, "INSERT INTO audit_heads (sequence, hash, prefecture_code, fiscal_year) VALUES (?, ?, ?, ?)"),
      move_head(c,
                "UPDATE audit_heads SET sequence = ?1, hash = ?2 "
                "WHERE prefecture_code = ?3 AND fiscal_year = ?4 AND sequence = ?1 - 1"),
      insert_entry(c,
                   "INSERT INTO audit_entries (prefecture_code, fiscal_year, sequence, entry, hash) "
                   "VALUES (?, ?, ?, ?, ?)") {}

absl::Status SqliteTransaction::InsertAuditRecord(const AuditShard& shard, const StoredAuditRecord& record) {
  SqliteStatement& put_head = record.sequence == 1 ? audit_.start_head : audit_.move_head;
  JIXIAO_RETURN_IF_ERROR(put_head.Start()
                             .Bind(record.sequence)
                             .BindBlob(record.record.hash())
                             .Bind(shard.prefecture_code)
                             .Bind(shard.fiscal_year)
                             .Run());
  if (connection_.changed_rows() != 1) {
    return MakeError(absl::StatusCode::kInternal, "STORE_FAILED", "an audit entry does not follow the head");
  }
  return audit_.insert_entry.Start()
      .Bind(shard.prefecture_code)
      .Bind(shard.fiscal_year)
      .Bind(record.sequence)
      .BindBlob(record.record.entry())
      .BindBlob(record.record.hash())
      .Run();
}

}  // namespace jixiao::intake
