#include "commands/platform/audit_scope.h"

#include <algorithm>

#include "client/audit_reader.h"
#include "common/base/status_macros.h"
#include "jixiao/intake/v1/audit.pb.h"
#include "jixiao/intake/v1/lookup.pb.h"

namespace jixiao::cli {
namespace {

namespace v1 = intake::v1;
using intake::AuditShard;

constexpr int kPageSize = 500;

// Adds what `request` selects.
absl::Status AddSubmissions(v1::ListSubmissionsRequest request, ServiceClient& client, AuditScope& scope) {
  request.set_page_size(kPageSize);
  do {
    JIXIAO_ASSIGN_OR_RETURN(const auto page, client.Ask<v1::ListSubmissionsResponse>("ListSubmissions", request));
    for (const v1::Submission& submission : page.submissions()) {
      JIXIAO_ASSIGN_OR_RETURN(const auto key, ParseSubmissionName(submission.name(), "name"));
      scope.submissions[intake::ShardOf(key.division_code, key.fiscal_year)].insert(submission.name());
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::StatusOr<std::set<AuditShard>> ParseShards(const std::set<std::string>& names) {
  std::set<AuditShard> shards;
  for (const std::string& name : names) {
    JIXIAO_ASSIGN_OR_RETURN(AuditShard shard, intake::ParseAuditLogName(name, "--shard"));
    shards.insert(std::move(shard));
  }
  return shards;
}

absl::Status AddAsked(const std::set<AuditShard>& asked, bool is_chain_only, ServiceClient& client, AuditScope& scope) {
  for (const AuditShard& shard : asked) {
    v1::ListSubmissionsRequest request;
    request.set_division_code(shard.prefecture_code);
    request.set_fiscal_year(shard.fiscal_year);
    if (!is_chain_only) JIXIAO_RETURN_IF_ERROR(AddSubmissions(request, client, scope));
  }
  // A province's code selects its prefectures too.
  std::erase_if(scope.submissions, [&](const auto& entry) { return !asked.contains(entry.first); });
  for (const AuditShard& shard : asked) scope.submissions[shard];
  return absl::OkStatus();
}

absl::Status AddAll(const std::vector<v1::AuditCheckpoint>& checkpoints, bool is_chain_only, ServiceClient& client,
                    AuditScope& scope) {
  if (!is_chain_only) JIXIAO_RETURN_IF_ERROR(AddSubmissions({}, client, scope));
  // Only after these: an entry is stored with what it is about.
  std::set<std::string> names;
  JIXIAO_RETURN_IF_ERROR(ReadAuditLog(client, "auditlogs/-", 0, [&](const v1::ReadAuditLogResponse& response) {
    names.insert(response.head().name());
  }));
  for (const v1::AuditCheckpoint& checkpoint : checkpoints) names.insert(checkpoint.name());
  JIXIAO_ASSIGN_OR_RETURN(const std::set<AuditShard> shards, ParseShards(names));
  for (const AuditShard& shard : shards) scope.submissions[shard];
  return absl::OkStatus();
}

// Chains that the caller may not read are left out, if nobody asked for them: who
// audits a county sees its submissions, and not the prefecture's log.
absl::Status FindStart(const std::set<AuditShard>& asked, ServiceClient& client, AuditScope& scope) {
  for (auto it = scope.submissions.begin(); it != scope.submissions.end();) {
    const auto first = FirstAuditRecord(client, intake::FormatAuditLogName(it->first));
    if (absl::IsNotFound(first.status()) && !asked.contains(it->first)) {
      it = scope.submissions.erase(it);
      continue;
    }
    ++it;
    v1::AuditEntry entry;
    // What cannot be read shows when the chain is walked.
    if (!first.ok() || !first->has_value() || !entry.ParseFromString((*first)->entry())) continue;
    scope.log_start = std::min(scope.log_start.value_or(absl::InfiniteFuture()), TimeOf(entry.event_time()));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

absl::StatusOr<AuditScope> FindAuditScope(const std::vector<std::string>& names,
                                          const std::vector<v1::AuditCheckpoint>& checkpoints, bool is_chain_only,
                                          ServiceClient& client) {
  AuditScope scope;
  JIXIAO_ASSIGN_OR_RETURN(const std::set<AuditShard> asked, ParseShards({names.begin(), names.end()}));
  if (asked.empty()) {
    JIXIAO_RETURN_IF_ERROR(AddAll(checkpoints, is_chain_only, client, scope));
  } else {
    JIXIAO_RETURN_IF_ERROR(AddAsked(asked, is_chain_only, client, scope));
  }
  if (!is_chain_only) JIXIAO_RETURN_IF_ERROR(FindStart(asked, client, scope));
  return scope;
}

}  // namespace jixiao::cli
