// Statements of the text that the tables contradict, and changes of money that
// the text does not explain.
#include <fmt/format.h>

#include <cstdlib>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/facts/figures.h"
#include "scoring/core/verdicts/execution.h"

namespace jixiao::scoring {
namespace {

using report::v1::FundRow;

// A point here and there is no contradiction to `全面完成`.
constexpr int kManyAdjustedRows = 3;
constexpr int64_t kManyPoints = 5'000;
// Executed over initial budget from which `控制在预算以内` needs a word more.
constexpr int64_t kFarOverInitial = 1'200'000;

// Sections that speak of the future or of units in general.
bool IsOutlook(report::v1::SectionRole role) {
  return role == report::v1::SECTION_ROLE_PROBLEMS || role == report::v1::SECTION_ROLE_IMPROVEMENTS ||
         role == report::v1::SECTION_ROLE_PROBLEMS_AND_IMPROVEMENTS || role == report::v1::SECTION_ROLE_RESULT_USE;
}

const WordHit* FirstInNarrative(const TextView& text, WordKind kind) {
  for (const WordHit& hit : text.hits) {
    if (hit.kind == kind && text.PassageOf(hit).cell == nullptr && !IsOutlook(text.RoleOf(hit))) return &hit;
  }
  return nullptr;
}

void CheckAllMet(const TextView& text, const TableView& table, Findings& findings) {
  const WordHit* claim = FirstInNarrative(text, WordKind::kAllMet);
  if (claim == nullptr) return;
  int rows = 0;
  int64_t lost = 0;
  for (const v1::RowScore& row : table.score.rows()) {
    if (!row.has_indicator_index() || !row.has_weight_milli() || !row.has_claimed_milli()) continue;
    if (row.claimed_milli() < 0 || row.claimed_milli() >= row.weight_milli()) continue;
    ++rows;
    lost += row.weight_milli() - row.claimed_milli();
  }
  if (rows < kManyAdjustedRows && lost < kManyPoints) return;
  findings.Add({.rule_id = "NARR_CONTRADICTION",
                .places = {text.SpanOf(*claim), table.Place(table.table.total_score(), "总分 · 得分")},
                .value = fmt::format("正文写“{}”，自评表有 {} 项指标扣分，共扣 {} 分", text.WordOf(*claim), rows,
                                     FormatPoints(lost)),
                .expected = "正文如实写明哪些指标没有完成；确已全部完成的，恢复得分"});
}

void CheckWithinBudget(const TextView& text, const TableView& table, const FundRow& total, Findings& findings) {
  const WordHit* claim = FirstInNarrative(text, WordKind::kWithinBudget);
  const auto initial = FenOf(total.initial_budget());
  const auto executed = FenOf(total.executed());
  if (claim == nullptr || !initial || !executed || *initial <= 0) return;
  const int64_t rate = RatePpm(*executed, *initial);
  if (rate <= kFarOverInitial) return;
  findings.Add({.rule_id = "NARR_CONTRADICTION",
                .places = {text.SpanOf(*claim), table.Place(total.executed(), "年度资金总额 · 全年执行数")},
                .value = fmt::format("正文写“{}”，执行数 {} 是年初预算 {} 的 {}", text.WordOf(*claim),
                                     FormatWanYuan(*executed), FormatWanYuan(*initial), FormatRatePercent(rate)),
                .expected = "写明是年初预算还是调整后预算，并说明追加的事项和金额",
                .difference = "高出 " + FormatWanYuan(*executed - *initial)});
}

void CheckBudgetChange(const TextView& text, const TableView& table, const FundRow& total, Findings& findings) {
  const auto initial = FenOf(total.initial_budget());
  const auto adjusted = FenOf(total.adjusted_budget());
  const auto executed = FenOf(total.executed());
  if (!initial || !adjusted || *initial <= 0 || FirstInNarrative(text, WordKind::kBudgetChange) != nullptr) return;
  const int64_t change = RatePpm(*adjusted - *initial, *initial);
  const auto places = [&] {
    return std::vector<report::v1::Address>{table.Place(total.adjusted_budget(), "年度资金总额 · 全年预算数")};
  };
  if (text.view.rule_set.has_budget_change_note_ppm() &&
      std::abs(change) > text.view.rule_set.budget_change_note_ppm()) {
    v1::Finding* note = findings.Add(
        {.rule_id = "BUDGET_ADJ_NO_REASON",
         .places = places(),
         .value = fmt::format("年初 {}，全年 {}，正文没有说明", FormatWanYuan(*initial), FormatWanYuan(*adjusted)),
         .expected = change > 0 ? "写明追加的事项、文号和金额" : "写明调减的事项和金额",
         .difference = "调整幅度 " + FormatRatePercent(change)});
    // The same change of budget: one note under the other, or under its cause.
    const auto changes = findings.OfRule("BUDGET_ADJ", table.index);
    if (note == nullptr || changes.empty()) return;
    note->add_caused_by(changes[0]->caused_by_size() > 0 ? changes[0]->caused_by(0) : changes[0]->id());
    return;
  }
  constexpr int64_t kCut = -50'000;
  if (change > kCut || !executed || *executed >= *adjusted) return;
  findings.Add({.rule_id = "BUDGET_CUT",
                .places = places(),
                .value = fmt::format("年初 {}，全年 {}，执行 {}", FormatWanYuan(*initial), FormatWanYuan(*adjusted),
                                     FormatWanYuan(*executed)),
                .expected = "写明调减和未执行的原因",
                .difference = "调整幅度 " + FormatRatePercent(change)});
}

// The fact, if sentences state it once.
const Fact* Stated(const TableView& table, std::string_view key) {
  const Fact* fact = table.facts.Find(key);
  return fact != nullptr && fact->is_proof() ? fact : nullptr;
}

// Basic spending that is all personnel leaves nothing for 公用经费.
void CheckPublicFunds(const TableView& table, Findings& findings) {
  const Fact* basic = Stated(table, "text.basic.executed");
  const Fact* personnel = Stated(table, "text.personnel.executed");
  const Fact* public_funds = Stated(table, "text.public_funds.executed");
  if (basic == nullptr || personnel == nullptr || basic->value <= 0 || basic->value != personnel->value) return;
  if (public_funds != nullptr && public_funds->value != 0) return;
  for (const ReadIndicator& indicator : table.indicators) {
    if (indicator.row.level3().as_written().find("公用经费") == std::string::npos) continue;
    if (PointsOf(indicator.row.score()).value_or(0) <= 0) continue;
    findings.Add(
        {.rule_id = "PUBLIC_EXP_ZERO",
         .places = {personnel->address(), table.PlaceOf(indicator, indicator.row.level3(), "三级指标")},
         .value = fmt::format("基本支出 {} 全部是人员支出，公用经费为 0，却有公用经费指标得分", basic->as_written),
         .expected = "核对人员支出与公用经费的划分；确无公用经费的，不设该指标"});
    return;
  }
}

// The text counts one source of money, the table all of them.
void CheckMoneySource(const TableView& table, Findings& findings) {
  const Fact* stated = Stated(table, "text.general.basic");
  const Fact* basic = Stated(table, "table.nature.basic");
  const Fact* other = Stated(table, "table.source.other");
  if (stated == nullptr || basic == nullptr || other == nullptr || other->value <= 0) return;
  if (basic->value - stated->value != other->value) return;
  // A text that states all spending too leaves no doubt.
  if (table.facts.Find("text.total.executed") != nullptr || table.facts.Find("text.basic.executed") != nullptr) return;
  findings.Add({.rule_id = "MONEY_SOURCE",
                .places = {stated->address(), basic->address()},
                .value = fmt::format("正文基本支出 {} 只含一般公共预算，表中 {} 还含其他资金 {}", stated->as_written,
                                     basic->as_written, other->as_written),
                .expected = "正文注明口径，或补写其他资金安排的部分",
                .difference = "相差 " + FormatWanYuan(other->value)});
}

}  // namespace

void CheckStatements(const TextView& text, Findings& findings) {
  for (const TableView& table : text.view.tables) {
    if (table.table.kind() != report::v1::REPORT_KIND_DEPARTMENT) continue;
    CheckAllMet(text, table, findings);
    CheckPublicFunds(table, findings);
    CheckMoneySource(table, findings);
    if (text.view.content().sections_size() == 0) continue;
    if (const FundRow* total = TotalRow(table.table)) {
      CheckWithinBudget(text, table, *total, findings);
      CheckBudgetChange(text, table, *total, findings);
    }
  }
}

}  // namespace jixiao::scoring
