// Roster, seasons, extensions and progress over the wire.
#include <gmock/gmock.h>

#include "common/domain/china_time.h"
#include "common/testing/status_matchers.h"
#include "intake/core/submission/stored_time.h"
#include "intake/testing/season_builder.h"
#include "intake/testing/service_fixture.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using testing::AReport;
using testing::ASeason;
using testing::ASeasonKey;
using testing::ASubject;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Look;
using Stub = v1::IntakeService::Stub;
using K = Scope::Kind;

constexpr char kCsv[] =
    "区划代码,单位代码,单位名称,起始年度,备注\n"
    "430611,NC01,云溪县农村工作局,2020,一\n"
    "430611,NC02,云溪县水利局,2020,\n"
    "430611,NC03,云溪县教育局,2024,\n";

// Everybody is whom the test says.
class OneCaller final : public Callers {
 public:
  absl::StatusOr<Subject> Identify(const grpc::CallbackServerContext&) const override { return subject; }
  Subject subject = ASubject(Role::kSeasonManager, K::kSubtree, "430600");
};

class SeasonMethodsTest : public testing::ServiceFixture {
 protected:
  SeasonMethodsTest() : ServiceFixture(caller_, {.is_season_required = true, .calendar = nullptr}) {}

  absl::Status Import(bool is_preview = false) {
    v1::ImportRosterRequest request;
    request.set_csv(kCsv);
    request.set_request_id("import-01");
    request.set_preview(is_preview);
    return Call(&Stub::ImportRoster, request, imported_);
  }
  absl::Status SetSeason() {
    v1::SetSeasonRequest request;
    *request.mutable_season() = ASeason(ASeasonKey("430600"));
    request.set_request_id("season-01");
    return Call(&Stub::SetSeason, request, season_);
  }
  absl::Status Extend() {
    v1::ExtendDeadlineRequest request;
    request.set_season("seasons/430600.2024.department");
    request.set_unit("divisions/430611/units/NC01");
    *request.mutable_deadline() = ToTimestamp(testing::Noon(2025, 7, 1));
    request.set_reason("机构改革");
    request.set_request_id("extend-01");
    return Call(&Stub::ExtendDeadline, request, extended_);
  }
  absl::Status File() {
    v1::SubmitReportRequest request;
    request.set_request_id("request-1");
    *request.mutable_report() = AReport();
    return Call(&Stub::SubmitReport, request, filed_);
  }

  OneCaller caller_;
  v1::ImportRosterResponse imported_;
  v1::SetSeasonResponse season_;
  v1::ExtendDeadlineResponse extended_;
  v1::SubmitReportResponse filed_;
};

TEST_F(SeasonMethodsTest, WalksFromRosterToProgress) {
  ASSERT_THAT(Import(), IsOk());
  EXPECT_EQ(imported_.written_count(), 3);
  EXPECT_EQ(imported_.new_count(), 3);
  EXPECT_THAT(imported_.ignored_headings(), ElementsAre("备注"));
  ASSERT_THAT(SetSeason(), IsOk());
  ASSERT_THAT(Extend(), IsOk());
  EXPECT_EQ(extended_.season().extensions(0).actor(), "person/test");

  caller_.subject = ASubject(Role::kClerk, K::kUnit, "430611", "NC01");
  ASSERT_THAT(File(), IsOk());
  EXPECT_EQ(filed_.receipt().lateness().working_days_late(), 0) << "15 June, but extended";
  EXPECT_TRUE(filed_.receipt().lateness().is_extended());

  caller_.subject = ASubject(Role::kReviewer, K::kSubtree, "430600");
  v1::GetSeasonProgressRequest request;
  request.set_name("seasons/430600.2024.department");
  request.set_division_code("430600");
  v1::GetSeasonProgressResponse progress;
  ASSERT_THAT(Call(&Stub::GetSeasonProgress, request, progress), IsOk());
  EXPECT_EQ(progress.progress().expected_count(), 3);
  EXPECT_EQ(progress.progress().filed_count(), 1);
  EXPECT_THAT(progress.progress().missing_unit_names(), ElementsAre("云溪县水利局", "云溪县教育局"));
  EXPECT_EQ(progress.children_size(), 1);
}

