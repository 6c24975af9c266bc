// Everybody who may call, with their rights.
#ifndef JIXIAO_COMMON_IDENTITY_IDENTITY_REGISTRY_H_
#define JIXIAO_COMMON_IDENTITY_IDENTITY_REGISTRY_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "jixiao/identity/v1/identity_registry.pb.h"

namespace jixiao {

inline constexpr size_t kMaxRegistryBytes = 16 << 20;

class IdentityRegistry {
 public:
  // From textproto. INVALID_ARGUMENT naming every problem.
  static absl::StatusOr<IdentityRegistry> Parse(const std::string& textproto);

  // Null if there is none, or it is suspended.
  const identity::v1::Identity* Find(std::string_view subject) const;

  size_t size() const { return identities_.size(); }

 private:
  std::map<std::string, identity::v1::Identity, std::less<>> identities_;
};

// All problems, in sentences for whoever keeps the file; empty if none.
std::vector<std::string> ProblemsWith(const identity::v1::IdentityRegistry& registry);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_IDENTITY_IDENTITY_REGISTRY_H_
