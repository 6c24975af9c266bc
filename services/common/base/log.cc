#include "common/base/log.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/base/text.h"

namespace jixiao {
namespace {

std::string& ServiceName() {
  static std::string* const name = new std::string("jixiao");
  return *name;
}

// What LogTogether holds back; more than this is written early.
constexpr size_t kMaxHeldBytes = 64 << 10;
thread_local std::string* held_lines = nullptr;

void WriteLines(std::string_view lines) {
  // One write keeps lines whole between threads; nothing sensible can be done
  // if standard error is gone.
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, lines.data(), lines.size());
}

// `2026-11-20T08:15:30.123Z`. The date is spelled out once a second.
void AppendNow(std::string& line) {
  thread_local int64_t spelled_second = -1;
  thread_local std::string spelled;
  const int64_t millis = absl::ToUnixMillis(absl::Now());
  if (millis / 1000 != spelled_second) {
    spelled_second = millis / 1000;
    spelled = absl::FormatTime("%Y-%m-%dT%H:%M:%S", absl::FromUnixSeconds(spelled_second), absl::UTCTimeZone());
  }
  fmt::format_to(std::back_inserter(line), "{}.{:03}Z", spelled, millis % 1000);
}

bool IsPlain(char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; }

void AppendQuoted(std::string_view text, std::string& out) {
  out += '"';
  while (!text.empty()) {
    const auto plain = static_cast<size_t>(std::find_if_not(text.begin(), text.end(), IsPlain) - text.begin());
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    const size_t length = Utf8SequenceLength(text);
    if (length == 0) {
      out += "\\ufffd";
    } else if (length > 1) {
      out.append(text.substr(0, length));
    } else if (text.front() == '"' || text.front() == '\\') {
      out += '\\';
      out += text.front();
    } else {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", text.front());
    }
    text.remove_prefix(std::max<size_t>(length, 1));
  }
  out += '"';
}

void AppendField(const LogField& field, std::string& line) {
  line += ',';
  AppendQuoted(field.key, line);
  line += ':';
  if (const auto* text = std::get_if<std::string_view>(&field.value)) {
    AppendQuoted(*text, line);
  } else if (const auto* number = std::get_if<int64_t>(&field.value)) {
    fmt::format_to(std::back_inserter(line), "{}", *number);
  } else {
    line += std::get<bool>(field.value) ? "true" : "false";
  }
}

}  // namespace

void SetLogService(std::string_view service) { ServiceName() = service; }

std::string JsonQuote(std::string_view text) {
  std::string out;
  AppendQuoted(text, out);
  return out;
}

void Log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  static constexpr std::string_view kNames[] = {"info", "warning", "error"};
  std::string line = R"({"time":")";
  line.reserve(512);
  AppendNow(line);
  fmt::format_to(std::back_inserter(line), R"(","level":"{}","service":"{}","event":"{}")",
                 kNames[static_cast<int>(level)], ServiceName(), event);
  for (const LogField& field : fields) AppendField(field, line);
  line += "}\n";
  if (held_lines == nullptr) return WriteLines(line);
  *held_lines += line;
  // After an error the process may end.
  if (level != LogLevel::kError && held_lines->size() < kMaxHeldBytes) return;
  WriteLines(*held_lines);
  held_lines->clear();
}

LogTogether::LogTogether() { held_lines = new std::string(); }

LogTogether::~LogTogether() {
  const std::unique_ptr<std::string> lines(std::exchange(held_lines, nullptr));
  if (!lines->empty()) WriteLines(*lines);
}

void CheckFailed(const char* file, int line, const char* condition) {
  LogError("check_failed", {{"file", file}, {"line", line}, {"condition", condition}});
  std::abort();
}

}  // namespace jixiao
