#include "publish/core/publisher.h"

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "publish/core/errors.h"
#include "publish/core/redact.h"

namespace jixiao::publish {
namespace {

const DisclosureHead* FindVersion(const std::vector<DisclosureHead>& heads, int version) {
  for (const DisclosureHead& head : heads) {
    if (head.key.version == version) return &head;
  }
  return nullptr;
}

// Of a withdrawn report only whose it was, the fact and the reason.
v1::Disclosure WithdrawnNotice(const DisclosureHead& head) {
  v1::Disclosure notice;
  notice.set_name(FormatDisclosureName(head.key));
  notice.set_version(head.key.version);
  report::v1::ReportContent& content = *notice.mutable_content();
  content.mutable_unit()->set_code(head.key.submission.unit_code);
  content.mutable_unit()->set_name(head.summary.unit_name);
  content.mutable_unit()->set_division_code(head.key.submission.division_code);
  content.set_fiscal_year(head.key.submission.fiscal_year);
  content.set_kind(head.key.submission.kind);
  if (!head.summary.project_name.empty()) content.set_project_name(head.summary.project_name);
  notice.mutable_publish_time()->set_seconds(absl::ToUnixSeconds(head.publish_time));
  notice.set_state(v1::Disclosure::STATE_WITHDRAWN);
  notice.set_withdraw_reason(head.withdraw_reason);
  return notice;
}

}  // namespace

absl::StatusOr<Published> Publisher::Publish(Publication publication, const std::string& request_digest) {
  JIXIAO_ASSIGN_OR_RETURN(const std::vector<DisclosureHead> heads, store_->Versions(publication.key.submission));
  const DisclosureHead* existing = FindVersion(heads, publication.key.version);
  if (existing != nullptr && existing->request_digest == request_digest) return Published{*existing, {}, false};

  NewDisclosure fresh;
  fresh.head.key = publication.key;
  fresh.head.publish_time = absl::FromUnixSeconds(absl::ToUnixSeconds(clock_->Now()));
  fresh.head.request_digest = request_digest;
  JIXIAO_ASSIGN_OR_RETURN(const v1::Disclosure disclosure,
                          BuildDisclosure(std::move(publication), fresh.head.publish_time));
  fresh.head.summary = Summarize(disclosure);
  fresh.bytes = disclosure.SerializeAsString();
  fresh.head.disclosure_digest = ContentDigest(fresh.bytes);
  JIXIAO_ASSIGN_OR_RETURN(DisclosureHead head, store_->Insert(fresh));
  return Published{std::move(head), {disclosure.redactions().begin(), disclosure.redactions().end()}, true};
}

absl::Status Publisher::Withdraw(const DisclosureKey& key, std::string reason) {
  Redactor redactor({});
  redactor.RedactText("withdraw_reason", reason);
  return store_->Withdraw(key, reason, clock_->Now());
}

absl::StatusOr<v1::Disclosure> Publisher::Get(const DisclosureKey& key) {
  JIXIAO_ASSIGN_OR_RETURN(const std::vector<DisclosureHead> heads, store_->Versions(key.submission));
  const DisclosureHead* head = FindVersion(heads, key.version);
  if (head == nullptr) return NoSuchDisclosure(FormatDisclosureName(key));
  if (head->state == v1::Disclosure::STATE_WITHDRAWN) return WithdrawnNotice(*head);
  JIXIAO_ASSIGN_OR_RETURN(const std::string bytes, store_->Load(key));
  v1::Disclosure disclosure;
  if (!disclosure.ParseFromString(bytes)) return StoredBytesDamaged(FormatDisclosureName(key));
  disclosure.set_state(head->state);
  return disclosure;
}

}  // namespace jixiao::publish
