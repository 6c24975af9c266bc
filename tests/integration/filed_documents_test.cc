// One report filed as text, .docx and .xlsx with the real services: each kind of
// file, under a unit of its own, gives the same stored report and the same card.
// Files are made by our own builders and written by LibreOffice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "common/testing/temp_dir.h"
#include "e2e/platform.h"
#include "intake/reader/office/libreoffice.h"
#include "intake/testing/documents/example_reports.h"
#include "intake/testing/documents/office_files.h"
#include "integration/listed_differences.h"
#include "jixiao/report/v1/report.pb.h"
#include "jixiao/scoring/v1/scorecard.pb.h"

namespace jixiao::testing {
namespace {

using intake::testing::ExampleReport;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Reviewed. Whoever adds a line says why the same report may say two things there.
const std::vector<ListedDifference>& ReportDifferences() {
  static const auto& list = *new std::vector<ListedDifference>{
      {"content.unit.code", "each file is filed for a unit of its own"},
      {"provenance.reader", "each kind of file has its own"},
      {"provenance.changes.*", "the text form lost line breaks and cells, which are mended; an office file has them"},
      {"provenance.tables.*", "says which sheets, tables and rows of an office file were read"},
      {"provenance.unread.place", "names sheet, table and cell of an office file"},
      {"*.source_line", "the text form has lines, office files have tables, sheets and cells"},
      {"*.address.label", "ends in table and row, or sheet and cell, of the office file", kPlaces},
      {"*.address.column_index", "counts the columns of the grid; the text form has lost it and counts cells"},
  };
  return list;
}

const std::vector<ListedDifference>& CardDifferences() {
  static const auto& list = *new std::vector<ListedDifference>{
      {"report_digest", "covers unit code and places"},
      {"*.source_line", "as in the report"},
      {"*.address.label", "as in the report", kPlaces},
      {"*.places.label", "as in the report", kPlaces},
      {"*.address.column_index", "as in the report"},
      {"*.places.column_index", "as in the report"},
      {"findings.value", "names the same cell with its place", kPlaces},
      {"findings.expected", "names the same cell with its place", kPlaces},
      {"findings.suggestions.text", "names the same cells with their places", kPlaces},
      {"findings(TEXT_DAMAGE)", "left by who turned the file into text; an office file has no such marks"},
  };
  return list;
}

// What the services keep of one filing.
struct Filed {
  report::v1::Report report;
  scoring::v1::ScoreCard card;
};

// LibreOffice's own versions of all .docx and .xlsx files of `folder`, in a folder
// of their own: by way of its own format, so that it writes what it understood. All
// files with one start of the program: that takes most of the time.
void ConvertAll(const TempDir& folder, const std::vector<std::string>& names) {
  for (const auto& [office, open] : {std::pair("docx", "odt"), {"xlsx", "ods"}}) {
    for (const bool is_back : {false, true}) {
      std::vector<std::string> argv = {intake::FindLibreOffice(),
                                       "--headless",
                                       "--norestore",
                                       "-env:UserInstallation=file://" + folder.File("profile"),
                                       "--convert-to",
                                       is_back ? office : open,
                                       "--outdir",
                                       folder.File(is_back ? "written" : "open")};
      for (const std::string& name : names) {
        argv.push_back(is_back ? folder.File("open/" + name + "." + open) : folder.File(name + "." + office));
      }
      const Finished finished = RunToEnd(argv, absl::Seconds(120));
      ASSERT_EQ(finished.exit_code, 0) << finished.output;
    }
  }
}

class FiledDocumentsTest : public ::testing::TestWithParam<ExampleReport> {
 protected:
  static void SetUpTestSuite() {
    platform_ = std::make_unique<Platform>();
    folder_ = std::make_unique<TempDir>();
    std::vector<std::string> names;
    for (const ExampleReport& example : intake::testing::ExampleReports()) {
      const std::string text = ReadFile(example.path);
      if (text.empty()) continue;
      names.push_back(example.name);
      WriteFile(folder_->File(example.name + ".txt"), text);
      WriteFile(folder_->File(example.name + ".docx"), intake::testing::DocxFromText(text));
      WriteFile(folder_->File(example.name + ".xlsx"), intake::testing::XlsxFromText(text));
    }
    ASSERT_GE(names.size(), 5u);
    if (!intake::FindLibreOffice().empty()) ConvertAll(*folder_, names);
  }

