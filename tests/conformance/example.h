// Examples of single rules: small changes of a base report.
#ifndef JIXIAO_CONFORMANCE_EXAMPLE_H_
#define JIXIAO_CONFORMANCE_EXAMPLE_H_

#include "absl/status/status.h"
#include "jixiao/conformance/v1/rule_example.pb.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao::conformance {

// Makes one change. INVALID_ARGUMENT if the path leads nowhere.
absl::Status ApplyEdit(const v1::Edit& edit, report::v1::Report& report);

}  // namespace jixiao::conformance

#endif  // JIXIAO_CONFORMANCE_EXAMPLE_H_
