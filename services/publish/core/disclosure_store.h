// Keeps what is public.
#ifndef JIXIAO_PUBLISH_CORE_DISCLOSURE_STORE_H_
#define JIXIAO_PUBLISH_CORE_DISCLOSURE_STORE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "jixiao/publish/v1/disclosure.pb.h"
#include "publish/core/disclosure_name.h"

namespace jixiao::publish {

// What lists show of a disclosure.
struct DisclosureSummary {
  std::string unit_name;
  std::string project_name;  // empty for department reports
  std::optional<int64_t> claimed_milli;
  std::optional<int64_t> supported_low_milli;
  std::optional<int64_t> supported_high_milli;
  int blocks_count = 0;
  int explain_count = 0;
  int note_count = 0;

  bool operator==(const DisclosureSummary&) const = default;
};

DisclosureSummary Summarize(const v1::Disclosure& disclosure);

// A disclosure without its content.
struct DisclosureHead {
  DisclosureKey key;
  v1::Disclosure::State state = v1::Disclosure::STATE_UNSPECIFIED;
  absl::Time publish_time;
  std::string request_digest;     // over what was handed in: tells a repeat from another publication
  std::string disclosure_digest;  // over the stored bytes
  std::string withdraw_reason;    // STATE_WITHDRAWN only
  absl::Time withdraw_time;       // STATE_WITHDRAWN only
  DisclosureSummary summary;
};

struct NewDisclosure {
  DisclosureHead head;  // state and withdrawal are the store's
  std::string bytes;    // a serialized Disclosure
};

// Which disclosures a list shows: current ones only.
struct ListFilter {
  std::optional<int> fiscal_year;
  std::string division_prefix;  // `4306`; empty: all
  std::string text;             // part of unit or project name; empty: all
  int limit = 50;
  std::string after;  // a DisclosurePage's `next`; empty: from the start
};

struct DisclosurePage {
  std::vector<DisclosureHead> heads;  // newest year first, then by division and name
  std::string next;                   // empty on the last page
};

// How many current disclosures there are.
struct DivisionCount {
  int fiscal_year = 0;
  std::string division_code;
  int64_t count = 0;
};

// Null if `version` is not among them.
const DisclosureHead* FindVersion(const std::vector<DisclosureHead>& versions, int version);

// What the store holds at one moment; lent by DisclosureStore::Read. Every method
// may fail with UNAVAILABLE (the store could not be read; try again).
class DisclosureReads {
 public:
  virtual ~DisclosureReads() = default;

  // All versions, newest first; empty if none was ever published.
  virtual absl::StatusOr<std::vector<DisclosureHead>> Versions(const SubmissionKey& key) = 0;

  // The stored bytes. NOT_FOUND if there are none, DATA_LOSS if they do not match
  // their digest.
  virtual absl::StatusOr<std::string> Load(const DisclosureKey& key) = 0;

  virtual absl::StatusOr<DisclosurePage> List(const ListFilter& filter) = 0;

  // Newest year first, then by division.
  virtual absl::StatusOr<std::vector<DivisionCount>> Count() = 0;
};

// Thread-safe. Writing may fail with UNAVAILABLE (the store could not be written;
// try again) or RESOURCE_EXHAUSTED (the disk is full).
class DisclosureStore {
 public:
  virtual ~DisclosureStore() = default;

  // Makes `disclosure` the current version; the former current one is corrected
  // by it. Gives all versions, newest first, once it survives a power cut. If the
  // version is there with the same request digest, nothing changes.
  //   ALREADY_EXISTS       the version is there with another request digest;
  //   FAILED_PRECONDITION  (reason OLDER_VERSION) a later version is there.
  virtual absl::StatusOr<std::vector<DisclosureHead>> Insert(const NewDisclosure& disclosure) = 0;

  // Takes a version down and forgets its content. Repeating changes nothing.
  // NOT_FOUND if it was never published.
  virtual absl::Status Withdraw(const DisclosureKey& key, const std::string& reason, absl::Time time) = 0;

  // Runs `work` on one moment of the store and returns what it returns. Nothing is
  // written meanwhile, so `work` is short and calls no method of the store but
  // Revision, which is then that of the moment.
  virtual absl::Status Read(const std::function<absl::Status(DisclosureReads&)>& work) = 0;

  // Grows with every change, so that lists need not be made again. Never waits.
  virtual int64_t Revision() const = 0;
};

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_CORE_DISCLOSURE_STORE_H_
