#include "commands/check/kit.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "conformance/published_rules.h"
#include "conformance/run.h"
#include "google/protobuf/util/json_util.h"
#include "jixiao/scoring/v1/scoring_service.pb.h"
#include "scoring/adapters/load_rule_sets.h"

namespace jixiao::cli {
namespace {

namespace fs = std::filesystem;

constexpr char kReadMe[] = R"(# 检查工具测试集

由 `jixiao kit export` 生成。同一种子、同一版本、同一套评分规则，生成的文件逐字节相同。

| 文件 | 内容 |
| --- | --- |
| `reports/编号.pb` | 报告，二进制 protobuf（`jixiao.report.v1.Report`） |
| `reports/编号.json` | 同一份报告的 JSON |
| `labels.json` | 每份报告放了什么错误、在哪几格、原来是什么（`jixiao.conformance.v1.Labels`） |
| `rules.json` | 检查规则的编号、程度、依据、怎么改（`jixiao.conformance.v1.PublishedRules`） |

怎么用：

1. 用自己的工具检查 `reports/` 中的每份报告，不要让工具读到 `labels.json`。
2. 把结果写成一个 JSON 文件（`jixiao.conformance.v1.Answers`），例如：

   ```json
   {"reports": [{"reportId": "0123456789", "findings": [{
     "id": "1", "ruleId": "EXEC_RATE", "severity": "SEVERITY_BLOCKS",
     "places": [{"label": "执行率", "part": "PART_EVALUATION_TABLE", "partIndex": 0, "rowIndex": 2, "columnIndex": 6}],
     "suggestions": [{"cause": "CAUSE_MISCALCULATED", "changes": [{
       "address": {"label": "执行率", "part": "PART_EVALUATION_TABLE", "partIndex": 0, "rowIndex": 2, "columnIndex": 6},
       "from": "92.61%", "to": "94.47%"}]}]}]}]}
   ```

   没有发现问题的报告可以不写。位置用报告中每格自带的 `address`；正文里的数用 `partIndex`（第几部分）、`rowIndex`
   （第几段）、`startChar`（从第几个字起），都从 0 数起。
3. 运行 `jixiao kit grade 本文件夹 结果.json`，得到查出率、原因居首、格子正确和误报率。

怎么算：

- 查出：`labels.json` 中该错误的规则之一，指到了列出的位置之一。
- 原因居首：一条不从属于其他问题的发现，第一条建议的原因正确，并且指到了改动的格子。
- 格子正确：这条建议改的正是那几格，改成的正是原来的数；注明 `consequences` 的格子可写可不写；没有 `to` 的格子，报告中已无处可查。
- 两可（`isUndecidable`）：报告中没有第三处可以佐证，如实写明两处不同，或把几种可能并列，都算正确。
- 误报：没有放错误的报告，有“严重”或“一般”的发现。

报告中的单位、人员、数字都是生成的；行政区划名称是真实的。
)";

absl::Status WriteFile(const fs::path& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary);
  out << bytes;
  out.flush();
  if (out) return absl::OkStatus();
  return MakeError(absl::StatusCode::kPermissionDenied, "FILE_UNWRITABLE",
                   fmt::format("写不了文件 {}，请检查文件夹权限和剩余空间", path.string()));
}

template <typename Message>
absl::StatusOr<Message> ReadJson(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) {
    return MakeError(absl::StatusCode::kNotFound, "FILE_UNREADABLE",
                     fmt::format("读不了文件 {}，请检查路径", path.string()));
  }
  Message message;
  const auto status = google::protobuf::util::JsonStringToMessage(text.str(), &message);
  if (status.ok()) return message;
  return MakeError(absl::StatusCode::kInvalidArgument, "BAD_JSON",
                   fmt::format("{} 不是 {} 的 JSON：{}", path.string(), Message::descriptor()->full_name(),
                               std::string(status.message())));
}

// Labels without the order in which they were made: an id must not tell the
// kind of a mistake.
std::string ReportId(uint64_t seed, uint64_t number) {
  constexpr uint64_t kFortyBits = (uint64_t{1} << 40) - 1;
  return fmt::format("{:010x}", conformance::SeedFor(seed ^ 0x1D5, number) & kFortyBits);
}

