// Lines of a roster import, each knowing where it stands in what was sent, so
// that a problem can be named by line and column.
#ifndef JIXIAO_INTAKE_CORE_SEASON_ROSTER_LINES_H_
#define JIXIAO_INTAKE_CORE_SEASON_ROSTER_LINES_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/errors.h"
#include "intake/core/submission/season_name.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::intake {

enum class RosterColumn {
  kDivision,
  kUnit,
  kName,
  kSupervisingUnit,
  kFirstYear,
  kLastYear,
  kDepartmentReport,
  kProjects,
};

struct RosterLine {
  UnitKey key;          // as given, perhaps malformed
  v1::RosterUnit unit;  // years that could not be read are negative
  int index = 0;        // among the units of the request or the rows of the table
  int line = 0;         // of the table; 0 if the line is a unit of the request
};

// `区划代码`.
const char* HeadingOf(RosterColumn column);

// `第 12 行“区划代码”`, or `units[3].name` without a table.
std::string PlaceOf(const RosterLine& line, RosterColumn column);

// `第 12 行`, or `units[3]`; to refer to one line in the problem of another.
std::string PlaceOf(const RosterLine& line);

// Problems in any order; given out by line, at most 100.
class RosterProblems {
 public:
  void Add(const RosterLine& line, RosterColumn column, std::string description);
  void Add(const RosterLine& line, std::string description);
  absl::Status ToStatus() const;

 private:
  std::vector<std::pair<int, FieldViolation>> list_;
};

// A table with the headings of the contract, in any order.
struct RosterTable {
  std::vector<RosterLine> lines;
  std::vector<std::string> ignored_headings;  // those that mean nothing here
};

// INVALID_ARGUMENT if `csv_bytes` cannot be read as such a table. What cells hold
// is checked later, but for what a RosterLine cannot hold: that goes to
// `problems`.
absl::StatusOr<RosterTable> ReadRosterTable(std::string_view csv_bytes, RosterProblems& problems);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SEASON_ROSTER_LINES_H_
