#include "intake/rpc/intake_service.h"

#include <gmock/gmock.h>

#include "common/base/digest.h"
#include "common/rpc/channel.h"
#include "common/rpc/raw_message.h"
#include "common/testing/status_matchers.h"
#include "common/testing/wait_until.h"
#include "intake/core/tasks/outbox_runner.h"
#include "intake/testing/service_fixture.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using ::jixiao::testing::WaitUntil;
using testing::AReport;
using ::testing::HasSubstr;
using testing::Look;

constexpr char kName[] = "submissions/430611.NC01.2024.department";

class IntakeServiceTest : public testing::ServiceFixture {
 protected:
  absl::Status File(const std::string& request_id, const std::string& title, const std::string& actor = "",
                    const std::string& unit = "NC01") {
    v1::SubmitReportRequest request;
    request.set_request_id(request_id);
    *request.mutable_report() = AReport(title);
    request.mutable_report()->mutable_content()->mutable_unit()->set_code(unit);
    return Call(&v1::IntakeService::Stub::SubmitReport, request, filed_, actor);
  }

  absl::Status Approve(int version, const std::string& request_id, v1::Submission& out) {
    v1::ApproveSubmissionRequest request;
    request.set_name(kName);
    request.set_version(version);
    request.set_request_id(request_id);
    v1::ApproveSubmissionResponse response;
    const absl::Status status = Call(&v1::IntakeService::Stub::ApproveSubmission, request, response, "bureau-1");
    out = response.submission();
    return status;
  }

  absl::Status Explain(const std::string& finding_id, const std::string& text, v1::Submission& out) {
    v1::ExplainFindingRequest request;
    request.set_name(kName);
    request.set_version(1);
    request.set_finding_id(finding_id);
    request.set_explanation(text);
    request.set_request_id("explain-" + finding_id);
    v1::ExplainFindingResponse response;
    const absl::Status status = Call(&v1::IntakeService::Stub::ExplainFinding, request, response, "unit-1");
    out = response.submission();
    return status;
  }

  v1::SubmitReportResponse filed_;
};

TEST_F(IntakeServiceTest, GivesAReceiptAndTheSubmission) {
  ASSERT_THAT(File("request-1", "一"), IsOk());

  EXPECT_EQ(filed_.receipt().submission_version(), std::string(kName) + "/versions/1");
  EXPECT_EQ(filed_.receipt().trace_id().size(), 32U);
  EXPECT_FALSE(filed_.is_identical());
  v1::GetSubmissionRequest request;
  request.set_name(kName);
  v1::GetSubmissionResponse response;
  ASSERT_THAT(Call(&v1::IntakeService::Stub::GetSubmission, request, response), IsOk());
  EXPECT_EQ(response.submission().state(), v1::Submission::STATE_ACCEPTED);
  EXPECT_THAT(response.submission().next_step(), HasSubstr("正在评分"));
  EXPECT_EQ(metrics_.ValueOf("jixiao_intake_submissions_total", {{"outcome", "new_version"}}), 1);
}

// Scored while the answer is put together: it is either from before or from after.
TEST_F(IntakeServiceTest, AnswersFromOneMomentWhateverIsCommittedMeanwhile) {
  ASSERT_THAT(File("request-1", "一"), IsOk());
  v1::GetSubmissionRequest request;
  request.set_name(kName);
  v1::GetSubmissionResponse during, after;
  store_.HappensBetweenLooks([this] { ScoreAll(); });

  ASSERT_THAT(Call(&v1::IntakeService::Stub::GetSubmission, request, during), IsOk());
  ASSERT_THAT(Call(&v1::IntakeService::Stub::GetSubmission, request, after), IsOk());

  EXPECT_EQ(during.submission().state(), v1::Submission::STATE_ACCEPTED);
  EXPECT_FALSE(during.submission().has_score_card()) << "a card that the state knows nothing of";
  EXPECT_EQ(after.submission().state(), v1::Submission::STATE_SCORED);
  EXPECT_TRUE(after.submission().has_score_card());
}

