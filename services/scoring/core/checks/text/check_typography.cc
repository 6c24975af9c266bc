// Slips of the pen, remains of word processors and converters, and signature
// lines that were left blank. One note each: they are mended in one go.
#include <fmt/format.h>

#include <array>

#include "common/base/text.h"
#include "common/base/words.h"
#include "scoring/core/checks/checks.h"

namespace jixiao::scoring {
namespace {

using report::v1::Address;

void CheckSlips(const TextView& text, Findings& findings) {
  std::vector<Address> places;
  QuotationList wrong;
  QuotationList right;
  for (const WordHit& hit : text.hits) {
    if (hit.kind == WordKind::kMisspelling) {
      const v1::Misspelling& misspelling = text.words.misspellings(hit.index);
      if (StartsWithAny(text.After(hit), misspelling.unless_followed_by())) continue;
      right.Add(misspelling.right());
    } else if (hit.kind != WordKind::kDoubledMark) {
      continue;
    }
    wrong.Add(text.WordOf(hit));
    if (places.size() < kMostPlaces) places.push_back(text.SpanOf(hit));
  }
  if (places.empty()) return;
  findings.Add({.rule_id = "TYPO",
                .places = std::move(places),
                .value = wrong.Text(),
                .expected = right.empty() ? "只留一个标点" : right.Text()});
}

Address FilePlace(int line) {
  Address address = DocumentPlace("报告文件");
  if (line > 0) address.set_source_line(line);
  return address;
}

// What the reader took out of the document so that it could be read.
void CheckResidue(const TextView& text, Findings& findings) {
  struct Kind {
    report::v1::ChangeKind kind;
    std::string_view title;
    int count = 0;
  };
  std::array<Kind, 3> kinds = {{{report::v1::CHANGE_KIND_BOOKMARK_REMOVED, "书签标记"},
                                {report::v1::CHANGE_KIND_MARKUP_REMOVED, "网页标记"},
                                {report::v1::CHANGE_KIND_LATEX_REPLACED, "公式标记"}}};
  int first_line = 0;
  int moved_line = 0;
  int moved = 0;
  for (const auto& change : text.view.report.provenance().changes()) {
    for (Kind& kind : kinds) {
      if (change.kind() != kind.kind) continue;
      ++kind.count;
      if (first_line == 0) first_line = change.source_line();
    }
    if (change.kind() != report::v1::CHANGE_KIND_ROW_ALIGNED) continue;
    ++moved;
    if (moved_line == 0) moved_line = change.source_line();
  }
  std::string value;
  for (const Kind& kind : kinds) {
    if (kind.count > 0) AddItem(fmt::format("{} {} 处", kind.title, kind.count), value);
  }
  if (!value.empty()) {
    findings.Add({.rule_id = "TEXT_DAMAGE",
                  .places = {FilePlace(first_line)},
                  .value = "文件中残留" + value,
                  .expected = "公开前在原文件中清除"});
  }
  if (moved == 0) return;
  findings.Add({.rule_id = "COL_SHIFT",
                .places = {FilePlace(moved_line)},
                .value = fmt::format("表格有 {} 行少了前面的栏，已按表头对齐", moved),
                .expected = "核对这些行的各栏内容"});
}

// Telephone and preparer are better left out of what is published, so only date
// and signature count.
void CheckSignatures(const TextView& text, Findings& findings) {
  const auto& blocks = text.view.content().signature_blocks();
  // A report that a system filed has no such lines; a document has.
  if (blocks.empty() && text.view.report.provenance().has_reader()) {
    findings.Add({.rule_id = "SIGN_BLANK",
                  .places = {FilePlace(0)},
                  .value = "各表都没有签字栏",
                  .expected = "表尾有填报日期和单位负责人签字"});
    return;
  }
  std::vector<Address> places;
  for (const auto& block : blocks) {
    if (block.has_date() || block.has_signature()) return;
    Address place = block.address();
    if (!place.has_label()) place = FilePlace(0);
    if (places.size() < kMostPlaces) places.push_back(std::move(place));
  }
  if (places.empty()) return;
  const size_t count = places.size();
  findings.Add({.rule_id = "SIGN_BLANK",
                .places = std::move(places),
                .value = fmt::format("{} 处签字栏都没有日期和负责人签字", count),
                .expected = "存档件由负责人签字并注明日期；公开件不写姓名和电话"});
}

}  // namespace

void CheckTypography(const TextView& text, Findings& findings) {
  CheckSlips(text, findings);
  CheckResidue(text, findings);
  CheckSignatures(text, findings);
}

}  // namespace jixiao::scoring
