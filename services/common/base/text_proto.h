// For any service: reads data files that people write as textproto.
#ifndef JIXIAO_COMMON_BASE_TEXT_PROTO_H_
#define JIXIAO_COMMON_BASE_TEXT_PROTO_H_

#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace jixiao {

// Parses `text` into `message`. INVALID_ARGUMENT lists every error, with `file`
// (may be empty), line and column as its field. `lines`, if not null, is told where
// each field stands.
absl::Status ParseTextProto(std::string_view text, std::string_view file, google::protobuf::Message& message,
                            google::protobuf::TextFormat::ParseInfoTree* lines = nullptr);

// Bytes of the data file at `path`. NOT_FOUND with `reason` if it cannot be read.
absl::StatusOr<std::string> ReadDataFile(const std::string& path, std::string_view reason);

// What is wrong with the data file at `path`, a line per problem of `status`.
absl::Status BrokenDataFile(const std::string& path, std::string_view reason, const absl::Status& status);

// What `parse` makes of the file at `path`. The message of an error names the file; its
// reason is `{name}_UNREADABLE` or `BAD_{name}`.
template <typename Data>
absl::StatusOr<Data> LoadDataFile(const std::string& path, const std::string& name,
                                  absl::StatusOr<Data> (*parse)(std::string_view)) {
  const auto text = ReadDataFile(path, name + "_UNREADABLE");
  if (!text.ok()) return text.status();
  absl::StatusOr<Data> data = parse(*text);
  if (!data.ok()) return BrokenDataFile(path, "BAD_" + name, data.status());
  return data;
}

}  // namespace jixiao

#endif  // JIXIAO_COMMON_BASE_TEXT_PROTO_H_
