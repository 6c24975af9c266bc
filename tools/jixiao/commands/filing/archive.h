// `jixiao get`: reports and score cards as they are stored, byte for byte.
#ifndef JIXIAO_COMMANDS_FILING_ARCHIVE_H_
#define JIXIAO_COMMANDS_FILING_ARCHIVE_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "client/service_client.h"
#include "commands/output.h"

namespace jixiao::cli {

// One version as stored.
struct StoredVersion {
  std::string name;        // `submissions/{submission}/versions/{n}`
  std::string report;      // jixiao.report.v1.Report
  std::string score_card;  // jixiao.scoring.v1.ScoreCard; empty before it is scored
};

struct GetArguments {
  std::string name;
  std::optional<int> version;  // absent: the current one
  std::string report_file;     // empty: not wanted
  std::string card_file;       // empty: not wanted
};

// `submissions/{submission}/versions/{n}`; the current version if none is named.
absl::StatusOr<std::string> VersionName(const std::string& submission, std::optional<int> version,
                                        ServiceClient& client);

absl::StatusOr<StoredVersion> GetStoredVersion(const std::string& submission, std::optional<int> version,
                                               ServiceClient& client);

// Writes the wanted files.
int RunGet(const GetArguments& arguments, ServiceClient& client, const Output& output);

}  // namespace jixiao::cli

#endif  // JIXIAO_COMMANDS_FILING_ARCHIVE_H_
