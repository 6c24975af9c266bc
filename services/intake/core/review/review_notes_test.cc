// What the unit says to the findings of a scored version, and what that allows.
#include <gmock/gmock.h>

#include "common/testing/status_matchers.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/core/review/findings_to_explain.h"
#include "intake/core/review/submission_review.h"
#include "intake/testing/review_notes_fixture.h"
#include "intake/testing/store/look.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using testing::AFiling;
using testing::AKey;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Look;
using ::testing::SizeIs;

using E = v1::SubmissionEvent;
using S = v1::Submission;

using ReviewNotesTest = testing::ReviewNotesFixture;
using testing::kText;

TEST_F(ReviewNotesTest, CountsFindingsThatWaitForAnExplanationWithoutFoldedOnes) {
  AddFindings(/*with_block=*/true);
  FileAndScore();

  EXPECT_EQ(Now().finding_counts().explain(), 5);
  EXPECT_EQ(Now().finding_counts().unexplained(), 3) << "RULE-2, RULE-3 and RULE-7, which follows from a mere note";
}

TEST_F(ReviewNotesTest, StoresAnExplanationWithHistoryAndLowersTheCount) {
  AddFindings();
  FileAndScore();

  ASSERT_THAT(Explain(AnExplanation("RULE-2")), IsOk());

  EXPECT_EQ(Now().state(), S::STATE_SCORED);
  EXPECT_EQ(Now().finding_counts().unexplained(), 2);
  ASSERT_THAT(Notes().explanations, SizeIs(1));
  EXPECT_EQ(Notes().explanations[0].finding_id(), "RULE-2");
  EXPECT_EQ(Notes().explanations[0].text(), kText);
  EXPECT_EQ(Notes().explanations[0].actor(), "person/clerk-1");
  const E event = Events().back();
  EXPECT_EQ(event.action(), E::ACTION_FINDING_EXPLAINED);
  EXPECT_EQ(event.reason(), std::string("RULE-2：") + kText);
}

