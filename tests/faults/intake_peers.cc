#include "faults/intake_peers.h"

#include <grpcpp/grpcpp.h>

#include <mutex>

#include "common/base/digest.h"
#include "common/base/log.h"
#include "common/rpc/raw_message.h"
#include "common/rpc/server.h"
#include "jixiao/publish/v1/publish_service.grpc.pb.h"
#include "jixiao/scoring/v1/scoring_service.grpc.pb.h"

namespace jixiao::intake::testing {
namespace {

std::string BytesOf(const std::string& wire, int field) {
  const auto bytes = FindField(wire, field);
  return bytes.ok() ? std::string(bytes->value_or("")) : "";
}

// A clean card for every report. Raw: what the digests are about is the bytes.
class Scoring final
    : public scoring::v1::ScoringService::WithRawCallbackMethod_ScoreReport<scoring::v1::ScoringService::Service> {
  grpc::ServerUnaryReactor* ScoreReport(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    scoring::v1::ScoreReportResponse answer;
    answer.mutable_score_card()->set_report_digest(
        ContentDigest(BytesOf(ToBytes(*request), scoring::v1::ScoreReportRequest::kReportFieldNumber)));
    *response = ToByteBuffer(answer.SerializeAsString());
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

// Idempotent by version, like the real one.
class Publish final
    : public publish::v1::PublishService::WithRawCallbackMethod_PublishReport<publish::v1::PublishService::Service> {
 public:
  grpc::ServerUnaryReactor* PublishReport(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override {
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    publish::v1::PublishReportResponse answer;
    const grpc::Status status = Take(ToBytes(*request), answer);
    *response = ToByteBuffer(answer.SerializeAsString());
    reactor->Finish(status);
    return reactor;
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
  grpc::Status Take(const std::string& bytes, publish::v1::PublishReportResponse& response) {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++call_count_;
    publish::v1::PublishReportRequest request;
    if (!request.ParseFromString(bytes)) return {grpc::StatusCode::INVALID_ARGUMENT, "no request"};
    const std::string report = BytesOf(bytes, publish::v1::PublishReportRequest::kReportFieldNumber);
    if (ContentDigest(report) != request.report_digest()) {
      return {grpc::StatusCode::INVALID_ARGUMENT, "other bytes than the digest says"};
    }
    const auto [at, is_new] = disclosures_.emplace(request.submission_version(), request.report_digest());
    if (!is_new && at->second != request.report_digest()) return {grpc::StatusCode::ALREADY_EXISTS, "other bytes"};
    response.set_page_path("/" + request.submission_version());
    return grpc::Status::OK;
  }

  std::mutex mutex_;
  std::map<std::string, std::string> disclosures_;
  int call_count_ = 0;
};

std::unique_ptr<Server> Serve(const char* name, grpc::Service& service) {
  ServerOptions options;
  options.listen = "127.0.0.1:0";
  options.plaintext = true;
  options.drain_pause = absl::ZeroDuration();
  auto server = Server::Start(options, {{name, &service}});
  JIXIAO_CHECK(server.ok());
  return *std::move(server);
}

}  // namespace

struct IntakePeers::Services {
  Scoring scoring;
  Publish publish;
  const std::unique_ptr<Server> scoring_server = Serve(scoring::v1::ScoringService::service_full_name(), scoring);
  const std::unique_ptr<Server> publish_server = Serve(publish::v1::PublishService::service_full_name(), publish);
};

IntakePeers::IntakePeers() : services_(std::make_unique<Services>()) {}
IntakePeers::~IntakePeers() = default;

std::string IntakePeers::scoring_address() const {
  return "127.0.0.1:" + std::to_string(services_->scoring_server->port());
}
std::string IntakePeers::publish_address() const {
  return "127.0.0.1:" + std::to_string(services_->publish_server->port());
}
std::map<std::string, std::string> IntakePeers::Disclosures() const { return services_->publish.disclosures(); }
int IntakePeers::publish_call_count() const { return services_->publish.call_count(); }

}  // namespace jixiao::intake::testing
