#include "faults/ledger_check.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "absl/time/clock.h"
#include "common/base/digest.h"
#include "intake/core/audit/audited_events.h"
#include "intake/core/audit/verify_audit.h"

namespace jixiao::faults {
namespace {

namespace v1 = intake::v1;
using intake::SubmissionKey;
using intake::testing::LedgerReceipt;
using intake::testing::LedgerRecords;

constexpr int kMostRuns = 20;
constexpr absl::Duration kRetryPause = absl::Milliseconds(200);

using RequestContent = std::pair<std::string, std::string>;  // request id, report digest

class Check {
 public:
  Check(StoreView& view, const LedgerRecords& ledger, const CheckOptions& options)
      : view_(view), ledger_(ledger), options_(options) {}

  absl::StatusOr<CheckResult> Run() {
    JIXIAO_RETURN_IF_ERROR(ReadChains());
    JIXIAO_ASSIGN_OR_RETURN(const auto all, view_.Submissions());
    for (const SeenSubmission& seen : all) CheckSubmission(seen);
    for (const std::string& name : chained_.Submissions()) {
      if (!histories_.contains(name)) Add("I7", name, "is in the audit log and not in the store");
    }
    CheckReceipts();
    CheckRefusals();
    CheckUnknown();
    return std::move(result_);
  }

 private:
  void Add(const char* invariant, const std::string& what, const std::string& problem) {
    result_.problems.push_back(fmt::format("{} {}: {}", invariant, what, problem));
  }

  absl::Status ReadChains() {
    JIXIAO_ASSIGN_OR_RETURN(const auto shards, view_.AuditShards());
    for (const intake::AuditShard& shard : shards) {
      intake::ChainVerifier verifier(shard, {});
      JIXIAO_ASSIGN_OR_RETURN(const auto head, view_.ReadAuditLog(shard, [&](const v1::AuditRecord& record) {
        v1::AuditEntry entry;
        ++result_.counts.audit_entries;
        if (verifier.Add(record) && entry.ParseFromString(record.entry())) chained_.Add(entry);
      }));
      if (const auto fault = verifier.Finish(head); fault.has_value()) {
        Add("I7", FormatAuditLogName(shard), fmt::format("is not as it was chained from entry {} on", fault->sequence));
      }
    }
    return absl::OkStatus();
  }

  void CheckSubmission(const SeenSubmission& seen) {
    const std::string& name = seen.submission.name();
    ++result_.counts.submissions;
    const auto key = ParseSubmissionName(name, "name");
    if (!key.ok()) return Add("I2", name, "is no name of a submission");
    CheckVersions(*key, seen.submission);
    CheckHistory(*key, seen);
  }

  void CheckVersions(const SubmissionKey& key, const v1::Submission& submission) {
    const auto versions = view_.Versions(key);
    if (!versions.ok()) return Add("I1", submission.name(), std::string(versions.status().message()));
    int expected = submission.current_version();
    for (const v1::SubmissionVersion& version : *versions) {
      const int number = version.version();
      if (number != expected) Add("I2", version.name(), fmt::format("stands where version {} should", expected));
      expected = number - 1;
      const bool is_current = number == submission.current_version();
      if (version.is_superseded() == is_current) Add("I2", version.name(), "its being current is told two ways");
      if (is_current && version.receipt().report_digest() != submission.report_digest()) {
        Add("I2", version.name(), "the submission names another content");
      }
      CheckBytes({key, number}, version);
    }
    if (expected != 0) Add("I2", submission.name(), fmt::format("versions 1 to {} are missing", expected));
  }

  void CheckBytes(const intake::VersionKey& key, const v1::SubmissionVersion& version) {
    ++result_.counts.versions;
    const v1::Receipt& receipt = version.receipt();
    stored_[version.name()] = receipt.report_digest();
    stored_by_request_[receipt.request_id()].insert(version.name());
    by_content_.emplace(RequestContent(receipt.request_id(), receipt.report_digest()), version.name());
    const auto bytes = view_.ReportBytes(key);
    if (!bytes.ok()) return Add("I1", version.name(), std::string(bytes.status().message()));
    if (ContentDigest(*bytes) != receipt.report_digest()) Add("I1", version.name(), "other bytes than its digest says");
  }

  void CheckHistory(const SubmissionKey& key, const SeenSubmission& seen) {
    const std::string& name = seen.submission.name();
    histories_.insert(name);
    const auto events = view_.Events(key);
    if (!events.ok()) return Add("I7", name, std::string(events.status().message()));
    int64_t sequence = 0;
    std::map<std::pair<int, v1::SubmissionEvent::Action>, int> counts;
    for (const v1::SubmissionEvent& event : *events) {
      if (event.sequence() != ++sequence) Add("I7", name, fmt::format("step {} is missing", sequence));
      ++counts[{event.version(), event.action()}];
    }
    result_.counts.events += sequence;
    if (seen.event_count.value_or(sequence) != sequence) Add("I7", name, "its last steps are missing");
    CheckSteps(seen.submission, counts);
    const int64_t unchained = chained_.unchained();
    if (const auto fault = chained_.Compare(name, *events); fault.has_value()) {
      Add("I7", name, fmt::format("step {} and the audit log differ", fault->sequence));
    }
    if (chained_.unchained() > unchained && !options_.has_unchained_histories) {
      Add("I7", name, fmt::format("its first {} steps are not in the audit log", chained_.unchained() - unchained));
    }
  }

