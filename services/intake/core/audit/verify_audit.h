// Walks a chain of the audit log from its first entry and says where it was
// touched. Pure: works on a stream as well as on a file, and keeps one hash.
#ifndef JIXIAO_INTAKE_CORE_AUDIT_VERIFY_AUDIT_H_
#define JIXIAO_INTAKE_CORE_AUDIT_VERIFY_AUDIT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

// The first thing that is wrong with a chain.
struct ChainFault {
  enum class Kind {
    kUnreadable,     // the bytes are no entry
    kOutOfOrder,     // an entry is missing, doubled, or at another's place
    kAltered,        // entry and hash do not belong together
    kCutOff,         // entries that the head or a checkpoint knows are gone
    kHeadDiffers,    // the stored head is not the end of the entries
    kRewritten,      // the chain holds in itself, but not against a checkpoint
    kBadCheckpoint,  // a checkpoint that is none
  };
  Kind kind;
  // Of the first entry that is not as it was; all before it are sound. For
  // kRewritten the first that no checkpoint vouches for.
  int64_t sequence = 0;
  // kRewritten: the checkpoint that disagrees; else `sequence`.
  int64_t last_sequence = 0;
};

class ChainVerifier {
 public:
  // `checkpoints` of other chains are left out.
  ChainVerifier(const AuditShard& shard, const std::vector<v1::AuditCheckpoint>& checkpoints);

  // Begins behind an entry that a checkpoint vouches for; before the first Add.
  void StartBehind(int64_t sequence, const std::string& hash);

  // The next entry, in the order of the store. False from the first fault on.
  bool Add(const v1::AuditRecord& record);

  // After the last entry. `head` is what the store has beside its entries.
  std::optional<ChainFault> Finish(const AuditHead& head);

  int64_t sequence() const { return sequence_; }  // of the last sound entry
  const std::string& hash() const { return hash_; }
  // Checkpoints that the chain agrees with so far.
  int checkpoints_met() const { return static_cast<int>(next_checkpoint_); }
  const std::optional<ChainFault>& fault() const { return fault_; }

 private:
  bool Fail(ChainFault::Kind kind, int64_t sequence, int64_t last_sequence = 0);
  // Of the sequence that was reached; false if one disagrees.
  bool MeetCheckpoints();

  const AuditShard shard_;
  std::vector<v1::AuditCheckpoint> checkpoints_;  // by sequence
  size_t next_checkpoint_ = 0;
  int64_t sequence_ = 0;
  std::string hash_;
  std::optional<ChainFault> fault_;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_AUDIT_VERIFY_AUDIT_H_
