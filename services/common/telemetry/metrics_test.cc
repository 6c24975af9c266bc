#include "common/telemetry/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/telemetry/metrics_server.h"
#include "common/telemetry/rpc_metrics.h"
#include "common/testing/child_process.h"
#include "common/testing/status_matchers.h"

namespace jixiao {
namespace {

using testing::FailsWith;
using ::testing::HasSubstr;
using testing::IsOk;

TEST(MetricsTest, EverySeriesOfALabelledCounterIsThereFromTheStart) {
  Metrics metrics;
  LabelledCounter counter(metrics, "jixiao_test_things_total", "Things.", "outcome", {"good", "bad"});

  EXPECT_EQ(metrics.ValueOf("jixiao_test_things_total", {{"outcome", "bad"}}), 0);
  counter.Increment("good");
  EXPECT_EQ(metrics.ValueOf("jixiao_test_things_total", {{"outcome", "good"}}), 1);
  EXPECT_EQ(metrics.ValueOf("jixiao_test_things_total", {{"outcome", "ugly"}}), -1);
}

TEST(MetricsDeathTest, ALabelOutsideTheClosedSetIsOurBug) {
  Metrics metrics;
  LabelledCounter counter(metrics, "jixiao_test_things_total", "Things.", "outcome", {"good"});

  EXPECT_DEATH(counter.Increment("ugly"), "check_failed");
}

TEST(RpcMetricsTest, CountsRateErrorsAndDuration) {
  Metrics metrics;
  RpcMetrics rpc(metrics, {"Ask", "Tell"});

  rpc.Begin("Ask");
  EXPECT_EQ(metrics.ValueOf("jixiao_rpc_server_in_flight_requests", {{"method", "Ask"}}), 1);
  rpc.End("Ask", absl::StatusCode::kNotFound, absl::Milliseconds(3));

  EXPECT_EQ(metrics.ValueOf("jixiao_rpc_server_in_flight_requests", {{"method", "Ask"}}), 0);
  EXPECT_EQ(metrics.ValueOf("jixiao_rpc_server_requests_total", {{"method", "Ask"}, {"code", "NOT_FOUND"}}), 1);
  EXPECT_EQ(metrics.ValueOf("jixiao_rpc_server_requests_total", {{"method", "Tell"}, {"code", "OK"}}), 0);
  const std::string text = metrics.Text();
  EXPECT_THAT(text, HasSubstr(R"(jixiao_rpc_server_duration_seconds_bucket{method="Ask",le="0.0025"} 0)"));
  EXPECT_THAT(text, HasSubstr(R"(jixiao_rpc_server_duration_seconds_bucket{method="Ask",le="0.005"} 1)"));
}

TEST(RpcMetricsTest, CountsCodesThatDoNotExistAsUnknown) {
  Metrics metrics;
  RpcMetrics rpc(metrics, {"Ask"});

  rpc.Begin("Ask");
  rpc.End("Ask", static_cast<absl::StatusCode>(99), absl::ZeroDuration());

  EXPECT_EQ(metrics.ValueOf("jixiao_rpc_server_requests_total", {{"method", "Ask"}, {"code", "UNKNOWN"}}), 1);
}

TEST(MetricsServerTest, ServesOnAPortAndRefusesATakenOne) {
  Metrics metrics;
  const auto first = MetricsServer::Start("127.0.0.1:0", metrics);
  ASSERT_THAT(first, IsOk());
  EXPECT_TRUE(testing::AcceptsConnections((*first)->port()));

  EXPECT_THAT(MetricsServer::Start("127.0.0.1:" + std::to_string((*first)->port()), metrics),
              FailsWith(absl::StatusCode::kFailedPrecondition, "PORT_TAKEN"));
}

}  // namespace
}  // namespace jixiao
