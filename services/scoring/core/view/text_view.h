// What the checks of texts look at: the report's texts with the words that were
// looked for, found in one pass.
#ifndef JIXIAO_SCORING_CORE_VIEW_TEXT_VIEW_H_
#define JIXIAO_SCORING_CORE_VIEW_TEXT_VIEW_H_

#include <string_view>
#include <vector>

#include "scoring/core/facts/words.h"
#include "scoring/core/view/own_name.h"
#include "scoring/core/view/report_view.h"

namespace jixiao::scoring {

struct TextView {
  const ReportView& view;
  const v1::Vocabulary& words;
  OwnName own;
  std::vector<WordHit> hits;  // in document order

  const Passage& PassageOf(const WordHit& hit) const { return view.passages[static_cast<size_t>(hit.passage)]; }
  std::string_view Before(const WordHit& hit) const { return PassageOf(hit).text.substr(0, hit.at); }
  std::string_view After(const WordHit& hit) const { return PassageOf(hit).text.substr(hit.at + hit.size); }
  std::string_view WordOf(const WordHit& hit) const { return PassageOf(hit).text.substr(hit.at, hit.size); }

  // SECTION_ROLE_UNSPECIFIED for a cell.
  report::v1::SectionRole RoleOf(const WordHit& hit) const;

  // Address of `size` bytes from `at` in the text.
  report::v1::Address SpanOf(int passage, size_t at, size_t size) const;
  report::v1::Address SpanOf(const WordHit& hit) const { return SpanOf(hit.passage, hit.at, hit.size); }
};

TextView ReadTexts(const ReportView& view);

// No report is served by more places than a clerk would look up.
inline constexpr size_t kMostPlaces = 8;

// Joins up to `kMostPlaces` quotations with 、 and says how many there are.
class QuotationList {
 public:
  void Add(std::string_view text);
  bool empty() const { return count_ == 0; }
  size_t size() const { return count_; }
  std::string Text() const;

 private:
  std::string text_;
  size_t count_ = 0;
};

// True if `text` begins with one of `words`.
bool StartsWithAny(std::string_view text, const google::protobuf::RepeatedPtrField<std::string>& words);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_VIEW_TEXT_VIEW_H_
