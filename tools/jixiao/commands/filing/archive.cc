#include "commands/filing/archive.h"

#include <fmt/format.h>

#include <utility>

#include "commands/read_file.h"
#include "commands/wait.h"
#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/rpc/raw_message.h"
#include "jixiao/intake/v1/lookup.pb.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::cli {
namespace {

using intake::v1::GetVersionResponse;

absl::StatusOr<std::string> PartOf(std::string_view answer, int number) {
  JIXIAO_ASSIGN_OR_RETURN(const auto part, FindField(answer, number));
  return std::string(part.value_or(""));
}

struct Wanted {
  const std::string& file;
  const std::string& bytes;
};

}  // namespace

absl::StatusOr<std::string> VersionName(const std::string& submission, std::optional<int> version,
                                        ServiceClient& client) {
  if (!version) {
    JIXIAO_ASSIGN_OR_RETURN(const intake::v1::Submission current, GetSubmission(client, submission));
    version = current.current_version();
  }
  return fmt::format("{}/versions/{}", submission, *version);
}

absl::StatusOr<StoredVersion> GetStoredVersion(const std::string& submission, std::optional<int> version,
                                               ServiceClient& client) {
  StoredVersion stored;
  JIXIAO_ASSIGN_OR_RETURN(stored.name, VersionName(submission, version, client));
  intake::v1::GetVersionRequest request;
  request.set_name(stored.name);
  JIXIAO_ASSIGN_OR_RETURN(const std::string answer, client.AskRaw(kIntake + "GetVersion", request.SerializeAsString()));
  JIXIAO_ASSIGN_OR_RETURN(stored.report, PartOf(answer, GetVersionResponse::kReportFieldNumber));
  JIXIAO_ASSIGN_OR_RETURN(stored.score_card, PartOf(answer, GetVersionResponse::kScoreCardFieldNumber));
  return stored;
}

int RunGet(const GetArguments& arguments, ServiceClient& client, const Output& output) {
  const auto stored = GetStoredVersion(arguments.name, arguments.version, client);
  if (!stored.ok()) {
    output.WriteFailure(arguments.name, stored.status());
    return kExitRefused;
  }
  if (!arguments.card_file.empty() && stored->score_card.empty()) {
    output.WriteFailure(stored->name, MakeError(absl::StatusCode::kNotFound, "NO_SCORE_CARD", "这一版还没有评分"));
    return kExitRefused;
  }
  for (const Wanted& wanted :
       {Wanted{arguments.report_file, stored->report}, Wanted{arguments.card_file, stored->score_card}}) {
    if (wanted.file.empty()) continue;
    if (const absl::Status status = WriteFile(wanted.file, wanted.bytes); !status.ok()) {
      output.WriteFailure(wanted.file, status);
      return kExitBadInput;
    }
    if (!output.as_json()) {
      output.Write(fmt::format("{}  {} 字节  {}\n", wanted.file, wanted.bytes.size(), ContentDigest(wanted.bytes)));
    }
  }
  if (output.as_json()) {
    output.Write(fmt::format("{{\"about\":{},\"reportDigest\":{},\"scoreCardDigest\":{}}}\n", JsonQuote(stored->name),
                             JsonQuote(ContentDigest(stored->report)), JsonQuote(ContentDigest(stored->score_card))));
  }
  return kExitOk;
}

}  // namespace jixiao::cli
