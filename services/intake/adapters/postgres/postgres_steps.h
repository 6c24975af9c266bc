// The steps by which the schema of the PostgreSQL store came to be, as data. They
// are taken beside live traffic: README, "Changing the schema", has the rules.
#ifndef JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_STEPS_H_
#define JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_STEPS_H_

#include <string>
#include <vector>

namespace jixiao::intake {

enum class StepWork {
  // One transaction that gets its locks at once or tries again, and is broken off
  // if it holds them for long: ADD COLUMN, CREATE TABLE, DROP.
  kBrief,
  // Statements that hold up neither reads nor writes, however long they take, each
  // by itself: CREATE INDEX CONCURRENTLY, VALIDATE CONSTRAINT. Done again from the
  // first if it was broken off, so an index is dropped IF EXISTS before.
  kOnline,
  // One UPDATE or DELETE of some hundred rows by key, repeated until it finds none.
  kPortions,
};

struct SchemaStep {
  StepWork work = StepWork::kBrief;
  std::vector<std::string> statements;
  // Programs that know fewer steps than this cannot use the database from here on,
  // because it takes away what they use; 0: all can that could before.
  int oldest_program = 0;
};

// Step i brings version i to i + 1; a program is as old as its number of steps.
using SchemaSteps = std::vector<SchemaStep>;

// Of this program.
const SchemaSteps& ReleasedSteps();

// What is wrong with the step to `version`, for who writes it; empty if nothing is.
std::string StepProblem(const SchemaStep& step, int version);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_ADAPTERS_POSTGRES_POSTGRES_STEPS_H_
