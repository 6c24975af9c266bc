#include "integration/intake_peers.h"

#include <grpcpp/grpcpp.h>

#include <mutex>

#include "common/base/digest.h"
#include "common/base/log.h"
#include "jixiao/publish/v1/publish_service.grpc.pb.h"
#include "jixiao/scoring/v1/scoring_service.grpc.pb.h"

namespace jixiao::intake::testing {
namespace {

// A clean card for every report.
class Scoring final : public scoring::v1::ScoringService::Service {
  grpc::Status ScoreReport(grpc::ServerContext*, const scoring::v1::ScoreReportRequest* request,
                           scoring::v1::ScoreReportResponse* response) override {
    // The reports of these tests have one serialization.
    response->mutable_score_card()->set_report_digest(ContentDigest(request->report().SerializeAsString()));
    return grpc::Status::OK;
  }
};

// Idempotent by version, like the real one.
class Publish final : public publish::v1::PublishService::Service {
 public:
  grpc::Status PublishReport(grpc::ServerContext*, const publish::v1::PublishReportRequest* request,
                             publish::v1::PublishReportResponse* response) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++call_count_;
    if (ContentDigest(request->report().SerializeAsString()) != request->report_digest()) {
      return {grpc::StatusCode::INVALID_ARGUMENT, "other bytes than the digest says"};
    }
    const auto [at, is_new] = disclosures_.emplace(request->submission_version(), request->report_digest());
    if (!is_new && at->second != request->report_digest()) return {grpc::StatusCode::ALREADY_EXISTS, "other bytes"};
    response->set_page_path("/" + request->submission_version());
    return grpc::Status::OK;
  }
  std::map<std::string, std::string> disclosures() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return disclosures_;
  }
  int call_count() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return call_count_;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::string> disclosures_;
  int call_count_ = 0;
};

std::unique_ptr<grpc::Server> Serve(grpc::Service& service, int& port) {
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  auto server = builder.BuildAndStart();
  JIXIAO_CHECK(server != nullptr);
  return server;
}

}  // namespace

struct IntakePeers::Services {
  Scoring scoring;
  Publish publish;
  int scoring_port = 0;
  int publish_port = 0;
  std::unique_ptr<grpc::Server> scoring_server = Serve(scoring, scoring_port);
  std::unique_ptr<grpc::Server> publish_server = Serve(publish, publish_port);
};

IntakePeers::IntakePeers() : services_(std::make_unique<Services>()) {}
IntakePeers::~IntakePeers() = default;

std::string IntakePeers::scoring_address() const { return "127.0.0.1:" + std::to_string(services_->scoring_port); }
std::string IntakePeers::publish_address() const { return "127.0.0.1:" + std::to_string(services_->publish_port); }
std::map<std::string, std::string> IntakePeers::Disclosures() const { return services_->publish.disclosures(); }
int IntakePeers::publish_call_count() const { return services_->publish.call_count(); }

}  // namespace jixiao::intake::testing
