// The part of the contract that says what one read sees.
#include <gmock/gmock.h>

#include "common/base/status_macros.h"
#include "common/testing/status_matchers.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/look.h"
#include "intake/testing/store/submission_store_contract.h"
#include "intake/testing/store/transcript_words.h"

namespace jixiao::intake::testing {
namespace {

using ::jixiao::testing::IsOk;
using ::jixiao::testing::StatusIs;
using ::testing::SizeIs;

// All that a read may ask about AKey and what it belongs to, each in one word.
std::vector<std::string> AllAnswers(SubmissionReads& reads) {
  const UnitKey unit = UnitOf(AKey());
  const SeasonKey season{AKey().division_code, AKey().fiscal_year, AKey().kind};
  const AuditShard shard = ShardOf(AKey().division_code, AKey().fiscal_year);
  std::string states;
  if (const auto statistics = reads.Statistics(); statistics.ok()) {
    for (const auto& [state, count] : statistics->submissions_by_state) states += std::to_string(count) + " ";
    for (const TaskBacklog& backlog : statistics->backlogs) states += std::to_string(backlog.count) + " ";
  }
  return {Say(reads.FindSubmission(AKey())),
          Say(reads.Submissions({}, std::nullopt, 10)),
          Say(reads.FindVersion({AKey(), 1})),
          Say(reads.Versions(AKey(), 100, 10)),
          Say(reads.FindDocuments({AKey(), 2})),
          Say(reads.FindScoreCard({AKey(), 1})),
          Say(reads.FindReviewNotes({AKey(), 1})),
          Say(reads.Events(AKey(), 0, 10)),
          states,
          Say(reads.RosterHistory(unit)),
          Say(reads.FindRosterUnitsByName(unit.division_code, "新单位", 0)),
          Say(reads.RosterUnits("", 0, std::nullopt, 10)),
          Say(reads.FindSeason(season)),
          Say(reads.FindExtension(season, unit)),
          Say(reads.Extensions(season)),
          Say(reads.Progress("", 2024, report::v1::REPORT_KIND_DEPARTMENT)),
          Say(reads.MissingUnits("", 2024, report::v1::REPORT_KIND_DEPARTMENT, 10)),
          Say(reads.FindAuditHead(shard)),
          Say(reads.AuditHeads()),
          Say(reads.AuditLog(shard, 0, 10))};
}

// Something new for each of these answers.
absl::Status ChangeAll(SubmissionTransaction& transaction) {
  const UnitKey unit = UnitOf(AKey());
  const SeasonKey season{AKey().division_code, AKey().fiscal_year, AKey().kind};
  JIXIAO_RETURN_IF_ERROR(FileReport(transaction, AFiling("request-2", "二")).status());
  JIXIAO_RETURN_IF_ERROR(transaction.PutScoreCard({AKey(), 1}, "card"));
  ReviewNotes notes;
  notes.explanations.emplace_back().set_finding_id("F1");
  JIXIAO_RETURN_IF_ERROR(transaction.PutReviewNotes({AKey(), 1}, notes));
  JIXIAO_RETURN_IF_ERROR(FileReport(transaction, AFiling("request-1", "三", AKey("NEW"))).status());
  RosterEntry entry;
  entry.key = unit;
  entry.unit.set_name(FormatUnitName(unit));
  entry.unit.set_unit_name("新单位");
  entry.unit.set_first_fiscal_year(2024);
  entry.unit.set_expects_department_report(true);
  JIXIAO_RETURN_IF_ERROR(transaction.PutRosterUnit(entry));
  entry.key.unit_code = "MISSING";
  entry.unit.set_name(FormatUnitName(entry.key));
  JIXIAO_RETURN_IF_ERROR(transaction.PutRosterUnit(entry));
  v1::Season changed;
  changed.set_name(FormatSeasonName(season));
  changed.set_rule_set("rulesets/1");
  JIXIAO_RETURN_IF_ERROR(transaction.PutSeason(season, changed));
  ExtensionRecord extension{season, unit, {}};
  extension.extension.set_unit(FormatUnitName(unit));
  return transaction.PutExtension(extension);
}

TEST_P(SubmissionStoreContract, AnswersAReadFromOneMoment) {
  File("request-1", "一", AKey());
  std::vector<std::string> before, after;

  const absl::Status status = store().Read(ReadOperation::kSubmission, [&](SubmissionReads& reads) {
    before = AllAnswers(reads);
    MustWrite(ChangeAll);  // commits while the read goes on
    after = AllAnswers(reads);
    return absl::OkStatus();
  });

  EXPECT_THAT(status, IsOk());
  EXPECT_EQ(before, after);
  ASSERT_THAT(store().Read(ReadOperation::kSubmission,
                           [&](SubmissionReads& reads) {
                             after = AllAnswers(reads);
                             return absl::OkStatus();
                           }),
              IsOk());
  ASSERT_EQ(before.size(), after.size());
  for (size_t i = 0; i < before.size(); ++i) EXPECT_NE(before[i], after[i]) << "answer " << i << " did not change";
}

TEST_P(SubmissionStoreContract, ReadsWhatWasCommittedBefore) {
  for (int version = 1; version <= 20; ++version) {
    File("request-" + std::to_string(version), "标题 " + std::to_string(version), AKey());
    EXPECT_EQ(Look(store(), &SubmissionReads::FindSubmission, AKey())->submission.current_version(), version);
  }
}

TEST_P(SubmissionStoreContract, GivesTheStatusOfAReadsWork) {
  EXPECT_THAT(store().Read(ReadOperation::kSubmission, [](SubmissionReads&) { return absl::AbortedError("no"); }),
              StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(store().Read(ReadOperation::kSubmission, [](SubmissionReads&) { return absl::OkStatus(); }), IsOk());
}

TEST_P(SubmissionStoreContract, ListsWithinAChangeWhatIsThereBeforeIt) {
  File("request-1", "一", AKey());
  MustWrite([](SubmissionTransaction& transaction) -> absl::Status {
    JIXIAO_ASSIGN_OR_RETURN(const auto submissions, transaction.Submissions({}, std::nullopt, 10));
    EXPECT_THAT(submissions, SizeIs(1));
    JIXIAO_ASSIGN_OR_RETURN(const auto events, transaction.Events(AKey(), 0, 10));
    EXPECT_THAT(events, SizeIs(1));
    EXPECT_THAT(transaction.FindDocuments({AKey(), 1}), IsOk());
    return FileReport(transaction, AFiling("request-2", "二")).status();
  });

  EXPECT_EQ(Look(store(), &SubmissionReads::FindSubmission, AKey())->submission.current_version(), 2);
}

}  // namespace
}  // namespace jixiao::intake::testing
