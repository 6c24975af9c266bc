// A publication hashes its report once. The linker puts CountedDigest in front of
// ContentDigest in this executable, so that no product code has to count.
#include <gtest/gtest.h>

#include <algorithm>
#include <mutex>
#include <vector>

#include "common/base/digest.h"
#include "common/rpc/channel.h"
#include "common/rpc/raw_message.h"
#include "common/rpc/server.h"
#include "common/testing/fake_clock.h"
#include "publish/rpc/publish_service.h"
#include "publish/testing/in_memory_disclosure_store.h"
#include "publish/testing/sample_publish_request.h"

#define JIXIAO_CONTENT_DIGEST "_ZN6jixiao13ContentDigestB5cxx11ESt17basic_string_viewIcSt11char_traitsIcEE"

namespace jixiao::publish {

std::string TrueDigest(std::string_view bytes) asm("__real_" JIXIAO_CONTENT_DIGEST);
std::string CountedDigest(std::string_view bytes) asm("__wrap_" JIXIAO_CONTENT_DIGEST);

namespace {

std::mutex digest_mutex;
std::vector<std::string> hashed;

}  // namespace

std::string CountedDigest(std::string_view bytes) {
  {
    const std::lock_guard<std::mutex> lock(digest_mutex);
    hashed.emplace_back(bytes);
  }
  return TrueDigest(bytes);
}

namespace {

TEST(DigestCountTest, HashesTheReportOnce) {
  testing::InMemoryDisclosureStore store;
  jixiao::testing::FakeClock clock;
  Publisher publisher(&store, &clock);
  Metrics metrics;
  RpcMetrics rpc_metrics(metrics, PublishService::Methods());
  PublishMetrics publish_metrics(metrics);
  CallRunner runner({}, rpc_metrics);
  PublishService service(&publisher, &store, &publish_metrics, &runner, [](const Published&) {});
  ServerOptions options;
  options.listen = "127.0.0.1:0";
  options.plaintext = true;
  options.max_receive_bytes = 4 << 20;
  options.drain_pause = absl::ZeroDuration();
  const auto server = Server::Start(options, {{v1::PublishService::service_full_name(), &service}});
  ASSERT_TRUE(server.ok()) << server.status();
  const auto channel = (*server)->InProcessChannel();
  const v1::PublishReportRequest request = testing::SamplePublishRequest();
  const std::string report = request.report().SerializeAsString();
  const auto count = [&] {
    const std::lock_guard<std::mutex> lock(digest_mutex);
    return std::count(hashed.begin(), hashed.end(), report);
  };
  ASSERT_GT(count(), 0) << "the wrapper stands in front of the digest";
  hashed.clear();

  for (const char* once : {"published", "repeated"}) {
    const auto published = CallMessage<v1::PublishReportResponse>(
        channel, "/jixiao.publish.v1.PublishService/PublishReport", request, {absl::Now() + absl::Seconds(20), ""});
    ASSERT_TRUE(published.ok()) << published.status();
    EXPECT_EQ(count(), 1) << once;
    hashed.clear();
  }
}

}  // namespace
}  // namespace jixiao::publish
