#include "common/redis/cache_config.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "absl/flags/flag.h"

ABSL_FLAG(std::string, cache, "memory",
          "[cache, place] Where answers are remembered: none, memory, or redis://host:port[/db].");
ABSL_FLAG(std::string, cache_secret_file, "",
          "[cache, file] File whose bytes authenticate values in Redis, at least 16; the same on all replicas.");

namespace jixiao {

CacheConfig CacheConfigFromFlags() { return {absl::GetFlag(FLAGS_cache), absl::GetFlag(FLAGS_cache_secret_file)}; }

std::vector<std::string> Validate(const CacheConfig& config, CacheOptions& options) {
  std::vector<std::string> problems;
  if (auto address = ParseCacheAddress(config.cache); address.ok()) {
    options.address = *std::move(address);
  } else {
    problems.push_back("--cache: " + std::string(address.status().message()));
  }
  if (config.secret_file.empty()) return problems;
  std::ifstream in(config.secret_file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  options.secret = text.str();
  if (!in) {
    problems.push_back(fmt::format("--cache_secret_file: cannot read {}", config.secret_file));
  } else if (options.secret.size() < 16) {
    problems.push_back(fmt::format("--cache_secret_file: {} holds fewer than 16 bytes", config.secret_file));
  }
  return problems;
}

}  // namespace jixiao
