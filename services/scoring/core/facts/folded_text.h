// For reading sentences: a text without blanks and quotation marks, full-width
// signs as ASCII, with the places where a figure may begin.
#ifndef JIXIAO_SCORING_CORE_FACTS_FOLDED_TEXT_H_
#define JIXIAO_SCORING_CORE_FACTS_FOLDED_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace jixiao::scoring {

// Where a figure may begin: a digit that follows none, or a number written in
// Chinese in front of a list (`三个：`).
struct FigureStart {
  size_t at = 0;           // byte in the folded text
  size_t label = 0;        // behind the last stop before it
  size_t sentence_at = 0;  // where its sentence begins
  int sentence = 0;
  size_t original = 0;  // the same place in the text: byte, and code point
  int64_t position = 0;
};

struct FoldedText {
  std::string_view text() const { return {chars.get(), size}; }

  std::unique_ptr<char[]> chars;
  size_t size = 0;
  std::vector<FigureStart> starts;
};

// False for texts without any digit and any list counted in Chinese; most are.
bool MayMentionFigures(std::string_view text);

FoldedText FoldText(std::string_view text);

// Bytes and code points at the front of `original` that fold to its first
// `folded_bytes` bytes.
struct Walked {
  size_t bytes = 0;
  int64_t chars = 0;
};
Walked WalkFolded(std::string_view original, size_t folded_bytes);

// A number of 2 to 99 in Chinese with a measure word behind it (`三个`); its
// place in a clause, the last one if there are several. `measure` is empty if
// there is none.
struct ChineseCount {
  size_t at = 0;
  int value = 0;
  std::string_view measure;
};
ChineseCount FindChineseCount(std::string_view clause);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_FACTS_FOLDED_TEXT_H_
