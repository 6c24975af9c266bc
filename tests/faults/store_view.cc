#include "faults/store_view.h"

#include "client/audit_reader.h"
#include "common/rpc/raw_message.h"
#include "jixiao/intake/v1/audit.pb.h"
#include "jixiao/intake/v1/lookup.pb.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::faults {

namespace v1 = intake::v1;

absl::StatusOr<std::vector<SeenSubmission>> ApiView::Submissions() {
  v1::ListSubmissionsRequest request;
  request.set_page_size(500);
  std::vector<SeenSubmission> seen;
  do {
    JIXIAO_ASSIGN_OR_RETURN(const auto page, client_.Ask<v1::ListSubmissionsResponse>("ListSubmissions", request));
    // By name, as a caller would look it up: what a list says may be older.
    for (const v1::Submission& listed : page.submissions()) {
      v1::GetSubmissionRequest one;
      one.set_name(listed.name());
      JIXIAO_ASSIGN_OR_RETURN(auto found, client_.Ask<v1::GetSubmissionResponse>("GetSubmission", one));
      seen.push_back({std::move(*found.mutable_submission()), std::nullopt});
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return seen;
}

absl::StatusOr<std::vector<v1::SubmissionVersion>> ApiView::Versions(const intake::SubmissionKey& key) {
  v1::ListVersionsRequest request;
  request.set_parent(FormatSubmissionName(key));
  std::vector<v1::SubmissionVersion> versions;
  do {
    JIXIAO_ASSIGN_OR_RETURN(const auto page, client_.Ask<v1::ListVersionsResponse>("ListVersions", request));
    versions.insert(versions.end(), page.versions().begin(), page.versions().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return versions;
}

absl::StatusOr<std::vector<v1::SubmissionEvent>> ApiView::Events(const intake::SubmissionKey& key) {
  v1::ListEventsRequest request;
  request.set_parent(FormatSubmissionName(key));
  std::vector<v1::SubmissionEvent> events;
  do {
    JIXIAO_ASSIGN_OR_RETURN(const auto page, client_.Ask<v1::ListEventsResponse>("ListEvents", request));
    events.insert(events.end(), page.events().begin(), page.events().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return events;
}

absl::StatusOr<std::string> ApiView::ReportBytes(const intake::VersionKey& key) {
  v1::GetVersionRequest request;
  request.set_name(FormatVersionName(key));
  // Not parsed: the bytes are what the digest is about.
  JIXIAO_ASSIGN_OR_RETURN(const std::string answer,
                          client_.AskRaw(cli::kIntake + "GetVersion", request.SerializeAsString()));
  JIXIAO_ASSIGN_OR_RETURN(const auto report, FindField(answer, v1::GetVersionResponse::kReportFieldNumber));
  return std::string(report.value_or(""));
}

absl::StatusOr<std::vector<intake::AuditShard>> ApiView::AuditShards() {
  std::vector<std::string> names;
  JIXIAO_RETURN_IF_ERROR(cli::ReadAuditLog(client_, "auditlogs/-", 0, [&](const v1::ReadAuditLogResponse& response) {
    names.push_back(response.head().name());
  }));
  std::vector<intake::AuditShard> shards;
  for (const std::string& name : names) {
    JIXIAO_ASSIGN_OR_RETURN(shards.emplace_back(), intake::ParseAuditLogName(name, "name"));
  }
  return shards;
}

absl::StatusOr<intake::AuditHead> ApiView::ReadAuditLog(const intake::AuditShard& shard,
                                                        const std::function<void(const v1::AuditRecord&)>& take) {
  intake::AuditHead head;
  JIXIAO_RETURN_IF_ERROR(
      cli::ReadAuditLog(client_, intake::FormatAuditLogName(shard), 0, [&](const v1::ReadAuditLogResponse& response) {
        for (const v1::AuditRecord& record : response.records()) take(record);
        if (response.has_head()) {
          head = {response.head().sequence(), response.head().hash()};
        }
      }));
  return head;
}

}  // namespace jixiao::faults
