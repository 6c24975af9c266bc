#include "common/identity/json_object.h"

#include "common/base/errors.h"
#include "google/protobuf/util/json_util.h"

namespace jixiao {
namespace {

constexpr int64_t kLastSecondOf9999 = 253'402'300'799;

}  // namespace

absl::StatusOr<JsonObject> ParseJsonObject(std::string_view text) {
  JsonObject object;
  // Refuses repeated keys, broken UTF-8 and deep nesting by itself.
  if (!google::protobuf::util::JsonStringToMessage({text.data(), text.size()}, &object).ok()) {
    return MakeError(absl::StatusCode::kInvalidArgument, "NOT_A_JSON_OBJECT",
                     "no JSON object, or one with a key that stands twice");
  }
  return object;
}

const JsonValue* FindMember(const JsonObject& object, const std::string& key) {
  const auto found = object.fields().find(key);
  return found == object.fields().end() ? nullptr : &found->second;
}

std::string TextMember(const JsonObject& object, const std::string& key) {
  const JsonValue* value = FindMember(object, key);
  return value == nullptr ? std::string() : value->string_value();
}

std::optional<int64_t> DateMember(const JsonObject& object, const std::string& key) {
  const JsonValue* value = FindMember(object, key);
  if (value == nullptr || value->kind_case() != JsonValue::kNumberValue) return std::nullopt;
  if (!(value->number_value() >= 0 && value->number_value() <= kLastSecondOf9999)) return std::nullopt;
  return static_cast<int64_t>(value->number_value());
}

}  // namespace jixiao
