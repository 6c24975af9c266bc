#include "intake/core/season/roster.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "common/domain/china_time.h"
#include "intake/core/audit/audit_chain.h"
#include "intake/core/submission/errors.h"

namespace jixiao::intake {
namespace {

constexpr int kMaxLines = 10'000;
constexpr int kMaxName = 200;
constexpr int kMaxProjects = 200;
constexpr std::string_view kAdded = " added ";

bool IsOpen(const v1::RosterUnit& unit) { return !unit.has_last_fiscal_year(); }

std::string SpanText(const v1::RosterUnit& unit) {
  return IsOpen(unit) ? fmt::format("{} 年度起", unit.first_fiscal_year())
                      : fmt::format("{} 至 {} 年度", unit.first_fiscal_year(), unit.last_fiscal_year());
}

// Six digits in three pairs, none set below an empty one: `430011` is no code.
bool IsWellFormedDivision(const std::string& code) {
  return IsDivisionCode(code) && !(code.substr(2, 2) == "00" && code.substr(4, 2) != "00");
}

// What can be said of a line by itself.
class LineCheck {
 public:
  LineCheck(const RosterLine& line, RosterProblems& problems) : line_(line), problems_(problems) {}

  void Run() {
    using C = RosterColumn;
    const v1::RosterUnit& unit = line_.unit;
    if (!IsWellFormedDivision(line_.key.division_code)) {
      Add(C::kDivision, fmt::format("“{}”不是行政区划代码；应为六位数字，省、市、县各两位，例如 430611",
                                    Shorten(line_.key.division_code, 20)));
    }
    if (!IsUnitCode(line_.key.unit_code)) {
      Add(C::kUnit,
          fmt::format("“{}”不是单位代码；应为 1 至 32 位字母、数字或短横线", Shorten(line_.key.unit_code, 40)));
    }
    const int64_t length = CodePointCount(unit.unit_name());
    if (length < 2 || length > kMaxName) Add(C::kName, "单位名称必填，应为 2 至 200 个字");
    CheckSupervisingUnit();
    CheckYears();
    CheckProjects();
  }

 private:
  void Add(RosterColumn column, std::string description) { problems_.Add(line_, column, std::move(description)); }

  void CheckSupervisingUnit() {
    const std::string& code = line_.unit.supervising_unit();
    if (!line_.unit.has_supervising_unit()) return;
    if (!IsUnitCode(code)) {
      Add(RosterColumn::kSupervisingUnit, fmt::format("“{}”不是单位代码；没有主管单位的不填", Shorten(code, 40)));
    } else if (code == line_.key.unit_code) {
      Add(RosterColumn::kSupervisingUnit, "主管单位不能是本单位；没有主管单位的不填");
    }
  }

  void CheckYears() {
    const v1::RosterUnit& unit = line_.unit;
    if (!IsFiscalYear(unit.first_fiscal_year())) {
      return Add(RosterColumn::kFirstYear, "起始年度必填，应为 2015 至 2100 的四位数字，例如 2024");
    }
    if (IsOpen(unit)) return;
    if (!IsFiscalYear(unit.last_fiscal_year())) {
      Add(RosterColumn::kLastYear, "截止年度应为 2015 至 2100 的四位数字；一直有效的不填");
    } else if (unit.last_fiscal_year() < unit.first_fiscal_year()) {
      Add(RosterColumn::kLastYear,
          fmt::format("截止年度 {} 早于起始年度 {}", unit.last_fiscal_year(), unit.first_fiscal_year()));
    }
  }

  void CheckProjects() {
    const auto& projects = line_.unit.expected_projects();
    if (projects.size() > kMaxProjects) Add(RosterColumn::kProjects, "项目过多，每个单位最多 200 个");
    std::set<std::string> codes;
    for (const std::string& project : projects) {
      const int64_t length = CodePointCount(project);
      if (length < 1 || length > kMaxName) {
        Add(RosterColumn::kProjects, "项目名称应为 1 至 200 个字；多个项目用顿号隔开，不要留空项");
      } else if (!codes.insert(ProjectCode(project)).second) {
        Add(RosterColumn::kProjects, fmt::format("项目“{}”写了两次", Shorten(project, 40)));
      }
    }
  }

