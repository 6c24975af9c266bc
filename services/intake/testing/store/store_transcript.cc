#include "intake/testing/store/store_transcript.h"

#include <fmt/format.h>

#include <random>

#include "common/base/digest.h"
#include "common/base/status_macros.h"
#include "intake/core/change/record_change.h"
#include "intake/core/filing/submission_intake.h"
#include "intake/core/submission/stored_time.h"
#include "intake/core/tasks/task_results.h"
#include "intake/testing/report_builder.h"
#include "intake/testing/store/look.h"
#include "intake/testing/store/transcript_words.h"

namespace jixiao::intake::testing {
namespace {

// Text that stores have been known to change: rare characters, composed and not,
// none at all, case, and what sorts differently by locale.
const std::vector<std::string>& Texts() {
  static const auto& texts = *new std::vector<std::string>{"",
                                                           "云溪县农村工作局",
                                                           "𪚥𠮷野家",
                                                           "😀👨‍👩‍👧 emoji",
                                                           "e\u0301 and é",
                                                           "Ａ全角　空格",
                                                           "\\x41'\"",
                                                           "%_;-- DROP",
                                                           "line\nbreak\ttab",
                                                           "İıŞş",
                                                           "a\u200Bb",
                                                           std::string(9000, 'x') + "长文"};
  return texts;
}

class Player {
 public:
  Player(SubmissionStore& store, uint32_t seed) : store_(store), random_(seed) {}

  std::string Step() {
    const unsigned kind = Pick(10);
    if (kind < 6) return Write();
    if (kind < 8) return ReadOne();
    return ReadMany();
  }

 private:
  // Not std::uniform_int_distribution: it differs between libraries.
  unsigned Pick(unsigned count) { return static_cast<unsigned>(random_()) % count; }
  template <typename T>
  const T& PickOf(const std::vector<T>& values) {
    return values[Pick(static_cast<unsigned>(values.size()))];
  }

