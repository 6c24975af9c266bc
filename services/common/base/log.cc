#include "common/base/log.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/base/text.h"

namespace jixiao {
namespace {

std::string& ServiceName() {
  static std::string* const name = new std::string("jixiao");
  return *name;
}

}  // namespace

void SetLogService(std::string_view service) { ServiceName() = service; }

std::string JsonQuote(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const unsigned char byte = text.front();
    const size_t length = Utf8SequenceLength(text);
    if (length == 0) {
      out += "\\ufffd";
      text.remove_prefix(1);
      continue;
    }
    if (byte == '"' || byte == '\\') {
      out += '\\';
      out += static_cast<char>(byte);
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\u{:04x}", byte);
    } else {
      out.append(text.substr(0, length));
    }
    text.remove_prefix(length);
  }
  out += '"';
  return out;
}

void Log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  static constexpr std::string_view kNames[] = {"info", "warning", "error"};
  std::string line = fmt::format(R"({{"time":"{}","level":"{}","service":"{}","event":"{}")",
                                 absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(), absl::UTCTimeZone()),
                                 kNames[static_cast<int>(level)], ServiceName(), event);
  for (const LogField& field : fields) {
    line += fmt::format(",{}:{}", JsonQuote(field.key), field.is_number ? field.text : JsonQuote(field.text));
  }
  line += "}\n";
  // One write keeps lines whole between threads; nothing sensible can be done
  // if standard error is gone.
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, line.data(), line.size());
}

void CheckFailed(const char* file, int line, const char* condition) {
  LogError("check_failed", {{"file", file}, {"line", line}, {"condition", condition}});
  std::abort();
}

}  // namespace jixiao
