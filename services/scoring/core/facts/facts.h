// The flat view of a report's numbers: every figure that relations compare, from
// tables and from sentences, under one key each.
#ifndef JIXIAO_SCORING_CORE_FACTS_FACTS_H_
#define JIXIAO_SCORING_CORE_FACTS_FACTS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jixiao/report/v1/report.pb.h"
#include "scoring/core/facts/mentions.h"

namespace jixiao::scoring {

// What a fact's integer counts.
enum class FactScale { kFen, kPointsMilli, kCountMilli, kRatePpm };

// One figure.
struct Fact {
  int64_t value = 0;
  std::string as_written;
  report::v1::Address address;
  // Two places state the same quantity differently: kept, but never proof.
  bool is_ambiguous = false;
  // 约, 余, 近: kept, but never proof.
  bool is_approximate = false;
  // Digits behind the decimal point as written, in the written unit.
  int decimals = 0;
};

// Scale of a fact key, or of a prefix ending in `*`; empty if no fact can have
// that key. Keys are listed in services/scoring/README.md.
std::optional<FactScale> ScaleOfKey(std::string_view key);

// Facts of one evaluation table together with those of the whole report.
class Facts {
 public:
  // The first figure for `key` stands; a second, different one makes the fact
  // ambiguous.
  void Add(std::string key, Fact fact);

  // Adds the parsed number of `value`, nothing if it has none.
  void AddValue(std::string key, const report::v1::Value& value);

  // Null if absent.
  const Fact* Find(std::string_view key) const;

  // All facts that `key` names: itself, or all with the prefix before `*`.
  std::vector<const Fact*> Match(std::string_view key) const;

  // The same by position in [0, size()), for whoever tries other values: a
  // fact keeps its position. -1 if absent.
  int size() const { return static_cast<int>(facts_.size()); }
  const Fact& at(int index) const { return facts_[static_cast<size_t>(index)]; }
  const std::string& KeyAt(int index) const { return *keys_[static_cast<size_t>(index)]; }
  int IndexOf(std::string_view key) const;
  std::vector<int> IndexesOf(std::string_view key) const;

 private:
  std::vector<Fact> facts_;
  std::vector<const std::string*> keys_;
  std::map<std::string, int, std::less<>> index_;
};

// Facts of `content` as seen from evaluation table `table_index`. Figures of the
// base data table and of the narrative belong to the department table and are
// left out for project tables.
Facts CollectFacts(const report::v1::ReportContent& content, int table_index, int64_t rule_total_milli);

// Adds what sentences state. In text_facts.cc.
void CollectTextFacts(const report::v1::ReportContent& content, Facts& facts);

// Address of one paragraph of the narrative.
report::v1::Address ParagraphAddress(const report::v1::Section& section, int section_index, int paragraph_index);

// Address of a figure in that paragraph, or in a cell of text.
report::v1::Address SpanOf(const report::v1::Address& paragraph, const Mention& mention);

}  // namespace jixiao::scoring

#endif  // JIXIAO_SCORING_CORE_FACTS_FACTS_H_
