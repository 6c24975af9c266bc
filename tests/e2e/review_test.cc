// What happens between filing and publication: returns, corrections,
// withdrawals, and a service that dies in the middle.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "common/testing/temp_dir.h"
#include "common/testing/wait_until.h"
#include "e2e/platform.h"

namespace jixiao::testing {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;

class ReviewTest : public ::testing::Test {
 protected:
  ~ReviewTest() override { EXPECT_THAT(platform_.Stop(), Each(0)) << platform_.Logs(); }

  // Files `path` for the unit of `sample`; gives the submission's JSON.
  std::string Submit(const std::string& path, const Sample& sample, const std::vector<std::string>& more = {"--wait"}) {
    std::vector<std::string> words = {"submit", path, "--unit", sample.unit_code, "--division", sample.division_code};
    words.insert(words.end(), more.begin(), more.end());
    const std::string json = platform_.JixiaoJson(words);
    const size_t submission = json.find("\"submission\":");
    return submission == std::string::npos ? json : json.substr(submission);
  }

  std::string StateOf(const std::string& name) { return JsonField(platform_.JixiaoJson({"status", name}), "state"); }

  Platform platform_;
};

TEST_F(ReviewTest, ReturnedReportIsCorrectedApprovedAndPublished) {
  const Sample sample = Samples()[2];
  const std::string first = Submit(sample.path, sample);
  const std::string name = JsonField(first, "name");

  const std::string returned = platform_.JixiaoJson({"return", name, "--comment", "请核对总分和各行得分"});
  EXPECT_EQ(JsonField(returned, "state"), "STATE_RETURNED");
  const Finished early = platform_.Jixiao({"approve", name, "--reason", "不应成功"});
  EXPECT_EQ(early.exit_code, 3);
  EXPECT_THAT(early.output, HasSubstr("当前状态不能这样办理"));

  TempDir dir;
  std::string corrected = ReadFile(sample.path);
  const size_t total = corrected.find("86.2");
  ASSERT_NE(total, std::string::npos);
  WriteFile(dir.File("corrected.txt"), corrected.replace(total, 4, "89.2"));
  const std::string second = Submit(dir.File("corrected.txt"), sample, {"--base-version", "1", "--wait"});
  EXPECT_EQ(JsonField(second, "name"), name);
  EXPECT_EQ(JsonField(second, "currentVersion"), "2");

  const std::string published = platform_.JixiaoJson({"approve", name, "--reason", "测试", "--wait"});
  EXPECT_EQ(JsonField(published, "state"), "STATE_PUBLISHED");
  EXPECT_EQ(platform_.Get(JsonField(published, "pagePath")).status, 200);

  const Finished difference = platform_.Jixiao({"diff", name, "--from", "1", "--to", "2"});
  EXPECT_THAT(difference.output, HasSubstr("原为 86.2\n  现为 89.2\n"));
  const Finished history = platform_.Jixiao({"history", name});
  EXPECT_THAT(history.output, HasSubstr("退回"));
  EXPECT_THAT(history.output, HasSubstr("请核对总分和各行得分"));
}

TEST_F(ReviewTest, StoredScoreIsDerivedAgainByAnybody) {
  const Sample sample = Samples()[2];
  const std::string name = JsonField(Submit(sample.path, sample), "name");
  TempDir dir;
  const std::string report = dir.File("report.binpb");
  const std::string card = dir.File("card.binpb");

  EXPECT_EQ(platform_.Jixiao({"get", name, "--report-out", report, "--card-out", card}).exit_code, 0);
  const std::vector<std::string> by_scoring = platform_.ScoringWords();
  for (const auto& [with_scoring, words] : {std::pair(false, std::vector<std::string>{"verify-score", name}),
                                            {true, {"verify-score", name, "--version", "1"}},
                                            {false, {"verify-score", "--report", report, "--card", card}},
                                            {true, {"verify-score", "--report", report, "--card", card}}}) {
    std::vector<std::string> all = words;
    if (with_scoring) all.insert(all.end(), by_scoring.begin(), by_scoring.end());
    const Finished verified = platform_.Jixiao(all);
    EXPECT_EQ(verified.exit_code, 0) << verified.output;
    EXPECT_THAT(verified.output, HasSubstr("逐字节相同"));
  }

  std::string tampered = ReadFile(card);
  const std::string digest = "sha256:";
  tampered[tampered.find(digest, tampered.find(digest) + 1) + digest.size()] ^= 1;
  WriteFile(card, tampered);
  std::vector<std::string> words = {"verify-score", "--report", report, "--card", card};
  words.insert(words.end(), by_scoring.begin(), by_scoring.end());
  const Finished verified = platform_.Jixiao(words);
  EXPECT_EQ(verified.exit_code, 4);
  EXPECT_THAT(verified.output, HasSubstr("没有当时的评分规则或引擎版本"));
}

TEST_F(ReviewTest, StaleBaseVersionIsRefusedWithAWayOut) {
  const Sample sample = Samples()[0];
  Submit(sample.path, sample);

  TempDir dir;
  WriteFile(dir.File("changed.txt"), ReadFile(sample.path) + "补充说明。\n");
  const Finished stale = platform_.Jixiao({"submit", dir.File("changed.txt"), "--unit", sample.unit_code, "--division",
                                           sample.division_code, "--base-version", "0"});

  EXPECT_EQ(stale.exit_code, 3);
  EXPECT_THAT(stale.output, HasSubstr("已经有了更新的版本"));
}

TEST_F(ReviewTest, EverybodySeesAndDoesWhatIsTheirs) {
  const std::string own = JsonField(Submit(Samples()[1].path, Samples()[1]), "name");        // 430611
  const std::string elsewhere = JsonField(Submit(Samples()[2].path, Samples()[2]), "name");  // 430203
  const auto as = [this](const std::string& who, std::vector<std::string> words) {
    words.insert(words.end(), {"--token-file", platform_.TokenFile(who)});
    return platform_.Jixiao(words);
  };

  for (const std::string who : {"clerk", "county", "city", "province", "auditor"}) {
    EXPECT_EQ(as(who, {"status", own}).exit_code, 0) << who;
    const bool sees_all = who == "province" || who == "auditor";
    EXPECT_EQ(as(who, {"status", elsewhere}).exit_code, sees_all ? 0 : 3) << who;
    EXPECT_EQ(as(who, {"status"}).output.find(elsewhere) != std::string::npos, sees_all) << who;
  }
  EXPECT_THAT(as("clerk", {"approve", own, "--reason", "测试"}).output, HasSubstr("您的角色不能办理此项业务"));
  // But for the name that was asked for, the answers do not differ.
  const auto answer = [&](const std::string& name) {
    const std::string output = as("city", {"approve", name, "--reason", "测试"}).output;
    return output.substr(output.find('\n'));
  };
  EXPECT_EQ(answer(elsewhere), answer("submissions/430203.NONE.2024.department"));
  EXPECT_THAT(as("county", {"submit", Samples()[1].path, "--unit", "NC0002", "--division", "430611"}).output,
              HasSubstr("您的角色不能办理此项业务"));
  TempDir dir;
  WriteFile(dir.File("bad.token"), "not.a.token");
  const Finished refused = platform_.Jixiao({"status", own, "--token-file", dir.File("bad.token")});
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_THAT(refused.output, HasSubstr("身份凭证无效或已过期"));
}

// Scoring and publish belong to intake alone: a person's token opens neither.
TEST_F(ReviewTest, PersonsCannotCallScoring) {
  const std::string name = JsonField(Submit(Samples()[0].path, Samples()[0]), "name");
  const Finished refused = platform_.Jixiao({"verify-score", name, "--scoring", platform_.scoring_address()});

  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_THAT(refused.output, HasSubstr("没有出示身份凭证"));
}

TEST_F(ReviewTest, BlockingFindingsNeedAReasonToGoPublic) {
  const Sample sample = Samples()[2];
  const std::string name = JsonField(Submit(sample.path, sample), "name");

  const Finished refused = platform_.Jixiao({"approve", name});

  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_THAT(refused.output, HasSubstr("还有未解决的严重问题"));
  EXPECT_EQ(StateOf(name), "STATE_SCORED");
}

TEST_F(ReviewTest, ExplanationsArePublishedBesideTheirFindings) {
  const Sample sample = Samples()[0];
  const std::string name = JsonField(Submit(sample.path, sample), "name");
  const std::string scored = platform_.JixiaoJson({"status", name});
  ASSERT_NE(JsonField(scored, "unexplained"), "0") << "the sample has findings to explain";
  EXPECT_EQ(platform_.Jixiao({"approve", name}).exit_code, 3);

  // What is listed is explained one by one, as a clerk would.
  const std::string text = "年中追加防汛经费 12 万元，见批复文件";
  std::vector<std::string> findings;
  std::istringstream lines(platform_.Jixiao({"explain", name}).output);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line[0] != ' ') findings.push_back(line.substr(0, line.find(' ')));
  }
  ASSERT_FALSE(findings.empty());
  const Finished personal = platform_.Jixiao({"explain", name, findings[0], "请致电 13800001357 了解情况"});
  EXPECT_EQ(personal.exit_code, 3);
  EXPECT_THAT(personal.output, HasSubstr("电话号码"));
  std::string explained;
  for (const std::string& finding : findings) explained = platform_.JixiaoJson({"explain", name, finding, text});
  EXPECT_EQ(JsonField(explained, "unexplained"), "0");

  const std::string blocks = JsonField(explained, "blocks");
  const std::string published = blocks == "0"
                                    ? platform_.JixiaoJson({"approve", name, "--wait"})
                                    : platform_.JixiaoJson({"approve", name, "--reason", "单位已书面说明", "--wait"});
  ASSERT_EQ(JsonField(published, "state"), "STATE_PUBLISHED");
  const std::string page = platform_.Get(JsonField(published, "pagePath")).body;
  EXPECT_THAT(page, HasSubstr("<b>单位说明：</b>" + text));
  EXPECT_THAT(platform_.Get(JsonField(published, "pagePath") + ".json").body, HasSubstr(text));
  EXPECT_THAT(platform_.Jixiao({"history", name}).output, HasSubstr(findings[0] + "：" + text));
}

