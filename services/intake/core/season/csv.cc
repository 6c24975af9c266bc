#include "intake/core/season/csv.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/errors.h"
#include "common/base/text.h"

namespace jixiao::intake {
namespace {

class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : rest_(text) {}

  absl::StatusOr<std::vector<CsvRow>> Read() {
    while (!rest_.empty()) {
      CsvRow row;
      row.line = line_;
      do {
        absl::StatusOr<std::string> cell = rest_.starts_with('"') ? QuotedCell() : PlainCell();
        if (!cell.ok()) return cell.status();
        row.cells.push_back(*std::move(cell));
      } while (Take(','));
      TakeLineEnd();
      const bool is_blank =
          std::all_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return Trim(cell).empty(); });
      if (!is_blank) rows_.push_back(std::move(row));
    }
    return std::move(rows_);
  }

 private:
  bool Take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool TakeLineEnd() {
    const bool is_end = rest_.starts_with('\r') || rest_.starts_with('\n');
    if (!is_end) return false;
    rest_.remove_prefix(rest_.starts_with("\r\n") ? 2 : 1);
    ++line_;
    return true;
  }

  std::string PlainCell() {
    const size_t length = std::min(rest_.find_first_of(",\r\n"), rest_.size());
    std::string cell(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return cell;
  }

  absl::StatusOr<std::string> QuotedCell() {
    const int first_line = line_;
    rest_.remove_prefix(1);
    std::string cell;
    while (!rest_.empty()) {
      if (Take('"')) {
        if (Take('"')) {
          cell += '"';
          continue;
        }
        if (rest_.empty() || rest_.find_first_of(",\r\n") == 0) return cell;
        return Broken(line_, "双引号之后还有文字；单元格中的双引号应写两个（\"\"）");
      }
      const std::string_view before = rest_;
      if (TakeLineEnd()) {
        cell += '\n';
      } else {
        cell += before.front();
        rest_.remove_prefix(1);
      }
    }
    return Broken(first_line, "这一行的双引号没有配对");
  }

  static absl::Status Broken(int line, std::string description) {
    return InvalidFields({{fmt::format("第 {} 行", line), std::move(description)}});
  }

  std::string_view rest_;
  int line_ = 1;
  std::vector<CsvRow> rows_;
};

}  // namespace

absl::StatusOr<std::vector<CsvRow>> ParseCsv(std::string_view text) { return CsvReader(text).Read(); }

}  // namespace jixiao::intake
