#include "intake/adapters/store/audit_checkpoint_file.h"

#include <gmock/gmock.h>

#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace jixiao::intake {
namespace {

using ::jixiao::testing::FailsWith;
using ::jixiao::testing::IsOk;
using ::jixiao::testing::ReadFile;
using ::jixiao::testing::TempDir;
using ::jixiao::testing::WriteFile;
using ::testing::SizeIs;

v1::AuditCheckpoint ACheckpoint(int64_t sequence) {
  v1::AuditCheckpoint checkpoint;
  checkpoint.set_name("auditlogs/430600.2024");
  checkpoint.set_sequence(sequence);
  checkpoint.set_hash(std::string(32, '\xff'));
  return checkpoint;
}

TEST(AuditCheckpointFileTest, KeepsCheckpointsOverARestart) {
  const TempDir home;
  {
    auto file = AuditCheckpointFile::Open(home.File("checkpoints"));
    ASSERT_THAT(file, IsOk());
    EXPECT_THAT(file->checkpoints(), SizeIs(0));
    ASSERT_THAT(file->Append(ACheckpoint(1)), IsOk());
    ASSERT_THAT(file->Append(ACheckpoint(2)), IsOk());
  }
  const auto file = AuditCheckpointFile::Open(home.File("checkpoints"));

  ASSERT_THAT(file, IsOk());
  ASSERT_THAT(file->checkpoints(), SizeIs(2));
  EXPECT_EQ(file->checkpoints()[1].DebugString(), ACheckpoint(2).DebugString());
}

TEST(AuditCheckpointFileTest, TakesAwayHalfALineOfACrash) {
  const TempDir home;
  ASSERT_THAT(AuditCheckpointFile::Open(home.File("checkpoints"))->Append(ACheckpoint(1)), IsOk());
  const std::string whole = ReadFile(home.File("checkpoints"));
  WriteFile(home.File("checkpoints"), whole + whole.substr(0, whole.size() / 2));

  auto file = AuditCheckpointFile::Open(home.File("checkpoints"));
  ASSERT_THAT(file, IsOk());
  EXPECT_THAT(file->checkpoints(), SizeIs(1));
  ASSERT_THAT(file->Append(ACheckpoint(2)), IsOk());
  EXPECT_THAT(AuditCheckpointFile::Open(home.File("checkpoints"))->checkpoints(), SizeIs(2));
}

TEST(AuditCheckpointFileTest, RefusesAFileOfSomethingElse) {
  const TempDir home;
  WriteFile(home.File("checkpoints"), "some notes\n");

  EXPECT_THAT(AuditCheckpointFile::Open(home.File("checkpoints")).status(),
              FailsWith(absl::StatusCode::kFailedPrecondition, "CHECKPOINTS_UNUSABLE"));
  EXPECT_THAT(AuditCheckpointFile::Open(home.File("no folder/checkpoints")).status(),
              FailsWith(absl::StatusCode::kFailedPrecondition, "CHECKPOINTS_UNUSABLE"));
}

}  // namespace
}  // namespace jixiao::intake
