#include "publish/http/http_metrics.h"

namespace jixiao::publish {
namespace {

constexpr std::string_view kRoutes[] = {"index", "page", "current", "json", "pb", "style", "healthz", "other"};
constexpr int kStatuses[] = {200, 302, 304, 400, 404, 405, 410, 431, 500, 503};

}  // namespace

HttpMetrics::HttpMetrics(Metrics& metrics)
    : connections_(metrics.Gauge("jixiao_publish_http_connections", "Open connections to the public site.")) {
  for (const std::string_view name : kRoutes) {
    const std::string route(name);
    for (const int status : kStatuses) {
      routes_[route].by_status[status] =
          &metrics.Counter("jixiao_publish_http_requests_total", "Requests to the public site, by route and status.",
                           {{"route", route}, {"code", std::to_string(status)}});
    }
    routes_[route].duration =
        &metrics.Histogram("jixiao_publish_http_request_duration_seconds", "Time to make an answer, sending excluded.",
                           CallDurationBuckets(), {{"route", route}});
  }
}

void HttpMetrics::Answered(std::string_view route, int status, absl::Duration duration) {
  const auto found = routes_.find(route);
  Route& known = found == routes_.end() ? routes_.find("other")->second : found->second;
  const auto counter = known.by_status.find(status);
  (counter == known.by_status.end() ? known.by_status.at(500) : counter->second)->Increment();
  known.duration->Observe(absl::ToDoubleSeconds(duration));
}

}  // namespace jixiao::publish
