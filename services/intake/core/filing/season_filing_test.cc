#include "intake/core/filing/season_filing.h"

#include <gmock/gmock.h>

#include "common/base/packed_bytes.h"
#include "common/testing/fake_clock.h"
#include "common/testing/shipped_divisions.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/core/submission/stored_time.h"
#include "intake/core/tasks/outbox_runner.h"
#include "intake/testing/fake_clients.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/season_builder.h"
#include "intake/testing/store/in_memory_submission_store.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using testing::AFiling;
using testing::AKey;
using ::testing::AllOf;
using testing::ARosterUnit;
using testing::ASeason;
using testing::ASeasonKey;
using ::testing::HasSubstr;
using testing::Look;
using testing::Noon;
using ::testing::SizeIs;

constexpr auto kFailed = absl::StatusCode::kFailedPrecondition;

MATCHER_P2(IsRefused, reason, text, "is refused with " + std::string(reason)) {
  const absl::Status& status = ::jixiao::testing::StatusOf(arg);
  *result_listener << status.ToString();
  return status.code() == kFailed && ReasonOf(status) == reason &&
         std::string(status.message()).find(text) != std::string::npos;
}

FilingPolicy Required() {
  return {true,
          std::make_shared<const WorkingCalendar>(*WorkingCalendar::Parse(
              ::jixiao::testing::ReadFile(::jixiao::testing::SourcePath("rulesets/calendar/working_days.textproto")))),
          ::jixiao::testing::ShippedDivisions()};
}

class SeasonFilingTest : public ::testing::Test {
 protected:
  // A season of the prefecture and the unit on the roster.
  void SetUp() override {
    ASSERT_THAT(testing::PutSeason(store_, ASeason(ASeasonKey("430600"))), IsOk());
    ASSERT_THAT(testing::PutUnit(store_, ARosterUnit()), IsOk());
  }

  absl::StatusOr<FilingAnswer> File(Filing filing, absl::Time when = Noon(2025, 4, 1)) {
    filing.receive_time = when;
    filing.request_id = "request-" + std::to_string(++count_);
    absl::StatusOr<FilingAnswer> answer = absl::InternalError("no answer");
    Submit(store_, filing, policy_, [&](absl::StatusOr<FilingAnswer> given) { answer = std::move(given); });
    return answer;
  }
  absl::StatusOr<FilingAnswer> FileOn(const std::string& title, absl::Time when) {
    return File(AFiling("", title), when);
  }
  static int DaysLate(const absl::StatusOr<FilingAnswer>& answer) {
    EXPECT_THAT(answer, IsOk());
    return answer.ok() ? answer->receipt.lateness().working_days_late() : -1;
  }

  Filing ForYear(int year) {
    Filing filing = AFiling();
    filing.key.fiscal_year = year;
    return filing;
  }
  Filing ForProject(const std::string& project) {
    Filing filing = AFiling();
    filing.key.kind = report::v1::REPORT_KIND_PROJECT;
    filing.key.project = ProjectCode(project);
    return filing;
  }
  Filing Named(const std::string& unit_code, const std::string& name) {
    Filing filing = AFiling();
    filing.key.unit_code = unit_code;
    filing.unit_name = name;
    return filing;
  }

  // As if the current version had come to `state`.
  void PutState(v1::Submission::State state) {
    SubmissionRecord record = *Look(store_, &SubmissionReads::FindSubmission, AKey());
    record.submission.set_state(state);
    ASSERT_THAT(WriteAndWait(store_, [&](SubmissionTransaction& t) { return t.PutSubmission(record); }), IsOk());
  }
  void Extend(absl::Time deadline) {
    ExtensionRecord record{ASeasonKey("430600"), {"430611", "NC01"}, {}};
    *record.extension.mutable_deadline() = ToTimestamp(deadline);
    ASSERT_THAT(WriteAndWait(store_, [&](SubmissionTransaction& t) { return t.PutExtension(record); }), IsOk());
  }
  void Close() {
    v1::Season season = ASeason(ASeasonKey("430600"));
    season.set_is_closed(true);
    ASSERT_THAT(testing::PutSeason(store_, season), IsOk());
  }

