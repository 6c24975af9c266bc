// Stand-ins in names of submissions for what a report names without a code.
#ifndef JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_NAME_H_
#define JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_NAME_H_

#include <string>
#include <string_view>

#include "common/domain/division_code.h"
#include "common/domain/submission_name.h"

namespace jixiao::intake {

using jixiao::SubmissionKey;
using jixiao::UnitKey;
using jixiao::VersionKey;

// Stands in for the budget system's code until the roster knows the unit: `P`
// and 10 hex digits over division and name. The same unit gets the same code
// each time; blanks and full-width forms in the name make no difference.
std::string ProvisionalUnitCode(std::string_view division_code, std::string_view unit_name);

// Reports carry a project's name and no code; this is the name's stand-in in
// resource names: 12 hex digits, blanks and full-width forms make no difference.
std::string ProjectCode(std::string_view project_name);

}  // namespace jixiao::intake

#endif  // JIXIAO_INTAKE_CORE_SUBMISSION_SUBMISSION_NAME_H_