TEST_F(ReviewTest, CommentsOfAReturnAreAboutWhatIsThere) {
  const Sample sample = Samples()[2];
  const std::string name = JsonField(Submit(sample.path, sample), "name");

  const Finished refused = platform_.Jixiao({"return", name, "--comment", "请核对@NO_SUCH_RULE-1"});
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_THAT(refused.output, HasSubstr("第 1 条意见所指的问题不在本版的检查发现中"));
  const std::string listed = platform_.Jixiao({"explain", name}).output;
  const std::string finding = listed.substr(0, listed.find(' '));
  const Finished returned = platform_.Jixiao({"return", name, "--comment", "请核对@" + finding});

  EXPECT_EQ(returned.exit_code, 0) << returned.output;
  EXPECT_THAT(platform_.Jixiao({"status", name}).output, HasSubstr("针对  " + finding));
}

TEST_F(ReviewTest, ManyAreApprovedWithOneCommand) {
  for (const Sample& sample : Samples()) Submit(sample.path, sample);
  const std::vector<std::string> filter = {"review",          "--division",         "430000",   "--year", "2024",
                                           "--with-blocking", "--with-unexplained", "--approve"};
  const auto with = [&filter](const std::vector<std::string>& more) {
    std::vector<std::string> words = filter;
    words.insert(words.end(), more.begin(), more.end());
    return words;
  };
  const std::string matched = JsonField(platform_.JixiaoJson(with({"--preview"})), "matchedCount");
  ASSERT_GT(std::stoi(matched), 1);
  const Finished outdated = platform_.Jixiao(with({"--reason", "统一审核", "--expect", "999"}));
  EXPECT_EQ(outdated.exit_code, 3);
  EXPECT_THAT(outdated.output, HasSubstr("重新预览"));

  const Finished approved = platform_.Jixiao(with({"--reason", "统一审核", "--expect", matched}));

  EXPECT_EQ(approved.exit_code, 0) << approved.output;
  EXPECT_THAT(approved.output, HasSubstr("已审核通过 " + matched + " 份，未办成 0 份"));
  EXPECT_EQ(JsonField(platform_.JixiaoJson(with({"--preview"})), "matchedCount"), "0");
}

