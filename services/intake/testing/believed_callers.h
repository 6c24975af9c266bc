// For tests: lets everybody do everything everywhere, as whoever he says he is.
#ifndef JIXIAO_INTAKE_TESTING_BELIEVED_CALLERS_H_
#define JIXIAO_INTAKE_TESTING_BELIEVED_CALLERS_H_

#include <string>

#include "common/base/errors.h"
#include "intake/rpc/callers.h"

namespace jixiao::intake::testing {

// Believes metadata `x-jixiao-actor` (1 to 64 characters out of
// `A-Z a-z 0-9 . _ -`, `anonymous` if absent).
class BelievedCallers final : public Callers {
 public:
  absl::StatusOr<Subject> Identify(const grpc::CallbackServerContext& context) const override {
    constexpr char kActorKey[] = "x-jixiao-actor";
    Subject subject;
    subject.id = "anonymous";
    if (const auto found = context.client_metadata().find(kActorKey); found != context.client_metadata().end()) {
      subject.id.assign(found->second.data(), found->second.size());
    }
    constexpr char kAllowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    if (subject.id.empty() || subject.id.size() > 64 || subject.id.find_first_not_of(kAllowed) != std::string::npos) {
      return InvalidFields({{kActorKey, "办理人标识应为 1 至 64 位字母、数字、点、短横线或下划线"}});
    }
    for (const Role role : {Role::kClerk, Role::kBudgetSystem, Role::kReviewer, Role::kSeasonManager, Role::kAuditor}) {
      for (const char first : {'1', '2', '3', '4', '5', '6'}) {
        for (char second = '0'; second <= '9'; ++second) {
          subject.grants.push_back(
              {role,
               {.kind = Scope::Kind::kSubtree, .division_code = std::string{first, second} + "0000", .unit_code = {}}});
        }
      }
    }
    return subject;
  }
};

}  // namespace jixiao::intake::testing

#endif  // JIXIAO_INTAKE_TESTING_BELIEVED_CALLERS_H_
