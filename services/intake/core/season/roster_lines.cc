#include "intake/core/season/roster_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "common/base/encoding.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "intake/core/season/csv.h"

namespace jixiao::intake {
namespace {

constexpr size_t kMaxProblems = 100;
constexpr int64_t kMaxCsvBytes = 1 << 20;
constexpr int kUnreadable = -1;

struct Heading {
  RosterColumn column;
  const char* heading;
  const char* field;
  bool is_required;
};

constexpr Heading kHeadings[] = {
    {RosterColumn::kDivision, "区划代码", "name", true},
    {RosterColumn::kUnit, "单位代码", "name", true},
    {RosterColumn::kName, "单位名称", "unit_name", true},
    {RosterColumn::kSupervisingUnit, "主管单位代码", "supervising_unit", false},
    {RosterColumn::kFirstYear, "起始年度", "first_fiscal_year", true},
    {RosterColumn::kLastYear, "截止年度", "last_fiscal_year", false},
    {RosterColumn::kDepartmentReport, "部门整体自评", "expects_department_report", false},
    {RosterColumn::kProjects, "项目名称", "expected_projects", false},
};

const Heading& Of(RosterColumn column) {
  return *std::find_if(std::begin(kHeadings), std::end(kHeadings),
                       [column](const Heading& each) { return each.column == column; });
}

// Positions of the columns in the table.
using Columns = std::map<RosterColumn, size_t>;

absl::StatusOr<Columns> ReadHeadings(const CsvRow& row, std::vector<std::string>& ignored) {
  Columns columns;
  std::vector<FieldViolation> problems;
  const std::string place = fmt::format("第 {} 行", row.line);
  for (size_t i = 0; i < row.cells.size(); ++i) {
    const std::string heading = RemoveBlanks(FoldWidth(row.cells[i]));
    const auto* known = std::find_if(std::begin(kHeadings), std::end(kHeadings),
                                     [&](const Heading& each) { return heading == each.heading; });
    if (known != std::end(kHeadings)) {
      if (!columns.emplace(known->column, i).second) {
        problems.push_back({place, fmt::format("表头“{}”出现了两次", heading)});
      }
    } else if (!heading.empty() && ignored.size() < kMaxProblems) {
      ignored.push_back(Shorten(heading, 40));
    }
  }
  for (const Heading& each : kHeadings) {
    if (!each.is_required || columns.count(each.column) > 0) continue;
    problems.push_back({place, fmt::format("缺少“{}”一列；表头应在第一行", each.heading)});
  }
  if (!problems.empty()) return InvalidFields(problems);
  return columns;
}

// `2024`, `2024年`, `２０２４年度`.
int ReadYear(std::string_view cell) {
  const std::string folded = RemoveBlanks(FoldWidth(cell));
  std::string_view digits = folded;
  for (const std::string_view suffix : {"度", "年"}) {
    if (digits.ends_with(suffix)) digits.remove_suffix(suffix.size());
  }
  int year = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), year);
  return error == std::errc() && end == digits.data() + digits.size() ? year : kUnreadable;
}

class RowReader {
 public:
  RowReader(const CsvRow& row, const Columns& columns, RosterProblems& problems)
      : row_(row), columns_(columns), problems_(problems) {}

  RosterLine Read(int index) {
    line_.line = row_.line;
    line_.index = index;
    line_.key = {FoldWidth(Cell(RosterColumn::kDivision)), FoldWidth(Cell(RosterColumn::kUnit))};
    v1::RosterUnit& unit = line_.unit;
    unit.set_unit_name(std::string(Cell(RosterColumn::kName)));
    if (const auto cell = Cell(RosterColumn::kSupervisingUnit); !cell.empty()) {
      unit.set_supervising_unit(FoldWidth(cell));
    }
    unit.set_first_fiscal_year(ReadYear(Cell(RosterColumn::kFirstYear)));
    if (const auto cell = Cell(RosterColumn::kLastYear); !cell.empty()) unit.set_last_fiscal_year(ReadYear(cell));
    ReadDepartmentReport();
    ReadProjects();
    return std::move(line_);
  }