  testing::InMemorySubmissionStore store_;
  FilingPolicy policy_ = Required();
  int count_ = 0;
};

TEST_F(SeasonFilingTest, RecordsWhatSeasonAndRosterSay) {
  const auto answer = File(AFiling());

  ASSERT_THAT(answer, IsOk());
  const v1::Lateness& lateness = answer->receipt.lateness();
  EXPECT_EQ(lateness.season(), "seasons/430600.2024.department");
  EXPECT_EQ(FromTimestamp(lateness.deadline()), FromTimestamp(ASeason().deadline()));
  EXPECT_EQ(lateness.working_days_late(), 0);
  EXPECT_FALSE(lateness.is_provisional());
  EXPECT_FALSE(lateness.is_extended());
  EXPECT_EQ(Look(store_, &SubmissionReads::FindSubmission, AKey())->submission.lateness().SerializeAsString(),
            lateness.SerializeAsString());
  const VersionRecord version = *Look(store_, &SubmissionReads::FindVersion, VersionKey{AKey(), 1});
  EXPECT_EQ(version.rule_set, "rulesets/hunan-2024");
  EXPECT_EQ(version.registered_unit_name, "云溪县农村工作局");
}

TEST_F(SeasonFilingTest, CountsWorkingDaysToTheDayOfReceiptInChina) {
  EXPECT_EQ(DaysLate(FileOn("一", EndOfChinaDay(absl::CivilDay(2025, 4, 30)))), 0);
  // 1 to 5 May 2025 are off; 27 April was worked instead.
  EXPECT_EQ(DaysLate(FileOn("二", Noon(2025, 5, 5))), 0);
  EXPECT_EQ(DaysLate(FileOn("三", EndOfChinaDay(absl::CivilDay(2025, 5, 5)))), 0);
  EXPECT_EQ(DaysLate(FileOn("四", EndOfChinaDay(absl::CivilDay(2025, 5, 5)) + absl::Seconds(1))), 1)
      << "midnight in China, 16:00 UTC of the day before";
  EXPECT_EQ(DaysLate(FileOn("五", Noon(2025, 5, 9))), 4);
  EXPECT_EQ(DaysLate(FileOn("六", Noon(2025, 5, 12))), 5) << "over a weekend";
}

TEST_F(SeasonFilingTest, SaysIfTheCalendarOfAYearWasNotOut) {
  policy_.calendar = nullptr;
  const auto answer = FileOn("一", Noon(2025, 5, 9));
  ASSERT_THAT(answer, IsOk());
  EXPECT_TRUE(answer->receipt.lateness().is_provisional());
}

TEST_F(SeasonFilingTest, CountsFromTheExtendedDeadline) {
  Extend(EndOfChinaDay(absl::CivilDay(2025, 5, 9)));
  const auto in_time = FileOn("一", Noon(2025, 5, 9));
  EXPECT_EQ(DaysLate(in_time), 0);
  EXPECT_TRUE(in_time->receipt.lateness().is_extended());
  EXPECT_EQ(FromTimestamp(in_time->receipt.lateness().deadline()), EndOfChinaDay(absl::CivilDay(2025, 5, 9)));
  EXPECT_EQ(DaysLate(FileOn("二", Noon(2025, 5, 12))), 1);
}

TEST_F(SeasonFilingTest, ForgetsAnExtensionThatTheSeasonHasOvertaken) {
  Extend(Noon(2025, 4, 20));
  const auto answer = FileOn("一", Noon(2025, 4, 25));
  EXPECT_EQ(DaysLate(answer), 0);
  EXPECT_FALSE(answer->receipt.lateness().is_extended());
}

