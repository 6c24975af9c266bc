// The real binary, as scripts and clerks run it, without any server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "common/testing/child_process.h"
#include "common/testing/temp_dir.h"

namespace jixiao::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct Finished {
  int exit_code;
  std::string output;
};

Finished RunJixiao(std::vector<std::string> words) {
  words.insert(words.begin(), jixiao::testing::BinaryPath("jixiao"));
  jixiao::testing::ChildProcess process(std::move(words));
  const int exit_code = process.WaitForExit().value_or(-1);
  return {exit_code, process.Output()};
}

const std::string kSample = jixiao::testing::SourcePath("tests/testdata/samples/sample2_street_office.txt");

TEST(CommandLineTest, CheckExitsWithOneOnBlockingFindings) {
  const Finished checked = RunJixiao({"check", kSample});

  EXPECT_EQ(checked.exit_code, 1);
  EXPECT_THAT(checked.output, AllOf(HasSubstr("2024 年度部门整体支出绩效自评"), HasSubstr("【严重】"),
                                    HasSubstr("证据支持"), HasSubstr("公开前须更正或说明")));
}

TEST(CommandLineTest, CheckWritesNoColourAndNoContactsIntoAPipe) {
  for (const std::string format : {"text", "json"}) {
    const Finished checked = RunJixiao({"check", kSample, "--trace", "--format", format});

    EXPECT_THAT(checked.output, Not(HasSubstr("\x1b")));
    EXPECT_THAT(checked.output, Not(HasSubstr("周若溪")));
    EXPECT_THAT(checked.output, Not(HasSubstr("20000136")));
  }
}

TEST(CommandLineTest, CheckGivesTheSameBytesEachTime) {
  EXPECT_EQ(RunJixiao({"check", kSample, "--format", "json"}).output,
            RunJixiao({"check", kSample, "--format", "json"}).output);
}

TEST(CommandLineTest, CheckGivesOneJsonLinePerFile) {
  const Finished checked = RunJixiao({"check", kSample, "/nonexistent/报告.txt", "--format", "json"});

  EXPECT_EQ(checked.exit_code, 2);
  EXPECT_EQ(std::count(checked.output.begin(), checked.output.end(), '\n'), 2);
  EXPECT_THAT(checked.output, HasSubstr("\"scoreCard\":{"));
  EXPECT_THAT(checked.output, HasSubstr("{\"about\":\"/nonexistent/报告.txt\",\"error\":{\"code\":\"NOT_FOUND\","
                                        "\"reason\":\"FILE_NOT_FOUND\""));
}

TEST(CommandLineTest, CheckTellsWhatIsNoReport) {
  jixiao::testing::TempDir dir;
  jixiao::testing::WriteFile(dir.File("latin1.txt"), "\xC4\xEA\xB6\xC8");
  jixiao::testing::WriteFile(dir.File("huge.txt"), std::string((1 << 20) + 1, 'x'));
  jixiao::testing::WriteFile(dir.File("letter.txt"), "您好，附上我单位的材料。\n");

  for (const std::string name : {"latin1.txt", "huge.txt", "letter.txt"}) {
    const Finished checked = RunJixiao({"check", dir.File(name)});
    EXPECT_EQ(checked.exit_code, 2) << name;
    EXPECT_THAT(checked.output, AllOf(HasSubstr(name), HasSubstr("办法："))) << name;
  }
}

class VerifyScoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(RunJixiao({"check", kSample, "--report-out", report_, "--card-out", card_}).exit_code, 1);
  }

  Finished Verify(std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"verify-score", "--report", report_, "--card", card_};
    words.insert(words.end(), more.begin(), more.end());
    return RunJixiao(words);
  }

  jixiao::testing::TempDir dir_;
  const std::string report_ = dir_.File("report.binpb");
  const std::string card_ = dir_.File("card.binpb");
};

TEST_F(VerifyScoreTest, DerivesTheCardOfACheckAgain) {
  const Finished verified = Verify();
  EXPECT_EQ(verified.exit_code, 0);
  EXPECT_THAT(verified.output, HasSubstr("逐字节相同"));
}

