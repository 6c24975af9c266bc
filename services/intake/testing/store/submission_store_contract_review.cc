// Contract: what is recorded about a version beside its bytes.
#include <gmock/gmock.h>

#include <string>

#include "common/testing/status_matchers.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/look.h"
#include "intake/testing/store/submission_store_contract.h"

namespace jixiao::intake::testing {

using ::jixiao::testing::IsOk;
using ::testing::SizeIs;

namespace {

v1::Lateness ALateness() {
  v1::Lateness lateness;
  lateness.set_season("seasons/430600.2024.department");
  lateness.mutable_deadline()->set_seconds(1'749'000'000);
  lateness.set_working_days_late(3);
  lateness.set_is_provisional(true);
  return lateness;
}

ReviewNotes SomeNotes(const std::string& text) {
  ReviewNotes notes;
  notes.explanations.emplace_back().set_finding_id("F-01");
  notes.explanations.back().set_text(text);
  notes.explanations.back().set_actor("person/clerk-1");
  notes.explanations.back().mutable_explain_time()->set_seconds(1'750'000'000);
  notes.confirmations.emplace_back().set_criterion_id("quality");
  notes.confirmations.back().set_score_milli(4'500);
  return notes;
}

}  // namespace

TEST_P(SubmissionStoreContract, KeepsAllFieldsOfASubmission) {
  File("request-1", "一", AKey());
  SubmissionRecord record = *Look(store(), &SubmissionReads::FindSubmission, AKey());
  record.submission.set_page_path("/2024/430611");
  record.submission.set_last_problem("稍后再试");
  record.submission.mutable_finding_counts()->set_blocks(1);
  record.submission.mutable_finding_counts()->set_explain(2);
  record.submission.mutable_finding_counts()->set_note(0);
  record.submission.mutable_finding_counts()->set_unexplained(1);
  *record.submission.mutable_lateness() = ALateness();
  record.submission.add_return_comments()->set_text("请补充附件");
  MustWrite([&](SubmissionTransaction& transaction) { return transaction.PutSubmission(record); });

  EXPECT_EQ(Look(store(), &SubmissionReads::FindSubmission, AKey())->submission.DebugString(),
            record.submission.DebugString());
}

TEST_P(SubmissionStoreContract, ClearsWhatARecordNoLongerHas) {
  File("request-1", "一", AKey());
  Change(AKey(), [](v1::Submission& submission) {
    submission.set_last_problem("稍后再试");
    submission.mutable_finding_counts()->set_unexplained(1);
    *submission.mutable_lateness() = ALateness();
    submission.add_return_comments()->set_text("请补充附件");
  });
  Change(AKey(), [](v1::Submission& submission) {
    submission.clear_last_problem();
    submission.clear_finding_counts();
    submission.clear_lateness();
    submission.clear_return_comments();
  });

  const v1::Submission submission = Look(store(), &SubmissionReads::FindSubmission, AKey())->submission;
  EXPECT_FALSE(submission.has_last_problem());
  EXPECT_FALSE(submission.has_finding_counts());
  EXPECT_FALSE(submission.has_lateness());
  EXPECT_THAT(submission.return_comments(), SizeIs(0));
}

TEST_P(SubmissionStoreContract, KeepsWhatTheSeasonSaidAboutAVersion) {
  File("request-1", "一", AKey());
  VersionRecord record = *Look(store(), &SubmissionReads::FindVersion, VersionKey{AKey(), 1});
  record.key.version = 2;
  record.version.set_version(2);
  record.version.set_name(FormatVersionName(record.key));
  record.version.mutable_receipt()->set_submission_version(record.version.name());
  *record.version.mutable_receipt()->mutable_lateness() = ALateness();
  record.rule_set = "rulesets/hunan-2024";
  record.registered_unit_name = "云溪县农村工作局";
  MustWrite([&](SubmissionTransaction& transaction) { return transaction.InsertVersion(record, {}); });

  const auto second = Look(store(), &SubmissionReads::FindVersion, VersionKey{AKey(), 2});
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->version.DebugString(), record.version.DebugString());
  EXPECT_EQ(second->rule_set, "rulesets/hunan-2024");
  EXPECT_EQ(second->registered_unit_name, "云溪县农村工作局");
  const auto first = Look(store(), &SubmissionReads::FindVersion, VersionKey{AKey(), 1});
  ASSERT_THAT(first, IsOk());
  EXPECT_FALSE(first->version.receipt().has_lateness());
  EXPECT_EQ(first->rule_set, "");
}

TEST_P(SubmissionStoreContract, ReplacesAScoreCard) {
  File("request-1", "一", AKey());
  const auto put = [this](const std::string& bytes) {
    MustWrite([&](SubmissionTransaction& transaction) { return transaction.PutScoreCard({AKey(), 1}, bytes); });
  };
  const auto find = [this] {
    return InTransaction<std::string>([](SubmissionTransaction& transaction) {
      return transaction.FindScoreCard({AKey(), 1});
    });
  };
  EXPECT_EQ(find(), "");
  put("first");
  put("second");

  EXPECT_EQ(find(), "second");
  EXPECT_EQ(*Look(store(), &SubmissionReads::FindScoreCard, VersionKey{AKey(), 1}), "second");
}

TEST_P(SubmissionStoreContract, KeepsAndReplacesNotesOfAVersion) {
  File("request-1", "一", AKey());
  File("request-2", "二", AKey());
  const auto put = [this](const std::string& text) {
    MustWrite([&](SubmissionTransaction& transaction) {
      return transaction.PutReviewNotes({AKey(), 1}, SomeNotes(text));
    });
  };
  put("先前的说明");
  put("因项目调整，资金结转下年使用");

  const auto found = InTransaction<ReviewNotes>([](SubmissionTransaction& transaction) {
    return transaction.FindReviewNotes({AKey(), 1});
  });
  const auto read = Look(store(), &SubmissionReads::FindReviewNotes, VersionKey{AKey(), 1});
  ASSERT_THAT(read, IsOk());
  for (const ReviewNotes& notes : {found, *read}) {
    ASSERT_THAT(notes.explanations, SizeIs(1));
    EXPECT_EQ(notes.explanations[0].DebugString(),
              SomeNotes("因项目调整，资金结转下年使用").explanations[0].DebugString());
    ASSERT_THAT(notes.confirmations, SizeIs(1));
    EXPECT_EQ(notes.confirmations[0].score_milli(), 4'500);
  }
  const auto none = Look(store(), &SubmissionReads::FindReviewNotes, VersionKey{AKey(), 2});
  ASSERT_THAT(none, IsOk());
  EXPECT_THAT(none->explanations, SizeIs(0));
}

}  // namespace jixiao::intake::testing
