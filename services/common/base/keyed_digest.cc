#include "common/base/keyed_digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "common/base/log.h"

namespace jixiao {

std::string KeyedDigest(std::string_view key, std::string_view message) {
  std::string digest(32, '\0');
  size_t size = 0;
  JIXIAO_CHECK(EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, key.data(), key.size(),
                         reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                         reinterpret_cast<unsigned char*>(digest.data()), digest.size(), &size) != nullptr);
  return digest;
}

bool IsSameDigest(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace jixiao
