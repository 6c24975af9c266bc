#include "intake/core/audit/audit_chain.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "common/base/sm3.h"
#include "common/base/status_macros.h"
#include "intake/core/submission/stored_time.h"

namespace jixiao::intake {
namespace {

// First bytes of what is hashed: no hash of one kind is ever one of another.
constexpr char kEntry = 0x00;
constexpr char kLink = 0x01;
constexpr char kGenesis = 0x02;
constexpr std::string_view kDomain = "jixiao-audit-v1";

void AppendBigEndian(uint64_t number, int byte_count, std::string& out) {
  for (int shift = 8 * (byte_count - 1); shift >= 0; shift -= 8) out.push_back(static_cast<char>(number >> shift));
}

// Maps would be the only thing that has more than one order.
std::string DeterministicBytes(const google::protobuf::Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializePartialToCodedStream(&coded);
  }
  return bytes;
}

// `ACTION_SUBMITTED` gives `SUBMITTED`.
std::string ActionName(v1::SubmissionEvent::Action action) {
  constexpr std::string_view kPrefix = "ACTION_";
  const std::string& name = v1::SubmissionEvent::Action_Name(action);
  return name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : name;
}

}  // namespace

std::string GenesisHash(const AuditShard& shard) { return Sm3(kGenesis + FormatAuditLogName(shard)); }

std::string ChainHash(const AuditShard& shard, int64_t sequence, std::string_view previous_hash,
                      std::string_view entry_bytes) {
  std::string entry(1, kEntry);
  entry += entry_bytes;
  const std::string name = FormatAuditLogName(shard);
  std::string link(1, kLink);
  link += kDomain;
  AppendBigEndian(name.size(), 2, link);
  link += name;
  AppendBigEndian(static_cast<uint64_t>(sequence), 8, link);
  link += previous_hash;
  link += Sm3(entry);
  return Sm3(link);
}

std::string RecordDigest(const google::protobuf::Message& record) { return Sm3Digest(DeterministicBytes(record)); }

absl::Status AppendAudit(SubmissionTransaction& transaction, const AuditShard& shard, v1::AuditEntry entry) {
  JIXIAO_ASSIGN_OR_RETURN(const AuditHead head, transaction.FindAuditHead(shard));
  StoredAuditRecord stored;
  stored.sequence = head.sequence + 1;
  entry.set_sequence(stored.sequence);
  stored.record.set_entry(DeterministicBytes(entry));
  const std::string previous = head.sequence == 0 ? GenesisHash(shard) : head.hash;
  stored.record.set_hash(ChainHash(shard, stored.sequence, previous, stored.record.entry()));
  return transaction.InsertAuditRecord(shard, stored);
}

absl::Status AppendEvent(SubmissionTransaction& transaction, const VersionKey& version,
                         const v1::SubmissionEvent& event, const std::string& report_digest,
                         const std::string& request_id) {
  v1::AuditEntry entry;
  *entry.mutable_event_time() = event.event_time();
  entry.set_actor(event.actor());
  entry.set_action(ActionName(event.action()));
  entry.set_resource(FormatVersionName(version));
  entry.set_report_digest(report_digest);
  entry.set_record_digest(RecordDigest(event));
  if (!request_id.empty()) entry.set_request_id(request_id);
  const SubmissionKey& key = version.submission;
  return AppendAudit(transaction, ShardOf(key.division_code, key.fiscal_year), std::move(entry));
}

absl::Status AppendOperation(SubmissionTransaction& transaction, const AuditedOperation& operation) {
  v1::AuditEntry entry;
  *entry.mutable_event_time() = ToTimestamp(operation.time);
  entry.set_actor(operation.actor);
  entry.set_action(operation.action);
  entry.set_resource(operation.resource);
  entry.set_record_digest(operation.record_digest);
  if (!operation.request_id.empty()) entry.set_request_id(operation.request_id);
  return AppendAudit(transaction, ShardOf(operation.division_code, operation.fiscal_year), std::move(entry));
}

}  // namespace jixiao::intake
