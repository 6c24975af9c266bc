// What a template left behind: its printed hints, a cover without a name, and
// indicators taken over whole from an office with other duties.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "common/base/text.h"
#include "scoring/core/checks/checks.h"

namespace jixiao::scoring {
namespace {

using report::v1::Address;

// Fewer rows may be the unit's own words.
constexpr size_t kCopiedRows = 3;

void CheckHints(const TextView& text, Findings& findings) {
  std::vector<Address> places;
  QuotationList hints;
  for (const WordHit& hit : text.hits) {
    if (hit.kind != WordKind::kResidue) continue;
    if (places.size() < kMostPlaces) places.push_back(text.SpanOf(hit));
    hints.Add(text.WordOf(hit));
  }
  if (places.empty()) return;
  findings.Add({.rule_id = "TEMPLATE_REUSE",
                .places = std::move(places),
                .value = hints.Text() + " 是样表中的提示文字",
                .expected = "删去提示文字，填写本单位的内容"});
}

// `部门（单位）名称：（盖章）` without a name.
void CheckCover(const TextView& text, Findings& findings) {
  static constexpr std::array<std::string_view, 4> kLabels = {"部门(单位)名称:", "单位名称:", "部门名称:", "填报单位:"};
  for (size_t i = 0; i < text.view.passages.size(); ++i) {
    const Passage& passage = text.view.passages[i];
    if (passage.section > 0 || passage.cell != nullptr) return;
    if (passage.text.size() > 90 || passage.text.find("名称") == std::string_view::npos) continue;
    const std::string label = RemoveBlanks(FoldWidth(passage.text));
    for (const std::string_view prefix : kLabels) {
      if (!label.starts_with(prefix)) continue;
      std::string_view name = std::string_view(label).substr(prefix.size());
      name = name.substr(0, name.find("(盖章)"));
      if (name.empty() || name.find_first_not_of('_') == std::string_view::npos) {
        findings.Add({.rule_id = "COVER",
                      .places = {PlaceOf(passage)},
                      .value = "封面的部门（单位）名称空白",
                      .expected = fmt::format("填写单位全称“{}”", text.own.official)});
      }
      return;
    }
  }
}

// True for cells that say what an indicator measures.
bool IsIndicatorCell(const report::v1::EvaluationTable& table, const report::v1::Value* cell) {
  return std::any_of(table.indicators().begin(), table.indicators().end(),
                     [&](const auto& row) { return cell == &row.level3() || cell == &row.target(); });
}

// Duties of another office in the indicators, and nowhere in the unit's own text.
void CheckCopiedDuties(const TextView& text, int field, Findings& findings) {
  const v1::DutyField& duty = text.words.duty_fields(field);
  for (const std::string& word : duty.words()) {
    if (text.own.official.find(word) != std::string::npos) return;
  }
  std::set<std::string_view> cells;  // one name in several tables is one
  std::set<std::string_view> words;  // one word may be anybody's
  std::vector<Address> places;
  QuotationList quoted;
  for (const WordHit& hit : text.hits) {
    if (hit.kind != WordKind::kDuty || hit.index != field) continue;
    const Passage& passage = text.PassageOf(hit);
    // In a sentence, in the name of a project, among the goals: the unit's own.
    if (passage.cell == nullptr || passage.table < 0) return;
    if (!IsIndicatorCell(text.view.content().evaluation_tables(passage.table), passage.cell)) return;
    if (!cells.insert(passage.text).second) continue;
    words.insert(text.WordOf(hit));
    places.push_back(text.SpanOf(hit));
    quoted.Add(Shorten(passage.text, 14));
  }
  if (places.size() < kCopiedRows || words.size() < 2) return;
  if (places.size() > kMostPlaces) places.resize(kMostPlaces);
  findings.Add({.rule_id = "TEMPLATE_REUSE",
                .places = std::move(places),
                .value = fmt::format("{} 写的是{}方面的工作，正文所列职能中没有这一项", quoted.Text(), duty.title()),
                .expected = "按本单位职能和全年任务重写这些指标"});
}

}  // namespace

void CheckTemplateResidue(const TextView& text, Findings& findings) {
  CheckHints(text, findings);
  CheckCover(text, findings);
  if (text.view.content().sections_size() == 0) return;
  for (int field = 0; field < text.words.duty_fields_size(); ++field) CheckCopiedDuties(text, field, findings);
}

}  // namespace jixiao::scoring
