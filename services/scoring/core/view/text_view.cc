#include "scoring/core/view/text_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/base/text.h"
#include "common/base/words.h"

namespace jixiao::scoring {
namespace {

void AddAll(const google::protobuf::RepeatedPtrField<std::string>& words, WordKind kind, WordFinder& finder) {
  for (const std::string& word : words) finder.Add(word, kind);
}

void AddVocabulary(const v1::Vocabulary& words, WordFinder& finder) {
  for (int i = 0; i < words.duty_fields_size(); ++i) {
    for (const std::string& word : words.duty_fields(i).words()) finder.Add(word, WordKind::kDuty, i);
  }
  for (int i = 0; i < words.misspellings_size(); ++i) {
    finder.Add(words.misspellings(i).wrong(), WordKind::kMisspelling, i);
  }
  for (int i = 0; i < words.self_references_size(); ++i) {
    finder.Add(words.self_references(i).word(), WordKind::kSelf, i);
  }
  AddAll(words.template_residues(), WordKind::kResidue, finder);
  AddAll(words.organisations(), WordKind::kOrganisation, finder);
  AddAll(words.all_met_claims(), WordKind::kAllMet, finder);
  AddAll(words.within_budget_claims(), WordKind::kWithinBudget, finder);
  AddAll(words.budget_change_words(), WordKind::kBudgetChange, finder);
  static constexpr std::array<std::string_view, 6> kDoubled = {"，，", "。。", "、、", "；；", "，。", "。，"};
  for (const std::string_view marks : kDoubled) finder.Add(marks, WordKind::kDoubledMark);
}

// Last two characters: `中心`, `事处`.
std::string_view EndOf(std::string_view tail) { return tail.size() > 6 ? tail.substr(tail.size() - 6) : tail; }

}  // namespace

report::v1::SectionRole TextView::RoleOf(const WordHit& hit) const {
  const Passage& passage = PassageOf(hit);
  if (passage.cell != nullptr) return report::v1::SECTION_ROLE_UNSPECIFIED;
  return view.content().sections(passage.section).role();
}

report::v1::Address TextView::SpanOf(int passage_index, size_t at, size_t size) const {
  const Passage& passage = view.passages[static_cast<size_t>(passage_index)];
  report::v1::Address address = PlaceOf(passage);
  address.set_start_char(static_cast<int32_t>(CodePointCount(passage.text.substr(0, at))));
  address.set_char_count(static_cast<int32_t>(CodePointCount(passage.text.substr(at, size))));
  return address;
}

TextView ReadTexts(const ReportView& view) {
  TextView text{view, view.rule_set.vocabulary(), OwnNameOf(view.content().unit(), view.context, view.divisions), {}};
  WordFinder finder;
  AddVocabulary(text.words, finder);
  finder.Add(text.own.prefecture, WordKind::kPrefecture);
  finder.Add(text.own.county, WordKind::kCounty);
  finder.Add(text.own.tail, WordKind::kUnitTail);
  finder.Add(EndOf(text.own.tail), WordKind::kUnitEnd);
  text.hits.reserve(128);
  for (size_t i = 0; i < view.passages.size(); ++i) {
    finder.Find(view.passages[i].text, static_cast<int>(i), text.hits);
  }
  return text;
}

bool StartsWithAny(std::string_view text, const google::protobuf::RepeatedPtrField<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return text.starts_with(word); });
}

void QuotationList::Add(std::string_view text) {
  if (++count_ > kMostPlaces) return;
  AddItem(fmt::format("“{}”", text), text_);
}

std::string QuotationList::Text() const {
  return count_ > kMostPlaces ? fmt::format("{}等 {} 处", text_, count_) : text_;
}

}  // namespace jixiao::scoring
