// For any service: structured log lines on standard error, one JSON object per
// line. Never log report text, names or telephone numbers: log ids, digests,
// counts and codes.
#ifndef JIXIAO_COMMON_BASE_LOG_H_
#define JIXIAO_COMMON_BASE_LOG_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace jixiao {

// One key and value of a log line; lives as long as the call that logs it.
struct LogField {
  LogField(std::string_view k, std::string_view v) : key(k), value(v) {}
  LogField(std::string_view k, const char* v) : key(k), value(std::string_view(v)) {}
  LogField(std::string_view k, const std::string& v) : key(k), value(std::string_view(v)) {}
  LogField(std::string_view k, int64_t v) : key(k), value(v) {}
  LogField(std::string_view k, int v) : key(k), value(static_cast<int64_t>(v)) {}
  LogField(std::string_view k, bool v) : key(k), value(v) {}

  std::string_view key;
  std::variant<std::string_view, int64_t, bool> value;  // text is quoted and escaped
};

enum class LogLevel { kInfo, kWarning, kError };

// Name shown as `service` in each line, for example `intake`. Call once,
// before the first thread.
void SetLogService(std::string_view service);

// Writes one line, whole. Thread-safe. `event` is a stable
// lower_snake token such as `submission_accepted`.
void Log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

// Lines that this thread logs while one lives are written together at its end:
// for whoever answers many calls in a row, as a write costs as much as the rest of
// a line. Errors are written at once, with what is held before them; lines still held
// when the process is killed are lost. Do not nest.
class LogTogether {
 public:
  LogTogether();
  ~LogTogether();
  LogTogether(const LogTogether&) = delete;
  LogTogether& operator=(const LogTogether&) = delete;
};

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
