// What the words around a figure mean: which quantity they name, and as what.
// A phrasing that is not known has no meaning; nothing is guessed.
#ifndef JIXIAO_SCORING_CORE_FACTS_TEXT_PHRASES_H_
#define JIXIAO_SCORING_CORE_FACTS_TEXT_PHRASES_H_

#include <initializer_list>
#include <optional>
#include <string_view>

#include "scoring/core/facts/fact_keys.h"

namespace jixiao::scoring {

inline bool Has(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }
bool EndsWithAny(std::string_view text, std::initializer_list<std::string_view> words);

// Without the words between a quantity's name and its figure: 合计, 为, 达到 …
std::string_view WithoutFiller(std::string_view label);

// The quantity that `words` end with, such as `其中基本支出`.
std::optional<Quantity> QuantityAtEnd(std::string_view words);

// True if `words` name no quantity but only the time or the unit itself: what
// they say is about the sentence's subject.
bool IsBare(std::string_view words);

// `…年初预算数`: a qualifier and the words in front of it.
struct Qualified {
  Qualifier qualifier;
  std::string_view rest;
};
std::optional<Qualified> QualifierAtEnd(std::string_view words);

// 1 for a rise since last year, -1 for a fall, 0 if `label` speaks of none.
int ChangeSign(std::string_view label);

// What a change is a change of: the words before 比上年, 同比.
std::string_view WordsBeforeChange(std::string_view label);

// True if `label` speaks of last year by name: 上年, 去年.
bool IsLastYear(std::string_view label);

// True if `label` speaks of money that is left over or carried over.
bool IsBalance(std::string_view label);

// The qualifier of `占总支出的`, `占基本支出的`, `占比`; empty if the whole is
// another one.
std::optional<Qualifier> ShareOf(std::string_view label);

// Key of a number of persons.
std::optional<FactKey> StaffKey(std::string_view label);

// 一级指标 that `words` name last, in its short form; empty if none. 社会效益 and
// the like are levels of their own.
std::string_view LevelIn(std::string_view words);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_FACTS_TEXT_PHRASES_H_
