#include "print/score_card.h"

#include <fmt/format.h>

#include "common/domain/decimal.h"
#include "print/table.h"
#include "print/words.h"

namespace jixiao::cli {
namespace {

using scoring::v1::RowScore;
using scoring::v1::TableScore;
using scoring::v1::Trace;
using scoring::v1::WorkCriterionScore;

std::string TraceLine(const Style& style, int indent, std::string_view name, const std::string& text) {
  if (text.empty()) return "";
  constexpr int kNameWidth = 6;
  return fmt::format("{}{}{}\n", std::string(indent, ' '), Faint(style, PadRight(name, kNameWidth)),
                     Faint(style, Wrap(SafeText(text), indent + kNameWidth, style.width)));
}

std::string PrintTrace(const Trace& trace, int indent, const Style& style) {
  std::string out = TraceLine(style, indent, "依据", trace.clause());
  for (const auto& input : trace.inputs()) {
    const std::string where = input.has_address() ? fmt::format("（{}）", input.address().label()) : "";
    out += TraceLine(style, indent, "取数", fmt::format("{}：{}{}", input.name(), input.as_written(), where));
  }
  out += TraceLine(style, indent, "算式", trace.formula());
  out += TraceLine(style, indent, "取舍", trace.rounding());
  out += TraceLine(style, indent, "结果", trace.result());
  return out;
}

std::string PointsOrBlank(bool has_points, int64_t points_milli) {
  return has_points ? FormatPoints(points_milli) : "—";
}

// What a reader should notice about a row, verdict first.
std::string Remark(const RowScore& row) {
  std::string remark = WordFor(row.verdict());
  const auto add = [&remark](std::string_view words) {
    if (!remark.empty()) remark += "；";
    remark += words;
  };
  if (!row.has_claimed_milli()) {
    if (row.verdict() != scoring::v1::VERDICT_NOT_SCORED) add("得分未填");
  } else if (row.claimed_milli() > row.supported_high_milli()) {
    add("自评高于证据");
  } else if (row.claimed_milli() < row.supported_low_milli()) {
    add("自评低于证据");
  }
  return remark;
}

std::string Grades(const TableScore& table) {
  std::string grades;
  if (table.has_claimed_grade()) grades += fmt::format("，自评等级 {}", SafeText(table.claimed_grade()));
  const std::string low = table.supported_low_grade();
  const std::string high = table.supported_high_grade();
  if (!high.empty()) grades += fmt::format("，按证据为 {}", low == high || low.empty() ? high : high + "或" + low);
  return grades;
}

std::string PrintTable(const TableScore& table, bool with_trace, const Style& style) {
  using Align = Table::Align;
  Table rows({{"指标", Align::kLeft, 46},
              {"分值", Align::kRight},
              {"自评", Align::kRight},
              {"证据支持", Align::kRight},
              {"结论", Align::kLeft}});
  for (const RowScore& row : table.rows()) {
    rows.AddRow({row.label(), PointsOrBlank(row.has_weight_milli(), row.weight_milli()),
                 PointsOrBlank(row.has_claimed_milli(), row.claimed_milli()),
                 Interval(row.supported_low_milli(), row.supported_high_milli()), Remark(row)});
    if (with_trace) rows.AddNote(PrintTrace(row.trace(), 6, style));
  }
  std::string out = Bold(style, SafeText(table.title())) + "\n";
  out += "  " + PrintTotal(table) + Grades(table) + "\n";
  if (table.has_claimed_milli() && table.claimed_milli() != table.recomputed_milli()) {
    out += fmt::format("  各行自评得分相加为 {} 分，与填报总分不一致\n", FormatPoints(table.recomputed_milli()));
  }
  if (!table.rows().empty()) out += rows.Print(style, 2);
  if (with_trace && table.has_trace()) out += "  总分怎么来的\n" + PrintTrace(table.trace(), 6, style);
  return out;
}

// Nothing is known for certain: the whole criterion is left to the reviewer.
bool IsOpen(const WorkCriterionScore& criterion) {
  return criterion.basis() == scoring::v1::WORK_SCORE_BASIS_PROPOSED && criterion.supported_low_milli() == 0 &&
         criterion.supported_high_milli() == criterion.weight_milli() && criterion.weight_milli() > 0;
}

// The first words of how the score came about; the rest is in the trace.
std::string Reason(const WorkCriterionScore& criterion) {
  const std::string& formula = criterion.trace().formula();
  return formula.substr(0, formula.find("；"));
}

std::string PrintWorkAssessment(const scoring::v1::WorkAssessment& work, bool with_trace, const Style& style) {
  std::string out = Bold(style, "自评工作考核（百分制）") + "\n  ";
  out += work.has_claimed_milli() ? fmt::format("填报 {} 分", FormatPoints(work.claimed_milli())) : "没有填报合计";
  if (work.criteria().empty()) return out + "；所用评分规则没有考核评分标准，不核算\n";
  out += fmt::format("，证据支持 {} 分", Interval(work.supported_low_milli(), work.supported_high_milli()));
  if (work.claimed_milli() > work.supported_high_milli()) {
    out += fmt::format("，填报高出 {} 分", FormatPoints(work.claimed_milli() - work.supported_high_milli()));
  }
  using Align = Table::Align;
  Table rows({{"考核内容", Align::kLeft, 30},
              {"分值", Align::kRight},
              {"证据支持", Align::kRight},
              {"依据", Align::kLeft},
              {"说明", Align::kLeft, 56}});
  for (const WorkCriterionScore& criterion : work.criteria()) {
    rows.AddRow({criterion.title(), FormatPoints(criterion.weight_milli()),
                 Interval(criterion.supported_low_milli(), criterion.supported_high_milli()),
                 IsOpen(criterion) ? "待核" : WordFor(criterion.basis()), Reason(criterion)});
    if (with_trace) rows.AddNote(PrintTrace(criterion.trace(), 6, style));
  }
  return out + "\n" + rows.Print(style, 2);
}

}  // namespace

std::string PrintTotal(const TableScore& table) {
  const std::string claimed =
      table.has_claimed_milli() ? fmt::format("自评 {} 分", FormatPoints(table.claimed_milli())) : "自评总分未填";
  return fmt::format("{}，证据支持 {} 分", claimed,
                     Interval(table.supported_low_milli(), table.supported_high_milli()));
}

std::string PrintScores(const scoring::v1::ScoreCard& card, bool with_trace, const Style& style) {
  std::string out;
  for (const TableScore& table : card.tables()) {
    if (!out.empty()) out += "\n";
    out += PrintTable(table, with_trace, style);
  }
  if (card.has_work_assessment()) out += "\n" + PrintWorkAssessment(card.work_assessment(), with_trace, style);
  return out;
}

}  // namespace jixiao::cli
