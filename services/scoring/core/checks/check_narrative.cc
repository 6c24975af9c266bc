// Figures in sentences that no relation covers: rates stated for parts of the
// spending, and counts that the tables state too.
#include <fmt/format.h>

#include <array>
#include <cstdlib>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"
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
void CheckPartRate(const TableView& table, const FundRow& part, const Mention& mention, const Address& place,
                   Findings& findings) {
  const FundRow* total = TotalRow(table.table);
  const auto budget = FenOf(part.adjusted_budget());
  const auto executed = FenOf(part.executed());
  const auto whole = total == nullptr ? std::nullopt : FenOf(total->adjusted_budget());
  if (!budget || !executed || !whole || *budget <= 0 || *whole <= 0) return;
  const int64_t stated = mention.value_micro / 100;  // % in 1/1,000,000 to ppm of one
  const int64_t rate = RatePpm(*executed, *budget);
  const int64_t share = RatePpm(*executed, *whole);
  if (std::abs(stated - rate) <= kHalfPoint || std::abs(stated - share) > kOnePoint) return;
  findings.Add({.rule_id = "SHARE_AS_RATE",
                .places = {SpanOf(place, mention), table.Place(part.execution_rate(), part.label() + " · 执行率")},
                .value = fmt::format("{}预算执行率 {}", part.label(), mention.as_written),
                .expected = fmt::format("{} ÷ {} = {}；{} 是占部门预算总额的比重（{} ÷ {} = {}）",
                                        part.executed().as_written(), part.adjusted_budget().as_written(),
                                        FormatRatePercent(rate), mention.as_written, part.executed().as_written(),
                                        total->adjusted_budget().as_written(), FormatRatePercent(share)),
                .difference = FormatScaled(MulDiv(rate - stated, 1, 100), 2) + " 个百分点"});
}

void CheckRates(const ReportView& view, const TableView& table, Findings& findings) {
  const auto& content = view.content();
  for (int s = 0; s < content.sections_size(); ++s) {
    for (int p = 0; p < content.sections(s).paragraphs_size(); ++p) {
      const FundRow* subject = nullptr;
      int sentence = -1;
      for (const Mention& mention : FindMentions(content.sections(s).paragraphs(p).text())) {
        if (mention.sentence != sentence) subject = nullptr;
        sentence = mention.sentence;
        if (mention.unit == "万元" || mention.unit == "元") {
          const bool basic = mention.label.ends_with("基本支出");
          const bool project = mention.label.ends_with("项目支出");
          subject = basic     ? RowOf(table.table, report::v1::FUND_ROLE_BASIC)
                    : project ? RowOf(table.table, report::v1::FUND_ROLE_PROJECT)
                              : nullptr;
        } else if (mention.unit == "%" && subject != nullptr && mention.label.find("执行率") != std::string::npos) {
          CheckPartRate(table, *subject, mention, ParagraphAddress(content.sections(s), s, p), findings);
        }
      }
    }
  }
}

// A count with the words that say what is counted, for comparing two places.
struct Count {
  std::string key;
  Mention mention;
  Address address;
};

// Words without tense: `已建成` and `建成` count the same things.
std::string CountKey(const Mention& mention) {
  std::string label = mention.label;
  for (const char* word : {"已", "了", "共", "累计", "总计", "完成"}) label = ReplaceAll(label, word, "");
  const std::u32string chars = ToCodePoints(label);
  constexpr size_t kLongest = 10;
  constexpr size_t kShortest = 5;
  if (chars.size() < kShortest) return "";
  const size_t start = chars.size() > kLongest ? chars.size() - kLongest : 0;
  return ToUtf8(std::u32string_view(chars).substr(start)) + "|" + mention.unit;
}

bool IsCount(const Mention& mention) {
  static constexpr std::array<std::string_view, 6> kOther = {"万元", "元", "亿元", "%", "分", "人"};
  for (const std::string_view unit : kOther) {
    if (mention.unit == unit) return false;
  }
  return !mention.is_approximate;
}

void CollectCounts(std::string_view text, const Address& address, std::vector<Count>& counts) {
  for (const Mention& mention : FindMentions(text)) {
    if (!IsCount(mention)) continue;
    std::string key = CountKey(mention);
    if (!key.empty()) counts.push_back({std::move(key), mention, SpanOf(address, mention)});
  }
}

void CheckCounts(const ReportView& view, const TableView& table, Findings& findings) {
  std::vector<Count> in_text;
  std::vector<Count> in_table;
  const auto& content = view.content();
  for (int s = 0; s < content.sections_size(); ++s) {
    const auto& section = content.sections(s);
    for (int p = 0; p < section.paragraphs_size(); ++p) {
      CollectCounts(section.paragraphs(p).text(), ParagraphAddress(section, s, p), in_text);
    }
  }
  const auto& goals = table.table.actual_goals();
  CollectCounts(goals.as_written(), table.Place(goals, "年度总体目标完成情况"), in_table);
  for (const auto& task : table.table.tasks()) {
    CollectCounts(task.completion().as_written(), table.Place(task.completion(), "任务完成情况"), in_table);
  }
  for (const Count& stated : in_text) {
    Observation observation{
        .rule_id = "NARR_VS_TABLE", .places = {stated.address}, .value = "", .expected = "", .difference = ""};
    for (const Count& other : in_table) {
      if (other.key != stated.key || other.mention.value_micro == stated.mention.value_micro) continue;
      observation.places.push_back(other.address);
      observation.expected = "表内写“" + other.mention.label + other.mention.as_written + "”";
    }
    if (observation.places.size() == 1) continue;
    observation.value = "正文写“" + stated.mention.label + stated.mention.as_written + "”";
    findings.Add(std::move(observation));
  }
}

}  // namespace

void CheckNarrative(const ReportView& view, const TableView& table, Findings& findings) {
  CheckRates(view, table, findings);
  CheckCounts(view, table, findings);
}

}  // namespace jixiao::scoring