TEST_F(SeasonFilingTest, KeepsTheLatenessOfAVersionThatWasReturnedOrIsPublic) {
  for (const auto state : {v1::Submission::STATE_RETURNED, v1::Submission::STATE_PUBLISHED}) {
    SCOPED_TRACE(state);
    EXPECT_EQ(DaysLate(FileOn("一" + std::to_string(state), Noon(2025, 4, 1))), 0);
    PutState(state);
    const auto answer = FileOn("二" + std::to_string(state), Noon(2025, 6, 10));
    EXPECT_EQ(DaysLate(answer), 0);
    PutState(v1::Submission::STATE_RETURNED);
    EXPECT_EQ(DaysLate(FileOn("三" + std::to_string(state), Noon(2025, 6, 20))), 0) << "however often";
    PutState(v1::Submission::STATE_WITHDRAWN);
  }
}

TEST_F(SeasonFilingTest, CountsAVersionThatNobodyAskedForByItsOwnReceipt) {
  for (const auto state :
       {v1::Submission::STATE_ACCEPTED, v1::Submission::STATE_SCORED, v1::Submission::STATE_WITHDRAWN}) {
    EXPECT_EQ(DaysLate(FileOn("一" + std::to_string(state), Noon(2025, 4, 1))), 0);
    PutState(state);
    EXPECT_EQ(DaysLate(FileOn("二" + std::to_string(state), Noon(2025, 5, 6))), 1);
  }
}

TEST_F(SeasonFilingTest, NeverMakesACorrectionLaterThanItIs) {
  EXPECT_EQ(DaysLate(FileOn("一", Noon(2025, 5, 9))), 4);
  PutState(v1::Submission::STATE_RETURNED);
  Extend(EndOfChinaDay(absl::CivilDay(2025, 5, 30)));
  EXPECT_EQ(Look(store_, &SubmissionReads::FindVersion, VersionKey{AKey(), 1})
                ->version.receipt()
                .lateness()
                .working_days_late(),
            4)
      << "what was recorded stays";
  EXPECT_EQ(DaysLate(FileOn("二", Noon(2025, 5, 20))), 0);
}

TEST_F(SeasonFilingTest, TellsWhyNoSeasonTakesIt) {
  EXPECT_THAT(File(ForYear(2023)), IsRefused("WRONG_YEAR", "现在受理的是 2024 年度"));
  EXPECT_THAT(File(ForProject("道路")), IsRefused("WRONG_KIND", "2024 年度只受理部门整体支出绩效自评"));
  Filing elsewhere = AFiling();
  elsewhere.key.division_code = "431100";
  EXPECT_THAT(File(elsewhere), IsRefused("NO_SEASON", "没有设置 2024 年度部门整体支出绩效自评的报送期"));
}

TEST_F(SeasonFilingTest, TakesNothingBeforeOpeningOrAfterClosing) {
  EXPECT_THAT(FileOn("一", Noon(2025, 2, 1)), IsRefused("SEASON_NOT_OPEN", "截止时间为2025年4月30日"));
  ASSERT_THAT(FileOn("一", Noon(2025, 4, 1)), IsOk());
  EXPECT_EQ(DaysLate(FileOn("二", Noon(2025, 12, 1))), 145) << "late, but taken until somebody closes";
  PutState(v1::Submission::STATE_RETURNED);
  Close();
  EXPECT_THAT(FileOn("三", Noon(2025, 12, 2)), IsRefused("SEASON_CLOSED", "含退回后的修改"));
  ASSERT_THAT(testing::PutSeason(store_, ASeason(ASeasonKey("430600", 2025))), IsOk());
  EXPECT_THAT(FileOn("三", Noon(2026, 4, 2)), IsRefused("SEASON_CLOSED", "关闭")) << "it has filed for this year";
  ASSERT_THAT(testing::PutUnit(store_, ARosterUnit("NC02", "云溪县水利局")), IsOk());
  EXPECT_THAT(File(Named("NC02", "云溪县水利局"), Noon(2026, 4, 2)), IsRefused("WRONG_YEAR", "现在受理的是 2025 年度"));
}

