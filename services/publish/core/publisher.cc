#include "publish/core/publisher.h"

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "publish/core/errors.h"
#include "publish/core/redact.h"

namespace jixiao::publish {
namespace {

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
  const DisclosureKey key = publication.key;
  std::vector<DisclosureHead> versions;
  JIXIAO_RETURN_IF_ERROR(store_->Read([&](DisclosureReads& reads) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(versions, reads.Versions(key.submission));
    return absl::OkStatus();
  }));
  // A repeat is answered before masking, whose rules may have changed since.
  const DisclosureHead* existing = FindVersion(versions, key.version);
  if (existing != nullptr && existing->request_digest == request_digest) {
    return Published{*existing, std::move(versions), {}, false};
  }
  NewDisclosure fresh;
  fresh.head.key = key;
  fresh.head.publish_time = absl::FromUnixSeconds(absl::ToUnixSeconds(clock_->Now()));
  fresh.head.request_digest = request_digest;
  JIXIAO_ASSIGN_OR_RETURN(const v1::Disclosure disclosure,
                          BuildDisclosure(std::move(publication), fresh.head.publish_time));
  fresh.head.summary = Summarize(disclosure);
  fresh.bytes = disclosure.SerializeAsString();
  fresh.head.disclosure_digest = ContentDigest(fresh.bytes);
  JIXIAO_ASSIGN_OR_RETURN(versions, store_->Insert(fresh));
  const DisclosureHead head = *FindVersion(versions, key.version);
  return Published{head, std::move(versions), {disclosure.redactions().begin(), disclosure.redactions().end()}, true};
}

absl::Status Publisher::Withdraw(const DisclosureKey& key, std::string reason) {
  Redactor redactor({});
  redactor.RedactText("withdraw_reason", reason);
  return store_->Withdraw(key, reason, clock_->Now());
}

absl::StatusOr<v1::Disclosure> Publisher::Get(const DisclosureKey& key) {
  DisclosureHead head;
  std::string bytes;
  JIXIAO_RETURN_IF_ERROR(store_->Read([&](DisclosureReads& reads) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(const std::vector<DisclosureHead> versions, reads.Versions(key.submission));
    const DisclosureHead* found = FindVersion(versions, key.version);
    if (found == nullptr) return NoSuchDisclosure(FormatDisclosureName(key));
    head = *found;
    if (head.state == v1::Disclosure::STATE_WITHDRAWN) return absl::OkStatus();
    JIXIAO_ASSIGN_OR_RETURN(bytes, reads.Load(key));
    return absl::OkStatus();
  }));
  return PublicDisclosure(head, bytes);
}

absl::StatusOr<v1::Disclosure> PublicDisclosure(const DisclosureHead& head, const std::string& bytes) {
  if (head.state == v1::Disclosure::STATE_WITHDRAWN) return WithdrawnNotice(head);
  v1::Disclosure disclosure;
  if (!disclosure.ParseFromString(bytes)) return StoredBytesDamaged(FormatDisclosureName(head.key));
  disclosure.set_state(head.state);
  return disclosure;
}

}  // namespace jixiao::publish
