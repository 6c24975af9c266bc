// Files that are broken or mean harm: each is refused in a sentence that tells
// the clerk what to do, and none is believed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "common/base/errors.h"
#include "common/base/text.h"
#include "common/testing/status_matchers.h"
#include "intake/reader/office/read_document.h"
#include "intake/reader/office/xml_part.h"
#include "intake/reader/office/zip_package.h"
#include "intake/testing/documents/office_files.h"
#include "intake/testing/documents/shipped_reader_data.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::IsOk;
using ::testing::HasSubstr;
using testing::MakeDocx;
using testing::MakeXlsx;
using testing::MakeZip;
using testing::WordTable;

const std::vector<std::vector<std::string>> kForm = {
    {"一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"},
    {"产出指标", "数量指标", "培训", "≥2次", "3次", "10", "10", ""}};

// A whole file, to be spoilt.
std::string GoodDocx(const testing::ZipParts& more = {}) {
  return MakeDocx(testing::WordParagraph("2024年度部门整体支出绩效自评表") + WordTable(kForm), more);
}

void ExpectRefusal(std::string_view bytes, std::string_view reason, std::string_view words) {
  const auto report = ReadDocument(bytes, "", testing::ShippedReaderData());
  ASSERT_FALSE(report.ok()) << reason;
  EXPECT_EQ(report.status().code(), absl::StatusCode::kInvalidArgument) << report.status();
  EXPECT_EQ(ReasonOf(report.status()), reason);
  const std::string message(report.status().message());
  EXPECT_THAT(message, HasSubstr(std::string(words)));
  EXPECT_THAT(message, HasSubstr("请"));
}

// Sets `length` bytes at `offset` into every directory entry named `name`.
std::string PatchEntry(std::string bytes, std::string_view name, size_t offset, std::string_view value) {
  constexpr size_t kNameOffset = 46;
  bool is_patched = false;
  for (size_t at = bytes.find("PK\x01\x02"); at != std::string::npos; at = bytes.find("PK\x01\x02", at + 1)) {
    if (bytes.compare(at + kNameOffset, name.size(), name) != 0) continue;
    bytes.replace(at + offset, value.size(), value);
    is_patched = true;
  }
  EXPECT_TRUE(is_patched);
  return bytes;
}

constexpr std::string_view kMainPart = "word/document.xml";

TEST(HostileFilesTest, TheUnspoiltFileIsRead) {
  EXPECT_THAT(ReadDocument(GoodDocx(), "", testing::ShippedReaderData()), IsOk());
}

TEST(HostileFilesTest, RefusesBombs) {
  // 30 MB of blanks in some 30 KB.
  ExpectRefusal(MakeDocx(std::string(30 << 20, ' ')), "DOCUMENT_SUSPICIOUS", "压缩比过高");
  // Harmless in its parts, too large as a whole.
  testing::ZipParts media;
  for (int i = 0; i < 5; ++i)
    media.emplace_back("word/media/" + std::to_string(i) + ".bin", std::string(45 << 20, 'x'));
  ExpectRefusal(GoodDocx(media), "DOCUMENT_SUSPICIOUS", "解压后过大");
  ExpectRefusal(GoodDocx({{"word/media/a.bin", std::string(51 << 20, 'x')}}), "DOCUMENT_SUSPICIOUS", "解压后过大");
}

TEST(HostileFilesTest, CountsBytesWhileInflating) {
  // The directory says ten bytes; the part inflates to eight megabytes.
  const std::string bytes =
      PatchEntry(MakeDocx(std::string(8 << 20, ' ')), kMainPart, 24, std::string("\x0A\0\0\0", 4));
  const auto package = ZipPackage::Open(bytes);
  ASSERT_THAT(package, IsOk());
  const auto part = package->Read(kMainPart);
  EXPECT_FALSE(part.ok());
}

