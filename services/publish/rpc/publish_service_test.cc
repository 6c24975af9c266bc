#include "publish/rpc/publish_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/rpc/channel.h"
#include "common/rpc/raw_message.h"
#include "common/rpc/server.h"
#include "common/testing/fake_clock.h"
#include "publish/testing/in_memory_disclosure_store.h"
#include "publish/testing/sample_publish_request.h"

namespace jixiao::publish {
namespace {

constexpr char kService[] = "/jixiao.publish.v1.PublishService/";

// The service behind an in-process channel.
class PublishServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.plaintext = true;
    options.max_receive_bytes = 4 << 20;
    options.drain_pause = absl::ZeroDuration();
    auto started = Server::Start(options, {{v1::PublishService::service_full_name(), &service_}});
    ASSERT_TRUE(started.ok()) << started.status();
    server_ = *std::move(started);
    channel_ = server_->InProcessChannel();
  }

  OutboundCall Call() { return {absl::Now() + absl::Seconds(20), ""}; }
  absl::StatusOr<v1::PublishReportResponse> Publish(const v1::PublishReportRequest& request) {
    return CallMessage<v1::PublishReportResponse>(channel_, std::string(kService) + "PublishReport", request, Call());
  }
  double Outcomes(const std::string& outcome) {
    return metrics_.ValueOf("jixiao_publish_disclosures_total", {{"outcome", outcome}});
  }

  testing::InMemoryDisclosureStore store_;
  jixiao::testing::FakeClock clock_;
  Publisher publisher_{&store_, &clock_};
  Metrics metrics_;
  RpcMetrics rpc_metrics_{metrics_, PublishService::Methods()};
  PublishMetrics publish_metrics_{metrics_};
  CallRunner runner_{{}, rpc_metrics_};
  int published_ = 0;
  PublishService service_{&publisher_, &store_, &publish_metrics_, &runner_,
                          [this](const Published&) { ++published_; }};
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(PublishServiceTest, RepeatsTheFirstAnswerForTheSameBytes) {
  const auto first = Publish(testing::SamplePublishRequest());
  const auto second = Publish(testing::SamplePublishRequest());

  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->name(), "disclosures/430611.NC01.2024.department/versions/1");
  EXPECT_EQ(first->page_path(), "/2024/430611/NC01/department/1");
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->page_path(), first->page_path());
  EXPECT_EQ(Outcomes("published"), 1);
  EXPECT_EQ(Outcomes("repeated"), 1);
  EXPECT_EQ(published_, 1);
  EXPECT_GT(metrics_.ValueOf("jixiao_publish_redactions_total", {{"kind", "name"}}), 0);
  EXPECT_GT(metrics_.ValueOf("jixiao_publish_last_success_timestamp_seconds"), 0);
}

