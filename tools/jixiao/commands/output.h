// Where answers go and in which form: for people on a terminal or a pipe, or as
// one line of JSON each for programs.
#ifndef JIXIAO_TOOLS_JIXIAO_COMMANDS_OUTPUT_H_
#define JIXIAO_TOOLS_JIXIAO_COMMANDS_OUTPUT_H_

#include <string>

#include "absl/status/status.h"
#include "google/protobuf/message.h"
#include "print/terminal_text.h"

namespace jixiao::cli {

// Exit codes, the same for every command; the largest of several files counts.
enum ExitCode {
  kExitOk = 0,
  kExitBlocked = 1,   // a blocking finding, a rule set with problems, a card that differs
  kExitBadInput = 2,  // wrong usage, or a file that cannot be read or written
  kExitRefused = 3,   // the service refused or could not be reached
  kExitNotHere = 4,   // the rule set or engine that a card is pinned to is not here
};

class Output {
 public:
  // `as_json`: what programs read; otherwise Chinese text in `style`.
  Output(bool as_json, const Style& style) : as_json_(as_json), style_(style) {}

  bool as_json() const { return as_json_; }
  const Style& style() const { return style_; }

  // Writes to standard output and flushes, so that a pipe sees it at once.
  void Write(const std::string& text) const;

  // `message` as one line of protobuf JSON (lowerCamelCase, 64-bit integers as
  // strings, absent fields left out).
  void WriteJson(const google::protobuf::Message& message) const;

  // A failure: to standard error for people, to standard output as JSON.
  void WriteFailure(const std::string& about, const absl::Status& status) const;

 private:
  bool as_json_;
  Style style_;
};

// `message` as in Output::WriteJson, without the line feed.
std::string ToJson(const google::protobuf::Message& message);

// Colour and width for standard output: none unless it is a terminal; NO_COLOR
// and TERM=dumb are honoured.
Style StyleOfStandardOutput();

}  // namespace jixiao::cli

#endif  // JIXIAO_TOOLS_JIXIAO_COMMANDS_OUTPUT_H_
