#include "commands/output.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "common/base/log.h"
#include "google/protobuf/util/json_util.h"
#include "print/failure.h"

namespace jixiao::cli {

void Output::Write(const std::string& text) const {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

std::string ToJson(const google::protobuf::Message& message) {
  std::string json;
  // Fails only for Any and such, which no contract of ours holds.
  JIXIAO_CHECK(google::protobuf::util::MessageToJsonString(message, &json).ok());
  return json;
}

void Output::WriteJson(const google::protobuf::Message& message) const { Write(ToJson(message) + "\n"); }

void Output::WriteFailure(const std::string& about, const absl::Status& status) const {
  if (as_json_) {
    Write(FailureJson(about, status));
    return;
  }
  const std::string text = PrintFailure(about, status, style_);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

Style StyleOfStandardOutput() {
  Style style;
  if (isatty(STDOUT_FILENO) == 0) return style;
  const char* no_colour = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  style.colour = (no_colour == nullptr || *no_colour == '\0') && (term == nullptr || std::string_view(term) != "dumb");
  winsize size = {};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) style.width = size.ws_col;
  return style;
}

}  // namespace jixiao::cli
