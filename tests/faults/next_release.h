// The schema as the next two releases could change it: they expand, migrate and
// mark, and then take away.
#ifndef JIXIAO_TESTS_FAULTS_NEXT_RELEASE_H_
#define JIXIAO_TESTS_FAULTS_NEXT_RELEASE_H_

#include "intake/adapters/postgres/postgres_steps.h"

namespace jixiao::faults {

// Of jixiao-intake-next.
intake::SchemaSteps StepsOfNextRelease();

// With one more, for programs that know the last of those above.
intake::SchemaSteps StepsOfTheOneAfter();

}  // namespace jixiao::faults

#endif  // JIXIAO_TESTS_FAULTS_NEXT_RELEASE_H_
