// Chains every change into the audit log, in the transaction of the change: what
// is not in the log did not happen, and what is in it cannot be changed unseen.
// Entries hold names, digests and identities; never text of a report or of a
// person.
#ifndef JIXIAO_INTAKE_CORE_AUDIT_AUDIT_CHAIN_H_
#define JIXIAO_INTAKE_CORE_AUDIT_AUDIT_CHAIN_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

// H_0 of a chain; see audit.proto.
std::string GenesisHash(const AuditShard& shard);

// H_n of entry `sequence`, from H_(n-1) and the entry's bytes.
std::string ChainHash(const AuditShard& shard, int64_t sequence, std::string_view previous_hash,
                      std::string_view entry_bytes);

// Digest of a stored record, for AuditEntry.record_digest: the same for equal
// records.
std::string RecordDigest(const google::protobuf::Message& record);

// Appends `entry`, whose sequence is set here.
absl::Status AppendAudit(SubmissionTransaction& transaction, const AuditShard& shard, v1::AuditEntry entry);

// Appends an event of a submission's history. `report_digest` is that of the
// version the event is about; `request_id` is empty for what services do alone.
absl::Status AppendEvent(SubmissionTransaction& transaction, const VersionKey& version,
                         const v1::SubmissionEvent& event, const std::string& report_digest,
                         const std::string& request_id);

// A change of roster or season.
struct AuditedOperation {
  std::string division_code;  // with the year says which chain
  int fiscal_year = 0;
  std::string action;         // `IMPORT_ROSTER`, `SET_SEASON`, `EXTEND_DEADLINE`
  std::string resource;       // name of what was changed
  std::string record_digest;  // RecordDigest of what is stored now
  std::string actor;
  std::string request_id;
  absl::Time time;
};
absl::Status AppendOperation(SubmissionTransaction& transaction, const AuditedOperation& operation);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_AUDIT_AUDIT_CHAIN_H_
