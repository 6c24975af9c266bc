// Text of another unit: an office whose running this report cannot be about, a
// unit that calls itself what it is not.
#include <fmt/format.h>

#include <array>

#include "common/base/text.h"
#include "common/base/words.h"
#include "scoring/core/checks/checks.h"

namespace jixiao::scoring {
namespace {

using report::v1::Address;

// Once may be a quotation.
constexpr size_t kFewestSelfReferences = 2;

// What stands in front of and behind a word up to the next mark.
std::string_view ClauseBefore(std::string_view text) {
  size_t start = 0;
  for (const std::string_view mark : {"，", "。", "；", "、", "：", ","}) {
    const size_t at = text.rfind(mark);
    if (at != std::string_view::npos) start = std::max(start, at + mark.size());
  }
  return text.substr(start);
}

std::string_view ClauseAfter(std::string_view text) {
  size_t end = text.size();
  for (const std::string_view mark : {"，", "。", "；", "、", "：", ","}) end = std::min(end, text.find(mark));
  return text.substr(0, end);
}

// `维持政府办的运转` in a report that is not the office's own.
void CheckOtherOffice(const TextView& text, Findings& findings) {
  for (const WordHit& hit : text.hits) {
    if (hit.kind != WordKind::kOrganisation) continue;
    const std::string_view office = text.WordOf(hit);
    if (text.own.official.find(office) != std::string::npos || text.After(hit).starts_with("公")) continue;
    if (text.RoleOf(hit) == report::v1::SECTION_ROLE_BASIC_INFORMATION) continue;
    const std::string_view before = ClauseBefore(text.Before(hit));
    if (!HasAny(before, {"保障", "确保", "维持", "为"}) || HasAny(before, {"配合", "会同", "协助", "联合", "报"})) {
      continue;
    }
    if (!HasAny(ClauseAfter(text.After(hit)), {"运转", "运行"})) continue;
    findings.Add({.rule_id = "FOREIGN_UNIT",
                  .places = {text.SpanOf(hit)},
                  .value = fmt::format("写的是“{}”的运转，本报告的单位是“{}”", office, text.own.official),
                  .expected = "改写为本单位的情况；确属本单位承担的，在职能中写明"});
  }
}

bool Fits(const v1::SelfReference& reference, std::string_view name) {
  for (const std::string& part : reference.name_parts()) {
    if (name.find(part) != std::string_view::npos) return true;
  }
  return false;
}

void CheckSelfReferences(const TextView& text, Findings& findings) {
  if (text.own.official.empty()) return;
  for (int i = 0; i < text.words.self_references_size(); ++i) {
    const v1::SelfReference& reference = text.words.self_references(i);
    if (Fits(reference, text.own.official)) continue;
    std::vector<Address> places;
    size_t count = 0;
    for (const WordHit& hit : text.hits) {
      if (hit.kind != WordKind::kSelf || hit.index != i) continue;
      if (StartsWithAny(text.After(hit), reference.unless_followed_by())) continue;
      ++count;
      if (places.size() < kMostPlaces) places.push_back(text.SpanOf(hit));
    }
    if (count < kFewestSelfReferences) continue;
    findings.Add(
        {.rule_id = "FOREIGN_UNIT",
         .places = std::move(places),
         .value = fmt::format("文中 {} 处自称“{}”，与单位名称“{}”不符", count, reference.word(), text.own.official),
         .expected = "自称与单位名称一致，例如“本单位”；沿用其他单位文字的，逐段核对内容"});
  }
}

}  // namespace

void CheckForeignUnit(const TextView& text, Findings& findings) {
  if (!findings.Checks("FOREIGN_UNIT")) return;
  CheckOtherOffice(text, findings);
  CheckSelfReferences(text, findings);
}

}  // namespace jixiao::scoring
