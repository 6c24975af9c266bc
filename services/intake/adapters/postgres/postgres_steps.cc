#include "intake/adapters/postgres/postgres_steps.h"

#include <algorithm>

namespace jixiao::intake {
namespace {

// Primary keys begin with the division (the audit log's with the prefecture), so
// that the tables can be distributed by it. Text is compared byte by byte, as
// names are everywhere else. Reports and cards are stored outside of their row
// and not compressed: that took two thirds of an insert's time. Large bytes stand
// in tables of their own, as an update copies the row. Times are microseconds
// since 1970; open last years are 9999.
constexpr char kVersion1[] = R"sql(
CREATE TABLE submissions (
  division_code text COLLATE "C" NOT NULL,
  submission text COLLATE "C" NOT NULL,
  unit_name text COLLATE "C" NOT NULL,
  fiscal_year bigint NOT NULL,
  kind bigint NOT NULL,
  current_version bigint NOT NULL,
  state bigint NOT NULL,
  receive_time_us bigint NOT NULL,
  update_time_us bigint NOT NULL,
  report_digest text COLLATE "C" NOT NULL,
  page_path text COLLATE "C",
  last_problem text COLLATE "C",
  return_comments bytea,
  blocks_count bigint,
  explain_count bigint,
  note_count bigint,
  unexplained_count bigint,
  lateness bytea,
  working_days_late bigint NOT NULL,
  event_count bigint NOT NULL,
  PRIMARY KEY (division_code, submission)
);
CREATE INDEX submissions_by_state ON submissions (state);

CREATE TABLE versions (
  division_code text COLLATE "C" NOT NULL,
  submission text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  state bigint NOT NULL,
  is_superseded boolean NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  report_digest text COLLATE "C" NOT NULL,
  original_digest text COLLATE "C" NOT NULL,
  original_size_bytes bigint NOT NULL,
  receive_time_us bigint NOT NULL,
  trace_id text COLLATE "C" NOT NULL,
  lateness bytea,
  rule_set text COLLATE "C" NOT NULL,
  registered_unit_name text COLLATE "C" NOT NULL,
  PRIMARY KEY (division_code, submission, version),
  FOREIGN KEY (division_code, submission) REFERENCES submissions
);

CREATE TABLE documents (
  division_code text COLLATE "C" NOT NULL,
  submission text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  report_bytes bytea NOT NULL,
  media_type text COLLATE "C" NOT NULL,
  file_name text COLLATE "C" NOT NULL,
  original_bytes bytea NOT NULL,
  PRIMARY KEY (division_code, submission, version),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions
);
ALTER TABLE documents ALTER report_bytes SET STORAGE EXTERNAL;
ALTER TABLE documents ALTER original_bytes SET STORAGE EXTERNAL;

CREATE TABLE score_cards (
  division_code text COLLATE "C" NOT NULL,
  submission text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  score_card_bytes bytea NOT NULL,
  digest text COLLATE "C" NOT NULL,
  PRIMARY KEY (division_code, submission, version),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions
);
ALTER TABLE score_cards ALTER score_card_bytes SET STORAGE EXTERNAL;

CREATE TABLE review_notes (
  division_code text COLLATE "C" NOT NULL,
  submission text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  notes bytea NOT NULL,
  PRIMARY KEY (division_code, submission, version),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions
);

CREATE TABLE events (
  division_code text COLLATE "C" NOT NULL,
  submission text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  version bigint NOT NULL,
  action bigint NOT NULL,
  from_state bigint,
  to_state bigint NOT NULL,
  actor text COLLATE "C" NOT NULL,
  reason text COLLATE "C",
  event_time_us bigint NOT NULL,
  PRIMARY KEY (division_code, submission, sequence),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions
);

CREATE TABLE requests (
  division_code text COLLATE "C" NOT NULL,
  submission text COLLATE "C" NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  is_identical boolean NOT NULL,
  PRIMARY KEY (division_code, submission, request_id),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions
);

CREATE TABLE outbox (
  division_code text COLLATE "C" NOT NULL,
  submission text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  task bigint NOT NULL,
  attempts bigint NOT NULL,
  create_time_us bigint NOT NULL,
  not_before_us bigint NOT NULL,
  lease_until_us bigint NOT NULL,
  lease_owner text COLLATE "C" NOT NULL,
  reason text COLLATE "C" NOT NULL,
  PRIMARY KEY (division_code, submission, version, task),
  FOREIGN KEY (division_code, submission, version) REFERENCES versions
);
CREATE INDEX outbox_by_due ON outbox (not_before_us);

CREATE TABLE roster_units (
  division_code text COLLATE "C" NOT NULL,
  unit_code text COLLATE "C" NOT NULL,
  first_fiscal_year bigint NOT NULL,
  last_fiscal_year bigint NOT NULL,
  unit_name text COLLATE "C" NOT NULL,
  supervising_unit text COLLATE "C",
  expects_department_report boolean NOT NULL,
  PRIMARY KEY (division_code, unit_code, first_fiscal_year)
);
CREATE INDEX roster_units_by_name ON roster_units (division_code, unit_name);

CREATE TABLE roster_projects (
  division_code text COLLATE "C" NOT NULL,
  unit_code text COLLATE "C" NOT NULL,
  first_fiscal_year bigint NOT NULL,
  position bigint NOT NULL,
  project text COLLATE "C" NOT NULL,
  project_name text COLLATE "C" NOT NULL,
  PRIMARY KEY (division_code, unit_code, first_fiscal_year, position),
  FOREIGN KEY (division_code, unit_code, first_fiscal_year) REFERENCES roster_units
);

CREATE TABLE seasons (
  division_code text COLLATE "C" NOT NULL,
  fiscal_year bigint NOT NULL,
  kind bigint NOT NULL,
  rule_set text COLLATE "C" NOT NULL,
  opening_time_us bigint NOT NULL,
  deadline_us bigint NOT NULL,
  is_closed boolean NOT NULL,
  PRIMARY KEY (division_code, fiscal_year, kind)
);

-- By the division of the unit, which is that of the season or below it.
CREATE TABLE extensions (
  division_code text COLLATE "C" NOT NULL,
  unit_code text COLLATE "C" NOT NULL,
  season_division_code text COLLATE "C" NOT NULL,
  fiscal_year bigint NOT NULL,
  kind bigint NOT NULL,
  deadline_us bigint NOT NULL,
  reason text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  PRIMARY KEY (division_code, unit_code, season_division_code, fiscal_year, kind)
);

-- Seasons that a version was filed under, by the season's division.
CREATE TABLE filed_seasons (
  division_code text COLLATE "C" NOT NULL,
  season text COLLATE "C" NOT NULL,
  PRIMARY KEY (division_code, season)
);

CREATE TABLE operations (
  division_code text COLLATE "C" NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  PRIMARY KEY (division_code, request_id)
);

CREATE TABLE audit_entries (
  prefecture_code text COLLATE "C" NOT NULL,
  fiscal_year bigint NOT NULL,
  sequence bigint NOT NULL,
  entry bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (prefecture_code, fiscal_year, sequence)
);

-- The last entry once more, so that a missing end shows; its row is the lock of
-- the chain.
CREATE TABLE audit_heads (
  prefecture_code text COLLATE "C" NOT NULL,
  fiscal_year bigint NOT NULL,
  sequence bigint NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (prefecture_code, fiscal_year)
);
)sql";

bool BlocksNoWrites(const std::string& statement) {
  return statement.find(" CONCURRENTLY ") != std::string::npos ||
         statement.find(" VALIDATE CONSTRAINT ") != std::string::npos;
}

}  // namespace

const SchemaSteps& ReleasedSteps() {
  // Never edited once released; new ones are appended.
  static const auto& steps = *new SchemaSteps{{StepWork::kBrief, {kVersion1}, 1}};
  return steps;
}

std::string StepProblem(const SchemaStep& step, int version) {
  const bool is_brief = step.work == StepWork::kBrief;
  if (!is_brief && step.oldest_program != 0) return "only a brief step may take something away";
  if (step.oldest_program > version) return "no program knows a step that comes later";
  if (is_brief) return "";
  if (step.work == StepWork::kPortions) return step.statements.size() == 1 ? "" : "portions are of one statement";
  const bool is_online = std::all_of(step.statements.begin(), step.statements.end(), BlocksNoWrites);
  return is_online ? "" : "online are only CONCURRENTLY and VALIDATE CONSTRAINT";
}

}  // namespace jixiao::intake
