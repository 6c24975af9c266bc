#include "publish/rpc/publish_metrics.h"

#include "common/base/errors.h"

namespace jixiao::publish {
namespace {

std::string KindLabel(v1::Redaction::Kind kind) {
  switch (kind) {
    case v1::Redaction::KIND_NAME: return "name";
    case v1::Redaction::KIND_TELEPHONE: return "telephone";
    case v1::Redaction::KIND_EMAIL: return "email";
    case v1::Redaction::KIND_ACCOUNT: return "account";
    default: return "other";
  }
}

}  // namespace

PublishMetrics::PublishMetrics(Metrics& metrics)
    : disclosures_(
          metrics, "jixiao_publish_disclosures_total", "Publications asked for, by outcome.", "outcome",
          {"published", "repeated", "withdrawn", "personal_data", "older_version", "conflict", "invalid", "failed"}),
      redactions_(metrics, "jixiao_publish_redactions_total", "Spans masked in published reports, by kind.", "kind",
                  {"name", "telephone", "email", "account", "other"}),
      last_success_(metrics.Gauge("jixiao_publish_last_success_timestamp_seconds",
                                  "When a report last went public; 0 since the start if none did.")) {}

void PublishMetrics::CountPublished(const std::vector<v1::Redaction>& redactions, absl::Time time) {
  disclosures_.Increment("published");
  for (const v1::Redaction& redaction : redactions) redactions_.Increment(KindLabel(redaction.kind()));
  last_success_.Set(static_cast<double>(absl::ToUnixSeconds(time)));
}

void PublishMetrics::CountRefused(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  if (reason == "PERSONAL_DATA") return disclosures_.Increment("personal_data");
  if (reason == "OLDER_VERSION") return disclosures_.Increment("older_version");
  if (status.code() == absl::StatusCode::kAlreadyExists) return disclosures_.Increment("conflict");
  disclosures_.Increment(status.code() == absl::StatusCode::kInvalidArgument ? "invalid" : "failed");
}

}  // namespace jixiao::publish
