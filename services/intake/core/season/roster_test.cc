#include "intake/core/season/roster.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "common/base/status_macros.h"
#include "common/testing/status_matchers.h"
#include "intake/testing/season_builder.h"
#include "intake/testing/store/in_memory_submission_store.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using testing::ARosterUnit;
using testing::ASubject;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Look;
using ::testing::SizeIs;

constexpr char kHeadings[] = "区划代码,单位代码,单位名称,主管单位代码,起始年度,截止年度,部门整体自评,项目名称\n";

std::vector<std::string> ProblemsOf(const absl::Status& status) {
  std::vector<std::string> problems;
  const auto violations = ViolationsOf(status);
  for (const auto& violation : violations.field_violations()) {
    problems.push_back(violation.field() + "：" + violation.description());
  }
  return problems;
}

class RosterTest : public ::testing::Test {
 protected:
  absl::StatusOr<RosterOutcome> Import(const v1::ImportRosterRequest& request) {
    JIXIAO_ASSIGN_OR_RETURN(RosterImport import, ReadRosterImport(request));
    import.actor = "person/manager";
    import.time = testing::Noon(2025, 3, 1);
    RosterOutcome outcome;
    JIXIAO_RETURN_IF_ERROR(WriteAndWait(store_, [&](SubmissionTransaction& t) -> absl::Status {
      JIXIAO_ASSIGN_OR_RETURN(outcome, ImportRoster(t, import));
      return absl::OkStatus();
    }));
    return outcome;
  }

  absl::StatusOr<RosterOutcome> ImportCsv(const std::string& rows, const std::string& request_id = "import-01",
                                          bool is_preview = false) {
    v1::ImportRosterRequest request;
    request.set_csv(kHeadings + rows);
    request.set_request_id(request_id);
    request.set_preview(is_preview);
    return Import(request);
  }

  std::vector<std::string> Stored() {
    std::vector<std::string> entries;
    const auto listed = *Look(store_, &SubmissionReads::RosterUnits, "", 0, std::nullopt, 100);
    for (const RosterEntry& entry : listed) {
      entries.push_back(fmt::format("{} {} {}-{}", entry.unit.name(), entry.unit.unit_name(),
                                    entry.unit.first_fiscal_year(), entry.unit.last_fiscal_year()));
    }
    return entries;
  }

  testing::InMemorySubmissionStore store_;
};

TEST_F(RosterTest, WritesAllLinesAndCountsTheNewOnes) {
  ASSERT_THAT(ImportCsv("430611,NC01,云溪县 农村工作局,,2020,,,\n"), IsOk());

  const auto outcome =
      ImportCsv("430611,NC01,云溪县农业农村局,,2020,2023,,\n430611,NC02,站,NC01,2024,,,\n", "import-02");

  ASSERT_THAT(outcome.status(), StatusIs(absl::StatusCode::kInvalidArgument)) << "a name of one character";
  EXPECT_THAT(Stored(), ElementsAre("divisions/430611/units/NC01 云溪县农村工作局 2020-0")) << "all or none";

  const auto again =
      ImportCsv("430611,NC01,云溪县农业农村局,,2020,2023,,\n430611,NC02,灌溉站,NC01,2024,,,\n", "import-02");
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->written, 2);
  EXPECT_EQ(again->added, 1);
  EXPECT_THAT(Stored(), ElementsAre("divisions/430611/units/NC01 云溪县农业农村局 2020-2023",
                                    "divisions/430611/units/NC02 灌溉站 2024-0"));
}

TEST_F(RosterTest, NamesEveryProblemByLineAndHeading) {
  const auto outcome = ImportCsv(
      "4306,NC01,水利局,,2024,,,\n"
      "430011,NC 2,水利局,,2024,,,\n"
      "430611,NC03,局,NC03,24,,,\n"
      "430611,NC04,教育局,,2024,2023,,道路、、道路\n"
      "430611,NC05,财政局,?,2024,x,,\n"
      "430611,NC05,财政局,,2024,,,\n");

  EXPECT_THAT(
      ProblemsOf(outcome.status()),
      ElementsAre(HasSubstr("第 2 行“区划代码”：“4306”"), HasSubstr("第 3 行“区划代码”：“430011”"),
                  HasSubstr("第 3 行“单位代码”：“NC 2”"), HasSubstr("第 4 行“单位名称”"),
                  HasSubstr("第 4 行“主管单位代码”：主管单位不能是本单位"), HasSubstr("第 4 行“起始年度”"),
                  HasSubstr("第 5 行“截止年度”：截止年度 2023 早于起始年度 2024"), HasSubstr("第 5 行“项目名称”"),
                  HasSubstr("第 5 行“项目名称”：项目“道路”写了两次"), HasSubstr("第 6 行“主管单位代码”"),
                  HasSubstr("第 6 行“截止年度”"), HasSubstr("第 7 行“单位代码”：与第 6 行重复")));
  EXPECT_THAT(Stored(), IsEmpty());
}

