// Plays a random but repeatable sequence of reads and writes on a store and writes
// down every answer. Stores that keep the same contract give the same transcript.
#ifndef JIXIAO_INTAKE_TESTING_STORE_STORE_TRANSCRIPT_H_
#define JIXIAO_INTAKE_TESTING_STORE_STORE_TRANSCRIPT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "intake/core/submission/submission_store.h"

namespace jixiao::intake::testing {

// One line for each of `steps` steps: what was asked and all that was answered.
std::vector<std::string> PlayOn(SubmissionStore& store, uint32_t seed, int steps);

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_STORE_STORE_TRANSCRIPT_H_
