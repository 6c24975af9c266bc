// What happens between filing and publication: returns, corrections,
// withdrawals, and a service that dies in the middle.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"verify-score", name},
        {"verify-score", name, "--version", "1", "--scoring", platform_.scoring_address()},
        {"verify-score", "--report", report, "--card", card},
        {"verify-score", "--report", report, "--card", card, "--scoring", platform_.scoring_address()}}) {
    const Finished verified = platform_.Jixiao(words);
    EXPECT_EQ(verified.exit_code, 0) << verified.output;
    EXPECT_THAT(verified.output, HasSubstr("逐字节相同"));
  }

  std::string tampered = ReadFile(card);
  const std::string digest = "sha256:";
  tampered[tampered.find(digest, tampered.find(digest) + 1) + digest.size()] ^= 1;
  WriteFile(card, tampered);
  const Finished verified =
      platform_.Jixiao({"verify-score", "--report", report, "--card", card, "--scoring", platform_.scoring_address()});
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

TEST_F(ReviewTest, BlockingFindingsNeedAReasonToGoPublic) {
  const Sample sample = Samples()[2];
  const std::string name = JsonField(Submit(sample.path, sample), "name");

  const Finished refused = platform_.Jixiao({"approve", name});

  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_THAT(refused.output, HasSubstr("还有未解决的严重问题"));
  EXPECT_EQ(StateOf(name), "STATE_SCORED");
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
