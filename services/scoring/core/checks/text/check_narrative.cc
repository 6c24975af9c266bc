// Figures in sentences that no relation covers: rates stated for parts of the
// spending, and counts that the tables state too.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/diagnosis/describe.h"
#include "scoring/core/diagnosis/slips.h"
#include "scoring/core/facts/figures.h"
#include "scoring/core/facts/mentions.h"
#include "scoring/core/verdicts/execution.h"

namespace jixiao::scoring {
namespace {

using report::v1::Address;
using report::v1::FundRow;

constexpr int64_t kHalfPoint = 5'000;  // 0.5 percentage points
constexpr int64_t kOnePoint = 10'000;

const FundRow* RowOf(const report::v1::EvaluationTable& table, report::v1::FundRole role) {
  for (const FundRow& row : table.fund_rows()) {
    if (row.role() == role) return &row;
  }
  return nullptr;
}

// `基本支出 …，预算执行率为 28%` where 28 % is the share of the total.
void CheckPartRate(const TableView& table, const FundRow& part, const Fact& fact, Findings& findings) {
  const FundRow* total = TotalRow(table.table);
  const auto budget = FenOf(part.adjusted_budget());
  const auto executed = FenOf(part.executed());
  const auto whole = total == nullptr ? std::nullopt : FenOf(total->adjusted_budget());
  if (!budget || !executed || !whole || *budget <= 0 || *whole <= 0) return;
  const int64_t stated = fact.value;
  const int64_t rate = RatePpm(*executed, *budget);
  const int64_t share = RatePpm(*executed, *whole);
  if (std::abs(stated - rate) <= kHalfPoint || std::abs(stated - share) > kOnePoint) return;
  v1::Finding* finding =
      findings.Add({.rule_id = "SHARE_AS_RATE",
                    .places = {fact.address(), table.Place(part.execution_rate(), part.label() + " · 执行率")},
                    .value = fmt::format("{}预算执行率 {}", part.label(), fact.as_written),
                    .expected = fmt::format("{} ÷ {} = {}；{} 是占部门预算总额的比重（{} ÷ {} = {}）",
                                            part.executed().as_written(), part.adjusted_budget().as_written(),
                                            FormatRatePercent(rate), fact.as_written, part.executed().as_written(),
                                            total->adjusted_budget().as_written(), FormatRatePercent(share)),
                    .difference = FormatScaled(MulDiv(rate - stated, 1, 100), 2) + " 个百分点"});
  if (finding == nullptr) return;
  v1::Suggestion& suggestion =
      Suggest(finding->places(0), fact.as_written, FormatRatePercent(rate),
              fmt::format("“{}”是占部门预算总额的比重，不是执行率", fact.as_written), *finding);
  suggestion.set_cause(v1::CAUSE_SHARE_FOR_RATE);
  suggestion.set_likelihood(v1::LIKELIHOOD_HIGH);
}

void CheckRates(const TableView& table, Findings& findings) {
  constexpr std::pair<Quantity, report::v1::FundRole> kParts[] = {{Quantity::kBasic, report::v1::FUND_ROLE_BASIC},
                                                                  {Quantity::kProject, report::v1::FUND_ROLE_PROJECT}};
  for (const auto& [quantity, role] : kParts) {
    const Fact* rate = table.facts.Find(TextKey(quantity, Qualifier::kRate));
    const FundRow* row = RowOf(table.table, role);
    if (rate != nullptr && rate->is_proof() && row != nullptr) CheckPartRate(table, *row, *rate, findings);
  }
}

// A count with the words that say what is counted, for comparing two places.
struct Count {
  std::string key;
  const Passage* passage;
  const Mention* mention;

