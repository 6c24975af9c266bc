// What a store of submissions keeps, row by row.
#ifndef JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_RECORDS_H_
#define JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_RECORDS_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "intake/core/submission/season_name.h"
#include "intake/core/submission/submission_name.h"
#include "jixiao/intake/v1/audit.pb.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::intake {

// A submission as stored. `submission` holds no score card and no next step.
struct SubmissionRecord {
  SubmissionKey key;
  v1::Submission submission;
  int64_t event_count = 0;
};

// A version as stored. `version.name` and `is_superseded` are filled.
struct VersionRecord {
  VersionKey key;
  v1::SubmissionVersion version;
  // What the season said when it was filed; scoring is asked with them.
  std::string rule_set;              // empty: the one that applies
  std::string registered_unit_name;  // empty: the roster does not know the unit
};

// What people said about a version after it was filed.
struct ReviewNotes {
  std::vector<v1::FindingExplanation> explanations;  // by finding id
  std::vector<v1::WorkConfirmation> confirmations;   // by criterion id
};

// What a request id was used for within a submission.
struct RequestRecord {
  std::string request_id;
  std::string fingerprint;  // digest over action and content
  int version = 0;          // the version it made or was about
  bool is_identical = false;
};

enum class TaskKind { kScore = 1, kPublish = 2, kWithdraw = 3 };

// Work that another service has to do for a version. A task is done once: who
// works on it holds a lease, and results are written only under that lease.
struct Task {
  VersionKey key;
  TaskKind kind = TaskKind::kScore;
  int attempts = 0;  // leases so far; also the fencing number of a lease
  absl::Time create_time;
  absl::Time not_before;  // not leased earlier
  absl::Time lease_until = absl::InfinitePast();
  std::string lease_owner;  // empty: not leased, or its owner is known to be dead
  std::string reason;       // of the approval or withdrawal, goes with the call
};

// Last entry of a chain.
struct AuditHead {
  int64_t sequence = 0;  // 0: nothing was chained yet
  std::string hash;      // 32 bytes; empty if sequence is 0
};

// An entry as stored.
struct StoredAuditRecord {
  int64_t sequence = 0;
  v1::AuditRecord record;
};

// What the request id of a call about roster or season was used for.
struct OperationRecord {
  std::string division_code;
  std::string request_id;
  std::string fingerprint;  // digest over action and content
};

// A roster entry as stored; a unit has one for each span of years.
struct RosterEntry {
  UnitKey key;
  v1::RosterUnit unit;
};

struct ExtensionRecord {
  SeasonKey season;
  UnitKey unit;
  v1::DeadlineExtension extension;
};

// Counts of one division, without those below it, for a season's year and kind.
// Expected reports are those of the roster.
struct DivisionProgress {
  std::string division_code;
  int expected = 0;
  int filed = 0;
  int late = 0;
  int returned = 0;
  int approved = 0;  // published ones included
  int published = 0;
  int unexpected = 0;  // filed, not expected; in no other count
};

// Open work of one kind.
struct TaskBacklog {
  TaskKind kind;
  int64_t count = 0;
  absl::Time oldest_create_time;
};

// For gauges.
struct StoreStatistics {
  std::vector<std::pair<v1::Submission::State, int64_t>> submissions_by_state;
  std::vector<TaskBacklog> backlogs;
};

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_RECORDS_H_
