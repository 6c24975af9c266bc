#include "intake/rpc/item_failure.h"

#include "common/base/errors.h"
#include "common/rpc/status_conversion.h"

namespace jixiao::intake {
namespace {

constexpr int kMaxFieldProblems = 100;

}  // namespace

v1::ItemFailure ItemFailureOf(const absl::Status& status) {
  v1::ItemFailure failure;
  failure.set_code(static_cast<int>(status.code()));
  failure.set_message(std::string(status.message()));
  if (const std::string reason = ReasonOf(status); !reason.empty()) failure.set_reason(reason);
  const google::rpc::BadRequest violations = ViolationsOf(status);
  for (const auto& violation : violations.field_violations()) {
    if (failure.field_problems_size() == kMaxFieldProblems) break;
    v1::FieldProblem& problem = *failure.add_field_problems();
    problem.set_field(violation.field());
    problem.set_description(violation.description());
  }
  if (const auto delay = RetryDelayOf(status)) {
    failure.set_retry_delay_ms(static_cast<int32_t>(absl::ToInt64Milliseconds(*delay)));
  } else if (status.code() == absl::StatusCode::kUnavailable) {
    failure.set_retry_delay_ms(1000);
  }
  return failure;
}

}  // namespace jixiao::intake