  // Once all kinds of all reports were seen, what no report has any more goes.
  static void TearDownTestSuite() {
    if (compared_ >= 10) {
      for (const auto* list : {&ReportDifferences(), &CardDifferences()}) {
        for (const ListedDifference& listed : *list) {
          EXPECT_EQ(met_.count(listed.path), 1u) << listed.path << " is listed and never happens: take it out";
        }
      }
    }
    EXPECT_THAT(platform_->Stop(), Each(0));
    platform_.reset();
    folder_.reset();
  }

  void SetUp() override {
    if (ReadFile(GetParam().path).empty()) {
      GTEST_SKIP() << "The report " << GetParam().path << " is not here: nothing to compare.";
    }
  }

  // Files `name` of the folder for a unit of its own, once in all tests.
  static const Filed& File(const std::string& name) {
    const auto [found, is_new] = filed_.try_emplace(name);
    if (!is_new) return found->second;
    const std::string unit = "DOC" + std::to_string(filed_.size());
    const std::string division = Samples()[static_cast<size_t>(GetParam().number)].division_code;
    const std::string answer = platform_->JixiaoJson({"submit", folder_->File(name), "--unit", unit, "--division",
                                                      division, "--request-id", "document-" + unit, "--wait"});
    const std::string submission = JsonField(answer.substr(answer.find("\"submission\":")), "name");
    const std::string report = folder_->File(unit + ".report");
    const std::string card = folder_->File(unit + ".card");
    const Finished got = platform_->Jixiao({"get", submission, "--report-out", report, "--card-out", card});
    EXPECT_EQ(got.exit_code, 0) << got.output;
    EXPECT_TRUE(found->second.report.ParseFromString(ReadFile(report)));
    EXPECT_TRUE(found->second.card.ParseFromString(ReadFile(card)));
    EXPECT_EQ(found->second.report.content().unit().code(), unit);
    EXPECT_GT(found->second.card.tables_size(), 0);
    return found->second;
  }

  void ExpectSame(const std::string& name, const std::string& reader) {
    const Filed& text = File(GetParam().name + ".txt");
    const Filed& office = File(name);
    EXPECT_EQ(office.report.provenance().reader(), reader);
    std::vector<std::string> problems = UnlistedDifferences(text.report, office.report, ReportDifferences(), met_);
    for (const std::string& problem : problems) ADD_FAILURE() << name << ": " << problem;
    problems = UnlistedDifferences(text.card, office.card, CardDifferences(), met_);
    for (const std::string& problem : problems) ADD_FAILURE() << name << ": " << problem;
    ++compared_;
  }

