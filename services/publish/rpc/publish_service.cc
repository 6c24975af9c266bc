#include "publish/rpc/publish_service.h"

#include <fmt/format.h>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "common/domain/division_code.h"
#include "common/domain/page_token.h"
#include "common/rpc/raw_message.h"
#include "common/wire/wire_check.h"

namespace jixiao::publish {
namespace {

constexpr int64_t kMaxReasonChars = 2000;
constexpr int64_t kMaxExplanationChars = 500;

// A report, its score card and a reason: each within its own limits at intake.
WireLimits RequestLimits() {
  WireLimits limits;
  limits.max_bytes = 4 << 20;
  limits.max_fields = 80'000;
  limits.max_depth = 9;
  return limits;
}

// A request with a digest that tells a repeat from another publication.
struct ParsedRequest {
  Publication publication;
  std::string request_digest;
};

// The request's report digest has been verified.
std::string DigestOf(std::string_view card, const v1::PublishReportRequest& request) {
  std::string text = request.report_digest() + ContentDigest(card) + request.approval_reason();
  for (const v1::FindingExplanation& explanation : request.explanations()) {
    text += ContentDigest(explanation.finding_id()) + ContentDigest(explanation.text());
  }
  return ContentDigest(text);
}

void CheckExplanations(const v1::PublishReportRequest& request, std::vector<FieldViolation>& violations) {
  for (int i = 0; i < request.explanations_size(); ++i) {
    const int64_t characters = CodePointCount(Trim(request.explanations(i).text()));
    if (characters < 1 || characters > kMaxExplanationChars) {
      violations.push_back({fmt::format("explanations[{}].text", i), "说明应为 4 至 500 字"});
    }
  }
}

absl::StatusOr<ParsedRequest> ReadRequest(const std::string& bytes) {
  using Request = v1::PublishReportRequest;
  JIXIAO_RETURN_IF_ERROR(CheckWire(bytes, *Request::descriptor(), "", RequestLimits()));
  JIXIAO_ASSIGN_OR_RETURN(const auto report, FindField(bytes, Request::kReportFieldNumber));
  JIXIAO_ASSIGN_OR_RETURN(const auto card, FindField(bytes, Request::kScoreCardFieldNumber));
  Request request;
  std::vector<FieldViolation> violations;
  if (!report) violations.push_back({"report", "缺少报告"});
  if (!card) violations.push_back({"score_card", "缺少评分结果"});
  if (!request.ParseFromString(bytes)) violations.push_back({"", "报文已损坏，无法读取"});
  if (CodePointCount(request.approval_reason()) > kMaxReasonChars) {
    violations.push_back({"approval_reason", "审核意见不得超过 2000 字"});
  }
  CheckExplanations(request, violations);
  if (report && ContentDigest(*report) != request.report_digest()) {
    violations.push_back({"report_digest", "报告摘要与报告内容不符，请重新读取报告后再公开"});
  }
  if (!violations.empty()) return InvalidFields(violations);
  JIXIAO_ASSIGN_OR_RETURN(const DisclosureKey key,
                          ParseVersionName(request.submission_version(), "submission_version", kSubmissions));
  ParsedRequest parsed;
  parsed.request_digest = DigestOf(*card, request);
  parsed.publication.key = key;
  parsed.publication.report.Swap(request.mutable_report());
  parsed.publication.report_digest = request.report_digest();
  parsed.publication.score_card.Swap(request.mutable_score_card());
  parsed.publication.approval_reason = request.approval_reason();
  parsed.publication.explanations = {request.explanations().begin(), request.explanations().end()};
  return parsed;
}

void Fill(const DisclosureHead& head, v1::DisclosureSummary& summary) {
  summary.set_name(FormatDisclosureName(head.key));
  summary.set_unit_name(head.summary.unit_name);
  summary.set_division_code(head.key.submission.division_code);
  summary.set_fiscal_year(head.key.submission.fiscal_year);
  summary.set_kind(head.key.submission.kind);
  summary.set_page_path(PagePath(head.key));
  if (head.summary.claimed_milli) summary.set_claimed_milli(*head.summary.claimed_milli);
  if (head.summary.supported_low_milli) summary.set_supported_low_milli(*head.summary.supported_low_milli);
  if (head.summary.supported_high_milli) summary.set_supported_high_milli(*head.summary.supported_high_milli);
}

}  // namespace

PublishService::PublishService(Publisher* publisher, DisclosureStore* store, PublishMetrics* metrics,
                               CallRunner* runner, OnPublished on_published)
    : publisher_(publisher),
      store_(store),
      metrics_(metrics),
      runner_(runner),
      on_published_(std::move(on_published)) {}

absl::StatusOr<v1::PublishReportResponse> PublishService::Publish(const std::string& request_bytes,
                                                                  const std::string& trace_id) {
  JIXIAO_ASSIGN_OR_RETURN(ParsedRequest parsed, ReadRequest(request_bytes));
  JIXIAO_ASSIGN_OR_RETURN(const Published published,
                          publisher_->Publish(std::move(parsed.publication), parsed.request_digest));
  const DisclosureKey& key = published.head.key;
  if (published.is_new) {
    metrics_->CountPublished(published.redactions, published.head.publish_time);
    LogInfo("report_published", {{"name", FormatDisclosureName(key)},
                                 {"redactions", static_cast<int64_t>(published.redactions.size())},
                                 {"trace_id", trace_id}});
    on_published_(published);
  } else {
    metrics_->CountRepeated();
  }
  v1::PublishReportResponse response;
  response.set_name(FormatDisclosureName(key));
  response.set_page_path(PagePath(key));
  return response;
}

grpc::ServerUnaryReactor* PublishService::PublishReport(grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return runner_->Run(context, "PublishReport", [this, request, response](const Call& call) -> absl::Status {
    const auto published = Publish(ToBytes(*request), call.trace_id);
    if (!published.ok()) {
      metrics_->CountRefused(published.status());
      return published.status();
    }
    *response = ToByteBuffer(published->SerializeAsString());
    return absl::OkStatus();
  });
}

absl::Status PublishService::Withdraw(const v1::WithdrawDisclosureRequest& request) {
  JIXIAO_RETURN_IF_ERROR(CheckWire(request.SerializeAsString(), *request.GetDescriptor(), ""));
  JIXIAO_ASSIGN_OR_RETURN(const DisclosureKey key, ParseVersionName(request.name(), "name", kDisclosures));
  const int64_t characters = CodePointCount(Trim(request.reason()));
  if (characters < 1 || characters > kMaxReasonChars) {
    return InvalidFields({{"reason", "请填写撤回原因，1 至 2000 字；撤回原因将在页面上公开"}});
  }
  JIXIAO_RETURN_IF_ERROR(publisher_->Withdraw(key, request.reason()));
  metrics_->CountWithdrawn();
  LogInfo("report_withdrawn", {{"name", FormatDisclosureName(key)}});
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* PublishService::WithdrawDisclosure(grpc::CallbackServerContext* context,
                                                             const v1::WithdrawDisclosureRequest* request,
                                                             v1::WithdrawDisclosureResponse* /*response*/) {
  return runner_->Run(context, "WithdrawDisclosure", [this, request](const Call&) { return Withdraw(*request); });
}

grpc::ServerUnaryReactor* PublishService::GetDisclosure(grpc::CallbackServerContext* context,
                                                        const v1::GetDisclosureRequest* request,
                                                        v1::GetDisclosureResponse* response) {
  return runner_->Run(context, "GetDisclosure", [this, request, response](const Call&) -> absl::Status {
    JIXIAO_RETURN_IF_ERROR(CheckWire(request->SerializeAsString(), *request->GetDescriptor(), ""));
    JIXIAO_ASSIGN_OR_RETURN(const DisclosureKey key, ParseVersionName(request->name(), "name", kDisclosures));
    JIXIAO_ASSIGN_OR_RETURN(*response->mutable_disclosure(), publisher_->Get(key));
    return absl::OkStatus();
  });
}

absl::Status PublishService::List(const v1::ListDisclosuresRequest& request, v1::ListDisclosuresResponse& response) {
  JIXIAO_RETURN_IF_ERROR(CheckWire(request.SerializeAsString(), *request.GetDescriptor(), ""));
  ListFilter filter;
  if (request.has_fiscal_year()) filter.fiscal_year = request.fiscal_year();
  if (request.has_division_code() && !IsDivisionCode(request.division_code())) {
    return BadDivisionCode();
  }
  JIXIAO_ASSIGN_OR_RETURN(filter.limit, PageSize(request.page_size(), filter.limit, 500));
  if (request.has_division_code()) filter.division_prefix = DivisionPrefix(request.division_code());
  const std::string filter_text = fmt::format("{}|{}", filter.fiscal_year.value_or(0), filter.division_prefix);
  JIXIAO_ASSIGN_OR_RETURN(filter.after, ReadPageToken(request.page_token(), filter_text));
  DisclosurePage page;
  JIXIAO_RETURN_IF_ERROR(store_->Read([&](DisclosureReads& reads) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(page, reads.List(filter));
    return absl::OkStatus();
  }));
  for (const DisclosureHead& head : page.heads) Fill(head, *response.add_disclosures());
  if (!page.next.empty()) response.set_next_page_token(MakePageToken(filter_text, page.next));
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* PublishService::ListDisclosures(grpc::CallbackServerContext* context,
                                                          const v1::ListDisclosuresRequest* request,
                                                          v1::ListDisclosuresResponse* response) {
  return runner_->Run(context, "ListDisclosures",
                      [this, request, response](const Call&) { return List(*request, *response); });
}

}  // namespace jixiao::publish