  void CheckSteps(const v1::Submission& submission,
                  const std::map<std::pair<int, v1::SubmissionEvent::Action>, int>& counts) {
    const auto count = [&](int version, v1::SubmissionEvent::Action action) {
      const auto found = counts.find({version, action});
      return found == counts.end() ? 0 : found->second;
    };
    for (int version = 1; version <= submission.current_version(); ++version) {
      const auto say = [&](const std::string& problem) {
        Add("I2", fmt::format("{}/versions/{}", submission.name(), version), problem);
      };
      if (count(version, v1::SubmissionEvent::ACTION_SUBMITTED) != 1) say("was not submitted once");
      // What a reviewer confirmed is scored again.
      const int scorings = 1 + count(version, v1::SubmissionEvent::ACTION_WORK_CONFIRMED);
      if (count(version, v1::SubmissionEvent::ACTION_SCORED) > scorings) say("was scored twice");
      for (const auto action : {v1::SubmissionEvent::ACTION_RETURNED, v1::SubmissionEvent::ACTION_APPROVED,
                                v1::SubmissionEvent::ACTION_PUBLISHED, v1::SubmissionEvent::ACTION_WITHDRAWN}) {
        if (count(version, action) > 1) say(v1::SubmissionEvent::Action_Name(action) + " twice");
      }
    }
  }

  void CheckReceipts() {
    std::map<RequestContent, std::set<std::string>> versions;
    for (const auto& [request_id, receipt] : ledger_.receipts) {
      ++result_.counts.receipts;
      const auto stored = stored_.find(receipt.submission_version);
      if (stored == stored_.end()) {
        Add("I1", receipt.submission_version, fmt::format("acknowledged to {} and not there", request_id));
      } else if (stored->second != receipt.report_digest) {
        Add("I1", receipt.submission_version, fmt::format("other content than acknowledged to {}", request_id));
      }
      versions[{request_id, receipt.report_digest}].insert(receipt.submission_version);
      CheckIntent(request_id, receipt);
    }
    for (const auto& [content, names] : versions) {
      if (names.size() > 1) Add("I3", content.first, fmt::format("one request got {} versions", names.size()));
      if (IsRefused(content)) Add("I3", content.first, "one request was both accepted and refused");
    }
    for (const auto& [request_id, intent] : ledger_.intents) {
      if (const auto made = stored_by_request_.find(request_id);
          made != stored_by_request_.end() && made->second.size() > 1) {
        Add("I3", request_id, fmt::format("one request made {} versions", made->second.size()));
      }
    }
  }

  // A receipt is for what was sent, and for the version after the stated base.
  void CheckIntent(const std::string& request_id, const LedgerReceipt& receipt) {
    const auto [begin, end] = ledger_.intents.equal_range(request_id);
    if (begin == end) return;  // this client writes receipts alone
    for (auto it = begin; it != end; ++it) {
      if (it->second.report_digest != receipt.report_digest) continue;
      const auto version = ParseVersionName(receipt.submission_version, "name");
      if (version.ok() && it->second.base_version.value_or(version->version - 1) + 1 != version->version) {
        Add("I3", request_id,
            fmt::format("stated base version {} and became {}", *it->second.base_version, receipt.submission_version));
      }
      return;
    }
    Add("I1", request_id, "the receipt is for other bytes than were sent");
  }

  bool IsRefused(const RequestContent& content) const {
    const auto [begin, end] = ledger_.refusals.equal_range(content.first);
    for (auto it = begin; it != end; ++it) {
      if (it->second.report_digest == content.second) return true;
    }
    return false;
  }

  void CheckRefusals() {
    for (const auto& [request_id, refusal] : ledger_.refusals) {
      ++result_.counts.refusals;
      const auto stored = by_content_.find({request_id, refusal.report_digest});
      if (stored != by_content_.end()) {
        Add("I3", request_id, fmt::format("was refused ({}) and is there as {}", refusal.code, stored->second));
      }
    }
  }

  // That an unknown one is there once at most was checked with all requests.
  void CheckUnknown() {
    for (const RequestContent& content : ledger_.Unknown()) {
      ++result_.counts.unknown;
      if (by_content_.contains(content)) ++result_.counts.unknown_stored;
    }
  }

  StoreView& view_;
  const LedgerRecords& ledger_;
  const CheckOptions options_;
  intake::AuditedEvents chained_;
  std::set<std::string> histories_;
  std::map<std::string, std::string> stored_;  // digest by name of version
  std::map<std::string, std::set<std::string>> stored_by_request_;
  std::map<RequestContent, std::string> by_content_;
  CheckResult result_;
};

}  // namespace

absl::StatusOr<CheckResult> CheckStore(StoreView& view, const LedgerRecords& ledger, const CheckOptions& options) {
  auto result = Check(view, ledger, options).Run();
  // Scoring and publication go on after the last filing, and a step taken between
  // two reads looks like a hole. What is really wrong is there again at rest.
  for (int i = 0; i < kMostRuns && result.ok() && !result->problems.empty(); ++i) {
    absl::SleepFor(kRetryPause);
    auto again = Check(view, ledger, options).Run();
    const bool is_at_rest = again.ok() && again->counts.audit_entries == result->counts.audit_entries &&
                            again->problems == result->problems;
    result = std::move(again);
    if (is_at_rest) break;
  }
  return result;
}

std::vector<std::string> ProblemsWith(intake::SubmissionStore& store, const LedgerRecords& ledger) {
  DirectView<intake::SubmissionStore> view(store);
  auto result = CheckStore(view, ledger);
  if (!result.ok()) return {fmt::format("the store cannot be read: {}", std::string(result.status().message()))};
  return std::move(result->problems);
}

std::string Join(const std::vector<std::string>& problems) {
  std::string text;
  for (size_t i = 0; i < problems.size() && i < 20; ++i) text += problems[i] + "\n";
  return text;
}

}  // namespace jixiao::faults