 private:
  std::string_view Cell(RosterColumn column) const {
    const auto found = columns_.find(column);
    if (found == columns_.end() || found->second >= row_.cells.size()) return "";
    return Trim(row_.cells[found->second]);
  }

  void ReadDepartmentReport() {
    const std::string_view cell = Cell(RosterColumn::kDepartmentReport);
    if (cell.empty()) return;
    if (cell != "是" && cell != "否") {
      problems_.Add(line_, RosterColumn::kDepartmentReport,
                    fmt::format("应填“是”或“否”，不填为“是”；现为“{}”", Shorten(cell, 20)));
    }
    line_.unit.set_expects_department_report(cell != "否");
  }

  void ReadProjects() {
    std::string_view rest = Cell(RosterColumn::kProjects);
    constexpr std::string_view kSeparator = "、";
    while (!rest.empty()) {
      const size_t end = rest.find(kSeparator);
      line_.unit.add_expected_projects(std::string(Trim(rest.substr(0, end))));
      rest = end == std::string_view::npos ? "" : rest.substr(end + kSeparator.size());
    }
  }

  const CsvRow& row_;
  const Columns& columns_;
  RosterProblems& problems_;
  RosterLine line_;
};

bool HasMoreThan(const CsvRow& row, size_t count) {
  return std::any_of(row.cells.begin() + static_cast<ptrdiff_t>(std::min(count, row.cells.size())), row.cells.end(),
                     [](const std::string& cell) { return !Trim(cell).empty(); });
}

}  // namespace

const char* HeadingOf(RosterColumn column) { return Of(column).heading; }

std::string PlaceOf(const RosterLine& line, RosterColumn column) {
  return line.line > 0 ? fmt::format("第 {} 行“{}”", line.line, Of(column).heading)
                       : fmt::format("units[{}].{}", line.index, Of(column).field);
}

std::string PlaceOf(const RosterLine& line) {
  return line.line > 0 ? fmt::format("第 {} 行", line.line) : fmt::format("units[{}]", line.index);
}

void RosterProblems::Add(const RosterLine& line, RosterColumn column, std::string description) {
  list_.emplace_back(line.index, FieldViolation{PlaceOf(line, column), std::move(description)});
}

void RosterProblems::Add(const RosterLine& line, std::string description) {
  list_.emplace_back(line.index, FieldViolation{PlaceOf(line), std::move(description)});
}

absl::Status RosterProblems::ToStatus() const {
  if (list_.empty()) return absl::OkStatus();
  auto sorted = list_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<FieldViolation> violations;
  for (auto& [index, violation] : sorted) {
    if (violations.size() < kMaxProblems) violations.push_back(std::move(violation));
  }
  return InvalidFields(violations);
}

absl::StatusOr<RosterTable> ReadRosterTable(std::string_view csv_bytes, RosterProblems& problems) {
  if (static_cast<int64_t>(csv_bytes.size()) > kMaxCsvBytes) {
    return InvalidFields({{"csv", fmt::format("表格过大：{} 字节，上限 1 MiB；请分几次导入", csv_bytes.size())}});
  }
  absl::StatusOr<std::string> text = DecodeText(csv_bytes);
  if (!text.ok()) return InvalidFields({{"csv", std::string(text.status().message())}});
  JIXIAO_ASSIGN_OR_RETURN(const std::vector<CsvRow> rows, ParseCsv(*text));
  if (rows.empty()) return InvalidFields({{"csv", "表格是空的"}});
  RosterTable table;
  JIXIAO_ASSIGN_OR_RETURN(const Columns columns, ReadHeadings(rows.front(), table.ignored_headings));
  const size_t count = rows.front().cells.size();
  for (size_t i = 1; i < rows.size(); ++i) {
    table.lines.push_back(RowReader(rows[i], columns, problems).Read(static_cast<int>(i) - 1));
    if (!HasMoreThan(rows[i], count)) continue;
    problems.Add(table.lines.back(), fmt::format("有 {} 格，表头只有 {} 格；单元格中有逗号的，请用双引号括起",
                                                 rows[i].cells.size(), count));
  }
  return table;
}

}  // namespace jixiao::intake
