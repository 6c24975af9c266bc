#include "print/checked_report.h"

#include <fmt/format.h>

#include "print/findings.h"
#include "print/score_card.h"
#include "print/words.h"

namespace jixiao::cli {
namespace {

std::string_view NameOf(report::v1::Part part) {
  switch (part) {
    case report::v1::PART_BASE_DATA_TABLE: return "基础数据表";
    case report::v1::PART_EVALUATION_TABLE: return "绩效自评表";
    case report::v1::PART_WORK_ASSESSMENT_SHEET: return "自评工作考核评分表";
    default: return "没有认出的表";
  }
}

// Which tables of an office file were read, so that a clerk sees what was missed.
std::string PrintTables(const report::v1::Report& report, const Style& style) {
  if (report.provenance().tables().empty()) return "";
  std::string out = "\n" + Bold(style, "从文件中读出的表") + "\n";
  for (const auto& table : report.provenance().tables()) {
    std::string title;
    if (table.has_part_index() && table.part_index() < report.content().evaluation_tables_size()) {
      title = SafeText(report.content().evaluation_tables(table.part_index()).title());
    }
    out += fmt::format("  {}：{} 至 {}，共 {} 行\n", title.empty() ? NameOf(table.part()) : title,
                       SafeText(table.from()), SafeText(table.to()), table.row_count());
  }
  return out;
}

// Nothing is dropped silently: what the reader could not place is shown.
std::string PrintUnread(const report::v1::Provenance& provenance, const Style& style) {
  constexpr int kShown = 5;
  if (provenance.unread().empty()) return "";
  std::string out = "\n" + Bold(style, fmt::format("没有归入各项的文字（{} 处）", provenance.unread_size())) + "\n";
  for (int i = 0; i < provenance.unread_size() && i < kShown; ++i) {
    const auto& unread = provenance.unread(i);
    const std::string line = unread.has_source_line() ? fmt::format("原文第 {} 行：", unread.source_line())
                             : unread.has_place()     ? fmt::format("{}：", SafeText(unread.place()))
                                                      : "";
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
  out += PrintTables(report, style);
  out += PrintUnread(report.provenance(), style);
  return out + "\n" + Verdict(card, style) + "\n";
}

}  // namespace jixiao::cli