TEST_F(PublishServiceTest, RefusesOtherBytesAndOlderVersions) {
  ASSERT_TRUE(Publish(testing::SamplePublishRequest(2)).ok());
  v1::PublishReportRequest other = testing::SamplePublishRequest(2);
  other.set_approval_reason("另一意见");

  EXPECT_EQ(Publish(other).status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(ReasonOf(Publish(testing::SamplePublishRequest(1)).status()), "OLDER_VERSION");
}

TEST_F(PublishServiceTest, PublishesExplanationsOfFindingsOfTheCard) {
  ASSERT_TRUE(Publish(testing::SamplePublishRequest()).ok());
  v1::PublishReportRequest other = testing::SamplePublishRequest();
  other.mutable_explanations(0)->set_text("另一种说法，见补充材料");
  EXPECT_EQ(Publish(other).status().code(), absl::StatusCode::kAlreadyExists) << "a page does not change silently";

  v1::PublishReportRequest unknown = testing::SamplePublishRequest(2);
  unknown.mutable_explanations(0)->set_finding_id("NOWHERE-1");
  EXPECT_EQ(ViolationsOf(Publish(unknown).status()).field_violations(0).field(), "explanations[0].finding_id");
  v1::PublishReportRequest twice = testing::SamplePublishRequest(2);
  *twice.add_explanations() = twice.explanations(0);
  EXPECT_EQ(ViolationsOf(Publish(twice).status()).field_violations(0).field(), "explanations[1].finding_id");
  v1::PublishReportRequest longer = testing::SamplePublishRequest(2);
  longer.mutable_explanations(0)->set_text(std::string(501, 'x'));
  EXPECT_EQ(ViolationsOf(Publish(longer).status()).field_violations(0).field(), "explanations[0].text");
}

TEST_F(PublishServiceTest, RefusesWhatDoesNotMatchItsDigest) {
  v1::PublishReportRequest request = testing::SamplePublishRequest();
  request.mutable_report()->mutable_content()->set_title("改过");

  const absl::Status refused = Publish(request).status();

  EXPECT_EQ(refused.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ViolationsOf(refused).field_violations(0).field(), "report_digest");
}

TEST_F(PublishServiceTest, RefusesPersonalDataAndBrokenRequests) {
  v1::PublishReportRequest request = testing::SamplePublishRequest();
  request.mutable_report()->mutable_content()->set_title("身份证11010519491231002X");
  request.set_report_digest(ContentDigest(request.report().SerializeAsString()));
  request.mutable_score_card()->set_report_digest(request.report_digest());
  EXPECT_EQ(ReasonOf(Publish(request).status()), "PERSONAL_DATA");
  EXPECT_EQ(Outcomes("personal_data"), 1);

  EXPECT_EQ(Publish({}).status().code(), absl::StatusCode::kInvalidArgument);
  v1::PublishReportRequest broken = testing::SamplePublishRequest();
  broken.set_approval_reason("\xff");
  EXPECT_EQ(Publish(broken).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Outcomes("invalid"), 2);
  EXPECT_EQ(published_, 0);
}

TEST_F(PublishServiceTest, WithdrawsGetsAndLists) {
  ASSERT_TRUE(Publish(testing::SamplePublishRequest()).ok());
  v1::ListDisclosuresRequest list;
  list.set_division_code("430600");
  const auto listed =
      CallMessage<v1::ListDisclosuresResponse>(channel_, std::string(kService) + "ListDisclosures", list, Call());
  ASSERT_TRUE(listed.ok()) << listed.status();
  ASSERT_EQ(listed->disclosures_size(), 1);
  EXPECT_EQ(listed->disclosures(0).claimed_milli(), 99000);

  v1::WithdrawDisclosureRequest withdraw;
  withdraw.set_name("disclosures/430611.NC01.2024.department/versions/1");
  const std::string method = std::string(kService) + "WithdrawDisclosure";
  EXPECT_EQ(CallMessage<v1::WithdrawDisclosureResponse>(channel_, method, withdraw, Call()).status().code(),
            absl::StatusCode::kInvalidArgument);
  withdraw.set_reason("单位来函");
  EXPECT_TRUE(CallMessage<v1::WithdrawDisclosureResponse>(channel_, method, withdraw, Call()).ok());
  EXPECT_TRUE(CallMessage<v1::WithdrawDisclosureResponse>(channel_, method, withdraw, Call()).ok());

  v1::GetDisclosureRequest get;
  get.set_name(withdraw.name());
  const auto got =
      CallMessage<v1::GetDisclosureResponse>(channel_, std::string(kService) + "GetDisclosure", get, Call());
  ASSERT_TRUE(got.ok()) << got.status();
  EXPECT_EQ(got->disclosure().state(), v1::Disclosure::STATE_WITHDRAWN);
  EXPECT_EQ(got->disclosure().withdraw_reason(), "单位来函");
  EXPECT_EQ(got->disclosure().content().evaluation_tables_size(), 0);
  get.set_name("disclosures/430611.NC01.2024.department/versions/9");
  EXPECT_EQ(CallMessage<v1::GetDisclosureResponse>(channel_, std::string(kService) + "GetDisclosure", get, Call())
                .status()
                .code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace jixiao::publish
