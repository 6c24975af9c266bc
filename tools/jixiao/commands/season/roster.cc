#include "commands/season/roster.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "commands/read_file.h"
#include "jixiao/intake/v1/season.pb.h"
#include "jixiao/intake/v1/submission.pb.h"
#include "print/season.h"

namespace jixiao::cli {
namespace {

namespace v1 = intake::v1;

std::string PrintImported(const v1::ImportRosterResponse& response, bool is_preview) {
  std::string out =
      is_preview
          ? fmt::format("可以导入 {} 条，其中新增 {} 条；尚未写入。\n", response.written_count(), response.new_count())
          : fmt::format("已导入 {} 条，其中新增 {} 条。\n", response.written_count(), response.new_count());
  std::string headings;
  for (const std::string& heading : response.ignored_headings()) headings += fmt::format("“{}”", SafeText(heading));
  if (!headings.empty()) out += fmt::format("没有读取这些列：{}\n", headings);
  return out;
}

}  // namespace

int RunRosterImport(const RosterImportArguments& arguments, ServiceClient& client, const Output& output) {
  absl::StatusOr<std::string> csv = ReadFile(arguments.file);
  if (!csv.ok()) {
    output.WriteFailure(arguments.file, csv.status());
    return kExitBadInput;
  }
  v1::ImportRosterRequest request;
  request.set_csv(*std::move(csv));
  request.set_preview(arguments.is_preview);
  request.set_request_id(arguments.request_id.empty() ? NewRequestId() : arguments.request_id);
  const auto response = client.Ask<v1::ImportRosterResponse>("ImportRoster", request);
  if (!response.ok()) {
    output.WriteFailure(arguments.file, response.status());
    return kExitRefused;
  }
  if (output.as_json()) {
    output.WriteJson(*response);
  } else {
    output.Write(PrintImported(*response, arguments.is_preview));
  }
  return kExitOk;
}

int RunRosterList(const RosterListArguments& arguments, ServiceClient& client, const Output& output) {
  v1::ListRosterUnitsRequest request;
  request.set_division_code(arguments.division_code);
  if (arguments.fiscal_year.has_value()) request.set_fiscal_year(*arguments.fiscal_year);
  request.set_page_size(500);
  std::vector<v1::RosterUnit> units;
  do {
    auto response = client.Ask<v1::ListRosterUnitsResponse>("ListRosterUnits", request);
    if (!response.ok()) {
      output.WriteFailure(arguments.division_code, response.status());
      return kExitRefused;
    }
    for (v1::RosterUnit& unit : *response->mutable_units()) {
      if (output.as_json()) {
        output.WriteJson(unit);
      } else {
        units.push_back(std::move(unit));
      }
    }
    request.set_page_token(response->next_page_token());
  } while (!request.page_token().empty());
  if (output.as_json()) return kExitOk;
  output.Write(units.empty() ? std::string("名录中没有单位。\n") : PrintRosterUnits(units, output.style()));
  return kExitOk;
}

}  // namespace jixiao::cli
