#include "intake/core/audit/audit_checkpoints.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "intake/core/audit/verify_audit.h"
#include "intake/core/submission/stored_time.h"

namespace jixiao::intake {
namespace {

constexpr int kPage = 500;
constexpr absl::Duration kMaxAge = absl::Seconds(60);
constexpr int64_t kMaxNewEntries = 1000;

// The last checkpoint of each chain.
absl::StatusOr<std::map<AuditShard, v1::AuditCheckpoint>> LastOnes(
    const std::vector<v1::AuditCheckpoint>& checkpoints) {
  std::map<AuditShard, v1::AuditCheckpoint> last;
  for (const v1::AuditCheckpoint& checkpoint : checkpoints) {
    JIXIAO_ASSIGN_OR_RETURN(const AuditShard shard, ParseAuditLogName(checkpoint.name(), "name"));
    v1::AuditCheckpoint& known = last[shard];
    if (checkpoint.sequence() >= known.sequence()) known = checkpoint;
  }
  return last;
}

absl::Status Refuse(const char* reason, std::string problem) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason,
                   fmt::format("{} Bring back the newest copy of the store. To go on with this one all the same, keep "
                               "the file of checkpoints as evidence and name a new one with --audit_checkpoints.",
                               problem));
}

absl::Status CheckAgainst(SubmissionReads& reads, const AuditShard& shard, const v1::AuditCheckpoint& checkpoint) {
  JIXIAO_ASSIGN_OR_RETURN(const auto records, reads.AuditLog(shard, checkpoint.sequence() - 1, 1));
  if (records.empty() || records.front().sequence != checkpoint.sequence()) {
    return Refuse("AUDIT_LOG_CUT_OFF",
                  fmt::format("The store is behind a checkpoint: {} knows entry {}, the store does not. An older copy "
                              "was restored, or entries were removed.",
                              checkpoint.name(), checkpoint.sequence()));
  }
  if (records.front().record.hash() != checkpoint.hash()) {
    return Refuse("AUDIT_LOG_REWRITTEN",
                  fmt::format("The store differs from a checkpoint: entry {} of {} is not the one that was there. "
                              "Another store, or a log that was written anew.",
                              checkpoint.sequence(), checkpoint.name()));
  }
  return absl::OkStatus();
}

}  // namespace

std::string FormatCheckpoint(const v1::AuditCheckpoint& checkpoint) {
  std::string line;
  // Fails on messages with Any only.
  static_cast<void>(google::protobuf::util::MessageToJsonString(checkpoint, &line));
  return line;
}

absl::StatusOr<std::vector<v1::AuditCheckpoint>> ParseCheckpoints(std::string_view lines) {
  std::vector<v1::AuditCheckpoint> checkpoints;
  for (int number = 1; !lines.empty(); ++number) {
    const std::string line(lines.substr(0, lines.find('\n')));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    if (Trim(line).empty()) continue;
    v1::AuditCheckpoint& checkpoint = checkpoints.emplace_back();
    const bool is_read = google::protobuf::util::JsonStringToMessage(line, &checkpoint).ok();
    if (!is_read || !ParseAuditLogName(checkpoint.name(), "name").ok() || checkpoint.sequence() < 1) {
      return MakeError(absl::StatusCode::kInvalidArgument, "BAD_CHECKPOINT",
                       fmt::format("line {} is no checkpoint of an audit log", number));
    }
  }
  return checkpoints;
}

absl::Status CheckAgainstCheckpoints(SubmissionStore& store, const std::vector<v1::AuditCheckpoint>& checkpoints) {
  JIXIAO_ASSIGN_OR_RETURN(const auto last, LastOnes(checkpoints));
  return store.Read(ReadOperation::kAuditLog, [&last = last](SubmissionReads& reads) -> absl::Status {
    for (const auto& [shard, checkpoint] : last) JIXIAO_RETURN_IF_ERROR(CheckAgainst(reads, shard, checkpoint));
    return absl::OkStatus();
  });
}

CheckpointTaker::CheckpointTaker(SubmissionStore& store, const std::vector<v1::AuditCheckpoint>& checkpoints, Sink sink)
    : store_(store), sink_(std::move(sink)) {
  if (auto last = LastOnes(checkpoints); last.ok()) last_ = *std::move(last);
}

bool CheckpointTaker::IsDue(const AuditShard& shard, const AuditHead& head, absl::Time now, bool is_final) const {
  const auto found = last_.find(shard);
  if (found == last_.end()) return head.sequence > 0;
  const v1::AuditCheckpoint& last = found->second;
  return head.sequence != last.sequence() && (is_final || now - FromTimestamp(last.checkpoint_time()) >= kMaxAge ||
                                              head.sequence - last.sequence() >= kMaxNewEntries);
}

absl::Status CheckpointTaker::TakeOne(const AuditShard& shard, const AuditHead& head, absl::Time now) {
  ChainVerifier verifier(shard, {});
  if (const auto found = last_.find(shard); found != last_.end()) {
    verifier.StartBehind(found->second.sequence(), found->second.hash());
  }
  while (verifier.sequence() < head.sequence) {
    JIXIAO_ASSIGN_OR_RETURN(const auto records, ReadFrom(store_, ReadOperation::kAuditLog, [&](SubmissionReads& reads) {
                              return reads.AuditLog(shard, verifier.sequence(), kPage);
                            }));
    if (records.empty()) break;
    for (const StoredAuditRecord& stored : records) {
      if (verifier.sequence() < head.sequence) verifier.Add(stored.record);
    }
    if (verifier.fault().has_value()) break;
  }
  if (const auto fault = verifier.Finish(head); fault.has_value()) {
    return MakeError(
        absl::StatusCode::kDataLoss, "AUDIT_LOG_BROKEN",
        fmt::format("{} is not as it was chained from entry {} on", FormatAuditLogName(shard), fault->sequence));
  }
  v1::AuditCheckpoint checkpoint;
  checkpoint.set_name(FormatAuditLogName(shard));
  checkpoint.set_sequence(head.sequence);
  checkpoint.set_hash(head.hash);
  *checkpoint.mutable_checkpoint_time() = ToTimestamp(now);
  JIXIAO_RETURN_IF_ERROR(sink_(checkpoint));
  last_[shard] = std::move(checkpoint);
  return absl::OkStatus();
}

absl::Status CheckpointTaker::Take(absl::Time now, bool is_final) {
  JIXIAO_ASSIGN_OR_RETURN(const auto heads, ReadFrom(store_, ReadOperation::kAuditLog,
                                                     [](SubmissionReads& reads) { return reads.AuditHeads(); }));
  absl::Status first_failure;
  for (const auto& [shard, head] : heads) {
    if (IsDue(shard, head, now, is_final)) first_failure.Update(TakeOne(shard, head, now));
  }
  return first_failure;
}

}  // namespace jixiao::intake
