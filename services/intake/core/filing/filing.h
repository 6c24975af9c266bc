// A filing is what one request wants to hand in, read and checked as far as it
// can be without the store.
#ifndef JIXIAO_INTAKE_CORE_FILING_FILING_H_
#define JIXIAO_INTAKE_CORE_FILING_FILING_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "intake/core/submission/submission_name.h"
#include "intake/core/submission/submission_store.h"
#include "intake/reader/blocks/document_kind.h"

namespace jixiao::intake {

// Reads a document into a report; ReadDocument (adapters) in production.
using DocumentReader = std::function<absl::StatusOr<report::v1::Report>(std::string_view)>;

inline constexpr int64_t kMaxReportBytes = 1 << 20;
// A document and what a request says besides; more never reaches a handler.
inline constexpr int64_t kMaxRequestBytes = kMaxFiledDocumentBytes + (64 << 10);

struct Filing {
  SubmissionKey key;
  std::string request_id;
  std::optional<int> base_version;
  std::string unit_name;
  // True if neither document nor sender named the unit's code: it is one of ours.
  bool is_unit_provisional = false;
  PackedDocuments documents;
  int64_t original_size_bytes = 0;  // of what was received, before packing
  std::string report_digest;
  std::string original_digest;
  // Filled by the caller.
  absl::Time receive_time;
  std::string trace_id;
  std::string actor;
  // True once nobody waits for the answer: a filing that waited until then in the
  // store is not carried out, as its caller may have gone elsewhere. Empty: never.
  // Called on a thread of the store.
  std::function<bool()> is_abandoned;
};

// What CheckReport was asked.
struct CheckDraft {
  std::string report_bytes;
  std::string report_digest;
  std::string rule_set;  // empty: the one that applies
};

// Reads a serialized SubmitReportRequest or CheckReportRequest. The bytes of a
// report are sliced out as received; a document is read and the report that
// comes out is serialized once, deterministically. A document that is filed
// without the unit's code gets a provisional one. INVALID_ARGUMENT with field
// violations if anything breaks the documented format.
absl::StatusOr<Filing> ReadSubmitRequest(std::string_view request_bytes, const DocumentReader& reader);
absl::StatusOr<CheckDraft> ReadCheckRequest(std::string_view request_bytes, const DocumentReader& reader);

// Gives a filing with a provisional code the unit's own: in key, report bytes and
// digest. The original stays as it is.
void SetUnitCode(const std::string& code, Filing& filing);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_FILING_FILING_H_