TEST_F(VerifyScoreTest, NamesWhatWasTamperedWith) {
  std::string card = jixiao::testing::ReadFile(card_);
  const std::string word = "证据支持";
  ASSERT_NE(card.find(word), std::string::npos);
  card.replace(card.find(word), word.size(), "证据充分");
  jixiao::testing::WriteFile(card_, card);

  const Finished verified = Verify();

  EXPECT_EQ(verified.exit_code, 1);
  EXPECT_THAT(verified.output, AllOf(HasSubstr("核验不一致"), HasSubstr("tables[0].rows[0].trace.result"),
                                     HasSubstr("证据充分"), HasSubstr("证据支持")));
}

TEST_F(VerifyScoreTest, SaysIfTheRulesHaveChangedSince) {
  jixiao::testing::TempDir rules;
  std::filesystem::copy(jixiao::testing::SourcePath("rulesets"), rules.path(),
                        std::filesystem::copy_options::recursive);
  const std::string catalogue = jixiao::testing::ReadFile(rules.File("rules.textproto"));
  jixiao::testing::WriteFile(rules.File("rules.textproto"), catalogue + "# a later edition\n");

  const Finished verified = Verify({"--rulesets", rules.path()});

  EXPECT_EQ(verified.exit_code, 4);
  EXPECT_THAT(verified.output, AllOf(HasSubstr("无法在此核验"), HasSubstr("rule_set_digest")));
}

TEST_F(VerifyScoreTest, TellsThatTheReportIsAnother) {
  const std::string other = jixiao::testing::SourcePath("tests/testdata/samples/sample3_liaison_centre.txt");
  RunJixiao({"check", other, "--report-out", report_});

  const Finished verified = Verify({"--format", "json"});

  EXPECT_EQ(verified.exit_code, 1);
  EXPECT_THAT(verified.output, HasSubstr("\"outcome\":\"OTHER_REPORT\",\"path\":\"report_digest\""));
}

TEST_F(VerifyScoreTest, KeepsReportsFromOtherEyes) {
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(report_).permissions() & perms::all, perms::owner_read | perms::owner_write);
}

TEST(CommandLineTest, WrongUsageNamesTheHelp) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{},
                                                {"chek"},
                                                {"check"},
                                                {"check", "--frmat"},
                                                {"check", "x", "--format", "xml"},
                                                {"approve"},
                                                {"verify-score", "--report", "x"},
                                                {"verify-score", "submissions/x", "--report", "x", "--card", "y"},
                                                {"check", "a", "b", "--card-out", "x"},
                                                {"submit", "a", "b", "--request-id", "x"}}) {
    const Finished finished = RunJixiao(words);
    EXPECT_EQ(finished.exit_code, 2);
    EXPECT_THAT(finished.output, AllOf(StartsWith("错误  jixiao"), HasSubstr("--help 查看用法")));
  }
}

TEST(CommandLineTest, EveryCommandHasHelpInChinese) {
  EXPECT_THAT(RunJixiao({"--help"}).output, AllOf(HasSubstr("用法"), HasSubstr("退出码")));
  for (const std::string command :
       {"check",    "submit",  "status", "show",     "approve", "return", "withdraw",     "explain",
        "review",   "confirm", "watch",  "diff",     "history", "get",    "verify-score", "rules",
        "calendar", "roster",  "season", "progress", "ping",    "token"}) {
    const Finished help = RunJixiao({command, "--help"});
    EXPECT_EQ(help.exit_code, 0) << command;
    EXPECT_THAT(help.output, HasSubstr("用法: jixiao " + command)) << command;
  }
}

