#include "common/base/sm3.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include "common/base/digest.h"
#include "common/base/log.h"

namespace jixiao {
namespace {

// Fetched once: OpenSSL 3 looks algorithms up slowly.
const EVP_MD* Algorithm() {
  static const EVP_MD* const md = EVP_MD_fetch(nullptr, "SM3", nullptr);
  return md;
}

}  // namespace

std::string Sm3(std::string_view bytes) {
  std::string digest(kSm3Size, '\0');
  unsigned size = 0;
  JIXIAO_CHECK(EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), &size,
                          Algorithm(), nullptr) == 1);
  return digest;
}

std::string Sm3Digest(std::string_view bytes) { return fmt::format("sm3:{}", HexOf(Sm3(bytes))); }

}  // namespace jixiao
