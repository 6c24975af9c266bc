#include "publish/http/site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "common/base/digest.h"
#include "common/base/errors.h"
#include "common/testing/fake_clock.h"
#include "common/testing/shipped_divisions.h"
#include "publish/testing/counting_disclosure_store.h"
#include "publish/testing/in_memory_disclosure_store.h"
#include "publish/testing/sample_publication.h"

namespace jixiao::publish {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kPath[] = "/2024/430611/NC01/department";

class SiteTest : public ::testing::Test {
 protected:
  void Publish(Publication publication, const std::string& digest = ContentDigest("1")) {
    const auto published = publisher_.Publish(std::move(publication), digest);
    ASSERT_TRUE(published.ok()) << published.status();
  }

  static HttpResponse Ask(Site& site, const std::string& target) {
    HttpAnswer answer = site.Handle({target, ""});
    return answer.make ? answer.make() : answer.response;
  }
  HttpResponse Get(const std::string& target) { return Ask(site_, target); }
  std::string Body(const std::string& target) {
    const HttpResponse response = Get(target);
    return response.page == nullptr ? "" : response.page->body;
  }

  testing::InMemoryDisclosureStore store_;
  jixiao::testing::FakeClock clock_{absl::FromUnixSeconds(1'760'000'000)};
  Publisher publisher_{&store_, &clock_};
  Site site_{&store_, nullptr, {"https://jixiao.example.gov.cn"}, ::jixiao::testing::ShippedDivisions()};
};

std::string HeaderOf(const HttpResponse& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

TEST_F(SiteTest, ShowsClaimBesideSupportedInterval) {
  Publish(testing::SamplePublication());

  const std::string page = Body(std::string(kPath) + "/1");

  EXPECT_THAT(page, HasSubstr("<span class=\"points\">99</span>"));
  EXPECT_THAT(page, HasSubstr("<span class=\"points\">67.077–83.077</span>"));
  EXPECT_THAT(page, HasSubstr("role=\"img\""));
  EXPECT_THAT(page, HasSubstr("<html lang=\"zh-Hans\">"));
  EXPECT_THAT(page, HasSubstr("10 × 116.95 ÷ 117.98 = 9.9127"));
  EXPECT_THAT(
      page, HasSubstr("<link rel=\"canonical\" href=\"https://jixiao.example.gov.cn/2024/430611/NC01/department/1\">"));
}

TEST_F(SiteTest, ShowsTheUnitsExplanationBesideItsFinding) {
  Publish(testing::SamplePublication());

  const std::string page = Body(std::string(kPath) + "/1");

  const size_t finding = page.find("预算执行率得分高于按公式计算的分数");
  const size_t explanation = page.find("<b>单位说明：</b>执行率按决算数计算");
  const size_t next = page.find("得分的指标没有填写实际完成值");
  ASSERT_NE(explanation, std::string::npos);
  EXPECT_LT(finding, explanation);
  EXPECT_LT(explanation, next);
  EXPECT_THAT(page, HasSubstr("核对人：周**"));
  EXPECT_THAT(Body(std::string(kPath) + "/1.json"), HasSubstr("\"finding_id\": \"EXECUTION_SCORE-1\""));
}

TEST_F(SiteTest, SaysWhatWasOpenWhenItWasApproved) {
  const auto page_without = [this](int version, std::initializer_list<scoring::v1::Severity> dropped) {
    Publication publication = testing::SamplePublication(version);
    auto& findings = *publication.score_card.mutable_findings();
    for (int i = findings.size() - 1; i >= 0; --i) {
      for (const auto severity : dropped) {
        if (i < findings.size() && findings[i].severity() == severity) findings.DeleteSubrange(i, 1);
      }
    }
    if (std::size(dropped) > 1) publication.explanations.clear();
    Publish(std::move(publication), ContentDigest(std::to_string(version)));
    return Body(std::string(kPath) + "/" + std::to_string(version));
  };
  EXPECT_THAT(page_without(1, {}), HasSubstr("本报告存在未更正的严重问题，经审核同意公开。"));
  EXPECT_THAT(page_without(2, {scoring::v1::SEVERITY_BLOCKS}), HasSubstr("单位也没有说明，经审核同意公开。"));
  const std::string clean = page_without(3, {scoring::v1::SEVERITY_BLOCKS, scoring::v1::SEVERITY_EXPLAIN});
  EXPECT_THAT(clean, HasSubstr("审核意见："));
  EXPECT_THAT(clean, Not(HasSubstr("经审核同意公开")));
}

TEST_F(SiteTest, ServesNoPersonalDataInAnyOutput) {
  Publish(testing::SamplePublication());
  ASSERT_TRUE(publisher_
                  .Withdraw({testing::SamplePublication().key.submission, 1},
                            std::string("联系人：") + testing::kSampleClerk + "，电话：" + testing::kSampleTelephone)
                  .ok());
  Publish(testing::SamplePublication(2), ContentDigest("2"));

  const std::string base = kPath;
  for (const std::string& target :
       {base + "/1", base + "/1.json", base + "/1.pb", base + "/2", base + "/2.json", base + "/2.pb", std::string("/"),
        std::string("/?year=2024&division=430611"), base}) {
    const HttpResponse response = Get(target);
    std::string served = response.page == nullptr ? "" : response.page->body;
    for (const auto& [name, value] : response.headers) served += name + value;
    for (const char* secret : {testing::kSampleClerk, testing::kSampleTelephone, testing::kSampleMobile, "82000136"}) {
      EXPECT_THAT(served, Not(HasSubstr(secret))) << target;
    }
  }
  EXPECT_THAT(Body(base + "/2"), HasSubstr("周**"));
  EXPECT_THAT(Body(base + "/2"), HasSubstr("138****1357"));
}

TEST_F(SiteTest, ShowsHostileTextAsText) {
  Publication publication = testing::SamplePublication();
  const std::string hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> javascript:alert(1) \u202Eabc";
  publication.report.mutable_content()->mutable_unit()->set_name(hostile);
  publication.report.mutable_content()->mutable_evaluation_tables(0)->set_title(hostile);
  publication.report.mutable_content()
      ->mutable_evaluation_tables(0)
      ->mutable_indicators(0)
      ->mutable_actual()
      ->set_as_written(hostile);
  publication.report.mutable_content()->mutable_sections(0)->set_heading(hostile);
  publication.score_card.mutable_findings(0)->set_value(hostile);
  publication.score_card.mutable_findings(0)->mutable_places(0)->set_label(hostile);
  publication.score_card.set_rule_set(hostile);
  publication.approval_reason = hostile;
  Publish(std::move(publication));

  for (const std::string& page : {Body(std::string(kPath) + "/1"), Body("/")}) {
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("<img")));
    EXPECT_THAT(page, Not(HasSubstr("href=\"javascript:")));
    EXPECT_THAT(page, Not(HasSubstr("\u202E")));
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
    EXPECT_THAT(page, HasSubstr("[U+202E]abc"));
  }
  EXPECT_THAT(Body("/?q=%22%3E%3Cscript%3E"), Not(HasSubstr("<script")));
}

TEST_F(SiteTest, KeepsACorrectedVersionAndSaysWhatReplacedIt) {
  Publish(testing::SamplePublication());
  const std::string before = Body(std::string(kPath) + "/1");
  Publish(testing::SamplePublication(2), ContentDigest("2"));

  const std::string corrected = Body(std::string(kPath) + "/1");
  EXPECT_THAT(before, Not(HasSubstr("本版已被更正")));
  EXPECT_THAT(corrected, HasSubstr("本版已被更正"));
  EXPECT_THAT(corrected, HasSubstr("href=\"/2024/430611/NC01/department/2\""));
  EXPECT_THAT(corrected, HasSubstr("绩效指标完成情况"));
  EXPECT_EQ(Get(kPath).status, 302);
  EXPECT_EQ(HeaderOf(Get(kPath), "Location"), std::string(kPath) + "/2");
  EXPECT_THAT(Body(std::string(kPath) + "/1.json"), HasSubstr("STATE_CORRECTED"));
}

TEST_F(SiteTest, ShowsOnlyFactAndReasonOfAWithdrawnVersion) {
  Publish(testing::SamplePublication());
  ASSERT_EQ(Get(std::string(kPath) + "/1").status, 200);
  ASSERT_TRUE(publisher_.Withdraw({testing::SamplePublication().key.submission, 1}, "单位来函要求重新核对\n数据").ok());

  const HttpResponse response = Get(std::string(kPath) + "/1");

  EXPECT_EQ(response.status, 410);
  EXPECT_THAT(response.page->body, HasSubstr("本版已撤回"));
  EXPECT_THAT(response.page->body, HasSubstr("单位来函要求重新核对\n数据"));
  EXPECT_THAT(response.page->body, Not(HasSubstr("绩效指标完成情况")));
  EXPECT_THAT(Body(std::string(kPath) + "/1.json"), Not(HasSubstr("evaluation_tables")));
  EXPECT_THAT(Body("/"), HasSubstr("没有符合条件"));
}

TEST_F(SiteTest, ListsByYearDivisionAndName) {
  Publish(testing::SamplePublication());

  EXPECT_THAT(Body("/"), HasSubstr("清河县网格化服务中心"));
  EXPECT_THAT(Body("/?year=2024&division=430600"), HasSubstr("清河县网格化服务中心</a>"));
  EXPECT_THAT(Body("/?year=2023"), HasSubstr("没有符合条件"));
  EXPECT_THAT(Body("/?division=430200"), HasSubstr("没有符合条件"));
  EXPECT_THAT(Body("/?q=%E7%BD%91%E6%A0%BC"), HasSubstr("清河县网格化服务中心</a>"));
  EXPECT_EQ(Get("/?year=x").status, 400);
  EXPECT_EQ(Get("/?division=43").status, 400);
  EXPECT_EQ(Get("/?q=%FF").status, 400);
  EXPECT_EQ(Get("/?year=2024&year=2023").status, 400);
}

TEST_F(SiteTest, FindsNothingElsewhere) {
  Publish(testing::SamplePublication());
  for (const char* target : {"/nope", "/2024/430611/NC01/department/9", "/2024/430611/NC01/department/01",
                             "/2024/430611/NC01/department/1/", "/2024/430611/NC01/department/1.xml", "/../etc/passwd",
                             "/2024/430611/NC01/project/P1", "//", "/2024/430611/NC02/department", "/style.css/"}) {
    EXPECT_EQ(Get(target).status, 404) << target;
  }
}

TEST_F(SiteTest, GivesTheSameTagForTheSamePage) {
  Publish(testing::SamplePublication());
  EXPECT_EQ(Get(std::string(kPath) + "/1").page->etag, Get(std::string(kPath) + "/1").page->etag);
  EXPECT_NE(Get(std::string(kPath) + "/1").page->etag, Get(std::string(kPath) + "/1.json").page->etag);
}

TEST_F(SiteTest, OffersTheDisclosureForDownload) {
  Publish(testing::SamplePublication());

  v1::Disclosure disclosure;
  ASSERT_TRUE(disclosure.ParseFromString(Body(std::string(kPath) + "/1.pb")));
  EXPECT_EQ(disclosure.name(), "disclosures/430611.NC01.2024.department/versions/1");
  EXPECT_EQ(disclosure.state(), v1::Disclosure::STATE_CURRENT);
  EXPECT_THAT(Body(std::string(kPath) + "/1.json"), HasSubstr("\"fiscal_year\": 2024"));
}

// Counted at the store: a publication with its page, each address, a list.
TEST_F(SiteTest, ReadsVersionsOnceForAPublicationAndForAPage) {
  using Counts = testing::CountingDisclosureStore::Counts;
  testing::CountingDisclosureStore counted(&store_);
  Publisher publisher(&counted, &clock_);
  const SiteOptions options = {"https://jixiao.example.gov.cn"};
  Site site(&counted, nullptr, options, ::jixiao::testing::ShippedDivisions());
  const std::string page = std::string(kPath) + "/1";
  const auto get = [](Site& from, const std::string& target) { return Ask(from, target).status; };

  const auto published = publisher.Publish(testing::SamplePublication(), ContentDigest("1"));
  ASSERT_TRUE(published.ok());
  site.Warm(*published);
  EXPECT_EQ(counted.Take(), (Counts{.reads = 2, .versions = 1, .loads = 1}));

  EXPECT_EQ(get(site, page), 200);
  EXPECT_EQ(counted.Take(), (Counts{.reads = 1, .versions = 1})) << "the page was made when it was published";
  Site fresh(&counted, nullptr, options, ::jixiao::testing::ShippedDivisions());
  EXPECT_EQ(get(fresh, page), 200);
  EXPECT_EQ(counted.Take(), (Counts{.reads = 1, .versions = 1, .loads = 1}));
  EXPECT_EQ(get(fresh, page + ".json"), 200);
  EXPECT_EQ(counted.Take(), (Counts{.reads = 1, .versions = 1, .loads = 1}));
  EXPECT_EQ(get(fresh, kPath), 302);
  EXPECT_EQ(counted.Take(), (Counts{.reads = 1, .versions = 1}));
  EXPECT_TRUE(publisher.Get({testing::SamplePublication().key.submission, 1}).ok());
  EXPECT_EQ(counted.Take(), (Counts{.reads = 1, .versions = 1, .loads = 1}));
  EXPECT_EQ(get(fresh, "/"), 200);
  EXPECT_EQ(counted.Take(), (Counts{.reads = 1, .lists = 1, .counts = 1}));
  EXPECT_EQ(get(fresh, "/"), 200);
  EXPECT_EQ(counted.Take(), Counts{}) << "held until something changes";
}

// Pretends to be a Redis that lies, forgets or remembers.
class ScriptedPageCache : public PageCache {
 public:
  std::optional<std::string> Get(const std::string& key) override {
    const auto found = pages.find(key);
    return found == pages.end() ? std::nullopt : std::optional<std::string>(found->second);
  }
  void Set(const std::string& key, const std::string& page) override { pages[key] = page; }