absl::Status ExportTo(const KitArguments& arguments, const std::vector<conformance::Profile>& profiles,
                      conformance::v1::Labels& labels) {
  const fs::path reports = fs::path(arguments.folder) / "reports";
  labels.set_seed(arguments.seed);
  const auto write = [&](const conformance::Case& made) -> absl::Status {
    conformance::v1::ReportLabel& label = *labels.add_reports();
    label = made.label;
    label.set_report_id(ReportId(arguments.seed, static_cast<uint64_t>(labels.reports_size())));
    JIXIAO_RETURN_IF_ERROR(WriteFile(reports / (label.report_id() + ".pb"), made.report.SerializeAsString()));
    return WriteFile(reports / (label.report_id() + ".json"), ToJson(made.report) + "\n");
  };
  JIXIAO_RETURN_IF_ERROR(conformance::MakeCases(profiles, {arguments.seed, arguments.count, 0}, write, nullptr));
  std::sort(labels.mutable_reports()->begin(), labels.mutable_reports()->end(),
            [](const auto& a, const auto& b) { return a.report_id() < b.report_id(); });
  JIXIAO_RETURN_IF_ERROR(WriteFile(fs::path(arguments.folder) / "labels.json", ToJson(labels) + "\n"));
  return WriteFile(fs::path(arguments.folder) / "README.md", kReadMe);
}

conformance::Checker CheckByService(ServiceClient& client) {
  return [&client](const report::v1::Report& report,
                   const scoring::LoadedRuleSet& rule_set) -> absl::StatusOr<conformance::Findings> {
    scoring::v1::ScoreReportRequest request;
    *request.mutable_report() = report;
    request.set_rule_set(rule_set.rule_set.name());
    JIXIAO_ASSIGN_OR_RETURN(const std::string bytes,
                            client.AskRaw(kScoring + "ScoreReport", request.SerializeAsString()));
    scoring::v1::ScoreReportResponse response;
    if (!response.ParseFromString(bytes)) return absl::DataLossError("cannot parse the answer to ScoreReport");
    return std::move(*response.mutable_score_card()->mutable_findings());
  };
}

int PrintAndJudge(const conformance::Results& results, const Output& output) {
  const conformance::Aims aims;
  output.Write(conformance::PrintResults(results, aims));
  return conformance::MissedAims(results, aims).empty() ? kExitOk : kExitBlocked;
}

}  // namespace

int RunKitRun(const KitArguments& arguments, ServiceClient* client, const Output& output) {
  const auto rule_sets = scoring::LoadRuleSets(arguments.rule_sets_folder);
  if (!rule_sets.ok()) {
    output.WriteFailure(arguments.rule_sets_folder, rule_sets.status());
    return kExitBadInput;
  }
  const auto profiles = conformance::ProfilesOf(*rule_sets);
  const conformance::Checker checker =
      client == nullptr ? conformance::Checker(conformance::CheckByEngine) : CheckByService(*client);
  const auto results =
      conformance::Run(profiles, {arguments.seed, arguments.count, arguments.misses_per_kind}, checker);
  if (!results.ok()) {
    output.WriteFailure("kit", results.status());
    return kExitRefused;
  }
  return PrintAndJudge(*results, output);
}

int RunKitExport(const KitArguments& arguments, const Output& output) {
  const auto rule_sets = scoring::LoadRuleSets(arguments.rule_sets_folder);
  const auto catalogue = scoring::LoadRuleCatalogue(arguments.rule_sets_folder);
  for (const absl::Status& status : {rule_sets.status(), catalogue.status()}) {
    if (status.ok()) continue;
    output.WriteFailure(arguments.rule_sets_folder, status);
    return kExitBadInput;
  }
  std::error_code error;
  fs::create_directories(fs::path(arguments.folder) / "reports", error);
  conformance::v1::Labels labels;
  absl::Status status = ExportTo(arguments, conformance::ProfilesOf(*rule_sets), labels);
  if (status.ok()) {
    const auto rules = conformance::PublishRules(*catalogue, *rule_sets);
    status = WriteFile(fs::path(arguments.folder) / "rules.json", ToJson(rules) + "\n");
  }
  if (!status.ok()) {
    output.WriteFailure(arguments.folder, status);
    return kExitBadInput;
  }
  output.Write(fmt::format("{} 份报告写入 {}，说明见其中的 README.md\n", labels.reports_size(), arguments.folder));
  return kExitOk;
}

int RunKitGrade(const KitArguments& arguments, const Output& output) {
  const auto labels = ReadJson<conformance::v1::Labels>(fs::path(arguments.folder) / "labels.json");
  const auto answers = ReadJson<conformance::v1::Answers>(arguments.answers);
  for (const absl::Status& status : {labels.status(), answers.status()}) {
    if (status.ok()) continue;
    output.WriteFailure(arguments.folder, status);
    return kExitBadInput;
  }
  return PrintAndJudge(conformance::Grade(*labels, *answers), output);
}

}  // namespace jixiao::cli