  std::string Division() {
    static const auto& codes =
        *new std::vector<std::string>{"430000", "430600", "430611", "430621", "431000", "431102", "440100"};
    return PickOf(codes);
  }
  std::string Unit() {
    static const auto& codes = *new std::vector<std::string>{"NC01", "nc01", "N-1", "N0", "n", "Z9", "a-b", "A1"};
    return PickOf(codes);
  }
  int Year() { return 2023 + static_cast<int>(Pick(2)); }
  report::v1::ReportKind Kind() {
    return Pick(3) == 0 ? report::v1::REPORT_KIND_PROJECT : report::v1::REPORT_KIND_DEPARTMENT;
  }
  SubmissionKey Key() {
    SubmissionKey key{Division(), Unit(), Year(), Kind(), ""};
    if (key.kind == report::v1::REPORT_KIND_PROJECT) key.project = ProjectCode(fmt::format("项目{}", Pick(2)));
    return key;
  }
  SeasonKey Season() { return {Division(), Year(), Kind()}; }
  // No two are the same: in which order stores give tasks that are due at one
  // time is their own affair.
  absl::Time Time() { return absl::FromUnixMicros(1'750'000'000'000'000 + Pick(1000) * 7'000'000LL + ++times_); }
  absl::Status Chance() { return Pick(8) == 0 ? absl::AbortedError("taken back") : absl::OkStatus(); }

  // Up to four changes in one transaction, which may be taken back at its end.
  // What is drawn is drawn before: a store may run the work more than once.
  std::string Write() {
    std::vector<std::function<std::string(SubmissionTransaction&)>> changes;
    for (unsigned count = 1 + Pick(4); count > 0; --count) changes.push_back(Change());
    const absl::Status end = Chance();
    std::string said;
    const absl::Status status = WriteAndWait(store_, [&](SubmissionTransaction& transaction) {
      said.clear();
      for (const auto& change : changes) said += change(transaction) + "; ";
      return end;
    });
    return fmt::format("write {} {}", said, Say(status));
  }

  std::function<std::string(SubmissionTransaction&)> Change() {
    switch (Pick(12)) {
      case 0:
      case 1:
      case 2: return File();
      case 3: return Lease();
      case 4: return ScoreOne();
      case 5: return ChangeSubmission();
      case 6: return PutNotes();
      case 7: return PutUnit();
      case 8: return PutSeason();
      case 9: return Extend();
      case 10: return Operate();
      default: return Chain();
    }
  }

  std::function<std::string(SubmissionTransaction&)> File() {
    Filing filing = AFiling(fmt::format("request-{}", Pick(60)), fmt::format("标题{}", Pick(4)), Key());
    filing.unit_name = PickOf(Texts());
    filing.receive_time = Time();
    if (Pick(3) == 0) {
      filing.documents.media_type = "text/plain";
      filing.documents.file_name = PickOf(Texts());
      filing.documents.original_bytes = std::string("\0\xFF bytes \x80", 10) + PickOf(Texts());
      filing.original_digest = ContentDigest(filing.documents.original_bytes);
    }
    if (Pick(4) == 0) filing.base_version = static_cast<int>(Pick(3));
    return [filing](SubmissionTransaction& transaction) {
      const auto answer = FileReport(transaction, filing);
      if (!answer.ok()) return "file " + Say(answer.status());
      return fmt::format("file {} {}", static_cast<int>(answer->outcome), Say(answer->receipt));
    };
  }

  std::function<std::string(SubmissionTransaction&)> Lease() {
    const absl::Time now = Time();
    const int limit = static_cast<int>(1 + Pick(3));
    const std::string owner = PickOf(std::vector<std::string>{"one", "two"});
    return [=](SubmissionTransaction& transaction) {
      auto due = transaction.DueTasks(now, limit);
      std::string said = "due " + Say(due);
      if (!due.ok()) return said;
      for (Task& task : *due) said += Say(LeaseTask(transaction, task, owner, now + absl::Seconds(90)));
      return said;
    };
  }

  std::function<std::string(SubmissionTransaction&)> ScoreOne() {
    const VersionKey key{Key(), static_cast<int>(1 + Pick(3))};
    const absl::Time now = Time();
    ScoreResult result;
    result.score_card_bytes = "card" + PickOf(Texts());
    result.counts.set_blocks(static_cast<int>(Pick(2)));
    result.counts.set_explain(static_cast<int>(Pick(3)));
    result.counts.set_note(1);
    result.is_auto_approved = Pick(2) == 0;
    return [=](SubmissionTransaction& transaction) {
      const auto task = transaction.FindTask(key, TaskKind::kScore);
      std::string said = "task " + Say(task);
      if (task.ok() && task->has_value()) said += " score " + Say(RecordScore(transaction, **task, result, now));
      return said + Say(transaction.FindScoreCard(key)) + Say(transaction.FindVersion(key));
    };
  }

  std::function<std::string(SubmissionTransaction&)> ChangeSubmission() {
    const SubmissionKey key = Key();
    const std::string text = PickOf(Texts());
    const auto state = static_cast<v1::Submission::State>(1 + Pick(7));
    const bool is_problem = Pick(2) == 0, is_comment = Pick(2) == 0;
    return [=](SubmissionTransaction& transaction) {
      auto record = transaction.FindSubmission(key);
      std::string said = "change " + Say(record);
      if (!record.ok() || !record->has_value()) return said;
      v1::Submission& submission = (*record)->submission;
      if (is_problem) submission.set_last_problem(text);
      if (is_comment) submission.add_return_comments()->set_text(text);
      submission.set_state(state);
      said += Say(transaction.PutSubmission(**record));
      said += Say(transaction.SetVersionState({key, submission.current_version()}, state));
      return said + Say(transaction.VersionsInState(key, state)) + Say(transaction.FindSubmission(key));
    };
  }

  std::function<std::string(SubmissionTransaction&)> PutNotes() {
    const SubmissionKey key = Key();
    ReviewNotes notes;
    v1::FindingExplanation explanation;
    explanation.set_finding_id("F1");
    explanation.set_text(PickOf(Texts()));
    notes.explanations.push_back(explanation);
    return [=](SubmissionTransaction& transaction) {
      const auto record = transaction.FindSubmission(key);
      if (!record.ok() || !record->has_value()) return "notes of " + Say(record);
      const VersionKey version = CurrentVersion(**record);
      std::string said = "notes " + Say(transaction.FindReviewNotes(version));
      return said + Say(transaction.PutReviewNotes(version, notes)) + Say(transaction.FindReviewNotes(version));
    };
  }

  std::function<std::string(SubmissionTransaction&)> PutUnit() {
    RosterEntry entry;
    entry.key = {Division(), Unit()};
    entry.unit.set_name(FormatUnitName(entry.key));
    entry.unit.set_unit_name(PickOf(Texts()));
    if (Pick(2) == 0) entry.unit.set_supervising_unit(PickOf(Texts()));
    entry.unit.set_first_fiscal_year(2022 + static_cast<int>(Pick(3)));
    if (Pick(2) == 0) entry.unit.set_last_fiscal_year(entry.unit.first_fiscal_year() + static_cast<int>(Pick(2)));
    entry.unit.set_expects_department_report(Pick(4) != 0);
    for (unsigned i = Pick(3); i > 0; --i) entry.unit.add_expected_projects(fmt::format("项目{}", i - 1));
    const UnitKey other{entry.key.division_code, Unit()};
    const int year = Year();
    return [=](SubmissionTransaction& transaction) {
      std::string said = "unit " + Say(FindRosterUnit(transaction, other, year));
      said += Say(transaction.PutRosterUnit(entry)) + Say(transaction.RosterHistory(entry.key));
      return said + Say(transaction.FindRosterUnitsByName(entry.key.division_code, entry.unit.unit_name(), year));
    };
  }

  std::function<std::string(SubmissionTransaction&)> PutSeason() {
    const SeasonKey key = Season();
    v1::Season season;
    season.set_name(FormatSeasonName(key));
    season.set_rule_set(fmt::format("rulesets/hunan-{}", Pick(3)));
    *season.mutable_opening_time() = ToTimestamp(Time() - absl::Hours(24));  // filings are not refused all the time
    *season.mutable_deadline() = ToTimestamp(Time());
    season.set_is_closed(false);
    return [=](SubmissionTransaction& transaction) {
      std::string said = "season " + Say(transaction.FindSeason(key)) + Say(transaction.HasFilings(key));
      return said + Say(transaction.PutSeason(key, season)) + Say(transaction.FindSeason(key));
    };
  }

  std::function<std::string(SubmissionTransaction&)> Extend() {
    ExtensionRecord record;
    record.season = Season();
    record.unit = {Division(), Unit()};
    record.extension.set_unit(FormatUnitName(record.unit));
    *record.extension.mutable_deadline() = ToTimestamp(Time());
    record.extension.set_reason(PickOf(Texts()));
    record.extension.set_actor("person/1");
    return [=](SubmissionTransaction& transaction) {
      std::string said = "extend " + Say(transaction.FindExtension(record.season, record.unit));
      return said + Say(transaction.PutExtension(record)) + Say(transaction.FindExtension(record.season, record.unit));
    };
  }

  std::function<std::string(SubmissionTransaction&)> Operate() {
    const OperationRecord operation{Division(), fmt::format("operation-{}", Pick(40)), PickOf(Texts())};
    return [=](SubmissionTransaction& transaction) {
      const auto known = transaction.FindOperation(operation.division_code, operation.request_id);
      std::string said = "operation " + Say(known);
      if (known.ok() && !known->has_value()) said += Say(transaction.InsertOperation(operation));
      return said;
    };
  }

  std::function<std::string(SubmissionTransaction&)> Chain() {
    const AuditShard shard = ShardOf(Division(), Year());
    const std::string entry = std::string("\0entry", 6) + PickOf(Texts());
    return [=](SubmissionTransaction& transaction) {
      const auto head = transaction.FindAuditHead(shard);
      std::string said = "chain " + Say(head);
      if (!head.ok()) return said;
      StoredAuditRecord record;
      record.sequence = head->sequence + 1;
      record.record.set_entry(entry);
      record.record.set_hash(ContentDigest(head->hash + entry).substr(7, 32));
      return said + Say(transaction.InsertAuditRecord(shard, record)) + Say(transaction.FindAuditHead(shard));
    };
  }

  std::string ReadOne() {
    const SubmissionKey key = Key();
    const VersionKey version{key, static_cast<int>(1 + Pick(3))};
    switch (Pick(6)) {
      case 0: return "get " + Say(Look(store_, &SubmissionReads::FindSubmission, key));
      case 1: return "version " + Say(Look(store_, &SubmissionReads::FindVersion, version));
      case 2: return "documents " + Say(Look(store_, &SubmissionReads::FindDocuments, version));
      case 3: return "card " + Say(Look(store_, &SubmissionReads::FindScoreCard, version));
      case 4: return "notes " + Say(Look(store_, &SubmissionReads::FindReviewNotes, version));
      default: return "season " + Say(Look(store_, ReadSeason, Season()));
    }
  }

  std::string ReadMany() {
    const std::string prefix = DivisionPrefix(Division()).substr(0, 2 * Pick(4));
    const int limit = static_cast<int>(1 + Pick(20));
    switch (Pick(8)) {
      case 0:
      case 1: return List(prefix, limit);
      case 2:
        return "versions " + Say(Look(store_, &SubmissionReads::Versions, Key(), static_cast<int>(1 + Pick(5)), limit));
      case 3: return "events " + Say(Look(store_, &SubmissionReads::Events, Key(), Pick(3), limit));
      case 4: {
        std::optional<RosterEntry> after;
        if (Pick(2) == 0) {
          after.emplace();
          after->key = {Division(), Unit()};
          after->unit.set_first_fiscal_year(Year());
        }
        const int year = Pick(2) == 0 ? 0 : Year();
        return "roster " + Say(Look(store_, &SubmissionReads::RosterUnits, prefix, year, after, limit));
      }
      case 5: return "progress " + Say(Look(store_, &SubmissionReads::Progress, prefix, Year(), Kind()));
      case 6: return "missing " + Say(Look(store_, &SubmissionReads::MissingUnits, prefix, Year(), Kind(), 1000));
      default: {
        const AuditShard shard = ShardOf(Division(), Year());
        return "audit " + Say(Look(store_, &SubmissionReads::AuditHeads)) +
               Say(Look(store_, &SubmissionReads::AuditLog, shard, Pick(3), limit)) + Counts();
      }
    }
  }

  std::string List(const std::string& prefix, int limit) {
    ListFilter filter;
    filter.division_prefix = prefix;
    if (Pick(2) == 0) filter.fiscal_year = Year();
    if (Pick(3) == 0) filter.kind = Kind();
    if (Pick(3) == 0) filter.state = static_cast<v1::Submission::State>(1 + Pick(7));
    if (Pick(2) == 0) {
      filter.scopes.emplace();
      for (unsigned count = Pick(4); count > 0; --count) {
        Scope scope{static_cast<Scope::Kind>(Pick(3)), Division(), Unit()};
        if (Pick(3) == 0) scope.first_fiscal_year = 2024;
        filter.scopes->push_back(scope);
      }
    }
    std::optional<SubmissionKey> after;
    if (Pick(2) == 0) after = Key();
    return "list " + Say(Look(store_, &SubmissionReads::Submissions, filter, after, limit));
  }

  std::string Counts() {
    const auto statistics = Look(store_, &SubmissionReads::Statistics);
    if (!statistics.ok()) return Say(statistics.status());
    std::string said;
    for (const auto& [state, count] : statistics->submissions_by_state) {
      said += fmt::format(" {}:{}", static_cast<int>(state), count);
    }
    for (const TaskBacklog& backlog : statistics->backlogs) {
      said += fmt::format(" {}:{}:{}", static_cast<int>(backlog.kind), backlog.count,
                          absl::ToUnixMicros(backlog.oldest_create_time));
    }
    return said;
  }

  SubmissionStore& store_;
  std::mt19937 random_;
  int64_t times_ = 0;
};

}  // namespace

std::vector<std::string> PlayOn(SubmissionStore& store, uint32_t seed, int steps) {
  Player player(store, seed);
  std::vector<std::string> transcript;
  for (int i = 0; i < steps; ++i) transcript.push_back(player.Step());
  return transcript;
}

}  // namespace jixiao::intake::testing