TEST_F(SeasonFilingTest, AnswersWhatWasAcceptedAlikeAfterClosing) {
  Filing filing = AFiling("request-x", "一");
  filing.receive_time = Noon(2025, 4, 1);
  const auto file = [&] {
    absl::StatusOr<FilingAnswer> answer = absl::InternalError("no answer");
    Submit(store_, filing, policy_, [&](absl::StatusOr<FilingAnswer> given) { answer = std::move(given); });
    return answer;
  };
  const auto first = file();
  ASSERT_THAT(first, IsOk());
  Close();

  const auto again = file();
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->receipt.SerializeAsString(), first->receipt.SerializeAsString());
  const auto identical = FileOn("一", Noon(2025, 8, 1));
  ASSERT_THAT(identical, IsOk());
  EXPECT_TRUE(identical->is_identical);
}

TEST_F(SeasonFilingTest, RefusesUnitsThatNobodyExpects) {
  EXPECT_THAT(File(Named("NC09", "云溪县教育局")), IsRefused("UNIT_NOT_ON_ROSTER", "没有代码为 NC09 的单位"));
  EXPECT_THAT(File(Named("NC10", "云溪县农村工作局")), IsRefused("WRONG_UNIT", "单位代码是 NC01，报告填写的是 NC10"));

  v1::RosterUnit merged = ARosterUnit("NC03", "云溪县畜牧局");
  merged.set_last_fiscal_year(2022);
  ASSERT_THAT(testing::PutUnit(store_, merged), IsOk());
  EXPECT_THAT(File(Named("NC03", "云溪县畜牧局")), IsRefused("UNIT_NOT_ON_ROSTER", "名录中的年度为 2020 至 2022"));

  ASSERT_THAT(testing::PutUnit(store_, ARosterUnit("C7", "岳阳市审计局", "430600")), IsOk());
  EXPECT_THAT(File(Named("C7", "岳阳市审计局")), IsRefused("WRONG_UNIT", "报告填写的区划是 430611"));
}

TEST_F(SeasonFilingTest, RefusesTheNameOfAnotherUnitAndLetsSlipsPass) {
  ASSERT_THAT(testing::PutUnit(store_, ARosterUnit("NC02", "云溪县农林工作局")), IsOk());

  EXPECT_THAT(File(Named("NC01", "云溪县教育局")), IsRefused("WRONG_UNIT", "请核对单位代码和单位名称"));
  EXPECT_THAT(File(Named("NC01", "云溪县农林工作局")), IsRefused("WRONG_UNIT", "单位代码是 NC02"))
      << "one character off, but a neighbour's name";
  EXPECT_THAT(File(Named("NC01", "云溪县农忖工作局")), IsOk()) << "scoring points at the slip";
  EXPECT_EQ(Look(store_, &SubmissionReads::FindVersion, VersionKey{AKey(), 1})->registered_unit_name,
            "云溪县农村工作局");
}

TEST_F(SeasonFilingTest, RefusesAKindThatTheUnitIsNotExpectedToFile) {
  v1::Season projects = ASeason({"430600", 2024, report::v1::REPORT_KIND_PROJECT});
  ASSERT_THAT(testing::PutSeason(store_, projects), IsOk());
  EXPECT_THAT(File(ForProject("道路维修")), IsRefused("WRONG_KIND", "没有需要自评的项目"));

  v1::RosterUnit unit = ARosterUnit();
  unit.set_expects_department_report(false);
  ASSERT_THAT(testing::PutUnit(store_, unit), IsOk());
  EXPECT_THAT(File(AFiling()), IsRefused("WRONG_KIND", "不需报送部门整体支出自评"));
  unit.add_expected_projects("道路维修");
  unit.add_expected_projects("沟渠清淤");
  ASSERT_THAT(testing::PutUnit(store_, unit), IsOk());
  EXPECT_THAT(File(AFiling()), IsRefused("WRONG_KIND", "应报送项目支出自评：“道路维修”“沟渠清淤”"));
  EXPECT_THAT(File(ForProject("路灯")), IsRefused("WRONG_KIND", "应报送：“道路维修”“沟渠清淤”"));
  EXPECT_THAT(File(ForProject("道路 维修")), IsOk());
}

