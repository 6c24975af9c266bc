#include "common/base/log.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <string>
#include <vector>

namespace jixiao {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

// Reads what is written to standard error, write by write: a packet pipe keeps them
// apart.
class CapturedLog {
 public:
  CapturedLog() : stderr_(dup(STDERR_FILENO)) {
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_DIRECT | O_NONBLOCK), 0);
    read_end_ = ends[0];
    dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
  }
  ~CapturedLog() {
    dup2(stderr_, STDERR_FILENO);
    close(stderr_);
    close(read_end_);
  }

  std::vector<std::string> Writes() {
    std::vector<std::string> writes;
    char buffer[4096];
    for (ssize_t size; (size = read(read_end_, buffer, sizeof(buffer))) > 0;) {
      writes.emplace_back(buffer, static_cast<size_t>(size));
    }
    return writes;
  }

 private:
  const int stderr_;
  int read_end_ = -1;
};

TEST(LogTest, WritesOneObjectALine) {
  CapturedLog log;

  LogWarning("store_slow", {{"method", "SubmitReport"}, {"count", 3}, {"is_new", true}});

  const std::vector<std::string> writes = log.Writes();
  ASSERT_THAT(writes, SizeIs(1));
  EXPECT_THAT(writes[0], MatchesRegex(".\"time\":\"[0-9-]+T[0-9:]+[.][0-9][0-9][0-9]Z\",\"level.*\n"));
  EXPECT_THAT(writes[0], EndsWith("\"level\":\"warning\",\"service\":\"jixiao\",\"event\":\"store_slow\","
                                  "\"method\":\"SubmitReport\",\"count\":3,\"is_new\":true}\n"));
}

TEST(LogTest, LetsNoTextEndItsLine) {
  CapturedLog log;

  LogInfo("x", {{"problem", "a\n\"b\"\\ 区划\xFF\x7F"}});

  EXPECT_THAT(log.Writes(), ElementsAre(EndsWith("\"problem\":\"a\\u000a\\\"b\\\"\\\\ 区划\\ufffd\\u007f\"}\n")));
}

TEST(LogTest, WritesLinesOfOneThreadTogetherWhenAsked) {
  CapturedLog log;
  {
    const LogTogether lines;
    LogInfo("first");
    LogInfo("second");
    EXPECT_THAT(log.Writes(), IsEmpty());
  }
  LogInfo("third");

  const std::vector<std::string> writes = log.Writes();
  ASSERT_THAT(writes, SizeIs(2));
  EXPECT_THAT(writes[0], MatchesRegex(".*first.*\n.*second.*\n"));
}

TEST(LogTest, HoldsNoErrorBack) {
  CapturedLog log;
  const LogTogether lines;
  LogInfo("first");
  LogError("check_failed");

  EXPECT_THAT(log.Writes(), ElementsAre(MatchesRegex(".*first.*\n.*check_failed.*\n")));
}

TEST(JsonQuoteTest, KeepsWhatIsPlain) {
  EXPECT_EQ(JsonQuote(""), R"("")");
  EXPECT_EQ(JsonQuote("submissions/430611.NC01"), R"("submissions/430611.NC01")");
  EXPECT_EQ(JsonQuote("县农业局"), R"("县农业局")");
}

}  // namespace
}  // namespace jixiao
