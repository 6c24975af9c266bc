#include "intake/reader/blocks/document_kind.h"

#include <gtest/gtest.h>

#include <string>

namespace jixiao::intake {
namespace {

// A compound file whose directory names one stream.
std::string Compound(std::string_view stream) {
  std::string bytes = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(504, '\0');
  for (const char c : stream) bytes.append(1, c).append(1, '\0');
  return bytes + std::string(64, '\0');
}

TEST(DocumentKindTest, TellsKindsByTheirBytes) {
  EXPECT_EQ(DocumentKindOf("一、基本情况"), DocumentKind::kText);
  EXPECT_EQ(DocumentKindOf(""), DocumentKind::kText);
  EXPECT_EQ(DocumentKindOf("PK\x03\x04....word/document.xml"), DocumentKind::kDocx);
  EXPECT_EQ(DocumentKindOf("PK\x03\x04....xl/workbook.xml"), DocumentKind::kXlsx);
  EXPECT_EQ(DocumentKindOf("PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text"), DocumentKind::kOpenText);
  EXPECT_EQ(DocumentKindOf("PK\x03\x04....a.txt"), DocumentKind::kOtherZip);
  EXPECT_EQ(DocumentKindOf(Compound("WordDocument")), DocumentKind::kOldWord);
  EXPECT_EQ(DocumentKindOf(Compound("Workbook")), DocumentKind::kOldExcel);
  EXPECT_EQ(DocumentKindOf(Compound("EncryptedPackage")), DocumentKind::kEncrypted);
  EXPECT_EQ(DocumentKindOf(Compound("Something")), DocumentKind::kOtherCompound);
  EXPECT_EQ(DocumentKindOf("{\\rtf1"), DocumentKind::kRichText);
  EXPECT_EQ(DocumentKindOf("%PDF-1.4"), DocumentKind::kPdf);
  EXPECT_EQ(DocumentKindOf("\xEF\xBB\xBF <HTML>"), DocumentKind::kWebPage);
  EXPECT_EQ(DocumentKindOf("<p>一</p>\t<p>二</p>"), DocumentKind::kText);
  EXPECT_EQ(DocumentKindOf("MM 2024"), DocumentKind::kText);
}

TEST(DocumentKindTest, TakesOnlyTypesOfDocuments) {
  EXPECT_TRUE(IsDocumentMediaType("text/plain"));
  EXPECT_TRUE(IsDocumentMediaType(MediaTypeOf(DocumentKind::kXlsx)));
  EXPECT_TRUE(IsDocumentMediaType("application/octet-stream"));
  EXPECT_FALSE(IsDocumentMediaType(""));
  EXPECT_FALSE(IsDocumentMediaType("image/png"));
}

}  // namespace
}  // namespace jixiao::intake
