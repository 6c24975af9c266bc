#include "intake/core/audit/verify_audit.h"

#include <algorithm>

#include "common/base/sm3.h"
#include "intake/core/audit/audit_chain.h"

namespace jixiao::intake {

ChainVerifier::ChainVerifier(const AuditShard& shard, const std::vector<v1::AuditCheckpoint>& checkpoints)
    : shard_(shard), hash_(GenesisHash(shard)) {
  const std::string name = FormatAuditLogName(shard);
  for (const v1::AuditCheckpoint& checkpoint : checkpoints) {
    if (checkpoint.name() == name) checkpoints_.push_back(checkpoint);
  }
  std::stable_sort(checkpoints_.begin(), checkpoints_.end(),
                   [](const auto& a, const auto& b) { return a.sequence() < b.sequence(); });
  if (!checkpoints_.empty() && checkpoints_.front().sequence() < 1) Fail(ChainFault::Kind::kBadCheckpoint, 1);
}

void ChainVerifier::StartBehind(int64_t sequence, const std::string& hash) {
  sequence_ = sequence;
  hash_ = hash;
  MeetCheckpoints();
}

bool ChainVerifier::Fail(ChainFault::Kind kind, int64_t sequence, int64_t last_sequence) {
  fault_ = ChainFault{kind, sequence, std::max(sequence, last_sequence)};
  return false;
}

bool ChainVerifier::MeetCheckpoints() {
  int64_t vouched_for = next_checkpoint_ == 0 ? 0 : checkpoints_[next_checkpoint_ - 1].sequence();
  for (; next_checkpoint_ < checkpoints_.size(); ++next_checkpoint_) {
    const v1::AuditCheckpoint& checkpoint = checkpoints_[next_checkpoint_];
    if (checkpoint.sequence() > sequence_) return true;
    if (checkpoint.hash() != hash_) {
      vouched_for = std::min(vouched_for, sequence_ - 1);
      return Fail(ChainFault::Kind::kRewritten, vouched_for + 1, sequence_);
    }
    vouched_for = sequence_;
  }
  return true;
}

bool ChainVerifier::Add(const v1::AuditRecord& record) {
  if (fault_.has_value()) return false;
  const int64_t next = sequence_ + 1;
  v1::AuditEntry entry;
  if (!entry.ParseFromString(record.entry())) return Fail(ChainFault::Kind::kUnreadable, next);
  if (entry.sequence() != next) return Fail(ChainFault::Kind::kOutOfOrder, next);
  std::string hash = ChainHash(shard_, next, hash_, record.entry());
  if (hash != record.hash()) return Fail(ChainFault::Kind::kAltered, next);
  sequence_ = next;
  hash_ = std::move(hash);
  return MeetCheckpoints();
}

std::optional<ChainFault> ChainVerifier::Finish(const AuditHead& head) {
  if (fault_.has_value()) return fault_;
  const bool is_cut_off =
      head.sequence > sequence_ || (!checkpoints_.empty() && checkpoints_.back().sequence() > sequence_);
  if (is_cut_off) {
    Fail(ChainFault::Kind::kCutOff, sequence_ + 1);
  } else if (head.sequence < sequence_) {
    Fail(ChainFault::Kind::kHeadDiffers, head.sequence + 1);
  } else if (sequence_ > 0 && head.hash != hash_) {
    Fail(ChainFault::Kind::kHeadDiffers, sequence_);
  }
  return fault_;
}

}  // namespace jixiao::intake
