// A report goes in through the command line and comes out as a page that a
// citizen can read and that names nobody.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "e2e/platform.h"

namespace jixiao::testing {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kReason[] = "测试：连同未解决的严重问题一并公开";

// Files one sample, approves it, waits for its page; gives the page's path.
std::string Publish(const Platform& platform, const Sample& sample) {
  const std::string submitted =
      platform.JixiaoJson({"submit", sample.path, "--unit", sample.unit_code, "--division", sample.division_code,
                           "--request-id", sample.request_id, "--wait"});
  const std::string name = JsonField(submitted.substr(submitted.find("\"submission\":")), "name");
  const std::string approved = platform.JixiaoJson({"approve", name, "--reason", kReason, "--wait"});
  EXPECT_EQ(JsonField(approved, "state"), "STATE_PUBLISHED") << approved;
  return JsonField(approved, "pagePath");
}

// One platform with all samples public, shared by the tests that only look.
class PublicationTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    platform_ = std::make_unique<Platform>();
    for (const Sample& sample : Samples()) paths_.push_back(Publish(*platform_, sample));
  }

  static void TearDownTestSuite() {
    EXPECT_THAT(platform_->Stop(), Each(0));
    platform_.reset();
  }

  static std::unique_ptr<Platform> platform_;
  static std::vector<std::string> paths_;
};

std::unique_ptr<Platform> PublicationTest::platform_;
std::vector<std::string> PublicationTest::paths_;

// Paths of all links and forms of `html` that stay on the site.
std::set<std::string> LinksIn(const std::string& html) {
  static const std::regex kLink("(?:href|src|action)=\"?(/[^\"\\s>#]*)");
  std::set<std::string> links;
  for (std::sregex_iterator i(html.begin(), html.end(), kLink), end; i != end; ++i) {
    std::string path = (*i)[1];
    for (size_t at; (at = path.find("&amp;")) != std::string::npos;) path.replace(at, 5, "&");
    links.insert(path);
  }
  return links;
}

// Every byte the site serves to somebody who follows all links.
std::string EverythingServed(const Platform& platform) {
  std::set<std::string> seen = {"/", "/robots.txt", "/no-such-page"};
  std::vector<std::string> queue(seen.begin(), seen.end());
  std::string bytes;
  while (!queue.empty() && seen.size() < 500) {
    const std::string path = queue.back();
    queue.pop_back();
    const HttpAnswer answer = platform.Get(path);
    EXPECT_NE(answer.status, 0) << path;
    const bool may_be_absent = path == "/robots.txt" || path == "/no-such-page";
    EXPECT_LT(answer.status, may_be_absent ? 500 : 400) << path;
    bytes += answer.headers + answer.body;
    for (const std::string& link : LinksIn(answer.body)) {
      if (seen.insert(link).second) queue.push_back(link);
    }
  }
  return bytes;
}

// Names and numbers that the document's signature lines hold.
std::set<std::string> PlantedContacts(const std::string& document) {
  static const std::regex kName("填表人(?:：|:)\\s*(\\S+)\\s+填报日期");
  static const std::regex kTelephone("联系电话(?:：|:)\\s*([0-9][0-9-]{6,})");
  std::set<std::string> contacts;
  for (const std::regex* pattern : {&kName, &kTelephone}) {
    for (std::sregex_iterator i(document.begin(), document.end(), *pattern), end; i != end; ++i)
      contacts.insert((*i)[1]);
  }
  return contacts;
}

TEST_F(PublicationTest, EverySampleGoesInAndComesOutAsAPage) {
  ASSERT_EQ(paths_.size(), 5u);
  for (const std::string& path : paths_) {
    ASSERT_THAT(path, StartsWith("/20"));
    const HttpAnswer page = platform_->Get(path);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_THAT(page.headers, AllOf(HasSubstr("text/html"), HasSubstr("harset=utf-8"))) << path;
    EXPECT_THAT(page.body, HasSubstr("自评")) << path;
  }
}

TEST_F(PublicationTest, FilingAgainGivesTheFirstReceiptAndNoNewVersion) {
  const Sample sample = Samples().front();
  const std::string again = platform_->JixiaoJson({"submit", sample.path, "--unit", sample.unit_code, "--division",
                                                   sample.division_code, "--request-id", sample.request_id, "--wait"});

  EXPECT_THAT(JsonField(again, "submissionVersion"), HasSubstr("/versions/1"));
  EXPECT_EQ(JsonField(again, "state"), "STATE_PUBLISHED");
}

TEST_F(PublicationTest, NoServedByteNamesAClerkOrATelephone) {
  std::set<std::string> contacts;
  for (const Sample& sample : Samples()) contacts.merge(PlantedContacts(ReadFile(sample.path)));
  ASSERT_EQ(contacts.size(), 2u) << "the samples should hold one name and one telephone";

  const std::string bytes = EverythingServed(*platform_) + platform_->Logs();

  EXPECT_GT(bytes.size(), 100'000u);
  for (const std::string& contact : contacts) {
    EXPECT_EQ(bytes.find(contact), std::string::npos) << "served or logged: " << contact;
  }
}

TEST_F(PublicationTest, SeedsServeNoContactsEither) {
  const std::filesystem::path seeds = SourcePath("../shared/seeds");
  if (!std::filesystem::is_directory(seeds)) GTEST_SKIP() << "the original seeds are not beside this tree";
  std::set<std::string> contacts;
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(seeds)) {
    if (entry.path().extension() != ".txt") continue;
    contacts.merge(PlantedContacts(ReadFile(entry.path().string())));
    const std::string unit = "SEED" + std::to_string(count++);
    const bool is_zhengzhou = entry.path().filename().string().rfind("004", 0) == 0;
    Publish(*platform_, {entry.path().string(), unit, is_zhengzhou ? "410106" : "430000", "seed-request-" + unit});
  }
  ASSERT_EQ(count, 5);
  ASSERT_FALSE(contacts.empty());

  const std::string bytes = EverythingServed(*platform_) + platform_->Logs();

  for (const std::string& contact : contacts) EXPECT_EQ(bytes.find(contact), std::string::npos);
}

TEST_F(PublicationTest, PagesWorkInABrowserWithoutJavaScript) {
  ASSERT_TRUE(std::filesystem::exists("/usr/bin/chromium"))
      << "end-to-end tests need a browser: apt-get install chromium fonts-noto-cjk";
  ASSERT_TRUE(std::filesystem::exists(SourcePath("node_modules/playwright-core")))
      << "end-to-end tests need node_modules: run ./dev test once, or npm ci";
  std::vector<std::string> argv = {"/usr/bin/env", "node", SourcePath("tests/e2e/browser/look_at_pages.mjs"),
                                   platform_->page_base()};
  argv.insert(argv.end(), paths_.begin(), paths_.end());

  const Finished finished = RunToEnd(argv, absl::Seconds(150));

  EXPECT_EQ(finished.exit_code, 0) << finished.output;
}

}  // namespace
}  // namespace jixiao::testing
