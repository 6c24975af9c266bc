#include "publish/core/build_disclosure.h"

#include <fmt/format.h>

#include <set>
#include <vector>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "publish/core/errors.h"
#include "publish/core/redact.h"

namespace jixiao::publish {
namespace {

absl::Status CheckBelongTogether(const Publication& publication) {
  const report::v1::ReportContent& content = publication.report.content();
  std::vector<FieldViolation> violations;
  if (publication.score_card.report_digest() != publication.report_digest) {
    violations.push_back({"score_card.report_digest", "评分结果不属于这份报告，请以本版报告重新评分"});
  }
  if (content.has_fiscal_year() && content.fiscal_year() != publication.key.submission.fiscal_year) {
    violations.push_back({"report.content.fiscal_year", "报告年度与报送名称中的年度不一致"});
  }
  if (content.has_kind() && content.kind() != publication.key.submission.kind) {
    violations.push_back({"report.content.kind", "报告类型与报送名称中的类型不一致"});
  }
  std::set<std::string> findings;
  for (const auto& finding : publication.score_card.findings()) findings.insert(finding.id());
  for (size_t i = 0; i < publication.explanations.size(); ++i) {
    // Each once, or two pages could show different ones.
    if (findings.erase(publication.explanations[i].finding_id()) == 0) {
      violations.push_back({fmt::format("explanations[{}].finding_id", i), "评分结果中没有这项问题，或者说明重复"});
    }
  }
  if (content.evaluation_tables().empty()) {
    violations.push_back({"report.content.evaluation_tables", "报告中没有绩效自评表"});
  }
  return violations.empty() ? absl::OkStatus() : InvalidFields(violations);
}

// In the order of the findings, whatever order they were handed over in.
void AddExplanations(const std::vector<v1::FindingExplanation>& explanations, v1::Disclosure& disclosure) {
  for (const scoring::v1::Finding& finding : disclosure.score_card().findings()) {
    for (const v1::FindingExplanation& explanation : explanations) {
      if (explanation.finding_id() == finding.id()) *disclosure.add_explanations() = explanation;
    }
  }
}

}  // namespace

absl::StatusOr<v1::Disclosure> BuildDisclosure(Publication publication, absl::Time publish_time) {
  JIXIAO_RETURN_IF_ERROR(CheckBelongTogether(publication));
  v1::Disclosure disclosure;
  disclosure.set_name(FormatDisclosureName(publication.key));
  disclosure.set_version(publication.key.version);
  disclosure.mutable_content()->Swap(publication.report.mutable_content());
  disclosure.mutable_score_card()->Swap(&publication.score_card);
  if (!publication.approval_reason.empty()) disclosure.set_approval_reason(publication.approval_reason);
  AddExplanations(publication.explanations, disclosure);

  Redactor redactor(publication.report.contacts());
  redactor.Redact("content", *disclosure.mutable_content());
  redactor.Redact("score_card", *disclosure.mutable_score_card());
  if (disclosure.has_approval_reason()) {
    redactor.RedactText("approval_reason", *disclosure.mutable_approval_reason());
  }
  for (int i = 0; i < disclosure.explanations_size(); ++i) {
    redactor.Redact(fmt::format("explanations[{}]", i), *disclosure.mutable_explanations(i));
  }
  if (!redactor.blocking_places().empty()) return PersonalDataInText(redactor.blocking_places());

  report::v1::ReportContent& content = *disclosure.mutable_content();
  content.mutable_unit()->set_code(publication.key.submission.unit_code);
  content.mutable_unit()->set_division_code(publication.key.submission.division_code);
  content.set_fiscal_year(publication.key.submission.fiscal_year);
  content.set_kind(publication.key.submission.kind);
  disclosure.mutable_publish_time()->set_seconds(absl::ToUnixSeconds(publish_time));
  disclosure.set_report_digest(publication.report_digest);
  *disclosure.mutable_redactions() = {redactor.redactions().begin(), redactor.redactions().end()};
  disclosure.set_redaction_version(std::string(kPersonalDataRulesVersion));
  disclosure.set_state(v1::Disclosure::STATE_CURRENT);
  return disclosure;
}

}  // namespace jixiao::publish