TEST_F(SeasonMethodsTest, WritesNothingForAPreviewOrAStranger) {
  ASSERT_THAT(Import(/*is_preview=*/true), IsOk());
  EXPECT_EQ(imported_.written_count(), 3);
  caller_.subject = ASubject(Role::kSeasonManager, K::kSubtree, "430612");
  EXPECT_THAT(Import(), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(SetSeason(), StatusIs(absl::StatusCode::kNotFound));
  caller_.subject = ASubject(Role::kSeasonManager, K::kSubtree, "430611");
  EXPECT_THAT(SetSeason(), StatusIs(absl::StatusCode::kNotFound)) << "a county sets no season of its prefecture";
  EXPECT_THAT(Extend(), StatusIs(absl::StatusCode::kNotFound)) << "and gives no exceptions from it";
  caller_.subject = ASubject(Role::kReviewer, K::kSubtree, "430600");
  EXPECT_THAT(Import(), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(SetSeason(), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_THAT(Extend(), StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_TRUE(Look(store_, &SubmissionReads::RosterUnits, "", 0, std::nullopt, 10)->empty());
  EXPECT_THAT(Look(store_, ReadSeason, ASeasonKey("430600")), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(SeasonMethodsTest, ListsTheRosterPageByPageAsFarAsTheCallerSees) {
  ASSERT_THAT(Import(), IsOk());
  ASSERT_THAT(testing::PutUnit(store_, testing::ARosterUnit("C1", "岳阳市财政局", "430600")), IsOk());
  const auto list = [&](const std::string& division, int year) {
    v1::ListRosterUnitsRequest request;
    request.set_division_code(division);
    if (year != 0) request.set_fiscal_year(year);
    request.set_page_size(2);
    std::string units;
    do {
      v1::ListRosterUnitsResponse response;
      const absl::Status status = Call(&Stub::ListRosterUnits, request, response);
      if (!status.ok()) return std::string(absl::StatusCodeToString(status.code()));
      for (const auto& unit : response.units()) units += unit.name().substr(unit.name().rfind('/') + 1) + " ";
      request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    return units;
  };
  EXPECT_EQ(list("430600", 0), "C1 NC01 NC02 NC03 ");
  EXPECT_EQ(list("430600", 2023), "C1 NC01 NC02 ");
  EXPECT_EQ(list("430611", 2024), "NC01 NC02 NC03 ");
  EXPECT_EQ(list("430612", 0), "");
  EXPECT_EQ(list("431100", 0), "NOT_FOUND");
  EXPECT_EQ(list("4306", 0), "INVALID_ARGUMENT");
  caller_.subject = ASubject(Role::kReviewer, K::kOwnLevel, "430600");
  EXPECT_EQ(list("430600", 0), "C1 ");
  EXPECT_EQ(list("430611", 0), "NOT_FOUND");
  caller_.subject = ASubject(Role::kClerk, K::kUnit, "430611", "NC01");
  EXPECT_EQ(list("430611", 0), "NOT_FOUND");
}

TEST_F(SeasonMethodsTest, ShowsASeasonToThoseItHoldsFor) {
  ASSERT_THAT(Import(), IsOk());
  ASSERT_THAT(SetSeason(), IsOk());
  ASSERT_THAT(Extend(), IsOk());
  const auto get = [&](const Subject& subject, const std::string& name, v1::Season& season) {
    caller_.subject = subject;
    v1::GetSeasonRequest request;
    request.set_name(name);
    v1::GetSeasonResponse response;
    const absl::Status status = Call(&Stub::GetSeason, request, response);
    season = response.season();
    return status;
  };
  const std::string name = "seasons/430600.2024.department";
  v1::Season season;
  ASSERT_THAT(get(ASubject(Role::kClerk, K::kUnit, "430611", "NC01"), name, season), IsOk());
  EXPECT_EQ(season.extensions_size(), 1);
  ASSERT_THAT(get(ASubject(Role::kClerk, K::kUnit, "430611", "NC02"), name, season), IsOk());
  EXPECT_EQ(season.extensions_size(), 0) << "of another unit";
  EXPECT_EQ(season.rule_set(), "rulesets/hunan-2024");
  EXPECT_THAT(get(ASubject(Role::kClerk, K::kUnit, "431100", "NC02"), name, season),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(get(ASubject(Role::kClerk, K::kUnit, "431100", "NC02"), "seasons/430600.2023.department", season),
              FailsWith(absl::StatusCode::kNotFound, "NOT_FOUND"))
      << "whether it is there or not";
}

TEST_F(SeasonMethodsTest, SaysToAClerkWhatIsExpectedInstead) {
  caller_.subject = ASubject(Role::kClerk, K::kUnit, "430611", "NC01");

  const absl::Status status = File();

  EXPECT_THAT(status, FailsWith(absl::StatusCode::kFailedPrecondition, "NO_SEASON"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("没有设置 2024 年度部门整体支出绩效自评的报送期"));
  EXPECT_EQ(metrics_.ValueOf("jixiao_intake_submissions_total", {{"outcome", "refused"}}), 1);
}

TEST_F(SeasonMethodsTest, FilesADocumentWithoutCodeForTheUnitOfItsName) {
  ASSERT_THAT(Import(), IsOk());
  ASSERT_THAT(SetSeason(), IsOk());
  caller_.subject = ASubject(Role::kClerk, K::kUnit, "430611", "NC01");
  v1::SubmitReportRequest request;
  request.set_request_id("request-1");
  request.mutable_document()->set_media_type("text/plain");
  request.mutable_document()->set_content("一、基本情况");

  ASSERT_THAT(Call(&Stub::SubmitReport, request, filed_), IsOk());
  EXPECT_EQ(filed_.receipt().submission_version(), "submissions/430611.NC01.2024.department/versions/1");

  caller_.subject = ASubject(Role::kClerk, K::kUnit, "430611", "NC02");
  EXPECT_THAT(Call(&Stub::SubmitReport, request, filed_), StatusIs(absl::StatusCode::kNotFound))
      << "the name of another unit opens no door";
  ASSERT_THAT(testing::PutUnit(store_, testing::ARosterUnit("NC07")), IsOk());
  const absl::Status unclear = Call(&Stub::SubmitReport, request, filed_);
  EXPECT_EQ(ViolationsOf(unclear).field_violations(0).field(), "document.unit.code") << "two of this name";
}

}  // namespace
}  // namespace jixiao::intake
