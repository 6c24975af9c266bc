// Finds the figures that sentences mention: a number, its unit, and the words in
// front of it that say what is counted.
#ifndef JIXIAO_SCORING_CORE_FACTS_MENTIONS_H_
#define JIXIAO_SCORING_CORE_FACTS_MENTIONS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jixiao::scoring {

// One figure in a sentence. Texts are folded and without blanks and quotation
// marks; positions count code points of the original.
struct Mention {
  std::string label;        // words since the last stop: `其中公务接待费`
  std::string as_written;   // `0.45万元`
  std::string unit;         // `万元`, `元`, `亿元`, `%`, `人`, `分`, `处` …, at most two characters
  int64_t value_micro = 0;  // the number in front of the unit, in 1/1,000,000
  int sentence = 0;         // counts full stops in the paragraph
  int64_t start_char = 0;
  int64_t char_count = 0;
  bool is_approximate = false;  // 约, 余, 超, 近
};

// All mentions of `paragraph`, in order. Years (`2024年`), ordinals and document
// numbers are no mentions.
std::vector<Mention> FindMentions(std::string_view paragraph);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_FACTS_MENTIONS_H_
