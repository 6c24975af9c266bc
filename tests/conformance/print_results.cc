#include <fmt/format.h>

#include <algorithm>

#include "common/base/text.h"
#include "common/domain/decimal.h"
#include "conformance/run.h"

namespace jixiao::conformance {
namespace {

// Columns a terminal needs: Chinese characters take two.
int Width(std::string_view text) {
  int width = 0;
  for (const char32_t c : ToCodePoints(text)) width += c < 0x1100 ? 1 : 2;
  return width;
}

std::string PadRight(std::string text, int width) {
  for (int i = Width(text); i < width; ++i) text += ' ';
  return text;
}

std::string PadLeft(const std::string& text, int width) {
  std::string out;
  for (int i = Width(text); i < width; ++i) out += ' ';
  return out + text;
}

// `98.7%`; a dash if nothing was asked.
std::string Percent(int64_t part, int64_t whole) {
  if (whole == 0) return "—";
  return FormatScaled(MulDiv(part, 1'000, whole), 1, 1) + "%";
}

bool IsBelow(int64_t part, int64_t whole, int64_t aim) { return whole > 0 && part * 1'000 < whole * aim; }

std::string Line(const std::string& title, const Tally& tally) {
  return fmt::format("{}{}{}{}{}{}{}{}\n", PadRight(title, 44), PadLeft(fmt::format("{}", tally.count), 6),
                     PadLeft(Percent(tally.detected, tally.count), 9),
                     PadLeft(Percent(tally.cause_right, tally.asks_cause), 10),
                     PadLeft(Percent(tally.cells_right, tally.asks_cells), 10),
                     PadLeft(tally.undecidable == 0 ? "—" : fmt::format("{}", tally.undecidable), 8),
                     PadLeft(tally.ties == 0 ? "—" : fmt::format("{}", tally.ties), 8),
                     PadLeft(Percent(tally.draws.tried - tally.draws.planted, tally.draws.tried), 10));
}

std::string Heading() {
  return PadRight("错误种类", 44) + PadLeft("份数", 6) + PadLeft("查出", 9) + PadLeft("原因居首", 10) +
         PadLeft("格子正确", 10) + PadLeft("两可", 8) + PadLeft("说两可", 8) + PadLeft("重抽", 10) + "\n";
}

struct CleanSum {
  int64_t count = 0;
  int64_t with_findings = 0;
  int64_t with_notes = 0;
};

CleanSum SumOf(const Results& results) {
  CleanSum sum;
  for (const CleanResult& clean : results.clean) {
    sum.count += clean.count;
    sum.with_findings += clean.with_findings;
    sum.with_notes += clean.with_notes;
  }
  return sum;
}

std::string PrintClean(const Results& results) {
  std::string out = "没有错误的报告\n";
  out += PadRight("评分规则", 44) + PadLeft("份数", 6) + PadLeft("误报", 9) + PadLeft("仅提示", 10) + "  误报的规则\n";
  for (const CleanResult& clean : results.clean) {
    std::string rules;
    for (const auto& [rule, count] : clean.rules) rules += fmt::format("  {} {}", rule, count);
    out += PadRight(clean.profile, 44) + PadLeft(fmt::format("{}", clean.count), 6) +
           PadLeft(Percent(clean.with_findings, clean.count), 9) + PadLeft(Percent(clean.with_notes, clean.count), 10) +
           rules + "\n";
  }
  return out;
}

}  // namespace

std::vector<std::string> MissedAims(const Results& results, const Aims& aims) {
  std::vector<std::string> missed;
  const auto below = [&](const std::string& what, int64_t part, int64_t whole, int64_t aim) {
    if (!IsBelow(part, whole, aim)) return;
    missed.push_back(fmt::format("{} {}，要求不低于 {}%", what, Percent(part, whole), FormatScaled(aim, 1)));
  };
  below("查出率", results.single.detected, results.single.count, aims.detected);
  below("原因居首", results.single.cause_right, results.single.asks_cause, aims.cause);
  below("格子正确", results.single.cells_right, results.single.asks_cells, aims.cells);
  const CleanSum sum = SumOf(results);
  if (sum.with_findings * 1'000 >= sum.count * aims.false_alarms && sum.with_findings > 0) {
    missed.push_back(fmt::format("误报率 {}，要求低于 {}%", Percent(sum.with_findings, sum.count),
                                 FormatScaled(aims.false_alarms, 1)));
  }
  return missed;
}

std::string PrintResults(const Results& results, const Aims& aims) {
  std::string out = fmt::format("检查工具符合性测试  种子 {}，测试集版本 {}，报告 {} 份\n\n", results.seed, kKitVersion,
                                results.reports);
  out += PrintClean(results) + "\n单个错误\n" + Heading();
  for (const KindResult& kind : results.kinds) out += Line(fmt::format("{} {}", kind.id, kind.title), kind.tally);
  out += Line("合计", results.single);
  out += fmt::format("\n一份报告两个错误  {} 份，两个都查出 {}\n", results.pair_reports,
                     Percent(results.pair_both_detected, results.pair_reports));
  out += Heading() + Line("合计", results.pairs) + "\n";
  std::string skipped;
  for (const Kind& kind : Kinds()) {
    const bool is_counted = std::any_of(results.kinds.begin(), results.kinds.end(),
                                        [&](const KindResult& counted) { return counted.id == kind.id; });
    if (!is_counted) skipped += fmt::format("{}{} {}", skipped.empty() ? "" : "、", kind.id, kind.title);
  }
  if (!skipped.empty()) out += fmt::format("没有规则可查，未计入：{}\n", skipped);
  out +=
      "说明：“重抽”是改动之后没有违反任何关系、另抽一份的比例；“两可”是报告中没有第三处可以佐证的错误，"
      "检查工具如实说明两处不同或并列即为正确。\n";
  if (!results.misses.empty()) out += "\n答错的例子（改动之后 → 原来）\n";
  for (const std::string& miss : results.misses) out += miss;
  const CleanSum sum = SumOf(results);
  out += fmt::format(
      "\n总计  查出 {}（要求 {}%）  原因居首 {}（{}%）  格子正确 {}（{}%）  误报 {}（低于 {}%）  仅提示 {}\n",
      Percent(results.single.detected, results.single.count), FormatScaled(aims.detected, 1),
      Percent(results.single.cause_right, results.single.asks_cause), FormatScaled(aims.cause, 1),
      Percent(results.single.cells_right, results.single.asks_cells), FormatScaled(aims.cells, 1),
      Percent(sum.with_findings, sum.count), FormatScaled(aims.false_alarms, 1), Percent(sum.with_notes, sum.count));
  for (const std::string& missed : MissedAims(results, aims)) out += fmt::format("未达到：{}\n", missed);
  return out;
}

}  // namespace jixiao::conformance
