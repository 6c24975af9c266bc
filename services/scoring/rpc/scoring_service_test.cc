#include "scoring/rpc/scoring_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/rpc/channel.h"
#include "common/rpc/raw_message.h"
#include "common/rpc/server.h"
#include "common/testing/status_matchers.h"
#include "scoring/core/score_report.h"
#include "scoring/testing/in_memory_score_memo.h"
#include "scoring/testing/rule_files.h"

namespace jixiao::scoring {
namespace {

using jixiao::testing::FailsWith;
using jixiao::testing::IsOk;
using jixiao::testing::StatusIs;
using ::testing::Eq;
using ::testing::HasSubstr;

constexpr char kScore[] = "/jixiao.scoring.v1.ScoringService/ScoreReport";
constexpr char kVerify[] = "/jixiao.scoring.v1.ScoringService/VerifyScore";
constexpr char kGet[] = "/jixiao.scoring.v1.ScoringService/GetRuleSet";
constexpr char kList[] = "/jixiao.scoring.v1.ScoringService/ListRuleSets";

report::v1::Report SmallReport() {
  report::v1::Report report;
  auto* content = report.mutable_content();
  content->mutable_unit()->set_name("示例局");
  content->mutable_unit()->set_division_code("430611");
  content->set_fiscal_year(2024);
  content->set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  content->set_form("hunan");
  content->add_evaluation_tables()->set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  return report;
}

RuleSets Shipped() {
  std::vector<LoadedRuleSet> loaded;
  loaded.push_back(testing::ShippedRuleSet("hunan-2024"));
  loaded.push_back(testing::ShippedRuleSet("zhengzhou-2021"));
  return *RuleSets::Create(std::move(loaded));
}

class ScoringServiceTest : public ::testing::Test {
 protected:
  ScoringServiceTest() {
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    options.plaintext = true;
    options.drain_pause = absl::ZeroDuration();
    auto server = Server::Start(options, {{v1::ScoringService::service_full_name(), &service_}});
    JIXIAO_CHECK(server.ok());
    server_ = *std::move(server);
    channel_ = server_->InProcessChannel();
  }

  absl::StatusOr<std::string> Ask(const std::string& method, const std::string& request) {
    return CallRaw(channel_, method, request, {absl::Now() + absl::Seconds(10), ""});
  }

  static std::string RequestFor(const std::string& report_bytes, const std::string& rule_set = "") {
    std::string request;
    AppendField(1, report_bytes, request);
    if (!rule_set.empty()) AppendField(2, rule_set, request);
    return request;
  }

  double Outcomes(const std::string& outcome) {
    return metrics_.ValueOf("jixiao_scoring_reports_total", {{"outcome", outcome}});
  }

