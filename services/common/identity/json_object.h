// JSON objects from strangers: a key that stands twice is refused, since readers
// differ in which one they believe.
#ifndef JIXIAO_COMMON_IDENTITY_JSON_OBJECT_H_
#define JIXIAO_COMMON_IDENTITY_JSON_OBJECT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/struct.pb.h"

namespace jixiao {

using JsonObject = google::protobuf::Struct;
using JsonValue = google::protobuf::Value;

// INVALID_ARGUMENT if `text` is no JSON object, or holds a key twice anywhere.
absl::StatusOr<JsonObject> ParseJsonObject(std::string_view text);

// Null if there is no such member.
const JsonValue* FindMember(const JsonObject& object, const std::string& key);

// Empty if the member is missing or no text; a text of nothing counts as missing.
std::string TextMember(const JsonObject& object, const std::string& key);

// A NumericDate of RFC 7519 in whole seconds; empty if it is missing, no number,
// or outside of the years 1970 to 9999.
std::optional<int64_t> DateMember(const JsonObject& object, const std::string& key);

}  // namespace jixiao

#endif  // JIXIAO_COMMON_IDENTITY_JSON_OBJECT_H_
