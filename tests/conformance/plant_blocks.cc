// Mistakes of several cells at once: swapped, shifted, copied, stale.
#include <fmt/format.h>

#include <array>

#include "common/domain/decimal.h"
#include "conformance/plant.h"
#include "conformance/slips.h"

namespace jixiao::conformance {
namespace {

namespace sc = scoring::v1;

bool Swap(Planting& planting, int a, int b, std::initializer_list<sc::Cause> causes) {
  if (a < 0 || b < 0) return false;
  const std::string x = planting.draft().at(a).text;
  const std::string y = planting.draft().at(b).text;
  if (planting.draft().at(a).number == planting.draft().at(b).number) return false;
  planting.Change(a, y);
  planting.Change(b, x);
  return planting.ExpectBroken(causes);
}

bool BudgetExecutedSwapped(Planting& planting) {
  const auto rows = planting.Figures(
      [](const Figure& f) { return f.cell != nullptr && f.key.ends_with(".executed") && f.table >= 0; });
  if (rows.empty()) return false;
  const Figure& executed = planting.draft().at(planting.random().Pick(rows));
  const std::string key = executed.key.substr(0, executed.key.rfind('.'));
  // Without a stated rate nothing tells a swap from overspending.
  if (planting.draft().CellOf(key + ".rate", executed.table) < 0) return false;
  return Swap(planting, planting.draft().CellOf(key + ".adjusted", executed.table),
              planting.draft().CellOf(key + ".executed", executed.table), {sc::CAUSE_CELLS_SWAPPED});
}

// Two neighbouring rows of one split: the sum stays, the parts are wrong.
bool SplitRowsSwapped(Planting& planting) {
  static constexpr std::array<std::array<const char*, 2>, 9> kPairs = {{
      {"table.source.general_budget", "table.source.government_fund"},
      {"table.source.general_budget", "table.source.other"},
      {"table.nature.basic", "table.nature.project"},
      {"table.funds.basic.executed", "table.funds.project.executed"},
      {"table.funds.fiscal.executed", "table.funds.other.executed"},
      {"base.vehicles.final", "base.reception.final"},
      {"base.reception.budget", "base.vehicles.budget"},
      {"base.three_public.final", "base.vehicles.final"},
      {"base.public_funds.final", "base.office.final"},
  }};
  const auto& pair = planting.random().Pick(kPairs);
  const int table = std::string_view(pair[0]).starts_with("base.") ? -1 : 0;
  return Swap(planting, planting.draft().CellOf(pair[0], table), planting.draft().CellOf(pair[1], table),
              {sc::CAUSE_CELLS_SWAPPED});
}

constexpr std::array<const char*, 3> kColumns = {"prior_final", "budget", "final"};

std::array<int, 3> BaseRow(Planting& planting, const std::string& item) {
  std::array<int, 3> cells{};
  for (size_t i = 0; i < kColumns.size(); ++i) {
    cells[i] = planting.draft().CellOf(fmt::format("base.{}.{}", item, kColumns[i]), -1);
  }
  return cells;
}

bool IsWhole(const std::array<int, 3>& cells) { return cells[0] >= 0 && cells[1] >= 0 && cells[2] >= 0; }

// The three columns of one row of the base data table moved right by one.
bool RowShifted(Planting& planting) {
  static constexpr std::array<const char*, 5> kItems = {"reception", "office", "utilities_travel", "public_funds",
                                                        "three_public"};
  const auto cells = BaseRow(planting, planting.random().Pick(kItems));
  if (!IsWhole(cells)) return false;
  const std::array<std::string, 3> old = {planting.draft().at(cells[0]).text, planting.draft().at(cells[1]).text,
                                          planting.draft().at(cells[2]).text};
  if (old[0] == old[1] || old[1] == old[2] || old[0] == "0") return false;
  planting.Change(cells[2], old[1]);
  planting.Change(cells[1], old[0]);
  planting.Change(cells[0], "");
  return planting.ExpectBroken({sc::CAUSE_CELLS_SHIFTED});
}

// One column of the parts of 公用经费 moved down by one row; the last falls out.
bool ColumnShifted(Planting& planting) {
  const size_t column = static_cast<size_t>(planting.random().Below(3));
  std::array<int, 3> cells{};
  static constexpr std::array<const char*, 3> kItems = {"office", "utilities_travel", "meetings_training"};
  for (size_t i = 0; i < kItems.size(); ++i) {
    cells[i] = planting.draft().CellOf(fmt::format("base.{}.{}", kItems[i], kColumns[column]), -1);
  }
  if (!IsWhole(cells)) return false;
  const std::string first = planting.draft().at(cells[0]).text;
  const std::string second = planting.draft().at(cells[1]).text;
  if (planting.draft().at(cells[2]).number == 0) return false;
  planting.Change(cells[2], second);
  planting.Change(cells[1], first);
  planting.Change(cells[0], "");
  return planting.ExpectBroken({sc::CAUSE_CELLS_SHIFTED});
}

// 本年决算数 copied from 上年决算数, in a sum and all its parts; the sentence
// still tells the sum.
bool ColumnCopied(Planting& planting) {
  static constexpr std::array<const char*, 4> kPublic = {"public_funds", "office", "utilities_travel",
                                                         "meetings_training"};
  static constexpr std::array<const char*, 4> kThree = {"three_public", "vehicles", "abroad", "reception"};
  const auto& items = planting.random().Chance(50) ? kPublic : kThree;
  for (const char* item : items) {
    const auto cells = BaseRow(planting, item);
    if (!IsWhole(cells)) continue;
    const std::string prior = planting.draft().at(cells[0]).text;
    if (planting.draft().at(cells[2]).text == prior) continue;
    const std::string key = fmt::format("text.{}.executed", item);
    const bool is_told = !planting.Figures([&](const Figure& f) { return f.key == key; }).empty();
    planting.Change(cells[2], prior, is_told);
  }
  return planting.mistake().changes_size() > 1 && planting.ExpectBroken({sc::CAUSE_CELLS_COPIED});
}

// Last year's figure in one cell of this year's column.
bool PriorYear(Planting& planting) {
  const auto finals = planting.Figures([](const Figure& f) {
    return f.cell != nullptr && f.key.starts_with("base.") && f.key.find(".final") != std::string::npos;
  });
  if (finals.empty()) return false;
  const int figure = planting.random().Pick(finals);
  std::string key = planting.draft().at(figure).key;
  key.replace(key.find(".final"), 6, ".prior_final");
  const int prior = planting.draft().CellOf(key, -1);
  if (prior < 0 || planting.draft().at(prior).number == planting.draft().at(figure).number) return false;
  if (planting.draft().at(prior).number == 0) return false;
  const std::string text = planting.draft().at(prior).text;
  if (IsOneSlipApart(text, planting.draft().at(figure).text)) return false;
  planting.Change(figure, text);
  return planting.ExpectBroken({sc::CAUSE_PRIOR_YEAR, sc::CAUSE_CELLS_COPIED});
}

// A part was edited everywhere, the sum above it was not added up again.
bool StaleTotal(Planting& planting) {
  static constexpr std::array<const char*, 6> kTotals = {"base.three_public.budget",  "base.three_public.prior_final",
                                                         "base.projects.prior_final", "base.projects.budget",
                                                         "base.projects.final",       "base.public_funds.prior_final"};
  const int total = planting.draft().CellOf(planting.random().Pick(kTotals), -1);
  if (total < 0 || planting.draft().at(total).number == 0) return false;
  const int64_t number = planting.draft().at(total).number / 10'000;
  const int64_t other = MulDiv(number, planting.random().Between(600, 970), 1'000);
  const std::string text = FormatScaled(other, 2);
  if (other == 0 || other == number || IsOneSlipApart(text, planting.draft().at(total).text)) return false;
  planting.Change(total, text);
  return planting.ExpectBroken({sc::CAUSE_STALE_TOTAL, sc::CAUSE_MISCALCULATED, sc::CAUSE_PLACES_DIFFER});
}

// The share of the whole budget where the rate of the part belongs.
bool ShareForRate(Planting& planting) {
  const auto rates =
      planting.Figures([](const Figure& f) { return f.key == "x.rate.basic" || f.key == "x.rate.project"; });
  if (rates.empty()) return false;
  const int figure = planting.random().Pick(rates);
  const Funds part =
      planting.draft().at(figure).key == "x.rate.basic" ? planting.book().Basic() : planting.book().Projects();
  const int64_t share = MulDiv(part.executed, 100, planting.book().Total().adjusted);
  const int64_t rate = MulDiv(part.executed, 100, part.adjusted);
  if (rate - share < 3) return false;
  planting.Change(figure, fmt::format("{}%", share));
  planting.mistake().add_causes(sc::CAUSE_SHARE_FOR_RATE);
  return planting.Expect({"SHARE_AS_RATE"});
}

}  // namespace

std::vector<Kind> BlockKinds() {
  return {
      {"BUDGET_EXECUTED_SWAPPED", "预算数与执行数填反", BudgetExecutedSwapped, {}, false, true},
      {"SPLIT_ROWS_SWAPPED", "相邻两行金额填反", SplitRowsSwapped, {}, true, true},
      {"ROW_SHIFTED", "一行右移一格", RowShifted, {"BASE_SUM"}, true, true},
      {"COLUMN_SHIFTED", "一列下移一行", ColumnShifted, {"BASE_SUM"}, true, true},
      {"COLUMN_COPIED", "决算数照抄上年一列", ColumnCopied, {"BASE_SUM"}, true, true},
      {"PRIOR_YEAR", "填了上年数", PriorYear, {"BASE_SUM"}, true, true},
      {"STALE_TOTAL", "改了分项没有重新加总", StaleTotal, {"BASE_SUM"}, true, true},
      {"SHARE_FOR_RATE", "把占比写成执行率", ShareForRate, {"SHARE_AS_RATE"}, true, true},
  };
}

}  // namespace jixiao::conformance
