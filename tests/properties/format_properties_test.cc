// Holds intake's one walk over a report's bytes to what protobuf's parser and a
// second reading of the rules, over the parsed message, say of the same bytes.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/errors.h"
#include "common/base/text.h"
#include "common/wire/wire_check.h"
#include "google/protobuf/message.h"
#include "google/protobuf/unknown_field_set.h"
#include "intake/core/filing/report_rules.h"
#include "intake/core/filing/validate_report.h"
#include "intake/core/filing/written_number.h"
#include "properties/random_report.h"

namespace jixiao::intake {
namespace {

namespace r = report::v1;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using ::jixiao::testing::Dice;
using ::testing::UnorderedElementsAreArray;

// --- Reports in which anything may be there or not.

struct Cell {
  const char* text;
  r::Value::NumberCase scale;
  int64_t units;
};

constexpr Cell kCells[] = {{"", r::Value::NUMBER_NOT_SET, 0},
                           {"已完成", r::Value::NUMBER_NOT_SET, 0},
                           {"116.95万元", r::Value::kAmountFen, 116'950'000},
                           {"2.6亿元", r::Value::kAmountFen, 26'000'000'000},
                           {"9.91分", r::Value::kPointsMilli, 9'910},
                           {"94.47%", r::Value::kRatePpm, 944'700},
                           {"≥１.2万亩", r::Value::kCountMilli, 12'000'000},
                           {"三期", r::Value::kCountMilli, 3'000},
                           {"1000000", r::Value::kPointsMilli, 1'000'000'000},
                           {"-1000000000万元", r::Value::kAmountFen, -1'000'000'000'000'000}};
// Right in some units of money, or nowhere.
constexpr Cell kOddCells[] = {{"116.95", r::Value::kAmountFen, 116'950'000},
                              {"116.95", r::Value::kAmountFen, 11'695},
                              {"94.48%", r::Value::kRatePpm, 944'700},
                              {"无", r::Value::kAmountFen, 0},
                              {"1000000.001", r::Value::kPointsMilli, 1'000'000'001},
                              {"-10000000000000.01元", r::Value::kAmountFen, -1'000'000'000'000'001}};

class Filler {
 public:
  Filler(uint64_t seed, int percent_there, int percent_odd)
      : dice_(seed), percent_there_(percent_there), percent_odd_(percent_odd) {}

  void Fill(Message& message) {
    if (message.GetDescriptor() == r::Value::descriptor()) FillValue(static_cast<r::Value&>(message));
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor& field = *message.GetDescriptor()->field(i);
      if (field.containing_oneof() != nullptr || message.GetDescriptor() == r::Unit::descriptor()) continue;
      if (message.GetDescriptor() == r::Value::descriptor() && field.name() == "as_written") continue;
      if (!dice_.Chance(field.is_repeated() ? 40 : percent_there_)) continue;
      const int count = !field.is_repeated() ? 1 : IsOdd() && IsOdd() ? dice_.Below(60) : 1 + dice_.Below(2);
      for (int n = 0; n < count; ++n) Set(message, field);
    }
    if (message.GetDescriptor() == r::Unit::descriptor()) FillUnit(static_cast<r::Unit&>(message));
  }

 private:
  void Set(Message& message, const FieldDescriptor& field) {
    const auto& reflection = *message.GetReflection();
    const auto set = [&](auto single, auto repeated, auto value) {
      field.is_repeated() ? (reflection.*repeated)(&message, &field, value)
                          : (reflection.*single)(&message, &field, value);
    };
    using R = google::protobuf::Reflection;
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return Fill(*(field.is_repeated() ? reflection.AddMessage(&message, &field)
                                          : reflection.MutableMessage(&message, &field)));
      case FieldDescriptor::CPPTYPE_ENUM:
        return set(&R::SetEnumValue, &R::AddEnumValue, 1 + dice_.Below(field.enum_type()->value_count() - 1));
      case FieldDescriptor::CPPTYPE_BOOL: return set(&R::SetBool, &R::AddBool, dice_.Chance(50));
      case FieldDescriptor::CPPTYPE_INT32: return set(&R::SetInt32, &R::AddInt32, Int32(field));
      default: return set(&R::SetString, &R::AddString, Text(field));
    }
  }

  int32_t Int32(const FieldDescriptor& field) {
    if (field.name() == "fiscal_year") return IsOdd() ? 1999 : 2024;
    return IsOdd() ? -1 : dice_.Below(300);
  }

  std::string Text(const FieldDescriptor& field) {
    if (field.name() == "form") return "hunan";
    std::string text(dice_.OneOf(std::vector<const char*>{"年度资金总额", "a", "", "社会效益", "𪚥"}));
    if (!IsOdd()) return text;
    const bool is_han = dice_.Chance(50);
    text.clear();
    const int count = dice_.OneOf(std::vector<int>{200, 201, 2'000, 2'001, 20'000, is_han ? 201 : 20'001});
    for (int i = 0; i < count; ++i) text += is_han ? "长" : "x";
    return text;
  }

  void FillValue(r::Value& value) {
    const Cell& cell = IsOdd() ? dice_.OneOf(kOddCells) : dice_.OneOf(kCells);
    if (!IsOdd()) value.set_as_written(cell.text);
    switch (cell.scale) {
      case r::Value::kAmountFen: return value.set_amount_fen(cell.units);
      case r::Value::kPointsMilli: return value.set_points_milli(cell.units);
      case r::Value::kRatePpm: return value.set_rate_ppm(cell.units);
      case r::Value::kCountMilli: return value.set_count_milli(cell.units);
      case r::Value::NUMBER_NOT_SET: return;
    }
  }

  void FillUnit(r::Unit& unit) {
    unit.set_code("NC01");
    unit.set_name("云溪县农村工作局");
    unit.set_division_code("430611");
  }

  bool IsOdd() { return dice_.Chance(percent_odd_); }

  Dice dice_;
  const int percent_there_;
  const int percent_odd_;
};

r::Report AnyReport(uint64_t seed) {
  r::Report report;
  const std::vector<int> percents_there{100, 100, 98, 60};
  const std::vector<int> percents_odd{0, 1, 5};
  Filler(seed, percents_there[seed % 4], percents_odd[seed % 3]).Fill(report);
  return report;
}

// Nothing wrong with it, and little text in which a change changes nothing.
r::Report SmallReport() {
  r::Report small;
  r::ReportContent& content = *small.mutable_content();
  content.mutable_unit()->set_code("NC01");
  content.mutable_unit()->set_name("云溪县农村工作局");
  content.mutable_unit()->set_division_code("430611");
  content.set_fiscal_year(2024);
  content.set_kind(r::REPORT_KIND_DEPARTMENT);
  content.set_form("hunan");
  r::EvaluationTable& table = *content.add_evaluation_tables();
  table.set_kind(r::REPORT_KIND_DEPARTMENT);
  table.set_money_unit(r::MONEY_UNIT_TEN_THOUSAND_YUAN);
  r::FundRow& row = *table.add_fund_rows();
  row.set_label("ab");
  row.set_role(r::FUND_ROLE_TOTAL);
  row.mutable_executed()->set_as_written("116.95");
  row.mutable_executed()->set_amount_fen(116'950'000);
  row.mutable_executed()->mutable_address()->set_label("cd");
  row.mutable_executed()->mutable_address()->set_part(r::PART_EVALUATION_TABLE);
  row.mutable_executed()->mutable_address()->set_row_index(3);
  row.mutable_execution_rate()->set_as_written("100%");
  row.mutable_execution_rate()->set_rate_ppm(1'000'000);
  return small;
}

// --- What a parser and a second reading of the rules make of them.

using Wrongs = std::vector<std::string>;

class SecondReading {
 public:
  Wrongs Read(const r::Report& report) {
    Walk(report, "report", 0);
    return wrongs_;
  }

 private:
  static const MessageRules* RulesOf(const Message& message) {
    static const auto* const rules = new std::vector<MessageRules>(ReportRules());
    for (const MessageRules& of : *rules) {
      if (of.type == message.GetDescriptor()) return &of;
    }
    return nullptr;
  }

  void Add(const std::string& path, std::string_view description) {
    wrongs_.push_back(fmt::format("{}: {}", path, description));
  }

  void Walk(const Message& message, const std::string& path, int mark) {
    if (message.GetDescriptor() == r::EvaluationTable::descriptor()) {
      unit_ = static_cast<const r::EvaluationTable&>(message).money_unit();
    }
    if (message.GetDescriptor() == r::BaseDataTable::descriptor()) {
      const auto& table = static_cast<const r::BaseDataTable&>(message);
      unit_ = table.has_money_unit() ? table.money_unit() : r::MONEY_UNIT_TEN_THOUSAND_YUAN;
    }
    const MessageRules* of = RulesOf(message);
    for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
      const FieldDescriptor& field = *message.GetDescriptor()->field(i);
      FieldRule rule;
      if (of != nullptr) {
        for (const FieldRule& known : of->fields) {
          if (known.field == field.name()) rule = known;
        }
      }
      Field(message, field, rule, path + "." + field.name());
    }
    if (message.GetDescriptor() == r::Value::descriptor()) Number(static_cast<const r::Value&>(message), path, mark);
  }

  void Field(const Message& message, const FieldDescriptor& field, const FieldRule& rule, const std::string& path) {
    const auto& reflection = *message.GetReflection();
    const int count =
        field.is_repeated() ? reflection.FieldSize(message, &field) : reflection.HasField(message, &field);
    if (count == 0 && !rule.if_missing.empty()) Add(path, rule.if_missing);
    if (count > rule.max_items) Add(path, fmt::format("条目过多：{} 条，上限 {} 条", count, rule.max_items));
    if (count > 0 && !field.is_repeated()) Scalar(message, field, rule, path);
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return;
    for (int i = 0; i < count; ++i) {
      if (field.is_repeated()) {
        Walk(reflection.GetRepeatedMessage(message, &field, i), fmt::format("{}[{}]", path, i), rule.mark);
      } else {
        Walk(reflection.GetMessage(message, &field), path, rule.mark);
      }
    }
  }

  void Scalar(const Message& message, const FieldDescriptor& field, const FieldRule& rule, const std::string& path) {
    const auto& reflection = *message.GetReflection();
    if (field.type() == FieldDescriptor::TYPE_STRING &&
        CodePointCount(reflection.GetString(message, &field)) > rule.max_characters) {
      Add(path, fmt::format("文字过长，上限 {} 字", rule.max_characters));
    }
    int64_t number = 0;
    if (field.type() == FieldDescriptor::TYPE_INT32) number = reflection.GetInt32(message, &field);
    if (field.type() == FieldDescriptor::TYPE_INT64) number = reflection.GetInt64(message, &field);
    if (number < rule.min || number > rule.max) Add(path, rule.if_out_of_range);
  }

  void Number(const r::Value& value, const std::string& path, int mark) {
    ReadNumber number{value.number_case(), 0};
    switch (number.scale) {
      case r::Value::kAmountFen: number.units = value.amount_fen(); break;
      case r::Value::kPointsMilli: number.units = value.points_milli(); break;
      case r::Value::kRatePpm: number.units = value.rate_ppm(); break;
      case r::Value::kCountMilli: number.units = value.count_milli(); break;
      case r::Value::NUMBER_NOT_SET: return;
    }
    if (NumberFitsText(number, value.as_written(), mark == kInUnitOfTable ? unit_ : r::MONEY_UNIT_UNSPECIFIED)) return;
    Add(path, fmt::format("解析出的数值与单元格原文“{}”不一致，请以原文为准重新填报", Shorten(value.as_written(), 40)));
  }

  r::MoneyUnit unit_ = r::MONEY_UNIT_UNSPECIFIED;
  Wrongs wrongs_;
};

bool HasUnknownField(const Message& message) {
  const auto& reflection = *message.GetReflection();
  if (!reflection.GetUnknownFields(message).empty()) return true;
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (HasUnknownField(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                               : reflection.GetMessage(message, field))) {
        return true;
      }
    }
  }
  return false;
}

Wrongs WrongsIn(const absl::Status& status) {
  Wrongs wrongs;
  const auto violations = ViolationsOf(status);
  for (const auto& violation : violations.field_violations()) {
    wrongs.push_back(fmt::format("{}: {}", violation.field(), violation.description()));
  }
  return wrongs;
}

// What the content as a whole has to say of itself is no table; other tests hold
// those rules, this one the identity.
bool IsOfContentAsAWhole(const std::string& wrong) {
  for (const char* field : {"unit.", "fiscal_year: ", "kind: ", "form: ", "project_name: 项"}) {
    if (wrong.starts_with(fmt::format("report.content.{}", field))) return true;
  }
  return false;
}

enum class Told { kTaken, kRulesBroken, kBytesBroken };

Told CheckAgainstParser(const std::string& bytes) {
  const auto identity = ValidateReport(bytes, "report");
  Wrongs wrongs = WrongsIn(identity.status());
  EXPECT_EQ(identity.ok(), wrongs.empty());
  if (!CheckWire(bytes, *r::Report::descriptor(), "report").ok()) {
    EXPECT_FALSE(wrongs.empty()) << "the rules hide what is wrong with the bytes";
    return Told::kBytesBroken;
  }
  r::Report report;
  EXPECT_TRUE(report.ParseFromString(bytes));
  EXPECT_FALSE(HasUnknownField(report));
  if (wrongs.size() < 100) {
    wrongs.erase(std::remove_if(wrongs.begin(), wrongs.end(), IsOfContentAsAWhole), wrongs.end());
    EXPECT_THAT(wrongs, UnorderedElementsAreArray(SecondReading().Read(report)));
  }
  if (!identity.ok()) return Told::kRulesBroken;
  const r::ReportContent& content = report.content();
  EXPECT_EQ(identity->unit_code, content.unit().code());
  EXPECT_EQ(identity->unit_name, content.unit().name());
  EXPECT_EQ(identity->division_code, content.unit().division_code());
  EXPECT_EQ(identity->fiscal_year, content.fiscal_year());
  EXPECT_EQ(identity->kind, content.kind());
  EXPECT_EQ(identity->project_name, content.project_name());
  return Told::kTaken;
}

struct Tally {
  void Add(Told told) { ++(told == Told::kTaken ? taken : told == Told::kRulesBroken ? rules_broken : bytes_broken); }
  int taken = 0;
  int rules_broken = 0;
  int bytes_broken = 0;
};

TEST(FormatPropertiesTest, TellsOfTheBytesWhatTheRulesTellOfTheParsedReport) {
  Tally tally;
  for (uint64_t seed = 0; seed < 3'000 && !HasFailure(); ++seed) {
    tally.Add(CheckAgainstParser(AnyReport(seed).SerializeAsString()));
  }
  EXPECT_GT(tally.taken, 100);
  EXPECT_GT(tally.rules_broken, 1'000);
  EXPECT_LT(tally.bytes_broken, 5);
}

// Writes messages anew with their fields in another order, so that money units
// come behind the money; now and then one is left out, repeated or written as no
// serializer would.
class Rewriter {
 public:
  Rewriter(uint64_t seed, int percent_odd) : dice_(seed), percent_odd_(percent_odd) {}

  std::string Rewrite(std::string_view bytes, const google::protobuf::Descriptor& type) {
    google::protobuf::UnknownFieldSet fields;
    EXPECT_TRUE(fields.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
    std::vector<std::string> pieces;
    for (int i = 0; i < fields.field_count(); ++i) {
      if (IsOdd()) continue;
      pieces.push_back(Piece(fields.field(i), type));
      if (IsOdd()) pieces.push_back(pieces.back());
    }
    dice_.Shuffle(pieces);
    std::string out;
    for (const std::string& piece : pieces) out += piece;
    return out;
  }

 private:
  bool IsOdd() { return dice_.Chance(percent_odd_) && dice_.Chance(10); }

  std::string Piece(const google::protobuf::UnknownField& field, const google::protobuf::Descriptor& type) {
    const bool is_varint = field.type() == google::protobuf::UnknownField::TYPE_VARINT;
    const FieldDescriptor* of = type.FindFieldByNumber(field.number());
    const int number = IsOdd() ? 1 + dice_.Below(20) : field.number();
    std::string piece = Varint(static_cast<uint64_t>(number) << 3 | (IsOdd() ? dice_.Next() % 8 : is_varint ? 0 : 2));
    if (is_varint) return piece + Varint(IsOdd() ? dice_.Next() >> dice_.Below(64) : field.varint());
    const std::string payload = of->message_type() == nullptr ? field.length_delimited()
                                                              : Rewrite(field.length_delimited(), *of->message_type());
    return piece + Varint(payload.size()) + payload;
  }

  // With more bytes than it needs, if odd.
  std::string Varint(uint64_t value) {
    std::string out;
    for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
    out += static_cast<char>(value);
    if (!IsOdd()) return out;
    out.back() |= static_cast<char>(0x80);
    out.append(static_cast<size_t>(dice_.Below(9)), '\x80');
    return out + '\0';
  }

  Dice dice_;
  const int percent_odd_;
};

TEST(FormatPropertiesTest, TellsTheSameInWhateverOrderTheFieldsStand) {
  Tally tally;
  for (uint64_t seed = 0; seed < 1'000 && !HasFailure(); ++seed) {
    tally.Add(
        CheckAgainstParser(Rewriter(seed, 0).Rewrite(AnyReport(seed).SerializeAsString(), *r::Report::descriptor())));
  }
  EXPECT_GT(tally.taken, 50);
  EXPECT_GT(tally.rules_broken, 500);
  EXPECT_LT(tally.bytes_broken, 5);
}

TEST(FormatPropertiesTest, TakesWhatIsWrittenOddlyOnlyIfAParserReadsItTheSameWay) {
  const std::string report = SmallReport().SerializeAsString();
  Tally tally;
  for (uint64_t seed = 0; seed < 60'000 && !HasFailure(); ++seed) {
    tally.Add(CheckAgainstParser(Rewriter(seed, 20).Rewrite(report, *r::Report::descriptor())));
  }
  EXPECT_GT(tally.taken, 1'000);
  EXPECT_GT(tally.rules_broken, 1'000);
  EXPECT_GT(tally.bytes_broken, 10'000);
}

std::string Mutated(std::string bytes, Dice& dice) {
  const auto place = [&] { return static_cast<size_t>(dice.Below(static_cast<int>(bytes.size()))); };
  for (int changes = 1 + dice.Below(3); changes > 0; --changes) {
    switch (dice.Below(5)) {
      case 0: bytes[place()] ^= static_cast<char>(1 << dice.Below(8)); break;
      case 1: bytes[place()] = static_cast<char>(dice.Below(256)); break;
      case 2: bytes.erase(place(), 1 + static_cast<size_t>(dice.Below(3))); break;
      case 3: bytes.insert(place(), 1, static_cast<char>(dice.Below(256))); break;
      default: bytes.insert(place(), bytes.substr(place(), static_cast<size_t>(dice.Below(40)))); break;
    }
    if (bytes.empty()) bytes = "\x0a";
  }
  return bytes;
}

TEST(FormatPropertiesTest, TakesOfDamagedBytesOnlyWhatAParserReadsTheSameWay) {
  const std::string bytes = SmallReport().SerializeAsString();
  Tally tally;
  Dice dice(1);
  for (int i = 0; i < 60'000 && !HasFailure(); ++i) tally.Add(CheckAgainstParser(Mutated(bytes, dice)));
  EXPECT_GT(tally.taken, 1'000);
  EXPECT_GT(tally.rules_broken, 1'000);
  EXPECT_GT(tally.bytes_broken, 10'000);
}

}  // namespace
}  // namespace jixiao::intake
