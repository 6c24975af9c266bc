// The intake service as a program.
#ifndef JIXIAO_INTAKE_MAIN_RUN_INTAKE_H_
#define JIXIAO_INTAKE_MAIN_RUN_INTAKE_H_

#include "intake/adapters/postgres/postgres_steps.h"

namespace jixiao::intake {

// Until a signal; gives the exit code. `steps` of the schema are those of this
// program: a drill runs one that knows more.
int RunIntake(int argc, char** argv, const SchemaSteps& steps);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_MAIN_RUN_INTAKE_H_
