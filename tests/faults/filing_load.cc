#include "faults/filing_load.h"

#include <fmt/format.h>
#include <grpcpp/impl/client_unary_call.h>

#include <algorithm>
#include <thread>

#include "absl/time/clock.h"
#include "common/base/digest.h"
#include "common/rpc/raw_message.h"
#include "common/rpc/status_conversion.h"
#include "intake/testing/report_builder.h"
#include "jixiao/intake/v1/filing.pb.h"
#include "jixiao/intake/v1/submission.pb.h"

namespace jixiao::faults {
namespace {

namespace v1 = intake::v1;
using Code = absl::StatusCode;

constexpr char kMethod[] = "/jixiao.intake.v1.IntakeService/SubmitReport";
constexpr absl::Duration kPause = absl::Milliseconds(5);

// The service looked at the filing and decided: nothing of it is stored.
bool IsDecision(Code code) {
  return code == Code::kInvalidArgument || code == Code::kAlreadyExists || code == Code::kAborted ||
         code == Code::kFailedPrecondition;
}

// The service did not look at it: what became of an earlier call is not known.
bool IsAccessRefusal(Code code) {
  return code == Code::kUnauthenticated || code == Code::kPermissionDenied || code == Code::kNotFound ||
         code == Code::kUnimplemented;
}

}  // namespace

std::shared_ptr<grpc::Channel> LoadChannel(const std::string& server, const TlsFiles& tls) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 20);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 500);  // also how long connecting may take
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(server, MakeChannelCredentials(tls), arguments);
}

Request MakeRequest(const std::string& id, const std::string& unit_code, const std::string& title,
                    std::optional<int> base_version, const LoadOptions& options) {
  report::v1::Report report = intake::testing::AReport(title);
  report::v1::ReportContent& content = *report.mutable_content();
  content.mutable_unit()->set_code(unit_code);
  content.mutable_unit()->set_division_code(options.division_code);
  content.set_fiscal_year(options.fiscal_year);
  const std::string in_order = content.SerializeAsString();
  const int title_field = report::v1::ReportContent::kTitleFieldNumber;
  std::string report_bytes;
  AppendField(report::v1::Report::kContentFieldNumber,
              *KeepFields(in_order, {title_field}) + *DropField(in_order, title_field), report_bytes);

  Request request;
  request.id = id;
  request.digest = ContentDigest(report_bytes);
  request.base_version = base_version;
  v1::SubmitReportRequest message;
  message.set_request_id(id);
  if (base_version.has_value()) message.set_base_version(*base_version);
  request.bytes = message.SerializeAsString();
  AppendField(v1::SubmitReportRequest::kReportFieldNumber, report_bytes, request.bytes);
  return request;
}

absl::StatusOr<v1::Receipt> SubmitOnce(const std::shared_ptr<grpc::Channel>& channel, const std::string& token,
                                       const Request& request, absl::Duration timeout) {
  grpc::ClientContext context;
  // Also keeps a thread at the socket: nobody else drives a connection that is being made.
  context.set_wait_for_ready(true);
  context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
  if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
  const grpc::ByteBuffer bytes = ToByteBuffer(request.bytes);
  grpc::ByteBuffer answer;
  const grpc::Status status = grpc::internal::BlockingUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer>(
      channel.get(), grpc::internal::RpcMethod(kMethod, grpc::internal::RpcMethod::NORMAL_RPC), &context, bytes,
      &answer);
  if (!status.ok()) return FromGrpcStatus(status);
  v1::SubmitReportResponse response;
  if (!response.ParseFromString(ToBytes(answer))) return absl::UnknownError("the answer is no SubmitReportResponse");
  return std::move(*response.mutable_receipt());
}

// One clerk or system: files one after the other.
class FilingLoad::Client {
 public:
  Client(FilingLoad& load, int number) : load_(load), options_(load.options_), counts_(load.counts_), number_(number) {
    for (const std::string& server : options_.servers) channels_.push_back(LoadChannel(server, options_.tls));
    if (!options_.tokens.empty()) token_ = options_.tokens[static_cast<size_t>(number) % options_.tokens.size()];
  }

  void Run(const std::atomic<bool>& is_stopping) {
    const absl::Time start = absl::Now();
    for (int i = 0; i < options_.submissions && !is_stopping; ++i) {
      const std::string unit =
          options_.unit ? options_.unit(number_, i) : fmt::format("{}C{}N{}", options_.prefix, number_, i);
      for (int version = 1; version <= options_.versions && !is_stopping; ++version) {
        if (options_.per_second > 0) {
          const int done = i * options_.versions + version - 1;
          absl::SleepFor(start + absl::Seconds(done) * options_.clients / options_.per_second - absl::Now());
        }
        if (!FileVersion(unit, i, version)) break;
      }
    }
  }

