// Finds known words in texts: all of them in one pass, because every pass over a
// report costs as much as scoring one of its tables.
#ifndef JIXIAO_SCORING_CORE_FACTS_WORDS_H_
#define JIXIAO_SCORING_CORE_FACTS_WORDS_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace jixiao::scoring {

// What a word was looked for as.
enum class WordKind {
  kDuty,          // index: field of duty
  kMisspelling,   // index: misspelling
  kDoubledMark,   // `，，`
  kResidue,       // of a template
  kOrganisation,  // another office
  kSelf,          // `我局`; index: self-reference
  kAllMet,
  kWithinBudget,
  kBudgetChange,
  kPrefecture,  // names of the report's own place
  kCounty,
  kUnitTail,  // the unit's name behind its place
  kUnitEnd,   // last two characters of that name
  kYear,      // `2024年`; index: the year
};

// One word in one text.
struct WordHit {
  WordKind kind;
  int index;
  int passage;
  size_t at;    // bytes from the start of the text
  size_t size;  // bytes
};

// Year that `title` names, `2024年度…`; 0 if it names none or several.
int OnlyYearIn(std::string_view title);

class WordFinder {
 public:
  WordFinder();

  // `word` has at least six bytes, two Chinese characters; shorter ones are left
  // out. It outlives the finder.
  void Add(std::string_view word, WordKind kind, int index = 0);

  // Appends what stands in `text`, in order, years (`2024年`, `2024 年`) included.
  void Find(std::string_view text, int passage, std::vector<WordHit>& hits) const;

 private:
  static constexpr int kSlotBits = 11;

  struct Entry {
    std::string_view word;
    WordKind kind;
    int index;
    int32_t next;
  };

  static size_t SlotOf(const char* at);

  std::array<int32_t, 1 << kSlotBits> slots_;
  std::vector<Entry> entries_;
};

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_FACTS_WORDS_H_