  const RosterLine& line_;
  RosterProblems& problems_;
};

void CheckDuplicates(const std::vector<RosterLine>& lines, RosterProblems& problems) {
  std::map<std::pair<UnitKey, int>, const RosterLine*> seen;
  for (const RosterLine& line : lines) {
    const auto [at, is_new] = seen.emplace(std::pair(line.key, line.unit.first_fiscal_year()), &line);
    if (is_new) continue;
    problems.Add(line, RosterColumn::kUnit,
                 fmt::format("与{}重复：{} 单位 {} 同一起始年度只能有一条", PlaceOf(*at->second),
                             line.key.division_code, line.key.unit_code));
  }
}

// Empty if the lines have no province in common.
std::string ClosestDivision(const std::vector<RosterLine>& lines) {
  std::string common = lines.front().key.division_code;
  size_t same = common.size();
  for (const RosterLine& line : lines) {
    while (common.compare(0, same, line.key.division_code, 0, same) != 0) same -= 2;
  }
  if (same == 0) return "";
  common.resize(same);
  common.resize(6, '0');
  return common;
}

bool IsClean(const v1::RosterUnit& unit) {
  return IsCleanUtf8(unit.unit_name()) && IsCleanUtf8(unit.supervising_unit()) &&
         std::all_of(unit.expected_projects().begin(), unit.expected_projects().end(),
                     [](const std::string& project) { return IsCleanUtf8(project); });
}

absl::StatusOr<std::vector<RosterLine>> LinesOf(const v1::ImportRosterRequest& request) {
  std::vector<RosterLine> lines;
  std::vector<FieldViolation> problems;
  for (int i = 0; i < request.units_size(); ++i) {
    RosterLine& line = lines.emplace_back();
    line.index = i;
    line.unit = request.units(i);
    const auto key = ParseUnitName(line.unit.name(), fmt::format("units[{}].name", i));
    if (key.ok() && IsClean(line.unit)) {
      line.key = *key;
    } else if (key.ok()) {
      problems.push_back({fmt::format("units[{}]", i), "有不是 UTF-8 的文字"});
    } else {
      problems.push_back(
          {fmt::format("units[{}].name", i), ViolationsOf(key.status()).field_violations(0).description()});
    }
  }
  if (problems.empty()) return lines;
  problems.resize(std::min<size_t>(problems.size(), 100));
  return InvalidFields(problems);
}

// Entries of one unit as they would be: those kept and those of the import.
class UnitHistory {
 public:
  void Keep(const RosterEntry& entry) { entries_[entry.unit.first_fiscal_year()] = {entry, nullptr}; }

  // True if the entry is new.
  bool Put(const RosterLine& line) {
    Place& place = entries_[line.unit.first_fiscal_year()];
    const bool is_new = place.entry.unit.first_fiscal_year() == 0;
    place = {{line.key, line.unit}, &line};
    return is_new;
  }

  void CheckOverlaps(RosterProblems& problems) const {
    const Place* before = nullptr;
    for (const auto& [first_year, place] : entries_) {
      if (before != nullptr) CheckPair(*before, place, problems);
      before = &place;
    }
  }

 private:
  struct Place {
    RosterEntry entry;
    const RosterLine* line = nullptr;  // null: kept
  };

  static std::string TitleOf(const Place& place) {
    return place.line == nullptr ? fmt::format("名录中已有的一条（{}）", SpanText(place.entry.unit))
                                 : fmt::format("{}（{}）", PlaceOf(*place.line), SpanText(place.entry.unit));
  }

