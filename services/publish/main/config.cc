#include "publish/main/config.h"

#include <fmt/format.h>

#include <string_view>

#include "absl/flags/flag.h"

ABSL_FLAG(std::string, http_listen, "127.0.0.1:8080", "[addresses, address] Address of the public pages.");
ABSL_FLAG(std::string, store, "", "[store, place] Where disclosures are kept: sqlite:PATH.");
ABSL_FLAG(std::vector<std::string>, public_host, (std::vector<std::string>{"localhost", "127.0.0.1"}),
          "[pages, hosts] Host names that the public pages answer for, separated by commas.");
ABSL_FLAG(std::string, public_url, "",
          "[pages, address] What addresses of pages begin with; default https:// and the first public host.");
ABSL_FLAG(std::string, divisions, "rulesets/divisions.textproto",
          "[pages, file] File with the administrative divisions of China, for the names of places on the pages.");

namespace jixiao::publish {
namespace {

constexpr std::string_view kSqlite = "sqlite:";

}  // namespace

std::string Config::store_path() const { return store.substr(std::min(kSqlite.size(), store.size())); }

std::string Config::base_url() const {
  if (!public_url.empty()) return public_url.ends_with('/') ? public_url.substr(0, public_url.size() - 1) : public_url;
  const bool is_local = http.hosts.empty() || http.hosts.front() == "localhost" || http.hosts.front() == "127.0.0.1";
  return is_local ? "http://" + http.listen : "https://" + http.hosts.front();
}

Config ConfigFromFlags(int argc, char** argv) {
  Config config;
  config.server = ParseServerFlags(argc, argv, "Redacts, keeps and serves what the public sees of reports.",
                                   "127.0.0.1:50053", "127.0.0.1:9103");
  config.callers = ServiceCallersFromFlags();
  config.cache = CacheConfigFromFlags();
  config.http.listen = absl::GetFlag(FLAGS_http_listen);
  config.http.hosts = absl::GetFlag(FLAGS_public_host);
  config.store = absl::GetFlag(FLAGS_store);
  config.public_url = absl::GetFlag(FLAGS_public_url);
  config.divisions = absl::GetFlag(FLAGS_divisions);
  return config;
}

std::vector<std::string> Validate(const Config& config, CacheOptions& cache_options) {
  std::vector<std::string> problems = Validate(config.server);
  for (std::string& problem : Validate(config.callers, config.server)) problems.push_back(std::move(problem));
  for (std::string& problem : Validate(config.cache, cache_options)) problems.push_back(std::move(problem));
  for (std::string& problem : Validate(config.http)) problems.push_back(std::move(problem));
  if (!config.store.starts_with(kSqlite) || config.store_path().empty()) {
    problems.push_back("--store is missing or unknown: write --store=sqlite:PATH");
  }
  const std::string url = config.base_url();
  if (!url.starts_with("http://") && !url.starts_with("https://")) {
    problems.push_back(fmt::format("--public_url={} is no address: write https://host", url));
  }
  return problems;
}

}  // namespace jixiao::publish
