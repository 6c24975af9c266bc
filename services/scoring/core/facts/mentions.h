// Finds the figures that sentences mention: a number, its unit, and the words
// around it that say what is counted.
#ifndef JIXIAO_SCORING_CORE_FACTS_MENTIONS_H_
#define JIXIAO_SCORING_CORE_FACTS_MENTIONS_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace jixiao::scoring {

// One figure in a sentence. Texts are folded and without blanks and quotation
// marks; positions count code points of the original.
struct Mention {
  std::string_view label;       // words since the last stop or figure: `公务接待费`
  std::string_view as_written;  // `0.45万元`
  std::string_view unit;        // `万元`, `元`, `亿元`, `%`, `人`, `分`, `处` …
  std::string_view after;       // words up to the next stop
  std::string_view lead;        // the sentence up to the figure, `label` included
  // The number in front of the unit, in 1/1,000,000. 万 and 亿 count as part of
  // the unit of money, and as part of the number of anything else.
  int64_t value_micro = 0;
  int64_t start_char = 0;
  int64_t char_count = 0;
  int decimals = 0;
  int sentence = 0;             // grows with every full stop of the text
  int year = 0;                 // named last in the sentence before the figure; 0 if none
  bool year_is_near = false;    // …in `label` itself
  bool is_approximate = false;  // 约, 余, 超, 近, 左右, 以上, an end of a range
};

// All mentions of one text, in order. Movable: the texts stay where they are.
class Mentions {
 public:
  Mentions() = default;

  bool empty() const { return all_.empty(); }
  size_t size() const { return all_.size(); }
  const Mention& operator[](size_t index) const { return all_[index]; }
  auto begin() const { return all_.begin(); }
  auto end() const { return all_.end(); }

  // The folded text behind `mention`, down to the end of the text.
  std::string_view TextAfter(const Mention& mention) const;

 private:
  friend Mentions FindMentions(std::string_view text);

  std::unique_ptr<char[]> folded_;
  size_t folded_size_ = 0;
  std::vector<Mention> all_;
};

// Years (`2024年`), ordinals (`第3次`) and document numbers are no mentions.
// Numbers written in Chinese are where a list follows: `三个：甲、乙、丙`.
Mentions FindMentions(std::string_view text);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_FACTS_MENTIONS_H_
