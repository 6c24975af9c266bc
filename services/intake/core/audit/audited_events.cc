#include "intake/core/audit/audited_events.h"

#include "intake/core/audit/audit_chain.h"

namespace jixiao::intake {

void AuditedEvents::Add(const v1::AuditEntry& entry) {
  const absl::StatusOr<VersionKey> version = ParseVersionName(entry.resource(), "resource");
  if (version.ok()) digests_[FormatSubmissionName(version->submission)].push_back(entry.record_digest());
}

std::optional<EventFault> AuditedEvents::Compare(const std::string& submission,
                                                 const std::vector<v1::SubmissionEvent>& events) {
  const std::vector<std::string>& chained = digests_[submission];
  std::vector<std::string> stored;
  stored.reserve(events.size());
  for (const v1::SubmissionEvent& event : events) stored.push_back(RecordDigest(event));
  // What is chained is the end of the history, and begins where it agrees.
  size_t first = 0;
  const bool begins_at_first = !stored.empty() && !chained.empty() && stored.front() == chained.front();
  if (!begins_at_first && stored.size() > chained.size()) first = stored.size() - chained.size();
  for (size_t i = 0; i < chained.size(); ++i) {
    const auto sequence = static_cast<int64_t>(first + i + 1);
    if (first + i >= stored.size()) return EventFault{EventFault::Kind::kMissing, sequence};
    if (stored[first + i] != chained[i]) return EventFault{EventFault::Kind::kDiffers, sequence};
    ++compared_;
  }
  if (stored.size() > first + chained.size()) {
    return EventFault{EventFault::Kind::kUnlogged, static_cast<int64_t>(first + chained.size() + 1)};
  }
  unchained_ += static_cast<int64_t>(first);
  return std::nullopt;
}

std::vector<std::string> AuditedEvents::Submissions() const {
  std::vector<std::string> names;
  for (const auto& [name, digests] : digests_) names.push_back(name);
  return names;
}

}  // namespace jixiao::intake
