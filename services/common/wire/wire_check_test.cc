#include "common/wire/wire_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/errors.h"
#include "jixiao/report/v1/report.pb.h"

namespace jixiao {
namespace {

using report::v1::Report;

absl::Status Check(std::string_view bytes, const WireLimits& limits = {}) {
  return CheckWire(bytes, *Report::descriptor(), "report", limits);
}

std::string FirstField(const absl::Status& status) { return ViolationsOf(status).field_violations(0).field(); }

Report AReport() {
  Report report;
  auto* table = report.mutable_content()->add_evaluation_tables();
  table->set_kind(report::v1::REPORT_KIND_DEPARTMENT);
  table->add_indicators()->mutable_level3()->set_as_written("组织网格员培训");
  return report;
}

TEST(CheckWireTest, AcceptsWellFormedReport) { EXPECT_TRUE(Check(AReport().SerializeAsString()).ok()); }

TEST(CheckWireTest, NamesTheFieldWithBrokenText) {
  Report report = AReport();
  report.mutable_content()->mutable_evaluation_tables(0)->mutable_indicators(0)->mutable_level3()->set_as_written(
      std::string("a\0b", 3));

  const absl::Status status = Check(report.SerializeAsString());

  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(FirstField(status), "report.content.evaluation_tables[0].indicators[0].level3.as_written");
}

TEST(CheckWireTest, ReportsSeveralFieldsAtOnce) {
  Report report = AReport();
  report.mutable_content()->set_title("\xFF");
  report.mutable_content()->set_form("\xFF");

  EXPECT_EQ(ViolationsOf(Check(report.SerializeAsString())).field_violations_size(), 2);
}

TEST(CheckWireTest, RefusesUnknownField) {
  EXPECT_EQ(FirstField(Check(AReport().SerializeAsString() + "\x7a\x01x")), "report");
}

TEST(CheckWireTest, RefusesRepeatedSingularField) {
  const std::string bytes = AReport().SerializeAsString();
  EXPECT_EQ(FirstField(Check(bytes + bytes)), "report.content");
}

TEST(CheckWireTest, RefusesUndeclaredEnumValue) {
  // content { kind: 99 }
  EXPECT_EQ(FirstField(Check(std::string("\x0a\x02\x18\x63", 4))), "report.content.kind");
}

TEST(CheckWireTest, RefusesBrokenTags) {
  const std::string tags[] = {std::string(1, '\0'), "\x8a", "\xff\xff\xff\xff\xff\x01", std::string(11, '\xff')};
  for (const std::string& tag : tags) {
    const absl::Status status = Check(AReport().SerializeAsString() + tag);
    EXPECT_EQ(FirstField(status), "report");
    EXPECT_EQ(ViolationsOf(status).field_violations(0).description(), "报文已损坏，无法继续读取");
  }
}

TEST(CheckWireTest, RefusesTagsAndLengthsInMoreBytesThanParsersRead) {
  // content {} and content { fiscal_year: 1 }, as a number in ten bytes
  EXPECT_TRUE(Check(std::string("\x8a\x80\x80\x80\x00\x00", 6)).ok());
  EXPECT_EQ(FirstField(Check(std::string("\x8a\x80\x80\x80\x80\x00\x00", 7))), "report");
  EXPECT_TRUE(Check(std::string("\x0a\x80\x80\x80\x80\x00", 6)).ok());
  EXPECT_EQ(FirstField(Check(std::string("\x0a\x80\x80\x80\x80\x80\x00", 7))), "report.content");
  EXPECT_TRUE(Check(std::string("\x0a\x0b\x10\x81\x80\x80\x80\x80\x80\x80\x80\x80\x00", 13)).ok());
  EXPECT_EQ(FirstField(Check(std::string("\x0a\x0c\x10\x81\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00", 14))),
            "report.content.fiscal_year");
}

TEST(CheckWireTest, RefusesLengthsBeyondTheBytes) {
  for (const char* length : {"\x7f", "\xff\xff\xff\xff\x0f", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"}) {
    EXPECT_EQ(FirstField(Check(std::string("\x0a") + length)), "report.content");
  }
}

TEST(CheckWireTest, RefusesAnotherWireType) {
  // content as a varint, content { kind } as text
  EXPECT_EQ(FirstField(Check(std::string("\x08\x01"))), "report.content");
  EXPECT_EQ(FirstField(Check(std::string("\x0a\x03\x1a\x01x"))), "report.content.kind");
}

TEST(CheckWireTest, RefusesEveryTruncation) {
  const std::string bytes = AReport().SerializeAsString();
  for (size_t size = 1; size < bytes.size(); ++size) {
    EXPECT_FALSE(Check(std::string_view(bytes).substr(0, size)).ok()) << size;
  }
}

TEST(CheckWireTest, BoundsBytesFieldsDepthAndRepetition) {
  const std::string bytes = AReport().SerializeAsString();
  EXPECT_TRUE(Check(bytes, {.max_bytes = static_cast<int64_t>(bytes.size())}).ok());
  EXPECT_FALSE(Check(bytes, {.max_bytes = static_cast<int64_t>(bytes.size()) - 1}).ok());
  EXPECT_FALSE(Check(bytes, {.max_fields = 5}).ok());
  EXPECT_TRUE(Check(bytes, {.max_fields = 6}).ok());
  EXPECT_TRUE(Check(bytes, {.max_depth = 5}).ok());
  EXPECT_FALSE(Check(bytes, {.max_depth = 4}).ok());

  Report many;
  for (int i = 0; i < 2'001; ++i) many.add_contacts();
  EXPECT_EQ(FirstField(Check(many.SerializeAsString())), "report.contacts[2000]");
}

}  // namespace
}  // namespace jixiao
