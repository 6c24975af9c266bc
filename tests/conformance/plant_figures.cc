// Slips in one figure, in a cell or in a sentence.
#include <fmt/format.h>

#include "common/domain/decimal.h"
#include "conformance/plant.h"
#include "conformance/slips.h"

namespace jixiao::conformance {
namespace {

namespace sc = scoring::v1;

bool IsMoney(const Figure& figure) {
  return figure.scale == Scale::kMoney && figure.number != 0 && !figure.key.starts_with("x.");
}

// One slip in any amount that a relation may read.
bool PlantSlip(Planting& planting, Slip slip, std::initializer_list<sc::Cause> causes) {
  const auto figures = planting.Figures(IsMoney);
  if (figures.empty()) return false;
  const int figure = planting.random().Pick(figures);
  const auto text = WithSlip(planting.draft().at(figure).text, slip, planting.random());
  if (!text) return false;
  planting.Change(figure, *text);
  return planting.ExpectBroken(causes);
}

bool DigitsExchanged(Planting& planting) {
  return PlantSlip(planting, Slip::kDigitsExchanged, {sc::CAUSE_DIGITS_EXCHANGED});
}
bool DigitLost(Planting& planting) { return PlantSlip(planting, Slip::kDigitLost, {sc::CAUSE_DIGIT_LOST}); }
bool ZeroLost(Planting& planting) { return PlantSlip(planting, Slip::kZeroLost, {sc::CAUSE_DIGIT_LOST}); }
bool DigitDoubled(Planting& planting) { return PlantSlip(planting, Slip::kDigitDoubled, {sc::CAUSE_DIGIT_ADDED}); }
bool DigitMistyped(Planting& planting) { return PlantSlip(planting, Slip::kDigitMistyped, {sc::CAUSE_DIGIT_MISTYPED}); }
bool TimesTen(Planting& planting) { return PlantSlip(planting, Slip::kTimesTen, {sc::CAUSE_DECIMAL_POINT}); }
bool Tenth(Planting& planting) { return PlantSlip(planting, Slip::kTenth, {sc::CAUSE_DECIMAL_POINT}); }
bool TimesHundred(Planting& planting) { return PlantSlip(planting, Slip::kTimesHundred, {sc::CAUSE_DECIMAL_POINT}); }

bool PlantWithin(Planting& planting, bool in_cell, Slip slip, std::initializer_list<sc::Cause> causes) {
  const auto figures = planting.Figures([&](const Figure& f) { return IsMoney(f) && (f.cell != nullptr) == in_cell; });
  if (figures.empty()) return false;
  const int figure = planting.random().Pick(figures);
  const auto text = WithSlip(planting.draft().at(figure).text, slip, planting.random());
  if (!text) return false;
  planting.Change(figure, *text);
  return planting.ExpectBroken(causes);
}

// A sentence in 元 whose unit still says 万元: all its amounts at once.
bool YuanInText(Planting& planting) {
  const auto figures = planting.Figures([](const Figure& f) { return IsMoney(f) && f.cell == nullptr; });
  if (figures.empty()) return false;
  const Figure first = planting.draft().at(planting.random().Pick(figures));
  for (const int figure : figures) {
    const Figure& other = planting.draft().at(figure);
    if (other.section != first.section || other.paragraph != first.paragraph) continue;
    const auto text = WithSlip(other.text, Slip::kTimesTenThousand, planting.random());
    if (text) planting.Change(figure, *text);
  }
  return planting.ExpectBroken({sc::CAUSE_MONEY_UNIT});
}

bool YuanInCell(Planting& planting) {
  return PlantWithin(planting, true, Slip::kTimesTenThousand, {sc::CAUSE_MONEY_UNIT});
}
bool Sign(Planting& planting) { return PlantWithin(planting, true, Slip::kSign, {sc::CAUSE_SIGN}); }

// Another figure altogether in a sentence, not a slip of the one in the table.
bool TextDiffers(Planting& planting) {
  const auto figures = planting.Figures([](const Figure& f) { return IsMoney(f) && f.cell == nullptr; });
  if (figures.empty()) return false;
  const int figure = planting.random().Pick(figures);
  const std::string old = planting.draft().at(figure).text;
  const int64_t number = planting.draft().at(figure).number / 10'000;
  const int64_t other = MulDiv(number, planting.random().Between(560, 930), 1'000);
  const std::string text = FormatScaled(other, 2) + "万元";
  if (other == 0 || IsOneSlipApart(old, text)) return false;
  planting.Change(figure, text);
  if (!planting.ExpectBroken({sc::CAUSE_PLACES_DIFFER})) return false;
  return true;
}

// A rate that nobody gets by dividing, and that is no slip of the right one.
bool WrongRate(Planting& planting) {
  const auto figures = planting.Figures([](const Figure& f) {
    return f.scale == Scale::kRate && f.cell != nullptr && f.key.ends_with("rate") && f.number > 0 && f.table >= 0;
  });
  if (figures.empty()) return false;
  const int figure = planting.random().Pick(figures);
  const int64_t shift = planting.random().Between(12, 600) * 100;
  const std::string text = FormatRatePercent(planting.draft().at(figure).number - shift);
  if (IsOneSlipApart(planting.draft().at(figure).text, text)) return false;
  planting.Change(figure, text);
  return planting.ExpectBroken({sc::CAUSE_MISCALCULATED});
}

// The execution score rounded to whole points, and everything added up with it.
bool WrongExecutionScore(Planting& planting) {
  const auto figures =
      planting.Figures([](const Figure& f) { return f.key == "table.funds.total.score" && f.cell != nullptr; });
  if (figures.empty()) return false;
  const int figure = planting.random().Pick(figures);
  const int table = planting.draft().at(figure).table;
  const int64_t right = planting.draft().at(figure).number;
  const int64_t wrong =
      planting.random().Chance(70) ? right / 1'000 * 1'000 : right - planting.random().Between(2, 20) * 100;
  if (wrong < 0 || wrong == right) return false;
  planting.Change(figure, FormatPoints(wrong));
  planting.FollowTotal(table);
  return planting.ExpectBroken({sc::CAUSE_MISCALCULATED});
}

// The total of a table is off; sentence and grade repeat the wrong total or not.
bool TotalMisadded(Planting& planting) {
  const auto figures =
      planting.Figures([](const Figure& f) { return f.key == "table.total.score" && f.cell != nullptr; });
  if (figures.empty()) return false;
  const int figure = planting.random().Pick(figures);
  const int64_t shift = planting.random().Between(2, 40) * 100;
  const std::string text = FormatPoints(planting.draft().at(figure).number - shift);
  if (IsOneSlipApart(planting.draft().at(figure).text, text)) return false;
  const bool is_department = planting.draft().at(figure).table == 0;
  planting.Change(figure, text);
  if (is_department && planting.random().Chance(50)) {
    for (const int other : planting.Figures([](const Figure& f) { return f.key == "text.self_score"; })) {
      planting.Follow(other, text + "分");
    }
  }
  return planting.ExpectBroken({sc::CAUSE_MISCALCULATED, sc::CAUSE_STALE_TOTAL});
}

bool ScoreInTextDiffers(Planting& planting) {
  const auto figures = planting.Figures([](const Figure& f) { return f.key == "text.self_score"; });
  if (figures.empty()) return false;
  const int figure = planting.random().Pick(figures);
  const int64_t number = planting.draft().at(figure).number;
  const int64_t other = std::min<int64_t>(100'000, number + 1'000 * planting.random().Between(1, 3));
  if (other == number) return false;
  planting.Change(figure, FormatPoints(other) + "分");
  return planting.ExpectBroken({sc::CAUSE_PLACES_DIFFER, sc::CAUSE_MISCALCULATED, sc::CAUSE_DIGIT_MISTYPED});
}

bool StaffDiffers(Planting& planting) {
  const auto figures = planting.Figures([](const Figure& f) { return f.key.starts_with("text.staff."); });
  if (figures.empty()) return false;
  const int figure = planting.random().Pick(figures);
  const int64_t count = planting.draft().at(figure).number / 1'000;
  const int64_t other = count + (planting.random().Chance(50) ? 1 : 2);
  planting.Change(figure, fmt::format("{}人", other));
  if (!planting.ExpectBroken({sc::CAUSE_PLACES_DIFFER, sc::CAUSE_DIGIT_MISTYPED})) return false;
  planting.mistake().set_is_undecidable(true);
  return true;
}

}  // namespace

std::vector<Kind> FigureKinds() {
  return {
      {"DIGITS_EXCHANGED", "相邻两位数字颠倒", DigitsExchanged, {}, false, true},
      {"DIGIT_LOST", "漏写一位数字", DigitLost, {}, false, true},
      {"ZERO_LOST", "漏写一个 0", ZeroLost, {}, false, true},
      {"DIGIT_DOUBLED", "多写一位数字", DigitDoubled, {}, false, true},
      {"DIGIT_MISTYPED", "一位数字写错", DigitMistyped, {}, false, true},
      {"TIMES_TEN", "小数点右移一位", TimesTen, {}, false, true},
      {"TENTH", "小数点左移一位", Tenth, {}, false, true},
      {"TIMES_HUNDRED", "小数点右移两位", TimesHundred, {}, false, true},
      {"YUAN_IN_TEXT", "正文把元写成万元", YuanInText, {}, true, true},
      {"YUAN_IN_CELL", "表内按元填写", YuanInCell, {}, false, true},
      {"SIGN", "多写负号", Sign, {}, false, true},
      {"TEXT_DIFFERS", "正文与表格数字不同", TextDiffers, {}, true, true},
      {"WRONG_RATE", "执行率算错", WrongRate, {"EXEC_RATE"}, false, true},
      {"WRONG_EXECUTION_SCORE", "执行率得分算错", WrongExecutionScore, {"EXEC_SCORE"}, false, true},
      {"TOTAL_MISADDED", "总分加错", TotalMisadded, {"SCORE_TOTAL"}, false, true},
      {"SCORE_IN_TEXT_DIFFERS", "正文得分与表不同", ScoreInTextDiffers, {}, true, true},
      {"STAFF_DIFFERS", "正文人数与表不同", StaffDiffers, {}, true, true},
  };
}

}  // namespace jixiao::conformance
