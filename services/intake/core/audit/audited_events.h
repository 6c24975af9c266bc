// Holds the histories of submissions against the audit log: a reason or a step
// that was changed behind the program's back is found by its digest.
#ifndef JIXIAO_INTAKE_CORE_AUDIT_AUDITED_EVENTS_H_
#define JIXIAO_INTAKE_CORE_AUDIT_AUDITED_EVENTS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "intake/core/submission/submission_store.h"

namespace jixiao::intake {

struct EventFault {
  enum class Kind {
    kDiffers,   // the event is not the one that was chained
    kMissing,   // chained, and not in the history
    kUnlogged,  // in the history, and not chained
  };
  Kind kind;
  int64_t sequence = 0;  // of the first such event within the submission
};

class AuditedEvents {
 public:
  // Takes a sound entry of the log; those of roster and seasons are left out.
  void Add(const v1::AuditEntry& entry);

  // `events` are all of `submission`, oldest first. Events before the first
  // chained one are from before there was a log: they are counted in `unchained`.
  std::optional<EventFault> Compare(const std::string& submission, const std::vector<v1::SubmissionEvent>& events);

  // Names of the submissions in the log, in order.
  std::vector<std::string> Submissions() const;

  int64_t compared() const { return compared_; }
  int64_t unchained() const { return unchained_; }

 private:
  // Digests of events by submission, in the order of the log.
  std::map<std::string, std::vector<std::string>> digests_;
  int64_t compared_ = 0;
  int64_t unchained_ = 0;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_AUDIT_AUDITED_EVENTS_H_
