// For any service: reads data files that people write as textproto.
#ifndef JIXIAO_COMMON_BASE_TEXT_PROTO_H_
#define JIXIAO_COMMON_BASE_TEXT_PROTO_H_

#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <string_view>

#include "absl/status/status.h"

namespace jixiao {

// Parses `text` into `message`. INVALID_ARGUMENT lists every error, with `file`
// (may be empty), line and column as its field. `lines`, if not null, is told where
// each field stands.
absl::Status ParseTextProto(std::string_view text, std::string_view file, google::protobuf::Message& message,
                            google::protobuf::TextFormat::ParseInfoTree* lines = nullptr);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_BASE_TEXT_PROTO_H_
