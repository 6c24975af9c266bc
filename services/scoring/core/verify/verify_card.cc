#include "scoring/core/verify/verify_card.h"

#include <utility>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/wire/wire_check.h"
#include "scoring/core/score_report.h"

namespace jixiao::scoring {
namespace {

template <typename Message>
absl::StatusOr<Message> Parse(std::string_view bytes, std::string_view field, const WireLimits& limits) {
  JIXIAO_RETURN_IF_ERROR(CheckWire(bytes, *Message::descriptor(), field, limits));
  Message message;
  if (message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return message;
  return InvalidFields({{std::string(field), "报文已损坏，无法读取"}});
}

// A card repeats texts of its rules in every finding, and so outgrows its report.
WireLimits CardLimits() {
  WireLimits limits;
  limits.max_bytes = 8 << 20;
  limits.max_fields = 400'000;
  limits.max_depth = 10;
  limits.max_repeated = 20'000;
  return limits;
}

VerifiedCard Pinned(Verification verification, std::string field, std::string pinned, std::string at_hand) {
  return {verification, {std::move(field), std::move(pinned), std::move(at_hand)}};
}

}  // namespace

absl::StatusOr<VerifiedCard> VerifyCard(std::string_view report_bytes, std::string_view card_bytes,
                                        std::string_view context_bytes, const RuleSets& rule_sets) {
  JIXIAO_ASSIGN_OR_RETURN(const auto report, Parse<report::v1::Report>(report_bytes, "report", WireLimits()));
  JIXIAO_ASSIGN_OR_RETURN(const auto stored, Parse<v1::ScoreCard>(card_bytes, "score_card", CardLimits()));
  JIXIAO_ASSIGN_OR_RETURN(const auto given, Parse<v1::ScoringContext>(context_bytes, "context", WireLimits()));

  const std::string digest = ContentDigest(report_bytes);
  if (stored.report_digest() != digest) {
    return Pinned(Verification::kOtherReport, "report_digest", stored.report_digest(), digest);
  }
  if (stored.engine_version() != kEngineVersion) {
    return Pinned(Verification::kOtherEngine, "engine_version", stored.engine_version(), std::string(kEngineVersion));
  }
  const auto rule_set = rule_sets.Find(stored.rule_set());
  if (!rule_set.ok()) return Pinned(Verification::kRuleSetNotLoaded, "rule_set", stored.rule_set(), "");
  if ((*rule_set)->digest != stored.rule_set_digest()) {
    return Pinned(Verification::kRuleSetNotLoaded, "rule_set_digest", stored.rule_set_digest(), (*rule_set)->digest);
  }
  const v1::ScoreCard derived =
      ScoreReport(report, digest, **rule_set, context_bytes.empty() ? stored.context() : given);
  if (ScoreCardBytes(derived) == card_bytes) return VerifiedCard();
  const auto difference = FirstDifference(stored, derived);
  if (!difference) return VerifiedCard{Verification::kOtherBytes, {}};
  return VerifiedCard{Verification::kDifferent, *difference};
}

}  // namespace jixiao::scoring