  static void CheckPair(const Place& earlier, const Place& later, RosterProblems& problems) {
    const v1::RosterUnit& unit = earlier.entry.unit;
    const int next = later.entry.unit.first_fiscal_year();
    if (!IsOpen(unit) && unit.last_fiscal_year() < next) return;
    const std::string advice = fmt::format("前一条的截止年度应不晚于 {}", next - 1);
    if (later.line != nullptr) {
      problems.Add(*later.line, RosterColumn::kFirstYear, fmt::format("与{}年度重叠；{}", TitleOf(earlier), advice));
    } else if (earlier.line != nullptr) {
      problems.Add(*earlier.line, RosterColumn::kLastYear, fmt::format("与{}年度重叠；{}", TitleOf(later), advice));
    }
  }

  std::map<int, Place> entries_;
};

class Importer {
 public:
  Importer(SubmissionTransaction& transaction, const RosterImport& import)
      : transaction_(transaction), import_(import) {}

  absl::StatusOr<RosterOutcome> Run() {
    outcome_.written = static_cast<int>(import_.lines.size());
    for (const RosterLine& line : import_.lines) units_[line.key].push_back(&line);
    for (const auto& [key, lines] : units_) JIXIAO_RETURN_IF_ERROR(CheckUnit(key, lines));
    for (const RosterLine& line : import_.lines) JIXIAO_RETURN_IF_ERROR(CheckSupervisingUnit(line));
    JIXIAO_RETURN_IF_ERROR(problems_.ToStatus());
    if (import_.is_preview) return outcome_;
    for (const RosterLine& line : import_.lines) {
      JIXIAO_RETURN_IF_ERROR(transaction_.PutRosterUnit({line.key, line.unit}));
    }
    return outcome_;
  }

 private:
  absl::Status CheckUnit(const UnitKey& key, const std::vector<const RosterLine*>& lines) {
    JIXIAO_ASSIGN_OR_RETURN(const std::vector<RosterEntry> kept, transaction_.RosterHistory(key));
    UnitHistory history;
    for (const RosterEntry& entry : kept) history.Keep(entry);
    for (const RosterLine* line : lines) outcome_.added += history.Put(*line) ? 1 : 0;
    history.CheckOverlaps(problems_);
    return absl::OkStatus();
  }

  absl::Status CheckSupervisingUnit(const RosterLine& line) {
    if (!line.unit.has_supervising_unit()) return absl::OkStatus();
    const UnitKey key{line.key.division_code, line.unit.supervising_unit()};
    if (units_.count(key) > 0 || known_.count(key) > 0) return absl::OkStatus();
    JIXIAO_ASSIGN_OR_RETURN(const std::vector<RosterEntry> kept, transaction_.RosterHistory(key));
    if (!kept.empty()) {
      known_.insert(key);
      return absl::OkStatus();
    }
    problems_.Add(
        line, RosterColumn::kSupervisingUnit,
        fmt::format("本区划（{}）没有代码为 {} 的单位；请核对，或把该单位一并列入", key.division_code, key.unit_code));
    return absl::OkStatus();
  }

