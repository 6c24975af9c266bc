#include "commands/check/verify_score.h"

#include <fmt/format.h>

#include <utility>

#include "commands/filing/archive.h"
#include "commands/read_file.h"
#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/rpc/raw_message.h"
#include "jixiao/scoring/v1/scoring_service.pb.h"
#include "print/terminal_text.h"
#include "scoring/adapters/load_rule_sets.h"
#include "scoring/core/verify/verify_card.h"

namespace jixiao::cli {
namespace {

using scoring::Verification;
using scoring::VerifiedCard;
using scoring::v1::VerifyScoreRequest;
using scoring::v1::VerifyScoreResponse;

struct Evidence {
  std::string about;
  std::string report;
  std::string card;
  std::string context;
};

struct Words {
  Verification verification;
  std::string_view token;
  std::string_view text;
};

constexpr Words kWords[] = {
    {Verification::kIdentical, "IDENTICAL", "核验一致：重新评分的结果与存档的评分卡逐字节相同。"},
    {Verification::kOtherBytes, "OTHER_BYTES", "内容一致，字节不同：评分卡存档后被其他程序重新写过。"},
    {Verification::kDifferent, "DIFFERENT", "核验不一致：重新评分的结果与存档的评分卡不同。"},
    {Verification::kOtherReport, "OTHER_REPORT", "核验不一致：评分卡评的不是这份报告。"},
    {Verification::kRuleSetNotLoaded, "RULE_SET_NOT_LOADED",
     "无法在此核验：没有评分卡依据的那一版评分规则。请用 --rulesets 指定当时的评分规则文件夹。"},
    {Verification::kOtherEngine, "OTHER_ENGINE", "无法在此核验：评分引擎版本不同。请用当时版本的 jixiao 核验。"},
};

const Words& WordsFor(Verification verification) {
  for (const Words& words : kWords) {
    if (words.verification == verification) return words;
  }
  return kWords[0];
}

int ExitCodeOf(Verification verification) {
  switch (verification) {
    case Verification::kIdentical: return kExitOk;
    case Verification::kRuleSetNotLoaded:
    case Verification::kOtherEngine: return kExitNotHere;
    default: return kExitBlocked;
  }
}

absl::StatusOr<Evidence> ReadFiles(const VerifyArguments& arguments) {
  Evidence evidence;
  evidence.about = arguments.card_file;
  JIXIAO_ASSIGN_OR_RETURN(evidence.report, ReadFile(arguments.report_file));
  JIXIAO_ASSIGN_OR_RETURN(evidence.card, ReadFile(arguments.card_file, kMaxCardBytes));
  return evidence;
}

absl::StatusOr<Evidence> AskIntake(const VerifyArguments& arguments, ServiceClient& intake) {
  JIXIAO_ASSIGN_OR_RETURN(StoredVersion stored, GetStoredVersion(arguments.name, arguments.version, intake));
  if (stored.score_card.empty()) {
    return MakeError(absl::StatusCode::kNotFound, "NO_SCORE_CARD", "这一版还没有评分");
  }
  return Evidence{std::move(stored.name), std::move(stored.report), std::move(stored.score_card), ""};
}

// By a scoring service, which may hold rule sets that are not here.
absl::StatusOr<VerifiedCard> AskScoring(const Evidence& evidence, ServiceClient& scoring) {
  std::string request;
  AppendField(VerifyScoreRequest::kReportFieldNumber, evidence.report, request);
  AppendField(VerifyScoreRequest::kScoreCardFieldNumber, evidence.card, request);
  if (!evidence.context.empty()) AppendField(VerifyScoreRequest::kContextFieldNumber, evidence.context, request);
  JIXIAO_ASSIGN_OR_RETURN(const std::string answer, scoring.AskRaw(kScoring + "VerifyScore", request));
  VerifyScoreResponse response;
  if (!response.ParseFromString(answer)) return absl::DataLossError("cannot parse the answer to VerifyScore");
  VerifiedCard verified;
  verified.difference = {response.path(), response.stored(), response.derived()};
  if (!response.is_identical()) {
    verified.verification = !response.has_path()                 ? Verification::kOtherBytes
                            : response.path() == "report_digest" ? Verification::kOtherReport
                                                                 : Verification::kDifferent;
  }
  return verified;
}

int Fail(int exit_code, const std::string& about, const absl::Status& status, const Output& output) {
  output.WriteFailure(about, status);
  return ReasonOf(status) == "PINNED_VERSION_NOT_LOADED" ? kExitNotHere : exit_code;
}

std::string Show(const std::string& value) { return value.empty() ? "（没有）" : CutToWidth(SafeText(value), 100); }

int Report(const std::string& about, const VerifiedCard& verified, const Output& output) {
  const Words& words = WordsFor(verified.verification);
  const scoring::Difference& difference = verified.difference;
  if (output.as_json()) {
    output.Write(fmt::format("{{\"about\":{},\"outcome\":{},\"path\":{},\"stored\":{},\"derived\":{}}}\n",
                             JsonQuote(about), JsonQuote(std::string(words.token)), JsonQuote(difference.path),
                             JsonQuote(difference.stored), JsonQuote(difference.derived)));
    return ExitCodeOf(verified.verification);
  }
  output.Write(fmt::format("{}\n{}\n", SafeText(about), words.text));
  if (!difference.path.empty()) {
    output.Write(fmt::format("  {}{}\n  评分卡：{}\n  此处：  {}\n",
                             verified.verification == Verification::kDifferent ? "首个不同之处：" : "",
                             SafeText(difference.path), Show(difference.stored), Show(difference.derived)));
  }
  return ExitCodeOf(verified.verification);
}

}  // namespace

int RunVerifyScore(const VerifyArguments& arguments, ServiceClient& intake, const Output& output) {
  const bool from_files = arguments.name.empty();
  auto evidence = from_files ? ReadFiles(arguments) : AskIntake(arguments, intake);
  if (!evidence.ok()) {
    return Fail(from_files ? kExitBadInput : kExitRefused,
                from_files ? arguments.report_file + " " + arguments.card_file : arguments.name, evidence.status(),
                output);
  }
  if (!arguments.context_file.empty()) {
    auto context = ReadFile(arguments.context_file);
    if (!context.ok()) return Fail(kExitBadInput, arguments.context_file, context.status(), output);
    evidence->context = *std::move(context);
  }
  if (!arguments.scoring_server.empty()) {
    // The token is for intake; scoring believes certificates.
    ServiceClient scoring(arguments.scoring_server, intake.timeout(), {.tls = intake.tls(), .token = {}});
    const auto verified = AskScoring(*evidence, scoring);
    if (!verified.ok()) return Fail(kExitRefused, evidence->about, verified.status(), output);
    return Report(evidence->about, *verified, output);
  }
  const auto rule_sets = scoring::LoadRuleSets(arguments.rule_sets_folder);
  if (!rule_sets.ok()) return Fail(kExitBadInput, arguments.rule_sets_folder, rule_sets.status(), output);
  const auto verified = VerifyCard(evidence->report, evidence->card, evidence->context, *rule_sets);
  if (!verified.ok()) return Fail(kExitBadInput, evidence->about, verified.status(), output);
  return Report(evidence->about, *verified, output);
}

}  // namespace jixiao::cli
