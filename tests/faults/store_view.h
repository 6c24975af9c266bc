// What a checker can see of intake's store: through its API, or in the store
// itself, behind the service's back.
#ifndef JIXIAO_TESTS_FAULTS_STORE_VIEW_H_
#define JIXIAO_TESTS_FAULTS_STORE_VIEW_H_

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "client/service_client.h"
#include "common/base/status_macros.h"
#include "intake/core/submission/submission_store.h"

namespace jixiao::faults {

struct SeenSubmission {
  intake::v1::Submission submission;
  std::optional<int64_t> event_count;  // the API does not tell
};

class StoreView {
 public:
  virtual ~StoreView() = default;

  // All that may be seen, by name.
  virtual absl::StatusOr<std::vector<SeenSubmission>> Submissions() = 0;
  // Newest first.
  virtual absl::StatusOr<std::vector<intake::v1::SubmissionVersion>> Versions(const intake::SubmissionKey& key) = 0;
  // Oldest first.
  virtual absl::StatusOr<std::vector<intake::v1::SubmissionEvent>> Events(const intake::SubmissionKey& key) = 0;
  // Report of a version, as stored.
  virtual absl::StatusOr<std::string> ReportBytes(const intake::VersionKey& key) = 0;
  virtual absl::StatusOr<std::vector<intake::AuditShard>> AuditShards() = 0;
  // Hands every entry to `take`, in order; gives the head that is stored beside them.
  virtual absl::StatusOr<intake::AuditHead> ReadAuditLog(
      const intake::AuditShard& shard, const std::function<void(const intake::v1::AuditRecord&)>& take) = 0;
};

// Reads a SubmissionStore or a SqliteReader, each list of its own moment.
template <typename Reader>
class DirectView : public StoreView {
 public:
  explicit DirectView(Reader& reader) : reader_(reader) {}

  absl::StatusOr<std::vector<SeenSubmission>> Submissions() override {
    std::vector<SeenSubmission> seen;
    std::optional<intake::SubmissionKey> after;
    for (;;) {
      JIXIAO_ASSIGN_OR_RETURN(auto records, Read([&](Reads& reads) { return reads.Submissions({}, after, kPage); }));
      if (records.empty()) return seen;
      after = records.back().key;
      for (auto& record : records) seen.push_back({std::move(record.submission), record.event_count});
    }
  }
  absl::StatusOr<std::vector<intake::v1::SubmissionVersion>> Versions(const intake::SubmissionKey& key) override {
    JIXIAO_ASSIGN_OR_RETURN(auto records, Read([&](Reads& reads) { return reads.Versions(key, kAll, kAll); }));
    std::vector<intake::v1::SubmissionVersion> versions;
    for (auto& record : records) versions.push_back(std::move(record.version));
    return versions;
  }
  absl::StatusOr<std::vector<intake::v1::SubmissionEvent>> Events(const intake::SubmissionKey& key) override {
    return Read([&](Reads& reads) { return reads.Events(key, 0, kAll); });
  }
  absl::StatusOr<std::string> ReportBytes(const intake::VersionKey& key) override {
    JIXIAO_ASSIGN_OR_RETURN(auto documents,
                            Read([&](Reads& reads) { return intake::Found(reads.FindDocuments(key)); }));
    return std::move(documents.report_bytes);
  }
  absl::StatusOr<std::vector<intake::AuditShard>> AuditShards() override {
    JIXIAO_ASSIGN_OR_RETURN(const auto heads, Read([](Reads& reads) { return reads.AuditHeads(); }));
    std::vector<intake::AuditShard> shards;
    for (const auto& [shard, head] : heads) shards.push_back(shard);
    return shards;
  }
  absl::StatusOr<intake::AuditHead> ReadAuditLog(
      const intake::AuditShard& shard, const std::function<void(const intake::v1::AuditRecord&)>& take) override {
    // The head first: what is added meanwhile is behind it.
    JIXIAO_ASSIGN_OR_RETURN(const auto heads, Read([](Reads& reads) { return reads.AuditHeads(); }));
    intake::AuditHead head;
    for (const auto& [each, its_head] : heads) {
      if (each == shard) head = its_head;
    }
    for (int64_t after = 0;;) {
      JIXIAO_ASSIGN_OR_RETURN(const auto records,
                              Read([&](Reads& reads) { return reads.AuditLog(shard, after, kPage); }));
      if (records.empty()) return head;
      for (const intake::StoredAuditRecord& record : records) take(record.record);
      after = records.back().sequence;
    }
  }

 private:
  using Reads = intake::SubmissionReads;
  template <typename Work>
  auto Read(Work work) {
    return intake::ReadFrom(reader_, intake::ReadOperation::kSubmission, work);
  }

  static constexpr int kPage = 500;
  static constexpr int kAll = std::numeric_limits<int>::max();

  Reader& reader_;
};

// Reads a running service as an auditor; `client` carries an auditor's identity.
class ApiView : public StoreView {
 public:
  explicit ApiView(cli::ServiceClient& client) : client_(client) {}

  absl::StatusOr<std::vector<SeenSubmission>> Submissions() override;
  absl::StatusOr<std::vector<intake::v1::SubmissionVersion>> Versions(const intake::SubmissionKey& key) override;
  absl::StatusOr<std::vector<intake::v1::SubmissionEvent>> Events(const intake::SubmissionKey& key) override;
  absl::StatusOr<std::string> ReportBytes(const intake::VersionKey& key) override;
  absl::StatusOr<std::vector<intake::AuditShard>> AuditShards() override;
  absl::StatusOr<intake::AuditHead> ReadAuditLog(
      const intake::AuditShard& shard, const std::function<void(const intake::v1::AuditRecord&)>& take) override;

 private:
  cli::ServiceClient& client_;
};

}  // namespace jixiao::faults

#endif  // JIXIAO_TESTS_FAULTS_STORE_VIEW_H_
