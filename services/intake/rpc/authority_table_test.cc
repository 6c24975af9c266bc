// Every method of the contract, called by every role with every kind of scope,
// about every kind of place. What should come of it stands in a table written by
// hand; a method without a row fails the test.
#include <gmock/gmock.h>

#include <array>
#include <functional>
#include <map>

#include "common/base/errors.h"
#include "common/rpc/status_conversion.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/rpc/intake_service.h"
#include "intake/rpc/watch_hub.h"
#include "intake/testing/fake_clients.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/in_memory_submission_store.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FakeClock;
using ::jixiao::testing::IsOk;
using testing::AFiling;
using testing::AReport;

// Everybody's scope is in 431000, for the fiscal years 2020 to 2024.
struct Place {
  const char* what;
  SubmissionKey key;
};
SubmissionKey At(const std::string& division, const std::string& unit, int year = 2024) {
  return {division, unit, year, report::v1::REPORT_KIND_DEPARTMENT, ""};
}
const std::array<Place, 7> kPlaces = {{{"own unit", At("431000", "U1")},
                                       {"sibling unit", At("431000", "U2")},
                                       {"child division", At("431002", "U1")},
                                       {"parent division", At("430000", "U1")},
                                       // Without pairs of digits 431000 would cover it.
                                       {"next city", At("431100", "U1")},
                                       {"other city", At("430600", "U1")},
                                       {"other year", At("431000", "U1", 2019)}}};

constexpr std::array<Scope::Kind, 3> kKinds = {Scope::Kind::kUnit, Scope::Kind::kOwnLevel, Scope::Kind::kSubtree};

// One letter a place, in the order of kPlaces; one line a kind of scope.
using Coverage = std::array<const char*, 3>;
constexpr Coverage kEverywhere = {"yyyyyyy", "yyyyyyy", "yyyyyyy"};
constexpr Coverage kNowhere = {"-------", "-------", "-------"};
// About one unit.
constexpr Coverage kUnits = {"y------", "yy-----", "yyy----"};
// About a whole division: more than one unit, and more than its own level.
constexpr Coverage kDivisions = {"-------", "-------", "yyy----"};
// About a division, of which who has its own level gets that.
constexpr Coverage kOwnLevelToo = {"-------", "yy-----", "yyy----"};
// Seasons that the caller's units file under: those of divisions above as well.
constexpr Coverage kSeasonsAbove = {"yy-y---", "yy-y---", "yyyy---"};
// About a division in any year, of which the caller gets the own part.
constexpr Coverage kOverlaps = {"yyyy--y", "yyyy--y", "yyyy--y"};
constexpr Coverage kDivisionsAnyYear = {"-------", "-------", "yyy---y"};

// C clerk, B budget system, R reviewer, M season manager, A auditor.
constexpr std::pair<char, Role> kRoles[] = {{'C', Role::kClerk},
                                            {'B', Role::kBudgetSystem},
                                            {'R', Role::kReviewer},
                                            {'M', Role::kSeasonManager},
                                            {'A', Role::kAuditor}};

struct Row {
  const char* roles;   // who may
  Coverage allowed;    // where who may, may
  Coverage forbidden;  // where who may not is told so; elsewhere there is nothing
};

const std::map<std::string, Row> kTable = {
    {"SubmitReport", {"CB", kUnits, kUnits}},
    {"SubmitReports", {"CB", kUnits, kUnits}},
    {"CheckReport", {"CBRMA", kEverywhere, kNowhere}},
    {"GetSubmission", {"CBRA", kUnits, kUnits}},
    {"ListSubmissions", {"CBRMA", kEverywhere, kNowhere}},
    {"GetVersion", {"CBRA", kUnits, kUnits}},
    {"ListVersions", {"CBRA", kUnits, kUnits}},
    {"CompareVersions", {"CBRA", kUnits, kUnits}},
    {"ListEvents", {"CBRA", kUnits, kUnits}},
    {"WatchSubmission", {"CBRA", kUnits, kUnits}},
    {"ApproveSubmission", {"R", kUnits, kUnits}},
    {"ReturnSubmission", {"R", kUnits, kUnits}},
    {"WithdrawSubmission", {"CR", kUnits, kUnits}},
    {"ExplainFinding", {"C", kUnits, kUnits}},
    {"ReviewSubmissions", {"R", kOverlaps, kDivisionsAnyYear}},
    {"ConfirmWorkAssessment", {"R", kUnits, kUnits}},
    {"ImportRoster", {"M", kUnits, kUnits}},
    {"ListRosterUnits", {"RMA", kOwnLevelToo, kDivisions}},
    {"SetSeason", {"M", kDivisions, kDivisions}},
    {"GetSeason", {"CBRMA", kSeasonsAbove, kDivisions}},
    {"ExtendDeadline", {"M", kDivisions, kDivisions}},
    {"GetSeasonProgress", {"RMA", kOwnLevelToo, kDivisions}},
    {"ReadAuditLog", {"A", kDivisions, kDivisions}},
};