  std::map<std::string, std::string> pages;
};

TEST_F(SiteTest, SharesPagesByWhatTheyShow) {
  ScriptedPageCache cache;
  Site first(&store_, &cache, {"https://a"}, ::jixiao::testing::ShippedDivisions());
  Publish(testing::SamplePublication());
  const std::string page = Ask(first, std::string(kPath) + "/1").page->body;
  ASSERT_EQ(cache.pages.size(), 1u);

  Site second(&store_, &cache, {"https://b"}, ::jixiao::testing::ShippedDivisions());
  EXPECT_EQ(Ask(second, std::string(kPath) + "/1").page->body, page);

  // Withdrawn: another key, and nothing of it is shared.
  ASSERT_TRUE(publisher_.Withdraw({testing::SamplePublication().key.submission, 1}, "误报").ok());
  EXPECT_THAT(Ask(second, std::string(kPath) + "/1").page->body, HasSubstr("本版已撤回"));
  EXPECT_EQ(cache.pages.size(), 1u);
}

// Reviewed once, then kept: the page of the sample report.
TEST_F(SiteTest, RendersTheReviewedPage) {
  Publish(testing::SamplePublication());
  const std::string page = Body(std::string(kPath) + "/1");
  const char* source = std::getenv("JIXIAO_SOURCE_DIR");
  const std::string golden =
      std::string(source == nullptr ? "." : source) + "/tests/golden/publish/department_page/expected.html";
  if (std::getenv("JIXIAO_UPDATE_GOLDENS") != nullptr) std::ofstream(golden) << page;
  std::stringstream expected;
  expected << std::ifstream(golden).rdbuf();

  EXPECT_TRUE(page == expected.str()) << "differs from " << golden
                                      << "; run with JIXIAO_UPDATE_GOLDENS=1 and review the difference";
}

}  // namespace
}  // namespace jixiao::publish
