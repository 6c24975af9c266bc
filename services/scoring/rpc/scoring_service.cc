#include "scoring/rpc/scoring_service.h"

#include <fmt/format.h>
#include <google/protobuf/arena.h>

#include <utility>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/rpc/raw_message.h"
#include "scoring/core/assessment/work_assessment.h"
#include "scoring/core/score_report.h"
#include "scoring/core/verify/verify_card.h"

namespace jixiao::scoring {
namespace {

using report::v1::Report;

constexpr int kDefaultPageSize = 50;
constexpr int kMaxPageSize = 200;

// Parses bytes that have passed the wire check.
template <typename Message>
absl::Status Parse(std::string_view bytes, std::string_view field, Message& message) {
  if (message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return absl::OkStatus();
  return InvalidFields({{std::string(field), "报文已损坏，无法读取"}});
}

// One block for most reports; a report grows some tenfold when parsed.
google::protobuf::ArenaOptions BlocksOfReport() {
  google::protobuf::ArenaOptions options;
  options.start_block_size = 128 << 10;
  return options;
}

// The card of the report in `parts`, both on `arena`.
absl::StatusOr<const v1::ScoreCard*> CardOf(const RequestParts& parts, const LoadedRuleSet& rule_set,
                                            google::protobuf::Arena& arena) {
  auto* const report = google::protobuf::Arena::CreateMessage<Report>(&arena);
  JIXIAO_RETURN_IF_ERROR(Parse(parts.report, "report", *report));
  v1::ScoringContext context;
  JIXIAO_RETURN_IF_ERROR(Parse(parts.context, "context", context));
  JIXIAO_RETURN_IF_ERROR(CheckContext(context, rule_set.rule_set));
  auto* const card = google::protobuf::Arena::CreateMessage<v1::ScoreCard>(&arena);
  ScoreReport(*report, parts.report_digest, rule_set, context, *card);
  return card;
}

// Bytes of a card with points only.
absl::StatusOr<std::string> PointsOf(const RequestParts& parts, const LoadedRuleSet& rule_set) {
  google::protobuf::Arena arena(BlocksOfReport());
  auto* const report = google::protobuf::Arena::CreateMessage<Report>(&arena);
  JIXIAO_RETURN_IF_ERROR(Parse(parts.report, "report", *report));
  auto* const card = google::protobuf::Arena::CreateMessage<v1::ScoreCard>(&arena);
  ScorePoints(*report, parts.report_digest, rule_set, *card);
  return ScoreCardBytes(*card);
}

absl::StatusOr<bool> WantsPointsOnly(std::string_view request_bytes) {
  JIXIAO_ASSIGN_OR_RETURN(const std::string view,
                          KeepFields(request_bytes, {v1::ScoreReportRequest::kViewFieldNumber}));
  v1::ScoreReportRequest request;
  JIXIAO_RETURN_IF_ERROR(Parse(view, "view", request));
  return request.view() == v1::SCORE_VIEW_POINTS;
}

absl::Status NotLoaded(std::string_view pinned, const Difference& what) {
  return MakeError(absl::StatusCode::kFailedPrecondition, "PINNED_VERSION_NOT_LOADED",
                   fmt::format("评分卡依据的{}为 {}，本服务加载的是 {}；请用当时的版本核验", pinned, what.stored,
                               what.derived.empty() ? "（没有）" : what.derived));
}

v1::VerifyScoreResponse ToResponse(const VerifiedCard& verified) {
  v1::VerifyScoreResponse response;
  response.set_is_identical(verified.verification == Verification::kIdentical);
  if (response.is_identical()) return response;
  if (verified.verification == Verification::kOtherBytes) {
    response.set_difference("the same values in other bytes: the stored card was serialized again");
    return response;
  }
  const Difference& difference = verified.difference;
  response.set_difference(
      fmt::format("{}: stored \"{}\", derived \"{}\"", difference.path, difference.stored, difference.derived));
  response.set_path(difference.path);
  if (!difference.stored.empty()) response.set_stored(difference.stored);
  if (!difference.derived.empty()) response.set_derived(difference.derived);
  return response;
}

}  // namespace

ScoringService::ScoringService(const RuleSets& rule_sets, ScoreMemo& memo, ScoringMetrics& metrics, CallRunner& runner)
    : rule_sets_(rule_sets), memo_(memo), metrics_(metrics), runner_(runner) {}

grpc::ServerUnaryReactor* ScoringService::ScoreReport(grpc::CallbackServerContext* context,
                                                      const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return runner_.Run(context, "ScoreReport", [this, request, response](const Call&) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(const std::string card, Score(ToBytes(*request)));
    std::string answer;
    answer.reserve(card.size() + 16);
    AppendField(v1::ScoreReportResponse::kScoreCardFieldNumber, card, answer);
    *response = ToByteBuffer(std::move(answer));
    return absl::OkStatus();
  });
}

absl::StatusOr<std::string> ScoringService::Score(const std::string& request_bytes) {
  const auto parts = ReadRequest(request_bytes, *v1::ScoreReportRequest::descriptor());
  if (!parts.ok()) {
    metrics_.CountInvalid();
    return parts.status();
  }
  const auto rule_set = RuleSetFor(*parts);
  if (!rule_set.ok()) {
    metrics_.CountNoRuleSet();
    return rule_set.status();
  }
  JIXIAO_ASSIGN_OR_RETURN(const bool points_only, WantsPointsOnly(request_bytes));
  if (points_only) return PointsOf(*parts, **rule_set);
  const ScoreKey key{parts->report_digest, (*rule_set)->digest, ContentDigest(parts->context)};
  if (auto card = memo_.Find(key)) {
    metrics_.CountRemembered();
    return *std::move(card);
  }
  JIXIAO_ASSIGN_OR_RETURN(std::string card, ScoreAnew(*parts, **rule_set));
  memo_.Keep(key, card);
  return card;
}

absl::StatusOr<std::string> ScoringService::ScoreAnew(const RequestParts& parts, const LoadedRuleSet& rule_set) {
  google::protobuf::Arena arena(BlocksOfReport());
  JIXIAO_ASSIGN_OR_RETURN(const v1::ScoreCard* card, CardOf(parts, rule_set, arena));
  metrics_.CountScored(*card);
  return ScoreCardBytes(*card);
}

absl::StatusOr<const LoadedRuleSet*> ScoringService::RuleSetFor(const RequestParts& parts) const {
  if (!parts.second.empty()) return rule_sets_.Find(parts.second);
  JIXIAO_ASSIGN_OR_RETURN(const auto header, ReadHeader(parts.report));
  return rule_sets_.FindFor(header);
}

grpc::ServerUnaryReactor* ScoringService::GetRuleSet(grpc::CallbackServerContext* context,
                                                     const v1::GetRuleSetRequest* request,
                                                     v1::GetRuleSetResponse* response) {
  return runner_.Run(context, "GetRuleSet", [=, this](const Call&) { return Get(*request, *response); });
}

absl::Status ScoringService::Get(const v1::GetRuleSetRequest& request, v1::GetRuleSetResponse& response) const {
  JIXIAO_ASSIGN_OR_RETURN(const LoadedRuleSet* loaded, rule_sets_.Find(request.name()));
  *response.mutable_rule_set() = loaded->rule_set;
  response.set_digest(loaded->digest);
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* ScoringService::ListRuleSets(grpc::CallbackServerContext* context,
                                                       const v1::ListRuleSetsRequest* request,
                                                       v1::ListRuleSetsResponse* response) {
  return runner_.Run(context, "ListRuleSets", [=, this](const Call&) { return List(*request, *response); });
}

absl::Status ScoringService::List(const v1::ListRuleSetsRequest& request, v1::ListRuleSetsResponse& response) const {
  if (request.page_size() < 0) return InvalidFields({{"page_size", "每页条数不能为负数"}});
  const int wanted = request.page_size() == 0 ? kDefaultPageSize : std::min(request.page_size(), kMaxPageSize);
  // The token is the last name of the page before: valid for ever.
  for (const LoadedRuleSet& loaded : rule_sets_.all()) {
    if (loaded.rule_set.name() <= request.page_token()) continue;
    if (response.rule_sets_size() == wanted) {
      response.set_next_page_token(response.rule_sets(wanted - 1).name());
      break;
    }
    auto* summary = response.add_rule_sets();
    summary->set_name(loaded.rule_set.name());
    summary->set_title(loaded.rule_set.title());
    *summary->mutable_applies_to() = loaded.rule_set.applies_to();
    summary->set_digest(loaded.digest);
  }
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* ScoringService::VerifyScore(grpc::CallbackServerContext* context,
                                                      const grpc::ByteBuffer* request, grpc::ByteBuffer* response) {
  return runner_.Run(context, "VerifyScore", [this, request, response](const Call&) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(const v1::VerifyScoreResponse answer, Verify(ToBytes(*request)));
    *response = ToByteBuffer(answer.SerializeAsString());
    return absl::OkStatus();
  });
}

absl::StatusOr<v1::VerifyScoreResponse> ScoringService::Verify(const std::string& request_bytes) const {
  JIXIAO_ASSIGN_OR_RETURN(const RequestParts parts, ReadRequest(request_bytes, *v1::VerifyScoreRequest::descriptor()));
  JIXIAO_ASSIGN_OR_RETURN(const VerifiedCard verified,
                          VerifyCard(parts.report, parts.second, parts.context, rule_sets_));
  switch (verified.verification) {
    case Verification::kRuleSetNotLoaded: return NotLoaded("评分规则", verified.difference);
    case Verification::kOtherEngine: return NotLoaded("评分引擎版本", verified.difference);
    default: return ToResponse(verified);
  }
}

}  // namespace jixiao::scoring
