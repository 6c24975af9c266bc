#include "faults/next_release.h"

namespace jixiao::faults {

using intake::SchemaSteps;
using intake::StepWork;

SchemaSteps StepsOfNextRelease() {
  SchemaSteps steps = intake::ReleasedSteps();
  // Rows of before have no shelf yet, rows to come have the first.
  steps.push_back(
      {StepWork::kBrief,
       {"ALTER TABLE submissions ADD COLUMN shelf bigint", "ALTER TABLE submissions ALTER shelf SET DEFAULT 1",
        "ALTER TABLE versions ADD COLUMN channel text COLLATE \"C\" NOT NULL DEFAULT 'api'",
        "CREATE TABLE notices (division_code text COLLATE \"C\" NOT NULL, number bigint NOT NULL, "
        "PRIMARY KEY (division_code, number))"},
       0});
  steps.push_back({StepWork::kOnline,
                   {"DROP INDEX CONCURRENTLY IF EXISTS versions_by_receive_time",
                    "CREATE INDEX CONCURRENTLY versions_by_receive_time ON versions (division_code, receive_time_us)"},
                   0});
  steps.push_back({StepWork::kPortions,
                   {"UPDATE submissions SET shelf = 1 WHERE (division_code, submission) IN (SELECT division_code, "
                    "submission FROM submissions WHERE shelf IS NULL LIMIT 20)"},
                   0});
  steps.push_back({StepWork::kBrief, {}, 0});  // programs from here on do without submissions_by_state
  return steps;
}

SchemaSteps StepsOfTheOneAfter() {
  SchemaSteps steps = StepsOfNextRelease();
  const int mark = static_cast<int>(steps.size());
  steps.push_back({StepWork::kBrief,
                   {"DROP INDEX submissions_by_state", "ALTER TABLE submissions ALTER shelf SET NOT NULL"},
                   mark});
  return steps;
}

}  // namespace jixiao::faults