TEST_F(SeasonFilingTest, TakesEverythingWithoutSeasonIfNoneIsRequired) {
  policy_.is_season_required = false;
  Filing elsewhere = Named("X1", "某单位");
  elsewhere.key.division_code = "431100";
  const auto answer = File(elsewhere);
  ASSERT_THAT(answer, IsOk());
  EXPECT_FALSE(answer->receipt.has_lateness());

  EXPECT_THAT(File(ForYear(2023)), IsOk());
  Filing key = ForYear(2023);
  EXPECT_EQ(Look(store_, &SubmissionReads::FindVersion, VersionKey{key.key, 1})->registered_unit_name,
            "云溪县农村工作局");
  EXPECT_EQ(Look(store_, &SubmissionReads::FindVersion, VersionKey{key.key, 1})->rule_set, "");
  EXPECT_THAT(File(Named("NC09", "云溪县教育局")), IsRefused("UNIT_NOT_ON_ROSTER", "")) << "a season that is set holds";
}

TEST_F(SeasonFilingTest, GivesADocumentWithoutCodeTheOneOfTheRoster) {
  const auto reader = [](std::string_view) -> absl::StatusOr<report::v1::Report> {
    report::v1::Report report = testing::AReport();
    report.mutable_content()->mutable_unit()->clear_code();
    report.mutable_content()->mutable_unit()->set_name("云溪县 农村工作局");
    return report;
  };
  v1::SubmitReportRequest request;
  request.set_request_id("request-1");
  request.mutable_document()->set_media_type("text/plain");
  request.mutable_document()->set_content("一、基本情况");
  Filing filing = *ReadSubmitRequest(request.SerializeAsString(), reader);
  ASSERT_TRUE(filing.is_unit_provisional);
  const std::string original = filing.original_digest;

  ASSERT_THAT(CompleteUnit(store_, ::jixiao::testing::ShippedDivisions(), filing), IsOk());

  EXPECT_EQ(filing.key.unit_code, "NC01");
  EXPECT_EQ(filing.original_digest, original);
  report::v1::Report report;
  const std::string bytes = UnpackBytes(filing.documents.report_bytes).value_or("");
  ASSERT_TRUE(report.ParseFromString(bytes));
  EXPECT_EQ(report.content().unit().code(), "NC01");
  EXPECT_EQ(filing.report_digest, ContentDigest(bytes));
  EXPECT_THAT(File(filing), IsOk());

  ASSERT_THAT(testing::PutUnit(store_, ARosterUnit("NC02")), IsOk());
  Filing unclear = *ReadSubmitRequest(request.SerializeAsString(), reader);
  ASSERT_THAT(CompleteUnit(store_, ::jixiao::testing::ShippedDivisions(), unclear), IsOk());
  EXPECT_THAT(File(unclear), IsRefused("UNIT_NOT_ON_ROSTER", "名录中有 2 个“云溪县农村工作局”（单位代码 NC01、NC02）"));
}

TEST_F(SeasonFilingTest, AsksScoringWithRuleSetNameAndLateness) {
  ASSERT_THAT(FileOn("一", Noon(2025, 5, 9)), IsOk());
  testing::FakeScoringClient scoring;
  testing::FakePublishClient publish;
  const ::jixiao::testing::FakeClock clock;
  OutboxRunner outbox(store_, scoring, publish, clock, {.owner = "test", .retry = {}}, 1, [](const TaskReport&) {});

  while (*outbox.RunOnce() > 0) outbox.WaitUntilIdle();

  ASSERT_THAT(scoring.calls, SizeIs(1));
  EXPECT_EQ(scoring.calls[0].rule_set, "rulesets/hunan-2024");
  EXPECT_EQ(scoring.calls[0].context.registered_unit_name(), "云溪县农村工作局");
  EXPECT_EQ(scoring.calls[0].context.late_working_day_count(), 4);
}

}  // namespace
}  // namespace jixiao::intake
