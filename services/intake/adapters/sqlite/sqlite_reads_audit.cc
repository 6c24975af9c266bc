// The part of SqliteReads that is about the audit log.
#include "common/base/status_macros.h"
#include "intake/adapters/sqlite/sqlite_reads.h"

namespace jixiao::intake {

SqliteReads::AuditStatements::AuditStatements(SqliteConnection& c)
    : find_head(c, "SELECT sequence, hash FROM audit_heads WHERE prefecture_code = ? AND fiscal_year = ?"),
      list_heads(c,
                 "SELECT prefecture_code, fiscal_year, sequence, hash FROM audit_heads "
                 "ORDER BY prefecture_code, fiscal_year"),
      read_log(c,
               "SELECT sequence, entry, hash FROM audit_entries WHERE prefecture_code = ? AND fiscal_year = ? "
               "AND sequence > ? ORDER BY sequence LIMIT ?") {}

absl::StatusOr<AuditHead> SqliteReads::FindAuditHead(const AuditShard& shard) {
  audit_.find_head.Start().Bind(shard.prefecture_code).Bind(shard.fiscal_year);
  const SqliteReset reset(audit_.find_head);
  JIXIAO_ASSIGN_OR_RETURN(const bool has_row, audit_.find_head.Step());
  if (!has_row) return AuditHead();
  return AuditHead{audit_.find_head.Number(0), audit_.find_head.Text(1)};
}

absl::StatusOr<std::vector<std::pair<AuditShard, AuditHead>>> SqliteReads::AuditHeads() {
  audit_.list_heads.Start();
  std::vector<std::pair<AuditShard, AuditHead>> heads;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, audit_.list_heads.Step());
    if (!has_row) return heads;
    heads.push_back({{audit_.list_heads.Text(0), static_cast<int>(audit_.list_heads.Number(1))},
                     {audit_.list_heads.Number(2), audit_.list_heads.Text(3)}});
  }
}

absl::StatusOr<std::vector<StoredAuditRecord>> SqliteReads::AuditLog(const AuditShard& shard, int64_t after,
                                                                     int limit) {
  audit_.read_log.Start().Bind(shard.prefecture_code).Bind(shard.fiscal_year).Bind(after).Bind(limit);
  std::vector<StoredAuditRecord> records;
  for (;;) {
    JIXIAO_ASSIGN_OR_RETURN(const bool has_row, audit_.read_log.Step());
    if (!has_row) return records;
    StoredAuditRecord& stored = records.emplace_back();
    stored.sequence = audit_.read_log.Number(0);
    stored.record.set_entry(audit_.read_log.Text(1));
    stored.record.set_hash(audit_.read_log.Text(2));
  }
}

}  // namespace jixiao::intake
