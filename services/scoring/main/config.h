// What the command line of jixiao-scoring says.
#ifndef JIXIAO_SCORING_MAIN_CONFIG_H_
#define JIXIAO_SCORING_MAIN_CONFIG_H_

#include <string>
#include <vector>

#include "common/redis/cache_config.h"
#include "common/rpc/config/server_config.h"
#include "common/rpc/config/service_callers.h"

namespace jixiao::scoring {

struct Config {
  ServerConfig server;
  ServiceCallers callers;
  CacheConfig cache;
  std::string rulesets;
};

Config ConfigFromFlags(int argc, char** argv);

// All problems, empty if none; fills `cache_options` if there are none.
std::vector<std::string> Validate(const Config& config, CacheOptions& cache_options);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_MAIN_CONFIG_H_