  SubmissionTransaction& transaction_;
  const RosterImport& import_;
  std::map<UnitKey, std::vector<const RosterLine*>> units_;
  std::set<UnitKey> known_;  // supervising units found in the store
  RosterProblems problems_;
  RosterOutcome outcome_;
};

// One entry for the whole import. Entries of a roster hold for many years, so the
// chain is that of the year in which they were imported.
absl::Status AppendToAudit(SubmissionTransaction& transaction, const RosterImport& import) {
  v1::ImportRosterRequest stored;
  for (const RosterLine& line : import.lines) *stored.add_units() = line.unit;
  return AppendOperation(transaction, {.division_code = import.division_code,
                                       .fiscal_year = static_cast<int>(ChinaDay(import.time).year()),
                                       .action = "IMPORT_ROSTER",
                                       .resource = fmt::format("divisions/{}/units", import.division_code),
                                       .record_digest = RecordDigest(stored),
                                       .actor = import.actor,
                                       .request_id = import.request_id,
                                       .time = import.time});
}

// What a request id was answered with stands behind its fingerprint.
absl::StatusOr<RosterOutcome> Replay(const RosterImport& import, const OperationRecord& operation) {
  const std::string expected = import.fingerprint + std::string(kAdded);
  if (!operation.fingerprint.starts_with(expected)) return RequestIdReused(import.request_id);
  RosterOutcome outcome;
  outcome.written = static_cast<int>(import.lines.size());
  const std::string_view added = std::string_view(operation.fingerprint).substr(expected.size());
  std::from_chars(added.data(), added.data() + added.size(), outcome.added);
  return outcome;
}

}  // namespace

absl::StatusOr<RosterImport> ReadRosterImport(const v1::ImportRosterRequest& request) {
  if (!IsRequestId(request.request_id())) return BadRequestId();
  if (request.has_csv() == (request.units_size() > 0)) {
    return InvalidFields({{"units", "请提供单位名录：units 与 csv 二者填其一"}});
  }
  RosterProblems problems;
  RosterImport import;
  if (request.has_csv()) {
    JIXIAO_ASSIGN_OR_RETURN(RosterTable table, ReadRosterTable(request.csv(), problems));
    import.lines = std::move(table.lines);
    import.ignored_headings = std::move(table.ignored_headings);
  } else {
    JIXIAO_ASSIGN_OR_RETURN(import.lines, LinesOf(request));
  }
  if (import.lines.empty() || import.lines.size() > kMaxLines) {
    return InvalidFields({{request.has_csv() ? "csv" : "units",
                           fmt::format("一次可导入 1 至 {} 个单位，现有 {} 个", kMaxLines, import.lines.size())}});
  }
  std::string content;
  for (RosterLine& line : import.lines) {
    line.unit.set_unit_name(RemoveBlanks(line.unit.unit_name()));
    LineCheck(line, problems).Run();
    line.unit.set_name(FormatUnitName(line.key));
    content += line.unit.SerializeAsString();
  }
  CheckDuplicates(import.lines, problems);
  JIXIAO_RETURN_IF_ERROR(problems.ToStatus());
  import.division_code = ClosestDivision(import.lines);
  if (import.division_code.empty()) {
    return InvalidFields({{request.has_csv() ? "csv" : "units", "一次只能导入一个省的单位，请分省导入"}});
  }
  import.request_id = request.request_id();
  import.fingerprint = "roster:" + ContentDigest(content);
  import.is_preview = request.preview();
  return import;
}

absl::Status AuthorizeImport(const Subject& subject, const RosterImport& import) {
  for (const RosterLine& line : import.lines) {
    const absl::Status status =
        Authorize(subject, Permission::kManageRoster,
                  {line.key.division_code, line.key.unit_code, static_cast<int>(line.unit.first_fiscal_year())});
    if (status.ok()) continue;
    return MakeError(status.code(), ReasonOf(status),
                     fmt::format("{}（{}）：{}。一条都没有导入", PlaceOf(line, RosterColumn::kDivision),
                                 line.key.division_code, std::string(status.message())));
  }
  return absl::OkStatus();
}

absl::StatusOr<RosterOutcome> ImportRoster(SubmissionTransaction& transaction, const RosterImport& import) {
  JIXIAO_ASSIGN_OR_RETURN(const auto operation, transaction.FindOperation(import.division_code, import.request_id));
  if (operation.has_value() && !import.is_preview) return Replay(import, *operation);
  JIXIAO_ASSIGN_OR_RETURN(const RosterOutcome outcome, Importer(transaction, import).Run());
  if (import.is_preview) return outcome;
  JIXIAO_RETURN_IF_ERROR(AppendToAudit(transaction, import));
  JIXIAO_RETURN_IF_ERROR(transaction.InsertOperation(
      {import.division_code, import.request_id, fmt::format("{}{}{}", import.fingerprint, kAdded, outcome.added)}));
  return outcome;
}

}  // namespace jixiao::intake