TEST_F(ReviewTest, WatcherSeesEachStepAndTheEnd) {
  const Sample sample = Samples()[3];
  const std::string name = JsonField(Submit(sample.path, sample), "name");
  ChildProcess watcher(platform_.JixiaoCommand({"watch", name, "--until-done"}));
  ASSERT_TRUE(WaitUntil([&] { return watcher.Output().find("待审核") != std::string::npos; }, absl::Seconds(20)));

  platform_.JixiaoJson({"approve", name, "--reason", "测试", "--wait"});

  EXPECT_EQ(watcher.WaitForExit(absl::Seconds(20)), 0) << watcher.Output();
  EXPECT_THAT(watcher.Output(), HasSubstr("已公开"));
}

TEST_F(ReviewTest, WithdrawnReportLeavesThePublicPages) {
  const Sample sample = Samples()[3];
  const std::string name = JsonField(Submit(sample.path, sample), "name");
  const std::string published = platform_.JixiaoJson({"approve", name, "--reason", "测试", "--wait"});
  const std::string path = JsonField(published, "pagePath");
  ASSERT_THAT(platform_.Get(path).body, HasSubstr("指标"));

  const std::string withdrawn = platform_.JixiaoJson({"withdraw", name, "--reason", "单位申请撤回，重新核对数据"});

  EXPECT_EQ(JsonField(withdrawn, "state"), "STATE_WITHDRAWN");
  EXPECT_TRUE(
      WaitUntil([&] { return platform_.Get(path).body.find("单位申请撤回，重新核对数据") != std::string::npos; },
                absl::Seconds(20)))
      << platform_.Get(path).headers;
  EXPECT_THAT(platform_.Get("/").body, Not(HasSubstr("href=\"" + path + "\"")));
}

TEST_F(ReviewTest, KilledScoringServiceLosesNothing) {
  const std::vector<Sample> samples = Samples();
  platform_.KillScoring();
  std::vector<std::string> names;
  for (const Sample& sample : samples) {
    const std::string receipt = JsonField(Submit(sample.path, sample, {}), "submissionVersion");
    names.push_back(receipt.substr(0, receipt.find("/versions/")));
    EXPECT_EQ(StateOf(names.back()), "STATE_ACCEPTED");
  }

  platform_.RestartScoring();

  for (const std::string& name : names) {
    EXPECT_TRUE(WaitUntil([&] { return StateOf(name) == "STATE_SCORED"; }, absl::Seconds(30))) << name;
  }
}

}  // namespace
}  // namespace jixiao::testing