// Believes the number in the metadata.
class TableCallers final : public Callers {
 public:
  absl::StatusOr<Subject> Identify(const grpc::CallbackServerContext& context) const override {
    const auto found = context.client_metadata().find("x-test-caller");
    if (found == context.client_metadata().end()) {
      return MakeError(absl::StatusCode::kUnauthenticated, "NO_IDENTITY", "nobody");
    }
    return subjects[std::stoul(std::string(found->second.data(), found->second.size()))];
  }
  std::vector<Subject> subjects;
};

class AuthorityTableTest : public ::testing::Test {
 protected:
  using Stub = v1::IntakeService::Stub;
  using Call = std::function<absl::Status(grpc::ClientContext&, const SubmissionKey&)>;

  AuthorityTableTest()
      : rpc_metrics_(metrics_, IntakeMethods()),
        filing_metrics_(metrics_),
        runner_(CallRunnerOptions{}, rpc_metrics_),
        service_({store_, scoring_, callers_, clock_, [](std::string_view) { return AReport(); }, filing_metrics_,
                  streams_, [] {}, FilingPolicy(), &watches_},
                 runner_) {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    stub_ = v1::IntakeService::NewStub(server_->InProcessChannel({}));
    for (const auto& [letter, role] : kRoles) {
      for (const Scope::Kind kind : kKinds) {
        const Scope scope{.kind = kind,
                          .division_code = "431000",
                          .unit_code = kind == Scope::Kind::kUnit ? "U1" : "",
                          .first_fiscal_year = 2020,
                          .last_fiscal_year = 2024};
        callers_.subjects.push_back({.id = "person/test", .grants = {{role, scope}}});
      }
    }
    for (const Place& place : kPlaces) File(place.key);
    for (const Place& place : kPlaces) SetSeason(place.key);
    MakeCalls();
  }
  ~AuthorityTableTest() override { server_->Shutdown(); }