// The server takes messages of 8 MiB for the sake of documents.
TEST_F(IntakeServiceTest, HoldsAllRequestsWithoutDocumentsToLess) {
  const auto channel = server_->InProcessChannel({});
  for (const std::string& method : IntakeMethods()) {
    if (method == "SubmitReport" || method == "SubmitReports" || method == "CheckReport") continue;
    const std::string path = "/jixiao.intake.v1.IntakeService/" + method;
    const auto call = [&](std::string bytes) {
      return CallRaw(channel, path.c_str(), std::move(bytes), {absl::Now() + absl::Seconds(10), ""});
    };
    // An unknown field, as good as any.
    std::string large;
    AppendField(1000, std::string(kMaxSmallRequestBytes, 'a'), large);
    EXPECT_THAT(call(large), FailsWith(absl::StatusCode::kInvalidArgument, "REQUEST_TOO_LARGE")) << method;
    EXPECT_THAT(call("\xFF"), FailsWith(absl::StatusCode::kInvalidArgument, "REQUEST_DAMAGED")) << method;
  }
}

TEST_F(IntakeServiceTest, GivesFieldViolationsInTheStatus) {
  v1::SubmitReportRequest request;
  request.set_request_id("request-1");
  *request.mutable_report() = AReport();
  request.mutable_report()->mutable_content()->set_fiscal_year(1999);

  const absl::Status status = Call(&v1::IntakeService::Stub::SubmitReport, request, filed_);

  EXPECT_EQ(ViolationsOf(status).field_violations(0).field(), "report.content.fiscal_year");
  EXPECT_EQ(metrics_.ValueOf("jixiao_intake_submissions_total", {{"outcome", "refused"}}), 1);
}

TEST_F(IntakeServiceTest, RecordsTheActorAndRefusesOddOnes) {
  ASSERT_THAT(File("request-1", "一", "budget-system.7"), IsOk());
  EXPECT_THAT(File("request-2", "二", "someone else"), StatusIs(absl::StatusCode::kInvalidArgument));

  v1::ListEventsRequest request;
  request.set_parent(kName);
  v1::ListEventsResponse response;
  ASSERT_THAT(Call(&v1::IntakeService::Stub::ListEvents, request, response), IsOk());
  ASSERT_EQ(response.events_size(), 1);
  EXPECT_EQ(response.events(0).actor(), "budget-system.7");
}

TEST_F(IntakeServiceTest, ChecksWithoutStoringAnything) {
  v1::CheckReportRequest request;
  request.mutable_document()->set_media_type("text/plain");
  request.mutable_document()->set_content("一、基本情况");
  scoring_.severities = {scoring::v1::SEVERITY_BLOCKS};
  v1::CheckReportResponse response;

  ASSERT_THAT(Call(&v1::IntakeService::Stub::CheckReport, request, response), IsOk());

  EXPECT_EQ(response.report().content().unit().code().front(), 'P');
  EXPECT_EQ(response.score_card().findings_size(), 1);
  EXPECT_TRUE(Look(store_, &SubmissionReads::Submissions, ListFilter(), std::nullopt, 10)->empty());
  scoring_.failures = {MakeError(absl::StatusCode::kNotFound, "NO_RULE_SET", "没有适用的评分规则")};
  EXPECT_THAT(Call(&v1::IntakeService::Stub::CheckReport, request, response),
              FailsWith(absl::StatusCode::kNotFound, "NO_RULE_SET"));
}