TEST(CommandLineTest, TakesTheServerFromTheEnvironmentUnlessToldOtherwise) {
  const std::string usual = "127.0.0.1:" + std::to_string(jixiao::testing::FreePort());
  const std::string other = "127.0.0.1:" + std::to_string(jixiao::testing::FreePort());
  setenv("JIXIAO_SERVER", usual.c_str(), 1);

  const Finished by_default = RunJixiao({"status", "--timeout", "1"});
  const Finished told = RunJixiao({"status", "--timeout", "1", "--server", other});
  unsetenv("JIXIAO_SERVER");

  EXPECT_THAT(by_default.output, HasSubstr(usual));
  EXPECT_THAT(told.output, AllOf(HasSubstr(other), Not(HasSubstr(usual))));
}

TEST(CommandLineTest, NobodyAtTheServerIsSaidSoWithinTheTimeout) {
  const std::string server = "127.0.0.1:" + std::to_string(jixiao::testing::FreePort());

  const Finished submitted = RunJixiao({"submit", kSample, "--server", server, "--timeout", "2"});

  EXPECT_EQ(submitted.exit_code, 3);
  EXPECT_THAT(submitted.output, AllOf(HasSubstr("连不上服务"), HasSubstr(server), HasSubstr("办法：")));
}

TEST(CommandLineTest, CalendarShowsDaysOffAndMakeUpDays) {
  EXPECT_THAT(RunJixiao({"calendar"}).output, AllOf(HasSubstr("2021"), HasSubstr("国办发明电〔2024〕12号")));
  EXPECT_THAT(RunJixiao({"calendar", "2025"}).output,
              AllOf(HasSubstr("10月1日（周三）至10月8日（周三）"), HasSubstr("9月28日（周日）、10月11日（周六）"),
                    HasSubstr("248 个工作日")));
  EXPECT_THAT(RunJixiao({"calendar", "2099"}).output, HasSubstr("尚无国务院办公厅的放假安排"));
  EXPECT_THAT(RunJixiao({"calendar", "2099", "--format", "json"}).output, HasSubstr("\"isProvisional\":true"));
  EXPECT_EQ(RunJixiao({"calendar", "1999"}).exit_code, 2);
}

TEST(CommandLineTest, CheckHoldsPublicationAgainstItsTerm) {
  const auto check = [](std::vector<std::string> dates) {
    dates.insert(dates.begin(), {"check", kSample});
    return RunJixiao(dates);
  };
  EXPECT_THAT(check({"--approved", "2025-04-28", "--published", "2025-05-19"}).output,
              AllOf(HasSubstr("PUBLISH_DUE"), HasSubstr("2025年4月28日批复，2025年5月19日公开"),
                    HasSubstr("最迟2025年5月18日"), HasSubstr("超过 1 日")));
  EXPECT_THAT(check({"--approved", "2025-04-28", "--published", "2025-05-18"}).output, Not(HasSubstr("PUBLISH_DUE")));
  EXPECT_THAT(check({"--approved", "2025-04-28", "--unpublished", "2025-06-01"}).output,
              HasSubstr("至2025年6月1日尚未公开"));
  EXPECT_THAT(check({"--approved", "2025-04-28"}).output, Not(HasSubstr("PUBLISH_DUE")));
  EXPECT_EQ(check({"--approved", "2025-06-02", "--published", "2025-06-01"}).exit_code, 2);
  EXPECT_EQ(check({"--published", "2025-06-01", "--unpublished", "2025-06-01"}).exit_code, 2);
}

TEST(CommandLineTest, CheckCountsWorkingDaysLateAndSaysHow) {
  const Finished checked = RunJixiao({"check", kSample, "--deadline", "2025-04-25", "--filed", "2025-05-06"});

  EXPECT_THAT(checked.output,
              AllOf(HasSubstr("逾期 5 个工作日：4月27日（周日，调休上班）、4月28日、4月29日、4月30日、5月6日。"),
                    HasSubstr("逾期 5 个工作日：10 − 1 × 5 = 5"), HasSubstr("LATE")));
  EXPECT_THAT(RunJixiao({"check", kSample, "--deadline", "2025-04-05", "--filed", "2025-04-07"}).output,
              AllOf(HasSubstr("为休息日，顺延至4月7日（周一）"), HasSubstr("按时。"), Not(HasSubstr("LATE"))));
  EXPECT_THAT(RunJixiao({"check", kSample, "--deadline", "2099-04-01", "--filed", "2099-04-03"}).output,
              HasSubstr("安排公布后须重新核定"));
  EXPECT_EQ(RunJixiao({"check", kSample, "--deadline", "2025-04-25"}).exit_code, 2);
  EXPECT_EQ(RunJixiao({"check", kSample, "--deadline", "2025-02-30", "--filed", "2025-03-03"}).exit_code, 2);
}

