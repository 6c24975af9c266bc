// The child gives what reading here gives, and can do nothing else.
#include "intake/reader/office/isolated_reader.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <vector>

#include "common/base/errors.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "intake/reader/office/read_document.h"
#include "intake/testing/documents/office_files.h"
#include "intake/testing/documents/shipped_reader_data.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::IsOk;
using ::testing::HasSubstr;

std::string ChildProgram() { return ::jixiao::testing::BinaryPath("read-document-child"); }

IsolatedReader Reader(const std::string& program) {
  return {program, "", ::jixiao::testing::ShippedRuleSets(), testing::ShippedReaderData()};
}

std::string Sample() {
  return ::jixiao::testing::ReadFile(::jixiao::testing::SourcePath("tests/testdata/samples/sample2_street_office.txt"));
}

TEST(IsolatedReaderTest, GivesTheSameReport) {
  for (const std::string& file : {Sample(), testing::DocxFromText(Sample()), testing::XlsxFromText(Sample())}) {
    const auto here = ReadDocument(file, "", testing::ShippedReaderData());
    const auto isolated = ReadDocumentIsolated(file, Reader(ChildProgram()));
    ASSERT_THAT(here, IsOk());
    ASSERT_THAT(isolated, IsOk());
    EXPECT_EQ(isolated->SerializeAsString(), here->SerializeAsString());
  }
}

TEST(IsolatedReaderTest, GivesTheSameRefusal) {
  std::string large(21 << 20, 'x');
  large.replace(0, 4, "PK\x03\x04");
  const std::vector<std::string> files = {"%PDF-1.4", testing::MakeDocx("<w:p/>"), "PK\x03\x04word/document",
                                          "{\\rtf1}", large};
  for (const std::string& file : files) {
    const absl::Status here = ReadDocument(file, "", testing::ShippedReaderData()).status();
    const absl::Status isolated = ReadDocumentIsolated(file, Reader(ChildProgram())).status();
    EXPECT_EQ(isolated.code(), here.code());
    EXPECT_EQ(isolated.message(), here.message());
    EXPECT_EQ(ReasonOf(isolated), ReasonOf(here));
  }
}

// A stand-in for the child: a shell script that breaks.
TEST(IsolatedReaderTest, TurnsABrokenChildIntoAdvice) {
  const ::jixiao::testing::TempDir folder;
  const std::string program = folder.File("child");
  for (const std::string commands :
       {"kill -SEGV $$", "exit 3", "exit 0", "echo garbage", "printf R123", "printf Fno"}) {
    ::jixiao::testing::WriteFile(program, "#!/bin/sh\n" + commands + "\n");
    ASSERT_EQ(std::system(("chmod +x " + program).c_str()), 0);
    const auto report = ReadDocumentIsolated(testing::MakeDocx("<w:p/>"), Reader(program));
    EXPECT_EQ(report.status().code(), absl::StatusCode::kInvalidArgument) << commands;
    EXPECT_EQ(ReasonOf(report.status()), "DOCUMENT_DAMAGED") << commands;
    EXPECT_THAT(std::string(report.status().message()), HasSubstr("请"));
  }
}

TEST(IsolatedReaderTest, SaysSoIfThereIsNoChild) {
  EXPECT_FALSE(ReadDocumentIsolated(testing::MakeDocx("<w:p/>"), Reader("/nonexistent")).ok());
}

// What a confined process tried: one bit for each thing that worked.
int ReachOfConfinedProcess() {
  const pid_t child = fork();
  if (child == 0) {
    if (!ConfineProcess()) _exit(100);
    int reach = 0;
    if (open("/etc/passwd", O_RDONLY) >= 0) reach |= 1;
    if (socket(AF_UNIX, SOCK_STREAM, 0) >= 0) reach |= 2;
    if (fork() >= 0) reach |= 4;
    if (execl("/bin/true", "true", nullptr) == 0) reach |= 8;
    if (unlink("/tmp/no-such-file") == 0 || errno != EPERM) reach |= 16;
    _exit(reach);
  }
  int state = 0;
  waitpid(child, &state, 0);
  return WIFEXITED(state) ? WEXITSTATUS(state) : -1;
}

TEST(IsolatedReaderTest, ConfinedProcessReachesNothing) { EXPECT_EQ(ReachOfConfinedProcess(), 0); }

}  // namespace
}  // namespace jixiao::intake