TEST_F(RosterTest, GivesAtMostAHundredProblems) {
  std::string rows;
  for (int i = 0; i < 150; ++i) rows += fmt::format("4306,N{},水利局,,2024,,,\n", i);

  EXPECT_THAT(ProblemsOf(ImportCsv(rows).status()), SizeIs(100));
}

TEST_F(RosterTest, RefusesOverlappingYearsWithinTheFileAndWithWhatIsKept) {
  ASSERT_THAT(ImportCsv("430611,NC01,水利局,,2020,,,\n430611,NC02,教育局,,2024,,,\n"), IsOk());

  const auto outcome = ImportCsv(
      "430611,NC01,水务局,,2024,,,\n"
      "430611,NC02,教体局,,2022,2025,,\n"
      "430611,NC03,财政局,,2020,2022,,\n"
      "430611,NC03,财政局,,2022,,,\n",
      "import-02");

  EXPECT_THAT(
      ProblemsOf(outcome.status()),
      ElementsAre(AllOf(HasSubstr("第 2 行“起始年度”：与名录中已有的一条（2020 年度起）"), HasSubstr("不晚于 2023")),
                  HasSubstr("第 3 行“截止年度”：与名录中已有的一条（2024 年度起）"),
                  HasSubstr("第 5 行“起始年度”：与第 4 行（2020 至 2022 年度）")));
  ASSERT_THAT(ImportCsv("430611,NC01,水利局,,2020,2023,,\n430611,NC01,水务局,,2024,,,\n", "import-03"), IsOk())
      << "closing the entry before in the same file";
}

TEST_F(RosterTest, KnowsSupervisingUnitsOfTheFileAndOfTheStoreOnly) {
  ASSERT_THAT(ImportCsv("430611,NC01,水利局,,2020,,,\n"), IsOk());

  EXPECT_THAT(ImportCsv("430611,NC02,灌溉站,NC01,2024,,,\n430611,NC03,泵站,NC02,2024,,,\n", "import-02"), IsOk());
  EXPECT_THAT(ProblemsOf(ImportCsv("430612,NC04,灌溉站,NC01,2024,,,\n", "import-03").status()),
              ElementsAre(HasSubstr("第 2 行“主管单位代码”：本区划（430612）没有代码为 NC01 的单位")));
}

