// What the command line of jixiao-publish says.
#ifndef JIXIAO_PUBLISH_MAIN_CONFIG_H_
#define JIXIAO_PUBLISH_MAIN_CONFIG_H_

#include <string>
#include <vector>

#include "common/redis/cache_config.h"
#include "common/rpc/config/server_config.h"
#include "common/rpc/config/service_callers.h"
#include "publish/http/http_server.h"

namespace jixiao::publish {

struct Config {
  ServerConfig server;
  ServiceCallers callers;
  CacheConfig cache;
  HttpServerOptions http;
  std::string store;
  std::string public_url;
  std::string divisions;  // path

  // `--store=sqlite:PATH` without `sqlite:`.
  std::string store_path() const;
  // What addresses of pages begin with.
  std::string base_url() const;
};

Config ConfigFromFlags(int argc, char** argv);

// All problems, empty if none; fills `cache_options` if there are none.
std::vector<std::string> Validate(const Config& config, CacheOptions& cache_options);

}  // namespace jixiao::publish

#endif  // JIXIAO_PUBLISH_MAIN_CONFIG_H_