  // A submission of two versions, and a season: nothing is missing but rights.
  void File(const SubmissionKey& key) {
    const auto file = [&](const std::string& request_id, const std::string& title) {
      Submit(store_, AFiling(request_id, title, key), FilingPolicy(),
             [](const absl::StatusOr<FilingAnswer>& answer) { ASSERT_THAT(answer, IsOk()); });
    };
    file("request-1", "一");
    file("request-2", "二");
  }
  void SetSeason(const SubmissionKey& key) {
    const SeasonKey season{key.division_code, key.fiscal_year, key.kind};
    store_.Write(
        [&](SubmissionTransaction& transaction) {
          v1::Season message;
          message.set_name(FormatSeasonName(season));
          message.set_rule_set("rulesets/hunan-2024");
          message.mutable_opening_time()->set_seconds(1'700'000'000);
          message.mutable_deadline()->set_seconds(1'900'000'000);
          return transaction.PutSeason(season, message);
        },
        [](const absl::Status& status) { ASSERT_THAT(status, IsOk()); });
  }

  template <typename Request, typename Response, typename Fill>
  void Add(const std::string& name, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
           Fill fill) {
    calls_[name] = [this, method, fill](grpc::ClientContext& context, const SubmissionKey& key) {
      Request request;
      fill(key, request);
      Response response;
      return FromGrpcStatus((stub_.get()->*method)(&context, request, &response));
    };
  }

  static void FillItem(const SubmissionKey& key, v1::SubmitReportRequest& request) {
    request.set_request_id("request-table");
    request.set_base_version(77);  // stale: nothing is stored
    *request.mutable_report() = AReport();
    auto& content = *request.mutable_report()->mutable_content();
    content.mutable_unit()->set_code(key.unit_code);
    content.mutable_unit()->set_division_code(key.division_code);
    content.set_fiscal_year(key.fiscal_year);
  }

  // Reads one message and gives the stream's status; OK if a message came.
  template <typename Response>
  static absl::Status FirstOf(grpc::ClientContext& context, std::unique_ptr<grpc::ClientReader<Response>> stream) {
    Response message;
    const bool has_message = stream->Read(&message);
    if (has_message) context.TryCancel();
    while (has_message && stream->Read(&message)) {
    }
    const grpc::Status status = stream->Finish();
    return has_message ? absl::OkStatus() : FromGrpcStatus(status);
  }

  // Requests that are well formed and change nothing that other cells need.
  void MakeCalls() {
    Add("SubmitReport", &Stub::SubmitReport, FillItem);
    calls_["SubmitReports"] = [this](grpc::ClientContext& context, const SubmissionKey& key) -> absl::Status {
      const auto stream = stub_->SubmitReports(&context);
      v1::SubmitReportsRequest request;
      FillItem(key, *request.mutable_item());
      stream->Write(request);
      stream->WritesDone();
      v1::SubmitReportsResponse response;
      const bool has_answer = stream->Read(&response);
      while (has_answer && stream->Read(&response)) {
      }
      const grpc::Status status = stream->Finish();
      if (!has_answer) return FromGrpcStatus(status);
      const auto& refused = response.refused();
      return response.has_accepted()
                 ? absl::OkStatus()
                 : MakeError(static_cast<absl::StatusCode>(refused.code()), refused.reason(), refused.message());
    };
    Add("CheckReport", &Stub::CheckReport,
        [](const SubmissionKey&, v1::CheckReportRequest& request) { *request.mutable_report() = AReport(); });
    const auto name = [](const SubmissionKey& key, auto& request) { request.set_name(FormatSubmissionName(key)); };
    const auto parent = [](const SubmissionKey& key, auto& request) { request.set_parent(FormatSubmissionName(key)); };
    const auto stale = [](const SubmissionKey& key, auto& request) {
      request.set_name(FormatSubmissionName(key));
      request.set_version(77);
      request.set_request_id("request-table");
    };
    Add("GetSubmission", &Stub::GetSubmission, name);
    Add("ListSubmissions", &Stub::ListSubmissions, [](const SubmissionKey& key, v1::ListSubmissionsRequest& request) {
      request.set_division_code(key.division_code);
    });
    Add("GetVersion", &Stub::GetVersion, [](const SubmissionKey& key, v1::GetVersionRequest& request) {
      request.set_name(FormatVersionName({key, 1}));
    });
    Add("ListVersions", &Stub::ListVersions, parent);
    Add("CompareVersions", &Stub::CompareVersions, [](const SubmissionKey& key, v1::CompareVersionsRequest& request) {
      request.set_older(FormatVersionName({key, 1}));
      request.set_newer(FormatVersionName({key, 2}));
    });
    Add("ListEvents", &Stub::ListEvents, parent);
    calls_["WatchSubmission"] = [this](grpc::ClientContext& context, const SubmissionKey& key) {
      v1::WatchSubmissionRequest request;
      request.set_name(FormatSubmissionName(key));
      return FirstOf(context, stub_->WatchSubmission(&context, request));
    };
    Add("ApproveSubmission", &Stub::ApproveSubmission, stale);
    Add("ReturnSubmission", &Stub::ReturnSubmission,
        [](const SubmissionKey& key, v1::ReturnSubmissionRequest& request) {
          request.set_name(FormatSubmissionName(key));
          request.set_version(77);
          request.set_request_id("request-table");
          request.add_comments()->set_text("请核对");
        });
    Add("WithdrawSubmission", &Stub::WithdrawSubmission,
        [](const SubmissionKey& key, v1::WithdrawSubmissionRequest& request) {
          request.set_name(FormatSubmissionName(key));
          request.set_version(77);
          request.set_request_id("request-table");
          request.set_reason("重新核对");
        });
    Add("ExplainFinding", &Stub::ExplainFinding, [](const SubmissionKey& key, v1::ExplainFindingRequest& request) {
      request.set_name(FormatSubmissionName(key));
      request.set_version(77);
      request.set_finding_id("F1");
      request.set_explanation("年中追加了项目");
      request.set_request_id("request-table");
    });
    Add("ReviewSubmissions", &Stub::ReviewSubmissions,
        [](const SubmissionKey& key, v1::ReviewSubmissionsRequest& request) {
          request.set_division_code(key.division_code);
          request.set_fiscal_year(key.fiscal_year);
          request.set_decision(v1::ReviewSubmissionsRequest::DECISION_APPROVE);
          request.set_preview(true);
          request.set_request_id("request-table");
        });
    Add("ConfirmWorkAssessment", &Stub::ConfirmWorkAssessment,
        [](const SubmissionKey& key, v1::ConfirmWorkAssessmentRequest& request) {
          request.set_name(FormatSubmissionName(key));
          request.set_version(77);
          request.set_request_id("request-table");
          auto& confirmation = *request.add_confirmations();
          confirmation.set_criterion_id("PROBLEMS");
          confirmation.set_score_milli(1000);
        });
    MakeSeasonCalls();
  }

  void MakeSeasonCalls() {
    const auto season = [](const SubmissionKey& key) {
      return FormatSeasonName({key.division_code, key.fiscal_year, key.kind});
    };
    Add("ImportRoster", &Stub::ImportRoster, [](const SubmissionKey& key, v1::ImportRosterRequest& request) {
      auto& unit = *request.add_units();
      unit.set_name(FormatUnitName(UnitOf(key)));
      unit.set_unit_name("云溪县农村工作局");
      unit.set_first_fiscal_year(key.fiscal_year);
      unit.set_last_fiscal_year(key.fiscal_year);
      request.set_preview(true);
      request.set_request_id("request-table");
    });
    Add("ListRosterUnits", &Stub::ListRosterUnits, [](const SubmissionKey& key, v1::ListRosterUnitsRequest& request) {
      request.set_division_code(key.division_code);
      request.set_fiscal_year(key.fiscal_year);
    });
    Add("SetSeason", &Stub::SetSeason, [season](const SubmissionKey& key, v1::SetSeasonRequest& request) {
      request.mutable_season()->set_name(season(key));
      request.mutable_season()->set_rule_set("rulesets/hunan-2024");
      request.mutable_season()->mutable_opening_time()->set_seconds(1'700'000'000);
      request.mutable_season()->mutable_deadline()->set_seconds(1'900'000'000);
      request.set_request_id("request-table");
    });
    Add("GetSeason", &Stub::GetSeason,
        [season](const SubmissionKey& key, v1::GetSeasonRequest& request) { request.set_name(season(key)); });
    Add("ExtendDeadline", &Stub::ExtendDeadline,
        [season](const SubmissionKey& key, v1::ExtendDeadlineRequest& request) {
          request.set_season(season(key));
          request.set_unit(FormatUnitName(UnitOf(key)));
          request.mutable_deadline()->set_seconds(1'950'000'000);
          request.set_reason("系统迁移");
          request.set_request_id("request-table");
        });
    Add("GetSeasonProgress", &Stub::GetSeasonProgress,
        [season](const SubmissionKey& key, v1::GetSeasonProgressRequest& request) {
          request.set_name(season(key));
          request.set_division_code(key.division_code);
        });
    calls_["ReadAuditLog"] = [this](grpc::ClientContext& context, const SubmissionKey& key) {
      v1::ReadAuditLogRequest request;
      request.set_name(FormatAuditLogName(ShardOf(key.division_code, key.fiscal_year)));
      return FirstOf(context, stub_->ReadAuditLog(&context, request));
    };
  }

  // As subject `caller`; negative: as nobody.
  absl::Status Ask(const std::string& method, const SubmissionKey& key, int caller) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    if (caller >= 0) context.AddMetadata("x-test-caller", std::to_string(caller));
    return calls_.at(method)(context, key);
  }

  Metrics metrics_;
  RpcMetrics rpc_metrics_;
  FilingMetrics filing_metrics_;
  FakeClock clock_;
  TableCallers callers_;
  testing::InMemorySubmissionStore store_;
  testing::FakeScoringClient scoring_;
  SubmissionChanges changes_;
  WatchHub watches_{store_, changes_};
  OpenStreams streams_{kMaxStreams};
  CallRunner runner_;
  IntakeService service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Stub> stub_;
  std::map<std::string, Call> calls_;
};

enum class Outcome { kAllowed, kForbidden, kHidden, kUnauthenticated, kOdd };

Outcome OutcomeOf(const absl::Status& status) {
  if (status.code() == absl::StatusCode::kUnauthenticated) return Outcome::kUnauthenticated;
  if (status.code() == absl::StatusCode::kPermissionDenied) return Outcome::kForbidden;
  if (status.code() == absl::StatusCode::kNotFound && ReasonOf(status) == "NOT_FOUND") return Outcome::kHidden;
  switch (status.code()) {
    case absl::StatusCode::kOk:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kFailedPrecondition: return Outcome::kAllowed;
    // A method that is not built, or a request that is refused for its form, says
    // nothing about rights.
    default: return Outcome::kOdd;
  }
}

TEST_F(AuthorityTableTest, EveryMethodHasARowAndACall) {
  for (const std::string& method : IntakeMethods()) {
    EXPECT_TRUE(kTable.contains(method)) << method << " has no row: who may call it?";
    EXPECT_TRUE(calls_.contains(method)) << method << " is not called by this test";
  }
  EXPECT_EQ(kTable.size(), IntakeMethods().size());
}

TEST_F(AuthorityTableTest, EveryCellIsAsTheTableSays) {
  int cells = 0;
  for (const auto& [method, row] : kTable) {
    for (size_t caller = 0; caller < callers_.subjects.size(); ++caller) {
      const char role = kRoles[caller / kKinds.size()].first;
      const size_t kind = caller % kKinds.size();
      const bool is_role_allowed = std::string_view(row.roles).find(role) != std::string_view::npos;
      for (size_t place = 0; place < kPlaces.size(); ++place) {
        const bool is_allowed = is_role_allowed && row.allowed[kind][place] == 'y';
        const bool is_told = !is_role_allowed && row.forbidden[kind][place] == 'y';
        const Outcome wanted = is_allowed ? Outcome::kAllowed : is_told ? Outcome::kForbidden : Outcome::kHidden;
        const absl::Status status = Ask(method, kPlaces[place].key, static_cast<int>(caller));
        ++cells;
        EXPECT_EQ(static_cast<int>(OutcomeOf(status)), static_cast<int>(wanted))
            << method << ", role " << role << ", scope kind " << kind << ", " << kPlaces[place].what << ": " << status;
      }
    }
  }
  EXPECT_EQ(cells, static_cast<int>(kTable.size() * 15 * 7));
}

TEST_F(AuthorityTableTest, NobodyGetsNothingButACheck) {
  for (const auto& [method, row] : kTable) {
    const Outcome outcome = OutcomeOf(Ask(method, kPlaces[0].key, -1));
    EXPECT_EQ(outcome == Outcome::kAllowed, method == "CheckReport") << method;
    EXPECT_EQ(outcome == Outcome::kUnauthenticated, method != "CheckReport") << method;
  }
}

TEST_F(AuthorityTableTest, ListsHoldWhatIsInScopeAndNothingElse) {
  for (size_t caller = 0; caller < callers_.subjects.size(); ++caller) {
    grpc::ClientContext context;
    context.AddMetadata("x-test-caller", std::to_string(caller));
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    v1::ListSubmissionsResponse response;
    ASSERT_TRUE(stub_->ListSubmissions(&context, v1::ListSubmissionsRequest(), &response).ok());
    std::vector<std::string> names;
    for (const auto& submission : response.submissions()) names.push_back(submission.name());
    std::vector<std::string> wanted;
    const bool may_read = kRoles[caller / kKinds.size()].first != 'M';
    for (size_t place = 0; place < kPlaces.size(); ++place) {
      if (may_read && kUnits[caller % kKinds.size()][place] == 'y') {
        wanted.push_back(FormatSubmissionName(kPlaces[place].key));
      }
    }
    EXPECT_THAT(names, ::testing::UnorderedElementsAreArray(wanted)) << caller;
  }
}

// Bytes on the wire, details included.
std::string BytesOf(const absl::Status& status) {
  const grpc::Status wire = ToGrpcStatus(status);
  return fmt::format("{} {} {}", static_cast<int>(wire.error_code()), wire.error_message(), wire.error_details());
}

TEST_F(AuthorityTableTest, WhatIsHiddenAnswersLikeWhatDoesNotExist) {
  int compared = 0;
  // A reviewer and an auditor of the subtree 431000, and a clerk of one unit.
  for (const int caller : {0, 8, 14}) {
    for (const auto& [method, row] : kTable) {
      // Of the caller's own, and not there; and there, and not the caller's own.
      const SubmissionKey missing = At("431000", caller == 0 ? "U1" : "U9", 2021);
      const SubmissionKey hidden = At("431100", "U1");
      const absl::Status of_hidden = Ask(method, hidden, caller);
      if (OutcomeOf(of_hidden) != Outcome::kHidden) continue;
      const absl::Status of_missing = Ask(method, missing, caller);
      if (of_missing.code() != absl::StatusCode::kNotFound) continue;
      EXPECT_EQ(BytesOf(of_hidden), BytesOf(of_missing)) << method;
      ++compared;
    }
  }
  EXPECT_GE(compared, 15);
}

}  // namespace
}  // namespace jixiao::intake