TEST_F(ReviewNotesTest, NamesTheRequestInTheAuditLog) {
  AddFindings();
  FileAndScore();
  ASSERT_THAT(Explain(AnExplanation("RULE-2", "explain-1")), IsOk());
  ASSERT_THAT(Confirm("PROBLEMS", 1'000, "confirm-1"), IsOk());

  std::vector<std::string> requests;
  const auto records = Look(store_, &SubmissionReads::AuditLog, ShardOf("430611", 2024), 0, 100);
  ASSERT_THAT(records, IsOk());
  for (const StoredAuditRecord& stored : *records) {
    v1::AuditEntry entry;
    ASSERT_TRUE(entry.ParseFromString(stored.record.entry()));
    requests.push_back(entry.action() + " " + entry.request_id());
    EXPECT_EQ(stored.record.entry().find("防汛"), std::string::npos) << "no text in the log";
  }
  EXPECT_THAT(requests,
              ElementsAre("SUBMITTED request-1", "SCORED ", "FINDING_EXPLAINED explain-1", "WORK_CONFIRMED confirm-1"));
}

TEST_F(ReviewNotesTest, ReplacesAnEarlierExplanationAndRepeatsNothing) {
  AddFindings();
  FileAndScore();
  ASSERT_THAT(Explain(AnExplanation("RULE-2")), IsOk());
  ASSERT_THAT(Explain(AnExplanation("RULE-2")), IsOk()) << "the same request";
  EXPECT_THAT(Events(), SizeIs(3));

  Explanation second = AnExplanation("RULE-2", "explain-2");
  second.text = "上级年中调剂，见调剂通知";
  ASSERT_THAT(Explain(second), IsOk());

  ASSERT_THAT(Notes().explanations, SizeIs(1));
  EXPECT_EQ(Notes().explanations[0].text(), second.text);
  EXPECT_EQ(Now().finding_counts().unexplained(), 2);
  second.request_id = "explain-1";
  EXPECT_THAT(Explain(second), FailsWith(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
}

TEST_F(ReviewNotesTest, ExplainsOnlyFindingsThatNeedIt) {
  AddFindings(/*with_block=*/true);
  FileAndScore();

  const auto refusal = [&](const std::string& id) {
    const absl::Status status = Explain(AnExplanation(id));
    EXPECT_THAT(status, FailsWith(absl::StatusCode::kNotFound, "NO_SUCH_FINDING")) << id;
    return std::string(status.message());
  };
  EXPECT_THAT(refusal("RULE-9"), HasSubstr("不在本版的检查发现中"));
  EXPECT_THAT(refusal("RULE-1"), HasSubstr("请更正后重新报送"));
  EXPECT_THAT(refusal("RULE-6"), HasSubstr("只是提示"));
  EXPECT_THAT(refusal("RULE-4"), HasSubstr("由 RULE-2（标题RULE-2）引起，不需要单独说明；请说明该项"));
  EXPECT_THAT(refusal("RULE-5"), HasSubstr("请先更正该项"));
  EXPECT_THAT(Events(), SizeIs(2)) << "and none of it left a trace";
}

TEST_F(ReviewNotesTest, ExplainsOnlyTheCurrentScoredVersion) {
  AddFindings();
  File();
  EXPECT_THAT(Explain(AnExplanation("RULE-2")), FailsWith(absl::StatusCode::kFailedPrecondition, "WRONG_STATE"));
  RunAllDue();
  Explanation stale = AnExplanation("RULE-2");
  stale.version = 2;
  EXPECT_THAT(Explain(stale), FailsWith(absl::StatusCode::kAborted, "STALE_BASE_VERSION"));
}

TEST_F(ReviewNotesTest, LosesTheExplanationsWithANewVersion) {
  AddFindings();
  FileAndScore();
  ASSERT_THAT(Explain(AnExplanation("RULE-2")), IsOk());

  File("request-2");
  RunAllDue();

  EXPECT_EQ(Now().current_version(), 2);
  EXPECT_EQ(Now().finding_counts().unexplained(), 3);
  EXPECT_THAT(Notes().explanations, IsEmpty());
  EXPECT_THAT(Look(store_, &SubmissionReads::FindReviewNotes, VersionKey{AKey(), 1})->explanations, SizeIs(1))
      << "they stay with theirs";
}

TEST_F(ReviewNotesTest, TellsWhatIsWrongWithAText) {
  FileAndScore();
  const auto complaint = [&](const std::string& text) {
    Explanation explanation = AnExplanation("RULE-2");
    explanation.text = text;
    const auto violations = ViolationsOf(ValidateExplanation(explanation));
    return violations.field_violations().empty() ? std::string() : violations.field_violations(0).description();
  };
  EXPECT_EQ(complaint(kText), "");
  for (const char* empty : {"", "　　　　　", "……！！！！", "1234567", "见附件", "ok ok ok"}) {
    EXPECT_THAT(complaint(empty), HasSubstr("说明过于简单")) << empty;
  }
  EXPECT_THAT(complaint(std::string(501 * 3, 'x')), HasSubstr("上限 500 字"));
  EXPECT_THAT(complaint("\xff\xfe不是文字"), HasSubstr("UTF-8"));
  EXPECT_THAT(complaint("经办人张三丰电话13800001357可以说明"), HasSubstr("请删去"));
  EXPECT_THAT(complaint("如有疑问请致电13800001357联系"), AllOf(HasSubstr("第 8 字起"), HasSubstr("电话号码")));
}

TEST_F(ReviewNotesTest, ApprovesOnlyWhatIsExplainedOrWithAReason) {
  AddFindings();
  FileAndScore();
  for (const char* id : {"RULE-2", "RULE-3"}) {
    ASSERT_THAT(Explain(AnExplanation(id, std::string("explain-") + id)), IsOk());
    EXPECT_THAT(Approve(), FailsWith(absl::StatusCode::kFailedPrecondition, "UNEXPLAINED_FINDINGS"));
  }
  ASSERT_THAT(Explain(AnExplanation("RULE-7", "explain-3")), IsOk());

  ASSERT_THAT(Approve(), IsOk());
  RunAllDue();

  ASSERT_THAT(publish_.publish_calls, SizeIs(1));
  ASSERT_THAT(publish_.publish_calls[0].explanations, SizeIs(3));
  EXPECT_EQ(publish_.publish_calls[0].explanations[0].finding_id(), "RULE-2");
}

TEST_F(ReviewNotesTest, ApprovesUnexplainedFindingsWithAReason) {
  AddFindings();
  FileAndScore();

  EXPECT_THAT(Approve("单位已书面说明，见函件"), IsOk());
}

TEST_F(ReviewNotesTest, LeavesWhatNeedsExplainingToAReviewer) {
  AddFindings();
  File();
  RunAllDue(/*auto_approve=*/true);

  EXPECT_EQ(Now().state(), S::STATE_SCORED);
}

TEST_F(ReviewNotesTest, NeverPublishesALaterVersionThanTheOneApproved) {
  FileAndScore();
  ASSERT_THAT(Approve(), IsOk());
  // A correction waits until the approved version is public …
  const absl::Status early = Write([&](SubmissionTransaction& transaction) {
    return FileReport(transaction, AFiling("request-2", "request-2")).status();
  });
  EXPECT_THAT(early, FailsWith(absl::StatusCode::kFailedPrecondition, "UNDER_PUBLICATION"));
  RunAllDue();
  // … and is then not public before its own approval.
  File("request-2");
  RunAllDue();
  EXPECT_EQ(Now().state(), S::STATE_SCORED);
  ASSERT_THAT(publish_.publish_calls, SizeIs(1));
  EXPECT_EQ(publish_.publish_calls[0].submission_version, "submissions/430611.NC01.2024.department/versions/1");
  EXPECT_EQ(publish_.publish_calls[0].report_digest, AFiling("request-1", "request-1").report_digest);
}

TEST_F(ReviewNotesTest, RefusesAnApprovalOfTheVersionBefore) {
  FileAndScore();
  File("request-2");
  RunAllDue();
  ReviewStep step;
  step.key = AKey();
  step.action = E::ACTION_APPROVED;
  step.version = 1;
  step.request_id = "approve-1";
  step.actor = "person/bureau-1";
  step.time = clock_.Now();

  EXPECT_THAT(Write([&](SubmissionTransaction& transaction) { return TakeReviewStep(transaction, step); }),
              FailsWith(absl::StatusCode::kAborted, "STALE_BASE_VERSION"));
  RunAllDue();
  EXPECT_THAT(publish_.publish_calls, IsEmpty());
}

TEST(FindingsToExplainTest, LosesNoFindingOfACircle) {
  scoring::v1::ScoreCard card;
  for (const auto& [id, cause] : {std::pair{"A", "B"}, std::pair{"B", "A"}, std::pair{"C", "C"}}) {
    scoring::v1::Finding& finding = *card.add_findings();
    finding.set_id(id);
    finding.set_severity(scoring::v1::SEVERITY_EXPLAIN);
    finding.add_caused_by(cause);
  }

  std::vector<std::string> ids;
  for (const scoring::v1::Finding* finding : FindingsToExplain(card)) ids.push_back(finding->id());

  EXPECT_THAT(ids, ElementsAre("A", "B", "C"));
}

}  // namespace
}  // namespace jixiao::intake