  static std::unique_ptr<Platform> platform_;
  static std::unique_ptr<TempDir> folder_;
  static std::map<std::string, Filed> filed_;
  static std::set<std::string> met_;
  static int compared_;
};

std::unique_ptr<Platform> FiledDocumentsTest::platform_;
std::unique_ptr<TempDir> FiledDocumentsTest::folder_;
std::map<std::string, Filed> FiledDocumentsTest::filed_;
std::set<std::string> FiledDocumentsTest::met_;
int FiledDocumentsTest::compared_ = 0;

TEST_P(FiledDocumentsTest, WordAndExcelGiveTheStoredReportAndCardOfTheText) {
  ExpectSame(GetParam().name + ".docx", "docx/1");
  ExpectSame(GetParam().name + ".xlsx", "xlsx/1");
}

TEST_P(FiledDocumentsTest, FilesThatLibreOfficeWroteGiveThemToo) {
  if (intake::FindLibreOffice().empty()) GTEST_SKIP() << "LibreOffice is not installed: its files are not tried.";
  ExpectSame("written/" + GetParam().name + ".docx", "docx/1");
  ExpectSame("written/" + GetParam().name + ".xlsx", "xlsx/1");
}

// Noise, as little to be packed as a photograph.
std::string Picture(size_t bytes) {
  std::mt19937_64 random(1);
  std::string picture;
  while (picture.size() < bytes) picture += static_cast<char>(random());
  return picture;
}

TEST(LargeDocumentTest, AWordFileWithPhotographsIsFiledAndReadAgain) {
  constexpr size_t kMost = 8 << 20;
  Platform platform;
  const TempDir folder;
  const Sample sample = Samples()[2];
  const std::string text = ReadFile(sample.path);
  const std::string large = intake::testing::DocxFromText(text, {{"word/media/image1.jpeg", Picture(kMost - 100'000)}});
  ASSERT_LT(large.size(), kMost);
  ASSERT_GT(large.size(), kMost - 100'000);
  WriteFile(folder.File("large.docx"), large);
  WriteFile(folder.File("too_large.docx"),
            intake::testing::DocxFromText(text, {{"word/media/image1.jpeg", Picture(kMost)}}));
  const auto submit = [&](const std::string& name) {
    return platform.Jixiao({"submit", folder.File(name), "--unit", sample.unit_code, "--division", sample.division_code,
                            "--wait", "--format", "json"});
  };

  const Finished refused = submit("too_large.docx");
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.output, HasSubstr("请压缩图片或删去扫描件"));
  const Finished filed = submit("large.docx");
  ASSERT_EQ(filed.exit_code, 0) << filed.output;
  const std::string name = JsonField(filed.output.substr(filed.output.find("\"submission\":")), "name");
  EXPECT_EQ(platform.Jixiao({"get", name, "--report-out", folder.File("report")}).exit_code, 0);
  report::v1::Report report;
  ASSERT_TRUE(report.ParseFromString(ReadFile(folder.File("report"))));
  EXPECT_EQ(report.provenance().reader(), "docx/1");
  EXPECT_THAT(platform.Stop(), Each(0));
}

// The comparison itself, with differences planted that no list may hold.
class PlantedDifferenceTest : public ::testing::Test {
 protected:
  PlantedDifferenceTest() {
    auto& table = *one_.report.mutable_content()->add_evaluation_tables();
    table.mutable_total_score()->set_points_milli(86'200);
    table.mutable_total_score()->mutable_address()->set_label("自评表 · 总分");
    table.mutable_total_score()->mutable_address()->set_row_index(4);
    one_.card.add_tables()->set_recomputed_milli(86'200);
    one_.card.add_findings()->set_id("SUM_TOTAL-1");
    one_.card.mutable_findings(0)->set_rule_id("SUM_TOTAL");
    one_.card.mutable_findings(0)->set_value("自评表 · 总分 86.2");
    other_ = one_;
  }

  report::v1::Value& total() {
    return *other_.report.mutable_content()->mutable_evaluation_tables(0)->mutable_total_score();
  }

  std::vector<std::string> Unlisted() {
    std::set<std::string> met;
    std::vector<std::string> all = UnlistedDifferences(one_.report, other_.report, ReportDifferences(), met);
    for (auto& sentence : UnlistedDifferences(one_.card, other_.card, CardDifferences(), met)) all.push_back(sentence);
    return all;
  }

  Filed one_;
  Filed other_;
};

TEST_F(PlantedDifferenceTest, PlacesOfAnOfficeFileAreListed) {
  total().mutable_address()->set_label("自评表 · 总分（表1 · F12）");
  total().mutable_address()->set_column_index(5);
  other_.card.mutable_findings(0)->set_value("自评表 · 总分（第1张表第12行） 86.2");
  other_.card.add_findings()->set_id("TEXT_DAMAGE-1");
  other_.card.mutable_findings(1)->set_rule_id("TEXT_DAMAGE");
  EXPECT_THAT(Unlisted(), IsEmpty());
}

TEST_F(PlantedDifferenceTest, AnotherNumberIsTold) {
  total().set_points_milli(86'201);
  other_.card.mutable_tables(0)->set_recomputed_milli(86'201);
  EXPECT_THAT(Unlisted(), ElementsAre("content.evaluation_tables[0].total_score.points_milli: 86200 became 86201",
                                      "tables[0].recomputed_milli: 86200 became 86201"));
}

TEST_F(PlantedDifferenceTest, AnotherPlaceIsTold) {
  total().mutable_address()->set_label("自评表 · 得分（表1 · F12）");
  total().mutable_address()->set_row_index(5);
  EXPECT_EQ(Unlisted().size(), 2u);
}

TEST_F(PlantedDifferenceTest, FindingsThatComeOrGoAreTold) {
  other_.card.mutable_findings(0)->set_id("SUM_TOTAL-2");
  EXPECT_EQ(Unlisted().size(), 2u);
  other_.card.clear_findings();
  EXPECT_EQ(Unlisted().size(), 1u);
}

TEST_F(PlantedDifferenceTest, WhatWasNotReadIsTold) {
  other_.report.mutable_provenance()->add_unread()->set_text("附表");
  EXPECT_EQ(Unlisted().size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(Examples, FiledDocumentsTest, ::testing::ValuesIn(intake::testing::ExampleReports()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace jixiao::testing