TEST_F(RosterTest, AnswersARepeatedRequestAlikeAndRefusesAnother) {
  ASSERT_THAT(ImportCsv("430611,NC01,水利局,,2020,,,\n"), IsOk());
  ASSERT_THAT(ImportCsv("430611,NC01,水务局,,2020,,,\n", "import-02"), IsOk());

  const auto again = ImportCsv("430611,NC01,水利局,,2020,,,\n");

  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->added, 1);
  EXPECT_THAT(Stored(), ElementsAre(HasSubstr("水务局"))) << "a late repetition takes nothing back";
  EXPECT_THAT(ImportCsv("430611,NC01,教育局,,2020,,,\n"),
              FailsWith(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
}

TEST_F(RosterTest, PreviewsWithoutWriting) {
  const auto outcome = ImportCsv("430611,NC01,水利局,,2020,,,\n", "import-01", /*is_preview=*/true);

  ASSERT_THAT(outcome, IsOk());
  EXPECT_EQ(outcome->written, 1);
  EXPECT_EQ(outcome->added, 1);
  EXPECT_THAT(Stored(), IsEmpty());
  EXPECT_THAT(ImportCsv("430611,NC01,水利局,,2020,,,\n", "import-01"), IsOk()) << "the id is not used up";
  EXPECT_THAT(ImportCsv("430611,NC01,水务局,,2022,,,\n", "import-02", true),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(RosterTest, LeavesOneAuditEntryForAnImportAndNoneForAnythingElse) {
  ASSERT_THAT(ImportCsv("430611,NC01,水利局,,2020,,,\n430611,NC02,教育局,,2020,,,\n"), IsOk());
  ASSERT_THAT(ImportCsv("430611,NC01,水利局,,2020,,,\n430611,NC02,教育局,,2020,,,\n"), IsOk()) << "asked again";
  ASSERT_THAT(ImportCsv("430611,NC03,财政局,,2020,,,\n", "import-02", /*is_preview=*/true), IsOk());
  EXPECT_FALSE(ImportCsv("430611,NC03,财政局,NC09,2020,,,\n", "import-03").ok());

  const auto records = *Look(store_, &SubmissionReads::AuditLog, AuditShard{"430600", 2025}, 0, 10);

  ASSERT_THAT(records, SizeIs(1));
  v1::AuditEntry entry;
  ASSERT_TRUE(entry.ParseFromString(records[0].record.entry()));
  EXPECT_EQ(entry.action(), "IMPORT_ROSTER");
  EXPECT_EQ(entry.resource(), "divisions/430611/units");
  EXPECT_EQ(entry.actor(), "person/manager");
  EXPECT_EQ(entry.request_id(), "import-01");
}

TEST_F(RosterTest, TakesUnitsAsMessagesAndNamesThemByIndex) {
  v1::ImportRosterRequest request;
  request.set_request_id("import-01");
  *request.add_units() = ARosterUnit();
  *request.add_units() = ARosterUnit("NC02", "局");
  EXPECT_THAT(ProblemsOf(Import(request).status()), ElementsAre(HasSubstr("units[1].unit_name：")));
  request.mutable_units(1)->set_name("units/NC02");
  EXPECT_THAT(ProblemsOf(Import(request).status()), ElementsAre(HasSubstr("units[1].name：")));
  *request.mutable_units(1) = ARosterUnit("NC02", "水利局\xFF");
  EXPECT_THAT(ProblemsOf(Import(request).status()), ElementsAre(HasSubstr("units[1]：")));
  request.mutable_units()->RemoveLast();
  EXPECT_THAT(Import(request), IsOk());
  request.set_csv(kHeadings);
  EXPECT_THAT(Import(request), StatusIs(absl::StatusCode::kInvalidArgument)) << "both";
}

TEST_F(RosterTest, WantsOneProvinceAndSomeUnits) {
  EXPECT_THAT(ImportCsv("430611,NC01,水利局,,2020,,,\n440100,NC02,水利局,,2020,,,\n"),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ImportCsv(""), StatusIs(absl::StatusCode::kInvalidArgument));
  v1::ImportRosterRequest request;
  request.set_request_id("import-01");
  request.set_csv(std::string(kHeadings) + "430611,NC01,水利局,,2020,,,\n430112,NC02,水利局,,2020,,,\n");
  EXPECT_EQ(ReadRosterImport(request)->division_code, "430000");
  request.set_csv(std::string(kHeadings) + "430611,NC01,水利局,,2020,,,\n430600,NC02,水利局,,2020,,,\n");
  EXPECT_EQ(ReadRosterImport(request)->division_code, "430600");
}

TEST_F(RosterTest, IsOnlyForWhoMayKeepAllItsLines) {
  v1::ImportRosterRequest request;
  request.set_request_id("import-01");
  request.set_csv(std::string(kHeadings) + "430611,NC01,水利局,,2020,,,\n430612,NC02,水利局,,2020,,,\n");
  const RosterImport import = *ReadRosterImport(request);
  using K = Scope::Kind;

  EXPECT_THAT(AuthorizeImport(ASubject(Role::kSeasonManager, K::kSubtree, "430600"), import), IsOk());
  const absl::Status refused = AuthorizeImport(ASubject(Role::kSeasonManager, K::kSubtree, "430611"), import);
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("第 3 行“区划代码”（430612）"));
  EXPECT_THAT(AuthorizeImport(ASubject(Role::kReviewer, K::kSubtree, "430600"), import),
              FailsWith(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED"));
  EXPECT_THAT(AuthorizeImport(ASubject(Role::kSeasonManager, K::kOwnLevel, "430600"), import),
              StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace jixiao::intake
