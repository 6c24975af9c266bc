// The public keys of whoever signs tokens (RFC 7517).
#ifndef JIXIAO_COMMON_IDENTITY_KEY_SET_H_
#define JIXIAO_COMMON_IDENTITY_KEY_SET_H_

#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/identity/public_key.h"

namespace jixiao {

inline constexpr size_t kMaxKeySetBytes = 64 << 10;

class KeySet {
 public:
  // INVALID_ARGUMENT with a sentence for the operator if `json` is no key set of
  // at most kMaxKeySetBytes, one of its keys is broken, two have one `kid`, or
  // none can be used. Keys of types that are not used here are left out.
  static absl::StatusOr<KeySet> Parse(std::string_view json);

  // Null if there is none. `kid` is compared and never used otherwise.
  const PublicKey* Find(const std::string& kid) const;

  size_t size() const { return keys_.size(); }

 private:
  std::map<std::string, PublicKey> keys_;
};

}  // namespace jixiao

#endif  // JIXIAO_COMMON_IDENTITY_KEY_SET_H_
