// For transcripts: what a store answered, in one word each. Messages and long
// texts are digests: those tell differences as well, and fit on a line.
#ifndef JIXIAO_INTAKE_TESTING_STORE_TRANSCRIPT_WORDS_H_
#define JIXIAO_INTAKE_TESTING_STORE_TRANSCRIPT_WORDS_H_

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::intake::testing {

inline std::string Say(const absl::Status& status) {
  return fmt::format("{}/{}", static_cast<int>(status.code()), ReasonOf(status));
}
inline std::string Say(const google::protobuf::Message& message) {
  return ContentDigest(message.SerializeAsString()).substr(7, 16);
}
inline std::string Say(const SubmissionRecord& record) {
  return fmt::format("{}#{}:{}", FormatSubmissionName(record.key), record.event_count, Say(record.submission));
}
inline std::string Say(const VersionRecord& record) {
  return fmt::format("{}:{}:{}:{}", FormatVersionName(record.key), Say(record.version), record.rule_set,
                     ContentDigest(record.registered_unit_name));
}
inline std::string Say(const VersionDocuments& documents) {
  return ContentDigest(fmt::format("{}|{}|{}|{}", documents.report_bytes, documents.media_type, documents.file_name,
                                   documents.original_bytes));
}
inline std::string Say(const ReviewNotes& notes) {
  std::string said;
  for (const auto& each : notes.explanations) said += Say(each);
  for (const auto& each : notes.confirmations) said += Say(each);
  return said;
}
inline std::string Say(const Task& task) {
  return fmt::format("{}/{}/{}/{}/{}/{}/{}", FormatVersionName(task.key), static_cast<int>(task.kind), task.attempts,
                     absl::ToUnixMicros(task.not_before), absl::ToUnixMicros(task.create_time), task.lease_owner,
                     ContentDigest(task.reason).substr(7, 8));
}
inline std::string Say(const RosterEntry& entry) { return FormatUnitName(entry.key) + Say(entry.unit); }
inline std::string Say(const UnitKey& key) { return FormatUnitName(key); }
inline std::string Say(const std::string& text) { return ContentDigest(text).substr(7, 16); }
inline std::string Say(bool flag) { return flag ? "yes" : "no"; }
inline std::string Say(int number) { return std::to_string(number); }
inline std::string Say(const ExtensionRecord& record) { return Say(record.extension); }
inline std::string Say(const RequestRecord& record) {
  return fmt::format("{}/{}/{}", record.fingerprint, record.version, record.is_identical);
}
inline std::string Say(const OperationRecord& record) { return record.fingerprint; }
inline std::string Say(const AuditHead& head) { return fmt::format("{}/{}", head.sequence, HexOf(head.hash)); }
inline std::string Say(const StoredAuditRecord& stored) { return std::to_string(stored.sequence) + Say(stored.record); }
inline std::string Say(const std::pair<AuditShard, AuditHead>& head) {
  return FormatAuditLogName(head.first) + Say(head.second);
}
inline std::string Say(const DivisionProgress& p) {
  return fmt::format("{} {}/{}/{}/{}/{}/{}/{}", p.division_code, p.expected, p.filed, p.late, p.returned, p.approved,
                     p.published, p.unexpected);
}

template <typename T>
std::string Say(const std::optional<T>& value);
template <typename T>
std::string Say(const std::vector<T>& values);

template <typename T>
std::string Say(const std::optional<T>& value) {
  return value.has_value() ? Say(*value) : "nothing";
}
template <typename T>
std::string Say(const std::vector<T>& values) {
  std::string said = "[";
  for (const T& value : values) said += Say(value) + " ";
  return said + "]";
}
template <typename T>
std::string Say(const absl::StatusOr<T>& value) {
  return value.ok() ? Say(*value) : Say(value.status());
}

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_STORE_TRANSCRIPT_WORDS_H_
