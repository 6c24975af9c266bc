// Whatever happens to a file on its way, reading it ends in a Report or in advice,
// never in a crash. Seeds are fixed; a failure repeats.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

#include "common/base/text.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "intake/reader/office/read_document.h"
#include "intake/reader/office/zip_package.h"
#include "intake/testing/documents/office_files.h"
#include "intake/testing/documents/shipped_reader_data.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::IsOk;
using Random = std::mt19937;

std::string Sample(std::string_view name) {
  return ::jixiao::testing::ReadFile(::jixiao::testing::SourcePath("tests/testdata/samples/" + std::string(name)));
}

void ExpectReportOrAdvice(std::string_view bytes) {
  const auto report = ReadDocument(bytes, "", testing::ShippedReaderData());
  if (report.ok()) {
    EXPECT_GE(report->content().evaluation_tables_size(), 1);
    EXPECT_TRUE(IsCleanUtf8(report->content().title()));
    return;
  }
  EXPECT_EQ(report.status().code(), absl::StatusCode::kInvalidArgument) << report.status();
  EXPECT_THAT(std::string(report.status().message()), ::testing::HasSubstr("请"));
}

std::string WithFlips(std::string bytes, int count, Random& random) {
  for (int i = 0; i < count; ++i) bytes[random() % bytes.size()] ^= static_cast<char>(1U << (random() % 8));
  return bytes;
}

// Cuts a piece out or repeats it, so that elements lose their ends.
std::string WithPieceMoved(std::string bytes, Random& random) {
  const size_t from = random() % bytes.size();
  const std::string piece = bytes.substr(from, 1 + random() % 200);
  if (random() % 2 == 0) return bytes.erase(from, piece.size());
  return bytes.insert(random() % bytes.size(), piece);
}

class OfficeRobustnessTest : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const std::string text = Sample("sample1_grid_service_centre.txt");
    const bool is_word = std::string_view(GetParam()) == "docx";
    file_ = is_word ? testing::DocxFromText(text) : testing::XlsxFromText(text);
    ASSERT_THAT(ReadDocument(file_, "", testing::ShippedReaderData()), IsOk());
  }

  std::string file_;
};

TEST_P(OfficeRobustnessTest, SurvivesFlippedBits) {
  Random random(1);
  for (int i = 0; i < 400; ++i) ExpectReportOrAdvice(WithFlips(file_, 1 + i % 20, random));
}

TEST_P(OfficeRobustnessTest, SurvivesTruncation) {
  for (size_t size = 0; size < file_.size(); size += 1 + file_.size() / 300)
    ExpectReportOrAdvice(file_.substr(0, size));
}

// Damage behind the container's checksums: parts are spoilt and packed again.
TEST_P(OfficeRobustnessTest, SurvivesSpoiltParts) {
  const auto package = ZipPackage::Open(file_);
  ASSERT_THAT(package, IsOk());
  testing::ZipParts parts;
  for (const std::string& name : package->names()) {
    const auto part = package->Read(name);
    ASSERT_THAT(part, IsOk());
    parts.emplace_back(name, *part);
  }
  Random random(2);
  int read = 0;
  for (int i = 0; i < 250; ++i) {
    testing::ZipParts spoilt = parts;
    std::string& part = spoilt[random() % spoilt.size()].second;
    part = i % 2 == 0 ? WithFlips(part, 1 + i % 10, random) : WithPieceMoved(part, random);
    const std::string bytes = testing::MakeZip(spoilt);
    ExpectReportOrAdvice(bytes);
    read += ReadDocument(bytes, "", testing::ShippedReaderData()).ok() ? 1 : 0;
  }
  // Much of the damage has to get as far as the readers for this to be a test.
  EXPECT_GT(read, 20);
}

INSTANTIATE_TEST_SUITE_P(, OfficeRobustnessTest, ::testing::Values("docx", "xlsx"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace jixiao::intake
