#include "common/base/text_proto.h"

#include <fmt/format.h>
#include <google/protobuf/io/tokenizer.h>

#include <fstream>
#include <sstream>
#include <vector>

#include "common/base/errors.h"

namespace jixiao {
namespace {

// Collects errors with their lines instead of writing them to a log.
class ErrorLines : public google::protobuf::io::ErrorCollector {
 public:
  explicit ErrorLines(std::string_view file) : prefix_(file.empty() ? "" : std::string(file) + ":") {}
  void AddError(int line, google::protobuf::io::ColumnNumber column, const std::string& message) override {
    violations_.push_back({fmt::format("{}{}:{}", prefix_, line + 1, column + 1), message});
  }
  const std::vector<FieldViolation>& violations() const { return violations_; }

 private:
  const std::string prefix_;
  std::vector<FieldViolation> violations_;
};

}  // namespace

absl::Status ParseTextProto(std::string_view text, std::string_view file, google::protobuf::Message& message,
                            google::protobuf::TextFormat::ParseInfoTree* lines) {
  ErrorLines errors(file);
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&errors);
  if (lines != nullptr) parser.WriteLocationsTo(lines);
  if (!parser.ParseFromString(std::string(text), &message)) return InvalidFields(errors.violations());
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadDataFile(const std::string& path, std::string_view reason) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (file.good()) return text.str();
  return MakeError(absl::StatusCode::kNotFound, reason,
                   fmt::format("cannot read the data file {}: check the path and its permissions", path));
}

absl::Status BrokenDataFile(const std::string& path, std::string_view reason, const absl::Status& status) {
  std::string problems;
  const google::rpc::BadRequest violations = ViolationsOf(status);
  for (const auto& each : violations.field_violations()) {
    problems += fmt::format("\n  {}: {}", each.field(), each.description());
  }
  return MakeError(status.code(), reason, fmt::format("{}:{}", path, problems));
}

}  // namespace jixiao