TEST_F(IntakeServiceTest, GivesAVersionBackByteForByte) {
  ASSERT_THAT(File("request-1", "一"), IsOk());
  ScoreAll();
  v1::GetVersionRequest request;
  request.set_name(std::string(kName) + "/versions/1");
  v1::GetVersionResponse response;

  ASSERT_THAT(Call(&v1::IntakeService::Stub::GetVersion, request, response), IsOk());

  EXPECT_EQ(ContentDigest(response.report().SerializeAsString()), response.version().receipt().report_digest());
  EXPECT_EQ(response.version().state(), v1::Submission::STATE_SCORED);
  EXPECT_TRUE(response.has_score_card());
  EXPECT_FALSE(response.has_original());
  request.set_name(std::string(kName) + "/versions/2");
  EXPECT_THAT(Call(&v1::IntakeService::Stub::GetVersion, request, response), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(IntakeServiceTest, ApprovesOnceAndSaysWhyNot) {
  ASSERT_THAT(File("request-1", "一"), IsOk());
  v1::Submission submission;
  EXPECT_THAT(Approve(1, "review-0001", submission), FailsWith(absl::StatusCode::kFailedPrecondition, "WRONG_STATE"));
  ScoreAll();
  EXPECT_THAT(Approve(2, "review-0002", submission), FailsWith(absl::StatusCode::kAborted, "STALE_BASE_VERSION"));

  ASSERT_THAT(Approve(1, "review-0003", submission), IsOk());

  EXPECT_EQ(submission.state(), v1::Submission::STATE_APPROVED);
  EXPECT_TRUE(submission.has_score_card());
  EXPECT_THAT(Approve(1, "review-0003", submission), IsOk());
  EXPECT_THAT(Approve(1, "short", submission), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(IntakeServiceTest, ShowsExplanationsAndApprovesWithThem) {
  scoring_.severities = {scoring::v1::SEVERITY_EXPLAIN};
  ASSERT_THAT(File("request-1", "一"), IsOk());
  ScoreAll();
  v1::Submission submission;
  EXPECT_THAT(Approve(1, "review-0001", submission),
              FailsWith(absl::StatusCode::kFailedPrecondition, "UNEXPLAINED_FINDINGS"));
  EXPECT_THAT(Explain("RULE-2", "年中追加预算所致", submission),
              FailsWith(absl::StatusCode::kNotFound, "NO_SUCH_FINDING"));
  EXPECT_EQ(ViolationsOf(Explain("RULE-1", "无", submission)).field_violations(0).field(), "explanation");

  ASSERT_THAT(Explain("RULE-1", "年中追加预算所致", submission), IsOk());

  ASSERT_EQ(submission.explanations_size(), 1);
  EXPECT_EQ(submission.explanations(0).actor(), "unit-1");
  EXPECT_EQ(submission.finding_counts().unexplained(), 0);
  EXPECT_THAT(submission.next_step(), HasSubstr("均已说明"));
  EXPECT_THAT(Approve(1, "review-0002", submission), IsOk());
}

TEST_F(IntakeServiceTest, ScoresAgainWithWhatAReviewerConfirmed) {
  auto& criterion = *scoring_.more.mutable_work_assessment()->add_criteria();
  criterion.set_criterion_id("PROBLEMS");
  criterion.set_weight_milli(20'000);
  criterion.set_basis(scoring::v1::WORK_SCORE_BASIS_PROPOSED);
  ASSERT_THAT(File("request-1", "一"), IsOk());
  ASSERT_TRUE(WaitUntil([&] { return wakes_ == 1; }));
  ScoreAll();
  v1::ConfirmWorkAssessmentRequest request;
  request.set_name(kName);
  request.set_version(1);
  request.set_request_id("confirm-0001");
  request.add_confirmations()->set_criterion_id("PROBLEMS");
  v1::ConfirmWorkAssessmentResponse response;
  EXPECT_EQ(ViolationsOf(Call(&v1::IntakeService::Stub::ConfirmWorkAssessment, request, response))
                .field_violations(0)
                .field(),
            "confirmations[0].score_milli");
  request.mutable_confirmations(0)->set_score_milli(16'000);

  ASSERT_THAT(Call(&v1::IntakeService::Stub::ConfirmWorkAssessment, request, response), IsOk());

  EXPECT_EQ(response.submission().state(), v1::Submission::STATE_ACCEPTED);
  ASSERT_EQ(response.submission().work_confirmations_size(), 1);
  EXPECT_EQ(wakes_, 2) << "it is scored at once";
  ScoreAll();
  EXPECT_EQ(scoring_.calls.back().context.confirmed_work_scores(0).criterion_id(), "PROBLEMS");
}

TEST_F(IntakeServiceTest, ReturnsWithCommentsOnlyAboutWhatIsThere) {
  scoring_.severities = {scoring::v1::SEVERITY_BLOCKS};
  ASSERT_THAT(File("request-1", "一"), IsOk());
  ScoreAll();
  v1::ReturnSubmissionRequest request;
  request.set_name(kName);
  request.set_version(1);
  request.set_request_id("return-00001");
  request.add_comments()->set_text("请核对");
  request.mutable_comments(0)->set_finding_id("RULE-7");
  v1::ReturnSubmissionResponse response;
  EXPECT_EQ(
      ViolationsOf(Call(&v1::IntakeService::Stub::ReturnSubmission, request, response)).field_violations(0).field(),
      "comments[0].finding_id");
  request.mutable_comments(0)->set_finding_id("RULE-1");

  ASSERT_THAT(Call(&v1::IntakeService::Stub::ReturnSubmission, request, response), IsOk());

  EXPECT_EQ(response.submission().return_comments(0).finding_id(), "RULE-1");
  request.set_version(9);
  request.set_request_id("return-00002");
  EXPECT_THAT(Call(&v1::IntakeService::Stub::ReturnSubmission, request, response),
              FailsWith(absl::StatusCode::kAborted, "STALE_BASE_VERSION"));
}

TEST_F(IntakeServiceTest, DecidesManyWithOneCallAfterAPreview) {
  scoring_.severities = {};
  for (const char* unit : {"A", "B"}) ASSERT_THAT(File("request-1", unit, "", unit), IsOk());
  ScoreAll();
  v1::ReviewSubmissionsRequest request;
  request.set_division_code("430600");
  request.set_fiscal_year(2024);
  request.set_decision(v1::ReviewSubmissionsRequest::DECISION_APPROVE);
  request.set_request_id("bulk-0001");
  request.set_preview(true);
  v1::ReviewSubmissionsResponse response;
  ASSERT_THAT(Call(&v1::IntakeService::Stub::ReviewSubmissions, request, response), IsOk());
  EXPECT_EQ(response.matched_count(), 2);
  EXPECT_EQ(response.changed_count(), 0);
  request.set_preview(false);
  request.set_expected_count(3);
  EXPECT_THAT(Call(&v1::IntakeService::Stub::ReviewSubmissions, request, response),
              FailsWith(absl::StatusCode::kAborted, "PREVIEW_OUTDATED"));
  request.set_expected_count(2);

  ASSERT_THAT(Call(&v1::IntakeService::Stub::ReviewSubmissions, request, response), IsOk());

  EXPECT_EQ(response.changed_count(), 2);
  EXPECT_EQ(response.remaining_count(), 0);
  request.set_request_id("short");
  EXPECT_THAT(Call(&v1::IntakeService::Stub::ReviewSubmissions, request, response),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(IntakeServiceTest, WalksThroughListsPageByPage) {
  for (int i = 0; i < 5; ++i) ASSERT_THAT(File("request-1", "一", "", "U" + std::to_string(i)), IsOk());
  v1::ListSubmissionsRequest request;
  request.set_division_code("430600");
  request.set_page_size(2);
  std::vector<std::string> units;
  do {
    v1::ListSubmissionsResponse response;
    ASSERT_THAT(Call(&v1::IntakeService::Stub::ListSubmissions, request, response), IsOk());
    for (const auto& submission : response.submissions()) units.push_back(submission.unit_code());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());

  EXPECT_THAT(units, ::testing::ElementsAre("U0", "U1", "U2", "U3", "U4"));
}

TEST_F(IntakeServiceTest, ComparesVersionsOfOneSubmission) {
  ASSERT_THAT(File("request-1", "一"), IsOk());
  ASSERT_THAT(File("request-2", "二"), IsOk());
  v1::CompareVersionsRequest request;
  request.set_older(std::string(kName) + "/versions/1");
  request.set_newer(std::string(kName) + "/versions/2");
  v1::CompareVersionsResponse response;

  ASSERT_THAT(Call(&v1::IntakeService::Stub::CompareVersions, request, response), IsOk());

  ASSERT_EQ(response.differences_size(), 1);
  EXPECT_EQ(response.differences(0).path(), "content.title");
  request.set_newer("submissions/430611.NC02.2024.department/versions/2");
  EXPECT_THAT(Call(&v1::IntakeService::Stub::CompareVersions, request, response),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(IntakeServiceTest, ListsVersionsNewestFirst) {
  ASSERT_THAT(File("request-1", "一"), IsOk());
  ASSERT_THAT(File("request-2", "二"), IsOk());
  v1::ListVersionsRequest request;
  request.set_parent(kName);
  request.set_page_size(1);
  v1::ListVersionsResponse response;
  ASSERT_THAT(Call(&v1::IntakeService::Stub::ListVersions, request, response), IsOk());
  ASSERT_EQ(response.versions_size(), 1);
  EXPECT_EQ(response.versions(0).version(), 2);
  request.set_page_token(response.next_page_token());
  ASSERT_THAT(Call(&v1::IntakeService::Stub::ListVersions, request, response), IsOk());
  EXPECT_EQ(response.versions(0).version(), 1);
  EXPECT_EQ(response.next_page_token(), "");
}

}  // namespace
}  // namespace jixiao::intake
