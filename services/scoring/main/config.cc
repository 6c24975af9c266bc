#include "scoring/main/config.h"

#include <fmt/format.h>

#include <filesystem>

#include "absl/flags/flag.h"

ABSL_FLAG(std::string, rulesets, "rulesets", "[rules, folder] Folder with rules.textproto and <id>/ruleset.textproto.");

namespace jixiao::scoring {

Config ConfigFromFlags(int argc, char** argv) {
  Config config;
  config.server = ParseServerFlags(argc, argv, "Scores budget-performance self-evaluation reports over gRPC.",
                                   "127.0.0.1:50052", "127.0.0.1:9102");
  config.callers = ServiceCallersFromFlags();
  config.cache = CacheConfigFromFlags();
  config.rulesets = absl::GetFlag(FLAGS_rulesets);
  return config;
}

std::vector<std::string> Validate(const Config& config, CacheOptions& cache_options) {
  std::vector<std::string> problems = Validate(config.server);
  for (std::string& problem : Validate(config.callers, config.server)) problems.push_back(std::move(problem));
  for (std::string& problem : Validate(config.cache, cache_options)) problems.push_back(std::move(problem));
  std::error_code error;
  if (!std::filesystem::is_directory(config.rulesets, error)) {
    problems.push_back(fmt::format("--rulesets: {} is no folder", config.rulesets));
  }
  return problems;
}

}  // namespace jixiao::scoring
