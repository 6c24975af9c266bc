// Indicators answered in words: words of no tier, words where a rate belongs,
// targets that stand in the wrong column.
#include <fmt/format.h>

#include <algorithm>

#include "common/base/text.h"
#include "common/base/words.h"
#include "scoring/core/checks/checks.h"
#include "scoring/core/facts/figures.h"

namespace jixiao::scoring {
namespace {

using report::v1::Address;

// A form with a few management indicators is filled in like that as a rule.
constexpr size_t kManyRows = 15;

bool HasDigit(std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; }

// `控制率`, `满意度`; `工作效率` counts nothing.
bool IsRateName(std::string_view written) {
  const std::string_view name = Trim(written);
  return (name.ends_with("率") && !name.ends_with("效率")) || name.ends_with("满意度");
}

std::string Pair(const ReadIndicator& indicator, const report::v1::Value& answer) {
  return fmt::format("{}：{}", Shorten(RemoveBlanks(indicator.row.level3().as_written()), 12),
                     Shorten(RemoveBlanks(answer.as_written()), 12));
}

// Rows of one table that share a fault, for one finding.
struct Rows {
  std::vector<Address> places;
  QuotationList list;

  void Add(Address place, std::string_view text) {
    places.push_back(std::move(place));
    list.Add(text);
  }
};

// A row that words were given points for. Words that repeat the target say that
// it was met.
bool IsAnsweredInWords(const ReadIndicator& indicator, const v1::RowScore& score) {
  if (PointsOrZero(indicator.row.weight()) <= 0 || PointsOrZero(indicator.row.score()) <= 0) return false;
  const bool undecided = score.verdict() == v1::VERDICT_TIER_SUGGESTED || score.verdict() == v1::VERDICT_UNCLASSIFIED ||
                         (score.verdict() == v1::VERDICT_UNVERIFIABLE && indicator.actual.shape == CellShape::kText);
  const bool words = indicator.actual.shape == CellShape::kText || indicator.actual.shape == CellShape::kDate ||
                     indicator.actual.shape == CellShape::kQualitative;
  return undecided && words && !HasDigit(indicator.row.actual().as_written());
}

void CheckTierWords(const ReportView& view, const TableView& table, Findings& findings) {
  Rows rows;
  for (size_t i = 0; i < table.indicators.size(); ++i) {
    const ReadIndicator& indicator = table.indicators[i];
    const v1::RowScore& score = table.score.rows(static_cast<int>(i) + 1);
    if (!IsAnsweredInWords(indicator, score) || IsRateName(indicator.row.level3().as_written())) continue;
    rows.Add(table.PlaceOf(indicator, indicator.row.actual(), "实际完成值"), Pair(indicator, indicator.row.actual()));
  }
  if (rows.places.empty()) return;
  std::string words;
  for (const v1::Tier& tier : view.rule_set.tiers()) {
    if (tier.words_size() > 0) AddItem(fmt::format("“{}”", tier.words(0)), words);
  }
  findings.Add({.rule_id = "QUAL_NOT_TIERED",
                .places = std::move(rows.places),
                .value = rows.list.Text(),
                .expected = "定性指标按三档填写：" + words,
                .difference = fmt::format("{} 项", rows.list.size())});
}

void CheckRatesInWords(const TableView& table, Findings& findings) {
  Rows rows;
  for (const ReadIndicator& indicator : table.indicators) {
    if (!IsRateName(indicator.row.level3().as_written()) || IsEmptyLike(indicator.actual.shape)) continue;
    if (PointsOrZero(indicator.row.weight()) <= 0 || PointsOrZero(indicator.row.score()) <= 0) continue;
    if (HasDigit(RemoveBlanks(FoldWidth(indicator.row.actual().as_written())))) continue;
    rows.Add(table.PlaceOf(indicator, indicator.row.actual(), "实际完成值"), Pair(indicator, indicator.row.actual()));
  }
  if (rows.places.empty()) return;
  findings.Add({.rule_id = "QUAL_WHERE_RATE",
                .places = std::move(rows.places),
                .value = rows.list.Text(),
                .expected = "比率的数值，并写明怎样计算",
                .difference = fmt::format("{} 项", rows.list.size())});
}

// A goal in the column of names: a sentence rather than something to measure.
bool ReadsAsGoal(std::string_view name) {
  for (const std::string_view word :
       {"提升", "提高", "打造", "营造", "构建", "创建", "促进", "推动", "加强", "带动", "改善", "依法", "，", "、"}) {
    if (name.find(word) != std::string_view::npos) return true;
  }
  return false;
}

// Targets written as names, and rates with a sentence for a target. Blank
// targets follow from it and are folded under it.
void CheckColumns(const TableView& table, Findings& findings) {
  constexpr size_t kFewestRows = 3;
  Rows rows;
  size_t without_target = 0;
  for (const ReadIndicator& indicator : table.indicators) {
    if (PointsOrZero(indicator.row.weight()) <= 0) continue;
    const std::string& name = indicator.row.level3().as_written();
    const bool blank = indicator.target.shape == CellShape::kBlank && ReadsAsGoal(name);
    const bool sentence = indicator.target.shape == CellShape::kText && IsRateName(name) &&
                          !HasDigit(indicator.row.target().as_written()) &&
                          CodePointCount(RemoveBlanks(indicator.row.target().as_written())) >= 8;
    without_target += blank;
    if (blank) rows.Add(table.PlaceOf(indicator, indicator.row.target(), "年度指标值"), Shorten(name, 12));
    if (sentence)
      rows.Add(table.PlaceOf(indicator, indicator.row.target(), "年度指标值"), Pair(indicator, indicator.row.target()));
  }
  if (without_target < kFewestRows) return;
  const v1::Finding* cause = findings.Add({.rule_id = "COL_MISUSE",
                                           .places = std::move(rows.places),
                                           .value = "目标写在三级指标栏或一句话写在指标值栏：" + rows.list.Text(),
                                           .expected = "三级指标写衡量什么，年度指标值写达到多少",
                                           .difference = fmt::format("{} 项", rows.list.size())});
  if (cause == nullptr) return;
  const std::string id = cause->id();
  for (v1::Finding* blank : findings.OfRule("TARGET_BLANK", table.index)) {
    if (blank->caused_by_size() == 0) blank->add_caused_by(id);
  }
}

// Words that repeat the target, full marks for all of them.
void CheckRepeatedTargets(const TableView& table, Findings& findings) {
  Rows rows;
  for (const ReadIndicator& indicator : table.indicators) {
    const std::string_view target = Trim(indicator.row.target().as_written());
    if (indicator.target.shape != CellShape::kText || target != Trim(indicator.row.actual().as_written())) continue;
    if (PointsOrZero(indicator.row.weight()) <= 0 ||
        PointsOrZero(indicator.row.score()) < PointsOrZero(indicator.row.weight())) {
      continue;
    }
    rows.Add(table.PlaceOf(indicator, indicator.row.actual(), "实际完成值"), target);
  }
  if (rows.list.size() < kManyRows) return;
  findings.Add({.rule_id = "FULL_QUAL",
                .places = std::move(rows.places),
                .value = fmt::format("{} 项定性指标的实际完成值与指标值相同，全部满分", rows.list.size()),
                .expected = "各举一两项制度、检查或数据作依据"});
}

}  // namespace

void CheckQualitative(const ReportView& view, const TableView& table, Findings& findings) {
  CheckTierWords(view, table, findings);
  CheckRatesInWords(table, findings);
  CheckColumns(table, findings);
  CheckRepeatedTargets(table, findings);
}

}  // namespace jixiao::scoring
