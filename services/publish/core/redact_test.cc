#include "publish/core/redact.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/errors.h"
#include "publish/core/build_disclosure.h"
#include "publish/testing/sample_publication.h"

namespace jixiao::publish {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

absl::Time SomeTime() { return absl::FromUnixSeconds(1'760'000'000); }

TEST(RedactTest, TakesNothingOfAReportButItsContent) {
  Publication publication = testing::SamplePublication();
  publication.report.mutable_provenance()->set_reader("text/1");
  publication.report.mutable_provenance()->add_unread()->set_text("落款处手写的一行字");
  publication.report.mutable_provenance()->add_naming_properties()->set_property(report::v1::FILE_PROPERTY_AUTHOR);

  const auto disclosure = BuildDisclosure(std::move(publication), SomeTime());

  ASSERT_TRUE(disclosure.ok()) << disclosure.status();
  const std::string bytes = disclosure->SerializeAsString();
  for (const char* secret : {testing::kSampleClerk, testing::kSampleTelephone, testing::kSampleMobile, "落款处"}) {
    EXPECT_THAT(bytes, Not(HasSubstr(secret)));
  }
  Publication without = testing::SamplePublication();
  without.report.clear_provenance();
  const auto plain = BuildDisclosure(std::move(without), SomeTime());
  ASSERT_TRUE(plain.ok());
  EXPECT_EQ(disclosure->content().SerializeAsString(), plain->content().SerializeAsString());
}

TEST(RedactTest, MasksEveryStringFieldThereIs) {
  // One planted telephone per field that the walk must reach.
  Publication publication = testing::SamplePublication();
  report::v1::ReportContent& content = *publication.report.mutable_content();
  const std::string planted = "电话13900002468";
  content.set_title(planted);
  content.mutable_sections(0)->mutable_paragraphs(0)->set_text(planted);
  content.mutable_evaluation_tables(0)->mutable_fund_rows(1)->set_label(planted);
  content.mutable_evaluation_tables(0)->mutable_indicators(0)->set_level2(planted);
  content.mutable_evaluation_tables(0)->add_notes(planted);
  content.mutable_base_data_table()->add_other_values()->mutable_value()->set_as_written(planted);
  content.mutable_work_assessment_sheet()->add_rows()->set_criterion(planted);
  content.add_work_evidence()->set_title(planted);
  content.add_signature_blocks()->mutable_address()->set_label(planted);
  scoring::v1::ScoreCard& card = publication.score_card;
  card.mutable_tables(0)->mutable_rows(0)->mutable_trace()->set_formula(planted);
  card.mutable_tables(0)->mutable_rows(0)->mutable_trace()->mutable_inputs(0)->set_as_written(planted);
  card.mutable_findings(0)->set_expected(planted);
  card.mutable_findings(0)->mutable_suggestions(0)->mutable_changes(0)->set_to(planted);
  publication.approval_reason = planted;

  const auto disclosure = BuildDisclosure(std::move(publication), SomeTime());

  ASSERT_TRUE(disclosure.ok()) << disclosure.status();
  EXPECT_THAT(disclosure->SerializeAsString(), Not(HasSubstr("13900002468")));
  EXPECT_THAT(disclosure->SerializeAsString(), HasSubstr("139****2468"));
}

TEST(RedactTest, DropsTheParsedNumberOfAMaskedValue) {
  Publication publication = testing::SamplePublication();
  report::v1::Value& actual =
      *publication.report.mutable_content()->mutable_evaluation_tables(0)->mutable_indicators(0)->mutable_actual();
  actual.set_as_written("13900002468");
  actual.set_count_milli(13900002468'000);

  const auto disclosure = BuildDisclosure(std::move(publication), SomeTime());

  const report::v1::Value& shown = disclosure->content().evaluation_tables(0).indicators(0).actual();
  EXPECT_EQ(shown.as_written(), "139****2468");
  EXPECT_FALSE(shown.has_count_milli());
}

TEST(RedactTest, KeepsFiguresThatScoresRestOn) {
  Publication publication = testing::SamplePublication();
  report::v1::Value& executed =
      *publication.report.mutable_content()->mutable_evaluation_tables(0)->mutable_fund_rows(0)->mutable_executed();
  executed.set_as_written("13900002468");
  executed.set_amount_fen(1390000246800);
  const scoring::v1::ScoreCard card = publication.score_card;

  const auto disclosure = BuildDisclosure(std::move(publication), SomeTime());

  EXPECT_EQ(disclosure->content().evaluation_tables(0).fund_rows(0).executed().as_written(), "13900002468");
  EXPECT_EQ(disclosure->score_card().tables(0).claimed_milli(), card.tables(0).claimed_milli());
  EXPECT_EQ(disclosure->score_card().tables(0).rows(0).trace().formula(), card.tables(0).rows(0).trace().formula());
}

TEST(RedactTest, MasksThePeopleOfTheReportWithoutALabel) {
  google::protobuf::RepeatedPtrField<report::v1::Contact> contacts;
  contacts.Add()->set_text("周若溪");
  contacts.Add()->set_text("高明");
  contacts.Add()->set_text("2000 0136");
  Redactor redactor(contacts);
  const auto masked = [&](std::string text) {
    redactor.RedactText("x", text);
    return text;
  };

  EXPECT_EQ(masked("由周若溪同志汇总"), "由周**同志汇总");
  EXPECT_EQ(masked("由周 若 溪汇总"), "由周 * *汇总");
  EXPECT_EQ(masked("高明、李某"), "高*、李某");
  EXPECT_EQ(masked("采取高明的办法"), "采取高明的办法");
  EXPECT_EQ(masked("拨打20000136咨询"), "拨打2000****咨询");
  EXPECT_EQ(masked("合计120000136元"), "合计120000136元");
}

TEST(RedactTest, MasksAValueWhoseLabelNamesAPerson) {
  Redactor redactor({});
  report::v1::ReportContent content;
  report::v1::LabelledValue& labelled = *content.mutable_base_data_table()->add_other_values();
  labelled.set_label("填表人");
  labelled.mutable_value()->set_as_written("林小月");

  redactor.Redact("content", content);

  EXPECT_EQ(labelled.value().as_written(), "林**");
  ASSERT_EQ(redactor.redactions().size(), 1u);
  EXPECT_EQ(redactor.redactions()[0].field_path(), "content.base_data_table.other_values[0].value.as_written");
}

TEST(RedactTest, StopsPublicationForIdentityAndBankNumbers) {
  for (const char* number :
       {"身份证11010519491231002X", "１１０１０５１９４９１２３１００２Ｘ", "6222021234567890128"}) {
    Publication publication = testing::SamplePublication();
    publication.report.mutable_content()->mutable_sections(1)->mutable_paragraphs(0)->set_text(number);

    const auto refused = BuildDisclosure(std::move(publication), SomeTime());

    EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(ReasonOf(refused.status()), "PERSONAL_DATA");
    EXPECT_THAT(std::string(refused.status().message()), HasSubstr("一般公共预算支出情况"));
    EXPECT_THAT(std::string(refused.status().message()), Not(HasSubstr("1949")));
  }
}

TEST(RedactTest, RecordsWhatWasMaskedWithoutTheText) {
  const auto disclosure = BuildDisclosure(testing::SamplePublication(), SomeTime());

  bool has_paragraph = false;
  for (const v1::Redaction& redaction : disclosure->redactions()) {
    has_paragraph |= redaction.field_path() == "content.sections[2].paragraphs[1].text" &&
                     redaction.kind() == v1::Redaction::KIND_NAME && redaction.char_count() == 3;
  }
  EXPECT_TRUE(has_paragraph);
  EXPECT_EQ(disclosure->redaction_version(), "1");
}

TEST(RedactTest, RefusesACardOrNameOfAnotherReport) {
  Publication other_card = testing::SamplePublication();
  other_card.score_card.set_report_digest("sha256:0");
  EXPECT_EQ(BuildDisclosure(std::move(other_card), SomeTime()).status().code(), absl::StatusCode::kInvalidArgument);

  Publication other_year = testing::SamplePublication();
  other_year.key.submission.fiscal_year = 2023;
  EXPECT_EQ(BuildDisclosure(std::move(other_year), SomeTime()).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace jixiao::publish
