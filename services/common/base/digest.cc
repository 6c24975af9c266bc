#include "common/base/digest.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>

#include "common/base/log.h"

namespace jixiao {
namespace {

constexpr std::string_view kPrefix = "sha256:";

// Fetched once: OpenSSL 3 looks algorithms up slowly.
const EVP_MD* Sha256() {
  static const EVP_MD* const md = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return md;
}

}  // namespace

std::string HexOf(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) {
    hex.push_back(kDigits[byte >> 4]);
    hex.push_back(kDigits[byte & 15]);
  }
  return hex;
}

std::string ContentDigest(std::string_view bytes) {
  std::array<unsigned char, 32> digest;
  unsigned size = 0;
  JIXIAO_CHECK(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, Sha256(), nullptr) == 1);
  return std::string(kPrefix) + HexOf({reinterpret_cast<const char*>(digest.data()), size});
}

bool IsContentDigest(std::string_view text) {
  if (!text.starts_with(kPrefix)) return false;
  text.remove_prefix(kPrefix.size());
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string RandomHex(int byte_count) {
  std::string bytes(byte_count, '\0');
  JIXIAO_CHECK(RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), byte_count) == 1);
  return HexOf(bytes);
}

}  // namespace jixiao