TEST(CommandLineTest, CheckTakesTheReviewersScores) {
  EXPECT_THAT(RunJixiao({"check", kSample, "--confirm", "PROBLEMS=14.5", "--confirm", "ON_TIME=10"}).output,
              HasSubstr("审核人员确认 14.5 分"));
  for (const std::string confirmed : {"PROBLEMS", "PROBLEMS=x", "NO_SUCH=1", "ON_TIME=10.5", "ON_TIME=1.2345"}) {
    const Finished checked = RunJixiao({"check", kSample, "--confirm", confirmed});
    EXPECT_EQ(checked.exit_code, 2) << confirmed;
    EXPECT_THAT(checked.output, HasSubstr("错误")) << confirmed;
  }
}

TEST(CommandLineTest, RulesAreListedShownAndLinted) {
  EXPECT_THAT(RunJixiao({"rules", "list"}).output, HasSubstr("rulesets/hunan-2024"));
  EXPECT_THAT(RunJixiao({"rules", "show", "hunan-2024"}).output,
              AllOf(HasSubstr("预算执行率 10 分"), HasSubstr("实施评价 · 按时报送 10 分  ON_TIME")));
  EXPECT_EQ(RunJixiao({"rules", "show", "nowhere"}).exit_code, 2);
  EXPECT_EQ(RunJixiao({"rules", "lint"}).exit_code, 0);
}

TEST(CommandLineTest, AcceptedExplanationsAreListed) {
  const Finished list = RunJixiao({"explain", "--list"});
  EXPECT_EQ(list.exit_code, 0) << list.output;
  EXPECT_THAT(list.output, AllOf(HasSubstr("年中调整预算"), HasSubstr("写明  批复或通知的文号")));
  EXPECT_EQ(RunJixiao({"explain", "--list", "--rulesets", "/nowhere"}).exit_code, 2);
}

TEST(CommandLineTest, ReviewCommandsNeedADecisionAndATarget) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"explain"},
        {"explain", "submissions/x", "EXEC_SCORE-1"},
        {"review", "--division", "430600", "--year", "2024"},
        {"review", "--division", "430600", "--year", "2024", "--approve", "--return"},
        {"confirm", "submissions/x"},
        {"watch"}}) {
    EXPECT_EQ(RunJixiao(words).exit_code, 2) << words[0];
  }
  const Finished confirm = RunJixiao({"confirm", "submissions/x", "--criterion", "PROBLEMS=viel"});
  EXPECT_EQ(confirm.exit_code, 2);
  EXPECT_THAT(confirm.output, HasSubstr("--criterion"));
}

TEST(CommandLineTest, LintFailsOnARuleSetWithProblems) {
  jixiao::testing::TempDir dir;
  jixiao::testing::WriteFile(dir.File("rules.textproto"), "");
  std::filesystem::copy(jixiao::testing::SourcePath("rulesets/divisions.textproto"), dir.File("divisions.textproto"));
  ASSERT_EQ(std::system(("mkdir " + dir.File("bad")).c_str()), 0);
  jixiao::testing::WriteFile(dir.File("bad/ruleset.textproto"), "name: \"rulesets/bad\"\n");

  const Finished lint = RunJixiao({"rules", "lint", "--rulesets", dir.path()});

  EXPECT_EQ(lint.exit_code, 1);
  EXPECT_THAT(lint.output, HasSubstr("bad/ruleset.textproto"));
}

}  // namespace
}  // namespace jixiao::cli
