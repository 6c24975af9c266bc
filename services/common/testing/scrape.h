// For tests: reads the metrics page of a process.
#ifndef JIXIAO_COMMON_TESTING_SCRAPE_H_
#define JIXIAO_COMMON_TESTING_SCRAPE_H_

#include <string>

namespace jixiao::testing {

// Body of GET http://127.0.0.1:`port``path`; empty if there is no answer.
std::string HttpGet(int port, const std::string& path);

// Value of one series as the metrics page spells it, for example
// `jixiao_cache_gets_total{outcome="hit"}`; -1 if it is not there.
double Scrape(int port, const std::string& series);

}  // namespace jixiao::testing

#endif  // JIXIAO_COMMON_TESTING_SCRAPE_H_
