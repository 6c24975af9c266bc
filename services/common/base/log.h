// For any service: structured log lines on standard error, one JSON object per
// line. Never log report text, names or telephone numbers: log ids, digests,
// counts and codes.
#ifndef JIXIAO_COMMON_BASE_LOG_H_
#define JIXIAO_COMMON_BASE_LOG_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace jixiao {

// One key and value of a log line. Values are quoted and escaped.
struct LogField {
  LogField(std::string_view k, std::string_view v) : key(k), text(v) {}
  LogField(std::string_view k, const char* v) : key(k), text(v) {}
  LogField(std::string_view k, const std::string& v) : key(k), text(v) {}
  LogField(std::string_view k, int64_t v) : key(k), text(std::to_string(v)), is_number(true) {}
  LogField(std::string_view k, int v) : LogField(k, static_cast<int64_t>(v)) {}
  LogField(std::string_view k, bool v) : key(k), text(v ? "true" : "false"), is_number(true) {}

  std::string_view key;
  std::string text;
  bool is_number = false;
};

enum class LogLevel { kInfo, kWarning, kError };

// Name shown as `service` in each line, for example `intake`. Call once,
// before the first thread.
void SetLogService(std::string_view service);

// Writes one line, whole and in one write. Thread-safe. `event` is a stable
// lower_snake token such as `submission_accepted`.
void Log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

inline void LogInfo(std::string_view event, std::initializer_list<LogField> fields = {}) {
  Log(LogLevel::kInfo, event, fields);
}
inline void LogWarning(std::string_view event, std::initializer_list<LogField> fields = {}) {
  Log(LogLevel::kWarning, event, fields);
}
inline void LogError(std::string_view event, std::initializer_list<LogField> fields = {}) {
  Log(LogLevel::kError, event, fields);
}

// JSON string literal of `text`, quotes included; control characters and
// invalid UTF-8 are escaped.
std::string JsonQuote(std::string_view text);

// Ends the process on a broken invariant of our own.
[[noreturn]] void CheckFailed(const char* file, int line, const char* condition);

#define JIXIAO_CHECK(condition) ((condition) ? (void)0 : ::jixiao::CheckFailed(__FILE__, __LINE__, #condition))

}  // namespace jixiao

#endif  // JIXIAO_COMMON_BASE_LOG_H_
