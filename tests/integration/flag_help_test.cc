// What the three services say about their flags, seen from outside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

#include "common/testing/child_process.h"

namespace jixiao {
namespace {

using testing::BinaryPath;
using testing::ChildProcess;
using ::testing::ContainerEq;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::Optional;

std::string OutputOf(const std::string& program, const std::string& flag, int exit_code) {
  ChildProcess process({BinaryPath(program), flag});
  EXPECT_THAT(process.WaitForExit(), Optional(exit_code)) << process.Output();
  return process.Output();
}

// Abseil's own list is the other witness of what flags a program has.
std::set<std::string> FlagsThatAbseilKnows(const std::string& program) {
  std::istringstream lines(OutputOf(program, "--helpfull", 1));
  std::set<std::string> names;
  bool is_ours = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.find("Flags from ") != line.npos) is_ours = line.find("absl/flags/") == line.npos;
    std::smatch match;
    if (is_ours && std::regex_search(line, match, std::regex("^    --(\\w+) "))) names.insert(match[1]);
  }
  return names;
}

class FlagHelpTest : public ::testing::TestWithParam<std::string> {};

TEST_P(FlagHelpTest, ListsEveryFlagWithDefaultAndEndsWell) {
  std::istringstream lines(OutputOf(GetParam(), "--help", 0));

  std::set<std::string> names;
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (!std::regex_match(line, match, std::regex("  --(\\w+)(=\\S.*)?  \\(default: (\\S.*)\\)"))) continue;
    names.insert(match[1]);
    const bool is_switch = match[3] == "true" || match[3] == "false";
    EXPECT_NE(match[2].length() > 0, is_switch) << "a value without its unit: " << line;
  }

  EXPECT_THAT(names, ContainerEq(FlagsThatAbseilKnows(GetParam())));
  EXPECT_THAT(names, IsSupersetOf({"listen", "tls_cert", "drain_timeout", "rpc_threads"}));
}

TEST_P(FlagHelpTest, PutsEveryFlagUnderItsSubject) {
  const std::string help = OutputOf(GetParam(), "--help", 0);

  for (const char* subject : {"\nAddresses\n", "\nTLS\n", "\nLimits\n", "\nStart and stop\n"}) {
    EXPECT_THAT(help, HasSubstr(subject));
  }
  EXPECT_THAT(help, Not(HasSubstr("\nOther\n"))) << "a flag's text begins with no [subject]";
  EXPECT_THAT(help, Not(HasSubstr("\n      [")));
}

INSTANTIATE_TEST_SUITE_P(Services, FlagHelpTest, ::testing::Values("jixiao-intake", "jixiao-publish", "jixiao-scoring"),
                         [](const auto& test) { return test.param.substr(test.param.find('-') + 1); });

// A flag that is taken and not read would be believed.
TEST(FlagHelpDefaultsTest, ShowNoFlagThatTheServiceDoesNotRead) {
  EXPECT_THAT(OutputOf("jixiao-intake", "--help", 0), Not(HasSubstr("--callers")));
  EXPECT_THAT(OutputOf("jixiao-scoring", "--help", 0), HasSubstr("--callers"));
}

TEST(FlagHelpDefaultsTest, ShowTheAddressesOfEachService) {
  EXPECT_THAT(OutputOf("jixiao-scoring", "--help", 0), HasSubstr("--listen=address  (default: 127.0.0.1:50052)\n"));
  EXPECT_THAT(OutputOf("jixiao-intake", "-h", 0), HasSubstr("--listen=address  (default: 127.0.0.1:50051)\n"));
}

}  // namespace
}  // namespace jixiao