 private:
  Request Make(const std::string& unit, int number, int version, const std::string& variant, int base) const {
    const std::string id = fmt::format("{}-c{:03}-n{:05}-v{}{}", options_.prefix, number_, number, version, variant);
    return MakeRequest(id, unit, id, options_.states_base ? std::optional<int>(base) : std::nullopt, options_);
  }

  // False if the version did not come to be, so that none can follow it.
  bool FileVersion(const std::string& unit, int number, int version) {
    const Request request = Make(unit, number, version, "", version - 1);
    if (options_.is_unruly && version == 1) Insist(Make(unit, number, 2, "-early", 1), /*is_provoked=*/true);
    if (!FileAtOnce(request)) return false;
    if (!options_.is_unruly) return true;
    if (version == 1) {
      Insist(MakeRequest(request.id, unit, "同一请求编号，其他内容", version, options_), /*is_provoked=*/true);
    } else if (version == 2) {
      Insist(Make(unit, number, version, "-stale", version - 1), /*is_provoked=*/true);
      Insist(Make(unit, number, 1, "", 0), /*is_provoked=*/false);  // its first answer again
    }
    return true;
  }

  bool FileAtOnce(const Request& request) {
    std::vector<std::thread> others;
    for (int i = 0; i < options_.duplicates; ++i) {
      others.emplace_back([&] { Insist(request, /*is_provoked=*/false); });
    }
    const bool is_accepted = Insist(request, /*is_provoked=*/false);
    for (std::thread& other : others) other.join();
    return is_accepted;
  }

  // Until it is answered or patience ends. True with a receipt.
  bool Insist(const Request& request, bool is_provoked) {
    load_.ledger_.WriteIntent(request.id, request.digest, request.base_version);
    const absl::Time end = absl::Now() + options_.patience;
    for (size_t attempt = 0;; ++attempt) {
      const size_t instance = (static_cast<size_t>(number_) + attempt) % channels_.size();
      ++counts_.in_flight;
      const auto receipt = SubmitOnce(channels_[instance], token_, request, options_.call_timeout);
      --counts_.in_flight;
      if (receipt.ok()) {
        load_.ledger_.WriteReceipt(request.id, {receipt->submission_version(), receipt->report_digest()});
        ++counts_.accepted;
        return true;
      }
      const Code code = receipt.status().code();
      if (IsDecision(code) || (IsAccessRefusal(code) && attempt == 0)) {
        load_.ledger_.WriteRefusal(request.id, {request.digest, CodeName(code)});
        ++counts_.refused;
        if (!is_provoked) Remember(receipt.status());
        return false;
      }
      ++counts_.repeated;
      if (code == Code::kResourceExhausted) ++counts_.shed;
      const absl::Duration pause = std::max(kPause, RetryDelayOf(receipt.status()).value_or(kPause));
      if (IsAccessRefusal(code) || absl::Now() + pause >= end) {
        ++counts_.unknown;
        Remember(receipt.status());
        return false;
      }
      absl::SleepFor(pause);
    }
  }

  void Remember(const absl::Status& status) {
    const std::lock_guard<std::mutex> lock(load_.mutex_);
    load_.last_refusal_ = fmt::format("{}: {}", CodeName(status.code()), std::string(status.message()));
  }

  FilingLoad& load_;
  const LoadOptions& options_;
  LoadCounts& counts_;
  const int number_;
  std::vector<std::shared_ptr<grpc::Channel>> channels_;
  std::string token_;
};

FilingLoad::FilingLoad(LoadOptions options, intake::testing::Ledger& ledger)
    : options_(std::move(options)), ledger_(ledger) {}

void FilingLoad::Run(const std::atomic<bool>& is_stopping) {
  std::vector<std::thread> threads;
  for (int i = 0; i < options_.clients; ++i) {
    threads.emplace_back([this, i, &is_stopping] { Client(*this, i).Run(is_stopping); });
  }
  for (std::thread& thread : threads) thread.join();
}

void FilingLoad::Run() { Run(std::atomic<bool>(false)); }

std::string FilingLoad::last_refusal() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return last_refusal_;
}

}  // namespace jixiao::faults
