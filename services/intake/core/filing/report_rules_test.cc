// Compares the rules with what report.proto tells callers.
#include "intake/core/filing/report_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <string>

#include "common/base/text.h"
#include "common/wire/wire_check.h"
#include "google/protobuf/descriptor.h"

namespace jixiao::intake {
namespace {

using ::testing::ElementsAre;

// The comment on each field, by `Message.field`.
std::map<std::string, std::string> Promises() {
  const char* root = std::getenv("JIXIAO_SOURCE_DIR");
  std::ifstream proto(std::string(root == nullptr ? "." : root) + "/proto/jixiao/report/v1/report.proto");
  std::map<std::string, std::string> promises;
  std::string message;
  std::string comment;
  const std::regex message_line("message (\\w+) \\{");
  const std::regex field_line("\\s+(?:(?:optional|repeated) )?[\\w.]+ (\\w+) = \\d+;");
  for (std::string line; std::getline(proto, line);) {
    std::smatch match;
    const size_t text = line.find("// ");
    if (text != std::string::npos) {
      comment += line.substr(text + 3) + " ";
    } else if (std::regex_match(line, match, message_line)) {
      message = match[1];
    } else if (std::regex_match(line, match, field_line)) {
      promises[message + "." + match[1].str()] = comment;
    }
    if (text == std::string::npos) comment.clear();
  }
  return promises;
}

FieldRule RuleFor(const std::string& name) {
  const size_t dot = name.find('.');
  for (const MessageRules& of : ReportRules()) {
    if (of.type->name() != name.substr(0, dot)) continue;
    for (const FieldRule& rule : of.fields) {
      if (rule.field == name.substr(dot + 1)) return rule;
    }
  }
  return {};
}

// The number that `pattern` finds in `promise`.
std::optional<int64_t> Found(const std::string& promise, const char* pattern) {
  std::smatch match;
  if (!std::regex_search(promise, match, std::regex(pattern))) return std::nullopt;
  return std::stoll(ReplaceAll(match[1].str(), ",", ""));
}

int64_t PowerOfTen(int64_t exponent) { return exponent == 0 ? 1 : 10 * PowerOfTen(exponent - 1); }

// Looked at as a whole, by whose report it is.
const std::set<std::string> kIdentity = {
    "ReportContent.unit", "ReportContent.fiscal_year", "ReportContent.kind", "ReportContent.form", "Unit.code",
    "Unit.name",          "Unit.division_code"};

TEST(ReportRulesTest, ReadTheContract) { EXPECT_GT(Promises().size(), 100u); }

TEST(ReportRulesTest, WantWhatTheContractRequires) {
  std::vector<std::string> not_asked_for;
  for (const auto& [name, promise] : Promises()) {
    const bool is_required = promise.starts_with("Required") && kIdentity.count(name) == 0;
    const bool is_asked_for = !RuleFor(name).if_missing.empty();
    if (is_required && !is_asked_for) not_asked_for.push_back(name);
    EXPECT_TRUE(is_required || !is_asked_for) << name;
  }
  // Taken all the same: tables may be empty, and what the reader of documents says
  // of its own work is never scored.
  EXPECT_THAT(not_asked_for, ElementsAre("Change.before", "EvaluationTable.fund_rows", "EvaluationTable.indicators",
                                         "TableSource.from", "TableSource.part", "TableSource.row_count",
                                         "TableSource.to", "Unread.reason"));
}

TEST(ReportRulesTest, BoundAsTheContractSays) {
  for (const auto& [name, promise] : Promises()) {
    const FieldRule rule = RuleFor(name);
    const auto characters = Found(promise, "[Aa]t most ([\\d,]+)\\s+characters");
    const bool is_bounded_unsaid = name == "ReportContent.project_name" || name == "Change.place";
    EXPECT_EQ(rule.max_characters, characters.value_or(is_bounded_unsaid ? 200 : FieldRule::kMost)) << name;
    const auto items = Found(promise, "At most ([\\d,]+)\\.");
    // The wire check itself takes no more of anything.
    const bool is_bounded_anyway = items == WireLimits().max_repeated;
    EXPECT_EQ(rule.max_items, is_bounded_anyway ? FieldRule::kMost : items.value_or(FieldRule::kMost)) << name;
    if (const auto exponent = Found(promise, "\\[-10\\^(\\d+), 10\\^")) {
      EXPECT_EQ(rule.max, PowerOfTen(*exponent)) << name;
      EXPECT_EQ(rule.min, -PowerOfTen(*exponent)) << name;
    }
  }
}

TEST(ReportRulesTest, SayWhatIsWrongWithANumber) {
  for (const MessageRules& of : ReportRules()) {
    for (const FieldRule& rule : of.fields) {
      EXPECT_EQ(rule.min == FieldRule::kLeast && rule.max == FieldRule::kMost, rule.if_out_of_range.empty())
          << of.type->name() << "." << rule.field;
    }
  }
}

TEST(ReportRulesTest, FitTheMessages) {
  ReportShapes();  // or the program ends
  std::set<const google::protobuf::Descriptor*> types;
  for (const MessageRules& of : ReportRules()) EXPECT_TRUE(types.insert(of.type).second) << of.type->name();
}

}  // namespace
}  // namespace jixiao::intake
