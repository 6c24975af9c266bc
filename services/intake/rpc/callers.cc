#include "intake/rpc/callers.h"

#include <string>

#include "common/base/errors.h"

namespace jixiao::intake {
namespace {

constexpr char kActorKey[] = "x-jixiao-actor";

}  // namespace

absl::StatusOr<Subject> BelievedCallers::Identify(const grpc::CallbackServerContext& context) const {
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

}  // namespace jixiao::intake
