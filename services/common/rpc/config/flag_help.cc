#include "common/rpc/config/flag_help.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <map>
#include <utility>

#include "absl/flags/reflection.h"
#include "absl/time/time.h"

namespace jixiao {
namespace {

// In the order in which somebody sets up a service.
constexpr std::string_view kSubjects[] = {"addresses", "TLS",    "identity", "store",  "cache",         "rules",
                                          "filing",    "review", "pages",    "limits", "start and stop"};

struct FlagText {
  std::string_view subject = "other";
  std::string unit;  // empty: a switch
  std::string_view sentence;
};

// `help` is taken apart, so it has to outlive the answer.
FlagText TextOf(const absl::CommandLineFlag& flag, std::string_view help) {
  FlagText text;
  text.sentence = help;
  if (flag.IsOfType<absl::Duration>()) text.unit = "duration";
  if (!help.starts_with('[') || help.find("] ") == help.npos) return text;
  const std::string_view tag = help.substr(1, help.find("] ") - 1);
  text.sentence = help.substr(tag.size() + 3);
  text.subject = tag.substr(0, tag.find(", "));
  if (text.subject.size() < tag.size()) text.unit = tag.substr(text.subject.size() + 2);
  return text;
}

// Words of `text` in lines of at most 96 characters, each with an indent.
std::string Wrapped(std::string_view text) {
  constexpr size_t kWidth = 96;
  std::string lines;
  std::string line;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (!line.empty() && line.size() + 1 + word.size() > kWidth) lines += std::exchange(line, "") + "\n";
    line += (line.empty() ? "      " : " ") + std::string(word);
  }
  return lines + line + "\n";
}

std::string Paragraph(const absl::CommandLineFlag& flag, const FlagText& text) {
  const std::string value = flag.CurrentValue();
  const std::string unit = text.unit.empty() ? "" : "=" + text.unit;
  return fmt::format("  --{}{}  (default: {})\n{}", std::string(flag.Name()), unit, value.empty() ? "none" : value,
                     Wrapped(text.sentence));
}

// Subjects without a place in the order come last.
size_t PlaceOf(std::string_view subject) {
  return std::find(std::begin(kSubjects), std::end(kSubjects), subject) - std::begin(kSubjects);
}

}  // namespace

std::string FlagHelp(std::string_view program, std::string_view usage) {
  std::map<std::pair<size_t, std::string>, std::map<std::string, std::string>> subjects;
  for (const auto& [name, flag] : absl::GetAllFlags()) {
    // Of Abseil's own flags only --flagfile is of use to a service; the head of the text names it.
    if (flag->IsRetired() || flag->Filename().find("absl/flags/") != std::string::npos) continue;
    const std::string help = flag->Help();
    const FlagText text = TextOf(*flag, help);
    subjects[{PlaceOf(text.subject), std::string(text.subject)}][std::string(name)] = Paragraph(*flag, text);
  }
  std::string all = fmt::format(
      "{}: {}\n\n"
      "Usage: {} [--FLAG=VALUE]…\n"
      "A flag without a value is set by --FLAG, unset by --noFLAG; --flagfile=FILE reads flags, one a line.\n",
      program, usage, program);
  for (const auto& [subject, paragraphs] : subjects) {
    std::string heading = subject.second;
    heading[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(heading[0])));
    all += "\n" + heading + "\n";
    for (const auto& [name, paragraph] : paragraphs) all += paragraph;
  }
  return all;
}

bool AsksForHelp(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--") return false;
    if (word == "--help" || word == "-help" || word == "-h") return true;
  }
  return false;
}

}  // namespace jixiao
