#include "common/rpc/raw_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"
#include "google/rpc/status.pb.h"

namespace jixiao {
namespace {

using ::testing::Eq;
using testing::FailsWith;
using testing::IsOk;
using ::testing::Optional;

// google.rpc.Status: code = 1 (varint), message = 2 (string), details = 3.
std::string Wire(int code, const std::string& message) {
  google::rpc::Status status;
  status.set_code(code);
  status.set_message(message);
  return status.SerializeAsString();
}

TEST(RawMessageTest, BytesSurviveTheBuffer) {
  const std::string bytes("a\0b\xff", 4);
  EXPECT_EQ(ToBytes(ToByteBuffer(bytes)), bytes);
  EXPECT_EQ(ToBytes(ToByteBuffer("")), "");
}

TEST(RawMessageTest, JoinsTheSlicesOfABuffer) {
  const grpc::Slice slices[] = {grpc::Slice("绩效"), grpc::Slice("自评")};
  EXPECT_EQ(ToBytes(grpc::ByteBuffer(slices, 2)), "绩效自评");
}

TEST(RawMessageTest, FindsAFieldWithoutLookingIntoOthers) {
  const std::string wire = Wire(300, "文字");
  const auto found = FindField(wire, 2);
  ASSERT_THAT(found, IsOk());
  EXPECT_THAT(*found, Optional(Eq("文字")));
  EXPECT_EQ(*FindField(wire, 3), std::nullopt);
  EXPECT_EQ(*FindField("", 2), std::nullopt);
}

TEST(RawMessageTest, RefusesAFieldThatStandsThereTwice) {
  const std::string wire = Wire(0, "a") + Wire(0, "b");
  EXPECT_THAT(FindField(wire, 2), FailsWith(absl::StatusCode::kInvalidArgument, "BROKEN_MESSAGE"));
}

TEST(RawMessageTest, RefusesAFieldOfAnotherWireType) {
  EXPECT_THAT(FindField(Wire(5, ""), 1), FailsWith(absl::StatusCode::kInvalidArgument, "BROKEN_MESSAGE"));
}

TEST(RawMessageTest, RefusesBrokenBytesOfEveryLength) {
  const std::string wire = Wire(300, "some text");
  for (size_t length = 1; length < wire.size(); ++length) {
    // Cut after the whole first field (3 bytes), the rest is absent, not broken.
    if (length == 3) continue;
    EXPECT_THAT(FindField(wire.substr(0, length), 3), FailsWith(absl::StatusCode::kInvalidArgument, "BROKEN_MESSAGE"))
        << length;
  }
  EXPECT_THAT(FindField(std::string(20, '\xff'), 1), FailsWith(absl::StatusCode::kInvalidArgument, "BROKEN_MESSAGE"));
  EXPECT_THAT(FindField(std::string("\x12\xff\xff\xff\xff\x0f", 6), 2),
              FailsWith(absl::StatusCode::kInvalidArgument, "BROKEN_MESSAGE"));
}

TEST(RawMessageTest, KeepsFieldsByteForByte) {
  google::rpc::Status status;
  status.set_code(7);
  status.set_message("m");
  status.add_details()->set_value("x");
  const auto kept = KeepFields(status.SerializeAsString(), {1, 2});
  ASSERT_THAT(kept, IsOk());
  EXPECT_EQ(*kept, Wire(7, "m"));
  EXPECT_EQ(*DropField(status.SerializeAsString(), 3), Wire(7, "m"));
  EXPECT_EQ(*DropField(Wire(7, "m") + Wire(8, "n"), 2), Wire(7, "") + Wire(8, ""));
}

TEST(RawMessageTest, AppendsWhatAParserReads) {
  for (const size_t size : {0u, 1u, 127u, 128u, 16'384u, 70'000u}) {
    std::string wire = Wire(1, "");
    AppendField(2, std::string(size, 'x'), wire);
    google::rpc::Status status;
    ASSERT_TRUE(status.ParseFromString(wire));
    EXPECT_EQ(status.code(), 1);
    EXPECT_EQ(status.message().size(), size);
  }
}

}  // namespace
}  // namespace jixiao