TEST(HostileFilesTest, RefusesHundredThousandEntries) {
  testing::ZipParts parts;
  for (int i = 0; i < 100'000; ++i) parts.emplace_back("word/document" + std::to_string(i), "");
  ExpectRefusal(MakeZip(parts), "DOCUMENT_SUSPICIOUS", "内部文件过多");
}

TEST(HostileFilesTest, RefusesNamesThatClimbRepeatOrPointOutside) {
  for (const std::string_view name :
       {"../../../etc/passwd", "/etc/passwd", "word\\..\\evil.xml", "C:/evil.xml", "a/../../b"}) {
    ExpectRefusal(GoodDocx({{std::string(name), "x"}}), "DOCUMENT_SUSPICIOUS", "文件名不合规");
  }
  ExpectRefusal(GoodDocx({{"word/DOCUMENT.xml", "x"}}), "DOCUMENT_SUSPICIOUS", "重名");
  std::string twice = GoodDocx({{"word/documenu.xml", "x"}});
  ExpectRefusal(ReplaceAll(twice, "word/documenu.xml", kMainPart), "DOCUMENT_SUSPICIOUS", "重名");
}

TEST(HostileFilesTest, RefusesLinks) {
  const std::string unix_made = PatchEntry(GoodDocx(), kMainPart, 5, "\x03");
  ExpectRefusal(PatchEntry(unix_made, kMainPart, 38, std::string("\0\0\xFF\xA1", 4)), "DOCUMENT_SUSPICIOUS", "链接");
}

TEST(HostileFilesTest, RefusesPasswords) {
  std::string bytes = PatchEntry(GoodDocx(), kMainPart, 8, "\x01");
  ExpectRefusal(bytes, "DOCUMENT_ENCRYPTED", "密码");
  // What Office makes of a document with a password.
  std::string compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(504, '\0');
  for (const char c : std::string_view("EncryptedPackage")) compound.append(1, c).append(1, '\0');
  ExpectRefusal(compound + std::string(600, '\0'), "DOCUMENT_ENCRYPTED", "取消密码");
}

TEST(HostileFilesTest, RefusesDocumentTypesAndEntities) {
  for (const std::string_view head :
       {"<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "<!DOCTYPE d SYSTEM \"http://127.0.0.1/evil.dtd\">",
        "<!DOCTYPE d [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"}) {
    const std::string bytes = MakeZip({{"word/document.xml", std::string(head) + "<d>&x;</d>"}});
    ExpectRefusal(bytes, "DOCUMENT_SUSPICIOUS", "外部引用");
  }
}

TEST(HostileFilesTest, RefusesTruncatedFiles) {
  const std::string bytes = GoodDocx();
  for (size_t size = 60; size < bytes.size(); size += 37) {
    const auto report = ReadDocument(bytes.substr(0, size), "", testing::ShippedReaderData());
    ASSERT_FALSE(report.ok());
    EXPECT_THAT(std::string(report.status().message()), HasSubstr("请"));
  }
  ExpectRefusal(bytes.substr(0, bytes.size() - 30), "DOCUMENT_DAMAGED", "不完整");
}

TEST(HostileFilesTest, RefusesDamagedContent) {
  for (const std::string_view xml :
       {std::string_view("<w:document"), std::string_view("no xml at all"), std::string_view("\xFF\xFE<\0d\0>\0", 8),
        std::string_view("<d>\xC4\xFA</d>"), std::string_view("")}) {
    ExpectRefusal(MakeZip({{"word/document.xml", std::string(xml)}}), "DOCUMENT_DAMAGED", "另存");
  }
  ExpectRefusal(MakeZip({{"word/styles.xml", "<s/>"}}), "DOCUMENT_DAMAGED", "缺少正文");
}

TEST(HostileFilesTest, RefusesFilesOfOtherKindsWithAdvice) {
  ExpectRefusal("%PDF-1.7\n...", "DOCUMENT_KIND_NOT_READ", "PDF");
  ExpectRefusal("\x89PNG\r\n", "DOCUMENT_KIND_NOT_READ", "图片");
  ExpectRefusal("<html><table>", "DOCUMENT_KIND_NOT_READ", "网页");
  ExpectRefusal(MakeZip({{"report.txt", "x"}}), "DOCUMENT_KIND_NOT_READ", "压缩包");
  ExpectRefusal("{\\rtf1\\ansi x}", "DOCUMENT_KIND_NOT_READ", "另存为");
  std::string compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(504, '\0');
  ExpectRefusal(compound, "DOCUMENT_KIND_NOT_READ", "认不出");
  for (const char c : std::string_view("WordDocument")) compound.append(1, c).append(1, '\0');
  ExpectRefusal(compound + std::string(100, '\0'), "DOCUMENT_KIND_NOT_READ", ".docx");
}

TEST(HostileFilesTest, RefusesWhatIsTooDeepOrTooWide) {
  std::string deep;
  for (int i = 0; i < 8; ++i) deep += "<w:tbl><w:tr><w:tc>";
  deep += "<w:p/>";
  for (int i = 0; i < 8; ++i) deep += "</w:tc></w:tr></w:tbl>";
  ExpectRefusal(MakeDocx(deep), "DOCUMENT_TOO_COMPLEX", "嵌套");
  ExpectRefusal(
      MakeDocx("<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"999999\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"),
      "DOCUMENT_TOO_COMPLEX", "列数");
  std::string rows;
  for (int i = 0; i < 2'001; ++i) rows += "<w:tr><w:tc><w:p/></w:tc></w:tr>";
  ExpectRefusal(MakeDocx("<w:tbl>" + rows + "</w:tbl>"), "DOCUMENT_TOO_COMPLEX", "行数");
}

TEST(HostileFilesTest, SurvivesDepthInTheXmlItself) {
  constexpr int kDepth = 60'000;
  std::string open;
  std::string close;
  for (int i = 0; i < kDepth; ++i) {
    open += "<w:sdt>";
    close += "</w:sdt>";
  }
  for (const std::string& body :
       {open + close, "<w:p>" + open + close + "</w:p>", "<w:tbl>" + open + close + "</w:tbl>",
        "<w:p><w:del>" + open + close + "</w:del></w:p>"}) {
    const auto document = ParseXml("<w:document><w:body>" + body + "</w:body></w:document>");
    ASSERT_THAT(document, IsOk());
    // Stored, so that the ratio does not refuse it first.
    EXPECT_FALSE(ReadDocument(MakeDocx(body), "", testing::ShippedReaderData()).ok());
  }
}

TEST(HostileFilesTest, RefusesMoreElementsThanAReportHas) {
  std::string many = "<d>";
  for (int i = 0; i < 800'001; ++i) many += "<a/>";
  EXPECT_FALSE(ParseXml(many + "</d>").ok());
}

TEST(HostileFilesTest, SurvivesSheetsThatLieAboutTheirSize) {
  const std::string area =
      "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/><mergeCell ref=\"B2:A1\"/><mergeCell "
      "ref=\"junk\"/></mergeCells>";
  for (const std::string& cells :
       {std::string("<row r=\"9999999\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>"),
        std::string("<row r=\"1\"><c r=\"XFD1\" t=\"inlineStr\"><is><t>x</t></is></c></row>"),
        std::string("<row r=\"0\"><c r=\"A0\"><v>1</v></c></row>"),
        std::string("<row><c><v>1e999</v></c><c s=\"99\"><v>99999999999999999999999999</v></c></row>")}) {
    EXPECT_FALSE(
        ReadDocument(MakeXlsx({{"a", "<sheetData>" + cells + "</sheetData>" + area}}), "", testing::ShippedReaderData())
            .ok());
  }
  std::string rows;
  for (int i = 1; i <= 2'001; ++i) {
    rows += "<row r=\"" + std::to_string(i) + "\"><c r=\"A" + std::to_string(i) + "\"><v>1</v></c></row>";
  }
  ExpectRefusal(MakeXlsx({{"a", "<sheetData>" + rows + "</sheetData>"}}), "DOCUMENT_TOO_COMPLEX", "行数");
}

TEST(HostileFilesTest, RefusesFilesBeyondTwentyMegabytes) {
  ExpectRefusal(GoodDocx() + std::string(20 << 20, '\0'), "DOCUMENT_TOO_LARGE", "20 MB");
}

}  // namespace
}  // namespace jixiao::intake
