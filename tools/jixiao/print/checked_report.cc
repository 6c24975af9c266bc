#include "print/checked_report.h"

#include <fmt/format.h>

#include "print/findings.h"
#include "print/score_card.h"
#include "print/words.h"

namespace jixiao::cli {
namespace {

// Nothing is dropped silently: what the reader could not place is shown.
std::string PrintUnread(const report::v1::Provenance& provenance, const Style& style) {
  constexpr int kShown = 5;
  if (provenance.unread().empty()) return "";
  std::string out = "\n" + Bold(style, fmt::format("没有归入各项的文字（{} 处）", provenance.unread_size())) + "\n";
  for (int i = 0; i < provenance.unread_size() && i < kShown; ++i) {
    const auto& unread = provenance.unread(i);
    const std::string line = unread.has_source_line() ? fmt::format("原文第 {} 行：", unread.source_line()) : "";
    out += fmt::format("  {}{}（{}）\n", line, CutToWidth(SafeText(unread.text()), 60), SafeText(unread.reason()));
  }
  if (provenance.unread_size() > kShown) out += fmt::format("  另有 {} 处\n", provenance.unread_size() - kShown);
  return out;
}

std::string Verdict(const scoring::v1::ScoreCard& card, const Style& style) {
  const auto counts = CountFindings(card);
  if (counts.blocks() > 0) {
    return Red(style, fmt::format("有 {} 项严重问题，公开前须更正或说明。", counts.blocks()));
  }
  if (counts.explain() > 0) return Yellow(style, fmt::format("可以报送；有 {} 项须更正或说明。", counts.explain()));
  return Green(style, "可以报送。");
}

}  // namespace

std::string PrintCheckedReport(const std::string& source, const report::v1::Report& report,
                               const scoring::v1::ScoreCard& card, bool with_trace, const Style& style) {
  const auto& content = report.content();
  const std::string unit = content.unit().name().empty() ? "（单位名称未读出）" : SafeText(content.unit().name());
  std::string out =
      Bold(style, fmt::format("{}  {} 年度{}绩效自评", unit, content.fiscal_year(), WordFor(content.kind())));
  out += fmt::format("\n{}\n\n", Faint(style, SafeText(fmt::format("{}  评分规则 {}", source, card.rule_set()))));
  out += PrintScores(card, with_trace, style);
  out += "\n" + Bold(style, "检查发现：") + PrintCounts(CountFindings(card)) + "\n";
  if (!card.findings().empty()) out += "\n" + PrintFindings(card, style);
  if (card.search_cut_short()) out += "\n对不上的地方较多，未继续查找其余原因，所列原因可能不全。\n";
  out += PrintUnread(report.provenance(), style);
  return out + "\n" + Verdict(card, style) + "\n";
}

}  // namespace jixiao::cli
