#include "common/rpc/status_conversion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/errors.h"
#include "common/rpc/trace.h"
#include "google/rpc/status.pb.h"

namespace jixiao {
namespace {

using ::testing::Eq;
using ::testing::Le;
using ::testing::Optional;
using ::testing::StartsWith;

TEST(StatusConversionTest, EverythingSurvivesTheWire) {
  const absl::Status status = InvalidFields({{"report.content", "缺少正文"}, {"request_id", "过短"}});

  const absl::Status back = FromGrpcStatus(ToGrpcStatus(status));

  EXPECT_EQ(back, status);
  EXPECT_EQ(ReasonOf(back), "INVALID_FIELDS");
  EXPECT_EQ(ViolationsOf(back).field_violations_size(), 2);
  EXPECT_EQ(FromGrpcStatus(ToGrpcStatus(absl::OkStatus())), absl::OkStatus());
}

TEST(StatusConversionTest, RetryDelaySurvivesTheWire) {
  const absl::Status back = FromGrpcStatus(ToGrpcStatus(Overloaded("busy", absl::Milliseconds(1'250))));

  EXPECT_EQ(back.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(RetryDelayOf(back), Optional(Eq(absl::Milliseconds(1'250))));
  EXPECT_EQ(RetryDelayOf(absl::UnavailableError("x")), std::nullopt);
}

TEST(StatusConversionTest, DetailsComeInTheDocumentedOrder) {
  google::rpc::Status envelope;
  ASSERT_TRUE(envelope.ParseFromString(ToGrpcStatus(InvalidFields({{"a", "b"}})).error_details()));

  ASSERT_EQ(envelope.details_size(), 2);
  EXPECT_EQ(envelope.details(0).type_url(), "type.googleapis.com/google.rpc.ErrorInfo");
  EXPECT_EQ(envelope.details(1).type_url(), "type.googleapis.com/google.rpc.BadRequest");
  EXPECT_EQ(envelope.code(), 3);
}

TEST(StatusConversionTest, ManyLongViolationsFitATrailer) {
  std::vector<FieldViolation> violations;
  std::string text;
  for (int i = 0; i < 400; ++i) text += "错";
  for (int i = 0; i < 20; ++i) violations.push_back({"report.content.sections[" + std::to_string(i) + "]", text});

  const grpc::Status status = ToGrpcStatus(InvalidFields(violations));

  EXPECT_THAT(status.error_details().size(), Le(5'500u));
  EXPECT_THAT(status.error_message().size(), Le(700u));
  // The first ones are there, whole.
  const auto kept = ViolationsOf(FromGrpcStatus(status)).field_violations();
  ASSERT_GE(kept.size(), 1);
  EXPECT_EQ(kept[0].description(), text);
  EXPECT_THAT(status.error_message(), StartsWith("report.content.sections[0]：错"));
  EXPECT_EQ(status.error_message().substr(status.error_message().size() - 6), "错…");
}

TEST(StatusConversionTest, UnreadableDetailsLoseOnlyThemselves) {
  const grpc::Status status(grpc::StatusCode::NOT_FOUND, "gone", "\xff\xff");

  EXPECT_EQ(FromGrpcStatus(status), absl::NotFoundError("gone"));
}

TEST(TraceTest, ReadsWhatItWrites) {
  const std::string trace_id = NewTraceId();
  EXPECT_EQ(trace_id.size(), 32u);
  EXPECT_NE(trace_id, NewTraceId());
  EXPECT_THAT(TraceIdOf(FormatTraceparent(trace_id)), Optional(Eq(trace_id)));
}

TEST(TraceTest, RefusesMalformedContexts) {
  const std::string good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  ASSERT_NE(TraceIdOf(good), std::nullopt);
  EXPECT_NE(TraceIdOf("01" + good.substr(2) + "-later"), std::nullopt);
  EXPECT_EQ(TraceIdOf(good + "-later"), std::nullopt);
  EXPECT_EQ(TraceIdOf("ff" + good.substr(2)), std::nullopt);
  EXPECT_EQ(TraceIdOf("00-" + std::string(32, '0') + good.substr(35)), std::nullopt);
  EXPECT_EQ(TraceIdOf("00-0AF7651916CD43DD8448EB211C80319C" + good.substr(35)), std::nullopt);
  EXPECT_EQ(TraceIdOf(good.substr(1)), std::nullopt);
  EXPECT_EQ(TraceIdOf(""), std::nullopt);
}

}  // namespace
}  // namespace jixiao