  const RuleSets rule_sets_ = Shipped();
  testing::InMemoryScoreMemo memo_;
  Metrics metrics_;
  RpcMetrics rpc_metrics_{metrics_, ScoringService::Methods()};
  ScoringMetrics scoring_metrics_{metrics_};
  CallRunner runner_{CallRunnerOptions(), rpc_metrics_};
  ScoringService service_{rule_sets_, memo_, scoring_metrics_, runner_};
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(ScoringServiceTest, AnswersWithTheBytesThatTheCoreMakes) {
  const std::string bytes = SmallReport().SerializeAsString();
  const std::string digest = ContentDigest(bytes);
  const v1::ScoreCard expected =
      ScoreReport(SmallReport(), digest, **rule_sets_.Find("rulesets/hunan-2024"), v1::ScoringContext());

  const auto answer = Ask(kScore, RequestFor(bytes));

  ASSERT_THAT(answer, IsOk());
  EXPECT_THAT(*FindField(*answer, 1), Eq(ScoreCardBytes(expected)));
  EXPECT_EQ(Outcomes("scored"), 1);
}

TEST_F(ScoringServiceTest, RefusesAContextThatTheRubricDoesNotKnow) {
  v1::ScoringContext context;
  context.add_confirmed_work_scores()->set_criterion_id("NO_SUCH");
  std::string request = RequestFor(SmallReport().SerializeAsString());
  AppendField(3, context.SerializeAsString(), request);

  const auto answer = Ask(kScore, request);

  EXPECT_THAT(answer, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(ViolationsOf(answer.status()).field_violations(0).field(), "context.confirmed_work_scores[0].criterion_id");
}

TEST_F(ScoringServiceTest, RemembersCardsOfOtherContextsApart) {
  const std::string bytes = SmallReport().SerializeAsString();
  v1::ScoringContext context;
  context.set_late_working_day_count(3);
  std::string late = RequestFor(bytes);
  AppendField(3, context.SerializeAsString(), late);

  const auto in_time = Ask(kScore, RequestFor(bytes));
  const auto answer = Ask(kScore, late);

  ASSERT_THAT(answer, IsOk());
  EXPECT_NE(*in_time, *answer);
}

TEST_F(ScoringServiceTest, DigestsTheReportAsReceived) {
  // Same message, fields the other way round: other bytes, other digest.
  std::string bytes;
  report::v1::Report with_contact;
  with_contact.add_contacts();
  bytes += with_contact.SerializeAsString();
  bytes += SmallReport().SerializeAsString();

  const auto answer = Ask(kScore, RequestFor(bytes));

  ASSERT_THAT(answer, IsOk());
  v1::ScoreReportResponse response;
  ASSERT_TRUE(response.ParseFromString(*answer));
  EXPECT_EQ(response.score_card().report_digest(), ContentDigest(bytes));
}

TEST_F(ScoringServiceTest, GivesThePointsOfTheFullCardWithoutItsTexts) {
  const std::string request = RequestFor(SmallReport().SerializeAsString());
  v1::ScoreReportRequest view;
  view.set_view(v1::SCORE_VIEW_POINTS);

  v1::ScoreReportResponse full;
  ASSERT_TRUE(full.ParseFromString(*Ask(kScore, request)));
  v1::ScoreReportResponse points;
  ASSERT_TRUE(points.ParseFromString(*Ask(kScore, request + view.SerializeAsString())));

  v1::ScoreCard expected = full.score_card();
  expected.clear_findings();
  expected.clear_work_assessment();
  expected.clear_search_cut_short();
  for (v1::TableScore& table : *expected.mutable_tables()) {
    table.clear_title();
    table.clear_trace();
    for (v1::RowScore& row : *table.mutable_rows()) {
      row.clear_label();
      row.clear_trace();
    }
  }
  EXPECT_EQ(ScoreCardBytes(points.score_card()), ScoreCardBytes(expected));
}

TEST_F(ScoringServiceTest, RemembersACardByteForByte) {
  const std::string request = RequestFor(SmallReport().SerializeAsString());

  const auto first = Ask(kScore, request);
  const auto second = Ask(kScore, request);

  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(*first, *second);
  EXPECT_EQ(Outcomes("scored"), 1);
  EXPECT_EQ(Outcomes("remembered"), 1);
}

TEST_F(ScoringServiceTest, ScoresAnewForAnotherContext) {
  std::string request = RequestFor(SmallReport().SerializeAsString());
  ASSERT_THAT(Ask(kScore, request), IsOk());
  v1::ScoringContext context;
  context.set_late_working_day_count(2);
  AppendField(3, context.SerializeAsString(), request);

  ASSERT_THAT(Ask(kScore, request), IsOk());

  EXPECT_EQ(Outcomes("scored"), 2);
}

TEST_F(ScoringServiceTest, NamesTheBrokenFieldOfAReport) {
  report::v1::Report report = SmallReport();
  report.mutable_content()->mutable_unit()->set_name("\xff");

  const auto answer = Ask(kScore, RequestFor(report.SerializeAsString()));

  ASSERT_THAT(answer, FailsWith(absl::StatusCode::kInvalidArgument, "INVALID_FIELDS"));
  EXPECT_EQ(ViolationsOf(answer.status()).field_violations(0).field(), "report.content.unit.name");
  EXPECT_EQ(Outcomes("invalid"), 1);
}

TEST_F(ScoringServiceTest, RefusesARequestWithoutReportOrWithTwo) {
  const std::string report = SmallReport().SerializeAsString();
  EXPECT_THAT(Ask(kScore, ""), FailsWith(absl::StatusCode::kInvalidArgument, "INVALID_FIELDS"));
  EXPECT_THAT(Ask(kScore, RequestFor(report) + RequestFor(report)),
              FailsWith(absl::StatusCode::kInvalidArgument, "INVALID_FIELDS"));
}

TEST_F(ScoringServiceTest, SaysWhichRuleSetsThereAreIfNoneApplies) {
  report::v1::Report report = SmallReport();
  report.mutable_content()->set_fiscal_year(2030);

  const auto answer = Ask(kScore, RequestFor(report.SerializeAsString()));

  ASSERT_THAT(answer, FailsWith(absl::StatusCode::kNotFound, "NO_RULE_SET"));
  EXPECT_THAT(std::string(answer.status().message()), HasSubstr("2030"));
  EXPECT_EQ(Outcomes("no_rule_set"), 1);
}

TEST_F(ScoringServiceTest, UsesTheRuleSetNamed) {
  const std::string report = SmallReport().SerializeAsString();

  const auto answer = Ask(kScore, RequestFor(report, "rulesets/zhengzhou-2021"));

  ASSERT_THAT(answer, IsOk());
  v1::ScoreReportResponse response;
  ASSERT_TRUE(response.ParseFromString(*answer));
  EXPECT_EQ(response.score_card().rule_set(), "rulesets/zhengzhou-2021");
  EXPECT_THAT(Ask(kScore, RequestFor(report, "rulesets/none")), FailsWith(absl::StatusCode::kNotFound, "NO_RULE_SET"));
}

TEST_F(ScoringServiceTest, GetsAndListsRuleSetsByName) {
  const OutboundCall call{absl::Now() + absl::Seconds(10), ""};
  v1::ListRuleSetsRequest list;
  list.set_page_size(1);

  const auto first = CallMessage<v1::ListRuleSetsResponse>(channel_, kList, list, call);
  ASSERT_THAT(first, IsOk());
  list.set_page_token(first->next_page_token());
  const auto second = CallMessage<v1::ListRuleSetsResponse>(channel_, kList, list, call);
  ASSERT_THAT(second, IsOk());
  v1::GetRuleSetRequest get;
  get.set_name(second->rule_sets(0).name());
  const auto got = CallMessage<v1::GetRuleSetResponse>(channel_, kGet, get, call);

  EXPECT_EQ(first->rule_sets(0).name(), "rulesets/hunan-2024");
  EXPECT_EQ(second->rule_sets(0).name(), "rulesets/zhengzhou-2021");
  EXPECT_EQ(second->next_page_token(), "");
  ASSERT_THAT(got, IsOk());
  EXPECT_EQ(got->rule_set().name(), "rulesets/zhengzhou-2021");
  EXPECT_EQ(got->digest(), second->rule_sets(0).digest());
}

TEST_F(ScoringServiceTest, VerifiesACardOfItsOwnAndNoOther) {
  const std::string report = SmallReport().SerializeAsString();
  const auto answer = Ask(kScore, RequestFor(report));
  ASSERT_THAT(answer, IsOk());
  v1::ScoreReportResponse scored;
  ASSERT_TRUE(scored.ParseFromString(*answer));
  std::string request = RequestFor(report, std::string(**FindField(*answer, 1)));
  scored.mutable_score_card()->mutable_tables(0)->set_claimed_milli(1);
  std::string changed = RequestFor(report, ScoreCardBytes(scored.score_card()));

  v1::VerifyScoreResponse same;
  ASSERT_TRUE(same.ParseFromString(*Ask(kVerify, request)));
  v1::VerifyScoreResponse other;
  ASSERT_TRUE(other.ParseFromString(*Ask(kVerify, changed)));

  EXPECT_TRUE(same.is_identical());
  EXPECT_FALSE(same.has_difference());
  EXPECT_FALSE(other.is_identical());
  EXPECT_THAT(other.difference(), HasSubstr("claimed_milli"));
}

TEST_F(ScoringServiceTest, DoesNotVerifyWithAnotherEngine) {
  const std::string report = SmallReport().SerializeAsString();
  v1::ScoreReportResponse scored;
  ASSERT_TRUE(scored.ParseFromString(*Ask(kScore, RequestFor(report))));
  scored.mutable_score_card()->set_engine_version("0");

  EXPECT_THAT(Ask(kVerify, RequestFor(report, scored.score_card().SerializeAsString())),
              FailsWith(absl::StatusCode::kFailedPrecondition, "PINNED_VERSION_NOT_LOADED"));
}

}  // namespace
}  // namespace jixiao::scoring