  Address Place() const { return SpanOf(PlaceOf(*passage), *mention); }
  std::string Text() const { return fmt::format("“{}{}”", mention->label, mention->as_written); }
};

// What is measured, not how often: `清理边沟16公里` leaves no doubt, `开展培训3次`
// may be any of several. Of 公里, 公顷 the unit is the first character.
bool IsMeasure(std::string_view unit) {
  static constexpr std::array<std::string_view, 5> kMeasures = {"公", "米", "平方米", "亩", "吨"};
  return std::find(kMeasures.begin(), kMeasures.end(), unit) != kMeasures.end();
}

// Words without tense: `已建成` and `建成` count the same things.
std::string CountKey(const Mention& mention) {
  constexpr int64_t kLongest = 10;
  const int64_t shortest = IsMeasure(mention.unit) ? 4 : 5;
  std::string label(mention.label);
  for (const char* word : {"已", "了", "共", "累计", "总计", "完成", "全年", "年内", "(", ")"}) {
    label = ReplaceAll(label, word, "");
  }
  // `1.开办培训班`: the number of the item is none of its words.
  label.erase(0, label.find_first_not_of("0123456789."));
  const int64_t length = CodePointCount(label);
  if (length < shortest) return "";
  std::string_view words = label;
  for (int64_t i = kLongest; i < length; ++i) words.remove_prefix(Utf8SequenceLength(words));
  return fmt::format("{}|{}", words, mention.unit);
}

// The unit's own people: relations compare them, and they are not what was done.
bool IsOfStaff(std::string_view label) {
  static constexpr std::array<std::string_view, 10> kStaff = {"编制", "实有", "在职", "在编",   "在岗",
                                                              "退休", "离休", "聘",   "人员数", "人数"};
  return std::any_of(kStaff.begin(), kStaff.end(),
                     [&](std::string_view word) { return label.find(word) != std::string_view::npos; });
}

bool IsCount(const Mention& mention) {
  static constexpr std::array<std::string_view, 5> kOther = {"万元", "元", "亿元", "%", "分"};
  for (const std::string_view unit : kOther) {
    if (mention.unit == unit) return false;
  }
  return !mention.is_approximate && !(mention.unit == "人" && IsOfStaff(mention.label));
}

void CollectCounts(const Passage& passage, std::vector<Count>& counts) {
  for (const Mention& mention : passage.mentions) {
    if (!IsCount(mention)) continue;
    std::string key = CountKey(mention);
    if (!key.empty()) counts.push_back({std::move(key), &passage, &mention});
  }
}

bool IsTaskResult(const Passage& passage, const TableView& table) {
  const auto& tasks = table.table.tasks();
  return std::any_of(tasks.begin(), tasks.end(), [&](const auto& task) { return passage.cell == &task.completion(); });
}

void CheckCounts(const ReportView& view, const TableView& table, Findings& findings) {
  std::vector<Count> in_text;
  std::vector<Count> in_table;  // goals first
  std::vector<Count> in_tasks;
  for (const Passage& passage : view.passages) {
    if (passage.mentions.empty()) continue;
    if (passage.cell == nullptr) CollectCounts(passage, in_text);
    if (passage.cell == nullptr || passage.table != table.index) continue;
    if (passage.cell == &table.table.actual_goals()) CollectCounts(passage, in_table);
    if (IsTaskResult(passage, table)) CollectCounts(passage, in_tasks);
  }
  std::move(in_tasks.begin(), in_tasks.end(), std::back_inserter(in_table));
  if (in_table.empty()) return;
  for (const Count& stated : in_text) {
    Observation observation{.rule_id = "NARR_VS_TABLE", .places = {}, .value = "", .expected = ""};
    for (const Count& other : in_table) {
      if (other.key != stated.key || other.mention->value_micro == stated.mention->value_micro) continue;
      observation.places.push_back(other.Place());
      observation.expected = "表内写" + other.Text();
    }
    if (observation.places.empty()) continue;
    observation.places.insert(observation.places.begin(), stated.Place());
    observation.value = "正文写" + stated.Text();
    findings.Add(std::move(observation));
  }
}

// One of two sentences agrees with the table, the other does not.
void AddDissent(const Fact& stated, const Fact& agreed, const Fact& in_table, FactScale scale, Findings& findings) {
  v1::Finding* finding =
      findings.Add({.rule_id = "NARR_VS_TABLE",
                    .places = {stated.address(), agreed.address(), in_table.address()},
                    .value = fmt::format("正文一处写 {}，另一处写 {}", stated.as_written, agreed.as_written),
                    .expected = fmt::format("与表内 {} 一致", in_table.as_written)});
  if (finding == nullptr) return;
  const std::string from(stated.as_written);
  const std::string meant(agreed.as_written);
  const auto slip = FindSlip(ReadFigure(stated, scale), stated.value, agreed.value, scale);
  v1::Suggestion& suggestion =
      Suggest(stated.address(), from, meant,
              slip ? SlipText(slip->cause, from, meant)
                   : fmt::format("“{}”与正文另一处、表内都不一致，核对后改为“{}”", from, meant),
              *finding);
  suggestion.set_cause(slip ? slip->cause : v1::CAUSE_PLACES_DIFFER);
  suggestion.set_likelihood(v1::LIKELIHOOD_HIGH);
}

// Sentences that state one quantity in two ways prove nothing to relations;
// where the table takes sides, the other one is wrong.
void CheckDissent(const ReportView& view, const TableView& table, Findings& findings) {
  for (const v1::Relation& relation : view.rule_set.relations()) {
    const bool is_pair = relation.rule_id() == "NARR_VS_TABLE" && relation.left_size() == 1 &&
                         relation.right_size() == 1 && relation.comparison() == v1::COMPARISON_EQUAL;
    const int index = is_pair ? table.facts.IndexOf(relation.left(0).fact()) : -1;
    if (index < 0 || !table.facts.at(index).is_ambiguous) continue;
    const Fact* in_table = table.facts.Find(relation.right(0).fact());
    if (in_table == nullptr || !in_table->is_proof()) continue;
    const FactScale scale = ScaleOf(table.facts.KeyOf(index));
    std::vector<const Fact*> statements = table.facts.RivalsOf(index);
    statements.insert(statements.begin(), &table.facts.at(index));
    const auto agrees = [&](const Fact* stated) {
      return std::abs(stated->value - in_table->value) <= relation.tolerance();
    };
    const auto agreed = std::find_if(statements.begin(), statements.end(), agrees);
    if (agreed == statements.end()) continue;
    for (const Fact* stated : statements) {
      if (!agrees(stated) && stated->passage != nullptr) AddDissent(*stated, **agreed, *in_table, scale, findings);
    }
  }
}

}  // namespace

void CheckNarrative(const ReportView& view, const TableView& table, Findings& findings) {
  CheckRates(table, findings);
  CheckDissent(view, table, findings);
  CheckCounts(view, table, findings);
}

}  // namespace jixiao::scoring
